"""A card in Markdown and the same card in reStructuredText give the same document tree."""

import re

import pytest
from docutils import nodes
from samples import ALPHA, BETA, SECTIONS, myst_card, rst_card


def card_tree(build, docname):
    (card,) = (node for node in build.doctree(docname).findall(nodes.admonition) if node.get("key"))
    for node in card.findall(nodes.TextElement):
        # MyST makes a text node of each line and of each line break, docutils one of all.
        if node.children and all(isinstance(child, nodes.Text) for child in node.children):
            node[:] = [nodes.Text(node.astext())]
    text = card.pformat()
    # The sign of a list is what the author wrote; the document's name differs by intent.
    return re.sub(r' (bullet|docname)="[^"]*"', "", text)


@pytest.mark.parametrize("options", [ALPHA, BETA], ids=["alpha", "beta"])
@pytest.mark.parametrize(
    "sections",
    [
        SECTIONS,
        "A plain body.\n\n:Does not show: More.\n:Harms: None.\n",
        ":Summary:\n  Text.\n\n  More text.\n\n:Harms: None.\n:Does not show: - one\n  - two\n",
    ],
    ids=["sections", "plain body", "paragraphs and lists"],
)
def test_both_markups_give_the_same_tree(make_base, options, sections):
    key = "alpha-2001" if options is ALPHA else "beta-2010"
    other = {} if key == "beta-2010" else {"studies/beta-2010.md": myst_card("beta-2010", BETA)}
    trees, warnings = [], []
    for name, text in {
        "studies/card.md": "# A\n\n" + myst_card(key, options, sections),
        "studies/card.rst": "A\n=\n\n" + rst_card(key, options, sections),
    }.items():
        project = make_base({f"studies/{key}.md": "# Moved\n", **other, name: text})
        build = project.build("pseudoxml", fresh=True)
        trees.append(card_tree(build, "studies/card"))
        warnings.append([line for line in build.warnings if "toctree" not in line])
        project.remove(name)
    assert trees[0] == trees[1]
    assert warnings == [[], []]
