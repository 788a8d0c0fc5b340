"""EDGAR's Atom feeds: the true instant of a filing, and what happens on the day on which it decides."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from core.base.gap import Gap
from core.facts.fact import Filing, State
from core.facts.sift import sift
from providers.sources.sec.atom import company_feed, read_atom
from tests.providers.http.loopback import Loopback
from tests.providers.sources.test_edgar import edgar, publish, subject, submissions

RECORDED = Path(__file__).parents[3].parent / "shared" / "data" / "sec" / "atom_getcurrent"
BEFORE, AFTER = "0000000001-26-000011", "0000000001-26-000012"
EARLIER = "0000000001-26-000010"
AS_OF = datetime(2026, 4, 24, 18, 0, tzinfo=UTC)  # two in the afternoon in New York
PAGE = '<!DOCTYPE html>\n<html lang="en"><head><title>SEC.gov | File Unavailable</title></head></html>'


def entry(accession: str, updated: str, filer: str = "Filer") -> str:
    return (
        f"<entry><title>8-K - {filer}</title><updated>{updated}</updated>"
        f"<id>urn:tag:sec.gov,2008:accession-number={accession}</id></entry>"
    )


def feed(*entries: str) -> bytes:
    return (
        '<?xml version="1.0" encoding="ISO-8859-1" ?>\n<feed xmlns="http://www.w3.org/2005/Atom">'
        f"<title>Soci\xe9t\xe9</title><updated>2026-04-24T18:02:34-04:00</updated>{''.join(entries)}</feed>"
    ).encode("latin-1")


def row(accession: str, filed: str = "2026-04-24") -> tuple[str, ...]:
    return (accession, filed, filed, "8-K", "001-1", "5.02", "", "8-K")


def hours(filings: tuple[Filing, ...]) -> dict[str, datetime | Gap]:
    return {filing.key: filing.published for filing in filings}


def test_an_entry_that_is_repeated_for_each_filer_is_one_filing_at_its_earliest_time() -> None:
    body = feed(
        entry(BEFORE, "2026-04-24T09:30:00-04:00", "Reporting"),
        entry(BEFORE, "2026-04-24T09:29:58-04:00", "Issuer"),
        entry(AFTER, "2026-04-24T16:05:00-04:00"),
    )

    assert read_atom(body) == {
        BEFORE: datetime(2026, 4, 24, 13, 29, 58, tzinfo=UTC),
        AFTER: datetime(2026, 4, 24, 20, 5, tzinfo=UTC),
    }


@pytest.mark.parametrize("updated", ["", "2026-04-24T09:30:00", "yesterday", "2026-04-24"])
def test_a_time_without_an_offset_is_left_out(updated: str) -> None:
    assert read_atom(feed(entry(BEFORE, updated))) == {}


def test_an_empty_feed_holds_no_times() -> None:
    assert read_atom(feed()) == {}


@pytest.mark.parametrize(
    "body",
    [
        PAGE.encode(),
        b"",
        b"\x00\xff",
        b"<feed><entry/></feed>",
        b'<rss version="2.0"/>',
        b'<?xml version="1.0" encoding="no-such-one"?><feed/>',
        b'<!DOCTYPE x [<!ENTITY a "b">]><feed xmlns="http://www.w3.org/2005/Atom">&a;</feed>',
        feed(entry(BEFORE, "2026-04-24T09:30:00-04:00"))[:-9],
    ],
)
def test_what_is_no_feed_is_refused_with_a_sentence(body: bytes) -> None:
    with pytest.raises(ValueError, match="the answer is"):
        read_atom(body)


@pytest.mark.wide
def test_recorded_feeds_repeat_their_filings_and_tell_new_york_time() -> None:
    if not RECORDED.is_dir():
        pytest.skip(f"the recorded material is not there: {RECORDED}")
    files = sorted(RECORDED.glob("*.atom"))

    found = [(file.read_bytes().count(b"<entry>"), read_atom(file.read_bytes())) for file in files]

    assert len(found) == 8
    assert all(0 < len(times) <= entries for entries, times in found)
    assert any(len(times) < entries for entries, times in found)
    assert {moment.utcoffset() for _, times in found for moment in times.values()} == {timedelta(hours=-5)}
    page = next(RECORDED.glob("*.html")).read_bytes()
    with pytest.raises(ValueError, match="a page, not the feed"):
        read_atom(page)


async def test_a_filing_of_the_day_that_came_after_the_moment_is_rejected_and_the_earlier_one_kept() -> None:
    async with Loopback() as web:
        publish(web, {"AAPL": submissions(row(AFTER), row(BEFORE), row(EARLIER, "2026-04-23"))})
        answer = feed(entry(AFTER, "2026-04-24T16:05:00-04:00"), entry(BEFORE, "2026-04-24T09:30:00-04:00"))
        web.serve(company_feed("", 1), answer)
        fetcher, source = edgar(web)
        async with fetcher:
            gathering = await source.gather((subject("AAPL"),), AS_OF)
    sifted = sift((gathering,), (subject("AAPL"),), AS_OF)

    (facts,) = (facts for _, facts in sifted.facts)
    assert [(fact.key, fact.tags) for fact in facts] == [
        (BEFORE, ("text-not-read",)),
        (EARLIER, ("text-not-read",)),
    ]
    (refused,) = sifted.rejected
    assert (refused.gate, refused.reason) == (
        "future",
        "published 2026-04-24T16:05:00-04:00, after 2026-04-24T18:00:00+00:00",
    )
    assert isinstance(hours(gathering.filings)[EARLIER], Gap)


async def test_facts_of_one_day_stand_in_the_order_of_their_hours() -> None:
    morning, noon = "0000000001-26-000030", "0000000001-26-000031"
    async with Loopback() as web:
        publish(web, {"AAPL": submissions(row(morning), row(noon))})
        answer = feed(entry(noon, "2026-04-24T11:00:00-04:00"), entry(morning, "2026-04-24T08:00:00-04:00"))
        web.serve(company_feed("", 1), answer)
        fetcher, source = edgar(web)
        async with fetcher:
            gathering = await source.gather((subject("AAPL"),), AS_OF)

    assert hours(gathering.filings) == {
        morning: datetime(2026, 4, 24, 12, 0, tzinfo=UTC),
        noon: datetime(2026, 4, 24, 15, 0, tzinfo=UTC),
    }
    (facts,) = (facts for _, facts in sift((gathering,), (subject("AAPL"),), AS_OF).facts)
    assert [fact.key for fact in facts] == [noon, morning]


@pytest.mark.parametrize(
    ("body", "status", "said"),
    [
        (PAGE, 200, "the answer is a page, not the feed that was asked for"),
        ("overloaded", 503, "SEC EDGAR answered 503"),
        (feed().decode("latin-1"), 200, "the company's feed does not list it"),
    ],
)
async def test_without_the_feed_a_filing_of_the_day_is_kept_by_its_day_and_tagged(
    body: str, status: int, said: str
) -> None:
    async with Loopback() as web:
        publish(web, {"AAPL": submissions(row(AFTER), row(EARLIER, "2026-04-23"))})
        web.serve(company_feed("", 1), body.encode("latin-1"), status=status)
        fetcher, source = edgar(web)
        async with fetcher:
            gathering = await source.gather((subject("AAPL"),), AS_OF)
    sifted = sift((gathering,), (subject("AAPL"),), AS_OF)

    (facts,) = (facts for _, facts in sifted.facts)
    assert {fact.key: fact.tags for fact in facts} == {
        AFTER: ("text-not-read", "time-unknown"),
        EARLIER: ("text-not-read",),
    }
    published = hours(gathering.filings)[AFTER]
    assert isinstance(published, Gap)
    assert said in published.reason
    assert dict(gathering.coverage)["AAPL"].state is State.OK


async def test_a_company_that_filed_nothing_on_the_day_is_not_asked_and_one_that_did_once() -> None:
    async with Loopback() as web:
        listed = {
            "0": {"cik_str": 7, "ticker": "BRK-B", "title": "Berkshire"},
            "1": {"cik_str": 7, "ticker": "BRK-A", "title": "Berkshire"},
            "2": {"cik_str": 8, "ticker": "AAPL", "title": "Apple"},
        }
        web.serve("/files/company_tickers.json", json.dumps(listed))
        web.serve("/submissions/CIK0000000007.json", json.dumps(submissions(row(AFTER), row(BEFORE))))
        web.serve("/submissions/CIK0000000008.json", json.dumps(submissions(row(EARLIER, "2026-04-23"))))
        web.serve(company_feed("", 7), feed(entry(BEFORE, "2026-04-24T09:30:00-04:00")))
        fetcher, source = edgar(web)
        async with fetcher:
            await source.gather((subject("BRK.B"), subject("BRK-A"), subject("AAPL")), AS_OF)

    asked = [one.path for one in web.asked if "browse-edgar" in one.path]
    assert asked == [company_feed("", 7)]


async def test_the_day_is_new_yorks_also_when_the_moment_is_past_midnight_elsewhere() -> None:
    late = datetime(2026, 4, 25, 1, 0, tzinfo=UTC)  # nine in the evening of the 24th in New York
    async with Loopback() as web:
        publish(web, {"AAPL": submissions(row(AFTER))})
        web.serve(company_feed("", 1), feed(entry(AFTER, "2026-04-24T21:30:00-04:00")))
        fetcher, source = edgar(web)
        async with fetcher:
            gathering = await source.gather((subject("AAPL"),), late)

    (refused,) = sift((gathering,), (subject("AAPL"),), late).rejected
    assert refused.gate == "future"
