"""How the data of another base are reached, kept and renewed, and what happens when they cannot be."""

import contextlib
import functools
import http.server
import os
import socket
import threading
import time
from html.parser import HTMLParser
from pathlib import Path

import pytest
from published_bases import publish_data
from pypdf import PdfReader
from sphinx.errors import ConfigError

BASE = "https://base.example/"
PAGE = "# Citing\n\n{mecfs:study}`alpha-2001` {pem}`book:alpha-2001`\n"
LINK = 'href="https://base.example/studies/alpha-2001.html#alpha-2001"'
DAY = 86_400


class Counting(http.server.SimpleHTTPRequestHandler):
    """Serves a folder and notes what was asked for."""

    def __init__(self, asked, *args, **options):
        self.asked = asked
        super().__init__(*args, **options)

    def do_GET(self):
        self.asked.append(self.path)
        super().do_GET()

    def log_message(self, *_args):
        """Say nothing of each request."""


class Endless(Counting):
    """Answers with more than anybody wants."""

    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        with contextlib.suppress(OSError):
            while True:
                self.wfile.write(b" " * 100_000)


@contextlib.contextmanager
def serving(folder, handler=Counting):
    """Serve a folder on a free port: its address, and the list of what was asked of it."""
    asked = []
    make = functools.partial(handler, asked, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), make) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}", asked
        server.shutdown()


@pytest.fixture
def host(published):
    """The published base on a host of its own."""
    with serving(published.outdir) as served:
        yield served


