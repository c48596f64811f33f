"""Tables that are sorted and filtered in place, and boxes that scroll, in a real browser."""

import re

import pytest

from sphinx_mecfs.bibliography.folding import fold

TOPIC = "topics/viruses.html"
LONG = "topics/immune-system.html"
MISSING = "not stated"


def column(page, name):
    """The words of a column in the rows that are shown, in their order."""
    return page.evaluate(
        """(name) => {
            const table = document.querySelector('.mecfs-table-tools + .table-wrapper table');
            const index = [...table.tHead.rows[0].cells].findIndex(head => head.textContent.trim() === name);
            return [...table.tBodies[0].rows].filter(row => row.offsetHeight).map(row => {
                const cell = row.cells[index].cloneNode(true);
                cell.querySelectorAll('[aria-hidden]').forEach(sign => sign.remove());
                return cell.textContent.trim();
            });
        }""",
        name,
    )


def rows(page):
    """The words of each row that is shown."""
    return page.evaluate(
        """() => [...document.querySelectorAll('.mecfs-table-tools + .table-wrapper tbody tr')]
                .filter(row => row.offsetHeight).map(row => [...row.cells].map(cell => cell.textContent).join(' '))"""
    )


def head(page, name):
    return page.get_by_role("columnheader", name=name, exact=True)


def press(page, name):
    head(page, name).get_by_role("button").click()


def count(page):
    return page.locator(".mecfs-table-tools [role=status]").inner_text()


def stated_first(values, *, key, reverse=False):
    """Values in order, as Python sorts them, with what is not stated at the end."""
    stated = [value for value in values if value != MISSING]
    return [*sorted(stated, key=key, reverse=reverse), *[value for value in values if value == MISSING]]


def test_numbers_sort_up_then_down_then_as_written_with_what_is_not_stated_last(visit, book):
    page = visit(book.file(TOPIC))
    written = column(page, "Participants")
    assert MISSING in written
    assert len({value for value in written if value != MISSING}) > 3
    by_size, by_letter = (stated_first(written, key=key) for key in (lambda one: int(one.replace(",", "")), str))
    assert by_size not in (by_letter, written)
    press(page, "Participants")
    assert column(page, "Participants") == by_size
    assert head(page, "Participants").get_attribute("aria-sort") == "ascending"
    press(page, "Participants")
    down = stated_first(written, key=lambda one: int(one.replace(",", "")), reverse=True)
    assert column(page, "Participants") == down
    assert head(page, "Participants").get_attribute("aria-sort") == "descending"
    press(page, "Participants")
    assert column(page, "Participants") == written
    assert page.locator("[aria-sort]").count() == 0


def test_words_sort_by_letter_and_rows_that_are_alike_keep_their_order(visit, book):
    page = visit(book.file(TOPIC))
    studies = dict.fromkeys(zip(column(page, "Design"), column(page, "Study"), strict=True))
    assert len({design for design, _study in studies}) < len(studies)
    press(page, "Design")
    found = list(zip(column(page, "Design"), column(page, "Study"), strict=True))
    assert found == sorted(studies, key=lambda pair: pair[0].casefold())
    press(page, "Design")
    found = list(zip(column(page, "Design"), column(page, "Study"), strict=True))
    assert found == sorted(studies, key=lambda pair: pair[0].casefold(), reverse=True)


def test_another_head_takes_the_order_over(visit, book):
    page = visit(book.file(TOPIC))
    press(page, "Title")
    press(page, "Year")
    assert page.locator("[aria-sort]").count() == 1
    assert column(page, "Year") == sorted(column(page, "Year"))


def test_badges_sort_by_their_words_and_not_by_their_signs(visit, book):
    page = visit(book.file(LONG))
    press(page, "PEM")
    found = column(page, "PEM")
    assert len(set(found)) > 2
    assert found == sorted(found, key=str.casefold)


def test_a_head_is_sorted_by_keyboard(visit, book):
    page = visit(book.file(TOPIC))
    head(page, "Year").get_by_role("button").focus()
    page.keyboard.press("Enter")
    assert head(page, "Year").get_attribute("aria-sort") == "ascending"
    page.keyboard.press("Space")
    assert head(page, "Year").get_attribute("aria-sort") == "descending"


@pytest.mark.parametrize("typed", ["virus", "VIRUS 2012", "case-control", "no study says this"])
def test_the_filter_shows_the_rows_that_hold_all_words_and_says_how_many(visit, book, typed):
    page = visit(book.file(TOPIC))
    written = rows(page)
    assert count(page) == f"{len(written)} of {len(written)} rows"
    wanted = [row for row in written if all(fold(word) in fold(row) for word in typed.split())]
    page.get_by_label("Filter").fill(typed)
    assert rows(page) == wanted
    assert count(page) == f"{len(wanted)} of {len(written)} rows"
    assert len(wanted) < len(written)
    page.get_by_label("Filter").fill("")
    assert rows(page) == written


def test_the_filter_and_the_order_hold_together(visit, book):
    page = visit(book.file(TOPIC))
    page.get_by_label("Filter").fill("virus")
    kept = column(page, "Year")
    press(page, "Year")
    press(page, "Year")
    assert column(page, "Year") == sorted(kept, reverse=True)
    page.get_by_label("Filter").fill("")
    assert column(page, "Year") == sorted(column(page, "Year"), reverse=True)


