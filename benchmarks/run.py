"""Build the same studies with sphinx_mecfs and its peers, side by side, and hold the costs to the goals.

    python benchmarks/run.py --sizes 1000,3000 --repeat 3 --python needs=/path/to/python ... --out FOLDER

Each round builds every form once, so that a ratio compares builds of the same minutes. Rows of what was measured are
added to rows.jsonl in the folder; the table and the plot are made from all that it holds. `nox -s bench` gives each
peer an environment of its own and calls this.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import measure
from forms import FORMS, Plan, write
from goals import STEPS, Series, wanted
from report import plot, table

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from measure import Cost

CHANGES: Mapping[str, Callable[[Path], None]] = {
    "full": measure.clean,
    "none": lambda _project: None,
    "edit": lambda project: measure.edit(project, 1),
    "edit20": lambda project: measure.edit(project, 20),
    "bib": measure.edit_bibliography,
}


def run(series: Series, size: int, python: str, work: Path) -> list[tuple[str, Cost]]:
    """Write a project, build it step by step and return what each step cost."""
    plan = Plan(series.form, size, series.per_page, listed=series.listed)
    project = work / f"{plan.name}-j{series.jobs}"
    write(plan, project)
    costs = []
    for step in STEPS.get(series, ("full",)):
        CHANGES[step](project)
        costs.append((step, measure.build(python, project, jobs=series.jobs)))
        print(f"  {plan.name} -j {series.jobs} {step}: {costs[-1][1]}", flush=True)
    shutil.rmtree(project)
    return costs


def main() -> None:
    """Run the rounds and write the table and the plot."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="1000")
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--python", action="append", default=[], metavar="FORM=PATH")
    parser.add_argument("--only", default="", help="forms to build, parted by commas; empty: all")
    parser.add_argument("--jobs", default="1,auto", help="numbers of processes to build with")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    pythons = dict.fromkeys(FORMS, sys.executable) | dict(one.split("=", 1) for one in options.python)
    options.out = options.out.absolute()
    options.out.mkdir(parents=True, exist_ok=True)
    rows = options.out / "rows.jsonl"
    for size in map(int, options.sizes.split(",")):
        for number in range(options.repeat):
            print(f"{size} studies, round {number + 1} of {options.repeat}", flush=True)
            for series in wanted(size):
                left_out = options.only and series.form not in options.only.split(",")
                if left_out or series.jobs not in options.jobs.split(","):
                    continue
                costs = run(series, size, pythons[series.form], options.out / "work")
                with rows.open("a") as stream:
                    for step, cost in costs:
                        row = {"size": size, "round": number, **series._asdict(), "step": step, **cost._asdict()}
                        stream.write(json.dumps(row) + "\n")
    measured = [json.loads(line) for line in rows.read_text().splitlines()]
    text = table(measured)
    (options.out / "table.md").write_text(text)
    (options.out / "plot.svg").write_text(plot(measured))
    print(f"\n{text}\nThe table and the plot are in {options.out}.")


if __name__ == "__main__":
    main()
