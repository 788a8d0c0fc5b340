"""`make evidence`: what repeated answers of real models say about the vote. Prints markdown tables for the
README.

Data: published answers of three open models of 7 to 9 billion parameters to one identical prompt, 30 times
for each of 300 US stocks in seven months of 2024 (paper arXiv 2504.14345, repository youngandbin/LLM-BLM). It
is measured here and not shipped. Small models without facts: the shapes carry over to today's models, the
sizes need not.

Decisions: an answer becomes a direction by a band for "flat"; all tables are made for three bands, because
one choice proves nothing. Names are put into portfolios of thirty, as the product would see them, and the
pooled prior is made from one portfolio's jury only. Juries never share an answer. Intervals take the month as
the unit, not the name: stocks of one month rise and fall together.
"""

import sys
from pathlib import Path

from benchmarks.published.repeats import bias, calibration, classes, other_bands, rules, sizes
from benchmarks.published.rows import BANDS, load
from benchmarks.published.truth import WORDS, truth
from benchmarks.published.waves import waves

ROOT = Path(__file__).resolve().parent.parent

DATA = ROOT.parent / "shared" / "data" / "votes" / "expected_returns.csv"
PLAINLY = "In plain words: no comparison shows that agreeing with itself made a model right."
MIXED = "Some comparisons favour unanimous names; by chance alone one in forty would."


def main(data: Path = DATA) -> int:
    """Prints the tables. 0 also when the data is not there, which is said."""
    if not data.exists():
        print(f"Evidence skipped: {data} is not there.")
        return 0
    rows = load(data)
    if not rows:
        print(f"Evidence skipped: {data} holds no row with ten answers.")
        return 0
    print(f"{len(rows)} model-stock-months, {sum(len(row.answers) for row in rows)} answers.")
    outcomes: list[str] = []
    for title, directed in BANDS:
        named = directed(rows)
        print(f"\n## Band: {title}")
        bias(named)
        calibration(named)
        classes(named)
        rules(named)
        sizes(named)
        waves(named)
        outcomes += truth(named)
    other_bands(rows)
    print("\n## Stability and truth")
    counted = ", ".join(f"{word} in {outcomes.count(word)}" for word in WORDS)
    print(f"\nUnanimous names against leaning or split ones, {len(outcomes)} comparisons in all: {counted}.")
    print(PLAINLY if WORDS[0] not in outcomes else MIXED)
    return 0


if __name__ == "__main__":
    sys.exit(main())
