"""Whatever ends a build too soon, the message says what it was, and the next build is right: equal to a clean one."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time

import pytest
from question_pages import PAGES
from release_pages import DATA_PAGE
from samples import ALPHA, CONF, REFS, base_files, myst_card, myst_page

ORPHAN = "---\norphan: true\n---\n\n"
KEYS = [f"study{number}-2000" for number in range(40)]


def has_namespaces():
    """Whether this machine lets a test mount a file system of its own."""
    return (
        bool(shutil.which("unshare"))
        and not subprocess.run(["unshare", "-rm", "true"], check=False, capture_output=True).returncode
    )


needs_namespaces = pytest.mark.skipif(not has_namespaces(), reason="no file system of its own can be mounted here")


@pytest.fixture
def source(tmp_path):
    """A base of some forty studies, which takes long enough to be hit."""
    files = {**base_files(), **PAGES, **DATA_PAGE}
    conf = {
        **CONF,
        "project": "Test base",
        "copyright": "2026, Authors",
        "version": "1",
        "html_theme": "basic",
        "mecfs_wording": False,
    }
    files["conf.py"] = "".join(f"{name} = {value!r}\n" for name, value in conf.items())
    files["refs.bib"] = REFS + "\n".join(
        f"@article{{{key},\n author = {{Name, A}},\n title = {{T}},\n journal = {{J}},\n year = {{2000}},\n}}\n"
        for key in KEYS
    )
    for key in KEYS:
        files[f"many/{key}.md"] = ORPHAN + myst_page(key, myst_card(key, ALPHA), "{mecfs:study}`alpha-2001`\n")
    files["tables.md"] = f"{ORPHAN}# Tables\n\n```{{evidence-explorer}}\n```\n\n```{{evidence-map}}\n```\n"
    for name, text in files.items():
        path = tmp_path / "source" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path / "source"


def command(source, out, doctrees):
    return [sys.executable, "-m", "sphinx", "-q", "-b", "html", "-d", str(doctrees), str(source), str(out)]


def run(source, out, doctrees):
    done = subprocess.run(command(source, out, doctrees), capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return contents(out)


def contents(out):
    paths = [path for path in sorted(out.rglob("*")) if path.is_file() and path.name != ".buildinfo"]
    return {str(path.relative_to(out)): path.read_bytes() for path in paths}


def differing(ours, clean):
    return sorted(name for name in ours.keys() | clean.keys() if ours.get(name) != clean.get(name))


def kill_at(process, folder, suffix, count):
    """Kill a build as soon as it has written so many files of a kind; they are counted by the time of their change."""
    begun = time.time_ns()
    while process.poll() is None:
        written = sum(path.stat().st_mtime_ns >= begun for path in folder.rglob(f"*{suffix}"))
        if written >= count:
            process.send_signal(signal.SIGKILL)
            return process.wait() == -signal.SIGKILL
        time.sleep(0.002)
    return False


@pytest.mark.parametrize("seed", range(2))
def test_a_build_after_killed_ones_equals_a_clean_one(source, tmp_path, seed):
    rng = random.Random(seed)
    out, doctrees = tmp_path / "out", tmp_path / "doctrees"
    # Twice while it reads, which it begins anew each time, and twice while it writes.
    for folder, suffix in ((doctrees, ".doctree"), (doctrees, ".doctree"), (out, ".html"), (out, ".html")):
        page = source / f"many/{rng.choice(KEYS)}.md"
        text = page.read_text(encoding="utf-8").replace("were treated", f"were treated {rng.random()}")
        page.write_text(text, encoding="utf-8")
        process = subprocess.Popen(command(source, out, doctrees), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        assert kill_at(process, folder, suffix, rng.randint(1, 25))
    clean = run(source, tmp_path / "clean", tmp_path / "clean-doctrees")
    assert differing(run(source, out, doctrees), clean) == []


def test_pages_that_were_cut_off_by_a_kill_are_written_again(source, tmp_path):
    out, doctrees = tmp_path / "out", tmp_path / "doctrees"
    clean = run(source, out, doctrees)
    # What a build leaves that has read all, and was killed while it wrote a page, a data file and a picture of the search.
    (sign,) = (doctrees / "mecfs/unfinished").iterdir()
    (sign / "4242").touch()
    for name in ("index.html", "many/study7-2000.html", "searchindex.js", "_static/mecfs.css"):
        (out / name).write_bytes(clean[name][:100])
    # These are written in one step: they are there in full or not at all.
    (out / "_static/mecfs-studies.js").unlink()
    (out / "data/studies.json").unlink()
    assert differing(run(source, out, doctrees), clean) == []
    assert list(sign.iterdir()) == []
    assert (
        "0 added"
        in subprocess.run(
            [part for part in command(source, out, doctrees) if part != "-q"],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
    )


@pytest.mark.parametrize("name", ["environment.pickle", "index.doctree", "many/study3-2000.doctree", "mecfs"])
def test_document_trees_that_were_cut_off_do_no_harm(source, tmp_path, name):
    out, doctrees = tmp_path / "out", tmp_path / "doctrees"
    clean = run(source, out, doctrees)
    broken = doctrees / name
    if broken.is_dir():
        for path in (path for path in broken.rglob("*") if path.is_file()):
            path.write_bytes(path.read_bytes()[:7])
    else:
        broken.write_bytes(broken.read_bytes()[:100])
    source.joinpath("index.md").touch()
    done = subprocess.run(command(source, out, doctrees), capture_output=True, text=True, check=False)
    if done.returncode:
        assert "Traceback (most recent call last)" not in done.stderr.split("\n")[0]
        done = subprocess.run([*command(source, out, doctrees), "-E"], capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert differing(contents(out), clean) == []


def mounted(tmp_path, script):
    """Run a shell script that may mount file systems, in a place where nobody else sees them."""
    return subprocess.run(
        ["unshare", "-rm", "sh", "-c", script], cwd=tmp_path, capture_output=True, text=True, check=False
    )


@needs_namespaces
def test_a_full_disk_is_named_and_the_next_build_with_room_is_right(source, tmp_path):
    clean = run(source, tmp_path / "clean", tmp_path / "clean-doctrees")
    (tmp_path / "out").mkdir()
    build = " ".join(command(source, "out", "doctrees"))
    size = sum(map(len, clean.values())) // 2048
    script = f"mount -t tmpfs -o size={size}k none out; {build}; echo first $?; mount -o remount,size=100m out; {build}; echo second $?; cp -r out/. kept"
    (tmp_path / "kept").mkdir()
    done = mounted(tmp_path, script)
    assert "No space left on device" in done.stderr
    assert "first 2\nsecond 0" in done.stdout
    assert differing(contents(tmp_path / "kept"), clean) == []


@needs_namespaces
@pytest.mark.parametrize("place", ["out", "doctrees"])
def test_a_folder_that_cannot_be_written_is_named(source, tmp_path, place):
    (tmp_path / place).mkdir()
    script = f"mount -t tmpfs -o ro none {place}; {' '.join(command(source, 'out', 'doctrees'))}; echo ended $?"
    done = mounted(tmp_path, script)
    assert "Read-only file system" in done.stderr
    assert "ended 0" not in done.stdout


def test_two_builds_into_one_folder_leave_it_right_for_the_next(source, tmp_path):
    out, doctrees = tmp_path / "out", tmp_path / "doctrees"
    clean = run(source, tmp_path / "clean", tmp_path / "clean-doctrees")
    both = [
        subprocess.Popen(command(source, out, doctrees), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        for _ in range(2)
    ]
    said = [process.communicate()[1].decode() for process in both]
    assert any(process.returncode == 0 for process in both), said
    assert differing(run(source, out, doctrees), clean) == []


# ---- a wrong clock --------------------------------------------------------------------------------------------------


def edit(path, old, new, seconds):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    os.utime(path, (time.time() + seconds,) * 2)


@pytest.mark.parametrize("seconds", [-400 * 86_400, 400 * 86_400], ids=["last year", "next year"])
def test_an_edit_is_seen_whatever_the_clock_said_when_it_was_saved(make_base, seconds):
    project = make_base()
    project.build()
    edit(project.srcdir / "studies/alpha-2001.md", "were treated", "were seen", seconds)
    assert "were seen" in project.build().text("studies/alpha-2001.html")
    edit(project.srcdir / "studies/alpha-2001.md", "were seen", "were met", -seconds)
    assert "were met" in project.build().text("studies/alpha-2001.html")


def test_a_clock_that_is_behind_is_named_where_a_date_lies_ahead(make_base):
    project = make_base()
    project.replace("studies/alpha-2001.md", "2026-11-01", "2999-01-01")
    (warning,) = [line for line in project.build().warnings if "alpha-2001.md" in line]
    assert "is in the future by the clock of this machine" in warning
