"""Ten times the records take about ten times the time."""

import time

from importing import Base, mixed


def seconds(tmp_path, count):
    base = Base(tmp_path / str(count))
    files, papers = mixed(count)
    items = [base.file(name, data) for name, data in files.items()]
    started = time.process_time()
    report = base.add(*items)
    took = time.process_time() - started
    assert (report.read, len(report.added), len(report.duplicates)) == (count, papers, count - papers)
    return took


def test_the_time_of_an_import_grows_with_its_records(tmp_path):
    seconds(tmp_path, 40)
    # Of two small ones the slower counts, since other work on the machine disturbs a short time most.
    small = max(seconds(tmp_path / name, 200) for name in ("one", "two"))
    assert seconds(tmp_path, 1600) < 8 * 1.7 * small
