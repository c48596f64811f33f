# /// script
# requires-python = ">=3.11"
# dependencies = ["nox>=2025.5"]
# ///
"""Everything one does in this project: `python3 noxfile.py SESSION`, or `uv run noxfile.py SESSION`.

Nothing needs to be installed first: where nox is missing, this file gets it into a folder of `.nox` and starts again.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent


def bootstrap() -> NoReturn:
    """Install nox into an environment of this project and run this file again with it."""
    if sys.version_info < (3, 11):
        sys.exit(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}.")
    folder = ROOT / ".nox" / "bootstrap-{}.{}".format(*sys.version_info)
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if not (folder / "complete").exists() and not install_nox(folder, python):
        sys.exit(
            "Could not install nox. On Debian and its relatives, install python3-venv "
            "(apt-get install python3-venv) and try again, or use uv: uv run noxfile.py docs"
        )
    (folder / "complete").touch()
    os.execv(python, [str(python), *sys.argv])


def install_nox(folder: Path, python: Path) -> bool:
    """Make an environment with nox in it. Where Python cannot give it a pip of its own, a pip outside is used."""
    install = ["install", "--quiet", "--disable-pip-version-check", "nox>=2025.5"]
    ways = [
        ([], [str(python), "-m", "pip", *install]),
        (["--without-pip"], [sys.executable, "-m", "pip", "--python", str(python), *install]),
    ]
    return any(
        run_quietly(sys.executable, "-m", "venv", "--clear", *options, str(folder)) and run_quietly(*command)
        for options, command in ways
    )


def run_quietly(*command: str) -> bool:
    """Run a command and tell whether it succeeded; what it says is shown only if it did not."""
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode:
        print(done.stdout, done.stderr, file=sys.stderr)
    return done.returncode == 0


try:
    import nox
except ModuleNotFoundError:
    bootstrap()

PYPROJECT = nox.project.load_toml(ROOT / "pyproject.toml")
# Python decides the Sphinx release that can be installed, so that these are the columns of the matrix. The first takes
# the oldest docutils that Sphinx 9 works with, the last the newest.
SPHINX_BY_PYTHON = {"3.11": "9.0", "3.12": "9.1", "3.13": "9.2"}
DOCUTILS_BY_PYTHON = {"3.11": "==0.20.*", "3.12": "==0.21.*"}
RUNNING = f"{sys.version_info.major}.{sys.version_info.minor}"
PYTHONS = sorted({*SPHINX_BY_PYTHON, RUNNING}, key=lambda version: int(version.partition(".")[2]))

nox.needs_version = ">=2025.5"
nox.options.default_venv_backend = "uv|virtualenv"
nox.options.sessions = ["docs"]
nox.options.error_on_missing_interpreters = False
nox.options.download_python = "never"


def groups(*names: str) -> list[str]:
    """Return the requirements of dependency groups in pyproject.toml."""
    return list(nox.project.dependency_groups(PYPROJECT, *names))


LOCKED = ".ci/requirements.txt"
"""What the book is built with where `MECFS_LOCKED` is set: each package with the hashes of its files."""


def install_for_book(session: nox.Session) -> None:
    """Install the package with all that the book is built with; locked, if the environment asks for that."""
    if os.environ.get("MECFS_LOCKED"):
        session.install("--require-hashes", "--requirement", LOCKED)
        session.install("--no-deps", "--no-build-isolation", ".")
    else:
        session.install(".[pdf,grade,search]")


def sphinx_build(session: nox.Session, builder: str, *options: str) -> Path:
    """Run one builder over docs/ and return the output folder."""
    out = ROOT / "docs" / "_build" / builder
    command = ["sphinx-build", "--builder", builder, "--jobs", "auto", "--quiet", *options]
    session.run(*command, "--doctree-dir", "docs/_build/doctrees", "docs", str(out))
    return out


@nox.session
def docs(session: nox.Session) -> None:
    """Build the knowledge base as HTML and PDF, and say where they are. Options go to sphinx-build, such as -W."""
    install_for_book(session)
    html = sphinx_build(session, "html", *session.posargs)
    pdf = sphinx_build(session, "typstpdf", *session.posargs)
    print(f"\nThe knowledge base is built.\n  HTML: {html / 'index.html'}")
    print("\n".join(f"  PDF:  {path}" for path in sorted(pdf.glob("*.pdf"))))


@nox.session
def live(session: nox.Session) -> None:
    """Show the HTML in a browser and build it again whenever a file is saved."""
    session.install("--editable", ".[pdf,grade,search,live]")
    watched = ["--watch", "refs.bib", "--watch", "sphinx_mecfs"]
    session.run("sphinx-mecfs", "live", "docs", *watched, *session.posargs)


@nox.session
def latexpdf(session: nox.Session) -> None:
    """Build the PDF with LaTeX instead; needs latexmk and XeLaTeX."""
    session.install(".[pdf,grade,search]")
    session.run("sphinx-build", "-M", "latexpdf", "docs", "docs/_build", *session.posargs)


@nox.session(python=PYTHONS)
def tests(session: nox.Session) -> None:
    """Run the tests on each Python that is here, with the Sphinx release that goes with it."""
    release = SPHINX_BY_PYTHON.get(str(session.python))
    pinned = [f"sphinx=={release}.*", f"docutils{DOCUTILS_BY_PYTHON.get(str(session.python), '')}"] if release else []
    session.install(".[pdf,grade,search,live]", *groups("test", "themes"), *pinned)
    session.install("--no-deps", *groups("schemas"))
    session.run("pytest", "--numprocesses", "auto", *session.posargs)


@nox.session
def browser(session: nox.Session) -> None:
    """Test the website in a real browser: Chromium of the system, or the program that MECFS_BROWSER names."""
    session.install(".[pdf,grade,search]", *groups("test", "browser", "themes"))
    book = sphinx_build(session, "html")
    environment = {"MECFS_BOOK": str(book)}
    session.run("pytest", "--numprocesses", "auto", "tests/browser", *session.posargs, env=environment)


@nox.session
def catalogues(session: nox.Session) -> None:
    """Bring the catalogues up to date with the code, compile them, and list what is left to translate."""
    session.install("--editable", ".", *groups("catalogues"))
    session.run("python", "docs/_ext/catalogues.py")


@nox.session
def lint(session: nox.Session) -> None:
    """Check style and formatting."""
    session.install(*groups("lint"))
    session.run("ruff", "check", ".")
    session.run("ruff", "format", "--check", ".")


@nox.session
def types(session: nox.Session) -> None:
    """Check types, strictly."""
    session.install(".[pdf,grade,search,live]", *groups("types", "test", "browser"), "nox")
    session.run("mypy", *session.posargs)


@nox.session
def bench(session: nox.Session) -> None:
    """Compare builds with those of peers, each in an environment of its own. Options go to benchmarks/run.py."""
    session.install(".")
    # Builds run in folders of their own.
    folder = Path(session.create_tmp()).absolute()
    shared = ["sphinx", "myst-parser", "furo", "sphinxcontrib-bibtex"]
    peers = {"plain": shared, "bibtex": shared, "needs": [*shared, "sphinx-needs==9.1.0"]}
    peers["bound"] = [*shared, "bibtexparser>=2,<3"]
    options = []
    for name, packages in peers.items():
        python = folder / name / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
        if not python.exists():
            session.run("python", "-m", "venv", str(folder / name))
        session.run(str(python), "-m", "pip", "install", "--quiet", *packages, external=True)
        options += ["--python", f"{name}={python}"]
    session.run("python", "benchmarks/run.py", "--out", str(folder / "results"), *options, *session.posargs)


@nox.session
def build(session: nox.Session) -> None:
    """Make the wheel and the source archive, with the data of the base, and try the wheel by itself."""
    session.install(".[pdf,grade,search]", *groups("build"))
    bring_published(session, sphinx_build(session, "html"))
    out = Path(session.create_tmp()) / "dist"
    session.run("python", "-m", "build", "--outdir", str(out), ".")
    session.run("twine", "check", "--strict", *map(str, sorted(out.iterdir())))
    (wheel,) = out.glob("*.whl")
    session.install("--force-reinstall", str(wheel))
    with session.chdir(session.create_tmp()):
        session.run("python", "-c", TRY_WHEEL)
    session.install(*groups("test"))
    session.run("pytest", "tests/project/test_packages.py", env={"MECFS_DIST": str(out)})


TRY_WHEEL = """
import sphinx_mecfs
from pathlib import Path
from sphinx_mecfs.evidence.register import shipped_register

