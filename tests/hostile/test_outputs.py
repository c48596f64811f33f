"""No text of any source becomes part of what an output is made of: it is shown as text, or refused at its line."""

import json
import os
import re
import zipfile

import pytest
from attacks import (
    AIMS,
    CORPUS,
    FREE,
    MARK,
    SEEN,
    THOROUGH,
    UNSEEN,
    Attack,
    aimed_at,
    hostile_base,
    hostile_conf,
)
from inspecting import CHECKS, visible_text, wrong_in
from support import Project

from sphinx_mecfs.evidence.common.listings import LISTINGS
from sphinx_mecfs.evidence.fields import CARD_FIELDS
from sphinx_mecfs.evidence.questions.fields import CLAIM_FIELDS

# Writers that derive from these write the same: typstpdf, latexpdf, pseudoxml.
BUILDERS = [*AIMS, *(["singlehtml", "dirhtml"] if THOROUGH else [])]
DIRECTIVES = {"evidence-card": CARD_FIELDS, "claim": CLAIM_FIELDS}
DIRECTIVES |= {name: listing.fields for name, listing in LISTINGS.items()}


def test_nothing_on_a_website_acts_on_what_a_source_says(website):
    assert wrong_in(website.outdir) == []


@pytest.mark.parametrize("builder", BUILDERS)
def test_nothing_in_an_output_acts_on_what_a_source_says(tmp_path, builder):
    attacks = aimed_at(builder)
    project = Project(tmp_path, hostile_conf())
    project.write(hostile_base(attacks))
    build = project.build(builder)
    assert wrong_in(build.outdir) == []
    if builder == "epub":
        archive = zipfile.ZipFile(next(build.outdir.glob("*.epub")))
        assert not [name for name in archive.namelist() if name.startswith("/") or ".." in name]
        page = f"card-{attacks[0].number}.xhtml"
        assert archive.read(page) == (build.outdir / page).read_bytes()
    written = "".join(path.read_text("utf-8") for path in build.outdir.rglob("*") if path.suffix in {*CHECKS, ".txt"})
    assert written.count(MARK) > 20 * len(attacks)


def test_nothing_is_written_outside_the_folders_of_the_build(website):
    assert {path.name for path in website.outdir.parent.iterdir()} == {"source", "doctrees", "html"}
    assert not [path for path in website.outdir.rglob("*") if ".." in path.parts or "zqx" in path.name]


@pytest.mark.skipif(os.name == "nt", reason="no file can have such a name")
def test_the_name_of_a_page_is_text_and_part_of_an_address(tmp_path):
    project = Project(tmp_path, hostile_conf())
    files = hostile_base(SEEN[:1])
    files["pa \"onzqx='&<zqx> %2e#zqx?.md"] = files.pop("card-0.md")
    files["q'\"<zqx>.md"] = files.pop("question-0.md")
    project.write(files)
    build = project.build("html")
    assert wrong_in(build.outdir) == []
    data = json.loads(build.text("data/studies.json"))
    assert [study["page"] for study in data["studies"]] == ["pa%20%22onzqx%3D%27%26%3Czqx%3E%20%252e%23zqx%3F.html#taken-0"]  # fmt: skip
    assert "https://base.example/q%27%22%3Czqx%3E.html" in build.text("sitemap.xml")


def squeezed(text):
    return "".join(text.split())


@pytest.mark.parametrize("attack", SEEN, ids=lambda attack: f"{attack.aim}: {attack.name}")
def test_what_is_shown_is_shown_to_the_letter(website, attack):
    shown = squeezed(visible_text(website.text(f"card-{attack.number}.html")))
    assert f"Groups{squeezed(attack.text)}" in shown
    assert f"Funding{squeezed(attack.text)}" in shown
    assert f"Summary{squeezed(attack.text)}" in shown


def test_the_data_of_the_base_hold_each_attack_to_the_letter(website):
    data = json.loads(website.text("data/studies.json"))
    studies = {study["key"]: study for study in data["studies"]}
    assert (len(data["claims"]), len(data["questions"])) == (len(SEEN), len(SEEN))
    for attack in SEEN:
        assert studies[attack.key]["groups"] == " ".join(attack.text.split())
    assert len(studies) == len(SEEN)


def lines_of(website, attack):
    """The lines of the page of refused texts, and those at which something was reported."""
    name = f"refused-{attack.number}.md"
    lines = (website.srcdir / name).read_text(encoding="utf-8").splitlines()
    reported = {int(found[1]) for line in website.warnings if (found := re.match(rf"{name}:(\d+): WARNING", line))}
    return lines, reported


