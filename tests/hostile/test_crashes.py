"""What the fuzzer once found (`python3 noxfile.py fuzz`), each kept in the folder of its reader, and where it begins."""

from pathlib import Path

import pytest
from fuzzed import READERS, SEEDS

FOLDER = Path(__file__).with_name("crashes")
CRASHES = sorted(path for path in FOLDER.glob("*/*") if path.is_file())


@pytest.mark.parametrize("path", CRASHES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_what_once_broke_a_reader_breaks_it_no_more(path):
    READERS[path.parent.name](path.read_bytes())


@pytest.mark.parametrize("name", READERS)
def test_a_reader_holds_where_the_fuzzer_begins(name):
    READERS[name](SEEDS[name])
    READERS[name](b"")


def test_each_crash_is_that_of_a_reader():
    assert CRASHES
    assert {path.parent.name for path in CRASHES} <= set(READERS)
