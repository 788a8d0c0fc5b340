import math
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from scipy import stats

from core.base.gap import Gap
from core.brief.render import render
from core.jury.tally import tally_jury
from core.jury.verdict import Stability
from core.market.quote import Quote
from core.record.interval import effective_number, needed_number, wilson
from core.record.knowledge import knowledge_end
from core.record.outcome import known_index, known_quotes
from core.record.track import READ_ABOUT, ClassRecord, TrackRecord, track
from core.run import Closing, Purpose, Run
from core.snapshot.model import IndexSeries
from tests.core.laboratory.worlds import PRINCIPLES, ballots, dossier, index_of, run, snapshot

FIRST, SECOND = date(2026, 1, 22), date(2026, 2, 20)
SAID = {"AAA": "aaaaa", "BBB": "ssssh", "CCC": "aaahh", "DDD": "hhhhh", "EEE": "aahss"}
START = {"AAA": "100", "BBB": "100", "CCC": "100", "DDD": "100", "EEE": "100"}
INDEX = index_of((date(2026, 1, 20), "500"), (FIRST - timedelta(1), "500"), (SECOND, "510"))


def report(
    day: date, prices: dict[str, str], said: dict[str, str] = SAID, *, identity: str = "r", **options: Any
) -> Run:
    world = snapshot(
        *(dossier(name, name, price=price, day=day, weight="1") for name, price in prices.items()),
        day=day,
        index=INDEX,
    )
    question = render(world, PRINCIPLES)
    answers = ballots(question, said)
    return run(
        world, answers, identity=identity, stability=tally_jury(answers, question, (), asked=5), **options
    )


def judged(after: dict[str, str], *, today: date = SECOND, index: IndexSeries | Gap = INDEX) -> TrackRecord:
    reports = (report(FIRST, START, identity="r1"), report(SECOND, after, identity="r2"))
    return track(reports, known_quotes(reports), index, today=today)


def of(record: TrackRecord, stability: Stability) -> ClassRecord:
    return next(one for one in record.classes if one.stability is stability)


def test_up_is_right_above_the_index_and_down_below_it() -> None:
    record = judged({"AAA": "103", "BBB": "101", "CCC": "101", "DDD": "150", "EEE": "150"})

    assert {(one.bet.ticker, one.right) for one in record.outcomes} == {
        ("AAA", True),
        ("BBB", True),
        ("CCC", False),
    }
    assert record.outcomes[0].gain == pytest.approx(0.03)
    assert record.outcomes[0].index_gain == pytest.approx(0.02)
    assert record.above_index == pytest.approx(3 / 5)


def test_every_class_has_its_share_with_an_interval_and_silence_is_a_gap() -> None:
    record = judged({"AAA": "103", "BBB": "99", "CCC": "101", "DDD": "100", "EEE": "100"})

    unanimous, consensus, leaning, constant = record.classes
    assert (unanimous.calls, unanimous.right, unanimous.share) == (1, 1, 1.0)
    assert (consensus.stability, consensus.share) == (Stability.CONSENSUS, 1.0)
    assert (leaning.share, leaning.right) == (0.0, 0)
    assert isinstance(unanimous.low, float)
    assert isinstance(unanimous.high, float)
    assert unanimous.low < 0.5 < unanimous.high
    assert constant.share == Gap(gap="no call of this class has an outcome yet")


def test_before_a_report_is_old_enough_the_day_and_the_months_it_takes_are_all_that_is_known() -> None:
    record = track((report(FIRST, START),), (), INDEX, today=FIRST + timedelta(27))

    # AAA and BBB are calls; CCC only leans.
    assert record.needed_months == math.ceil(needed_number() / (2 / 1.1))
    assert record.first_look == FIRST + timedelta(28)
    assert record.left_out == (("younger than 28 days", 3),)
    assert record.sentence.startswith("Nothing to see yet: at this pace it takes about 431 months")
    assert isinstance(record.above_index, Gap)


