"""One process and four give the same files and the same warnings."""

import pytest
from samples import ALPHA, REFS, myst_card, myst_page


@pytest.fixture
def many(make_base):
    """Enough pages for Sphinx to share the reading out, with a wrong card, a twin and a dangling reference among them."""
    files = {}
    for number in range(24):
        key = "alpha-2001" if number in {3, 17} else f"study{number}-2000"
        options = {**ALPHA, "design": "rtc"} if number == 5 else ALPHA
        text = myst_page(f"Page {number}", myst_card(key, options), "{mecfs:study}`alpha-2001` {pem}`beta-2011`\n")
        files[f"many/p{number:02}.md"] = "---\norphan: true\n---\n\n" + text
    refs = "\n".join(
        f"@article{{study{number}-2000,\n  author = {{Name, A}},\n  title = {{{{T{number}}}}},\n  journal = {{J}},\n  year = {{2000}},\n}}\n"
        for number in range(24)
    )
    return make_base({**files, "refs.bib": REFS + "\n" + refs})


def test_files_and_warnings_do_not_depend_on_the_number_of_processes(many):
    one = many.build(out="one", doctrees="d1", fresh=True)
    four = many.build(out="four", doctrees="d4", fresh=True, parallel=4)
    assert sorted(one.warnings) == sorted(four.warnings)
    assert one.files() == four.files()


def test_the_twin_is_told_by_name_of_page_and_not_by_order_of_reading(many):
    build = many.build(parallel=4)
    twins = [line for line in build.warnings if "key-duplicate" in line]
    assert [line.split(":")[0] for line in twins] == ["many/p17.md", "studies/alpha-2001.md"]
