"""`studies.json` says what the cards say, and its schema, which is made from the declarations, holds it to that."""

from __future__ import annotations

import copy
import json

import pytest
from jsonschema import Draft202012Validator

from sphinx_mecfs.evidence.fields import CARD_BODY, CARD_FIELDS
from sphinx_mecfs.evidence.questions.fields import CLAIM_FIELDS, QUESTION_FIELDS
from sphinx_mecfs.evidence.vocabulary import Design, PemStatus, Population
from sphinx_mecfs.formats.release.document import data_document
from sphinx_mecfs.formats.release.model import About, Release
from sphinx_mecfs.formats.release.schema import VOCABULARIES, data_schema

PEM_FIELDS = {"pem": "protocol", "pem-quote": "quote", "pem-locator": "locator"}


def by_key(records):
    return {record["key"]: record for record in records}


def validator(schema):
    return Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)


@pytest.fixture(scope="module")
def schema(released):
    return json.loads(released.text("data/studies.schema.json"))


def test_the_schema_is_one_of_draft_2020_12_and_the_data_fit_it(schema, document):
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    Draft202012Validator.check_schema(schema)
    assert [error.message for error in validator(schema).iter_errors(document)] == []


def test_the_data_of_the_book_fit_their_schema(book_data):
    schema = json.loads((book_data / "data/studies.schema.json").read_text(encoding="utf-8"))
    book = json.loads((book_data / "data/studies.json").read_text(encoding="utf-8"))
    assert [error.message for error in validator(schema).iter_errors(book)] == []
    assert len(book["studies"]) >= 130
    assert len(book["definitions"]) >= 22


def test_an_empty_base_fits_the_schema_too():
    about = About("Empty", register="1")
    document = data_document(Release(about))
    assert document["$schema"] == "studies.schema.json"
    assert "$id" not in data_schema(about)
    assert [error.message for error in validator(data_schema(about)).iter_errors(document)] == []


def test_the_head_says_whose_data_they_are_and_in_which_version(document, released):
    schema = json.loads(released.text("data/studies.schema.json"))
    assert document["$schema"] == schema["$id"] == "https://base.example/data/studies.schema.json"
    assert document["version"] == "1.0"
    assert document["register"] == "2026.11"
    assert document["updated"] == "2026-11-02"
    base = document["base"]
    assert (base["title"], base["version"], base["address"]) == ("Test base", "1.2", "https://base.example/")
    assert base["licence"] == "CC-BY-4.0"
    assert base["licence_address"] == "https://spdx.org/licenses/CC-BY-4.0.html"


def test_a_study_has_every_field_of_the_declaration(document):
    for study in document["studies"]:
        for field in CARD_FIELDS:
            within = study["pem"] if field.name in PEM_FIELDS else study
            assert PEM_FIELDS.get(field.name, field.attribute) in within
        assert list(study["sections"]) == [section.name.replace("-", "_") for section in CARD_BODY.sections]


def test_a_claim_and_a_question_have_every_field_of_theirs(document):
    assert len(document["claims"]) == 3
    assert all(field.attribute in claim for claim in document["claims"] for field in CLAIM_FIELDS)
    assert all(field.attribute in question for question in document["questions"] for field in QUESTION_FIELDS)


def test_a_study_says_what_its_card_says(document):
    alpha = by_key(document["studies"])["alpha-2001"]
    assert alpha["title"] == "TNF-α and β2-receptors in three people: a series"
    assert (alpha["label"], alpha["citation"], alpha["year"]) == ("Ærø 2001", "Ærø et al. 2001", 2001)
    assert alpha["address"] == "https://base.example/studies/alpha-2001.html#alpha-2001"
    assert alpha["page"] == "studies/alpha-2001.html#alpha-2001"
    assert (alpha["design"], alpha["participants"], alpha["population"]) == ("case-series", 3, "me-cfs")
    assert alpha["topics"] == ["b-cells", "drugs"]
    assert alpha["funding"] is None
    assert alpha["status_checked"] == "2026-11-01"
    assert alpha["summary"] == "Three people were treated."
    assert alpha["sections"] == {
        "summary": "Three people were treated. All said they were better.",
        "why_it_matters": None,
        "findings": "- First finding, in italics.\n- Second finding.",
        "harms": "Not reported.",
        "does_not_show": "That the drug works.",
        "open_questions": None,
    }
    assert alpha["reference"]["csl"]["DOI"] == "10.1000/alpha.2001"
    assert alpha["reference"]["text"].startswith("Ærø Ø, Łuk BLK, van Dam C. TNF-α")


