"""How hard a text is to read, as textstat measures it; loaded only where a project asks for it.

The measure is the Flesch-Kincaid grade (Kincaid and others, 1975, Research Branch Report 8-75): the number of years at
school that a text asks for, from the length of its sentences and words. Names of drugs and illnesses push it up.
"""

from __future__ import annotations

from textstat import textstat


def reading_grade(text: str) -> float:
    """Return the grade of a text of English."""
    return float(textstat.flesch_kincaid_grade(" ".join(text.split())))
