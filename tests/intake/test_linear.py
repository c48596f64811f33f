"""Ten times the records take about ten times the time."""

from pathlib import Path

from importing import Base, mixed
from timing import cpu_seconds, lines_run

import sphinx_mecfs

PACKAGE = f"{Path(sphinx_mecfs.__file__).parent}/"
SLACK = 1.15
"""How far the lines of four times the records may be above four times the lines."""


def seconds(tmp_path, count):
    base = Base(tmp_path / str(count))
    files, papers = mixed(count)
    items = [base.file(name, data) for name, data in files.items()]
    reports = []
    took = cpu_seconds(lambda: reports.append(base.add(*items)), tries=1)
    (report,) = reports
    assert (report.read, len(report.added), len(report.duplicates)) == (count, papers, count - papers)
    return took


def test_the_time_of_an_import_grows_with_its_records(tmp_path):
    seconds(tmp_path, 40)
    # Of two small ones the slower counts, since other work on the machine disturbs a short time most.
    small = max(seconds(tmp_path / name, 200) for name in ("one", "two"))
    assert seconds(tmp_path, 1600) < 8 * 1.7 * small


def test_four_times_the_records_run_four_times_the_lines_in_every_file(tmp_path):
    counts = []
    for size in (40, 160):
        base = Base(tmp_path / str(size))
        items = [base.file(name, data) for name, data in mixed(size)[0].items()]
        counts.append(lines_run(lambda base=base, items=items: base.add(*items), PACKAGE))
    small, large = counts
    assert large.total() <= small.total() * 4 * SLACK
    worth_a_look = [path for path, lines in large.items() if lines > large.total() / 100]
    assert {path for path in worth_a_look if large[path] > small[path] * 4 * SLACK} == set()
    assert large.total() > small.total() * 3
