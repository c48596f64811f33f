"""The commands `status`, `export`, `new`, `add`, `retractions` and `schema`: what they write, refuse and return."""

import csv
import json

import jsonschema
import pytest
from changing import change
from question_pages import PAGES
from support import ROOT

from sphinx_mecfs.cli.project import load_project
from sphinx_mecfs.evidence.register import shipped_register
from sphinx_mecfs.formats.editors import DIRECTIVES, options_schema, snippets
from sphinx_mecfs.manuscript.base import read_base
from sphinx_mecfs.manuscript.tasks import Task

ALPHA = "studies/alpha-2001.md"

# ---- status


def todo(run, *arguments):
    document = json.loads(run("status", "--json", *arguments).stdout)
    return {one["key"]: set(one["tasks"]) for one in document["todo"]}


@pytest.mark.usefixtures("base")
def test_status_lists_what_each_study_needs(run):
    found = todo(run, "--older-than", "100000")
    assert found == {"alpha-2001": {"second-reader", "full-text"}}
    assert todo(run, "--older-than", "0")["beta-2010"] == {"status-check"}
    said = run("status", "--older-than", "100000").stdout
    assert f"{ALPHA}:7" in said
    assert "1 to look at: second reader 1, read the paper 1." in said


def test_status_finds_gaps_faults_and_open_pem(base, run):
    change(base / ALPHA, ":criteria: fukuda-1994", ":criteria: not-reported")
    assert todo(run, "--task", "pem") == {"alpha-2001": {"pem"}}
    change(base / ALPHA, ":Does not show: That", ":Does not show: TODO That")
    assert todo(run, "--task", "gaps") == {"alpha-2001": {"gaps"}}
    change(base / ALPHA, ":design: case-series", ":design: x")
    assert todo(run, "--task", "faults", "--task", "gaps") == {"alpha-2001": {"faults", "gaps"}}


def test_status_of_questions(base, run):
    for name, text in PAGES.items():
        (base / name).write_text(text, encoding="utf-8")
    assert todo(run, "--task", "second-reader")["drug"] == {"second-reader"}
    change(base / "question.md", ":searched: PubMed; drug AND cfs; 2026-11-01\n", "")
    assert todo(run, "--task", "search") == {"drug": {"search"}}


@pytest.mark.usefixtures("base")
def test_status_is_filtered_as_tables_are(run):
    assert set(todo(run, "--filter", "design = case-series", "--older-than", "0")) == {"alpha-2001"}
    assert "unknown design 'rtc'; did you mean 'rct'?" in run("status", "-f", "design = rtc", status=2).stderr
    assert "did you mean 'pem'?" in run("status", "-t", "pim", status=2).stderr


def test_the_help_names_every_kind_of_work(run):
    words = " ".join(run("status", "--help").output.replace("│", " ").split())
    assert [task.value for task in Task if task.value not in words] == []


# ---- export


@pytest.mark.usefixtures("base")
def test_everything_is_exported_in_every_form(run):
    document = json.loads(run("export").stdout)
    assert [study["key"] for study in document["studies"]] == ["alpha-2001", "beta-2010"]
    assert json.loads(run("export", "--json").stdout) == document
    jsonschema.validate(document, json.loads(run("export", "--format", "schema").stdout))
    rows = list(csv.DictReader(run("export", "--format", "csv").stdout.splitlines()))
    assert [row["key"] for row in rows] == ["alpha-2001", "beta-2010"]
    assert "@article{plain-1999," in run("export", "--format", "bibtex").stdout
    assert run("export", "--format", "ris").stdout.count("TY  - ") == 3
    assert len(json.loads(run("export", "--format", "csl-json").stdout)) == 3
    assert 'title: "Test base"' in run("export", "--format", "cff").stdout
    lines = run("export", "--format", "jsonl").stdout.splitlines()
    assert [json.loads(line)["key"] for line in lines] == ["alpha-2001", "beta-2010"]


def test_a_filter_takes_references_and_claims_along(base, run):
    for name, text in PAGES.items():
        (base / name).write_text(text, encoding="utf-8")
    assert run("export", "--format", "bibtex", "-f", "status = retracted").stdout.count("@article{") == 1
    document = json.loads(run("export", "-f", "status = retracted").stdout)
    assert [claim["key"] for claim in document["claims"]] == ["drug-helps"]
    assert len(run("export", "--format", "claims-csv").stdout.splitlines()) == 4
    assert "no study of this base has the topics 'x'" in run("export", "-f", "topics = x", status=2).stderr


def test_export_writes_a_file_and_none_over_another(base, run):
    run("export", "--out", "a.json")
    assert json.loads((base / "a.json").read_text(encoding="utf-8"))["studies"]
    assert "exists already" in run("export", "--out", "a.json", status=2).stderr
    run("export", "--out", "a.json", "--force", "--format", "ris")
    assert (base / "a.json").read_text(encoding="utf-8").startswith("TY")


def test_what_is_wrong_is_left_out_and_said(base, run):
    change(base / ALPHA, ":design: case-series", ":design: x")
    done = run("export", status=1)
    assert [study["key"] for study in json.loads(done.stdout)["studies"]] == ["beta-2010"]
    assert "left out, since they are wrong: 1" in done.stderr


# ---- new

GIVEN = ["--title", "A trial", "--authors", "Smith, Jo and Doe, Al", "--journal", "J", "--year", "2020"]


