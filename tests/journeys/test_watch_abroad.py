"""The daily watch of a real bot reads a national store outside the US: its new major filing is one
message."""

import asyncio
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.push.watch import DONE_DAY
from providers.ledger.notes import SqliteWatchBook
from providers.ledger.sqlite import SqliteLedger
from tests.faults.living import Living
from tests.journeys.world import RECORDINGS, Answer

DANISH = RECORDINGS / "official" / "dk_oam"
MAJOR = "Novo Nordisk A/S files for bankruptcy"


def announcements(*titles: str, at: datetime) -> bytes:
    """The recorded answer of the Danish store with `titles` announced at `at`, in its own wire format."""
    said = json.loads((DANISH / "search.json").read_text(encoding="utf-8"))
    when = f"{at:%d-%m-%Y %H:%M:%S}"
    new = [
        {
            **said["data"]["rows"][0],
            "id": f"9{number}",
            "HeadlineColumn": title,
            "PublicationDateColumn": when,
        }
        for number, title in enumerate(titles)
    ]
    said["data"]["rows"] = [*new, *said["data"]["rows"]]
    return json.dumps(said).encode()


def known_for_a_week(living: Living, *tickers: str) -> None:
    """A ledger whose watch has looked at these names since last week."""
    ledger = SqliteLedger(living.ledger)
    for ticker in tickers:
        SqliteWatchBook(ledger.store).watched_since(ticker, datetime.now(UTC) - timedelta(days=7))
    ledger.close()


def watched(living: Living) -> bool:
    ledger = SqliteLedger(living.ledger)
    try:
        return ledger.notes.note(DONE_DAY) == datetime.now(UTC).date().isoformat()
    finally:
        ledger.close()


async def test_the_watch_sends_a_danish_names_major_announcement_and_nothing_else(tmp_path: Path) -> None:
    async with Living(tmp_path, held=("AAPL", "NOVO-B.CO")) as living:
        living.world.ways["/dk/config"] = Answer(body=(DANISH / "config.json").read_bytes())
        told = announcements(MAJOR, "Invitation to a call", at=datetime.now(UTC) - timedelta(hours=1))
        living.world.ways["/dk/search"] = Answer(body=told)
        living.settings |= {
            "SOURCES": "default,dk_oam",
            "DK_OAM_URL": f"{living.world.address}/dk",
            "GLEIF_URL": "off",
            "WATCH_TIME": "00:00",
        }
        known_for_a_week(living, "AAPL", "NOVO-B.CO")
        await living.start()
        await living.until(lambda: watched(living), "the watch of today")
        await living.until(lambda: living.chat() != [], "its message")
        await asyncio.sleep(0.5)  # what should not come would have come by now
        (row,) = living.chat()
        asked = list(living.world.asked)

    assert row.text.startswith("New major filing\nNOVO-B.CO · ")
    assert f"insolvency: “{MAJOR}”" in row.text
    assert "Invitation" not in row.text
    assert "/dk/search" in asked
    assert living.world.questions == []
