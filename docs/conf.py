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

extensions = ["myst_parser", "sphinx_mecfs", "sphinx_copybutton", "declared"]
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
mecfs_reading_grade = 12

# Every page ends with this line, on screen and on paper.
_notice = "Not medical advice. A card does not replace the paper that it is about."

# HTML: nothing is loaded from another host. The host says at which address the book is published, if anywhere.
html_baseurl = os.environ.get("READTHEDOCS_CANONICAL_URL", "")
html_theme = "furo"
html_title = project
html_static_path = ["_static"]
templates_path = ["_templates"]
html_context = {"notice": _notice}
html_css_files = ["book.css"]
html_math_renderer = "mathml"
html_show_sourcelink = False
html_copy_source = False
html_use_smartypants = True
html_permalinks_icon = "#"
copybutton_selector = "div.highlight pre"

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
epub_exclude_files = ["search.html"]
text_sectionchars = '*=-~"+`'
man_pages = [("pdf", _file_name, project, author, 7)]
texinfo_documents = [("pdf", _file_name, project, author, _file_name, project, "Science")]
