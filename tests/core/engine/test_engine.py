"""The walk of one analysis over fakes: what is asked, what is stored, what stops it."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from core.base.errors import BadRequest, ModelFailed, NotFound, QuorumNotMet, SourcesFailed
from core.base.gap import NOT_GIVEN, Gap
from core.base.kind import Kind
from core.base.progress import Stage
from core.brief.model import Brief
from core.engine.cost import month_of
from core.facts.fact import SourceClass, State
from core.jury.ballot import Reply, Usage
from core.market.quote import LookUp
from core.portfolio.holding import Holding
from core.run import Purpose, RunState
from tests.core.engine.fakes import (
    NOW,
    Clock,
    Ledger,
    Market,
    Model,
    Prices,
    Wire,
    ballot,
    closed,
    engine,
    known,
    portfolio,
    record,
)


async def test_an_analysis_freezes_asks_n_times_votes_and_is_stored() -> None:
    ledger = Ledger()
    subject = engine(ledger=ledger)

    run = await subject.analyze()

    assert ledger.run(run.opening.id) == run
    assert [answer.index for answer in run.answers] == [0, 1, 2, 3, 4]
    assert closed(run).state is RunState.DONE
    assert known(closed(run).stability).valid == 5
    assert closed(run).cost_usd == Decimal("0.05")
    assert closed(run).sampling == "provider default"
    assert closed(run).mode == "schema"
    assert closed(run).usage.input == 5000
    assert closed(run).usage.reasoning == Gap(gap="not said")
    assert closed(run).remarks == ("a note",)


async def test_the_run_is_in_the_ledger_before_the_model_is_asked() -> None:
    ledger = Ledger()
    seen: list[int] = []

    def script(brief: Brief, index: int, attempt: int) -> object:
        seen.append(len(ledger.kept))
        return ballot(brief)

    model = Model(script=script)

    await engine(ledger=ledger, model=model).analyze()

    assert seen[0] == 1


async def test_weights_of_names_and_cash_make_a_hundred() -> None:
    run = await engine().analyze()

    snapshot = run.opening.snapshot
    assert sum(dossier.weight for dossier in snapshot.dossiers) + snapshot.cash_weight == 100


async def test_progress_goes_through_every_stage() -> None:
    stages = []

    await engine().analyze(progress=lambda step: stages.append(step.stage))

    assert list(dict.fromkeys(stages)) == [
        Stage.HOLDINGS,
        Stage.PRICES,
        Stage.FACTS,
        Stage.BALLOTS,
        Stage.DONE,
    ]


async def test_no_stored_run_changes_a_byte_of_the_brief() -> None:
    ledger = Ledger()
    subject = engine(ledger=ledger)

    first = await subject.analyze()
    second = await subject.analyze()

    assert first.opening.brief == second.opening.brief
    assert first.opening.stamp == second.opening.stamp


async def test_a_snapshot_that_is_given_asks_no_source() -> None:
    frozen = (await engine().analyze()).opening.snapshot
    subject = engine(facts=(Wire(down=True),))

    run = await subject.analyze(snapshot=frozen)

    assert run.opening.snapshot == frozen


async def test_without_sources_only_a_given_snapshot_can_be_asked_about() -> None:
    subject = engine()
    subject.doors = replace(subject.doors, sources=Gap(gap="this command reads no source"))

    with pytest.raises(BadRequest, match="reads no source"):
        await subject.freeze()


async def test_the_clock_counts_where_no_recording_does() -> None:
    frozen = await engine(frozen_at=NOT_GIVEN).freeze()

    assert frozen.as_of == datetime(2026, 4, 24, 21, 0, 1, tzinfo=UTC)


async def test_an_empty_portfolio_is_said_with_what_to_do() -> None:
    with pytest.raises(BadRequest, match="portfolio is empty: import one"):
        await engine(holdings=portfolio()).analyze()


async def test_a_source_that_is_down_is_no_report_and_names_it() -> None:
    with pytest.raises(SourcesFailed) as caught:
        await engine(facts=(Wire(down=True),)).analyze()

    assert caught.value.failures == (("fake regulator", "The fake is down."),)


async def test_a_name_whose_official_source_failed_is_not_judged_this_time() -> None:
    names = [f"N{number:02}" for number in range(20)]
    wire = Wire(states={"N03": State.FAILED})

    frozen = await engine(holdings=portfolio(*names), facts=(wire,)).freeze()

    assert [row.ticker for row in frozen.not_judged] == ["N03"]
    assert "fake regulator" in frozen.not_judged[0].reason
    assert "N03" not in [dossier.ticker for dossier in frozen.dossiers]


async def test_a_name_without_a_price_is_not_judged_and_says_why() -> None:
    names = [f"N{number:02}" for number in range(20)]
    market = Market(odd={"N03": record("N03", state=LookUp.FAILED)})

    frozen = await engine(holdings=portfolio(*names), market=market).freeze()

    assert [(row.ticker, row.reason) for row in frozen.not_judged] == [("N03", "no price: the fake has none")]


async def test_a_name_whose_price_cannot_be_valued_is_not_judged() -> None:
    names = [f"N{number:02}" for number in range(20)]
    odd = record("N03")
    foreign = replace(odd, quote=replace(known(odd.quote), currency="XAU"))

    frozen = await engine(holdings=portfolio(*names), market=Market(odd={"N03": foreign})).freeze()

    assert [row.ticker for row in frozen.not_judged] == ["N03"]
    assert frozen.not_judged[0].reason.startswith("no price: ")


async def test_funds_and_locked_names_are_held_and_not_judged() -> None:
    held = portfolio("AAA", "BBB")
    locked = Holding(ticker="LCK", name="Locked", quantity=Decimal(1), kind=Kind.EQUITY, locked=True)
    bond = Holding(ticker="BND", name="Bond", quantity=Decimal(1), kind=Kind.BOND)
    market = Market(odd={"BBB": record("BBB", kind=Kind.FUND)})

    frozen = await engine(
        holdings=replace(held, holdings=(*held.holdings, bond, locked)), market=market
    ).freeze()

    assert [(row.ticker, row.reason) for row in frozen.held_not_judged] == [
        ("BBB", "a fund: held, not judged"),
        ("BND", "a bond: held, not judged"),
        ("LCK", "locked by the owner: held, not judged"),
    ]
    assert [dossier.ticker for dossier in frozen.dossiers] == ["AAA"]


async def test_when_nothing_can_be_judged_it_says_so() -> None:
    market = Market(odd={ticker: record(ticker, kind=Kind.FUND) for ticker in ("AAA", "BBB")})

    with pytest.raises(BadRequest, match="no name to judge"):
        await engine(market=market).freeze()


async def test_the_index_series_is_frozen_or_its_absence_explained() -> None:
    with_index = await engine().freeze()
    without = await engine(market=Market(odd={"VOO": record("VOO", state=LookUp.EMPTY)})).freeze()

    assert known(with_index.index).ticker == "VOO"
    assert without.index == Gap(gap="no series for VOO: the fake has none")


async def test_too_few_readable_ballots_fail_visibly_and_the_run_is_kept() -> None:
    ledger = Ledger()
    model = Model(script=lambda brief, index, attempt: "no json" if index < 3 else ballot(brief))

    with pytest.raises(QuorumNotMet, match=r"2 of 5 ballots were readable and 4 are needed.*3 ×") as caught:
        await engine(ledger=ledger, model=model).analyze()

    kept = ledger.run(caught.value.run_id)
    assert closed(kept).state is RunState.NO_QUORUM
    assert len(kept.answers) == 8


async def test_copies_of_one_answer_are_no_quorum_and_say_so() -> None:
    class Copying(Model):
        async def ask(self, brief: Brief, *, index: int, attempt: int, heard: Callable[[int], None]) -> Reply:
            reply = await super().ask(brief, index=index, attempt=attempt, heard=heard)
            return replace(reply, response_id="same", text=ballot(brief))

    with pytest.raises(QuorumNotMet, match="1 of 5 ballots were readable"):
        await engine(model=Copying()).analyze()


async def test_a_wrong_key_stops_spending_at_once() -> None:
    failed = ModelFailed("The key is wrong.", source="fake", cause="bad key", permanent=True)
    model = Model(script=lambda brief, index, attempt: failed)

    with pytest.raises(QuorumNotMet, match="bad key"):
        await engine(model=model).analyze()

    assert len(model.asked) < 5


async def test_a_services_words_without_a_full_stop_do_not_run_into_the_next_sentence() -> None:
    failed = ModelFailed("It said: wrong key", source="fake", cause="bad key", permanent=True)

    with pytest.raises(QuorumNotMet, match=r"It said: wrong key\. The run is kept"):
        await engine(model=Model(script=lambda *_: failed)).analyze()


async def test_a_model_that_never_answers_leaves_no_sampling_to_report() -> None:
    ledger = Ledger()
    failed = ModelFailed("Down.", source="fake", cause="overloaded")

    with pytest.raises(QuorumNotMet) as caught:
        await engine(ledger=ledger, model=Model(script=lambda *_: failed)).analyze()

    closing = closed(ledger.run(caught.value.run_id))
    assert closing.sampling == Gap(gap="the model gave no reply")
    assert closing.cost_usd == 0


async def test_a_run_above_its_limit_is_not_begun() -> None:
    ledger = Ledger()

    with pytest.raises(BadRequest, match=r"estimated at \$2.00, above the limit of \$1.*Nothing was spent"):
        await engine(ledger=ledger, prices=Prices(expected=Decimal(2))).analyze()

    assert ledger.kept == {}


async def test_a_month_above_its_budget_is_not_begun() -> None:
    ledger = Ledger()
    ledger.spending = Decimal("4.99")

    with pytest.raises(BadRequest, match=r"\$4.99 of this month's budget of \$5"):
        await engine(ledger=ledger).analyze(purpose=Purpose.RERUN)


async def test_an_unknown_price_is_unknown_and_stops_nothing() -> None:
    unknown = Gap(gap="nobody lists a price for fake:model")

    run = await engine(prices=Prices(each=unknown, expected=unknown)).analyze()

    assert run.opening.estimate_usd == unknown
    assert closed(run).cost_usd == unknown
    assert any("cost limits could not be applied" in remark for remark in closed(run).remarks)


async def test_an_unknown_spend_of_the_month_is_said() -> None:
    ledger = Ledger()
    ledger.spending = Gap(gap="one run's price is unknown")

    run = await engine(ledger=ledger).analyze()

    assert any("budget could not be applied" in remark for remark in closed(run).remarks)


async def test_the_cost_limit_ends_a_jury_that_turns_out_dearer() -> None:
    with pytest.raises(QuorumNotMet, match="cost limit"):
        await engine(prices=Prices(each=Decimal("0.9"))).analyze()


async def test_cancelling_closes_the_books_with_what_was_paid() -> None:
    ledger = Ledger()
    model = Model(wait=asyncio.Event())
    subject = engine(ledger=ledger, model=model)

    task = asyncio.create_task(subject.analyze())
    while not model.asked and not task.done():
        await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task

    closing = closed(ledger.run("run-1"))
    assert closing.state is RunState.CANCELLED
    assert "cancelled" in known(closing.failure)


async def test_cancelling_says_when_the_amount_is_unknown() -> None:
    ledger = Ledger()
    gate = asyncio.Event()
    calls = []

    class Slow(Model):
        async def ask(self, brief: Brief, *, index: int, attempt: int, heard: Callable[[int], None]) -> Reply:
            calls.append(index)
            reply = await super().ask(brief, index=index, attempt=attempt, heard=heard)
            if index > 0:
                await gate.wait()
            return reply

    subject = engine(ledger=ledger, model=Slow(), prices=Prices(each=Gap(gap="no price")))
    task = asyncio.create_task(subject.analyze())
    while len(calls) < 5 and not task.done():
        await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task

    assert "an unknown amount" in known(closed(ledger.run("run-1")).failure)


async def test_a_parked_run_stays_open_and_only_its_missing_ballots_are_asked_later() -> None:
    ledger = Ledger()
    gate = asyncio.Event()
    asked = []

    class Slow(Model):
        async def ask(self, brief: Brief, *, index: int, attempt: int, heard: Callable[[int], None]) -> Reply:
            asked.append(index)
            reply = await super().ask(brief, index=index, attempt=attempt, heard=heard)
            if index > 1:
                await gate.wait()
            return reply

    first = engine(ledger=ledger, model=Slow())
    task = asyncio.create_task(first.analyze())
    while not task.done() and (len(ledger.kept) == 0 or len(ledger.run("run-1").answers) < 2):
        await asyncio.sleep(0)
    first.parking.set()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert isinstance(ledger.run("run-1").closing, Gap)

    model = Model()
    later = engine(ledger=ledger, model=model)
    later.doors = replace(later.doors, clock=first.doors.clock)
    done = await later.resume("run-1")

    assert sorted(index for index, _ in model.asked) == [2, 3, 4]
    assert closed(done).state is RunState.DONE
    assert (await later.resume("run-1")) == done


async def test_candidates_of_the_universe_are_judged_beside_the_holdings() -> None:
    frozen = await engine(universe=("CCC", "AAA")).freeze()

    names = {dossier.ticker: dossier.held for dossier in frozen.dossiers}
    assert names.get("AAA") is True
    assert names.get("CCC") in {None, False}


async def test_the_estimate_comes_from_the_last_brief_or_the_portfolio() -> None:
    subject = engine()

    before = await subject.estimate()
    await subject.analyze()
    after = await subject.estimate()

    assert before == after == Decimal("0.05")


async def test_the_last_and_the_previous_report_are_found() -> None:
    subject = engine()
    with pytest.raises(NotFound):
        subject.last_report()

    first = await subject.analyze()
    assert subject.previous_report(first) is None
    second = await subject.analyze()

    assert subject.last_report() == second
    assert subject.previous_report(second) == first


def test_a_month_ends_where_the_next_begins_also_in_december() -> None:
    zone = engine().terms.zone

    start, end = month_of(datetime(2026, 12, 31, 22, 0, tzinfo=UTC), zone)

    assert (start.month, start.day, end.year, end.month) == (12, 1, 2027, 1)
    assert end - start == timedelta(days=31)
    assert month_of(Clock().now(), zone)[1].month == 5


async def test_a_news_class_that_is_wholly_down_is_no_report() -> None:
    news = Wire(name="wire", source_class=SourceClass.NEWSWIRE, down=True)

    with pytest.raises(SourcesFailed, match="newswire"):
        await engine(facts=(Wire(), news)).analyze()


def test_usage_of_no_reply_is_zero_tokens() -> None:
    from core.engine.cost import total_usage

    assert total_usage(()) == Usage(input=0, cached_read=0, cache_write=0, output=0, reasoning=0)


async def test_an_abandoned_run_is_closed_as_failed_and_a_closed_one_stays() -> None:
    ledger = Ledger()
    subject = engine(ledger=ledger)
    done = await subject.analyze()
    opening = replace(done.opening, id="open")
    ledger.open_run(opening, holder="a process that died", until=NOW - timedelta(minutes=1))
    ledger.kept["open"] = replace(ledger.kept["open"], answers=done.answers)

    await subject.abandon("open", "its period has passed")
    await subject.abandon(done.opening.id, "never mind")

    assert closed(ledger.run("open")).state is RunState.FAILED
    assert "given up: its period has passed; $0.05 had been spent" in known(
        closed(ledger.run("open")).failure
    )
    assert ledger.run(done.opening.id) == done
