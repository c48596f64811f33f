"""Loading files, with and without a cache."""

from __future__ import annotations

import os

import pytest

from sphinx_mecfs.bibliography import store
from sphinx_mecfs.bibliography.store import load
from sphinx_mecfs.evidence.problems import Problem


@pytest.fixture
def bib(tmp_path, good):
    path = tmp_path / "refs.bib"
    path.write_text(good, encoding="utf-8")
    return path


@pytest.fixture
def cache(tmp_path):
    return tmp_path / "made" / "cache"


def located(library):
    return [(each.path.name, each.finding.line, each.finding.problem) for each in library.findings]


def forbid_reading(monkeypatch):
    def read(*_):
        raise AssertionError

    monkeypatch.setattr(store, "read_bibliography", read)


def test_entries_are_loaded_with_the_file_they_come_from(bib):
    library = load([bib])
    assert len(library.entries) == 4
    assert set(library.sources.values()) == {bib}
    assert library.findings == ()


def test_an_unchanged_file_is_not_read_again(bib, cache, monkeypatch):
    first = load([bib], cache)
    forbid_reading(monkeypatch)
    assert load([bib], cache) == first


def test_findings_of_an_unchanged_file_are_told_again(bib, cache, monkeypatch):
    bib.write_text(
        "@article{Alpha, title = {T}, doi = {10.1000/a}}\n@misc{b, title = {T}, doi = {10.1000/A}, year = x}\n"
    )
    first = load([bib], cache)
    assert {Problem.BIB_KEY, Problem.BIB_REQUIRED, Problem.BIB_STRING, Problem.BIB_FIELD} <= {
        problem for _, _, problem in located(first)
    }
    assert [line for _, line, _ in located(first)] == sorted(line for _, line, _ in located(first))
    forbid_reading(monkeypatch)
    assert load([bib], cache) == first


def test_a_changed_file_is_read_again_and_equals_a_clean_load(bib, cache, good):
    load([bib], cache)
    bib.write_text("\n" + good.replace("{28}", "{29}"), encoding="utf-8")
    assert load([bib], cache) == load([bib])
    assert load([bib], cache).entries["fluge-2009-clinical-impact"].pages == "29"


def test_a_change_that_keeps_size_and_time_is_seen(bib, cache, good):
    load([bib], cache)
    times = bib.stat()
    bib.write_text(good.replace("{28}", "{29}"), encoding="utf-8")
    os.utime(bib, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert load([bib], cache).entries["fluge-2009-clinical-impact"].pages == "29"


def test_a_spoiled_or_foreign_cache_is_ignored(bib, cache):
    fresh = load([bib], cache)
    (file,) = cache.iterdir()
    sound = file.read_bytes()
    spoiled = [
        b"",
        b"\x80",
        b"{}",
        sound[:-1],
        sound[: len(sound) // 2],
        sound + b"x",
        b"other" + sound,
        os.urandom(500),
    ]
    spoiled += [sound[:at] + bytes([sound[at] ^ 1]) + sound[at + 1 :] for at in range(0, len(sound), 41)]
    for content in spoiled:
        file.write_bytes(content)
        assert load([bib], cache) == fresh
        assert file.read_bytes() == sound


def test_a_cache_of_other_code_is_ignored(bib, cache, monkeypatch):
    fresh = load([bib], cache)
    (file,) = cache.iterdir()
    sound = file.read_bytes()
    monkeypatch.setattr(store, "_code_digest", lambda: b"x" * 16)
    assert load([bib], cache) == fresh
    assert file.read_bytes() != sound


def test_a_cache_that_cannot_be_written_does_no_harm(bib, tmp_path):
    (tmp_path / "file").write_text("in the way")
    assert load([bib], tmp_path / "file") == load([bib])
    assert load([bib], tmp_path / "file" / "below") == load([bib])


def test_a_cache_folder_in_the_way_of_the_file_leaves_nothing_behind(bib, cache):
    load([bib], cache)
    (file,) = cache.iterdir()
    file.unlink()
    file.mkdir()
    assert load([bib], cache) == load([bib])
    assert list(cache.iterdir()) == [file]


def test_files_of_the_same_name_have_caches_of_their_own(tmp_path, cache, good, monkeypatch):
    paths = [tmp_path / folder / "refs.bib" for folder in ("a", "b")]
    for path, text in zip(paths, (good, "@misc{other, title = {T}}"), strict=True):
        path.parent.mkdir()
        path.write_text(text, encoding="utf-8")
    first = load(paths, cache)
    assert len(first.entries) == 5
    forbid_reading(monkeypatch)
    assert load(paths, cache) == first


def test_a_missing_file_is_a_finding_and_hides_no_other(bib, tmp_path, cache):
    library = load([tmp_path / "none.bib", tmp_path, bib], cache)
    assert located(library) == [("none.bib", 0, Problem.BIB_FILE), (tmp_path.name, 0, Problem.BIB_FILE)]
    assert "'none.bib'" in library.findings[0].finding.message
    assert len(library.entries) == 4


def test_a_key_that_stands_in_two_files_is_found_in_the_second(bib, tmp_path, cache):
    more = tmp_path / "more.bib"
    more.write_text("% more\n@misc{IOM-2015-Beyond, title = {T}}\n@misc{beta, title = {B}}\n", encoding="utf-8")
    for library in (load([bib, more], cache), load([bib, more], cache)):
        assert ("more.bib", 2, Problem.BIB_DUPLICATE_KEY) in located(library)
        assert library.entries["iom-2015-beyond"].type == "book"
        assert "IOM-2015-Beyond" not in library.entries
        assert (library.sources["beta"], library.sources["iom-2015-beyond"]) == (more, bib)


def test_a_doi_that_stands_in_two_files_is_found_in_the_second(bib, tmp_path, cache):
    more = tmp_path / "more.bib"
    more.write_text("@misc{beta,\n title = {B}, doi = {10.17226/19012}}\n", encoding="utf-8")
    assert located(load([bib, more], cache)) == [("more.bib", 2, Problem.BIB_DUPLICATE_ID)]
    assert "'iom-2015-beyond'" in load([bib, more]).findings[0].finding.message


def test_no_files_are_an_empty_library():
    assert load([]).entries == {}
