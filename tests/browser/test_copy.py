"""Buttons that copy, in a real browser: what is in the clipboard is what stands in the page."""

import pytest

CARD = "studies/fluge-2009-clinical-impact.html"
MANUAL = "extension/tables.html"
CLIPBOARD = "navigator.clipboard.readText()"
# A page without the newer way, as old browsers and plain http addresses have it.
NO_CLIPBOARD = "Object.defineProperty(navigator, 'clipboard', {value: undefined})"
LABELS = ["BibTeX", "RIS", "CSL-JSON"]


def text_of(locator):
    return locator.evaluate("(element) => element.textContent")


def pasted(page):
    """What a paste into the page gives."""
    page.evaluate("document.body.prepend(Object.assign(document.createElement('textarea'), {id: 'pasted'}))")
    page.locator("#pasted").focus()
    page.keyboard.press("Control+V")
    return page.locator("#pasted").input_value()


@pytest.mark.parametrize("label", LABELS)
def test_a_reference_for_a_reference_manager_is_copied_to_the_letter(visit, book, label):
    page = visit(book.served(CARD))
    page.get_by_role("button", name=f"Copy {label}").click()
    block = page.locator(".mecfs-code", has=page.get_by_role("button", name="Copied"))
    assert page.evaluate(CLIPBOARD) == text_of(block.locator("pre"))
    assert "fluge-2009-clinical-impact" in page.evaluate(CLIPBOARD) or label == "RIS"


@pytest.mark.parametrize("role", ["reference", "snapshot"])
def test_the_citation_and_the_snapshot_are_copied_to_the_letter(visit, book, role):
    page = visit(book.served(CARD))
    line = page.locator(f".mecfs-{role}")
    line.get_by_role("button").click()
    line.get_by_role("button", name="Copied").wait_for()
    copied = page.evaluate(CLIPBOARD)
    assert copied == text_of(line.locator(".mecfs-copied"))
    assert "Fluge" in copied
    assert "Copy" not in copied


@pytest.mark.parametrize("address", ["file", "served"])
def test_where_there_is_no_clipboard_the_old_way_copies(visit, book, address):
    page = visit(getattr(book, address)(CARD))
    page.add_init_script(NO_CLIPBOARD)
    page.reload()
    button = page.get_by_role("button", name="Copy BibTeX")
    wanted = text_of(page.locator(".mecfs-code pre").first)
    button.click()
    page.get_by_role("button", name="Copied").wait_for()
    assert page.evaluate("document.activeElement.className") == "mecfs-copy"
    assert pasted(page) == wanted


def test_a_page_opened_from_a_folder_copies(visit, book):
    page = visit(book.file(CARD))
    wanted = text_of(page.locator(".mecfs-code pre").first)
    page.get_by_role("button", name="Copy BibTeX").click()
    page.get_by_role("button", name="Copied").wait_for()
    assert pasted(page) == wanted


def test_what_cannot_be_copied_is_selected(visit, book):
    page = visit(book.served(CARD))
    page.add_init_script(f"{NO_CLIPBOARD}; document.execCommand = () => false")
    page.reload()
    page.get_by_role("button", name="Copy BibTeX").click()
    page.get_by_role("button", name="Selected").wait_for()
    assert page.evaluate("getSelection().toString()").startswith("@article{fluge-2009-clinical-impact")


def test_the_button_says_so_for_two_seconds_and_nothing_moves(visit, book):
    page = visit(book.served(CARD))
    for name in ["Copy", "Copy BibTeX"]:
        button = page.get_by_role("button", name=name, exact=True).first
        button.scroll_into_view_if_needed()
        before = button.bounding_box()
        handle = button.element_handle()
        button.click()
        page.wait_for_function("(button) => button.textContent === 'Copied'", arg=handle)
        assert handle.bounding_box() == before
        assert handle.evaluate("(button) => button.scrollWidth <= button.clientWidth")
        said = page.locator("[role=status].mecfs-said")
        assert said.inner_text() == "Copied"
        page.wait_for_function(f"(button) => button.textContent === '{name}'", arg=handle, timeout=3000)
        assert handle.bounding_box() == before
        assert text_of(said) == ""


def test_one_button_after_another_leaves_the_first_with_its_own_words(visit, book):
    page = visit(book.served(CARD))
    for label in LABELS:
        page.get_by_role("button", name=f"Copy {label}").click()
        page.get_by_role("button", name="Copied").wait_for()
    assert page.get_by_role("button", name="Copied").count() == 1
    page.wait_for_timeout(2200)
    for label in LABELS:
        assert page.get_by_role("button", name=f"Copy {label}").is_visible()


def test_each_block_of_code_has_a_button_that_copies_it_without_its_last_line_break(visit, book):
    page = visit(book.served(MANUAL))
    blocks = page.locator("div.highlight")
    assert blocks.count() > 2
    assert page.get_by_role("button", name="Copy code").count() == blocks.count()
    for block in blocks.all():
        block.hover()
        block.get_by_role("button").click()
        block.get_by_role("button").filter(has_text="Copied").wait_for()
        code = text_of(block.locator("pre"))
        assert code.endswith("\n")
        assert page.evaluate(CLIPBOARD) == code.removesuffix("\n")


def opacity(button):
    return button.evaluate("(button) => getComputedStyle(button).opacity")


def test_the_button_of_a_block_of_code_is_seen_on_hover_on_focus_and_by_touch(visit, book, browser):
    page = visit(book.file(MANUAL))
    button = page.get_by_role("button", name="Copy code").first
    page.mouse.move(0, 0)
    assert opacity(button) == "0"
    page.locator("div.highlight").first.hover()
    assert opacity(button) == "1"
    page.mouse.move(0, 0)
    page.keyboard.press("Tab")
    button.focus()
    assert opacity(button) == "1"
    box, block = button.bounding_box(), page.locator("div.highlight").first.bounding_box()
    assert block["y"] <= box["y"] < block["y"] + 20
    assert block["x"] + block["width"] - 20 < box["x"] + box["width"] <= block["x"] + block["width"]
    phone = browser.new_context(has_touch=True, is_mobile=True, viewport={"width": 390, "height": 800})
    touched = phone.new_page()
    touched.goto(book.file(MANUAL))
    assert opacity(touched.get_by_role("button", name="Copy code").first) == "1"
    phone.close()


@pytest.mark.parametrize("name", [CARD, MANUAL])
def test_without_scripts_and_on_paper_there_is_no_button(visit, book, name):
    page = visit(book.file(name), script=False)
    for button in page.locator(".mecfs-copy").all():
        assert not button.is_visible()
    page = visit(book.file(name))
    assert page.locator(".mecfs-copy").count() > 2
    page.emulate_media(media="print")
    for button in page.locator(".mecfs-copy").all():
        assert not button.is_visible()
