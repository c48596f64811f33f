"""Ten times the records take about ten times the time."""

from importing import Base, mixed
from timing import cpu_seconds


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