def test_new_writes_a_page_and_its_entry(base, run):
    options = ["--doi", "https://doi.org/10.1000/New", "-s", "design=rct", "-s", "source-read=abstract"]
    said = run("new", "smith-2020-trial", *GIVEN, *options).stdout
    assert said.startswith("Written: studies/smith-2020-trial.md, with its entry in refs.bib.")
    page = (base / "studies/smith-2020-trial.md").read_text(encoding="utf-8")
    assert page.startswith("---\norphan: true\n---\n")
    assert ":design: rct\n" in page
    assert ":criteria: TODO" in page
    assert "  doi = {10.1000/New},\n" in (base / "refs.bib").read_text(encoding="utf-8")
    found = json.loads(run("check", "--json", status=1).stdout)["problems"]
    assert {problem["kind"] for problem in found} == {"mecfs.gap"}


def test_new_takes_an_entry_that_is_there(base, run):
    before = (base / "refs.bib").read_bytes()
    document = json.loads(run("new", "plain-1999", "--json").stdout)
    assert document == {"key": "plain-1999", "page": "studies/plain-1999.md", "bibliography": None}
    assert (base / "refs.bib").read_bytes() == before
    assert "# A paper without a card" in (base / "studies/plain-1999.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["Smith_2020 Trial", *GIVEN], "write it 'smith-2020-trial'"),
        (["2020", *GIVEN], "such as fluge-2009-clinical-impact"),
        (["alpha-2001"], f"has a card: {ALPHA}:7"),
        (["a-1"], "the title of the paper is missing"),
        (["a-1", *GIVEN, "--doi", "x"], "'x' is no DOI"),
        (["a-1", *GIVEN, "--pmid", "x"], "'x' is no PubMed id"),
        (["a-1", "--title", "T", "--year", "20"], "'20' is no year"),
        (["a-1", *GIVEN, "-s", "design=rtc"], "did you mean 'rct'?"),
        (["a-1", *GIVEN, "-s", "desing=rct"], "did you mean 'design'?"),
        (["../a", *GIVEN], "is no key"),
    ],
)
def test_new_refuses_what_a_card_could_not_have(base, run, arguments, said):
    before = {path: path.read_bytes() for path in base.rglob("*") if path.is_file()}
    assert said in run("new", *arguments, status=2).stderr
    assert {path: path.read_bytes() for path in base.rglob("*") if path.is_file()} == before


def test_new_writes_over_no_page(base, run):
    (base / "studies/a-1.md").write_text("mine\n", encoding="utf-8")
    assert "studies/a-1.md exists already" in run("new", "a-1", *GIVEN, status=2).stderr
    assert (base / "studies/a-1.md").read_text(encoding="utf-8") == "mine\n"


# ---- add, retractions


@pytest.mark.usefixtures("base")
def test_add_and_retractions_work_on_the_project(base, run):
    record = "TY  - JOUR\nAU  - Hu, A\nTI  - Hello world study\nPY  - 2011\nDO  - 10.1000/abc\nER  - \n"
    (base / "x.ris").write_text(record, encoding="utf-8")
    report = json.loads(run("add", "x.ris", "--offline", "--json").stdout)
    assert [one["label"] for one in report["added"]] == ["Hu 2011"]
    assert "1 there already" in run("add", "x.ris", "--offline").stdout
    run("add", "nothing.ris", "--offline", status=1)
    csv_text = (
        "Record ID,Title,OriginalPaperDOI,OriginalPaperPubMedID,RetractionDOI,RetractionPubMedID,RetractionNature,"
        "RetractionDate,Reason\n1,T,10.1000/abc,0,10.1000/n,0,Retraction,1/5/2020 0:00,+x;\n"
    )
    (base / "w.csv").write_text(csv_text, encoding="utf-8")
    assert "10.1000/n" in run("retractions", "--offline", "--retraction-watch", "w.csv", status=1).stdout


# ---- schema


@pytest.mark.parametrize("name", DIRECTIVES)
def test_the_options_of_every_directive_of_the_book_fit_their_schema(name):
    base = read_base(load_project(ROOT / "docs").settings)
    schema = options_schema(DIRECTIVES[name], base.register)
    validator = jsonschema.Draft202012Validator(schema)
    validator.check_schema(schema)
    pieces = [
        piece for page in base.pages for piece in {"card": page.cards, "claim": page.claims}.get(name, page.questions)
    ]
    assert pieces
    assert [error.message for piece in pieces for error in validator.iter_errors(dict(piece.raw.options))] == []


@pytest.mark.parametrize(
    "options",
    [{"design": "rtc"}, {"participants": "x"}, {"status-checked": "1.1.2026"}, {"criteria": "A"}, {"desing": "x"}],
)
def test_the_schema_refuses_what_a_card_refuses(options):
    sound = {"design": "rct", "criteria": "ccc-2003", "source-read": "abstract", "status-checked": "2026-11-01"}
    schema = options_schema(DIRECTIVES["card"], shipped_register())
    jsonschema.validate(sound, schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**sound, **options}, schema)


def test_snippets_offer_every_option_section_and_term():
    made = snippets(shipped_register(), [("a-1", "A $1 study")])
    for short, directive in DIRECTIVES.items():
        for field in directive.fields:
            (line,) = made[f"{short} option: {field.name}"]["body"]
            assert all(term.value in line for term in field.vocabulary or ())
        assert all(f"{short} section: {section.label}" in made for section in directive.body.sections)
    assert made["study: a-1"]["body"] == ["{mecfs:study}`a-1`"]


@pytest.mark.usefixtures("base")
def test_schema_refuses_what_there_is_not(run):
    assert "there is no schema of 'cards'; did you mean 'card'?" in run("schema", "cards", status=2).stderr
    assert json.loads(run("schema", "question").stdout)["additionalProperties"] is False


# ---- all


@pytest.mark.parametrize(
    "command", ["init", "new", "add", "check", "lint-bib", "status", "retractions", "export", "schema"]
)
def test_every_command_can_write_json_and_explains_itself(run, command):
    shown = run(command, "--help").output
    assert "--json" in shown
    assert len(shown.split()) > 40
