"""What the questions share: settings, one client for all sources, and names to ask about.

Decision: real names are asked about, the owner's own where there are any: what a source says of them is what a report will
see. Without a portfolio a few large companies stand in.
"""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bot.app.sources import feed_rows, open_fetcher
from bot.settings import ENV_FILE, Settings
from core.base.errors import BadRequest
from core.base.gap import NOT_GIVEN, Gap
from core.facts.fact import Subject
from core.portfolio.holding import Portfolio

if TYPE_CHECKING:
    from providers.http import Fetched, Fetcher
    from providers.sources.feeds.rows import FeedRow
    from providers.sources.stories.parser import Parser

# One listed in the US, one in Germany, one with a French ISIN: each kind of source has something to say of one of them.
STAND_INS = (
    Subject(ticker="AAPL", name="Apple Inc.", isin="US0378331005", country="US"),
    Subject(ticker="SIE.DE", name="Siemens AG", isin="DE0007236101", country="DE"),
    Subject(ticker="MC.PA", name="LVMH", isin="FR0000121014", country="FR"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """`rows` is the sentence when NEWS_FEEDS cannot be read. `offsets` collects how far servers' clocks are ahead of ours."""

    settings: Settings
    env_file: Path
    now: datetime
    fetcher: "Fetcher"
    parser: "Parser"
    rows: "tuple[FeedRow, ...] | str"
    portfolio: Portfolio | Gap = NOT_GIVEN
    offsets: list[timedelta] = field(default_factory=list)

    def name(self, fits: Callable[[Subject], bool]) -> Subject:
        """A name that `fits`: the owner's if there is one, else a stand-in."""
        return next((each for each in (*self.held(), *STAND_INS) if fits(each)), STAND_INS[0])

    def holds(self, fits: Callable[[Subject], bool]) -> bool:
        """Whether the owner has a name that `fits`."""
        return any(fits(each) for each in self.held())

    def held(self) -> tuple[Subject, ...]:
        """The names of the owner's portfolio, where it could be read."""
        held = () if isinstance(self.portfolio, Gap) else self.portfolio.holdings
        return tuple(
            Subject(ticker=each.ticker, name=each.name, isin=each.isin, country=NOT_GIVEN) for each in held
        )

    def heard(self, answer: "Fetched") -> None:
        """Notes the answering server's clock."""
        try:
            theirs = parsedate_to_datetime(answer.headers.get("date", ""))
        except ValueError:
            return  # a server without a readable clock tells nothing about ours
        if theirs.tzinfo is not None:
            self.offsets.append(theirs - datetime.now(UTC))


@asynccontextmanager
async def open_bench(
    settings: Settings, *, env_file: Path = ENV_FILE, portfolio: Portfolio | Gap = NOT_GIVEN
) -> AsyncIterator[Bench]:
    """The client knows the same terms and the same trust as that of a run."""
    from providers.sources.stories.parser import Parser

    rows: tuple[FeedRow, ...] | str
    try:
        rows = feed_rows(settings)
    except BadRequest as error:
        rows = str(error)
    known = () if isinstance(rows, str) else rows
    opened = open_fetcher(settings, known, more=(settings.telegram_base_url,))
    async with opened as fetcher, Parser() as parser:
        yield Bench(
            settings=settings,
            env_file=env_file,
            now=datetime.now(UTC),
            fetcher=fetcher,
            parser=parser,
            rows=rows,
            portfolio=portfolio,
        )
