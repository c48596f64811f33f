"""A question page for the small base, in both markups, and a page that uses it."""

from __future__ import annotations

import textwrap

ORPHAN = "---\norphan: true\n---\n\n"

QUESTION = """\
# Does the drug help?

::::::{evidence-question} drug
:population: people with ME/CFS
:intervention: the drug
:comparator: placebo
:outcomes: feeling better
:searched: PubMed; drug AND cfs; 2026-11-01
:updated: 2026-11-02
:authors: First Writer

:Short answer: Nobody knows. One trial was retracted.
:Key messages:
  - It was tried {mecfs:cite}`beta-2010`.
:Harms: Not reported.
:Who was left out: Children.
:What is not known: All of it.

Text between.

## What was tried

:::::{claim} drug-helps
:kind: effect
:supports: alpha-2001
:contradicts: beta-2010
:certainty: very-low
:indirectness: nobody had to have PEM

Three people felt better {mecfs:cite}`alpha-2001` after *the drug*.

:Statistics:
  - alpha-2001: HR 0.27, 95% CI 0.10-0.70, p = 0.007
:Dissent: Others *disagree*.
:::::

### Deeper

:::::{claim} drug-link
:kind: association
:no-difference: alpha-2001
:certainty: low

No clear link was seen.
:::::
::::::
"""

RST_QUESTION = """\
Does the drug help?
===================

.. evidence-question:: drug
   :population: people with ME/CFS
   :intervention: the drug
   :comparator: placebo
   :outcomes: feeling better
   :searched: PubMed; drug AND cfs; 2026-11-01
   :updated: 2026-11-02
   :authors: First Writer

   :Short answer: Nobody knows. One trial was retracted.
   :Key messages:
     - It was tried :mecfs:cite:`beta-2010`.
   :Harms: Not reported.
   :Who was left out: Children.
   :What is not known: All of it.

   Text between.

   What was tried
   --------------

   .. claim:: drug-helps
      :kind: effect
      :supports: alpha-2001
      :contradicts: beta-2010
      :certainty: very-low
      :indirectness: nobody had to have PEM

      Three people felt better :mecfs:cite:`alpha-2001` after *the drug*.

      :Statistics:
        - alpha-2001: HR 0.27, 95% CI 0.10-0.70, p = 0.007
      :Dissent: Others *disagree*.

   Deeper
   ~~~~~~

   .. claim:: drug-link
      :kind: association
      :no-difference: alpha-2001
      :certainty: low

      No clear link was seen.
"""

ALONE = """\
# Other

See {mecfs:question}`drug`, {mecfs:claim}`drug-helps`, {mecfs:claim}`this <drug-link>`, {ref}`claim-drug-link` and
{ref}`question-drug`.

:::{claim} alone
:kind: harm
:supports: alpha-2001
:certainty: low
:indirectness: nobody had to have PEM

A claim by itself.

:Dissent: None was found.
:::
"""

PAGES = {"question.md": ORPHAN + QUESTION, "other.md": ORPHAN + ALONE}


def claim(options: dict[str, str], text: str = "It helps.", sections: str = "") -> str:
    """A page with one claim by itself; the options of a sound claim, changed by `options` ("" drops one)."""
    sound = {"kind": "effect", "supports": "alpha-2001", "certainty": "low", "indirectness": "no PEM", **options}
    head = "".join(f":{name}: {value}\n" for name, value in sound.items() if value)
    body = f"{text}\n\n:Dissent: None.\n{sections}"
    return f"{ORPHAN}# Claims\n\n:::{{claim}} one\n{head}\n{body}:::\n"


def question(options: dict[str, str], sections: str = "", body: str = "") -> str:
    """A page with one question; the options of a sound one, changed by `options` ("" drops one)."""
    sound = {"searched": "PubMed; all; 2026-11-01", "updated": "2026-11-01", **options}
    head = "".join(f":{name}: {value}\n" for name, value in sound.items() if value)
    text = sections or ":Short answer: No.\n:What is not known: Much.\n"
    return f"{ORPHAN}# Is it so?\n\n::::{{evidence-question}} so\n{head}\n{text}\n{textwrap.dedent(body)}::::\n"
