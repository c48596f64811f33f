"""A small base for tests: two studies, one of them retracted, and the pages around them."""

from __future__ import annotations

import textwrap

REFS = """\
@article{alpha-2001,
  author = {Ærø, Øystein and Łuk, Bo-Li K. and van Dam, C},
  title = {{TNF-α and β2-receptors in three people: a series}},
  journal = {Journal of Tests},
  year = {2001},
  volume = {9},
  number = {2},
  pages = {28--31},
  doi = {10.1000/alpha.2001},
  pmid = {1234567},
}

@article{beta-2010,
  author = {Beta, Ann},
  title = {{A trial that did not hold}},
  journal = {Journal of Tests},
  year = {2010},
  doi = {10.1000/beta},
}

@article{plain-1999,
  author = {Plain, Dee},
  title = {{A paper without a card}},
  journal = {Letters},
  year = {1999},
}
"""

ALPHA = {
    "design": "case-series",
    "participants": "3",
    "groups": "one group of three",
    "criteria": "fukuda-1994",
    "source-read": "abstract",
    "intervention": "a drug",
    "registration": "NCT00848692",
    "topics": "b-cells, drugs",
    "status-checked": "2026-11-01",
}
BETA = {
    "design": "rct",
    "criteria": "icc-2011, fukuda-1994",
    "criteria-rule": "any",
    "source-read": "full-text",
    "population": "long-covid",
    "status": "retracted",
    "status-notice": "10.1000/notice",
    "status-checked": "2026-11-02",
    "contradicts": "alpha-2001",
    "curated-by": "First Writer",
    "reviewed-by": "Second Reader",
}
SECTIONS = """\
:Summary: Three people were treated.
  All said they were better.
:Findings:
  - First finding, *in italics*.
  - Second finding.
:Harms: Not reported.
:Does not show: That the drug works.
"""


def myst_card(key: str, options: dict[str, str], sections: str = SECTIONS) -> str:
    """A card in Markdown."""
    head = "".join(f":{name}: {value}\n" for name, value in options.items())
    return f":::{{evidence-card}} {key}\n{head}\n{sections}:::\n"


def rst_card(key: str, options: dict[str, str], sections: str = SECTIONS) -> str:
    """The same card in reStructuredText."""
    head = "".join(f":{name}: {value}\n" for name, value in options.items())
    return f".. evidence-card:: {key}\n" + textwrap.indent(f"{head}\n{sections}", "   ")


def myst_page(title: str, *parts: str) -> str:
    return f"# {title}\n\n" + "\n".join(parts)


INDEX = """\
# Base

See {mecfs:study}`alpha-2001` {pem-badge}`alpha-2001` and {cite:p}`beta-2010`, and {pem-badge}`required`,
{mecfs:definition}`fukuda-1994` {pem}`fukuda-1994`, {ref}`study-alpha-2001`, {ref}`the trial <study-beta-2010>`.

```{toctree}
definitions
references
```
"""
DEFINITIONS = "# Definitions\n\n```{case-definitions}\n```\n"
REFERENCES = "# References\n\n```{bibliography}\n```\n"

CONF = {
    "extensions": ["myst_parser", "sphinx_mecfs"],
    "myst_enable_extensions": ["colon_fence"],
    "bibtex_bibfiles": ["refs.bib"],
    "bibtex_default_style": "mecfs",
    "bibtex_reference_style": "author_year",
    "bibtex_cite_id": "cite-{key}",
    "bibtex_tooltips": False,
    "html_baseurl": "https://base.example/",
    "mecfs_contribute_url": "https://base.example/report?key={key}&about={snapshot}",
    "mecfs_badge_page": "definitions",
}


def base_files() -> dict[str, str]:
    """Every file of the small base."""
    return {
        "conf.py": "",
        "refs.bib": REFS,
        "index.md": INDEX,
        "definitions.md": DEFINITIONS,
        "references.md": REFERENCES,
        "studies/alpha-2001.md": "---\norphan: true\n---\n\n"
        + myst_page("Alpha in plain words", myst_card("alpha-2001", ALPHA)),
        "studies/beta-2010.md": "---\norphan: true\n---\n\n"
        + myst_page("Beta in plain words", myst_card("beta-2010", BETA)),
    }
