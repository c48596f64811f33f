"""A small base whose texts are Norwegian, with everything on its pages that the package can show."""

from __future__ import annotations

from samples import CONF

REFS = """\
@article{alfa-2001,
  author = {Ås, Øystein and Nilsen, Bo},
  title = {{TNF-α hos tre personer}},
  journal = {Tidsskrift for prøver},
  year = {2001},
  doi = {10.1000/alfa.2001},
  pmid = {1234567},
}

@article{beta-2010,
  author = {Berg, Ann},
  title = {{Medisin hos 1500 personer}},
  journal = {Tidsskrift for prøver},
  year = {2010},
  doi = {10.1000/beta},
}

@article{gamma-2012,
  author = {Giæver, Siv},
  title = {{Fire års oppfølging}},
  journal = {Tidsskrift for prøver},
  year = {2012},
}
"""

CARD = """\
---
orphan: true
---

# {title}

:::{{evidence-card}} {key}
{options}

:Summary: Tre fikk medisin. Øvelser hjalp ikke.
:Why it matters: Mange spør.
:Findings: - Alle ble bedre.
:Harms: Ingen.
:Does not show: At medisinen virker.
:Open questions: Hva med flere?
:::
"""

ALFA = """\
:design: case-series
:participants: 3
:groups: én gruppe
:criteria: fukuda-1994
:source-read: abstract
:intervention: medisin
:registration: NCT00848692
:topics: medisin
:added: 2026-10-01
:status-checked: 2026-11-01"""

BETA = """\
:design: rct
:participants: 1500
:criteria: icc-2011, fukuda-1994
:criteria-rule: any
:source-read: full-text
:population: long-covid
:status: retracted
:status-notice: 10.1000/melding
:status-checked: 2026-11-02
:contradicts: alfa-2001
:curated-by: Kari Nordmann
:reviewed-by: Ola Nordmann"""

GAMMA = """\
:design: cohort
:participants: 1
:criteria: icc-2011
:source-read: registry
:status: expression-of-concern
:status-notice: 10.1000/tvil
:status-checked: 2026-11-02"""

QUESTION = """\
---
orphan: true
---

# Virker medisinen?

:::::{evidence-question} medisin
:population: folk
:intervention: medisin
:comparator: ingenting
:outcomes: alt
:searched: PubMed; medisin; 2026-10-05
:updated: 2026-11-05
:authors: Kari Nordmann

:Short answer: Det vet ingen.
:Key messages: - Tre ble spurt.
:Harms: Ingen.
:Who was left out: Barn.
:What is not known: Det meste.

::::{claim} medisin-virker
:kind: effect
:supports: alfa-2001, gamma-2012
:contradicts: beta-2010
:certainty: low
:risk-of-bias: Ingen ble sammenlignet.

:Claim: Medisinen hjelper.
:Dissent: Noen er uenige.
::::

::::{claim} medisin-skader
:kind: harm
:mixed: alfa-2001
:certainty: very-low

:Claim: Medisinen skader.
::::
:::::
"""

INDEX = """\
# Base

**Kort versjon.** Se {mecfs:study}`beta-2010` {pem-badge}`alfa-2001`, {mecfs:claim}`medisin-virker` og
{mecfs:definition}`fukuda-1994`.

```text
kode
```

## Alt

```{evidence-table}
:caption: Alt
:columns: study, year, design, participants, pem, source-read, population, status, criteria, added
```

```{evidence-counts}
:by: criteria
```

```{evidence-map}
```

```{evidence-years}
```

```{evidence-matrix}
```

```{evidence-answers}
```

```{evidence-table}
:filter: year > 2030
```

```{evidence-data}
```

```{toctree}
leting
definisjoner
```
"""

PAGES = {
    "conf.py": "",
    "refs.bib": REFS,
    "index.md": INDEX,
    "leting.md": "# Leting\n\n```{evidence-explorer}\n```\n",
    "definisjoner.md": "# Definisjoner\n\n```{case-definitions}\n```\n",
    "alfa.md": CARD.format(title="Alfa", key="alfa-2001", options=ALFA),
    "beta.md": CARD.format(title="Beta", key="beta-2010", options=BETA),
    "gamma.md": CARD.format(title="Gamma", key="gamma-2012", options=GAMMA),
    "medisin.md": QUESTION,
    "bok.md": "---\norphan: true\n---\n\n# Bok\n\n```{toctree}\nindex\nalfa\nbeta\ngamma\nmedisin\n```\n",
}

SETTINGS = {
    **CONF,
    "project": "Prøvebasen",
    "author": "Kari Nordmann",
    "html_theme": "furo",
    "language": "nb_NO",
    "mecfs_badge_page": "definisjoner",
    "latex_engine": "xelatex",
    "latex_documents": [("bok", "bok.tex", "Prøvebasen", "Kari Nordmann", "manual")],
    "typst_documents": [("bok", "bok", "Prøvebasen", "Kari Nordmann")],
    "man_pages": [("bok", "bok", "Prøvebasen", "Kari Nordmann", 7)],
    "epub_show_urls": "no",
    "copyright": "Kari Nordmann",
    "version": "1",
}
