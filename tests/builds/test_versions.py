"""What a new version owes to those who come from an older one, and what it may not ask of the packages below it."""

import json
import shutil
import subprocess
import sys
import warnings
from pathlib import Path

import pytest
from samples import CONF, base_files
from sphinx.config import Config
from sphinx.errors import ConfigError
from support import ROOT

from sphinx_mecfs.evidence.common.retired import OPTIONS, SETTINGS, Retired
from sphinx_mecfs.evidence.fields import CARD_FIELDS
from sphinx_mecfs.evidence.options import Raw, check_options
from sphinx_mecfs.extension import config
from sphinx_mecfs.formats.external import read_external
from sphinx_mecfs.formats.release.model import FORMAT_VERSION

OLD_DATA = sorted((Path(__file__).parent / "data_files").glob("*.json"))


@pytest.mark.parametrize("path", OLD_DATA, ids=lambda path: path.stem)
def test_data_files_of_every_version_are_read_whole(path):
    data = json.loads(path.read_text(encoding="utf-8"))
    published = read_external(path.read_bytes())
    kinds = {"study": "studies", "definition": "definitions", "claim": "claims", "question": "questions"}
    assert {kind: sorted(published.things[kind]) for kind in kinds} == {
        kind: sorted(thing["key"] for thing in data[name]) for kind, name in kinds.items()
    }
    assert published.left_out == 0
    assert all(thing.label for things in published.things.values() for thing in things.values())


def test_a_data_file_of_this_version_is_kept_for_the_next():
    assert FORMAT_VERSION in [path.stem for path in OLD_DATA]


def test_an_environment_of_another_version_of_ours_is_made_anew(tmp_path):
    packages, source = tmp_path / "packages", tmp_path / "source"
    shutil.copytree(ROOT / "sphinx_mecfs", packages / "sphinx_mecfs", ignore=shutil.ignore_patterns("__pycache__"))
    for name, text in base_files().items():
        path = source / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (source / "conf.py").write_text("".join(f"{name} = {value!r}\n" for name, value in CONF.items()), encoding="utf-8")

    def read_again():
        code = f"import sys; sys.path.insert(0, {str(packages)!r}); import sphinx.cmd.build as b; sys.exit(b.main(sys.argv[1:]))"
        command = [sys.executable, "-c", code, "-b", "text", str(source), str(tmp_path / "out")]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        return next(line for line in done.stdout.splitlines() if line.startswith("updating environment"))

    assert "[new config] 5 added" in read_again()
    assert "0 added, 0 changed" in read_again()
    module = packages / "sphinx_mecfs/__init__.py"
    text = module.read_text(encoding="utf-8")
    assert text.count("ENVIRONMENT_VERSION = ") == 1
    module.write_text(text.replace("ENVIRONMENT_VERSION = ", "ENVIRONMENT_VERSION = 1000 + "), encoding="utf-8")
    assert "5 added" in read_again()


def test_a_retired_option_says_what_to_write_now():
    retired = [Retired("pem-required", "2.0", "write 'pem: required'")]
    raw = Raw("alpha-2001", {"pem-required": "yes", "desing": "rct"})
    says = [finding.message for finding in check_options(raw, CARD_FIELDS, retired)]
    assert says == [
        "'pem-required' is gone since 2.0: write 'pem: required'",
        "unknown option 'desing'; did you mean 'design'?",
    ]


def test_a_retired_setting_ends_the_build_with_what_to_write_now():
    retired = [Retired("mecfs_old", "2.0", "write mecfs_new")]
    settings = Config({}, {"mecfs_old": False})
    settings.add("mecfs_old", None, "", ())
    with pytest.raises(ConfigError, match=r"'mecfs_old' is gone since 2\.0: write mecfs_new"):
        config.refuse_retired(settings, retired)


def test_what_is_retired_is_not_in_use():
    assert {one.name for one in OPTIONS} & {field.name for field in CARD_FIELDS} == set()
    assert {one.name for one in SETTINGS} & {setting.name for setting in config.SETTINGS} == set()


def test_a_deprecation_that_our_code_causes_is_an_error():
    with pytest.raises(DeprecationWarning):
        warnings.warn_explicit("old", DeprecationWarning, "x.py", 1, module="sphinx_mecfs.extension.config")
    warnings.warn_explicit("old", DeprecationWarning, "x.py", 1, module="another.package")