package = Path(sphinx_mecfs.__file__).parent
assert Path(sphinx_mecfs.bib_path()).is_relative_to(package)
assert sphinx_mecfs.intersphinx_mapping("https://example.org/")["mecfs"][1]
print(shipped_register().version)
"""


def bring_published(session: nox.Session, html: Path) -> None:
    """Copy what other projects need to cite the base from its website into the package."""
    folder = ROOT / "sphinx_mecfs" / "data" / "published"
    folder.mkdir(exist_ok=True)
    for source in (html / "objects.inv", html / "data" / "studies.json"):
        if source.exists():
            shutil.copy(source, folder)
        else:
            session.warn(f"{source} is missing, so that the wheel goes without it")


# ---- trust ----------------------------------------------------------------------------------------------------------


@nox.session
def builders(session: nox.Session) -> None:
    """Build the book by every builder, without a network where that can be had, and as on two machines; needs Java."""
    session.install(".[pdf,grade,search]", *groups("test", "builders"))
    places = ["tests/builds/test_every_builder.py", "tests/builds/test_reproducible.py", "tests/hostile"]
    session.run("pytest", "--numprocesses", "auto", *places, *session.posargs, env={"MECFS_BUILDERS": "1"})


@nox.session
def prerelease(session: nox.Session) -> None:
    """Run tests with the newest pre-releases of what the package is made with; paths limit it to those. It may fail."""
    session.install("--pre", "--upgrade", ".[pdf,grade,search]", *groups("test", "themes"))
    session.install("--no-deps", *groups("schemas"))
    session.run("pytest", "--numprocesses", "auto", *session.posargs)


FUZZED = sorted(("3.11", "3.12", "3.13", "3.14"), key=lambda version: (version != RUNNING, version != "3.13"))
"""Versions of Python for which atheris is built, the one that runs here first."""


@nox.session(python=next((version for version in FUZZED if shutil.which(f"python{version}")), RUNNING))
def fuzz(session: nox.Session) -> None:
    """Look for input that breaks a reader, for as many seconds each as is said (default 20); longer by night."""
    if sys.platform != "linux":
        session.error("atheris, which changes the input, is built for Linux only: nothing has been fuzzed")
    session.install(".", *groups("test"))
    try:
        session.install("--only-binary", "atheris", *groups("fuzz"))
    except nox.command.CommandFailed:
        built = ", ".join(FUZZED)
        session.error(f"atheris is not built for Python {session.python}, only for {built}: nothing has been fuzzed")
    seconds = session.posargs[0] if session.posargs else "20"
    session.run("python", "tests/fuzzing.py", *(session.posargs or [seconds]))
    places = [f"tests/hostile/test_{name}.py" for name in ("crashes", "growth", "imports", "sources", "writers")]
    session.run("pytest", "--numprocesses", "auto", *places, env={"MECFS_EXAMPLES": str(10 * int(seconds))})


@nox.session
def mutation(session: nox.Session) -> None:
    """Change the rules in small ways and see whether a test notices; rooms may be named; `--sample 500` is short."""
    session.install(".", *groups("test", "mutation"))
    folder = Path(session.create_tmp()) / "changed"
    session.run("python", "tests/hostile/mutating.py", str(folder), *session.posargs)


@nox.session
def lock(session: nox.Session) -> None:
    """Write down the versions and hashes of what the book is built with."""
    session.install(*groups("lock"))
    extras = [part for name in ("pdf", "grade", "search") for part in ("--extra", name)]
    options = ["--universal", "--python-version", "3.11", "--generate-hashes", "--no-emit-index-url", "--no-annotate"]
    session.run("uv", "pip", "compile", "--quiet", "--upgrade", "--no-header", *options, *extras, "--group", "build",
                "pyproject.toml", "--output-file", LOCKED)  # fmt: skip


if __name__ == "__main__":
    sys.argv[1:] = [part for word in sys.argv[1:2] for part in ("--session", word)] + sys.argv[2:]
    nox.main()
