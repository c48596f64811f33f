"""A project that cites a base, in the themes that most projects use."""

import re
from importlib.util import find_spec

import pytest
from question_pages import PAGES
from samples import CONF, base_files

THEMES = ("furo", "pydata_sphinx_theme", "sphinx_rtd_theme", "alabaster")
INDEX = """\
# Citing

{mecfs:study}`book:alpha-2001` {pem-badge}`book:alpha-2001` {mecfs:claim}`book:drug-helps` {mecfs:question}`book:drug`
{mecfs:definition}`book:fukuda-1994` {pem-badge}`required`

```{evidence-table}
```

```{evidence-map}
```

```{toctree}
definitions
references
```
"""


def installed(theme):
    return pytest.param(
        theme, marks=[pytest.mark.themes, pytest.mark.skipif(not find_spec(theme), reason=f"{theme} is not installed")]
    )


@pytest.mark.parametrize("theme", [installed(theme) for theme in THEMES])
def test_cards_badges_tables_questions_and_other_bases_in_each_theme(make_citing, theme):
    files = {**base_files(), **PAGES, "index.md": INDEX}
    conf = {name: value for name, value in CONF.items() if name != "extensions"}
    build = make_citing(files, **{**conf, "html_theme": theme}).build()
    assert build.warnings == ()
    index, card = build.text("index.html"), build.text("studies/beta-2010.html")
    # Between the styles of the theme and those of the project.
    for page in (index, card, build.text("question.html")):
        assert re.search(r'<link [^>]*href="[^"]*_static/mecfs\.css', page)
    assert index.count('class="mecfs-elsewhere') == 5
    assert '<table class="mecfs-table' in index
    assert 'class="mecfs-banner"' in card
    assert (build.outdir / "_static" / "mecfs.css").is_file()
