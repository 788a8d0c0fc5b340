from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from bot.chat.context import Desk
from bot.chat.drawing import NotDrawn
from bot.report.markup import plain_text
from bot.report.variance import variance_blocks
from core.engine.closing import evidence
from core.jury.tally import tally_jury
from core.laboratory.rerun import compare
from core.laboratory.result import Effect, Experiment
from core.run import Purpose, Run
from tests.bot.chat.fake_engine import FakeEngine
from tests.bot.report.made_run import closing_of, made_run
from tests.core.laboratory.test_rerun import report_run, rerun
from tests.local_telegram import LocalTelegram, Person


@pytest.fixture
def measured(engine: FakeEngine) -> FakeEngine:
    """The fake engine with the laboratory's own small world: a report and one re-run of it."""
    report, again = _closed(report_run()), _closed(rerun())
    engine.ledger.stored += [report, again]
    engine.varied = compare(report, again)
    return engine


def _closed(run: Run) -> Run:
    stability = tally_jury(run.answers, run.opening.brief, evidence(run.opening.snapshot), asked=5)
    return replace(run, closing=replace(closing_of(made_run()), stability=stability))


async def test_variance_shows_what_moved_first_and_what_was_expected(
    desk: Desk, owner: Person, measured: FakeEngine
) -> None:
    owner.says("/variance")

    said = await owner.next_edit("The same question again")

    assert "3 of 6 names: every ballot the same way" in said.text
    blocks = said.text.split("\n\n")
    assert blocks[1].splitlines()[0] == "MOVED: another call than in the report (2)"
    assert blocks[1].splitlines()[1].startswith("Company 1  ")
    assert "add → undecided (expected again: 54" in blocks[1]
    assert blocks[2].splitlines()[0] == "SAME CALL, ballots differ (2)"
    assert "3 of 5 calls came again; 3.4 were expected, 95\u202f% between 1 and 5." in said.text
    assert "only chance moved" in said.text
    assert measured.variances == [Purpose.RERUN]
    picture = await owner.next_edit("The same question again")
    assert picture.photo is not None
    assert picture.photo.width == 720


async def test_variance_of_one_name_shows_its_ballots(
    desk: Desk, owner: Person, measured: FakeEngine
) -> None:
    owner.says("/variance n02")

    said = await owner.next_edit("The same question again")

    assert "Company 2  H H A A S" in said.text
    assert "Company 0  " not in said.text
    assert "5 · sell → " in said.text


@pytest.mark.parametrize("experiment", ["order", "facts", "BLIND"])
async def test_experiments_are_passed_on(
    desk: Desk, owner: Person, measured: FakeEngine, experiment: str
) -> None:
    owner.says(f"/variance {experiment}")

    await owner.next_edit("The same question again")

    assert measured.variances == [Purpose(experiment.casefold())]


async def test_what_is_neither_a_name_nor_an_experiment_costs_nothing(
    desk: Desk, owner: Person, measured: FakeEngine
) -> None:
    owner.says("/variance N0")

    said = await owner.next_message("is neither a name of the last report nor one of")

    assert "Did you mean one of these? N00" in said.text
    assert measured.variances == []


def test_identical_ballots_claim_no_stability() -> None:
    result = compare(report_run(), rerun())

    text = plain_text(
        variance_blocks(type(result)(**_fields(result) | {"constant": True}), report_run(), cost=Decimal(0))[
            0
        ]
    )

    assert "no variance measurable, no claim of stability" in text


def test_another_model_is_not_compared_in_silence() -> None:
    result = compare(report_run(), rerun())

    blocks = variance_blocks(
        type(result)(**_fields(result) | {"report_model": "openai:x"}), report_run(), cost=Decimal(0)
    )

    assert "The report was made with openai:x" in blocks[0]


def test_nothing_depends_where_the_test_says_noise() -> None:
    small = Effect(
        what="Position",
        size=0.01,
        low=-0.1,
        high=0.1,
        noise=0.2,
        p_value=0.6,
        real=False,
        sentence="Shuffling the names moved 1.0 % of the votes: no more than noise.",
    )
    found = Experiment(
        plain_ballots=5,
        changed_ballots=5,
        effects=(small,),
        names=(),
        depends=("N01",),
        sentence="N01 depends.",
    )
    result = replace(compare(report_run(), rerun()), purpose=Purpose.ORDER, experiment=found)

    noise = variance_blocks(result, report_run(), cost=Decimal(0))[1]
    real = variance_blocks(
        replace(result, experiment=replace(found, effects=(replace(small, real=True),))),
        report_run(),
        cost=Decimal(0),
    )[1]

    assert (
        noise.splitlines()[0] == "<b>Noise: nothing could be shown to depend on the order of the names.</b>"
    )
    assert "depends" not in noise
    assert real.splitlines()[0] == "<b>Depends on the order of the names: Company 1</b>"


def _fields(value: Any) -> dict[str, Any]:
    return {name: getattr(value, name) for name in value.__slots__}


async def test_the_history_of_runs_is_listed_without_a_model(
    desk: Desk, owner: Person, measured: FakeEngine
) -> None:
    owner.says("/variance History")

    said = await owner.next_message("Earlier variance runs")

    assert "again · 24 Apr 2026" in said.text
    assert "unanimous 50\u202f% at N = 5 (5 readable) · 3 of 6 stable · 0 marked sums" in said.text
    assert measured.variances == []


async def test_without_an_earlier_run_the_history_says_how_to_make_one(
    desk: Desk, owner: Person, reported: FakeEngine
) -> None:
    owner.says("/variance history")

    await owner.next_message("There is no variance run yet. /variance makes one")


async def test_the_price_of_an_experiment_is_asked_before_it_begins(
    desk: Desk, owner: Person, measured: FakeEngine
) -> None:
    measured.price = Decimal("1.20")
    owner.says("/variance order")

    asked = await owner.next_message("This would cost about $1.20")

    assert measured.variances == []
    owner.presses(asked, "Run")
    await owner.next_edit("The same question again")
    assert measured.variances == [Purpose.ORDER]


async def test_a_picture_that_cannot_be_drawn_is_said_and_the_text_stands(
    desk: Desk, owner: Person, measured: FakeEngine
) -> None:
    def broken(draw: Callable[[], bytes]) -> bytes:
        raise NotDrawn("The picture could not be drawn.")

    desk.results._draw = broken
    owner.says("/variance")

    said = await owner.next_edit("The same question again")
    assert said.text.endswith("The picture could not be sent; everything in it stands in the text.")


async def test_typing_is_shown_while_a_run_is_on(
    desk: Desk, owner: Person, measured: FakeEngine, local: LocalTelegram
) -> None:
    owner.says("/variance")

    await owner.next_edit("The same question again")
    await owner.next_edit("The same question again")  # the picture

    assert local.calls("sendChatAction")[0].params["action"] == "typing"
