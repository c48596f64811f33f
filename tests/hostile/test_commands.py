"""What the commands write of a base of attacks holds to its form, and nothing in it steers a terminal."""

import json
import re

import pytest
from attacks import MARK, SEEN, UNSEEN, hostile_base, hostile_conf
from inspecting import in_bibtex, in_csv, in_json, in_ris, in_yaml
from typer.testing import CliRunner

from sphinx_mecfs.cli.app import app
from sphinx_mecfs.cli.output.choices import ExportFormat, Format
from sphinx_mecfs.evidence.common.unseen import has_unseen


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    """The folder of a base with one attack in eight, of those that can be seen and of those that cannot."""
    folder = tmp_path_factory.mktemp("base")
    conf = "".join(f"{name} = {value!r}\n" for name, value in hostile_conf().items())
    for name, text in {**hostile_base([*SEEN[::8], *UNSEEN[::8]]), "conf.py": conf}.items():
        (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


@pytest.fixture
def run(base, monkeypatch):
    """A function that runs a command in the base and returns what it has written."""
    monkeypatch.chdir(base)

    def invoke(*arguments):
        done = CliRunner().invoke(app, list(arguments))
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
        assert done.exit_code < 2, done.output
        return done.stdout_bytes.decode()

    return invoke


def steers(text):
    """Lines that hold more than what is printed."""
    return [line for line in text.replace("\r\n", "\n").split("\n") if not line.isprintable()]


@pytest.mark.parametrize("form", Format)
def test_problems_are_told_in_each_form(run, form):
    for written in (run("check", "--format", form.value), run("lint-bib", "refs.bib", "--format", form.value)):
        assert MARK in written
        assert steers(written) == []
        if form in {Format.JSON, Format.SARIF}:
            json.loads(written)
        if form is Format.GITHUB:
            assert all(re.match(r"::warning file=[\w.-]+,line=\d+,", line) for line in written.splitlines())


def test_the_state_of_a_base_is_told(run):
    assert steers(run("status")) == []


CHECKS = {
    ExportFormat.JSON: in_json,
    ExportFormat.SCHEMA: in_json,
    ExportFormat.CSL_JSON: in_json,
    ExportFormat.CSV: in_csv,
    ExportFormat.CLAIMS_CSV: in_csv,
    ExportFormat.BIBTEX: in_bibtex,
    ExportFormat.RIS: in_ris,
    ExportFormat.CFF: in_yaml,
    ExportFormat.LINES: lambda text: [wrong for line in text.splitlines() for wrong in in_json(line)],
}


@pytest.mark.parametrize("form", ExportFormat)
def test_what_is_exported_holds_to_its_form(run, form):
    written = run("export", "--format", form.value)
    assert CHECKS[form](written) == []
    assert not has_unseen(written)
    assert MARK in written or form in {ExportFormat.SCHEMA, ExportFormat.CFF}


def test_what_can_be_put_right_is_and_no_card_is_lost(run, base):
    before = json.loads(run("export", "--format", "json"))
    # Attacks stay in what is a problem, and the same of the rest stays.
    run("check", "--fix")
    assert json.loads(run("export", "--format", "json"))["studies"] == before["studies"]
    assert {path.name for path in base.iterdir()} >= {"refs.bib", "own.toml", "conf.py"}
