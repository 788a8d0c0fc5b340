"""Once a day, without any model: new major official facts of the held names, in at most one message, each
once ever.

Decisions. No verdict is ever given here. What was filed before the watch first looked at a name, and what the
last report showed, is not news. A watch that fails is tried again two hours later, counted for `/status`, and
said in one message after three days, because a silent watch looks like a quiet market.
"""

import json
import logging
from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo
from html import escape
from typing import TYPE_CHECKING

from bot.push.desk import Ticking
from bot.report.lookup import kind_of, saying
from bot.telegram.delivery import Delivery
from core.base.errors import CondorcetError, NotFound
from core.due.message import Message, MessageKind
from core.facts.fact import Authority, Fact, Severity
from core.ports import Clock, Notes, Outbox, WatchBook

if TYPE_CHECKING:
    from core.engine.engine import Engine
    from core.engine.looking import Sighting

log = logging.getLogger(__name__)

AGAIN = timedelta(hours=2)
SAY_AFTER = timedelta(days=3)
MOST_LINES = 6  # facts in one message; with their excerpts under 4,096 characters
GOES_ON = "It goes on trying; /status shows how it stands."
DONE_DAY = "watch done"
FAILURES = "watch failures"


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchPlan:
    """`at` is the time of day in the owner's zone."""

    zone: tzinfo
    at: time
    chat_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchState:
    """For `/status`: the last day that was read, and the failures since the last success."""

    last_day: str
    failures: int
    failing_since: datetime | None
    reason: str


@dataclass(eq=False, kw_only=True)
class Watch(Ticking):
    """Looks once a day, however often it is kicked; a look that was parked is begun anew, for it costs
    nothing."""

    engine: "Engine"
    book: WatchBook
    notes: Notes
    outbox: Outbox
    delivery: Delivery
    plan: WatchPlan
    clock: Clock

    async def tick(self) -> None:
        """Looks if today's look is due and not done. Never raises but for cancellation."""
        try:
            now = self.clock.now()
            if self._is_due(now):
                await self._look(now)
                await self.delivery.pump()
        except CondorcetError as error:
            log.warning("The watch could not go on: %s", error)

    def state(self) -> WatchState:
        return state_of(self.notes)

    def _is_due(self, now: datetime) -> bool:
        local = now.astimezone(self.plan.zone)
        if local.time() < self.plan.at or self.notes.note(DONE_DAY) == local.date().isoformat():
            return False
        noted = self._failures()
        return noted is None or not timedelta(0) <= now - datetime.fromisoformat(noted["last"]) < AGAIN

    async def _look(self, now: datetime) -> None:
        try:
            watched = await self.engine.watch()
        except NotFound:
            self._done(now)  # no portfolio yet: there is nothing to watch
            return
        except CondorcetError as error:
            self._failed(now, (str(error),))
            return
        news = self._news(watched, now)
        if news:
            self._announce(news, now)
        if watched.failures:
            self._failed(now, watched.failures)
        else:
            self._done(now)

    def _news(self, watched: "Sighting", now: datetime) -> tuple[Fact, ...]:
        since = {name: self.book.watched_since(name, now) for name in watched.names}
        major = {
            key_of(fact): fact
            for fact in watched.facts
            if fact.severity is Severity.G3
            and fact.authority is Authority.OFFICIAL
            and fact.ticker in since
            and fact.day >= since[fact.ticker].astimezone(self.plan.zone).date()
        }
        shown = self._shown_before()
        unseen = self.book.unseen(tuple(key for key in major if key not in shown))
        return tuple(
            sorted((major[key] for key in unseen), key=lambda fact: (fact.day, fact.ticker, fact.id))
        )

    def _shown_before(self) -> frozenset[str]:
        try:
            snapshot = self.engine.ledger.last_report().opening.snapshot
        except NotFound:
            return frozenset()
        return frozenset(key_of(fact) for dossier in snapshot.dossiers for fact in dossier.facts)

    def _announce(self, news: tuple[Fact, ...], now: datetime) -> None:
        key = f"watch:{now.astimezone(self.plan.zone).date().isoformat()}"
        if not self.book.announce(
            tuple(map(key_of, news)), announcement(key, self.plan.chat_id, news), now=now
        ):
            log.info("Today's message of the watch is out; %d new facts wait for tomorrow.", len(news))

    def _done(self, now: datetime) -> None:
        day = now.astimezone(self.plan.zone).date().isoformat()
        self.notes.write_note(DONE_DAY, day, now=now)
        self.notes.write_note(FAILURES, "", now=now)

    def _failed(self, now: datetime, reasons: tuple[str, ...]) -> None:
        noted = self._failures()
        since = datetime.fromisoformat(noted["since"]) if noted else now
        count = (int(noted["count"]) if noted else 0) + 1
        value = {"since": since.isoformat(), "last": now.isoformat(), "count": count, "reason": reasons[0]}
        self.notes.write_note(FAILURES, json.dumps(value), now=now)
        log.warning("The watch failed (%d since %s): %s", count, since.isoformat(), "; ".join(reasons))
        if now - since >= SAY_AFTER:
            self.outbox.put((self._warning(since, reasons[0]),), now=now)

    def _failures(self) -> dict[str, str] | None:
        return failures_in(self.notes)

    def _warning(self, since: datetime, reason: str) -> Message:
        key = f"watch failing:{since.isoformat()}"
        head = "The daily watch has not been able to read everything for three days"
        return Message(
            key=key,
            batch=key,
            position=0,
            chat_id=self.plan.chat_id,
            kind=MessageKind.TEXT,
            placeholder=head,
            html=f"<b>{head}</b>\n{escape(reason, quote=False)}\n{GOES_ON}",
            plain=f"{head}\n{reason}\n{GOES_ON}",
            silent=False,
        )


