"""Change files in a test."""

from __future__ import annotations


def change(path, old, new):
    """Change one passage of a file; it must be there."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
