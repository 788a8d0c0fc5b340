"""`/variance` and one more look, over fakes: the same snapshot, never a report, nothing asked twice without
reason."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest

from core.base.errors import BadRequest, NotFound, QuorumNotMet
from core.base.gap import Gap
from core.brief.model import Brief
from core.facts.events import Event
from core.facts.fact import Coverage, Filing, Gathering, SourceClass, State, Subject
from core.facts.filing import Reported
from core.market.quote import Consensus
from core.run import Purpose
from tests.core.engine.fakes import Ledger, Market, Model, Wire, ballot, engine, known, record


async def test_a_rerun_asks_the_same_bytes_and_is_no_report() -> None:
    ledger = Ledger()
    subject = engine(ledger=ledger)
    report = await subject.analyze()

    result = await subject.variance()

    assert result.same_snapshot
    assert result.same_brief
    assert result.report_id == report.opening.id
    assert ledger.run(result.run_id).opening.purpose is Purpose.RERUN
    assert ledger.run(result.run_id).opening.parent == report.opening.id
    assert subject.last_report() == report


async def test_without_a_report_there_is_nothing_to_ask_again() -> None:
    with pytest.raises(NotFound):
        await engine().variance()


async def test_the_number_of_ballots_can_be_set() -> None:
    subject = engine()
    await subject.analyze()

    assert (await subject.variance(ballots=9)).asked == 9


async def test_the_order_experiment_asks_the_same_names_in_another_order() -> None:
    ledger = Ledger()
    subject = engine(ledger=ledger)
    report = await subject.analyze()

    result = await subject.variance(purpose=Purpose.ORDER)

    asked = ledger.run(result.run_id).opening.brief
    assert not result.same_brief
    assert [name.ticker for name in asked.names] == ["BBB", "AAA"]
    assert [name.ticker for name in report.opening.brief.names] == ["AAA", "BBB"]


async def test_an_experiment_that_could_change_nothing_is_refused() -> None:
    subject = engine()
    await subject.analyze()

    with pytest.raises(BadRequest, match="no facts"):
        await subject.variance(purpose=Purpose.FACTS)


async def test_a_snapshot_without_report_is_asked_plainly_first() -> None:
    ledger = Ledger()
    frozen = (await engine().analyze()).opening.snapshot
    subject = engine(ledger=ledger)

    result = await subject.variance(snapshot=frozen)

    assert [run.opening.purpose for run in ledger.kept.values()] == [Purpose.RERUN, Purpose.RERUN]
    assert result.same_brief
    with pytest.raises(NotFound):
        subject.last_report()


async def test_a_snapshot_that_is_the_reports_uses_the_report() -> None:
    ledger = Ledger()
    subject = engine(ledger=ledger)
    report = await subject.analyze()

    result = await subject.variance(snapshot=report.opening.snapshot, ballots=3)

    assert result.report_id == report.opening.id
    other = replace(report.opening.snapshot, remarks=("another",))
    assert (await subject.variance(snapshot=other)).report_id != report.opening.id


async def test_earlier_reruns_are_read_and_open_ones_left_out() -> None:
    ledger = Ledger()
    subject = engine(ledger=ledger)
    report = await subject.analyze()
    await subject.variance()
    opening = replace(report.opening, id="open", purpose=Purpose.RERUN)
    ledger.kept["open"] = replace(report, opening=opening, closing=Gap(gap="open"))

    result = await subject.variance(purpose=Purpose.ORDER)

    assert known(result.experiment).plain_ballots == 10


async def test_one_readable_ballot_is_still_compared() -> None:
    calls = []

    def script(brief: Brief, index: int, attempt: int) -> object:
        calls.append(index)
        good = len(calls) <= 5 or index == 0
        return ballot(brief, ("hold", "add", "hold")[index % 3]) if good else "no json"

    subject = engine(model=Model(script=script))
    await subject.analyze()

    result = await subject.variance()

    assert result.valid == 1
    assert isinstance(result.agreement, (float, Gap))


async def test_no_readable_ballot_is_said() -> None:
    ledger = Ledger()
    await engine(ledger=ledger).analyze()

    with pytest.raises(QuorumNotMet):
        await engine(ledger=ledger, model=Model(script=lambda *_: "no json")).variance()


class Filed(Wire):
    """A regulator with one filing."""

    async def gather(self, subjects: tuple[Subject, ...], as_of: datetime) -> Gathering:
        found = await super().gather(subjects, as_of)
        filing = Filing(
            ticker="AAA",
            source=self.name,
            key="0001",
            form="8-K",
            filed=date(2026, 4, 20),
            event_day=Gap(gap="not given"),
            url="https://www.sec.gov/x",
            title="8-K",
            reports=(Reported(event=Event.INSOLVENCY, label="told"),),
            documents=Gap(gap="text not read"),
        )
        return replace(found, filings=(filing,), read=1)


async def test_one_more_look_shows_what_is_new_since_the_freeze() -> None:
    ledger = Ledger()
    await engine(ledger=ledger).analyze()

    look = await engine(ledger=ledger, facts=(Filed(),)).look_again("AAA")

    assert [fact.key for fact in look.new] == ["0001"]
    assert look.coverage[0].state is State.EMPTY


async def test_one_more_look_at_a_source_that_is_down_says_so() -> None:
    ledger = Ledger()
    await engine(ledger=ledger).analyze()

    look = await engine(ledger=ledger, facts=(Wire(down=True),)).look_again("AAA")

    assert look.facts == ()
    assert [(row.state, row.reason) for row in look.coverage] == [(State.FAILED, "The fake is down.")]


async def test_a_name_of_no_report_is_looked_at_as_the_price_source_knows_it() -> None:
    ledger = Ledger()
    await engine(ledger=ledger).analyze()

    look = await engine(ledger=ledger, facts=(Filed(),)).look_again("ZZZ")

    assert (look.ticker, look.coverage[0].state) == ("ZZZ", State.EMPTY)
    assert look.new == look.facts


async def test_one_more_look_needs_a_name_that_somebody_knows() -> None:
    unknown = replace(record("ZZZ"), name=Gap(gap="not known"))
    subject = engine(market=Market(odd={"ZZZ": unknown}))
    await subject.analyze()

    with pytest.raises(
        NotFound, match="ZZZ is not a name of the last report, and the price source does not know it"
    ):
        await subject.look_again("ZZZ")


async def test_the_watch_reads_official_sources_of_held_shares_without_a_model() -> None:
    ledger = Ledger()
    model = Model()
    news = Wire(name="wire", source_class=SourceClass.NEWSWIRE, down=True)
    subject = engine(ledger=ledger, model=model, facts=(Filed(), news))

    seen = await subject.watch()

    assert seen.names == ("AAA", "BBB")
    assert [fact.key for fact in seen.facts] == ["0001"]
    assert seen.failures == ()
    assert model.asked == []


async def test_the_watch_says_what_it_could_not_read() -> None:
    ledger = Ledger()
    await engine(ledger=ledger).analyze()

    seen = await engine(ledger=ledger, facts=(Wire(down=True),)).watch()

    assert seen.failures == (
        "AAA: fake regulator could not be read (The fake is down.)",
        "BBB: fake regulator could not be read (The fake is down.)",
    )


async def test_a_failure_without_a_reason_says_that_none_was_given() -> None:
    class Mute(Wire):
        def _coverage(self, ticker: str) -> Coverage:
            return replace(super()._coverage(ticker), state=State.FAILED, reason=Gap(gap="none"))

    seen = await engine(facts=(Mute(),)).watch()

    assert seen.failures[0] == "AAA: fake regulator could not be read (no reason given)"


async def test_the_day_of_the_newest_results_reaches_the_grade_of_the_consensus() -> None:
    class Results(Wire):
        async def gather(self, subjects: tuple[Subject, ...], as_of: datetime) -> Gathering:
            found = await super().gather(subjects, as_of)
            filing = Filing(
                ticker="AAA",
                source=self.name,
                key="0002",
                form="8-K",
                filed=date(2026, 4, 20),
                event_day=Gap(gap="not given"),
                url="https://www.sec.gov/y",
                title="8-K",
                reports=(Reported(event=Event.RESULTS, label="told"),),
                documents=Gap(gap="text not read"),
            )
            return replace(found, filings=(filing,), read=1)

    targets = Consensus(
        mean=Decimal(12),
        median=Decimal(12),
        high=Decimal(14),
        low=Decimal(9),
        analysts=20,
        currency="EUR",
        day=date(2026, 4, 1),
    )
    market = Market(odd={"AAA": replace(record("AAA"), consensus=targets)})

    frozen = await engine(facts=(Results(),), market=market).freeze()

    graded = {dossier.ticker: dossier.reliability.flags for dossier in frozen.dossiers}
    assert any("results" in flag for flag in graded["AAA"])


async def test_the_track_record_comes_from_the_ledger_alone() -> None:
    ledger = Ledger()
    adding = Model(script=lambda brief, index, attempt: ballot(brief, "add", weight=10.0 + index))
    subject = engine(ledger=ledger, model=adding)
    empty = subject.track()
    await subject.analyze()

    record = subject.track()

    assert empty.months == record.months == 0
    assert "Nothing to see yet" in record.sentence
