"""`add`: studies from files into a base."""

import json

import msgspec
import pytest
from importing import FORMATS, mixed, numbered
from samples import CONF
from shapes import BIB, ENTRIES, crossref_work, entry, nbib_record, pubmed_article, pubmed_set
from support import Project

from sphinx_mecfs.bibliography.lint import lint, out_of_order
from sphinx_mecfs.bibliography.reader import read_bibliography
from sphinx_mecfs.cli.add import LOST, add_text
from sphinx_mecfs.formats.csl import to_csl
from sphinx_mecfs.formats.ris import to_ris

FLUGE = entry("fluge-2009-clinical-impact")
KEY = FLUGE.key


def problems(report):
    return [(one.place, one.finding.problem.value) for one in report.remarks]


@pytest.mark.parametrize("name", FORMATS)
def test_a_study_in_any_format_becomes_an_entry_and_a_page(base, name):
    report = base.add(base.file(name, FORMATS[name]([FLUGE])))
    assert [(one.key, one.label) for one in report.added] == [(KEY, "Fluge 2009")]
    assert (report.read, report.written, report.failed, report.remarks) == (1, True, False, ())
    assert list(base.pages()) == [f"{KEY}.md"]
    made = read_bibliography(base.bib.read_bytes()).entries[KEY]
    assert (made.title, made.authors, made.journal, made.doi, made.pmid) == (
        FLUGE.title,
        FLUGE.authors,
        FLUGE.journal,
        FLUGE.doi,
        FLUGE.pmid,
    )


def test_one_study_from_four_files_is_added_once_with_all_that_they_say(base):
    work = json.dumps(crossref_work(FLUGE))
    ris = to_ris(msgspec.structs.replace(FLUGE, doi="", packed=""))
    items = [
        base.file("a.json", work),
        base.file("b.ris", ris),
        base.file("c.xml", pubmed_set(pubmed_article(FLUGE))),
        base.file("d.nbib", nbib_record(FLUGE)),
    ]
    report = base.add(*items)
    assert [one.key for one in report.added] == [KEY]
    assert [(one.source, one.by) for one in report.duplicates] == [
        ("b.ris:1", "title, year and first author"),
        ("c.xml:4", "DOI"),
        ("d.nbib:1", "DOI"),
    ]
    made = read_bibliography(base.bib.read_bytes()).entries[KEY]
    assert (made.doi.lower(), made.pmid) == (FLUGE.doi, FLUGE.pmid)


def test_the_whole_book_is_known_already(book_base):
    report = book_base.add(book_base.file("all.json", json.dumps([to_csl(one) for one in ENTRIES.values()])))
    assert (report.added, len(report.duplicates), report.written) == ((), len(ENTRIES), False)
    assert book_base.files() == {"refs.bib": BIB}


def test_the_bibliography_stays_sorted_and_tidy(book_base):
    files, papers = mixed(80)
    report = book_base.add(*(book_base.file(name, data) for name, data in files.items()))
    assert (report.read, len(report.added), len(report.duplicates)) == (80, papers, 80 - papers)
    bibliography = read_bibliography(book_base.bib.read_bytes())
    assert len(bibliography.entries) == len(ENTRIES) + papers
    assert (bibliography.findings, lint(bibliography), out_of_order(bibliography)) == ((), (), ())


def test_what_was_added_builds_and_warns_of_gaps_alone(base, tmp_path):
    base.add(base.file("a.ris", "".join(map(to_ris, numbered(3)))))
    project = Project(tmp_path / "site", {"project": "Base", "html_theme": "basic", **CONF})
    index = "# Base\n\n```{toctree}\n:glob:\n\nstudies/*\n```\n\n```{bibliography}\n```\n\n```{case-definitions}\n```\n"
    pages = {f"studies/{name}": data for name, data in base.pages().items()}
    project.write({"conf.py": "", "index.md": index, "definitions.md": "---\norphan: true\n---\n\n# D\n"})
    project.write({"refs.bib": base.bib.read_bytes(), **pages})
    build = project.build()
    assert {warning.rsplit("[", 1)[1] for warning in build.warnings} == {"mecfs.gap]"}
    assert len(build.warnings) == 3 * 9


# ---- nothing is overwritten


def test_a_page_that_is_there_is_left_as_it_is(base):
    page = base.studies / f"{KEY}.md"
    page.write_text("# My own\n", encoding="utf-8")
    report = base.add(base.file("a.ris", to_ris(FLUGE)))
    assert page.read_text(encoding="utf-8") == "# My own\n"
    assert problems(report) == [(f"{KEY}.md", "import-card")]
    assert KEY in read_bibliography(base.bib.read_bytes()).entries