def test_a_pem_status_comes_with_its_reason_and_its_definitions(document):
    studies = by_key(document["studies"])
    assert studies["alpha-2001"]["pem"] == {
        "status": "optional",
        "label": "PEM not required (optional item)",
        "reason": "definition",
        "definitions": [{"key": "fukuda-1994", "pem": "optional", "mark": "A"}],
        "protocol": None,
        "quote": None,
        "locator": None,
    }
    assert studies["beta-2010"]["pem"]["status"] == "mixed"
    assert [one["key"] for one in studies["beta-2010"]["pem"]["definitions"]] == ["icc-2011", "fukuda-1994"]


def test_a_stricter_protocol_and_a_study_without_criteria_give_other_reasons(make_base):
    protocol = ":criteria: fukuda-1994\n:pem: required\n:pem-quote: all had PEM\n:pem-locator: p. 2\n"
    project = make_base()
    project.replace("studies/alpha-2001.md", ":criteria: fukuda-1994\n", protocol)
    project.replace(
        "studies/beta-2010.md", ":criteria: icc-2011, fukuda-1994\n:criteria-rule: any\n", ":criteria: not-reported\n"
    )
    build = project.build()
    studies = by_key(json.loads(build.text("data/studies.json"))["studies"])
    alpha, beta = studies["alpha-2001"]["pem"], studies["beta-2010"]["pem"]
    assert (alpha["status"], alpha["reason"], alpha["protocol"]) == ("required", "protocol", "required")
    assert (alpha["quote"], alpha["locator"]) == ("all had PEM", "p. 2")
    assert (beta["status"], beta["reason"], beta["definitions"]) == ("not-reported", "none-named", [])
    project.replace("studies/beta-2010.md", ":criteria: not-reported", ":criteria: not-applicable")
    studies = by_key(json.loads(project.build().text("data/studies.json"))["studies"])
    assert studies["beta-2010"]["pem"]["reason"] == "no-participants"
    schema = json.loads(build.text("data/studies.schema.json"))
    assert list(validator(schema).iter_errors(json.loads(build.text("data/studies.json")))) == []


def test_a_claim_has_its_studies_figures_and_computed_numbers(document):
    claim = by_key(document["claims"])["drug-helps"]
    assert claim["text"] == "Three people felt better after the drug."
    assert claim["question"] == "drug"
    assert (claim["supports"], claim["contradicts"]) == (["alpha-2001"], ["beta-2010"])
    assert claim["indirectness"] == "nobody had to have PEM"
    (figure,) = claim["statistics"]
    assert (figure["estimate"], figure["low"], figure["high"], figure["p"]) == (0.27, 0.1, 0.7, 0.007)
    synthesis = claim["synthesis"]
    assert synthesis["studies"] == 1
    assert synthesis["pem"] == {status.value: int(status is PemStatus.OPTIONAL) for status in PemStatus}
    assert synthesis["people"]["supports"]["total"] == 3
    assert synthesis["withdrawn"] == ["beta-2010"]
    assert synthesis["sensitivity"] == "too-few"


def test_a_question_has_its_frame_its_answer_and_its_claims(document):
    (question,) = document["questions"]
    assert question["short_answer"] == "Nobody knows. One trial was retracted."
    assert question["claims"] == ["drug-helps", "drug-link"]
    assert question["searched"] == {"sources": "PubMed", "terms": "drug AND cfs", "day": "2026-11-01"}


