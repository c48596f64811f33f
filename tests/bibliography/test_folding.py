"""Names are found as people type them."""

import pytest

from sphinx_mecfs.bibliography.folding import REPLACED, aliases, fold


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("Sørland", "sorland"),
        ("Bragée", "bragee"),
        ("Łukasz", "lukasz"),
        ("TNF-α", "tnf-alpha"),
        ("β2-adrenergic", "beta2-adrenergic"),
        ("Ærø, Øystein", "aero, oystein"),
        ("Straße", "strasse"),
        ("M–1", "m-1"),
        ("ﬁbre", "fibre"),
        ("İstanbul", "istanbul"),
        ("σ ς", "sigma sigma"),
    ],
)
def test_a_name_is_folded_to_what_people_type(written, typed):
    assert fold(written) == typed


def test_folding_twice_changes_nothing_more():
    text = "Sørland TNF-α “β2” ΑΒΓ Ångström"
    assert fold(fold(text)) == fold(text)


def test_every_replaced_letter_is_one_character_in_lower_case():
    assert all(len(letter) == 1 and letter == letter.lower() for letter in REPLACED)


def test_only_words_with_another_spelling_have_an_alias_and_each_has_one():
    assert aliases("Sørland and Mella: TNF-α in Sørland's (β2) group") == ("sorland", "tnf-alpha", "sorland's", "beta2")
    assert aliases("Plain Words Only") == ()
