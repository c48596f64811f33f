"""What the writers of formats stand on."""

from __future__ import annotations

import subprocess
import sys


def test_formats_need_neither_pybtex_nor_sphinx():
    code = (
        "import sys\n"
        "from sphinx_mecfs.bibliography.records import Entry\n"
        "from sphinx_mecfs.formats import bibtex, coins, csl, highwire, jsonld, ris\n"
        "bibtex.to_bibtex(Entry('x', 'misc')), csl.to_csl(Entry('x', 'misc')), ris.to_ris(Entry('x', 'misc'))\n"
        "coins.to_coins(Entry('x', 'misc')), jsonld.to_jsonld(None, (), ()), highwire.Page\n"
        "print(*sorted({'pybtex', 'sphinx', 'docutils', 'latexcodec'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