def state_of(notes: Notes) -> WatchState:
    """How the watch stands, from what it noted: also for those who do not run it."""
    noted = failures_in(notes)
    return WatchState(
        last_day=notes.note(DONE_DAY) or "",
        failures=int(noted["count"]) if noted else 0,
        failing_since=datetime.fromisoformat(noted["since"]) if noted else None,
        reason=noted["reason"] if noted else "",
    )


def failures_in(notes: Notes) -> dict[str, str] | None:
    """The failures since the last success, or None."""
    noted = notes.note(FAILURES)
    return json.loads(noted) if noted else None


def key_of(fact: Fact) -> str:
    """What identifies a fact for ever: the regulator's own number where there is one."""
    return f"{fact.ticker} {fact.source} {fact.url if fact.key == '-' else fact.key}"


def announcement(key: str, chat_id: int, news: tuple[Fact, ...]) -> Message:
    """New major facts in their own words, with their links. No verdict: the facts speak, and a button asks
    the jury."""
    head = "New major filing" if len(news) == 1 else f"{len(news)} new major filings"
    html, plain = [f"<b>{head}</b>"], [head]
    for fact in news[:MOST_LINES]:
        line = f"{fact.ticker} · {fact.day.isoformat()} · {kind_of(fact)}{saying(fact)}"
        # Links are https addresses of the regulator; anything else is shown without a link.
        linked = fact.url.startswith(("https://", "http://"))
        said = escape(line, quote=False)
        html.append(f'{said} · <a href="{escape(fact.url)}">source</a>' if linked else said)
        plain.append(f"{line} · {fact.url}")
    if len(news) > MOST_LINES:
        html.append(f"+{len(news) - MOST_LINES} more")
        plain.append(f"+{len(news) - MOST_LINES} more")
    return Message(
        key=key,
        batch=key,
        position=0,
        chat_id=chat_id,
        kind=MessageKind.TEXT,
        placeholder=f"{head}: {', '.join(dict.fromkeys(fact.ticker for fact in news))}"[:200],
        html="\n".join(html),
        plain="\n".join(plain),
        buttons=((("Analyze now", "analyze"),),),
        silent=False,
    )