@pytest.mark.parametrize("attack", SEEN, ids=lambda attack: f"{attack.aim}: {attack.name}")
def test_what_is_refused_is_refused_at_its_line(website, attack):
    lines, reported = lines_of(website, attack)
    fields, silent = (), []
    for number, line in enumerate(lines, start=1):
        if opened := re.match(r":::+\{([a-z-]+)\}", line):
            fields = DIRECTIVES[opened[1]]
        wrong = next(
            (field for field in fields if line == f":{field.name}: {attack.line}" and field.kind not in FREE), None
        )
        # This DOI is one: it climbs no further than to the resolver.
        if wrong is not None and number not in reported and attack.name != "DOI that climbs":
            silent.append(line)
    assert silent == []


def test_a_key_that_is_a_path_names_no_file(website):
    keys = [attack for attack in CORPUS if attack.aim == "paths"]
    for attack in keys:
        page = website.text(f"refused-{attack.number}.html")
        assert "This evidence card cannot be shown" in page
    names = {path.name for path in (website.outdir / "mecfs-downloads").glob("*")} if keys else set()
    assert not [name for name in names if "zqx" in name]


@pytest.fixture(scope="module")
def unseen(tmp_path_factory):
    """The attacks that cannot be seen, as a website."""
    project = Project(tmp_path_factory.mktemp("unseen"), hostile_conf())
    project.write(hostile_base(UNSEEN))
    return project.build("html")


def test_no_website_holds_a_character_that_cannot_be_seen(unseen):
    assert wrong_in(unseen.outdir) == []


@pytest.mark.parametrize("builder", BUILDERS if THOROUGH else ["latex"])
def test_no_output_holds_a_character_that_cannot_be_seen(tmp_path, builder):
    project = Project(tmp_path, hostile_conf())
    project.write(hostile_base(UNSEEN))
    assert wrong_in(project.build(builder).outdir) == []


def test_a_character_that_cannot_be_seen_is_reported_wherever_it_stands(unseen):
    for attack in UNSEEN:
        name = f"card-{attack.number}.md"
        lines = (unseen.srcdir / name).read_text(encoding="utf-8").split("\n")
        wanted = {
            number
            for number, line in enumerate(lines, start=1)
            if any(sign in line for sign in attack.text if not sign.isprintable())
        }
        reported = {
            int(found[1]) for line in unseen.warnings if (found := re.match(rf"{name}:(\d+): .*page-character", line))
        }
        assert wanted <= reported, attack
        assert "This evidence card cannot be shown" in unseen.text(f"card-{attack.number}.html")


def test_no_message_steers_a_terminal_or_breaks_its_line(website, unseen):
    for line in (*website.warnings, *unseen.warnings):
        assert line.isprintable(), line


def test_a_question_shows_what_stands_in_its_lists_and_in_another_base_to_the_letter(website):
    for attack in SEEN:
        shown = squeezed(visible_text(website.text(f"question-{attack.number}.html")))
        text = squeezed(attack.text)
        assert f"“{text}”(lowcertainty)" in shown, attack
        assert f"Compared with{text}Outcomes{text}Searched{MARK}".replace(" ", "") in shown, attack
        assert shown.count(text) > 25, attack


PLANTED = {
    ".html": ["<zqx>", "<p onzqx=1>", "<a href='java\tscript:zqx()'>", "<a href=//zqx.example>", "<script>zqx</script>", "<base href=x>"],
    ".xhtml": [
        "<meta name='citation_reference' content='citation_title=zqx;citation_doi=a;citation_doi=b'/>",
        "<span class='Z3988' title='rft.date=2000&amp;zqx=1'></span>",
    ],
    ".xml": ["<a><zqx/></a>", "<a href='data:zqx'/>"],
    ".tex": [r"\zqx", r"\\\zqx", r"\input{/etc/passwd}", "50 %zqx", r"\write18{zqx}"],
    ".typ": ['#"a"; zqx', '#"a\\\\"; zqx "'],
    ".7": [".so /etc/passwd", "'zqx", r"\X'zqx'"],
    ".texi": ["@zqx", "@include /etc/passwd", "@@@zqx"],
    ".csv": ["a,b\r\n=zqx,1\r\n", "a,b\r\n1\r\n"],
    ".json": ['{"url": "javascript:zqx"}'],
    ".js": ['window.mecfsX="</script>";'],
    ".ris": ["TY  - JOUR\r\nTI  - a\r\nzqx\r\nER  - \r\n", "TY  - JOUR\r\nER  - x\r\nTY  - JOUR\r\n"],
    ".atom": ["<feed><zqx/></feed>", "<feed><link href='javascript:zqx()'/></feed>"],
    ".cff": ["url: javascript:zqx\n", "title: a\nzqx: b\n"],
    ".bib": ["@article{a,\n title = {b}}\n@article{zqx, t={}}\n"],
}  # fmt: skip


@pytest.mark.parametrize(("suffix", "text"), [(suffix, text) for suffix, texts in PLANTED.items() for text in texts])
def test_the_checks_find_what_is_planted(suffix, text):
    assert CHECKS[suffix](text) != []


def test_an_attack_has_a_key_of_its_own():
    assert len({attack.key for attack in CORPUS}) == len(CORPUS) > 90
    assert isinstance(CORPUS[0], Attack)
