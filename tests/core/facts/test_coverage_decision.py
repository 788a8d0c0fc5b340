"""Who can be judged, and when there is no report."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from core.base.errors import SourcesFailed
from core.base.gap import Gap
from core.facts.coverage import Decision, coverage_by_ticker, decide, failed_gathering, official_reach, reach
from core.facts.fact import Coverage, Gathering, SourceClass, State
from core.facts.outage import outages
from tests.core.facts.made import coverage

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
OFFICIAL, NEWSWIRE, SEARCH = SourceClass.OFFICIAL, SourceClass.NEWSWIRE, SourceClass.SEARCH


def _gathering(source: str, source_class: SourceClass, states: dict[str, State]) -> Gathering:
    return Gathering(
        source=source,
        source_class=source_class,
        coverage=tuple((ticker, coverage(source, source_class, state)) for ticker, state in states.items()),
    )


def _tickers(count: int) -> list[str]:
    return [f"T{number:02}" for number in range(count)]


def test_all_sources_readable_and_everybody_is_judged() -> None:
    gatherings = (_gathering("SEC", OFFICIAL, {"A": State.OK, "B": State.EMPTY}),)

    decision = decide(gatherings, weights={"A": Decimal(60)}, candidates=["B"])

    assert decision == Decision(not_judged=())


def test_a_name_whose_official_source_failed_is_not_judged_this_time() -> None:
    gatherings = (_gathering("SEC", OFFICIAL, {"A": State.FAILED, "B": State.OK}),)

    decision = decide(gatherings, weights={"A": Decimal(10), "B": Decimal(90)}, candidates=[])

    assert decision.not_judged == (("A", "SEC could not be read: because"),)


def test_a_name_without_any_official_source_is_judged() -> None:
    gatherings = (
        _gathering("feed", NEWSWIRE, {"A": State.EMPTY}),
        _gathering("SEC", OFFICIAL, {"B": State.OK}),
    )

    decision = decide(gatherings, weights={"A": Decimal(100)}, candidates=[])

    assert decision.not_judged == ()


def test_more_than_a_tenth_of_the_weight_out_is_no_report() -> None:
    gatherings = (_gathering("SEC", OFFICIAL, {"A": State.FAILED, "B": State.OK}),)

    with pytest.raises(SourcesFailed, match=r"A \(10.1 % of the portfolio\)") as caught:
        decide(gatherings, weights={"A": Decimal("10.1"), "B": Decimal("89.9")}, candidates=[])

    assert caught.value.failures == (("SEC", "because"),)


def test_a_tenth_of_the_candidates_may_be_out_and_no_more() -> None:
    names = _tickers(10)
    one_out = _gathering(
        "SEC", OFFICIAL, {name: State.FAILED if name == "T00" else State.OK for name in names}
    )
    two_out = _gathering(
        "SEC", OFFICIAL, {name: State.FAILED if name < "T02" else State.OK for name in names}
    )

    assert [ticker for ticker, _ in decide((one_out,), weights={}, candidates=names).not_judged] == ["T00"]
    with pytest.raises(SourcesFailed, match="2 of 10 candidates"):
        decide((two_out,), weights={}, candidates=names)


@pytest.mark.parametrize("source_class", list(SourceClass))
def test_a_class_with_every_source_down_is_no_report(source_class: SourceClass) -> None:
    gatherings = (
        failed_gathering("one", source_class, ["A", "B"], "timeout."),
        failed_gathering("two", source_class, ["A"], "block page"),
    )

    with pytest.raises(
        SourcesFailed,
        match=f"every {source_class.value} source is down. one could not be read: timeout. "
        r"two could not be read: block page. What to do: ask again later",
    ):
        decide(gatherings, weights={"A": Decimal(1)}, candidates=[])


def test_a_class_that_is_down_says_since_when() -> None:
    began = {("one", ""): datetime(2026, 11, 22, 8, 0, tzinfo=UTC)}

    with pytest.raises(SourcesFailed, match="one could not be read since 22 Nov 08:00: timeout"):
        decide(
            (failed_gathering("one", NEWSWIRE, ["A"], "timeout"),),
            weights={"A": Decimal(1)},
            candidates=[],
            since=began,
        )


def test_a_regulator_that_fails_for_some_names_says_since_the_first_of_them() -> None:
    gatherings = (_gathering("SEC", OFFICIAL, {"A": State.FAILED, "B": State.FAILED, "C": State.OK}),)
    began = {
        ("SEC", "A"): datetime(2026, 11, 22, 8, 0, tzinfo=UTC),
        ("SEC", "B"): datetime(2026, 11, 9, 7, 30, tzinfo=UTC),
        ("SEC", "C"): datetime(2026, 1, 1, 0, 0, tzinfo=UTC),
    }

    with pytest.raises(SourcesFailed, match=r"SEC could not be read since 9 Nov 07:30: because. What to do"):
        decide(gatherings, weights={"A": Decimal(20), "B": Decimal(20)}, candidates=["C"], since=began)


def test_many_reasons_of_one_source_do_not_hide_what_to_do() -> None:
    down = tuple(failed_gathering("feed", NEWSWIRE, [name], f"{name} is no feed") for name in _tickers(40))

    with pytest.raises(SourcesFailed, match=r"T02 is no feed; and 37 more. What to do: ") as caught:
        decide(down, weights={"T00": Decimal(1)}, candidates=[])

    assert len(caught.value.failures) == 40


def test_one_readable_source_of_a_class_is_enough() -> None:
    gatherings = (
        failed_gathering("one", NEWSWIRE, ["A"], "timeout"),
        _gathering("two", NEWSWIRE, {"A": State.EMPTY}),
    )

    assert decide(gatherings, weights={"A": Decimal(100)}, candidates=[]).not_judged == ()


def test_a_frozen_feed_is_not_a_readable_one_but_a_stale_regulator_is() -> None:
    stale_news = _gathering("feed", NEWSWIRE, {"A": State.STALE})
    stale_list = _gathering("SEC", OFFICIAL, {"A": State.STALE})

    with pytest.raises(SourcesFailed, match="every newswire source"):
        decide((stale_news,), weights={"A": Decimal(100)}, candidates=[])
    assert decide((stale_list,), weights={"A": Decimal(100)}, candidates=[]).not_judged == ()


def test_no_source_configured_is_no_failure() -> None:
    assert decide((), weights={"A": Decimal(100)}, candidates=["B"]).not_judged == ()


def test_a_gap_as_reason_is_said_in_its_words() -> None:
    silent = Coverage(source="SEC", source_class=OFFICIAL, state=State.FAILED, reason=Gap(gap="no answer"))
    gatherings = (
        Gathering(source="SEC", source_class=OFFICIAL, coverage=(("A", silent),)),
        _gathering("AMF", OFFICIAL, {"B": State.OK}),
    )

    decision = decide(gatherings, weights={"A": Decimal(5), "B": Decimal(95)}, candidates=[])

    assert decision.not_judged == (("A", "SEC could not be read: no answer"),)


def test_coverage_is_ordered_by_class_then_source() -> None:
    gatherings = (
        _gathering("search", SEARCH, {"A": State.OK}),
        _gathering("z feed", NEWSWIRE, {"A": State.OK}),
        _gathering("a feed", NEWSWIRE, {"A": State.OK}),
        _gathering("SEC", OFFICIAL, {"A": State.OK}),
    )

    assert [one.source for one in coverage_by_ticker(gatherings)["A"]] == [
        "SEC",
        "a feed",
        "z feed",
        "search",
    ]


def _row(source: str, state: State, source_class: SourceClass = SourceClass.OFFICIAL) -> Gathering:
    coverage = Coverage(source=source, source_class=source_class, state=state, reason=f"{source} says")
    return Gathering(source=source, source_class=source_class, coverage=(("A", coverage),))


@pytest.mark.parametrize("state", [State.OK, State.EMPTY, State.STALE, State.FAILED])
def test_that_there_is_no_source_is_said_only_where_none_was_tried(state: State) -> None:
    gatherings = (_row("official sources", State.NONE), _row("SEC", state), _row("DART", State.NONE))

    rows = coverage_by_ticker(gatherings)["A"]

    assert [(row.source, row.state) for row in rows] == [("SEC", state)]
    assert official_reach(rows) is state


def test_of_several_that_do_not_know_a_name_the_one_that_says_where_to_look_stands() -> None:
    gatherings = (
        _row("DART", State.NONE),
        _row("official sources", State.NONE),
        _row("zzz", State.NONE),
        _row("a feed", State.EMPTY, SourceClass.NEWSWIRE),
    )

    rows = coverage_by_ticker(gatherings)["A"]

    assert [row.source for row in rows] == ["official sources", "a feed"]
    assert official_reach(rows) is State.NONE


def test_without_one_that_says_where_to_look_the_first_stands() -> None:
    rows = coverage_by_ticker((_row("B", State.NONE), _row("A", State.NONE)))["A"]

    assert [row.source for row in rows] == ["A"]


def test_a_class_of_which_nothing_exists_is_not_down() -> None:
    decision = decide((_row("official sources", State.NONE),), weights={"A": Decimal(50)}, candidates=())

    assert decision.not_judged == ()


def test_names_that_a_source_does_not_know_do_not_hide_that_all_others_failed() -> None:
    known = Coverage(source="SEC", source_class=SourceClass.OFFICIAL, state=State.FAILED, reason="down")
    unknown = Coverage(
        source="SEC", source_class=SourceClass.OFFICIAL, state=State.NONE, reason="not in its list"
    )
    gathering = Gathering(
        source="SEC", source_class=SourceClass.OFFICIAL, coverage=(("A", known), ("B", unknown))
    )

    with pytest.raises(SourcesFailed, match="every official source is down"):
        decide((gathering,), weights={"A": Decimal(1), "B": Decimal(1)}, candidates=())
    assert outages((gathering,), {}, NOW) == {("SEC", ""): NOW, ("SEC", "A"): NOW}


@pytest.mark.parametrize(
    ("states", "said"),
    [
        ((), State.NONE),
        ((State.OK, State.EMPTY), State.OK),
        ((State.EMPTY, State.EMPTY), State.EMPTY),
        ((State.OK, State.NONE), State.NONE),
        ((State.NONE, State.EMPTY), State.NONE),
        ((State.OK, State.STALE, State.NONE), State.STALE),
        ((State.STALE, State.FAILED, State.OK), State.FAILED),
    ],
)
def test_nothing_is_said_above_what_was_read_least_whatever_the_order(
    states: tuple[State, ...], said: State
) -> None:
    rows = [
        Coverage(source=str(place), source_class=SourceClass.OFFICIAL, state=state, reason="why")
        for place, state in enumerate(states)
    ]

    assert reach(rows) is reach(reversed(rows)) is said


def test_a_silent_feed_says_nothing_of_the_official_sources() -> None:
    rows = (
        Coverage(source="SEC", source_class=SourceClass.OFFICIAL, state=State.EMPTY, reason="why"),
        Coverage(source="wire", source_class=SourceClass.NEWSWIRE, state=State.FAILED, reason="why"),
    )

    assert (official_reach(rows), reach(rows)) == (State.EMPTY, State.FAILED)
