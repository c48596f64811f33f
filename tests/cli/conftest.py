"""A small base on disk, as the command line finds it, and a way to run commands in it."""

from __future__ import annotations

import pytest
from samples import CONF, base_files
from typer.testing import CliRunner

from sphinx_mecfs.cli.app import app


@pytest.fixture
def base(tmp_path, monkeypatch):
    """The folder of the small base, which is also where commands run."""
    conf = "\n".join(f"{name} = {value!r}" for name, value in {"project": "Test base", **CONF}.items())
    for name, text in {**base_files(), "conf.py": conf + "\n"}.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def run():
    """Return a function that runs a command and returns what came of it; no exception may escape it."""

    def invoke(*arguments, status=0, **options):
        done = CliRunner().invoke(app, [str(argument) for argument in arguments], **options)
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
        assert done.exit_code == status, done.output
        assert "Traceback" not in done.output
        return done

    return invoke