@pytest.mark.parametrize("name", ["Sørland", "Bragée", "TNF-α", "β2", "Łuk", "Ærø", "σς"])
def test_names_are_found_as_they_are_typed(visit, book, name):
    assert fold(name).isascii()
    page = visit(book.file(TOPIC))
    # The page is served with the word in a row.
    source = (book.folder / TOPIC).read_text(encoding="utf-8")
    start = source.index("mecfs-table-tools")
    changed = source[:start] + source[start:].replace("<td><p>", f"<td><p>{name} ", 1)
    assert changed != source
    page.route(f"**/{TOPIC}", lambda route: route.fulfill(body=changed, content_type="text/html; charset=utf-8"))
    page.goto(book.served(TOPIC))
    for typed in (fold(name), name):
        page.get_by_label("Filter").fill(typed)
        assert len(rows(page)) == 1
        assert name in rows(page)[0]


def test_the_box_is_named_after_its_table_and_the_count_is_announced(visit, book):
    page = visit(book.file(TOPIC))
    assert page.get_by_role("searchbox", name="Filter: The studies, by year").count() == 1
    assert page.locator(".mecfs-table-tools [role=status]").count() == 1


def test_nothing_moves_when_the_script_has_run(visit, book):
    """The height of the place and of the heads is the same with the script and where it has not run yet."""
    page = visit(book.file(TOPIC))
    measure = """() => ['.mecfs-table-tools', '.mecfs-table-tools + .table-wrapper',
                        '.mecfs-table-tools + .table-wrapper thead tr']
        .map(name => document.querySelector(name).getBoundingClientRect())
        .map(box => [box.left, box.top + scrollY, box.width, box.height].map(Math.round))"""
    after = page.evaluate(measure)
    page.route("**/mecfs.js*", lambda route: route.fulfill(body="", content_type="text/javascript"))
    page.goto(book.served(TOPIC))
    assert page.locator(".mecfs-sort").count() == 0
    assert page.evaluate(measure) == after


def test_without_scripts_a_table_is_whole_and_has_no_filter(visit, book):
    page = visit(book.file(TOPIC), script=False)
    assert not page.locator(".mecfs-table-tools").is_visible()
    assert page.get_by_role("button", name="Year").count() == 0
    assert page.locator(".mecfs-table").last.locator("tbody tr").count() == len(rows(visit(book.file(TOPIC))))


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("name", [TOPIC, "extension/tables.html", "extension/cards.html", "questions/index.html"])
def test_every_box_that_scrolls_can_be_reached_by_keyboard_and_has_a_name(visit, book, name, width):
    page = visit(book.file(name), width=width)
    page.wait_for_timeout(100)
    boxes = page.evaluate(
        """() => [...document.querySelectorAll('.table-wrapper, .mecfs-scroll, div.highlight pre')]
            .filter(box => box.checkVisibility()).map(box => [box.scrollWidth > box.clientWidth + 1, box.tabIndex,
                box.getAttribute('role'), box.ariaLabel])"""
    )
    scrolling = [box for box in boxes if box[0]]
    assert all(index == 0 and role == "region" and label for _scrolls, index, role, label in scrolling)
    if width == 320 and name in {TOPIC, "extension/cards.html"}:
        assert scrolling
    assert page.evaluate("document.scrollingElement.scrollWidth") <= width


def test_a_box_in_a_fold_is_reached_once_the_fold_is_open_and_is_named_after_it(visit, book):
    page = visit(book.file("map.html"), width=320)
    fold_of = page.locator("details.mecfs-folded").first
    fold_of.locator("summary").click()
    box = fold_of.locator(".table-wrapper")
    page.wait_for_function("document.querySelector('details[open] .table-wrapper').tabIndex === 0")
    assert box.get_attribute("aria-label") == fold_of.locator("summary").inner_text()


def test_a_box_that_no_longer_scrolls_is_no_stop_for_the_keyboard(visit, book):
    page = visit(book.file(TOPIC), width=320)
    wrapper = page.locator(".mecfs-table-tools + .table-wrapper")
    page.wait_for_function("document.querySelector('.mecfs-table-tools + .table-wrapper').tabIndex === 0")
    page.set_viewport_size({"width": 2400, "height": 900})
    page.wait_for_function("document.querySelector('.mecfs-table-tools + .table-wrapper').tabIndex === -1")
    assert wrapper.get_attribute("role") is None


def test_buttons_and_boxes_are_large_enough_for_a_finger(visit, book):
    page = visit(book.file(TOPIC), width=320)
    for control in [page.get_by_label("Filter"), *page.locator(".mecfs-sort").all()]:
        assert control.bounding_box()["height"] >= 24
        assert control.bounding_box()["width"] >= 24


def test_a_table_of_six_columns_fits_a_common_screen(visit, book):
    page = visit(book.file(TOPIC))
    fits = "(box) => box.scrollWidth <= box.clientWidth + 1"
    assert page.locator(".mecfs-table-tools + .table-wrapper").evaluate(fits)
    last = page.locator(".mecfs-table-tools + .table-wrapper .mecfs-badge").first.bounding_box()
    frame = page.locator(".mecfs-table-tools + .table-wrapper").bounding_box()
    assert last["x"] + last["width"] <= frame["x"] + frame["width"]


def test_on_paper_there_is_no_filter_and_no_arrow(visit, book):
    page = visit(book.file(TOPIC))
    page.emulate_media(media="print")
    assert not page.get_by_label("Filter").is_visible()
    arrow = "(head) => getComputedStyle(head.firstElementChild, '::after').display"
    assert head(page, "Year").evaluate(arrow) == "none"
    assert re.search("Year", head(page, "Year").inner_text())
