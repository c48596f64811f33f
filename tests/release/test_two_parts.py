"""A base that is built in two parts has, taken together, the data of the whole, and its parts cite each other."""

import json
import re
import subprocess
import sys

import pytest
from samples import ALPHA, BETA, CONF, DEFINITIONS, SECTIONS, myst_card, myst_page
from support import Project

from sphinx_mecfs.formats.merging import MergeError, merged

HOME = "https://base.example/"
KEYS = [f"s{number}-2001" for number in range(1, 7)]
OLD, NEW = KEYS[:3], KEYS[3:]
REFS = "\n".join(
    f"@article{{{key},\n  author = {{A{key[1]}, B}},\n  title = {{Study {key[1]}}},\n  journal = {{J}},\n  year = {{2001}},\n}}\n"
    for key in KEYS
)
BETA_HERE = {name: value for name, value in BETA.items() if name != "contradicts"}


def page(number, key):
    """A page with a card that names, and relates to, the next study but two: one of the other part."""
    other = KEYS[(number + 3) % 6]
    options = (ALPHA, BETA_HERE)[number % 2] | {"replicates": other}
    return myst_page(f"Page {key}", myst_card(key, options, SECTIONS), f"After {{mecfs:study}}`{other}`.\n")


PAGES = {key: page(number, key) for number, key in enumerate(KEYS)}


def part(folder, keys, address, others=None):
    """A project of some of the studies, published at an address, that cites other parts."""
    settings = {"project": "The base", "release": "1", "html_theme": "basic", **CONF, "html_baseurl": address}
    project = Project(folder, settings | {"mecfs_external": others or {}})
    index = "# Base\n\n```{toctree}\ndefinitions\n" + "\n".join(keys) + "\n```\n"
    pages = {f"{key}.md": PAGES[key] for key in keys}
    project.write({"conf.py": "", "refs.bib": REFS, "definitions.md": DEFINITIONS, "index.md": index, **pages})
    return project


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The whole, and the two parts, of which each was built with the data of the other."""
    root = tmp_path_factory.mktemp("parts")
    whole = part(root / "whole", KEYS, HOME).build()
    assert whole.warnings == ()
    data = {name: f"{root}/{name}/html/data/studies.json" for name in ("old", "new")}
    old = part(root / "old", OLD, f"{HOME}old/", {"new": (f"{HOME}new/", data["new"])})
    new = part(root / "new", NEW, f"{HOME}new/", {"old": (f"{HOME}old/", data["old"])})
    # The first time the data of the other part are not there yet.
    first = old.build()
    builds = new.build(), old.build()
    assert any("mecfs.external" in warning for warning in first.warnings)
    assert [build.warnings for build in builds] == [(), ()]
    return whole, builds[1], builds[0]


def data(build):
    return json.loads(build.text("data/studies.json"))


@pytest.fixture(scope="module")
def union(built):
    _whole, *parts = built
    return json.loads(merged([(str(build.outdir), build.text("data/studies.json").encode()) for build in parts]))


def told(entries):
    """What entries say, by key, without the page on which each stands."""
    return {
        entry["key"]: {name: value for name, value in entry.items() if name not in {"page", "address"}}
        for entry in entries
    }


def test_the_parts_share_no_study(built):
    _whole, old, new = built
    assert [set(told(data(build)["studies"])) for build in (old, new)] == [set(OLD), set(NEW)]


@pytest.mark.parametrize("kind", ["studies", "definitions", "questions", "claims"])
def test_the_parts_together_say_of_each_entry_what_the_whole_says(built, union, kind):
    whole = data(built[0])
    assert told(union[kind]) == told(whole[kind])
    assert [entry["key"] for entry in union[kind]] == [entry["key"] for entry in whole[kind]]


def test_what_the_data_say_of_the_base_is_that_of_the_whole(built, union):
    whole = data(built[0])
    assert {name: union[name] for name in ("version", "base", "register", "labels", "updated")} == {
        name: whole[name] for name in ("version", "base", "register", "labels", "updated")
    }


def test_each_page_in_the_union_is_that_of_its_part(built, union):
    folders = {"old": built[1], "new": built[2]}
    for study in union["studies"]:
        assert study["address"] == HOME + study["page"]
        folder, _slash, place = study["page"].partition("/")
        name, _hash, anchor = place.partition("#")
        assert f'id="{anchor}"' in folders[folder].text(name)


@pytest.mark.parametrize("number", range(6))
def test_a_reference_from_one_part_to_the_other_leads_to_its_page(built, number):
    key, other = KEYS[number], KEYS[(number + 3) % 6]
    mine, theirs, name = (built[1], built[2], "new") if key in OLD else (built[2], built[1], "old")
    (link,) = re.findall(r'<a class="mecfs-elsewhere[^>]* href="([^"]*)"', mine.text(f"{key}.html"))
    assert link == f"{HOME}{name}/{other}.html#{other}"
    assert f'id="{other}"' in theirs.text(f"{other}.html")


def test_the_command_writes_the_union(built, union, tmp_path):
    files = [str(build.outdir / "data" / "studies.json") for build in built[1:]]
    out = tmp_path / "whole.json"
    command = [sys.executable, "-m", "sphinx_mecfs", "merge", *files, "--out", str(out)]
    subprocess.run(command, check=True)
    assert json.loads(out.read_text(encoding="utf-8")) == union


# ---- what cannot be put together ------------------------------------------------------------------------------------


def file_of(studies=(), **more):
    return json.dumps({"version": "1.0", "base": {"title": "B"}, "studies": list(studies), **more}).encode()


@pytest.mark.parametrize(
    ("other", "message"),
    [
        (b"", "b is no data file of an evidence base"),
        (b"[]", "b is no data file of an evidence base"),
        (b"\xff\xfe", "b is no data file of an evidence base"),
        (b"[" * 100_000, "b is no data file of an evidence base"),
        (b"{}", "no version"),
        (file_of([{"title": "no key"}]), "an entry without a key"),
        (file_of([{"key": "s1", "title": "Two"}]), "a and b say different things of 's1' in 'studies'"),
        (file_of(register="2"), "a and b have different 'register'"),
        (file_of(labels={"pem": {"required": "yes"}}), "a and b have different 'labels'"),
    ],
)
def test_files_that_do_not_fit_together_are_refused_by_name(other, message):
    with pytest.raises(MergeError) as error:
        merged([("a", file_of([{"key": "s1", "title": "One"}])), ("b", other)])
    assert message in str(error.value)


def test_without_a_shared_address_no_page_is_named():
    entries = ({"key": f"s{n}", "page": "p.html#s", "address": f"https://{n}.example/p.html#s"} for n in (1, 2))
    files = [
        (str(n), file_of([entry], base={"address": f"https://{n}.example/"})) for n, entry in enumerate(entries, 1)
    ]
    union = json.loads(merged(files))
    assert union["base"]["address"] is None
    assert [(study["page"], study["address"]) for study in union["studies"]] == [
        (None, "https://1.example/p.html#s"),
        (None, "https://2.example/p.html#s"),
    ]


def test_the_command_says_in_one_line_what_is_wrong(tmp_path):
    command = [sys.executable, "-m", "sphinx_mecfs", "merge", str(tmp_path / "nowhere.json")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr == f"sphinx-mecfs: {tmp_path}/nowhere.json cannot be read: No such file or directory\n"
