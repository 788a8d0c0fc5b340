"""What `portfolio` asks at a terminal: answers to what a file leaves open, the listings of its instruments,
new tickers.

Without a terminal nothing is asked: a question becomes wrong use, with the words that would answer it.
"""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TypeVar

import click

from bot.app.house import open_house
from bot.cli.base import DONE, confirmed, say_json
from bot.report.markup import plain_text
from bot.report.portfolio import offer_line
from bot.settings import Settings
from core.base.errors import BadRequest, NotFound
from core.base.gap import Gap
from core.engine.offering import offers_for, unknown, what_moved
from core.engine.terms import Sources
from core.portfolio.books import Books
from core.portfolio.holding import Import, Question

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The words behind `portfolio` and its options."""

    words: tuple[str, ...]
    yes: bool
    whole: bool
    account: str
    answers: tuple[str, ...]
    tickers: tuple[str, ...]
    demo: bool
    as_json: bool

    @property
    def terminal(self) -> bool:
        return not self.as_json and sys.stdin.isatty() and sys.stdout.isatty()


def answer(asked: Asked, question: Question) -> str:
    options = [f"  {place}  {words}" for place, (_, words) in enumerate(question.options, 1)]
    if not asked.terminal:
        ways = "; ".join(
            f"--answer '{question.key}={answer}' ({words})" for answer, words in question.options
        )
        raise BadRequest(f"{question.text} Answer with {ways}.")
    click.echo("\n".join([question.text, *options]))
    place = click.prompt("Which", type=click.IntRange(1, len(question.options)), default=1)
    return question.options[place - 1][0]


def name_instruments(asked: Asked, found: Import, settings: Settings, books: Books) -> None:
    """Looks the instruments without a ticker up, after a yes, and keeps what is confirmed."""
    if not confirmed(f"{len(found.unnamed)} of these have no ticker. Look up where they are listed?"):
        return
    answered = asyncio.run(
        _with_sources(settings, asked, lambda sources, day: offers_for(found.unnamed, sources, day))
    )
    offered, failed = ((), (answered.gap,)) if isinstance(answered, Gap) else answered
    for sentence in failed:
        click.echo(sentence)
    for what, offers in offered:
        click.echo("\n".join(plain_text(offer_line(what, each)) for each in offers or (None,)))
        if not offers:
            continue
        places = [str(place) for place in range(1, len(offers) + 1)]
        chosen = click.prompt("Which is it (- for none)", type=click.Choice([*places, "-"]), default="1")
        if chosen != "-":
            ticker = offers[int(chosen) - 1].listing.ticker
            books.keep_ticker(what.identity, ticker, at=datetime.now(UTC), origin="command line")


def demand_known(asked: Asked, ticker: str, settings: Settings) -> None:
    """At a terminal a new ticker is looked up first. Raises NotFound for one that the source of prices does
    not know."""
    if not ticker or not asked.terminal:
        return
    reason = asyncio.run(_with_sources(settings, asked, lambda sources, day: unknown(ticker, sources, day)))
    if not isinstance(reason, Gap):
        raise NotFound(f"Nothing was changed: the source of prices does not know {ticker} ({reason}).")
    if reason.gap:
        click.echo(f"{ticker} could not be looked up ({reason.gap}).")


async def _with_sources(
    settings: Settings, asked: Asked, ask: Callable[[Sources, date], Awaitable[T | Gap]]
) -> T | Gap:
    """What the sources of the settings say, on the day that is asked about."""
    chosen = settings.model_copy(update={"model": settings.model or "rehearsal"})
    async with open_house(chosen, demo=asked.demo) as house:
        sources, frozen = house.engine.doors.sources, house.engine.terms.frozen_at
        day = datetime.now(house.zone) if isinstance(frozen, Gap) else frozen
        return sources if isinstance(sources, Gap) else await ask(sources, day.date())


def check_moved(asked: Asked, settings: Settings, books: Books) -> int:
    """Says what happened since the imports; at a terminal each is done after a yes."""
    found = asyncio.run(_with_sources(settings, asked, lambda sources, day: what_moved(books, sources, day)))
    if isinstance(found, Gap):
        raise NotFound(found.gap)
    if asked.as_json:
        say_json({"moved": [{"said": each.said, "typed": each.typed} for each in found]})
        return DONE
    for each in found:
        click.echo(f"{each.said}. To change it: portfolio {each.typed}")
        if asked.terminal:
            books.settle(each, apply=confirmed("Change it?"), at=datetime.now(UTC), origin="command line")
    if not found:
        click.echo("Nothing has moved since the import: no split, no new ticker.")
    return DONE
