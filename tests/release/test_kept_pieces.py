"""Data files are put together from those of last time: what has not changed is copied, and what was spoilt is not."""

from __future__ import annotations

import shutil
from types import SimpleNamespace

import pytest
from question_pages import PAGES
from release_pages import DATA_PAGE
from samples import ALPHA, REFS, myst_card, myst_page

from sphinx_mecfs.extension.release.spool import Spool
from sphinx_mecfs.extension.release.store import Store
from sphinx_mecfs.formats.release.pieces import Piece

ORPHAN = "---\norphan: true\n---\n\n"


# ---- one file -------------------------------------------------------------------------------------------------------


@pytest.fixture
def store(tmp_path):
    return Store(SimpleNamespace(outdir=tmp_path / "out", doctreedir=tmp_path / "doctrees"))


@pytest.fixture
def made():
    """What pieces have been made since."""
    return []


@pytest.fixture
def parts(made):
    """Make the parts of a file of pieces, each with its stamp as its text."""

    def piece(text):
        return Piece(text, lambda: made.append(text) or f"{text} ✓\n")

    return lambda *texts: ["head\n", *(piece(text) for text in texts), "tail\n"]


def test_a_piece_whose_stamp_is_known_is_not_made_again_wherever_it_stands(store, parts, made):
    store.write("a.txt", parts("one", "two", "three"))
    made.clear()
    store.write("a.txt", parts("three", "new", "one", "one"))
    assert made == ["new"]
    assert (store.out / "a.txt").read_text(encoding="utf-8") == "head\nthree ✓\nnew ✓\none ✓\none ✓\ntail\n"
    made.clear()
    store.write("a.txt", parts("three", "two"))
    assert made == ["two"]


def test_the_sum_is_that_of_the_file_and_a_large_file_is_whole(store, parts):
    words = [f"{number} {'x' * 1000}" for number in range(900)]
    first = store.write("a.txt", parts(*words))
    again = store.write("a.txt", parts(*words[:400], "new", *words[400:]))
    content = (store.out / "a.txt").read_bytes()
    assert content.decode() == "".join(["head\n", *(f"{w} ✓\n" for w in [*words[:400], "new", *words[400:]]), "tail\n"])
    assert again.size == len(content) == first.size + len("new ✓\n".encode())


def test_a_piece_without_a_stamp_is_always_made(store):
    texts = iter(["first", "second"])
    for _ in range(2):
        store.write("a.txt", [Piece("", lambda: next(texts))])
    assert (store.out / "a.txt").read_text() == "second"


def test_a_file_that_stays_the_same_is_not_written_again(store, parts):
    store.write("a.txt", parts("one"))
    before = (store.out / "a.txt").stat()
    store.write("a.txt", parts("one"))
    after = (store.out / "a.txt").stat()
    assert (before.st_mtime_ns, before.st_ino) == (after.st_mtime_ns, after.st_ino)


@pytest.mark.parametrize("spoil", ["content", "gone", "list", "list gone"])
def test_what_was_spoilt_is_made_anew(store, parts, made, spoil):
    store.write("a.txt", parts("one", "two"))
    path, places = store.out / "a.txt", store.lists / "a.txt.places"
    whole = path.read_bytes()
    match spoil:
        case "content":
            path.write_bytes(whole.replace(b"one", b"eno"))
        case "gone":
            path.unlink()
        case "list":
            places.write_bytes(places.read_bytes()[:-3])
        case _:
            shutil.rmtree(store.lists)
    made.clear()
    store.write("a.txt", parts("one", "two"))
    assert made == ["one", "two"]
    assert path.read_bytes() == whole


def test_a_file_whose_making_fails_is_left_as_it_was(store, parts):
    store.write("a.txt", parts("one"))
    before = (store.out / "a.txt").read_bytes()

    def fail():
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        store.write("a.txt", ["new", Piece("two", fail)])
    assert [path.name for path in store.out.iterdir()] == ["a.txt"]
    assert (store.out / "a.txt").read_bytes() == before


def test_texts_that_are_put_aside_come_back(tmp_path):
    with Spool(tmp_path / "folder") as spool:
        one = spool.put({"summary": "Ærø ✓", "": ""})
        two, same = spool.put({}), spool.put({"summary": "Ærø ✓", "": ""})
        assert dict(one) == dict(one.items()) == {"summary": "Ærø ✓", "": ""}
        assert (dict(two), len(same), same["summary"]) == ({}, 2, "Ærø ✓")
        assert one.digest == same.digest != two.digest
    assert list((tmp_path / "folder").iterdir()) == []


# ---- a base ---------------------------------------------------------------------------------------------------------


ENTRY = "@article{{many{0:02}-2000,\n  author = {{Name, A}},\n  title = {{T{0}}},\n  journal = {{J}},\n  year = {{2000}},\n}}\n"


def page(numbers, text="were treated"):
    cards = [myst_card(f"many{number:02}-2000", ALPHA).replace("were treated", text) for number in numbers]
    return ORPHAN + myst_page("Many", *cards)


def test_after_edits_removals_and_renames_the_files_are_those_of_a_fresh_build(make_base):
    refs = "\n".join(map(ENTRY.format, range(24)))
    pages = {f"many/p{start}.md": page(range(start, start + 6)) for start in (0, 6, 12, 18)}
    project = make_base({**pages, **PAGES, **DATA_PAGE, "refs.bib": f"{REFS}\n{refs}"})
    project.build()
    # Other pages than before hold the cards, in another order; one is gone, one says something else.
    project.remove("many/p0.md")
    project.write({"many/z.md": page((5, 3, 1, 0, 2)), "many/p6.md": page(range(6, 12), "were seen")})
    steps = [{}]
    steps.append({"refs.bib": f"{REFS}\n{refs}".replace("{T7}", "{Another}")})
    steps.append({"refs.bib": f"{REFS}\n{refs}".replace("many07-2000", "many99-2000")})
    for files, parallel in zip(steps, (2, 1, 2), strict=True):
        project.write(files)
        ours = data_of(project.build(parallel=parallel))
    assert ours == data_of(project.build(out="clean", doctrees="clean-doctrees", fresh=True))
    assert b"many99-2000" in ours["data/refs.bib"]
    assert b"many07-2000" not in ours["data/refs.bib"]
    assert b"many04-2000" not in ours["data/studies.csv"]


def test_what_a_killed_build_left_does_no_harm_and_goes(make_base):
    project = make_base({**PAGES, **DATA_PAGE})
    first = project.build()
    # New files whose lists were not yet written, a file that was being written, and a page that was read meanwhile.
    data = first.outdir / "data"
    stale = (data / "studies.json").read_bytes().replace(b"First finding", b"Lasting words")
    assert b"Lasting words" in stale
    (data / "studies.json").write_bytes(stale)
    (data / ".refs.bib-unfinished").write_bytes(b"@article{")
    project.replace("studies/beta-2010.md", ":status: retracted", ":status: withdrawn")
    ours = data_of(project.build())
    assert ours == data_of(project.build(out="clean", doctrees="clean-doctrees", fresh=True))
    assert b"Lasting words" not in ours["data/studies.json"]


def data_of(build):
    """All data files, and whatever else stands beside them."""
    return {name: content for name, content in build.files().items() if name.startswith("data/")}
