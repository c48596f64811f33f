"""Whatever stands in a source, reading it ends with values and findings: no traceback, no hang, no odd characters."""

import datetime
import json

import pytest
from attacks import CORPUS
from hypothesis import given
from hypothesis import strategies as st
from timing import cpu_seconds

from sphinx_mecfs.bibliography.reader import LONGEST_FIELD, read_bibliography
from sphinx_mecfs.evidence.common.unseen import has_unseen, replace_unseen
from sphinx_mecfs.evidence.fields import CARD_BODY, CARD_FIELDS
from sphinx_mecfs.evidence.options import Raw, read_options
from sphinx_mecfs.evidence.problems import Problem
from sphinx_mecfs.evidence.queries import read_filter
from sphinx_mecfs.evidence.questions.fields import CLAIM_FIELDS, QUESTION_BODY, QUESTION_FIELDS
from sphinx_mecfs.evidence.questions.reading import read_claim, read_question
from sphinx_mecfs.evidence.register import read_register, shipped_register
from sphinx_mecfs.evidence.sections import first_sentence, split_sections
from sphinx_mecfs.evidence.validation import read_card
from sphinx_mecfs.formats.external import ExternalDataError, read_external
from sphinx_mecfs.manuscript.head import read_head

TODAY = datetime.date(2026, 11, 1)
SIGNS = st.sampled_from([attack.text for attack in CORPUS])
TEXTS = st.one_of(st.text(max_size=40), SIGNS)
NAMES = [field.name for field in (*CARD_FIELDS, *CLAIM_FIELDS, *QUESTION_FIELDS)]
OPTIONS = st.dictionaries(st.one_of(st.sampled_from(NAMES), TEXTS), TEXTS, max_size=8)
SECTIONS = st.dictionaries(
    st.sampled_from([section.label.lower() for section in (*CARD_BODY.sections, *QUESTION_BODY.sections)]), TEXTS
)
REGISTER = shipped_register()


@pytest.mark.parametrize(
    "read",
    [
        lambda raw: read_card(raw, REGISTER, TODAY),
        lambda raw: read_claim(raw, TODAY),
        lambda raw: read_question(raw, TODAY),
    ],
    ids=["card", "claim", "question"],
)
def test_any_options_and_sections_are_read(read):
    @given(TEXTS, OPTIONS, SECTIONS)
    def holds(key, options, sections):
        reading = read(Raw(key, options, sections))
        assert str(reading.values)

    holds()


@given(TEXTS, OPTIONS)
def test_an_option_with_a_character_that_cannot_be_seen_is_a_finding(key, options):
    _values, findings = read_options(Raw(key, options), CARD_FIELDS, TODAY)
    found = {finding.field for finding in findings if finding.problem is Problem.OPTION_CHARACTER}
    assert found == {name for name, text in options.items() if has_unseen(text) or "\ufffd" in text}


@given(st.lists(TEXTS), st.sampled_from([CARD_BODY, QUESTION_BODY]), st.booleans())
def test_any_body_is_split_and_loses_no_line(lines, body, markdown):
    split = split_sections(lines, body, markdown=markdown)
    assert len(split.texts) == len(split.sections)
    assert all(0 <= text.start < len(lines) for text in split.sections)
    first_sentence("\n".join(lines))


@given(TEXTS)
def test_any_filter_is_read(text):
    conditions, findings = read_filter(text, REGISTER)
    assert (
        bool(conditions)
        or bool(findings)
        or not text.strip(" ;\t\n\r\x0b\x0c\x1c\x1d\x1e\x1f\x85\u2028\u2029")
        or text.split() == []
        or set(text.split()) <= {";"}
    )


@given(st.text())
def test_a_page_keeps_its_lines_and_loses_nothing_that_is_seen(text):
    shown, findings = replace_unseen(text)
    assert len(shown) == len(text)
    assert shown.count("\n") == text.count("\n")
    assert not has_unseen(shown)
    assert bool(findings) == (shown != text)
    assert replace_unseen(shown) == (shown, ())


# ---- a data file of another base --------------------------------------------------------------------------------------

STUDY = {"key": "alpha-2001", "label": "Alpha 2001", "page": "a.html#b", "title": "T", "summary": "S", "status": "current", "pem": {"status": "required"}}  # fmt: skip
JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), TEXTS),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(TEXTS, inner, max_size=3)),
    max_leaves=8,
)


def data_file(studies, **rest):
    return json.dumps({"version": "1.0", "base": {"title": "B"}, "studies": studies, **rest}).encode()


