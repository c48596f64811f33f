"""`python -m sphinx_mecfs`: the same as the command `sphinx-mecfs`."""

from __future__ import annotations

import sys

from .cli.start import run

if __name__ == "__main__":
    sys.exit(run())
