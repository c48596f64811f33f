"""Describe a release as a whole: for search engines (schema.org Dataset) and for those who cite it (CITATION.cff)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from .._text import one_line
from .listing import files_for

if TYPE_CHECKING:
    from .model import Release


def dataset(release: Release) -> dict[str, object]:
    """Return the description as JSON-LD: a schema.org Dataset with its files as DataDownload."""
    about = release.about
    distribution = [
        {
            "@type": "DataDownload",
            "name": f"{file.title} ({file.name})",
            "description": file.doc,
            "encodingFormat": file.media_type,
            "contentUrl": about.file_at(file.name),
        }
        for file in files_for(address=bool(about.address))
    ]
    described: dict[str, object] = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "@id": about.file_at("dataset.jsonld"),
        "name": one_line(about.title),
        "description": one_line(release.description),
        "url": about.address,
        "version": about.version,
        "license": about.licence_address,
        "inLanguage": about.language,
        "dateModified": release.updated.isoformat() if release.updated else "",
        "isAccessibleForFree": True,
        "creator": {"@type": "Organization", "name": _author(release)},
        "distribution": distribution,
    }
    return {name: value for name, value in described.items() if value}


def as_script(value: object) -> str:
    """Return JSON that can stand in a script element of HTML, whatever it says.

    `<`, `>` and `&` are written as escapes, as the HTML standard advises (4.12.1.3), so that no text can end the
    element.
    """
    text = json.dumps(value, ensure_ascii=False)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def citation_cff(release: Release) -> str:
    """Return how to cite the base, as a Citation File Format file (1.2.0).

    Each value is written as JSON, which is YAML too (YAML 1.2, 1.3), so that no text can leave its place.
    """
    about = release.about
    values: dict[str, object] = {
        "cff-version": "1.2.0",
        "message": "Cite a study by its paper first and its card second. To cite the base as a whole, use this.",
        "title": one_line(about.title),
        "type": "dataset",
        "abstract": one_line(release.description),
        "authors": [{"name": _author(release)}],
        "version": one_line(about.version),
        "date-released": release.updated.isoformat() if release.updated else "",
        "url": about.address,
        **({"license-url": about.licence} if "://" in about.licence else {"license": about.licence}),
    }
    return "".join(f"{name}: {json.dumps(value, ensure_ascii=False)}\n" for name, value in values.items() if value)


def _author(release: Release) -> str:
    return one_line(release.about.author) or f"The authors of {one_line(release.about.title)}"
