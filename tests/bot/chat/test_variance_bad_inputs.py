"""Every odd input of the laboratory, from a real engine over fakes to what a person, a picture and a script
get: a figure where one is defined, a sentence where none is, never "nan"."""

import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from bot.report.heatmap import heatmap
from bot.report.markup import plain_text
from bot.report.report_json import to_json
from bot.report.variance import laboratory_blocks, laboratory_json, name_blocks, variance_blocks
from core.base.errors import NotFound, QuorumNotMet
from core.brief.model import Brief
from core.engine.engine import Engine
from core.run import Purpose
from tests.core.engine.fakes import Ledger, Model, ballot, engine, portfolio
from tests.core.laboratory.worlds import DAY


def votes(*stances: str) -> Callable[[Brief, int, int], str]:
    """Ballots that say one stance each, of different bytes."""
    return lambda brief, index, attempt: ballot(
        brief, stances[index % len(stances)], weight=10 + index / 10 + 0.01
    )


async def shown(subject: Engine, **asked: Any) -> str:
    """The answer in words, after checking that it can be drawn and written as data."""
    result = await subject.variance(**asked)
    report, run = subject.ledger.run(result.report_id), subject.ledger.run(result.run_id)
    said = "\n".join(plain_text(block) for block in variance_blocks(result, report, cost=Decimal(0)))
    name = result.rows[0].ticker
    said += "\n".join(plain_text(block) for block in name_blocks(result, report, run, name, cost=Decimal(0)))
    questions = subject.laboratory()
    said += "\n".join(plain_text(block) for block in laboratory_blocks(questions, zone=subject.terms.zone))
    assert heatmap(result, {}, dark=True).startswith(b"\x89PNG")
    data = json.dumps([to_json(result), laboratory_json(questions)], allow_nan=False)
    assert "nan" not in said.casefold().split()
    assert "None" not in said
    assert "NaN" not in data
    return said.replace("\u202f", " ").replace("\u00a0", " ")


async def test_without_a_report_there_is_a_sentence() -> None:
    with pytest.raises(NotFound, match="There is no report yet"):
        await engine().variance()


async def test_a_model_that_changed_since_is_named_and_compared_openly() -> None:
    ledger = Ledger()
    await engine(ledger=ledger, model=Model(script=votes("hold", "add"))).analyze()
    changed = engine(ledger=ledger, model=Model(label="openai:other", script=votes("add", "hold")))
    changed.doors.new_id(changed.doors.clock.now())  # run-1 is taken

    said = await shown(changed)

    assert "The report was made with fake:model" in said
    assert "what moved is not the noise of one model" in said
    assert "openai:other" in said


async def test_one_readable_ballot_gives_no_agreement_and_says_so() -> None:
    calls: list[int] = []

    def script(brief: Brief, index: int, attempt: int) -> str:
        calls.append(index)
        return votes("hold", "add")(brief, index, attempt) if len(calls) <= 5 or index == 0 else "no json"

    subject = engine(model=Model(script=script))
    await subject.analyze()

    said = await shown(subject)

    assert "1 of 5 answers readable" in said
    assert "1 of 5 ballots are readable: 4 are needed for verdicts." in said
    assert "Agreement unknown" in said
    assert "0 of 2 names: every ballot the same way" in said
    assert "How many calls came again cannot be said" in said


async def test_not_one_readable_ballot_is_a_failure_with_its_number() -> None:
    calls: list[int] = []

    def script(brief: Brief, index: int, attempt: int) -> str:
        calls.append(index)
        return votes("hold", "add")(brief, index, attempt) if len(calls) <= 5 else "no json"

    subject = engine(model=Model(script=script))
    await subject.analyze()

    with pytest.raises(QuorumNotMet, match="0 of 5"):
        await subject.variance()


async def test_all_names_abstained_is_no_stability() -> None:
    subject = engine(model=Model(script=votes("abstain")))
    await subject.analyze()

    said = await shown(subject)

    assert "0 of 2 names: every ballot the same way" in said
    assert "Agreement unknown (report unknown)" in said
    assert "Unanimous unknown at N = 5" in said
    assert "no quorum" in said


async def test_one_name_alone_has_every_figure_that_is_defined() -> None:
    subject = engine(holdings=portfolio("AAA"), model=Model(script=votes("add", "add", "hold")))
    await subject.analyze()

    said = await shown(subject)

    assert "0 of 1 names: every ballot the same way" in said
    assert "Agreement 60 % (report 60 %)" in said
    assert "calls came again" in said


async def test_an_even_number_of_ballots_can_tie_and_a_tie_is_split() -> None:
    subject = engine(model=Model(script=votes("add", "hold")))
    await subject.analyze()

    said = await shown(subject, ballots=4)

    assert "4 of 4 answers readable" in said
    assert "A H A H  undecided" in said
    assert "Unanimous 0 % at N = 4 (report 0 % at N = 5)" in said


async def test_votes_all_alike_are_stable_and_identical_bytes_claim_nothing() -> None:
    alike = engine(model=Model(script=votes("hold")))
    await alike.analyze()
    copied = engine(model=Model(script=lambda brief, index, attempt: ballot(brief)))
    await copied.analyze()

    stable, constant = await shown(alike), await shown(copied)

    assert "2 of 2 names: every ballot the same way" in stable
    assert "Agreement 100 %" in stable
    assert "no variance measurable" not in stable
    assert "no variance measurable, no claim of stability" in constant
    assert "identical: no variance measurable" in constant


async def test_an_experiment_on_identical_ballots_tells_no_effect() -> None:
    subject = engine(model=Model(script=lambda brief, index, attempt: ballot(brief)))
    await subject.analyze()

    said = await shown(subject, purpose=Purpose.ORDER)

    assert "no effect" in said or "no variance measurable" in said
    assert "an effect." not in said


async def test_of_a_masked_jury_one_name_is_told_by_its_own_name() -> None:
    subject = engine(model=Model(script=votes("hold", "add", "sell")))
    await subject.analyze()

    said = await shown(subject, purpose=Purpose.BLIND)

    assert "NAME-0" not in said
    assert "1 · hold → " in said
    assert str(DAY.year) in said
