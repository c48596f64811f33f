"""Fuzz one reader in this process: `python fuzzing_one.py READER SECONDS FOLDER`; `fuzzing.py` starts one for each.

A module of its own, since atheris sees which lines run only of modules that are imported under its eyes.
"""

from __future__ import annotations

import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["sphinx_mecfs"], enable_loader_override=False):
    from fuzzed import READERS, SEEDS

LONGEST = 4096
"""Bytes of an input; what longer ones take is measured in `test_growth.py`."""
HANG = 10
"""Seconds that no input may take."""


def fuzz(name: str, seconds: int, folder: Path) -> None:
    """Fuzz a reader; what breaks it is kept in the folder `crashes`, what reaches further in `corpus`."""
    corpus = folder / "corpus" / name
    crashes = folder / "crashes" / name
    for made in (corpus, crashes):
        made.mkdir(parents=True, exist_ok=True)
    (corpus / "seed").write_bytes(SEEDS[name])
    options = [f"-max_total_time={seconds}", f"-timeout={HANG}", f"-max_len={LONGEST}", f"-artifact_prefix={crashes}/"]
    atheris.Setup([sys.argv[0], *options, str(corpus)], READERS[name])
    atheris.Fuzz()


if __name__ == "__main__":
    fuzz(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))
