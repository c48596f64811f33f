"""The command line: what commands there are, what they take and what they return to the shell.

Each command is a few lines that hand over to a module of this room, which is imported only when the command runs, so
that `--help` and shell completion answer at once.
"""

from __future__ import annotations

import gc
import sys
from pathlib import Path
from typing import Annotated

import typer

from ..version import __version__
from .errors import Status, UserError, told
from .output.choices import ExportFormat, Format

APP_HELP = """
Write and look after a base of evidence cards.

A base is a Sphinx project with cards, questions and a bibliography. Start one with `init`, add studies with `add` or
`new`, and look for mistakes with `check` before every build. Each command names the folder of the project, the current
one if none is given.

Status: 0 all is well; 1 problems were found; 2 wrong use, or there is no such project.
"""

app = typer.Typer(
    name="sphinx-mecfs",
    help=APP_HELP,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
    context_settings={"help_option_names": ["-h", "--help"]},
)

Folder = Annotated[Path, typer.Argument(metavar="FOLDER", help="The folder of the project, or its conf.py.")]
Json = Annotated[bool, typer.Option("--json", help="Write JSON for scripts.")]
Filter = Annotated[
    str,
    typer.Option("--filter", "-f", metavar="CONDITIONS", help="Which studies: 'design = rct; year >= 2010'."),
]
Studies = Annotated[
    Path | None, typer.Option("--studies", metavar="FOLDER", help="The folder of the pages of studies.")
]
Mail = Annotated[str, typer.Option("--mail", metavar="ADDRESS", help="Your address, for services; or MECFS_MAIL.")]
Cache = Annotated[Path | None, typer.Option("--cache", metavar="FOLDER", help="Where answers of services are kept.")]
Offline = Annotated[bool, typer.Option("--offline", help="Ask no service.")]
Fix = Annotated[bool, typer.Option("--fix", help="Put right what is safe.")]
Diff = Annotated[bool, typer.Option("--diff", help="Show what --fix changes; alone, nothing is written.")]
Form = Annotated[Format, typer.Option("--format", help="The form of what is written.")]


def main() -> None:
    """Run the command line, as the console script does."""
    # A command is over before what it no longer needs is worth looking for.
    gc.disable()
    app()


def _show_version(wanted: bool) -> None:  # noqa: FBT001
    if wanted:
        sys.stdout.write(f"sphinx-mecfs {__version__}\n")
        raise typer.Exit


@app.callback()
def common(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and leave.")
    ] = False,
) -> None:
    """Take the options that come before a command."""


@app.command(rich_help_panel="Write")
def init(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="The folder of the new base.")],
    title: Annotated[str, typer.Option("--title", help="What it is called.")] = "An evidence base",
    condition: Annotated[str, typer.Option("--condition", metavar="WORDS", help="Such as 'glimmer fever'.")] = "",
    feature: Annotated[str, typer.Option("--feature", metavar="WORDS", help="Its badge, in short: 'BLINK'.")] = "",
    feature_name: Annotated[
        str, typer.Option("--feature-name", metavar="WORDS", help="The same written out: 'blinking by night'.")
    ] = "",
    feature_meaning: Annotated[
        str, typer.Option("--feature-meaning", metavar="WORDS", help="What it is: 'a blinking that begins after dark'.")
    ] = "",
    json: Json = False,
) -> None:
    """Start a base of your own: a project that builds at once. No file is written over.

    A base about another condition than that of the shipped register needs the four words for it.
    """
    from .commands.start import start

    words = {"condition": condition, "feature": feature, "feature_name": feature_name}
    with told():
        _leave(start(folder, title, {**words, "feature_meaning": feature_meaning}, as_json=json))


@app.command(rich_help_panel="Write")
def new(
    key: Annotated[str, typer.Argument(metavar="KEY", help="The key, such as fluge-2009-clinical-impact.")],
    folder: Folder = Path(),
    title: Annotated[str, typer.Option("--title", help="Title of the paper.")] = "",
    authors: Annotated[str, typer.Option("--authors", metavar="NAMES", help="'Fluge, Øystein and Mella, Olav'.")] = "",
    journal: Annotated[str, typer.Option("--journal", help="Journal.")] = "",
    year: Annotated[str, typer.Option("--year", help="Year of publication.")] = "",
    doi: Annotated[str, typer.Option("--doi", help="DOI.")] = "",
    pmid: Annotated[str, typer.Option("--pmid", help="PubMed id.")] = "",
    options: Annotated[
        list[str] | None,
        typer.Option("--set", "-s", metavar="NAME=VALUE", help="An option of the card; can be given several times."),
    ] = None,
    studies: Studies = None,
    no_input: Annotated[bool, typer.Option("--no-input", help="Ask nothing.")] = False,
    json: Json = False,
) -> None:
    """Write a page for one study, and its entry in the bibliography if it has none yet.

    Asks for what is not given, where somebody is there to answer. What stays open is marked TODO, and `check` lists it.
    """
    from .commands.new import Paper, Wish
    from .commands.new import new as run

    with told():
        paper = Paper(title, authors, journal, year, doi, pmid)
        ask = None if no_input or json or not sys.stdin.isatty() else _ask
        _leave(run(folder, Wish(key, paper, tuple(options or ()), studies, json), ask))


