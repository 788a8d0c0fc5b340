"""Since when a source cannot be read."""

from datetime import UTC, datetime, timedelta

import pytest

from core.facts.coverage import failed_gathering
from core.facts.fact import Gathering, SourceClass, State
from core.facts.outage import WHOLE, from_note, outages, said, to_note, unasked
from tests.core.facts.made import coverage

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
EARLIER = NOW - timedelta(days=3)


def _mixed(source: str, source_class: SourceClass, states: dict[str, State]) -> Gathering:
    rows = tuple((ticker, coverage(source, source_class, state)) for ticker, state in states.items())
    return Gathering(source=source, source_class=source_class, coverage=rows)


def test_an_outage_begins_with_the_first_look_that_failed() -> None:
    down = (failed_gathering("SEC", SourceClass.OFFICIAL, ["A"], "timeout"),)

    first = outages(down, {}, EARLIER)
    later = outages(down, first, NOW)

    assert later == {("SEC", WHOLE): EARLIER, ("SEC", "A"): EARLIER}


def test_an_outage_ends_with_the_first_look_that_did_not_fail() -> None:
    well = (_mixed("SEC", SourceClass.OFFICIAL, {"A": State.EMPTY}),)
    down = (failed_gathering("SEC", SourceClass.OFFICIAL, ["A"], "timeout"),)

    between = outages(well, {("SEC", WHOLE): EARLIER, ("SEC", "A"): EARLIER}, NOW)
    again = outages(down, between, NOW)

    assert between == {}
    assert again[("SEC", WHOLE)] == NOW


def test_one_name_of_a_regulator_is_remembered_and_one_of_a_feed_is_not() -> None:
    states = {"A": State.FAILED, "B": State.OK}

    known = outages(
        (_mixed("SEC", SourceClass.OFFICIAL, states), _mixed("wire", SourceClass.NEWSWIRE, states)), {}, NOW
    )

    assert known == {("SEC", "A"): NOW}


@pytest.mark.parametrize(
    ("source_class", "out"),
    [(SourceClass.OFFICIAL, False), (SourceClass.NEWSWIRE, True), (SourceClass.SEARCH, True)],
)
def test_a_frozen_feed_is_out_and_a_stale_regulator_is_not(source_class: SourceClass, out: bool) -> None:
    known = outages((_mixed("one", source_class, {"A": State.STALE}),), {}, NOW)

    assert (("one", WHOLE) in known) is out


def test_a_source_that_covers_no_name_is_not_out() -> None:
    assert outages((_mixed("AMF", SourceClass.OFFICIAL, {}),), {}, NOW) == {}


def test_of_a_source_that_was_not_asked_nothing_new_is_known() -> None:
    earlier = {("SEC", WHOLE): EARLIER, ("wire", WHOLE): EARLIER}

    left = unasked((_mixed("SEC", SourceClass.OFFICIAL, {"A": State.OK}),), earlier)

    assert left == {("wire", WHOLE): EARLIER}


def test_what_is_noted_is_read_back_as_it_was() -> None:
    known = {("wire", WHOLE): NOW, ("SEC", "A"): EARLIER}

    assert from_note(to_note(known)) == known


@pytest.mark.parametrize(
    "text", [None, "", "not JSON", "[1]", '[["a", "b", "yesterday"]]', '[["a", "b"]]', "7"]
)
def test_a_record_that_cannot_be_read_is_none(text: str | None) -> None:
    assert from_note(text) == {}


def test_the_moment_is_said_as_a_reader_says_it() -> None:
    assert said(NOW) == "since 22 Nov 08:00"
