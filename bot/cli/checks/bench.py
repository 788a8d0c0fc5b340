"""What an examination works with: findings, each question within bounded time, and the objects that a run
would ask.

Decision: real names are asked about, the owner's own where there are any: what a source says of them is what
a report will see. Without a portfolio a few large companies stand in.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from bot.app.sources import Outside, open_outside
from bot.cli.base import DONE, SOURCE_FAILED, WRONG_USE
from bot.settings import Settings
from core.base.errors import BadRequest, CondorcetError, SourceFailed
from core.base.gap import NOT_GIVEN, Gap
from core.facts.fact import Subject
from core.portfolio.holding import Portfolio

if TYPE_CHECKING:
    from providers.http import Fetched

# One listed in the US, one in Germany, one with a French ISIN: each kind of source has something to say of
# one of them.
STAND_INS = (
    Subject(ticker="AAPL", name="Apple Inc.", isin="US0378331005", country="US"),
    Subject(ticker="SIE.DE", name="Siemens AG", isin="DE0007236101", country="DE"),
    Subject(ticker="MC.PA", name="LVMH", isin="FR0000121014", country="FR"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """`outside` is what a run would ask. `offsets` collects how far servers' clocks are ahead of ours."""

    outside: Outside
    now: datetime
    portfolio: Portfolio | Gap = NOT_GIVEN
    offsets: list[timedelta] = field(default_factory=list)

    @property
    def settings(self) -> Settings:
        return self.outside.settings

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
async def open_bench(settings: Settings, *, portfolio: Portfolio | Gap = NOT_GIVEN) -> AsyncIterator[Bench]:
    """Built as for a run, and Telegram besides; what is learnt of identities is kept nowhere."""
    from providers.identities.client import Unwritten

    more = (settings.telegram_base_url,)
    async with open_outside(settings, Unwritten(), documents=None, more=more) as outside:
        yield Bench(outside=outside, now=datetime.now(UTC), portfolio=portfolio)


class State(StrEnum):
    """WARNING: it works, or a report can do without it, but the owner should know."""

    OK = "ok"
    WARNING = "warning"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """`detail` is one line: what was found and, unless it is well, what to do. `exit_code` is not zero when
    FAILED."""

    check: str
    state: State
    detail: str
    exit_code: int = DONE


def fine(check: str, detail: str) -> Finding:
    return Finding(check=check, state=State.OK, detail=detail)


def warned(check: str, detail: str) -> Finding:
    return Finding(check=check, state=State.WARNING, detail=detail)


def wrong(check: str, detail: str) -> Finding:
    """A setting or file of the owner's that must be mended."""
    return Finding(check=check, state=State.FAILED, detail=detail, exit_code=WRONG_USE)


def unreachable(check: str, detail: str) -> Finding:
    """Something needed that cannot be had now."""
    return Finding(check=check, state=State.FAILED, detail=detail, exit_code=SOURCE_FAILED)


async def bounded(
    check: str, work: Awaitable[tuple[Finding, ...]], *, seconds: float, advice: str = ""
) -> tuple[Finding, ...]:
    """The findings of `work`, or the one that says why there are none. `advice` is what to do about a
    failure."""
    try:
        async with asyncio.timeout(seconds):
            return await work
    except TimeoutError:
        return (unreachable(check, _with(f"gave no answer within {seconds:g} seconds.", advice)),)
    except SourceFailed as error:
        return (unreachable(check, _with(str(error), advice)),)
    except BadRequest as error:
        return (wrong(check, str(error)),)
    except CondorcetError as error:
        return (wrong(check, _with(str(error), advice)),)


def _with(said: str, advice: str) -> str:
    return f"{said} {advice}" if advice else said


def exit_code_of(findings: tuple[Finding, ...]) -> int:
    """Wrong settings before what is unreachable: mending them comes first."""
    codes = {finding.exit_code for finding in findings if finding.state is State.FAILED}
    return WRONG_USE if WRONG_USE in codes else SOURCE_FAILED if codes else DONE
