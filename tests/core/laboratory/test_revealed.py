from dataclasses import replace

import pytest

from core.base.gap import Gap
from core.brief.render import render
from core.jury.tally import tally_jury
from core.jury.verdict import StabilityMap
from core.laboratory.masking import revealed_run
from core.laboratory.modes import prepare
from core.laboratory.trial import written
from core.run import Closing, Purpose, Run
from tests.core.jury.juries import ballot_of
from tests.core.laboratory.worlds import PRINCIPLES, ballots, dossier, fact, run, snapshot

WORLD = snapshot(
    dossier("AAPL", "Apple Inc.", fact("AAPL", 1, "Apple news")), dossier("MSFT", "Microsoft Corporation")
)
QUESTION = render(WORLD, PRINCIPLES)
REPORT = run(WORLD, ballots(QUESTION, {"AAPL": "aaaah", "MSFT": "hhhhs"}))


def blind() -> Run:
    setup = prepare(Purpose.BLIND, WORLD, QUESTION, seed=0)
    hidden = render(setup.snapshot, PRINCIPLES, order=setup.order)
    answers = ballots(hidden, {"NAME-01": "hsssh", "NAME-02": "hhhha"}, note="of NAME-01 ")
    return run(
        setup.snapshot,
        answers,
        question=hidden,
        purpose=Purpose.BLIND,
        identity="run-5",
        stability=tally_jury(answers, hidden, (), asked=5),
    )


def test_a_masked_jury_can_be_read_by_the_real_tickers_and_on_the_real_snapshot() -> None:
    told = revealed_run(REPORT, blind())

    assert isinstance(told, Run)
    assert isinstance(told.closing, Closing)
    assert isinstance(told.closing.stability, StabilityMap)
    assert told.opening.snapshot == WORLD
    assert told.opening.id == "run-5"
    assert [verdict.ticker for verdict in told.closing.stability.verdicts] == ["AAPL", "MSFT"]
    assert told.closing.stability.verdicts[0].counts.sell == 3
    first = ballot_of(told.answers[1]).lines
    assert {line.ticker: line.stance.value for line in first} == {"AAPL": "sell", "MSFT": "hold"}
    assert "of AAPL" in first[0].reasons_for[0]


def test_a_masked_run_that_never_ended_is_revealed_as_far_as_it_came() -> None:
    open_run = replace(blind(), closing=Gap(gap="open"))

    told = revealed_run(REPORT, open_run)

    assert isinstance(told, Run)
    assert told.closing == Gap(gap="open")
    assert {line.ticker for line in ballot_of(told.answers[0]).lines} == {"AAPL", "MSFT"}


def test_a_run_of_other_names_is_not_revealed() -> None:
    assert isinstance(revealed_run(blind(), REPORT), Gap)


@pytest.mark.parametrize(
    ("share", "said"),
    [(0.058, "5.8"), (0.0004, "0.04"), (-0.00002, "-0.002"), (0.0, "0"), (1e-12, "0"), (1.0, "100.0")],
)
def test_a_figure_that_is_not_zero_is_never_written_as_zero(share: float, said: str) -> None:
    assert written(share) == said
