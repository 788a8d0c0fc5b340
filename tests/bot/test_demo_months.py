import json
from datetime import date
from itertools import pairwise
from pathlib import Path

from bot.app import open_engine, open_ledger
from bot.demo.months import EARLIER, label, market_as_of
from bot.demo.recorded import RECORDED_AT, RECORDINGS
from bot.report.changes import changes
from bot.settings import Settings
from core.run import Purpose, Run

RECORDED = (RECORDINGS / "market" / "market.json").read_text("utf-8")


def test_an_earlier_day_knows_only_the_closes_until_then() -> None:
    day = date(2026, 2, 27)

    names = json.loads(market_as_of(RECORDED, day))["names"]

    apple = next(name for name in names if name["ticker"] == "AAPL")
    assert (apple["price"], apple["day"]) == (264.18, "2026-02-27")
    assert all(row[0] <= "2026-02-27" for name in names for row in name.get("history", ()))
    assert len(names) == len(json.loads(RECORDED)["names"])


def test_a_name_that_had_no_close_yet_is_not_there() -> None:
    priced = [
        name for name in json.loads(market_as_of(RECORDED, date(2025, 3, 7)))["names"] if "price" in name
    ]
    before = json.loads(market_as_of(RECORDED, date(2025, 1, 2)))["names"]

    assert priced != []
    # Names that are known by name only are there on every day: nobody holds them.
    assert [name for name in before if "price" in name] == []


def test_the_months_lie_as_far_apart_as_a_track_record_needs() -> None:
    days = [moment.date() for moment in (*EARLIER, RECORDED_AT)]

    assert [(later - earlier).days for earlier, later in pairwise(days)] == [28, 28]


async def test_three_months_in_a_row_give_changes_and_a_track_record(tmp_path: Path) -> None:
    settings = Settings(database=tmp_path / "demo.sqlite")
    for moment in (*EARLIER, None):
        async with open_engine(settings, demo=True, at=moment) as engine:
            last = await engine.analyze()

    found = changes(last, _second(settings))

    assert last.opening.snapshot.recording == label(RECORDED_AT.date())
    assert found.compared
    assert found.news
    with open_ledger(settings, demo=True) as ledger:
        days = [
            ledger.run(one.id).opening.snapshot.day
            for one in ledger.runs(purposes=(Purpose.REPORT,), limit=9)
        ]
    assert days == [date(2026, 4, 24), date(2026, 3, 27), date(2026, 2, 27)]


def _second(settings: Settings) -> Run:
    with open_ledger(settings, demo=True) as ledger:
        return ledger.run(ledger.runs(purposes=(Purpose.REPORT,), limit=2)[1].id)
