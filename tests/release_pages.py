"""A page on the data of the small base."""

from __future__ import annotations

DATA_PAGE = {"data.md": "---\norphan: true\n---\n\n# The data\n\n```{evidence-data}\n```\n"}
