"""From the settings to a fact: a source that the owner switched on finds the LEI, the list and the text by
itself."""

import asyncio
import json
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.app import open_ledger
from bot.app.sources import official_states, open_sources
from bot.settings import Settings
from core.engine.looking import ask_source
from core.facts.coverage import coverage_by_ticker
from core.facts.fact import State, Subject
from core.facts.sift import sift
from tests.providers.http.loopback import Asked, Loopback, page

NOW = datetime(2026, 6, 26, 12, tzinfo=UTC)
TESCO = Subject(ticker="TSCO.L", name="Tesco PLC", isin="GB00BLGZ9862", country="United Kingdom")
LEI = "2138002P5RNKC5W2JZ46"
ENTITY = {
    "legalName": {"name": "TESCO PLC"},
    "legalAddress": {"country": "GB"},
    "category": "GENERAL",
    "status": "ACTIVE",
}
HIT = {
    "publication_date": "2026-06-25T06:00:02Z",
    "type": "Miscellaneous",
    "type_code": "MSCL",
    "headline": "Statement re leadership",
    "lei": LEI,
    "related_org": [],
    "seq_id": "1",
    "download_link": "NSM/RNS/1.html",
}
TEXT = (
    "<html><body><p>Tesco PLC</p>"
    "<p>The Chief Executive Officer has resigned with immediate effect.</p></body></html>"
)


async def answer(asked: Asked, writer: asyncio.StreamWriter) -> None:
    if asked.path.startswith("/api/v1/lei-records"):
        body = json.dumps({"data": [{"attributes": {"lei": LEI, "entity": ENTITY}}]})
    elif asked.path.startswith("/search"):
        body = json.dumps({"hits": {"hits": [{"_source": HIT}]}})
    else:
        body = TEXT if asked.path == "/artefacts/NSM/RNS/1.html" else ""
    await page(body.encode(), status=200 if body else 404)(asked, writer)


@pytest.mark.parametrize(("sources", "states"), [(("default", "uk_nsm"), [State.OK]), ((), [State.NONE])])
async def test_a_london_name_is_read_when_its_source_is_named_and_none_else(
    sources: tuple[str, ...], states: list[State], tmp_path: Path
) -> None:
    async with Loopback(fallback=answer) as web, AsyncExitStack() as stack:
        settings = Settings(
            database=tmp_path / "l.sqlite", sources=sources, uk_nsm_url=web.url, gleif_url=web.url,
            sec_base_url=web.url, sec_data_url=web.url, contact_email="me@example.org",
        )  # fmt: skip
        with open_ledger(settings) as ledger:
            opened = await open_sources(stack, settings, ledger, documents=tmp_path / "kept")
            official = [
                one for one in opened.facts if one.source_class.value == "official" and one.covers(TESCO)
            ]
            found = tuple([await ask_source(one, (TESCO,), NOW) for one in official])
            known = ledger.notes.note("identity TSCO.L")

    rows = coverage_by_ticker(found)["TSCO.L"]
    assert [row.state for row in rows] == states
    if not sources:
        assert "FCA National Storage Mechanism is off: the FCA documents no programming interface" in str(
            rows[0].reason
        )
        assert official_states(settings)["FCA National Storage Mechanism"].startswith("off: ")
        return
    (fact,) = dict(sift(found, (TESCO,), NOW).facts)["TSCO.L"]
    assert (fact.severity.value, fact.event.value) == ("G3", "chief leaves")
    assert "The Chief Executive Officer has resigned" in str(fact.excerpt)
    assert LEI in str(known)