def test_a_report_without_an_add_or_a_cut_can_prove_nothing() -> None:
    record = track((report(FIRST, START, dict.fromkeys(START, "hhhhh")),), (), INDEX, today=SECOND)

    assert record.needed_months == Gap(gap="no report has an add or a cut yet")
    assert record.sentence == "Nothing to prove yet: no report has an add or a cut yet."


def test_what_the_model_may_have_read_about_counts_nothing_and_is_said() -> None:
    first, second = report(FIRST, START, identity="r1"), report(SECOND, START, identity="r2")
    known = [
        replace(
            one,
            opening=replace(one.opening, stamp=replace(one.opening.stamp, model="anthropic:claude-opus-5")),
        )
        for one in (first, second)
    ]

    record = track(known, known_quotes(known), INDEX, today=SECOND)

    assert record.outcomes == ()
    assert record.left_out == ((READ_ABOUT, 6),)
    assert isinstance(record.first_look, Gap)


@pytest.mark.parametrize(
    ("model", "end"),
    [
        ("anthropic:claude-opus-5", date(2026, 5, 31)),
        ("openrouter:anthropic/claude-opus-5-20260701", date(2026, 5, 31)),
        ("anthropic:Claude-Sonnet-5", date(2026, 1, 31)),
    ],
)
def test_the_stated_end_of_a_model_s_knowledge_is_known_by_its_id(model: str, end: date) -> None:
    assert knowledge_end(model) == end


@pytest.mark.parametrize("model", ["rehearsal", "anthropic:claude-opus-5-5", "ollama:qwen3:8b", ""])
def test_an_end_that_nobody_states_is_a_gap(model: str) -> None:
    assert isinstance(knowledge_end(model), Gap)


def test_nothing_at_all_is_said_to_be_nothing() -> None:
    record = track((), (), Gap(gap="no index is set"), today=SECOND)

    assert (record.outcomes, record.left_out, record.rehearsal) == ((), (), False)
    assert [one.calls for one in record.classes] == [0, 0, 0, 0]


def test_few_calls_a_month_take_many_months_to_prove_anything() -> None:
    record = judged({"AAA": "103", "BBB": "101", "CCC": "101", "DDD": "150", "EEE": "150"})

    assert record.months == 1
    assert record.needed_months == math.ceil(needed_number() / (2 / 1.1)) == 431
    assert record.sentence == (
        "1 month proves nothing: at this pace it takes about 431 months of reports (36 years) "
        "to tell a hit rate of 55 % "
        "from a coin."
    )


