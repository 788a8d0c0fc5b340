"""How well and how fast the sieve works: precision and recall per class with Wilson intervals, and ten
thousand items.

Reads the project's own labels (tests/recordings/labels). Rows were tuned on their `tune` part only; what is
printed is the `report` part (`--tune` and `--fresh` print the others, `--folds` all by companies and
publishers, `--show` each case that went wrong). Headlines, lists and documents are read from ../shared/data;
where that is not there, their lines say "skipped". A target that is missed is "over".
"""

import sys

from benchmarks.labelled.figures import Table
from benchmarks.labelled.filings import measure_excerpts, measure_filings
from benchmarks.labelled.labels import joined, labels, of_others
from benchmarks.labelled.speed import measure_hostile_documents, measure_speed
from benchmarks.labelled.stories import measure_folds, measure_stories


def main() -> int:
    """Prints all lines; 1 when a limit was missed."""
    part, table = (
        (next((one for one in ("tune", "fresh") if f"--{one}" in sys.argv), "report")),
        Table(show="--show" in sys.argv),
    )
    rows = labels(part)
    stories = joined(rows)
    if "--folds" in sys.argv:
        measure_folds(table, joined(labels()), of_others())
        return 0
    measure_stories(table, stories, of_others())
    measure_filings(table, [row for row in rows if row["type"] != "story"], labels())
    measure_speed(table, stories)
    measure_excerpts(table)
    measure_hostile_documents(table)
    return 1 if table.over else 0


if __name__ == "__main__":
    sys.exit(main())