def _ask(what: str, help_text: str) -> str:
    answer: str = typer.prompt(f"{what} ({help_text})" if help_text else what, default="", show_default=False, err=True)
    return answer.strip()


@app.command(rich_help_panel="Write")
def add(
    items: Annotated[
        list[str],
        typer.Argument(metavar="DOI|PMID|FILE…", help="Identifiers, and files of reference managers."),
    ],
    folder: Annotated[Path, typer.Option("--folder", metavar="FOLDER", help="The project.")] = Path(),
    merge_preprints: Annotated[
        bool, typer.Option("--merge-preprints", help="Take a preprint and its paper for one study.")
    ] = False,
    cards: Annotated[bool, typer.Option("--cards/--no-cards", help="Write pages, or entries only.")] = True,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be done.")] = False,
    studies: Studies = None,
    mail: Mail = "",
    cache: Cache = None,
    offline: Offline = False,
    json: Json = False,
) -> None:
    """Add studies from identifiers or files: entries, and pages with gaps for what only a reader can say.

    Files are BibTeX, RIS, NBIB, CSL-JSON, Crossref JSON or PubMed XML.

    Nothing is added twice: a DOI, a PubMed id or a title that is there already is passed over. An import that was cut
    off is finished by the next one.
    """
    from .commands.importing import Services, Wish, run_add

    with told():
        wish = Wish(items, merge_preprints, cards, dry_run, studies)
        _leave(run_add(folder, wish, Services(not offline, mail, cache), as_json=json))


@app.command(rich_help_panel="Look after")
def retractions(
    folder: Folder = Path(),
    retraction_watch: Annotated[
        Path | None, typer.Option("--retraction-watch", metavar="CSV", help="A table of Retraction Watch.")
    ] = None,
    write: Annotated[bool, typer.Option("--write", help="Write status and notice into the cards.")] = False,
    stamp: Annotated[bool, typer.Option("--stamp", help="With --write: set status-checked to today.")] = False,
    studies: Studies = None,
    mail: Mail = "",
    cache: Cache = None,
    offline: Offline = False,
    json: Json = False,
) -> None:
    """Compare what cards say on corrections and retractions with Crossref, PubMed or a table of Retraction Watch."""
    from .commands.importing import Comparison, Services, run_retractions

    with told():
        comparison = Comparison(retraction_watch, write, stamp, studies)
        _leave(run_retractions(folder, comparison, Services(not offline, mail, cache), as_json=json))


@app.command(rich_help_panel="Check")
def check(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[FOLDER | FILE…]", help="The project, or files of one: only their problems are shown."),
    ] = None,
    form: Form = Format.TEXT,
    json: Json = False,
    fix: Fix = False,
    diff: Diff = False,
) -> None:
    """Find everything that is wrong with cards, questions, claims and references, without a build.

    It says what a build would say, at the same lines, in seconds. `--fix` puts right what needs no judgement: the order
    of options, the form of dates and DOIs, the order of `refs.bib` and braces in it.

    `--format sarif` is for code scanning, `--format github` marks the lines in a pull request.
    """
    from .commands.check import Wanted
    from .commands.check import check as run

    with told():
        _leave(run(paths or [Path()], Wanted(fix=fix, diff=diff, form=_form(form, json=json))))


@app.command("lint-bib", rich_help_panel="Check")
def lint_bib(
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="BibTeX files.")],
    form: Form = Format.TEXT,
    json: Json = False,
    fix: Fix = False,
    diff: Diff = False,
) -> None:
    """Find everything that is wrong with BibTeX files by themselves.

    `--fix` sorts the entries by key, puts values in braces and writes bare DOIs and PubMed ids. Comments stay with the
    entry below them.
    """
    from .commands.check import Wanted
    from .commands.check import lint_bib as run

    with told():
        _leave(run(files, Wanted(fix=fix, diff=diff, form=_form(form, json=json))))