def later(first: Run, month: int) -> Run:
    """The same report again, `month` months later."""
    frozen = first.opening.snapshot
    day = date(2010 + month // 12, month % 12 + 1, 10)
    dossiers = tuple(replace(one, quote=replace(one.quote, day=day)) for one in frozen.dossiers)
    moved = replace(frozen, day=day, as_of=frozen.as_of + timedelta(31 * month), dossiers=dossiers)
    return replace(first, opening=replace(first.opening, id=f"r{month}", snapshot=moved))


def test_enough_months_are_said_to_be_enough() -> None:
    names = {f"N{place:02}": "100" for place in range(40)}
    first = report(date(2010, 1, 10), names, dict.fromkeys(names, "aaaaa"))
    reports = [later(first, month) for month in range(100)]
    quotes = [replace(quote, day=quote.day + timedelta(30)) for quote in known_quotes(reports)]
    index = index_of(*((date(2010, 1, 1) + timedelta(5 * step), "500") for step in range(700)))

    record = track(reports, quotes, index, today=date(2019, 1, 1))

    assert record.months == 100
    assert len(record.outcomes) == 4000
    assert record.sentence == (
        "100 months are enough to tell a hit rate of 55 % from a coin: the intervals say what was seen."
    )


def test_asking_more_often_counts_nothing_twice_and_experiments_count_nothing() -> None:
    again = report(FIRST + timedelta(2), START, identity="r1b")
    placebo = report(FIRST - timedelta(1), START, identity="x", purpose=Purpose.FACTS)
    open_run = replace(report(FIRST - timedelta(2), START, identity="o"), closing=Gap(gap="open"))
    failed = report(date(2025, 12, 20), START, identity="f")
    assert isinstance(failed.closing, Closing)
    failed = replace(failed, closing=replace(failed.closing, stability=Gap(gap="failed")))
    reports = (again, placebo, open_run, failed, report(FIRST, START, identity="r1"))
    quotes = [replace(one, day=SECOND) for one in known_quotes((report(FIRST, START),))]

    record = track(reports, quotes, INDEX, today=SECOND)

    assert {one.bet.run_id for one in record.outcomes} == {"r1"}
    assert len(record.outcomes) == 3
    assert record.rehearsal


@pytest.mark.parametrize(
    ("quote", "waited", "reason"),
    [
        ({"currency": "EUR"}, 90, "the price's currency changed"),
        ({"price": Decimal(300)}, 90, "the price tripled or fell to a third: a split is suspected"),
        ({"price": Decimal(20)}, 90, "the price tripled or fell to a third: a split is suspected"),
        ({"day": FIRST + timedelta(63)}, 90, "no price between 28 and 62 days later"),
        ({"day": FIRST + timedelta(61)}, 60, "no price between 28 and 62 days later"),
        ({"day": FIRST + timedelta(40)}, 90, "no index close near that day"),
    ],
)
def test_prices_that_prove_nothing_are_left_out_with_the_reason(
    quote: dict[str, Any], waited: int, reason: str
) -> None:
    base = Quote(ticker="AAA", price=Decimal(101), currency="USD", day=SECOND, source="file")

    record = track((report(FIRST, START),), (replace(base, **quote),), INDEX, today=FIRST + timedelta(waited))

    assert (reason, 3 if "no price" in reason else 1) in record.left_out
    assert record.outcomes == ()


def test_without_an_index_nothing_is_judged() -> None:
    late = index_of((SECOND, "510"))
    after = dict.fromkeys(START, "101")

    assert judged(after, index=Gap(gap="no index")).left_out == (("no index", 3), ("younger than 28 days", 3))
    assert judged(after, index=late).left_out[0] == ("no index close near that day", 3)


def test_stored_index_points_make_one_series_the_latest_snapshot_s_winning() -> None:
    old = snapshot(day=FIRST, index=index_of((FIRST, "500")))
    new = snapshot(day=SECOND, index=index_of((FIRST, "499"), (SECOND, "510")))
    other = snapshot(day=date(2025, 1, 1), index=replace(index_of((date(2025, 1, 1), "1")), ticker="OLD"))

    series = known_index((new, old, other, snapshot(day=FIRST)))

    assert isinstance(series, IndexSeries)
    assert [(point.day, str(point.close)) for point in series.points] == [(FIRST, "499"), (SECOND, "510")]
    assert known_index((snapshot(),)) == Gap(gap="no stored report has an index")


@pytest.mark.parametrize(("right", "calls"), [(0, 5), (5, 5), (3, 7), (60, 100)])
def test_the_interval_is_wilson_s(right: int, calls: int) -> None:
    expected = stats.binomtest(right, calls).proportion_ci(method="wilson")

    assert wilson(right / calls, calls) == pytest.approx((expected.low, expected.high), abs=1e-6)


def test_related_calls_count_less_than_their_number() -> None:
    assert effective_number([30]) == pytest.approx(30 / 3.9)
    assert effective_number([1, 1, 1]) == 3
    assert effective_number([]) == 0


def test_the_number_needed_has_the_promised_power() -> None:
    number = round(needed_number())

    reject = number * 0.5 + 1.959964 * (number * 0.25) ** 0.5
    assert 770 < number < 800
    assert stats.binom.sf(math.ceil(reject) - 1, number, 0.55) == pytest.approx(0.8, abs=0.03)
