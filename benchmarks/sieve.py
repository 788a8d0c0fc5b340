"""How well and how fast the sieve works: precision and recall per class with Wilson intervals, and ten
thousand items.

Reads the project's own labels (tests/recordings/labels). Rows were tuned on their `tune` part only; what is
printed is the `report` part (`--tune` and `--fresh` print the others, `--folds` all by companies and
publishers, `--filings` filings only, written into docs/evidence.md, `--show` each case that went wrong).
Headlines, lists and documents are read from ../shared/data;
where that is not there, their lines say "skipped". A target that is missed is "over".
"""

import sys
from pathlib import Path

from benchmarks.labelled.figures import Table
from benchmarks.labelled.filings import measure_excerpts, measure_filings
from benchmarks.labelled.labels import joined, labels, of_others
from benchmarks.labelled.speed import measure_hostile_documents, measure_speed
from benchmarks.labelled.stories import measure_folds, measure_invented, measure_stories

EVIDENCE = Path(__file__).resolve().parent.parent / "docs" / "evidence.md"
# What stands between the two lines is written by this program.
OPENED, CLOSED = "<!-- filings: python -m benchmarks.sieve --filings -->", "<!-- end of filings -->"


def write(table: Table) -> None:
    """Puts the table's lines into the document about the evidence; nothing where there is no figure."""
    if "skipped" in table.lines[0]:
        return
    before, _, rest = EVIDENCE.read_text(encoding="utf-8").partition(OPENED)
    rows = "\n".join(f"| {line} |" for line in table.lines)
    head = "| filings | measured (Wilson, 95 %) | limit | |\n|---|---|---|---|"
    after = rest.partition(CLOSED)[2]
    EVIDENCE.write_text(f"{before}{OPENED}\n{head}\n{rows}\n{CLOSED}{after}", encoding="utf-8")


def main() -> int:
    """Prints all lines; 1 when a limit was missed."""
    part, table = (
        (next((one for one in ("tune", "fresh") if f"--{one}" in sys.argv), "report")),
        Table(show="--show" in sys.argv),
    )
    rows = labels(part)
    stories = joined(rows)
    if "--invented" in sys.argv:
        measure_invented(table)
        return 0
    if "--folds" in sys.argv:
        measure_folds(table, joined(labels()), of_others())
        return 0
    if "--filings" in sys.argv:
        measure_filings(table)
        write(table)
        return 1 if table.over else 0
    measure_stories(table, stories, of_others())
    measure_filings(table)
    measure_speed(table, stories)
    measure_excerpts(table)
    measure_hostile_documents(table)
    return 1 if table.over else 0


if __name__ == "__main__":
    sys.exit(main())
