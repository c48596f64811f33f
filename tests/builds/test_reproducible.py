"""Two builds of one base are the same to the byte: on other machines, in other folders, at other places and times."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import time
import zipfile

import pytest
from question_pages import PAGES
from release_pages import DATA_PAGE
from samples import ALPHA, CONF, REFS, base_files, myst_card, myst_page
from support import ROOT

EPOCH = "1763769600"


def other_locale():
    """A locale of this machine that writes dates and sorts in another way, or else one without letters beyond ASCII."""
    with contextlib.suppress(OSError):
        listed = subprocess.run(["locale", "-a"], capture_output=True, text=True, check=False).stdout.split()
        return next((name for name in listed if not name.startswith(("C", "POSIX", "en"))), "C")
    return "C"


# What differs from one machine to the next, and how the pages are shared out among processes.
HERE = {"PYTHONHASHSEED": "1", "TZ": "UTC", "LC_ALL": "C.UTF-8", "LANGUAGE": "en", "COLUMNS": "80"}
THERE = {
    "PYTHONHASHSEED": "4242",
    "TZ": "Pacific/Auckland",
    "LC_ALL": other_locale(),
    "LANGUAGE": "nb",
    "COLUMNS": "200",
}
# The book-keeping of Sphinx: the time at which it read a file, and a hash of settings with the paths in them.
OF_SPHINX = {".buildinfo", ".doctrees"}


def sources():
    """The small base with questions, data, figures and enough pages for Sphinx to share the reading out."""
    files = {
        name: text.replace("---\norphan: true\n---\n\n", "")
        for name, text in {**base_files(), **PAGES, **DATA_PAGE}.items()
    }
    keys = [f"study{number}-2000" for number in range(12)]
    for key in keys:
        files[f"many/{key}.md"] = myst_page(key, myst_card(key, ALPHA), "{mecfs:study}`alpha-2001` {pem}`beta-2010`\n")
    files["refs.bib"] = REFS + "\n".join(
        f"@article{{{key},\n  author = {{Name, A}},\n  title = {{{{T}}}},\n  journal = {{J}},\n  year = {{2000}},\n}}\n"
        for key in keys
    )
    files["index.md"] = (
        "# Base\n\n```{evidence-explorer}\n```\n\n```{evidence-map}\n```\n\n```{evidence-years}\n```\n\n```{toctree}\n:glob:\n*\nstudies/*\nmany/*\n```\n"
    )
    conf = {
        **CONF,
        "project": "Test base",
        "copyright": "2026, Authors",
        "version": "1",
        "html_theme": "furo",
        "epub_show_urls": "no",
        "latex_documents": [("index", "book.tex", "Test base", "Authors", "manual")],
        "typst_documents": [("index", "book", "Test base", "Authors")],
    }
    files["conf.py"] = "".join(f"{name} = {value!r}\n" for name, value in conf.items())
    return files


def build(folder, builder, files, machine, jobs):
    """Build in a process that finds itself on another machine, and return the output by path."""
    source, out = folder / "source", folder / "out"
    for name, text in files.items():
        path = source / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        # Checked out at another time.
        os.utime(path, (time.time() - jobs * 100_000,) * 2)
    environment = {**os.environ, **machine, "SOURCE_DATE_EPOCH": EPOCH}
    command = [
        sys.executable,
        "-m",
        "sphinx",
        "-q",
        "-j",
        str(jobs),
        "-b",
        builder,
        "-d",
        str(folder / "d"),
        str(source),
        str(out),
    ]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return contents(out), "\n".join(line.replace(str(folder), "") for line in sorted(done.stderr.splitlines()))


def contents(out):
    """Each file by its path; of an EPUB, the files within it, since Sphinx packs them with the time of the build."""
    found = {}
    for path in sorted(out.rglob("*")):
        if path.is_dir() or OF_SPHINX & {*path.relative_to(out).parts}:
            continue
        if path.suffix == ".epub":
            archive = zipfile.ZipFile(path)
            found |= {f"{path.name}:{name}": archive.read(name) for name in archive.namelist()}
        else:
            found[str(path.relative_to(out))] = path.read_bytes()
    return found


@pytest.mark.parametrize("builder", ["html", "epub", "latex", "typstpdf", "text"])
def test_two_machines_build_the_same(tmp_path, builder):
    files = sources()
    here, said_here = build(tmp_path / "a", builder, files, HERE, 1)
    there, said_there = build(tmp_path / "another place" / "deeper", builder, files, THERE, 4)
    assert sorted(name for name in here.keys() | there.keys() if here.get(name) != there.get(name)) == []
    assert said_here == said_there
    assert len(here) > 1 or builder == "typstpdf"


@pytest.mark.skipif(not os.environ.get("MECFS_BUILDERS"), reason="run by the nox session `builders`")
@pytest.mark.parametrize("builder", ["html", "typstpdf"])
def test_two_machines_build_the_same_book(tmp_path, builder):
    names = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    made = []
    for folder, machine, jobs in ((tmp_path / "a", HERE, "1"), (tmp_path / "b c", THERE, "4")):
        for name in names.splitlines():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes((ROOT / name).read_bytes())
        command = [sys.executable, "-m", "sphinx", "-q", "-j", jobs, "-b", builder, "-d", "d", "docs", "out"]
        environment = {**os.environ, **machine, "SOURCE_DATE_EPOCH": EPOCH}
        subprocess.run(command, cwd=folder, env=environment, check=True)
        made.append(contents(folder / "out"))
    here, there = made
    assert sorted(name for name in here.keys() | there.keys() if here.get(name) != there.get(name)) == []