@app.command(rich_help_panel="Look after")
def status(
    folder: Folder = Path(),
    tasks: Annotated[
        list[str] | None,
        typer.Option("--task", "-t", metavar="TASK", help="Only this kind of work; can be given several times."),
    ] = None,
    conditions: Filter = "",
    older_than: Annotated[
        int, typer.Option("--older-than", metavar="DAYS", min=0, help="After how many days a check counts as old.")
    ] = 365,
    json: Json = False,
) -> None:
    """List what needs a hand: gaps, no second reader, old checks, open PEM, papers not read in full.

    The kinds of work are `gaps`, `faults`, `second-reader`, `status-check`, `pem`, `full-text` and, for questions,
    `search`.
    """
    from .commands.status import Asked
    from .commands.status import status as run

    with told():
        _leave(run(folder, Asked(tuple(tasks or ()), conditions, older_than, as_json=json)))


@app.command(rich_help_panel="Look after")
def export(
    folder: Folder = Path(),
    form: Annotated[ExportFormat, typer.Option("--format", help="The form.")] = ExportFormat.JSON,
    conditions: Filter = "",
    out: Annotated[
        Path | None, typer.Option("--out", "-o", metavar="FILE", help="A file; otherwise the screen.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Write over a file that is there.")] = False,
    json: Annotated[bool, typer.Option("--json", help="The same as --format json.")] = False,
) -> None:
    """Write studies and references out, in each format of the data release, without a build.

    With a filter: the studies that fit, their references, and the claims that name one of them.
    """
    from .commands.export import Order
    from .commands.export import export as run

    with told():
        _leave(run(folder, Order(ExportFormat.JSON if json else form, conditions, out, force)))


@app.command(rich_help_panel="Look after")
def merge(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE...", help="Data files, `data/studies.json` of each base.")
    ],
    out: Annotated[
        Path | None, typer.Option("--out", "-o", metavar="FILE", help="A file; otherwise the screen.")
    ] = None,
) -> None:
    """Put the data files of several bases together, such as those of a large base built in parts.

    What two files say of one entry has to agree, but for its page.
    """
    from .commands.merge import merge as run

    with told():
        _leave(run(files, out))


@app.command(rich_help_panel="Look after")
def live(
    folder: Folder = Path(),
    watch: Annotated[
        list[Path] | None, typer.Option("--watch", metavar="PATH", help="A further file or folder to watch.")
    ] = None,
    out: Annotated[Path | None, typer.Option("--out", "-o", metavar="FOLDER", help="Where the pages go.")] = None,
    port: Annotated[int, typer.Option("--port", help="The port; 0 for a free one.")] = 0,
    open_browser: Annotated[bool, typer.Option("--open-browser", help="Show it.")] = False,
    define: Annotated[
        list[str] | None, typer.Option("-D", metavar="NAME=VALUE", help="A setting of conf.py for this time.")
    ] = None,
) -> None:
    """Show the website in a browser, built again at each save.

    Needs `pip install "sphinx-mecfs[live]"`.
    """
    from .commands.live import Wish
    from .commands.live import live as run

    with told():
        options = [part for one in define or () for part in ("-D", one)]
        _leave(run(folder, Wish(tuple(watch or ()), out, port, open_browser, options)))


@app.command(rich_help_panel="Editors")
def schema(
    kind: Annotated[str, typer.Argument(metavar="KIND", help="`card`, `claim`, `question` or `snippets`.")],
    folder: Annotated[
        Path | None, typer.Argument(metavar="[FOLDER]", help="A project whose register and studies are to be known.")
    ] = None,
    out: Annotated[Path | None, typer.Option("--out", "-o", metavar="FILE", help="A file, written anew.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Changes nothing: this is always JSON.")] = False,  # noqa: ARG001
) -> None:
    """Write what editors complete from: a JSON Schema of the options of a directive, or snippets.

    For Visual Studio Code: `sphinx-mecfs schema snippets . -o .vscode/mecfs.code-snippets`
    """
    from .commands.schema import Asked
    from .commands.schema import schema as run

    with told():
        _leave(run(Asked(kind, folder, out)))


def _form(form: Format, *, json: bool) -> Format:
    if json and form not in {Format.TEXT, Format.JSON}:
        message = f"--json and --format {form.value} ask for different things"
        raise UserError(message)
    return Format.JSON if json else form


def _leave(status: Status) -> None:
    if status:
        raise typer.Exit(status)