def test_records_stand_in_an_order_of_their_own(document):
    for name in ("studies", "questions", "claims"):
        keys = [record["key"] for record in document[name]]
        assert keys == sorted(keys)
    years = [definition["year"] for definition in document["definitions"]]
    assert years == sorted(years)


def test_the_schema_says_what_the_declarations_say(schema):
    study = schema["$defs"]["study"]["properties"]
    assert study["comparator"]["title"] == "Comparator"
    for field in CARD_FIELDS:
        if field.name not in PEM_FIELDS:
            assert (study[field.attribute]["title"], study[field.attribute]["description"]) == (field.label, field.doc)
    for vocabulary in VOCABULARIES:
        listed = [
            (one["const"], one["title"], one["description"]) for one in schema["$defs"][vocabulary.__name__]["oneOf"]
        ]
        terms = [term for term in vocabulary if term is not Population.CONDITION]
        assert listed == [(term.value, term.label, term.doc) for term in terms]


def set_in(*path):
    """Return a change that puts the last of the arguments where the others lead."""

    def change(document):
        *way, name, value = path
        target = document
        for step in way:
            target = target[step]
        target[name] = value

    return change


def drop(*path):
    def change(document):
        *way, name = path
        target = document
        for step in way:
            target = target[step]
        del target[name]

    return change


BROKEN = {
    "an unknown version": set_in("version", "2.0"),
    "no list of claims": drop("claims"),
    "a field that nobody declared": set_in("studies", 0, "colour", "blue"),
    "a study without a key": drop("studies", 0, "key"),
    "a key with capitals": set_in("studies", 0, "key", "Alpha-2001"),
    "an unknown design": set_in("studies", 0, "design", "trial"),
    "no design": set_in("studies", 0, "design", None),
    "no criteria": set_in("studies", 0, "criteria", []),
    "fewer than no participants": set_in("studies", 0, "participants", -1),
    "participants as text": set_in("studies", 0, "participants", "3"),
    "a PEM status of its own": set_in("studies", 0, "pem", "status", "yes"),
    "a PEM status without its reason": drop("studies", 0, "pem", "reason"),
    "a protocol that is not quoted": set_in("studies", 0, "pem", "reason", "protocol"),
    "a quote without a protocol": set_in("studies", 0, "pem", "quote", "all had PEM"),
    "a retraction without a notice": set_in("studies", 1, "status_notice", None),
    "two definitions without a rule": set_in("studies", 1, "criteria_rule", None),
    "a day that does not exist": set_in("studies", 0, "status_checked", "2026-02-30"),
    "a card without a Summary": set_in("studies", 0, "sections", "summary", None),
    "a relation to something that is no key": set_in("studies", 1, "contradicts", ["A study"]),
    "an address that is none": set_in("studies", 0, "address", "studies/alpha-2001.html"),
    "a claim without its numbers": drop("claims", 0, "synthesis"),
    "a claim of an unknown kind": set_in("claims", 0, "kind", "truth"),
    "a direction that is none": set_in("claims", 0, "synthesis", "people", "against", {}),
    "a p value above 1": set_in("claims", 1, "statistics", 0, "p", 7),
    "a definition with an unknown mark": set_in("definitions", 0, "mark", "E"),
    "a question without a day": set_in("questions", 0, "updated", None),
}


@pytest.mark.parametrize("fault", BROKEN)
def test_the_schema_rejects_a_broken_release(schema, document, fault):
    broken = copy.deepcopy(document)
    BROKEN[fault](broken)
    assert broken != document
    assert not validator(schema).is_valid(broken)


def test_the_terms_of_the_schema_are_those_of_the_program(schema, document):
    changed = copy.deepcopy(document)
    for design in Design:
        changed["studies"][0]["design"] = design.value
        assert validator(schema).is_valid(changed)
