"""Imports go downhill only."""

import pytest
from rooms import ALLOWED, OUTSIDE, PACKAGE, WITHIN_EXTENSION, imports, modules, room_imports, room_of

STDLIB = __import__("sys").stdlib_module_names


def test_the_rooms_of_the_package_are_those_that_the_rules_name():
    assert set(room_imports()) == set(ALLOWED)


@pytest.mark.parametrize("room", sorted(ALLOWED))
def test_a_room_imports_only_rooms_below_it(room):
    assert room_imports()[room] <= set(ALLOWED[room])


@pytest.mark.parametrize("room", sorted(OUTSIDE))
def test_a_room_imports_only_packages_that_it_may_know(room):
    outside = {
        name.split(".")[0]
        for path in modules()
        if room_of(path) == room
        for name in imports(path)
        if not name.startswith("sphinx_mecfs")
    }
    assert outside - STDLIB <= OUTSIDE[room]


@pytest.mark.parametrize("folder", sorted(WITHIN_EXTENSION))
def test_a_folder_of_the_extension_imports_only_folders_below_it(folder):
    paths = (PACKAGE / "extension" / folder).glob("*.py")
    names = [name.split(".") for path in paths for name in imports(path) if name.startswith("sphinx_mecfs.extension.")]
    assert {parts[2] for parts in names} & WITHIN_EXTENSION.keys() <= {folder, *WITHIN_EXTENSION[folder]}


def test_two_modules_of_one_room_alone_know_sphinxcontrib_bibtex():
    knowing = {
        str(path.relative_to(PACKAGE / "extension" / "sources"))
        for path in modules()
        if any(name.startswith("sphinxcontrib") for name in imports(path))
    }
    assert knowing == {"citations.py", "cite.py"}


def test_no_folder_holds_more_files_than_one_can_overlook():
    folders = {path.parent for path in modules()}
    full = {folder.name: n for folder in folders if (n := len(list(folder.glob("*.py")))) > 13}
    assert full == {}


def test_no_file_is_longer_than_a_room_should_be():
    long = {path.name: n for path in modules() if (n := len(path.read_text(encoding="utf-8").splitlines())) > 400}
    assert long == {}
