"""No text of any source becomes part of what an output is made of: it is shown as text, or refused at its line."""

import json
import os
import re
import zipfile

import pytest
from attacks import CORPUS, FREE, SEEN, UNSEEN, Attack, hostile_base, hostile_conf
from inspecting import CHECKS, visible_text, wrong_in
from support import Project

from sphinx_mecfs.evidence.fields import CARD_FIELDS
from sphinx_mecfs.evidence.questions.fields import CLAIM_FIELDS

# The nox session `builders` tries them all. Writers that derive from these write the same: dirhtml, typstpdf, pseudoxml.
BUILDERS = ["latex", "typst", "epub"]
if os.environ.get("MECFS_BUILDERS"):
    BUILDERS += ["singlehtml", "text", "man", "texinfo", "xml"]
DIRECTIVES = {"evidence-card": CARD_FIELDS, "claim": CLAIM_FIELDS}


def test_nothing_on_a_website_acts_on_what_a_source_says(website):
    assert wrong_in(website.outdir) == []


@pytest.mark.parametrize("builder", BUILDERS)
def test_nothing_in_an_output_acts_on_what_a_source_says(attacked, builder):
    build = attacked.build(builder)
    assert wrong_in(build.outdir) == []
    if builder == "epub":
        archive = zipfile.ZipFile(next(build.outdir.glob("*.epub")))
        assert not [name for name in archive.namelist() if name.startswith("/") or ".." in name]
        assert archive.read("card-0.xhtml") == (build.outdir / "card-0.xhtml").read_bytes()
    suffixes = {path.suffix for path in build.outdir.rglob("*")}
    assert suffixes & CHECKS.keys() or builder == "text"


def test_nothing_is_written_outside_the_folders_of_the_build(website):
    assert {path.name for path in website.outdir.parent.iterdir()} == {"source", "doctrees", "html"}
    assert not [path for path in website.outdir.rglob("*") if ".." in path.parts or "zqx" in path.name]


def squeezed(text):
    return "".join(text.split())


@pytest.mark.parametrize("attack", SEEN, ids=lambda attack: f"{attack.aim}: {attack.name}")
def test_what_is_shown_is_shown_to_the_letter(website, attack):
    shown = squeezed(visible_text(website.text(f"card-{attack.number}.html")))
    assert f"Groups{squeezed(attack.text)}" in shown
    assert f"Funding{squeezed(attack.text)}" in shown
    assert f"Summary{squeezed(attack.text)}" in shown


def test_the_data_of_the_base_hold_each_attack_to_the_letter(website):
    studies = {study["key"]: study for study in json.loads(website.text("data/studies.json"))["studies"]}
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
    project = Project(tmp_path_factory.mktemp("unseen"), hostile_conf())
    project.write(hostile_base(UNSEEN))
    return project


@pytest.mark.parametrize("builder", ["html", *BUILDERS])
def test_no_output_holds_a_character_that_cannot_be_seen(unseen, builder):
    assert wrong_in(unseen.build(builder).outdir) == []


def test_a_character_that_cannot_be_seen_is_reported_wherever_it_stands(unseen):
    build = unseen.build("html", out="again", doctrees="again-doctrees", fresh=True)
    for attack in UNSEEN:
        name = f"card-{attack.number}.md"
        lines = (unseen.srcdir / name).read_text(encoding="utf-8").split("\n")
        wanted = {
            number
            for number, line in enumerate(lines, start=1)
            if any(sign in line for sign in attack.text if not sign.isprintable())
        }
        reported = {
            int(found[1]) for line in build.warnings if (found := re.match(rf"{name}:(\d+): .*page-character", line))
        }
        assert wanted <= reported, attack
        assert "This evidence card cannot be shown" in build.text(f"card-{attack.number}.html")


PLANTED = {
    ".html": ["<zqx>", "<p onzqx=1>", "<a href='java\tscript:zqx()'>", "<a href=//zqx.example>", "<script>zqx</script>", "<base href=x>"],
    ".xml": ["<a><zqx/></a>", "<a href='data:zqx'/>"],
    ".tex": [r"\zqx", r"\\\zqx", r"\input{/etc/passwd}", "50 %zqx", r"\write18{zqx}"],
    ".typ": ['#"a"; zqx', '#"a\\\\"; zqx "'],
    ".7": [".so /etc/passwd", "'zqx", r"\X'zqx'"],
    ".texi": ["@zqx", "@include /etc/passwd", "@@@zqx"],
    ".csv": ["a,b\r\n=zqx,1\r\n", "a,b\r\n1\r\n"],
    ".json": ['{"url": "javascript:zqx"}'],
    ".js": ['window.mecfsX="</script>";'],
    ".ris": ["TY  - JOUR\r\nTI  - a\r\nzqx\r\nER  - \r\n", "TY  - JOUR\r\nER  - x\r\nTY  - JOUR\r\n"],
    ".bib": ["@article{a,\n title = {b}}\n@article{zqx, t={}}\n"],
}  # fmt: skip


@pytest.mark.parametrize(("suffix", "text"), [(suffix, text) for suffix, texts in PLANTED.items() for text in texts])
def test_the_checks_find_what_is_planted(suffix, text):
    assert CHECKS[suffix](text) != []


def test_an_attack_has_a_key_of_its_own():
    assert len({attack.key for attack in CORPUS}) == len(CORPUS) > 90
    assert isinstance(CORPUS[0], Attack)
