"""An import that is cut off at any moment is whole after the next one: nothing lost, nothing doubled."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from importing import Base, mixed
from shapes import BIB
from support import ROOT

from sphinx_mecfs.bibliography.reader import read_bibliography


class CutOffError(BaseException):
    """The power is gone."""


@pytest.fixture
def cut_off(monkeypatch):
    """Return a function that lets the n-th change of the file system from now on be the last; 0 lets all happen."""
    names = ("replace", "unlink", "write_bytes")
    left = [0]

    def limited(method):
        def change(self, *arguments, **options):
            left[0] -= 1
            if left[0] == 0:
                raise CutOffError
            return method(self, *arguments, **options)

        return change

    for name in names:
        monkeypatch.setattr(Path, name, limited(getattr(Path, name)))

    def set_limit(number):
        left[0] = number

    return set_limit


def write(base):
    files, papers = mixed(12)
    return [base.file(name, data) for name, data in files.items()], papers


def whole(tmp_path):
    base = Base(tmp_path / "whole", BIB)
    items, _papers = write(base)
    base.add(*items)
    return base.files()


def test_wherever_it_is_cut_off_the_next_run_makes_it_whole(tmp_path, cut_off):
    wanted = whole(tmp_path)
    number, cuts = 0, 0
    while True:
        number += 1
        base = Base(tmp_path / f"cut-{number}", BIB)
        items, papers = write(base)
        cut_off(number)
        try:
            base.add(*items)
        except CutOffError:
            cuts += 1
        else:
            break
        finally:
            cut_off(0)
        report = base.add(*items)
        assert len(report.added) + len(report.resumed) == papers
        assert base.files() == wanted, number
    # Each page is written and put in place; so are the bibliography and the journal, which goes in the end.
    assert cuts > 2 * papers


def test_another_import_finishes_the_one_that_was_cut_off_first(tmp_path, cut_off):
    base = Base(tmp_path / "base", BIB)
    items, papers = write(base)
    cut_off(5)
    with pytest.raises(CutOffError):
        base.add(*items)
    cut_off(0)
    other = base.file("other.ris", "TY  - JOUR\nTI  - Another paper\nAU  - Lo, SC\nPY  - 2001\nER  - \n")
    report = base.add(other)
    assert len(report.resumed) == papers
    assert [one.key for one in report.added] == ["lo-2001-another-paper"]
    assert len(base.pages()) == papers + 1


def test_a_trial_run_does_not_finish_anything(tmp_path, cut_off):
    base = Base(tmp_path / "base", BIB)
    items, _papers = write(base)
    cut_off(5)
    with pytest.raises(CutOffError):
        base.add(*items)
    cut_off(0)
    before = base.files()
    base.add(*items, dry_run=True)
    assert base.files() == before


def test_a_page_that_was_edited_before_the_next_run_is_kept(tmp_path, cut_off):
    base = Base(tmp_path / "base", BIB)
    items, _papers = write(base)
    cut_off(9)
    with pytest.raises(CutOffError):
        base.add(*items)
    cut_off(0)
    page = next(path for path in base.studies.iterdir() if path.suffix == ".md")
    page.write_text("# Edited\n", encoding="utf-8")
    report = base.add(*items)
    assert page.read_text(encoding="utf-8") == "# Edited\n"
    assert [one.finding.problem.value for one in report.remarks if one.source == page.name] == ["import-card"]


@pytest.mark.parametrize("data", [b"", b"{", b'{"entries": 1}', b'{"entries": {}, "pages": {"../x": ""}}', b"\xff"])
def test_a_journal_that_cannot_be_read_stops_the_import(book_base, data):
    (book_base.root / ".refs.bib.import").write_bytes(data)
    before = book_base.files()
    report = book_base.add(book_base.file("a.ris", "TY  - JOUR\nTI  - A\nER  - \n"))
    assert [one.finding.message for one in report.remarks] == [
        ".refs.bib.import beside the bibliography is no journal that can be read; look at it and remove it"
    ]
    assert book_base.files() == before


IMPORT = """
import datetime, sys
from pathlib import Path
from sphinx_mecfs.cli.add import add
from sphinx_mecfs.intake.base.layout import find_layout
print("begun", flush=True)
add(sys.argv[2:], find_layout(Path(sys.argv[1])), today=datetime.date(2026, 11, 20))
"""


def test_a_process_that_is_killed_time_and_again_loses_and_doubles_nothing(tmp_path):
    base = Base(tmp_path / "base", BIB)
    files, papers = mixed(400)
    items = [base.file(name, data) for name, data in files.items()]
    command = [sys.executable, "-c", IMPORT, str(base.root), *items]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    for delay in (0.05, 0.3, 0.5, 0.6, 0.7):
        process = subprocess.Popen(command, stdout=subprocess.PIPE, env=environment)
        process.stdout.readline()
        time.sleep(delay)
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
    base.add(*items)
    entries = read_bibliography(base.bib.read_bytes())
    assert entries.findings == ()
    assert len(entries.entries) == 140 + papers
    assert len({one.doi.lower() for one in entries.entries.values() if one.doi}) == papers + sum(
        bool(one.doi) for one in read_bibliography(BIB).entries.values()
    )
    pages = [name for name in base.pages() if not name.startswith(".")]
    assert len(pages) == papers
    assert all(page.endswith(b":::\n") for name, page in base.pages().items() if name in pages)
