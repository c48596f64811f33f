"""Shared data: published studies as a careful author would write them."""

from __future__ import annotations

import pytest

GOOD = r"""% References that other tests spoil.
@string{frontiers = "Frontiers in Medicine"}

@article{fluge-2009-clinical-impact,
  author = {Fluge, Øystein and Mella, Olav},
  title = {{Clinical impact of B-cell depletion with the anti-CD20 antibody rituximab in chronic fatigue
    syndrome: a preliminary case series}},
  journal = {BMC Neurology},
  year = {2009},
  volume = {9},
  pages = {28},
  doi = {10.1186/1471-2377-9-28},
  pmid = {19566965},
}

@article{rekeland-2020-cyclophosphamide,
  author = {Rekeland, Ingrid G. and Foss{\aa}, Alexander and Lande, Asgeir and others},
  title = "Intravenous {Cyclophosphamide} in Myalgic Encephalomyelitis/Chronic Fatigue Syndrome",
  journal = frontiers,
  year = 2020,
  volume = 7,
  pages = {162},
  doi = {10.3389/fmed.2020.00162}
}

@comment{jabref-meta: databaseType:bibtex;}

@book(iom-2015-beyond,
  author = {{Institute of Medicine}},
  title = {Beyond Myalgic Encephalomyelitis/Chronic Fatigue Syndrome: Redefining an Illness},
  publisher = {National Academies Press},
  year = {2015},
  doi = {10.17226/19012},
)

@article{fukuda-1994-definition,
  author = {Fukuda, K and Straus, S E and Hickie, I},
  title = {The chronic fatigue syndrome: a comprehensive approach to its definition and study},
  journal = {Annals of Internal Medicine},
  year = {1994},
  month = dec,
  volume = {121},
  number = {12},
  pages = {953--959},
  pmid = {7978722},
}
"""


@pytest.fixture
def good() -> str:
    """A sound file: four entries, a string, a comment, all ways to write a value."""
    return GOOD
