"""What a laboratory run would cost, and the list of those there were, over fakes."""

from dataclasses import replace
from decimal import Decimal

import pytest

from core.base.errors import BadRequest, NotFound
from core.base.gap import Gap
from core.engine.past import laboratory_record
from core.run import Purpose, Run
from tests.core.engine.fakes import Ledger, Prices, engine, known


def priced() -> Prices:
    """A cent for each ballot and a hundredth of one for each token that goes in."""
    return Prices(expected=Decimal(0), by_ballot=Decimal("0.01"), by_token=Decimal("0.0001"))


async def test_a_rerun_is_priced_by_the_very_brief_that_it_sends_and_asks_no_model() -> None:
    ledger = Ledger()
    subject = engine(ledger=ledger, prices=priced())
    report = await subject.analyze()
    brief = report.opening.brief
    tokens = round((len(brief.system) + len(brief.user) + len(brief.schema)) / 3.4)

    cost, ballots = await subject.variance_cost(ballots=9)

    assert ballots == 9
    assert cost == Decimal("0.09") + Decimal(tokens) / 10_000
    assert len(ledger.kept) == 1


async def test_without_a_number_as_many_ballots_are_priced_as_the_report_had() -> None:
    subject = engine()
    await subject.analyze()

    _cost, ballots = await subject.variance_cost(purpose=Purpose.ORDER)

    assert ballots == 5


async def test_an_experiment_that_could_change_nothing_is_refused_before_its_price_is_said() -> None:
    subject = engine()
    await subject.analyze()

    with pytest.raises(BadRequest, match="no facts"):
        await subject.variance_cost(purpose=Purpose.FACTS)


async def test_a_snapshot_without_its_report_costs_two_juries() -> None:
    frozen = (await engine().analyze()).opening.snapshot

    cost, ballots = await engine().variance_cost(snapshot=frozen)
    reported = engine()
    await reported.analyze(snapshot=frozen)
    known, of_report = await reported.variance_cost(snapshot=frozen)
    foreign = await reported.variance_cost(snapshot=replace(frozen, remarks=("another",)))

    assert (cost, ballots) == (Decimal("0.10"), 10)
    assert (known, of_report) == (Decimal("0.05"), 5)
    assert foreign == (Decimal("0.10"), 10)


async def test_an_unknown_price_stays_unknown_and_no_report_is_said() -> None:
    unknown = Gap(gap="no price")
    frozen = (await engine().analyze()).opening.snapshot

    assert await engine(prices=Prices(expected=unknown)).variance_cost(snapshot=frozen) == (unknown, 10)
    with pytest.raises(NotFound, match="There is no report yet"):
        await engine().variance_cost()


async def test_laboratory_runs_are_listed_under_their_reports_from_the_ledger_alone() -> None:
    ledger = Ledger()
    subject = engine(ledger=ledger)
    assert subject.laboratory() == ()
    report = await subject.analyze()
    rerun = await subject.variance()
    shuffled = await subject.variance(purpose=Purpose.ORDER)

    (question,) = subject.laboratory()

    assert known(question.first).id == report.opening.id
    assert [one.id for one in question.runs] == [rerun.run_id, shuffled.run_id]
    assert [one.purpose for one in question.runs] == [Purpose.RERUN, Purpose.ORDER]


async def test_a_report_that_was_erased_leaves_its_reruns_listed() -> None:
    class Forgetful(Ledger):
        def run(self, run_id: str) -> Run:
            if run_id not in self.kept:
                raise NotFound("gone")
            return self.kept[run_id]

    ledger = Forgetful()
    subject = engine(ledger=ledger)
    report = await subject.analyze()
    await subject.variance()
    del ledger.kept[report.opening.id]

    (question,) = laboratory_record(ledger)

    assert isinstance(question.first, Gap)
    assert len(question.runs) == 1


async def test_a_snapshot_asked_plainly_stands_first_for_its_own_repeats() -> None:
    frozen = (await engine().analyze()).opening.snapshot
    subject = engine(ledger=Ledger())

    result = await subject.variance(snapshot=frozen)
    (question,) = subject.laboratory()

    assert known(question.first).id == result.report_id
    assert [one.id for one in question.runs] == [result.run_id]
