"""Bases to import into."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from importing import Base
from shapes import BIB

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def base(tmp_path: Path) -> Base:
    """An empty base."""
    return Base(tmp_path / "base")


@pytest.fixture
def book_base(tmp_path: Path) -> Base:
    """A base with the bibliography of the book and no pages."""
    return Base(tmp_path / "base", BIB)
