"""The vote's own functions on published answers of real models. The data lies beside the checkout, where it
is at all."""

from pathlib import Path

import pytest

from benchmarks.evidence import DATA, main
from benchmarks.published.rows import BANDS, JURY, load, pairs
from core.jury.call import call_of
from core.jury.statistics import agreement, prior, repeat_probability

COLUMNS = [
    "model",
    "month",
    "ticker",
    "sector",
    "month_return_pct",
    *(f"sample_{n:02}_pct" for n in range(1, 31)),
]


def test_evidence_says_so_where_the_data_is_not_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(tmp_path / "none.csv") == 0

    assert "Evidence skipped" in capsys.readouterr().out


def test_evidence_without_a_usable_row_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "votes.csv"
    file.write_text(
        ",".join(COLUMNS) + "\n" + ",".join(["m", "2024-06", "A", "X", "1.0", "0.1", *[""] * 29]) + "\n"
    )

    assert main(file) == 0

    assert "no row with ten answers" in capsys.readouterr().out


def test_evidence_measures_whatever_rows_there_are(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "votes.csv"
    rows = [
        ["m", month, ticker, "X", gain, *(["0.1", "-0.2", "0.3"] * 4), *[""] * 18]
        for month, gain in (("2024-06", "1.0"), ("2024-07", ""))
        for ticker in ("A", "B")
    ]
    file.write_text("\n".join(",".join(row) for row in [COLUMNS, *rows]) + "\n")

    assert main(file) == 0

    out = capsys.readouterr().out
    assert "4 model-stock-months, 48 answers." in out
    assert "no difference shown in 0, too few months in 12" in out


@pytest.mark.wide
def test_repeat_probabilities_are_calibrated_on_real_answers() -> None:
    if not DATA.exists():
        pytest.skip(f"the published answers are not at {DATA}")
    _, directed = BANDS[2]
    rows = [row for row in load(DATA) if row.month == "2024-09"]
    named = directed(rows)
    forecasts = []
    for model in sorted({row.model for row in rows}):
        group = [one for one in named if one.row.model == model]
        juries = [pair for one in group for pair in pairs(one, JURY)]
        alpha = prior(first for first, _ in juries).alpha
        forecasts += [
            (repeat_probability(first, alpha), call_of(first) == call_of(second)) for first, second in juries
        ]

    predicted = sum(chance for chance, _ in forecasts) / len(forecasts)
    observed = sum(came for _, came in forecasts) / len(forecasts)
    brier = sum((chance - came) ** 2 for chance, came in forecasts) / len(forecasts)

    assert abs(predicted - observed) < 0.03
    assert brier < observed * (1 - observed), "better than always saying the observed rate"


@pytest.mark.wide
def test_agreement_of_real_answers_does_not_depend_on_the_number_of_ballots() -> None:
    if not DATA.exists():
        pytest.skip(f"the published answers are not at {DATA}")
    _, directed = BANDS[0]
    named = directed([row for row in load(DATA) if row.model == "llama" and row.month == "2024-09"])

    few, many = (agreement(first for one in named for first, _ in pairs(one, size)) for size in (3, 15))

    assert isinstance(few, float)
    assert isinstance(many, float)
    assert abs(few - many) < 0.03
