"""The hour of a filing: it decides on the day of `as_of`, orders one day's filings, and is missed aloud where
it is unknown.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from core.base.gap import Gap
from core.facts.dates import Refusal, refuse_instant
from core.facts.fact import Filing
from core.facts.sift import sift
from tests.core.facts.made import AS_OF, facts_of, filing, gathering, subject

TODAY = AS_OF.date()
UNKNOWN = Gap(gap="the feed could not be read")


def test_a_filing_is_out_at_its_very_second_and_not_before() -> None:
    assert refuse_instant(AS_OF, AS_OF) is None
    assert refuse_instant(UNKNOWN, AS_OF) is None
    assert refuse_instant(AS_OF + timedelta(seconds=1), AS_OF) == Refusal(
        "future", "published 2026-04-24T20:00:01+00:00, after 2026-04-24T20:00:00+00:00"
    )


def test_a_filing_of_the_day_that_came_later_is_no_fact_and_is_shown_as_rejected() -> None:
    later = replace(filing("8-K", "5.02", filed=TODAY), published=AS_OF + timedelta(hours=1))

    sifted = sift((gathering(later),), (subject(),), AS_OF)

    assert dict(sifted.facts) == {"NVDA": ()}
    assert [(one.gate, one.day) for one in sifted.rejected] == [("future", TODAY)]


def test_a_filing_of_the_day_without_an_hour_is_kept_and_says_so() -> None:
    (fact,) = facts_of(replace(filing("8-K", "4.02", filed=TODAY), published=UNKNOWN))

    assert "time-unknown" in fact.tags


def test_an_hour_is_not_missed_where_it_decides_nothing() -> None:
    known = replace(filing("8-K", "4.02", key="1", filed=TODAY), published=AS_OF - timedelta(hours=5))
    old = filing("8-K", "4.01", key="2", filed=TODAY - timedelta(days=1))

    assert [fact.tags for fact in facts_of(known, old) if "time-unknown" in fact.tags] == []


def test_a_week_of_routine_filings_is_tagged_when_one_of_today_has_no_hour() -> None:
    monday = filing("4", key="1", filed=TODAY - timedelta(days=4))

    (fact,) = facts_of(monday, replace(filing("4", key="2", filed=TODAY), published=UNKNOWN))

    assert "time-unknown" in fact.tags


def test_filings_of_one_day_are_ranked_by_their_hours_newest_first() -> None:
    def at(hour: int, key: str) -> Filing:
        moment = datetime.combine(TODAY, AS_OF.timetz()).replace(hour=hour)
        return replace(filing("8-K", "5.02", key=key, filed=TODAY), published=moment)

    facts = facts_of(at(9, "0001-26-000001"), at(15, "0001-26-000002"))

    assert [fact.key for fact in facts] == ["0001-26-000002", "0001-26-000001"]
