"""Sphinx configuration of the ME/CFS Evidence Book."""

import os
import sys
from pathlib import Path

from sphinx_mecfs import __version__

sys.path.insert(0, str(Path(__file__).parent / "_ext"))

project = "The ME/CFS Evidence Book"
author = "The sphinx-mecfs authors"
project_copyright = "2026, the sphinx-mecfs authors. Texts: CC BY 4.0. Code: MIT"
release = version = __version__

extensions = ["myst_parser", "sphinx_mecfs", "accessible", "declared"]
exclude_patterns = ["_build", "_ext", "_templates"]
language = "en"
nitpicky = True

# MyST
myst_enable_extensions = ["attrs_inline", "colon_fence", "deflist", "dollarmath", "fieldlist"]
myst_heading_anchors = 3

# One bibliography for all, printed in the style in which cards print their reference. Tooltips would have every entry
# formatted twice; anchors are made from keys, so that links to an entry last.
bibtex_bibfiles = ["../refs.bib"]
bibtex_default_style = "mecfs"
bibtex_reference_style = "author_year"
bibtex_tooltips = False
bibtex_cite_id = "cite-{key}"

# The evidence base
mecfs_base_title = project
mecfs_badge_page = "reading/badge"
mecfs_license = "CC-BY-4.0"
mecfs_reading_grade = 12
mecfs_fulltext = True

# Every page ends with this line, on screen and on paper.
_notice = "Not medical advice. A card does not replace the paper that it is about."

# HTML: nothing is loaded from another host. The host says at which address the book is published, if anywhere.
html_baseurl = os.environ.get("READTHEDOCS_CANONICAL_URL", "")
html_theme = "furo"
# Calm colours: neither a glaring ground nor glaring letters, in the light scheme and in the dark one, which Furo uses
# for its own switch and for the system's alike. tests/project/test_theme.py holds each pair to WCAG 2.2.
_light = {
    "color-foreground-primary": "#1f2328",
    "color-foreground-secondary": "#4f555c",
    "color-foreground-muted": "#5f666d",
    "color-foreground-border": "#7d838a",
    "color-background-primary": "#fbfaf7",
    "color-background-secondary": "#f3f2ed",
    "color-background-hover": "#eceae4",
    "color-background-hover--transparent": "#eceae400",
    "color-background-border": "#dfdcd4",
    "color-brand-primary": "#1f56a8",
    "color-brand-content": "#1f56a8",
    "color-brand-visited": "#6b3fa0",
    "color-highlight-on-target": "#fff6cc",
}
_dark = {
    "color-foreground-primary": "#c9cdd2",
    "color-foreground-secondary": "#a0a6ad",
    "color-foreground-muted": "#8d949c",
    "color-foreground-border": "#6f7680",
    "color-background-primary": "#0c0d0f",
    "color-background-secondary": "#121417",
    "color-background-hover": "#1a1d21",
    "color-background-hover--transparent": "#1a1d2100",
    "color-background-border": "#2a2e33",
    "color-brand-primary": "#8fb3dc",
    "color-brand-content": "#8fb3dc",
    "color-brand-visited": "#b9a3d9",
    "color-highlight-on-target": "#26240f",
}
html_theme_options = {"light_css_variables": _light, "dark_css_variables": _dark}
html_title = project
html_static_path = ["_static"]
templates_path = ["_templates"]
html_context = {"notice": _notice}
html_css_files = ["book.css"]
html_favicon = "_static/icon.svg"
html_math_renderer = "mathml"
html_show_sourcelink = False
html_copy_source = False
html_use_smartypants = True
html_permalinks_icon = "#"

# PDF: studies are in no table of contents of the site, so the book has a root of its own
_file_name = "mecfs-evidence-book"
typst_foot = _notice
typst_documents = [("pdf", _file_name, project, author)]
latex_engine = "xelatex"
# The index of terms needs nothing that the other tool for it, xindy, can do; makeindex comes with TeX.
latex_use_xindy = False
latex_documents = [("pdf", f"{_file_name}.tex", project, author, "manual")]
latex_elements = {
    "papersize": "a4paper",
    "extraclassoptions": "openany,oneside",
    # Calm chapter heads: the number and the title in one line, in the letters in which it is written.
    "fncychap": "",
    "preamble": r"""
\titleformat{\chapter}[hang]{\normalfont\sffamily\bfseries\Large\raggedright}{\thechapter}{.7em}{}
\titlespacing*{\chapter}{0pt}{-1em}{1.5em}
% Entries of the indices are titles of papers, not code.
\protected\def\sphinxstyleindexentry#1{#1}
\AddToHook{env/sphinxtheindex/begin}{\raggedright}
\newcommand{\booknotice}{\fancyhf{}\renewcommand{\headrulewidth}{0pt}%
  \fancyfoot[L]{\footnotesize NOTICE}\fancyfoot[R]{\thepage}}
\AtBeginDocument{\fancypagestyle{normal}{\booknotice}\fancypagestyle{plain}{\booknotice}\pagestyle{normal}}
""".replace("NOTICE", _notice),
}
latex_table_style = ["booktabs"]

# Other builders
epub_basename = _file_name
epub_title = project
epub_show_urls = "no"
# The root of the PDF is a page of its own that no other leads to.
epub_exclude_files = ["search.html", "pdf.xhtml"]
text_sectionchars = '*=-~"+`'
man_pages = [("pdf", _file_name, project, author, 7)]
texinfo_documents = [("pdf", _file_name, project, author, _file_name, project, "Science")]
