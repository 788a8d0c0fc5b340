"""The regulator's figures: a period against the same one a year before, and nothing else."""

import json
from decimal import Decimal

import pytest

from core.facts.filing import Change
from providers.http import Fetcher
from providers.sources.sec.figures import fetch_figures, read_figures
from tests.providers.http.loopback import Loopback

QUARTER = {"accn": "new", "start": "2026-01-01", "end": "2026-03-31", "val": 108, "filed": "2026-05-01"}
BEFORE = {"accn": "old", "start": "2025-01-01", "end": "2025-03-31", "val": 100, "filed": "2025-05-01"}


def body(**tags: object) -> bytes:
    return json.dumps(
        {"facts": {"us-gaap": {tag: {"units": {"USD": rows}} for tag, rows in tags.items()}}}
    ).encode()


def test_a_quarter_is_held_against_the_same_quarter() -> None:
    read = read_figures(body(Revenues=[BEFORE, QUARTER], OperatingIncomeLoss=[BEFORE, QUARTER]))

    change = Change(what="revenue", now=Decimal(108), before=Decimal(100), per="quarter")
    assert read == {
        "new": (change, Change(what="operating income", now=Decimal(108), before=Decimal(100), per="quarter"))
    }


def test_the_first_tag_that_the_report_uses_counts() -> None:
    other = [BEFORE | {"val": 1}, QUARTER | {"val": 2}]

    (change,) = read_figures(body(ProfitLoss=other, NetIncomeLoss=[BEFORE, QUARTER]))["new"]

    assert (change.what, change.now) == ("net income", Decimal(108))


def test_the_report_itself_knows_best_what_the_year_before_was() -> None:
    restated = BEFORE | {"accn": "new", "val": 90, "filed": "2026-05-01"}
    later = BEFORE | {"accn": "later", "val": 80, "filed": "2026-08-01"}

    assert read_figures(body(Revenues=[BEFORE, restated, later, QUARTER]))["new"][0].before == 90
    assert read_figures(body(Revenues=[BEFORE, later, QUARTER]))["new"][0].before == 80


@pytest.mark.parametrize(
    ("start", "end", "per"),
    [
        ("2025-10-01", "2026-03-31", "half-year"),
        ("2025-07-01", "2026-03-31", "nine months"),
        ("2025-04-01", "2026-03-31", "year"),
        ("2025-12-29", "2026-03-29", "quarter"),
    ],
)
def test_a_period_is_named_by_its_length(start: str, end: str, per: str) -> None:
    before = BEFORE | {"start": start.replace("2025", "2024", 1), "end": end.replace("2026", "2025")}

    assert read_figures(body(Revenues=[before, QUARTER | {"start": start, "end": end}]))["new"][0].per == per


def test_the_shortest_period_of_a_report_is_the_newest_news() -> None:
    rows = [BEFORE, QUARTER, QUARTER | {"start": "2025-07-01", "val": 300}]

    assert read_figures(body(Revenues=rows))["new"][0].now == 108


@pytest.mark.parametrize(
    "rows",
    [
        [QUARTER],
        [QUARTER, BEFORE | {"start": "2024-04-01"}],
        [QUARTER, BEFORE | {"end": "2025-02-28"}],
        [QUARTER | {"start": "2026-03-01"}, BEFORE],
        [QUARTER | {"val": "many"}, BEFORE],
        [QUARTER | {"val": "NaN"}, BEFORE],
        [QUARTER, BEFORE | {"val": "Infinity"}],
        ["row", {}, {"accn": "x"}],
        "no rows",
    ],
)
def test_what_cannot_be_compared_is_not(rows: object) -> None:
    assert read_figures(body(Revenues=rows)) == {}


@pytest.mark.parametrize(
    "answer", [b"<html>", b"[]", b"{}", b'{"facts": {"us-gaap": []}}', b"[" * 100_000, b'{"facts": null}']
)
def test_anything_but_a_companys_facts_is_refused(answer: bytes) -> None:
    with pytest.raises(ValueError, match="no figures"):
        read_figures(answer)


def test_broken_tags_say_nothing() -> None:
    broken = json.dumps({"facts": {"us-gaap": {"Revenues": [], "ProfitLoss": {"units": []}}}}).encode()

    assert read_figures(broken) == {}


@pytest.mark.parametrize(
    ("answer", "status", "read"),
    [(body(Revenues=[BEFORE, QUARTER]), 200, ["new"]), (b"<html>", 200, []), (b"gone", 404, [])],
)
async def test_figures_that_cannot_be_had_are_none(answer: bytes, status: int, read: list[str]) -> None:
    async with Loopback() as web:
        web.serve("/api/xbrl/companyfacts/CIK0000000007.json", answer, status=status)
        async with Fetcher(trusted=[web.url]) as fetcher:
            found = await fetch_figures(fetcher, web.url, 7, "SEC EDGAR")

    assert list(found) == read
