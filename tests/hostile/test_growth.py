"""Ten times the input takes about ten times the time, for each reader and for text of each shape that could take more."""

import json
import os
import re
import time

import pytest
from fuzzed import READERS, SEEDS
from timing import cpu_seconds

FACTOR = 10
SLACK = 2.5
"""How much more than ten times the time ten times the input may take: other work on the machine disturbs it."""
LONG = 100_000 if int(os.environ.get("MECFS_EXAMPLES", "0")) >= 1000 else 20_000
"""Characters of a text of one shape; a long run of the nox session `fuzz` takes more."""
SHORT = 3e-6
"""Seconds of CPU for a character; what takes less does not grow with the square of the length."""


def many(name, count):
    """The input where the fuzzer begins, with its records again and again, each with a key and identifiers of its own."""
    seed = SEEDS[name].decode()
    numbered = (
        re.sub(r"alpha-2001|beta-2010|19566965|10\.1000/a|question-one|claim-one", rf"\g<0>{n}", seed)
        for n in range(count)
    )
    if name in {"csl", "zotero"}:
        return json.dumps([record for text in numbered for record in json.loads(text)])
    if name == "crossref":
        works = [json.loads(text)["message"] for text in numbered]
        return json.dumps({"status": "ok", "message-type": "work-list", "message": {"items": works}})
    if name == "data-file":
        lists = ("studies", "definitions", "claims", "questions")
        whole = json.loads(seed)
        return json.dumps(
            whole
            | {kind: [one | {"key": f"{one['key']}{n}"} for n in range(count) for one in whole[kind]] for kind in lists}
        )
    if name == "register":
        head, _mark, definition = seed.partition("[[definitions]]")
        return head + "".join(f"[[definitions]]{definition}".replace("own-2001", f"own-{n}") for n in range(count))
    if name == "pubmed":
        article = re.search("<PubmedArticle>.*</PubmedArticle>", seed, re.DOTALL)[0]
        return f"<PubmedArticleSet>{''.join(article.replace('<PMID>1<', f'<PMID>{n + 1}<') for n in range(count))}</PubmedArticleSet>"
    return "\n".join(numbered)


@pytest.mark.parametrize("name", READERS)
def test_ten_times_the_records_take_about_ten_times_the_time(name):
    small, large = (many(name, count).encode() for count in (8, 8 * FACTOR))
    assert len(large) > 5 * len(small)
    took = cpu_seconds(lambda: READERS[name](small))
    assert cpu_seconds(lambda: READERS[name](large), tries=2) < FACTOR * SLACK * took + 0.02


SHAPES = ["{", "}", "[", "(", '"', "\\", "$", "%", "@a{", "@a{b,c={", "<", "<i>", "<!--", "&", "`", "``` ", ":::{a}\n", "> ", "- ", "\n", " ", "\t",
          "0", "a", "a-", "a,", "a and ", "=", "*", "TY  - \n", "AU  - a\n", "PMID- 1\n", "  a\n", ".. evidence-card:: a\n", "  .. evidence-card:: a\n", "{a}`b` "]  # fmt: skip
"""What a reader may look through anew at each of its signs."""
HEADS = {
    "bibliography": ["", "@article{a-2000,\n title = {"],
    "ris": ["", "TY  - JOUR\nTI  - ", "PMID- 1\nTI  - ", '[{"title": "', '{"message": {"title": ["', "<PubmedArticleSet><PubmedArticle>"],
    "retraction-watch": ["", SEEDS["retraction-watch"].decode().partition("\n")[0] + "\n"],
    "data-file": ["", '{"version": "1.0", "studies": ['],
    "register": ["", 'version = "1"\n[words]\ncondition = "'],
    "page": ["", "```{evidence-card} a\n:design: "],
}  # fmt: skip
"""Beginnings that lead a reader to where a text stands; one reader sorts all kinds of records."""


@pytest.mark.parametrize(("name", "head"), [(name, head) for name, heads in HEADS.items() for head in heads])
def test_no_shape_of_text_takes_time_with_the_square_of_its_length(name, head):
    slow = []
    for shape in SHAPES:
        large, small = ((head + shape * (length // len(shape))).encode() for length in (LONG, LONG // FACTOR))
        begun = time.process_time()
        READERS[name](large)
        if time.process_time() - begun > SHORT * LONG:
            before, after = (cpu_seconds(lambda data=data: READERS[name](data), tries=2) for data in (small, large))
            slow += [(shape, before, after)] if after > FACTOR * SLACK * before + 0.02 else []
    assert slow == []
