"""Records that are one publication become one; nothing is merged in doubt, and nothing is dropped without a word."""

import msgspec
import pytest
from shapes import ENTRIES, entry

from sphinx_mecfs.bibliography.records import Person
from sphinx_mecfs.evidence.problems import Problem
from sphinx_mecfs.evidence.vocabulary import PublicationStatus
from sphinx_mecfs.intake.base.entries import entry_of
from sphinx_mecfs.intake.matching import plan
from sphinx_mecfs.intake.records import Notice, Publication

PAPER = Publication(
    "article",
    "A trial of one thing",
    (Person("Fluge", "Øystein"),),
    container="A journal",
    year=2011,
    volume="3",
    pages="1–9",
    doi="10.1000/Paper",
    pmid="123456",
    source="a.ris",
    line=1,
)
PREPRINT = msgspec.structs.replace(
    PAPER,
    type="misc",
    container="",
    volume="",
    pages="",
    year=2010,
    doi="10.1101/pre",
    pmid="",
    is_preprint=True,
    line=50,
)


def changed(line, **changes):
    return msgspec.structs.replace(PAPER, line=line, **changes)


def outcome(*publications, held=None, merge=False):
    made = plan(publications, held or {}, merge_preprints=merge)
    lost = [one for one in made.remarks if one.finding.problem in {Problem.IMPORT_CONFLICT, Problem.IMPORT_RECORD}]
    # Every record is accounted for exactly once.
    assert len(made.new) + len(made.duplicates) + len(lost) == len(publications)
    return made


@pytest.mark.parametrize(
    ("twin", "by"),
    [
        (changed(2, doi="10.1000/PAPER", pmid="", title="A Trial of one Thing."), "DOI"),
        (changed(2, doi="", title="RETRACTED: A trial of one thing"), "PMID"),
        (changed(2, doi="", pmid="", title="A trial of one thing!"), "title, year and first author"),
        (changed(2, doi="", pmid="", title="A Trial, of One Thing", volume=""), "title, year and first author"),
    ],
)
def test_a_double_is_found_by_doi_pmid_or_title(twin, by):
    made = outcome(PAPER, twin)
    assert [one.key for one in made.new] == ["fluge-2011-trial-one"]
    assert [(one.key, one.by, one.source) for one in made.duplicates] == [("fluge-2011-trial-one", by, "a.ris:2")]


def test_two_records_of_a_publication_fill_each_other():
    bare = changed(1, pmid="", pages="", volume="")
    notice = Notice(PublicationStatus.RETRACTED, "10.1000/notice")
    full = changed(2, year=2011, volume="4", pmid="123456", notices=(notice,))
    (new,) = outcome(bare, full).new
    assert (new.publication.volume, new.publication.pmid, new.publication.notices) == ("4", "123456", (notice,))


def test_a_double_is_found_by_what_an_earlier_double_brought():
    by_doi = changed(1, pmid="")
    both = changed(2)
    by_pmid = changed(3, doi="", title="Another spelling")
    assert len(outcome(by_doi, both, by_pmid).new) == 1


@pytest.mark.parametrize(
    ("other", "why"),
    [
        (changed(2, pmid="999999"), "another PMID (999999, not 123456) than"),
        (changed(2, doi="10.1000/other"), "another DOI (10.1000/other, not 10.1000/paper) than"),
        (
            changed(2, pmid="", title="All else", authors=(Person("Lo", "SC"),), year=1999),
            "another title and another first author than",
        ),
    ],
)
def test_what_agrees_and_disagrees_is_a_conflict_and_left_out(other, why):
    made = outcome(PAPER, other)
    ((_source, finding),) = [(one.source, one.finding) for one in made.remarks]
    assert (finding.problem, finding.line) == (Problem.IMPORT_CONFLICT, 2)
    assert why in finding.message


def test_a_record_with_the_ids_of_two_is_a_conflict():
    other = changed(2, doi="10.1000/other", pmid="7", title="Other")
    made = outcome(PAPER, other, changed(3, pmid="7"))
    assert [one.finding.problem for one in made.remarks] == [Problem.IMPORT_CONFLICT]
    assert len(made.new) == 2