@given(st.lists(st.dictionaries(st.sampled_from(sorted(STUDY)), JSON).map(lambda changed: STUDY | changed), max_size=4))
def test_any_study_of_another_base_is_read_or_counted_as_left_out(studies):
    try:
        published = read_external(data_file(studies))
    except ExternalDataError:
        return
    read = published.things["study"]
    assert len(read) + published.left_out == len(studies)
    for cited in read.values():
        assert not has_unseen(cited.label + cited.title + cited.summary + cited.page)
        assert not cited.page.startswith(("/", "\\"))
        assert ":" not in cited.page.partition("#")[0]
        assert ".." not in cited.page.split("/")


@given(
    st.one_of(
        st.binary(),
        JSON.map(lambda value: json.dumps(value).encode()),
        JSON.map(lambda value: data_file([], labels=value)),
    )
)
def test_any_bytes_are_a_data_file_or_an_error_that_says_so(data):
    try:
        read_external(data)
    except ExternalDataError as error:
        assert not has_unseen(str(error))


@pytest.mark.parametrize("surrogate", [b'"\\ud800"', b'"\xed\xa0\x80"', b'"\\udc00\\ud800"'])
def test_half_a_character_is_no_text(surrogate):
    with pytest.raises(ExternalDataError, match="no data file"):
        read_external(data_file([STUDY]).replace(b'"B"', surrogate))
    try:
        published = read_external(data_file([STUDY, STUDY | {"key": "beta"}]).replace(b'"T"', surrogate, 1))
    except ExternalDataError:
        return
    assert (list(published.things["study"]), published.left_out) == (["beta"], 1)


# ---- depth and size -------------------------------------------------------------------------------------------------

DEEP = 100_000


@pytest.mark.parametrize(
    "data",
    [b"a = " + b"[" * DEEP, b"a = " + b"{a=" * DEEP, b"[[definitions]]\nyear = " + b"9" * DEEP, b'a = "\xed\xa0\x80"'],
    ids=["brackets", "tables", "figures", "half a character"],
)
def test_a_register_that_python_cannot_read_is_a_finding(data):
    register, findings = read_register(b'version = "1"\n' + data)
    assert register.definitions == {}
    assert [finding.problem for finding in findings] == [Problem.REGISTER]


@pytest.mark.parametrize(
    "value", ["[" * 3000, "[" * 3000 + "]" * 3000, "{a: " * 3000, "!!python/object/apply:os.system [id]", "&a [*a]"]
)
def test_a_block_of_options_that_cannot_be_read_is_a_finding(value):
    head = read_head("key", ["---", f"design: {value}", "---"], head_in_content=True)
    assert {finding.problem for finding in head.findings} == {Problem.OPTION_BLOCK}
    assert head.options == {}


def test_options_that_name_others_do_not_grow():
    lines = ["---", "a: &a [zqx, zqx]"]
    lines += [f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join(['*' + chr(97 + n)] * 9)}]" for n in range(9)]
    head = read_head("key", [*lines, "---"], head_in_content=True)
    assert head.options == {}
    assert len(str(head.findings)) < 5000


def test_a_field_of_ten_megabytes_is_cut_and_said_to_be():
    source = b"@article{key-2000,\n title = {" + b"zqx " * 2_500_000 + b"},\n note = {kept},\n}\n"
    bibliography = read_bibliography(source)
    (finding,) = bibliography.findings
    assert (finding.problem, finding.line) == (Problem.BIB_FIELD, 2)
    assert len(bibliography.entries["key-2000"].title) <= LONGEST_FIELD
    assert bibliography.entries["key-2000"].note == "kept"


@pytest.mark.parametrize("sign", ["zqx ", "\\alpha ", "{", "}", "zqx, A and ", "\\'e", "$", "%"])
def test_a_long_field_takes_time_in_step_with_its_length(sign):
    def reading(times):
        data = f"@article{{key-2000,\n author = {braced_pairs(sign * times)},\n title = {braced_pairs(sign * times)},\n}}\n".encode()
        return lambda: read_bibliography(data)

    small, large = cpu_seconds(reading(1000)), cpu_seconds(reading(8000))
    assert large < 20 * small + 0.01


def braced_pairs(text):
    return (
        "{" + text + "}" * text.count("{") + "}"
        if text.count("{") != text.count("}") and "{" in text
        else "{" + text.replace("}", "") + "}"
    )


@pytest.mark.parametrize(
    "field",
    [field for field in CARD_FIELDS if field.kind.value in {"text", "list", "registration ids", "study keys"}],
    ids=lambda field: field.name,
)
def test_an_option_of_ten_megabytes_is_read(field):
    text = "zqx, " * 2_000_000
    assert cpu_seconds(lambda: read_options(Raw("key", {field.name: text}), [field], TODAY), tries=1) < 20
