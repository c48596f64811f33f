"""A project that has nothing of ours cites a base through its inventory."""

from published_bases import OURS, build_without

CONF = """
extensions = {extensions}
intersphinx_mapping = {{"mecfs": ("https://base.example/", {inventory!r})}}
nitpicky = True
"""
LINKS = {
    "study-alpha-2001": ("studies/alpha-2001.html#alpha-2001", "Ærø 2001"),
    "study-beta-2010": ("studies/beta-2010.html#beta-2010", "Beta 2010 (retracted)"),
    "definition-fukuda-1994": ("definitions.html#definition-fukuda-1994", "CDC, Fukuda 1994"),
    "claim-drug-helps": (
        "question.html#drug-helps",
        "“Three people felt better after the drug.” (very low certainty)",
    ),
    "question-drug": ("question.html#drug", "Does the drug help?"),
}


def check_links(page, published):
    """Each thing is linked with its words, and the address leads to an anchor that the base has published."""
    for place, words in LINKS.values():
        start = page.index(f'href="https://base.example/{place}"')
        assert f">{words}</" in page[start:].split("\n")[0]
        name, _hash, anchor = place.partition("#")
        assert f'id="{anchor}"' in published.text(name)


def write(folder, conf, **pages):
    folder.mkdir()
    (folder / "conf.py").write_text(conf, encoding="utf-8")
    for name, text in pages.items():
        (folder / name.replace("_", ".")).write_text(text, encoding="utf-8")


def test_plain_sphinx_cites_each_kind_of_thing_by_its_label(tmp_path, inventory, published):
    lines = "".join(f"* :external+mecfs:ref:`{label}`\n" for label in LINKS)
    text = f"Citing\n======\n\n{lines}* :external+mecfs:ref:`the trial <study-beta-2010>`\n"
    conf = CONF.format(extensions=["sphinx.ext.intersphinx"], inventory=inventory)
    write(tmp_path / "source", conf, index_rst=text)
    build_without((*OURS, "myst_parser"), tmp_path / "source", tmp_path / "html")
    page = (tmp_path / "html" / "index.html").read_text(encoding="utf-8")
    check_links(page, published)
    assert 'beta-2010" title="(in Test base v7)"><span class="xref std std-ref">the trial</span></a>' in page


def test_a_label_alone_is_found_too(tmp_path, inventory, published):
    text = "Citing\n======\n\n" + "".join(f"* :ref:`{label}`\n" for label in LINKS)
    conf = CONF.format(extensions=["sphinx.ext.intersphinx"], inventory=inventory)
    write(tmp_path / "source", conf, index_rst=text)
    build_without((*OURS, "myst_parser"), tmp_path / "source", tmp_path / "html")
    check_links((tmp_path / "html" / "index.html").read_text(encoding="utf-8"), published)


def test_myst_cites_each_kind_of_thing_by_key_and_by_label(tmp_path, inventory, published):
    by_kind = "".join(f"- <inv:mecfs:mecfs:{label.replace('-', '#', 1)}>\n" for label in LINKS)
    conf = CONF.format(extensions=["myst_parser", "sphinx.ext.intersphinx"], inventory=inventory)
    write(tmp_path / "source", conf, index_md=f"# Citing\n\n{by_kind}\n[the trial](inv:mecfs#study-beta-2010)\n")
    build_without(OURS, tmp_path / "source", tmp_path / "html")
    page = (tmp_path / "html" / "index.html").read_text(encoding="utf-8")
    check_links(page, published)
    assert ">the trial</" in page


def test_a_book_for_paper_links_the_published_page(tmp_path, inventory):
    text = "Citing\n======\n\n:external+mecfs:ref:`study-alpha-2001`\n"
    conf = CONF.format(extensions=["sphinx.ext.intersphinx"], inventory=inventory)
    write(tmp_path / "source", conf, index_rst=text)
    build_without((*OURS, "myst_parser"), tmp_path / "source", tmp_path / "tex", "-b", "latex")
    (tex,) = (tmp_path / "tex").glob("*.tex")
    assert r"base.example/studies/alpha-2001.html\#alpha-2001}{Ærø 2001}" in tex.read_text(encoding="utf-8")