def test_papers_with_one_title_and_other_ids_stay_apart_and_are_named():
    made = outcome(PAPER, changed(2, doi="10.1000/other", pmid="7"))
    assert [one.key for one in made.new] == ["fluge-2011-trial-one", "fluge-2011-trial-one-thing"]
    assert [one.finding.problem for one in made.remarks] == [Problem.IMPORT_VALUE]


def test_replies_with_one_title_on_other_pages_stay_apart():
    assert len(outcome(changed(1, doi="", pmid=""), changed(2, doi="", pmid="", pages="77–78")).new) == 2


def test_countless_papers_with_one_title_are_each_known_again():
    replies = [changed(n, doi="", pmid="", title="Reply", volume=str(n), pages=str(n)) for n in range(1, 60)]
    made = outcome(*replies, *replies)
    assert (len(made.new), len(made.duplicates)) == (59, 59)


def test_one_of_countless_entries_with_one_title_is_known_again_and_named():
    replies = [changed(n, doi="", pmid="", title="Reply", volume=str(n), pages=str(n)) for n in range(1, 60)]
    held = {f"reply-{n}": entry_of(f"reply-{n}", reply) for n, reply in enumerate(replies, start=1)}
    made = outcome(replies[40], held=held)
    assert [(one.key, one.by) for one in made.duplicates] == [("reply-41", "title, year and first author")]
    assert made.new == ()


# ---- the entries that are there


def test_no_entry_of_the_book_is_added_twice():
    fluge = entry("fluge-2009-clinical-impact")
    record = Publication("article", "Anything", doi=fluge.doi.upper(), source="a.ris", line=4)
    made = outcome(record, held=ENTRIES)
    assert [(one.key, one.by) for one in made.duplicates] == [("fluge-2009-clinical-impact", "DOI")]


def test_a_key_that_is_taken_is_not_given_again():
    fluge = entry("fluge-2009-clinical-impact")
    record = Publication("article", "Clinical impact of another drug", (Person("Fluge"),), year=2009)
    (new,) = outcome(record, held={fluge.key: fluge}).new
    assert new.key == "fluge-2009-clinical-impact-another"


# ---- preprints


@pytest.mark.parametrize("order", [(PAPER, PREPRINT), (PREPRINT, PAPER)], ids=["paper first", "preprint first"])
def test_a_preprint_and_its_paper_are_two_unless_a_merge_is_asked_for(order):
    made = outcome(*order)
    assert len(made.new) == 2
    assert "is the preprint or paper of the same work" in made.remarks[0].finding.message
    merged = outcome(*order, merge=True)
    ((key, publication, _sources),) = merged.new
    assert (key, publication.doi, publication.container) == ("fluge-2011-trial-one", "10.1000/Paper", "A journal")
    assert [(one.by, one.source) for one in merged.duplicates] == [("preprint of the paper", "a.ris:50")]


def test_a_preprint_without_ids_is_not_taken_for_the_paper():
    bare = msgspec.structs.replace(PREPRINT, doi="", year=2011)
    assert len(outcome(PAPER, bare).new) == 2
    assert len(outcome(PAPER, bare, merge=True).new) == 1


def test_a_preprint_under_another_title_is_known_by_its_link():
    linked = msgspec.structs.replace(PREPRINT, title="Another title", published_as="10.1000/paper")
    assert len(outcome(PAPER, linked, merge=True).new) == 1


def test_a_preprint_in_the_base_is_never_changed_to_the_paper():
    fluge = entry("fluge-2009-clinical-impact")
    paper = changed(1, preprints=(fluge.doi,))
    made = outcome(paper, held={fluge.key: fluge}, merge=True)
    assert len(made.new) == 1
    assert "'fluge-2009-clinical-impact' is the preprint or paper" in made.remarks[0].finding.message


def test_an_import_with_merges_twice_is_one():
    linked = msgspec.structs.replace(PREPRINT, title="Another title")
    paper = changed(60, preprints=(linked.doi,))
    ((key, publication, _sources),) = outcome(linked, paper, merge=True).new
    held = {key: entry_of(key, publication)}
    assert outcome(linked, paper, held=held, merge=True).new == ()


# ---- notices


def test_a_notice_is_no_study():
    made = outcome(changed(5, notice_of=("10.1000/retracted",)))
    assert made.new == ()
    assert made.remarks[0].place == "a.ris:5"
    assert made.remarks[0].finding.message == "the record is itself a notice, on 10.1000/retracted"