@pytest.fixture
def nowhere():
    """An address at which nobody answers."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{taken.getsockname()[1]}"


def copies(project):
    return sorted((project.root / "doctrees" / "mecfs" / "others").glob("*"))


def grow_old(project, days):
    (copy,) = copies(project)
    then = time.time() - days * DAY
    os.utime(copy, (then, then))
    return time.strftime("%Y-%m-%d", time.gmtime(then))


def test_data_are_read_from_the_address_of_the_base_and_kept(make_citing, host):
    address, asked = host
    project = make_citing({"index.md": PAGE}, mecfs_external={"book": (address, None)})
    build = project.build()
    assert build.warnings == ()
    assert f'href="{address}/studies/alpha-2001.html#alpha-2001"' in build.text("index.html")
    assert asked == ["/data/studies.json"]
    again = project.build(out="again")
    assert (again.warnings, asked) == ((), ["/data/studies.json"])
    assert again.text("index.html") == build.text("index.html")


@pytest.mark.parametrize(("days", "conf", "times"), [(4, {}, 1), (6, {}, 2), (900, {"intersphinx_cache_limit": -1}, 1)])
def test_data_are_renewed_as_intersphinx_renews_its_own(make_citing, host, days, conf, times):
    address, asked = host
    extensions = ["myst_parser", "sphinx_mecfs", "sphinx.ext.intersphinx"]
    project = make_citing(
        {"index.md": PAGE},
        mecfs_external={"book": (BASE, f"{address}/data/studies.json")},
        extensions=extensions,
        **conf,
    )
    project.build()
    grow_old(project, days)
    assert project.build().warnings == ()
    assert len(asked) == times


def test_old_data_stand_in_where_a_host_fails_and_the_build_says_of_which_day(make_citing, published, tmp_path):
    source = publish_data(tmp_path / "host", (published.outdir / "data/studies.json").read_bytes())
    with serving(tmp_path / "host") as (address, _asked):
        project = make_citing({"index.md": PAGE}, mecfs_external={"book": (BASE, f"{address}/data/studies.json")})
        first = project.build()
        day = grow_old(project, 30)
        source.unlink()
        build = project.build(out="later")
    reason = f"{address}/data/studies.json: HTTPError: 404 Client Error: File not found"
    (warning,) = build.warnings
    assert warning.startswith(f"WARNING: cannot renew the data of base 'book', that of {day} is used: {reason}")
    assert warning.endswith("[mecfs.external-stale]")
    assert build.text("index.html") == first.text("index.html")


def test_broken_data_do_not_take_the_place_of_sound_ones(make_citing, published, tmp_path):
    source = publish_data(tmp_path / "other", (published.outdir / "data/studies.json").read_bytes())
    project = make_citing({"index.md": PAGE}, mecfs_external={"book": (BASE, str(source))})
    first = project.build()
    source.write_text('{"version": "2.0"}')
    for _time in range(2):
        build = project.build()
        (warning,) = build.warnings
        assert f"is used: {source}: its format is version '2.0', and only 1 can be read here" in warning
        assert build.text("index.html") == first.text("index.html")


def test_a_base_that_was_never_reached_costs_its_links_and_not_the_build(make_citing, nowhere):
    index = PAGE + "\n{mecfs:study}`other words <alpha-2001>`\n"
    build = make_citing({"index.md": index}, mecfs_external={"book": (nowhere, None)}).build()
    unread, *places = build.warnings
    assert unread.startswith(
        f"WARNING: cannot read the data of base 'book': {nowhere}/data/studies.json: ConnectionError"
    )
    assert unread.endswith("[mecfs.external]")
    reason = "is not linked: the data of base 'book' could not be read [mecfs.external]"
    assert places == [
        f"index.md:3: WARNING: study 'alpha-2001' {reason}",
        f"index.md:3: WARNING: badge 'book:alpha-2001' {reason}",
        f"index.md:5: WARNING: study 'alpha-2001' {reason}",
    ]
    assert "other words" in build.text("index.html")
    assert "book:alpha-2001" in build.text("index.html")


def test_one_setting_silences_what_an_unreachable_base_causes(make_citing, nowhere):
    silent = {"suppress_warnings": ["mecfs.external"]}
    build = make_citing({"index.md": PAGE}, mecfs_external={"book": (nowhere, None)}, **silent).build()
    assert build.warnings == ()


def test_an_unreachable_base_hides_no_mistake_that_names_another(make_citing, data_file, nowhere):
    external = {"book": (BASE, data_file), "gone": (nowhere, None)}
    index = "# Citing\n\n{mecfs:study}`book:alpha-2002`\n"
    build = make_citing({"index.md": index}, mecfs_external=external).build()
    assert "study 'book:alpha-2002' has no card" in build.warnings[1]


def test_the_links_come_back_with_the_base(make_citing, published, tmp_path):
    source = tmp_path / "late.json"
    project = make_citing({"index.md": PAGE}, mecfs_external={"book": (BASE, str(source))})
    assert LINK not in project.build().text("index.html")
    source.write_bytes((published.outdir / "data/studies.json").read_bytes())
    build = project.build()
    assert build.warnings == ()
    assert build.text("index.html").count(LINK) == 2


def test_intersphinx_links_studies_of_a_base_whose_data_cannot_be_read(make_citing, inventory, nowhere):
    build = make_citing(
        {"index.md": "# Citing\n\n{mecfs:study}`book:alpha-2001`\n"},
        mecfs_external={"book": (nowhere, None)},
        intersphinx_mapping={"book": (BASE, inventory)},
        extensions=["myst_parser", "sphinx_mecfs", "sphinx.ext.intersphinx"],
    ).build()
    assert len(build.warnings) == 1
    assert LINK in build.text("index.html")


def test_the_first_place_that_can_be_read_is_enough(make_citing, data_file, nowhere):
    build = make_citing({"index.md": PAGE}, mecfs_external={"book": (BASE, (f"{nowhere}/x.json", data_file))}).build()
    assert build.warnings == ()
    assert LINK in build.text("index.html")


def test_a_file_is_named_relative_to_the_configuration_and_read_anew_in_each_run(make_citing, published):
    project = make_citing({"index.md": PAGE}, mecfs_external={"book": (BASE, "book.json")})
    data = (published.outdir / "data/studies.json").read_text()
    project.write({"book.json": data})
    assert project.build().warnings == ()
    project.write({"book.json": data.replace('"status": "optional"', '"status": "required"')})
    assert "PEM required" in project.build().text("index.html")


def test_a_base_beside_the_site_is_linked_from_any_depth(make_citing, data_file):
    files = {"index.md": PAGE + "\n```{toctree}\na/b/deep\n```\n", "a/b/deep.md": PAGE}
    external = {"book": ("../book", data_file)}
    build = make_citing(files, mecfs_external=external).build()
    assert build.warnings == ()
    assert 'href="../book/studies/alpha-2001.html#alpha-2001"' in build.text("index.html")
    assert 'href="../../../book/studies/alpha-2001.html#alpha-2001"' in build.text("a/b/deep.html")
    build = make_citing(files, mecfs_external=external).build("dirhtml")
    assert 'href="../../../../book/studies/alpha-2001.html#alpha-2001"' in build.text("a/b/deep/index.html")


def test_a_password_in_an_address_is_neither_shown_nor_published(make_citing, data_file):
    secret = "https://me:secret@127.0.0.1:9/"
    build = make_citing({"index.md": PAGE}, mecfs_external={"book": (secret, (None, data_file))}).build()
    assert "secret" not in build.status + "".join(build.warnings) + build.text("index.html")
    build = make_citing({"index.md": PAGE}, mecfs_external={"book": (secret, None)}).build(doctrees="other")
    assert "https://127.0.0.1:9/data/studies.json" in build.warnings[0]
    assert "secret" not in "".join(build.warnings)


def test_a_host_that_never_ends_is_left(make_citing, monkeypatch):
    monkeypatch.setattr("sphinx_mecfs.extension.sources.fetch.LARGEST_FILE", 1_000_000)
    monkeypatch.setattr("sphinx_mecfs.formats.external.LARGEST_FILE", 1_000_000)
    with serving(Path(), Endless) as (address, _asked):
        build = make_citing({"index.md": "# Citing\n"}, mecfs_external={"book": (address, None)}).build()
    assert "it is larger than" in build.warnings[0]


@pytest.mark.parametrize(
    ("name", "value", "why"),
    [
        ("a b", ("https://a.example", None), "the name of a base is made of"),
        ("../x", ("https://a.example", None), "the name of a base is made of"),
        ("a", "https://a.example", "it needs a pair"),
        ("a", ("", None), "is no address"),
        ("a", ("javascript:alert(1)//", "x.json"), "is no address"),
        ("a", ("https://a.example", "ftp://a.example/x.json"), "its data is read from a file"),
        ("a", ("https://a.example", []), "its data is read from a file"),
        ("a", ("https://a.example", 3), "its data is read from a file"),
    ],
)
def test_a_setting_that_cannot_be_understood_stops_the_build_with_a_reason(make_citing, name, value, why):
    with pytest.raises(ConfigError, match=why):
        make_citing({"index.md": PAGE}, mecfs_external={name: value}).build()


# ---- hostile data ------------------------------------------------------------------------------------------------

MARKUP = '<script>alert(1)</script>"><img src=x onerror=alert(1)> `code` *em* {raw}`x` \\input{/etc/passwd} #eval("1")'
HOSTILE = {
    "version": "1.0",
    "base": {"title": MARKUP, "version": MARKUP, "address": "javascript:alert(1)"},
    "studies": [
        {
            "key": "alpha-2001",
            "label": MARKUP,
            "title": MARKUP,
            "summary": MARKUP,
            "pem": {"status": "required"},
            "page": "a.html#a",
        },
        {"key": "evil-2002", "label": "x", "pem": {"status": "required"}, "page": "javascript:alert(1)"},
    ],
    "questions": [{"key": "drug", "title": MARKUP, "short_answer": MARKUP, "page": "q.html"}],
    "claims": [{"key": "helps", "text": MARKUP, "certainty": "low", "page": "q.html#helps"}],
}
HOSTILE_PAGE = "# Citing\n\n{mecfs:study}`alpha-2001` {pem}`alpha-2001` {mecfs:question}`drug` {mecfs:claim}`helps`\n"


class Tags(HTMLParser):
    """The tags of a page, with the attributes that can do harm."""

    def __init__(self):
        super().__init__()
        self.harm = []

    def handle_starttag(self, tag, attrs):
        self.harm += [(tag, name) for name, _value in attrs if name.startswith("on")]
        self.harm += [(tag, value) for _name, value in attrs if (value or "").lower().startswith("javascript:")]
        self.harm += [(tag, dict(attrs).get("src"))] if tag in {"img", "iframe"} else []


def test_a_hostile_data_file_puts_no_markup_and_no_address_into_a_page(make_citing, tmp_path):
    source = publish_data(tmp_path / "evil", HOSTILE)
    build = make_citing({"index.md": HOSTILE_PAGE}, mecfs_external={"book": (BASE, str(source))}).build()
    assert build.warnings == (
        "WARNING: 1 entries of base 'book' cannot be read and are left out [mecfs.external-part]",
    )
    page = build.text("index.html")
    tags = Tags()
    tags.feed(page)
    assert tags.harm == []
    assert "<script>alert" not in page
    assert page.count("&lt;script&gt;alert(1)") >= 4
    assert f'href="{BASE}a.html#a"' in page


def test_a_hostile_data_file_puts_no_commands_into_a_book(make_citing, tmp_path):
    source = publish_data(tmp_path / "evil", HOSTILE)
    conf = {
        "mecfs_external": {"book": (BASE, str(source))},
        "typst_documents": [("index", "book", "Citing", "Authors")],
        "latex_documents": [("index", "book.tex", "Citing", "Authors", "manual")],
        "suppress_warnings": ["mecfs.external-part"],
    }
    project = make_citing({"index.md": HOSTILE_PAGE}, **conf)
    tex = project.build("latex").text("book.tex")
    assert tex.count(r"\textbackslash{}input\{/etc/passwd\}") == tex.count("etc/passwd") >= 3
    pdf = project.build("typstpdf")
    assert pdf.warnings == ()
    words = " ".join(page.extract_text() for page in PdfReader(pdf.outdir / "book.pdf").pages)
    assert '#eval("1")' in " ".join(words.split())
