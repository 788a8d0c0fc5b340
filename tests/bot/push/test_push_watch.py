"""The watch says each major official fact once, at most one message a day, and does not fail in silence."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any, cast
from zoneinfo import ZoneInfo

import pytest
from telegram import Bot

from bot.push.watch import Watch, WatchPlan, announcement
from bot.telegram.delivery import Delivery
from core.base.errors import LedgerFailed, NotFound, SourceFailed
from core.engine.engine import Engine
from core.engine.looking import Sighting
from core.facts.fact import Authority, Excerpt, Fact, Severity
from providers.ledger.notes import SqliteNotes, SqliteWatchBook
from providers.ledger.outbox import SqliteOutbox
from providers.ledger.sqlite import SqliteLedger
from tests.bot.push_house import OWNER, SetClock, shown
from tests.local_telegram import LocalTelegram
from tests.providers.ledger import samples

PARIS = ZoneInfo("Europe/Paris")
EVENING = datetime(2026, 11, 2, 19, tzinfo=PARIS)
DAY = timedelta(days=1)


class Sources:
    """What the official sources say today."""

    def __init__(self, ledger: SqliteLedger) -> None:
        self.ledger = ledger
        self.facts: tuple[Fact, ...] = ()
        self.failures: tuple[str, ...] = ()
        self.error: Exception | None = None
        self.looks = 0

    async def watch(self) -> Sighting:
        self.looks += 1
        if self.error is not None:
            raise self.error
        return Sighting(names=("AAPL", "INTC"), facts=self.facts, failures=self.failures)


class Post:
    """One evening after the other."""

    def __init__(self, watch: Watch, sources: Sources, clock: SetClock, ledger: SqliteLedger) -> None:
        self.watch, self.sources, self.clock, self.ledger = watch, sources, clock, ledger

    async def evening(self, number: int, *facts: Fact, hours: float = 0) -> None:
        self.clock.at = EVENING + number * DAY + timedelta(hours=hours)
        self.sources.facts = facts or self.sources.facts
        await self.watch.tick()


def filed(number: int, *, after: int = 1, **changes: Any) -> Fact:
    day = (EVENING + after * DAY).date()
    return replace(samples.fact(number), day=day, **changes)


@pytest.fixture
async def local() -> AsyncIterator[LocalTelegram]:
    async with LocalTelegram() as telegram:
        telegram.person(OWNER, "Ada")
        yield telegram


@pytest.fixture
async def post(local: LocalTelegram, tmp_path: Path) -> AsyncIterator[Post]:
    ledger = SqliteLedger(tmp_path / "ledger.sqlite")
    clock, sources = SetClock(EVENING), Sources(ledger)
    outbox, notes = SqliteOutbox(ledger.store), SqliteNotes(ledger.store)
    async with Bot(local.token, base_url=local.bot_url, base_file_url=local.file_url) as bot:
        watch = Watch(
            engine=cast("Engine", sources),  # the one thing of it that a watch asks for
            book=SqliteWatchBook(ledger.store),
            notes=notes,
            outbox=outbox,
            delivery=Delivery(outbox, bot, holder="one", clock=clock),
            plan=WatchPlan(zone=PARIS, at=time(18, 30), chat_id=OWNER),
            clock=clock,
        )
        yield Post(watch, sources, clock, ledger)
    ledger.close()


async def test_a_new_major_filing_is_one_message_with_its_link_and_a_button(
    post: Post, local: LocalTelegram
) -> None:
    await post.evening(0)
    await post.evening(1, filed(7))

    (row,) = local.world.chats[OWNER].messages.values()
    assert (
        row.text
        == "New major filing\nAAPL · 2026-11-03 · The chief financial officer departs <today> · source"
    )
    assert row.entities[-1]["url"] == "https://www.sec.gov/Archives/AAPL/7.htm"
    assert [(button.label, button.data) for button in row.buttons] == [("Analyze now", "analyze")]
    assert not row.silent


async def test_each_fact_is_said_once_ever(post: Post, local: LocalTelegram) -> None:
    await post.evening(0)
    for number in (1, 2, 3):
        await post.evening(number, filed(7))

    assert len(shown(local)) == 1


async def test_a_quiet_day_says_nothing(post: Post, local: LocalTelegram) -> None:
    await post.evening(0)
    await post.evening(1)

    assert shown(local) == []
    assert post.watch.state().last_day == "2026-11-03"


async def test_it_looks_once_a_day_and_not_before_its_time(post: Post) -> None:
    await post.evening(0, hours=-1)
    early = post.sources.looks
    await post.evening(0)
    await post.evening(0, hours=2)

    assert (early, post.sources.looks) == (0, 1)


@pytest.mark.parametrize(
    "fact",
    [
        filed(7, severity=Severity.G2),
        filed(7, authority=Authority.NEWSWIRE),
        filed(7, after=-30),
        filed(7, ticker="MSFT"),
    ],
)
async def test_what_is_minor_unofficial_old_or_not_held_is_no_news(
    post: Post, local: LocalTelegram, fact: Fact
) -> None:
    await post.evening(0)
    await post.evening(1, fact)

    assert shown(local) == []


async def test_what_the_last_report_showed_is_no_news(post: Post, local: LocalTelegram) -> None:
    fact = filed(1)
    snapshot = samples.snapshot()
    frozen = replace(snapshot, dossiers=(replace(snapshot.dossiers[0], facts=(fact,)),))
    await post.evening(0)
    post.ledger.open_run(samples.opening(frozen=frozen))
    post.ledger.close_run(samples.lease("r1"), samples.closing())

    await post.evening(1, fact, filed(2))

    (text,) = shown(local)
    assert text.startswith("New major filing")


async def test_many_facts_are_one_message_that_counts_the_rest(post: Post, local: LocalTelegram) -> None:
    await post.evening(0)
    await post.evening(1, *(filed(number) for number in range(11)))

    (text,) = shown(local)
    assert text.startswith("11 new major filings")
    assert text.endswith("+5 more")


async def test_a_second_fact_of_the_day_waits_for_tomorrow(post: Post, local: LocalTelegram) -> None:
    post.sources.failures = ("INTC: edgar answered 503.",)
    await post.evening(0)
    await post.evening(1, filed(1))
    await post.evening(1, filed(1), filed(2), hours=2.5)
    today = len(shown(local))
    await post.evening(2, filed(1), filed(2))

    assert (today, len(shown(local))) == (1, 2)


async def test_failures_are_counted_and_said_after_three_days_and_not_before(
    post: Post, local: LocalTelegram
) -> None:
    post.sources.error = SourceFailed("edgar could not be read: it answered 503.", source="edgar")
    for number in range(3):
        await post.evening(number)
    before = shown(local)
    counted = post.watch.state()
    await post.evening(3)
    await post.evening(4)

    assert before == []
    assert (counted.failures, counted.failing_since) == (3, EVENING)
    (text,) = shown(local)
    assert "three days" in text
    assert "503" in text


async def test_a_failed_look_is_repeated_two_hours_later_and_a_good_one_clears_the_count(post: Post) -> None:
    post.sources.error = SourceFailed("edgar could not be read.", source="edgar")
    await post.evening(0)
    await post.evening(0, hours=1)
    too_early = post.sources.looks
    post.sources.error = None
    await post.evening(0, hours=2)

    assert (too_early, post.sources.looks) == (1, 2)
    assert (post.watch.state().failures, post.watch.state().last_day) == (0, "2026-11-02")


async def test_without_a_portfolio_there_is_nothing_to_watch(post: Post, local: LocalTelegram) -> None:
    post.sources.error = NotFound("There is no portfolio yet.")
    await post.evening(0)

    assert post.watch.state().failures == 0
    assert shown(local) == []


async def test_a_ledger_that_fails_ends_the_look_and_not_the_bot(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    post.ledger.close()

    await post.evening(0)

    with pytest.raises(LedgerFailed):
        post.ledger.runs()


async def test_a_look_under_way_ends_when_the_house_parks(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    started = asyncio.Event()

    async def slow() -> Sighting:
        started.set()
        await asyncio.sleep(600)
        raise AssertionError

    monkeypatch.setattr(post.sources, "watch", slow)
    post.watch.kick()
    await started.wait()
    post.watch.kick()

    await post.watch.park()

    assert post.watch._task is not None
    assert post.watch._task.cancelled()


def test_a_message_full_of_the_longest_excerpts_fits_into_one_of_telegrams() -> None:
    words = Excerpt(text="x" * 320, document="d" * 64, offset=0)
    long = replace(filed(7), excerpt=words, url=f"https://www.sec.gov/{'y' * 160}", ticker="NOVO-B.CO")

    message = announcement("key", OWNER, (long,) * 40)

    assert len(message.plain) < 4096
    assert message.plain.count("x" * 320) == 6
    assert "“" in message.plain