def test_a_link_to_the_bibliography_stays_a_link(base):
    real = base.root / "shared.bib"
    base.bib.rename(real)
    base.bib.symlink_to(real)
    base.add(base.file("a.ris", to_ris(FLUGE)))
    assert base.bib.is_symlink()
    assert KEY in read_bibliography(real.read_bytes()).entries


def test_a_trial_run_writes_nothing(base):
    before = base.files()
    report = base.add(base.file("a.ris", to_ris(FLUGE)), dry_run=True)
    assert ([one.key for one in report.added], report.written) == ([KEY], False)
    assert base.files() == before


def test_entries_can_be_added_without_pages(base):
    report = base.add(base.file("a.ris", to_ris(FLUGE)), cards=False)
    assert [one.card for one in report.added] == [""]
    assert base.pages() == {}


def test_an_import_twice_is_an_import_once(base):
    path = base.file("a.ris", "".join(map(to_ris, numbered(20))))
    base.add(path)
    before = base.files()
    report = base.add(path)
    assert (len(report.added), len(report.duplicates)) == (0, 20)
    assert base.files() == before


def test_a_bibliography_that_cannot_take_entries_is_left_alone(base):
    base.bib.write_bytes("@misc{a,}".encode("utf-16"))
    before = base.files()
    report = base.add(base.file("a.ris", to_ris(FLUGE)))
    assert (report.added, report.written, report.failed) == ((), False, True)
    assert problems(report) == [("refs.bib", "bib-file")]
    assert base.files() == before


def test_a_folder_that_cannot_be_written_to_is_named(base, monkeypatch):
    def refuse(_self, _target):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.replace", refuse)
    report = base.add(base.file("a.ris", to_ris(FLUGE)))
    assert [one.finding.message for one in report.remarks] == ["Permission denied"]
    assert (report.added, report.failed) == ((), True)
    assert base.files() == {"refs.bib": b""}


# ---- what cannot be added is named


def test_every_record_is_added_or_doubled_or_named(base):
    text = (
        "TY  - JOUR\nTI  - One\nDO  - 10.1000/1\nAN  - 11\nER  - \n"
        "TY  - JOUR\nDO  - 10.1000/2\nER  - \n"
        "TY  - JOUR\nTI  - One\nDO  - 10.1000/1\nER  - \n"
        "TY  - JOUR\nTI  - Other\nDO  - 10.1000/1\nAN  - 12\nER  - \n"
    )
    report = base.add(base.file("a.ris", text))
    lost = [one for one in report.remarks if one.finding.problem in LOST]
    assert (report.read, len(report.added), len(report.duplicates), len(lost)) == (4, 1, 1, 2)
    assert [one.place for one in lost] == ["a.ris:6", "a.ris:13"]
    assert report.failed


@pytest.mark.parametrize(
    ("item", "message"),
    [
        ("nowhere.ris", "it is neither a DOI, nor a PubMed id, nor a file that is there"),
        ("10.1186/1471-2377-9-28", "it is not looked up, since no service may be asked"),
        ("PMID: 19566965", "it is not looked up, since no service may be asked"),
        ("\x00", "it is neither a DOI, nor a PubMed id, nor a file that is there"),
        ("a" * 5000, "it is neither a DOI, nor a PubMed id, nor a file that is there"),
    ],
)
def test_what_is_nothing_is_named(base, item, message):
    report = base.add(item)
    assert [one.finding.message for one in report.remarks] == [message]
    assert (report.read, report.failed) == (1, True)


def test_the_report_is_text_and_json(base):
    report = base.add(base.file("a.ris", to_ris(FLUGE)), "nowhere.ris")
    text = add_text(report)
    assert f"added: {KEY} (Fluge 2009)\n" in text
    assert "nowhere.ris: it is neither a DOI, nor a PubMed id, nor a file that is there [import-file]\n" in text
    assert "2 records: 1 added, 0 there already, 1 problems\n" in text
    plain = json.loads(json.dumps(msgspec.to_builtins(report)))
    assert plain["added"][0]["key"] == KEY
    assert plain["remarks"][0]["finding"]["problem"] == "import-file"


def test_progress_is_told(base):
    told = []
    base.add(base.file("a.ris", to_ris(FLUGE)), progress=lambda *said: told.append(said))
    assert told == [("reading", 1, 1), ("writing", 1, 1)]
