"""A summary that is hard to read is reported, where a project asks for that."""

import pytest
from samples import ALPHA, SECTIONS, myst_card, myst_page
from sphinx.errors import ConfigError

HARD = (
    ":Summary: Notwithstanding considerable methodological heterogeneity, the aforementioned investigators retrospectively "
    "characterised immunological abnormalities in predominantly heterogeneous populations.\n:Harms: None.\n:Does not show: x\n"
)


def page(sections):
    return {
        "studies/alpha-2001.md": "---\norphan: true\n---\n\n"
        + myst_page("Alpha", myst_card("alpha-2001", ALPHA, sections))
    }


def test_a_hard_summary_is_reported_at_its_line_and_shown(make_base):
    build = make_base(page(HARD), mecfs_reading_grade=12).build()
    (warning,) = build.warnings
    assert warning.startswith("studies/alpha-2001.md:18: WARNING: the summary reads at grade ")
    assert warning.endswith("; the highest is 12 [mecfs.reading-grade]")
    assert "methodological heterogeneity" in build.text("studies/alpha-2001.html")


@pytest.mark.parametrize(("sections", "grade"), [(SECTIONS, 12), (HARD, 0)])
def test_an_easy_summary_or_no_highest_grade_gives_no_warning(make_base, sections, grade):
    assert make_base(page(sections), mecfs_reading_grade=grade).build().warnings == ()


def test_a_grade_without_the_library_stops_the_build_with_a_sentence(make_base, monkeypatch):
    monkeypatch.setattr("sphinx_mecfs.extension.config.find_spec", lambda _name: None)
    with pytest.raises(ConfigError, match="pip install"):
        make_base(mecfs_reading_grade=12).build()
