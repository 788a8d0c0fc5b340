"""What a folder of official filings consists of: its terms, what it is built with, and how `doctor` asks it.

Each folder has the same four files: `client` (fetch and parse), `codes` (its own codes into the house's events), `terms`
(data) and `check`. One row of `registry` names the four; nothing else in the program knows a source by its name.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Final

from core.base.gap import Gap
from core.facts.fact import State, Subject
from core.ports import FactSource, Identities
from providers.http import Fetched, Fetcher, Refusal, Terms


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceTerms:
    """On what terms a source may be asked. `docs/sources.md` is printed from this.

    `key` is its word in SOURCES and the name of its folder. `country` is an ISO code, or EU. `rate` says where `per_second`
    comes from. `welcome`: whether its terms clearly allow a private program; if not, it is off until the owner names it, and
    `why` is the sentence that says so. `seen` says how much of it was ever met: recorded, or never live.
    `needs` are settings without which it cannot be asked; `hosts` are further addresses asked under the same terms.
    """

    key: str
    name: str
    country: str
    reads: str
    home: str
    licence: str
    checked: date | None
    per_second: float
    rate: str
    welcome: bool
    why: str
    seen: str
    needs: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    rest: float = 600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """What a source is built with. `addresses` are its settings in the order of its row; `secrets` its keys by setting.

    `folder`, when given, keeps documents over restarts."""

    fetcher: Fetcher
    addresses: tuple[str, ...]
    identities: Identities
    contact: str = ""
    secrets: Mapping[str, str] = field(default_factory=dict)
    folder: Path | None = None


class Health(StrEnum):
    """WARNING: it works, or a report can do without it, but the owner should know."""

    OK = "ok"
    WARNING = "warning"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """One line of an examination: what was found and, unless it is well, what to do."""

    health: Health
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What a check may ask about: the names that the owner holds, at this moment. `heard` notes an answering server's clock."""

    held: tuple[Subject, ...]
    now: datetime
    heard: Callable[[Fetched], None]

    def name(self, source: FactSource, stand_in: Subject) -> Subject:
        """A held name that the source covers, else the stand-in."""
        return next((each for each in self.held if source.covers(each)), stand_in)


Check = Callable[[Reach, Question], Awaitable[Checked]]


def _unexplained(status: int, _body: bytes) -> Refusal:
    return Refusal(rule=f"it answered {status}", permanent=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One row of the registry. `addresses` are the names of its settings; `refusal` reads the page of a refusing answer."""

    terms: SourceTerms
    addresses: tuple[str, ...]
    build: Callable[[Reach], FactSource]
    check: Check
    refusal: Callable[[int, bytes], Refusal] = _unexplained

    def host_terms(
        self, addresses: tuple[str, ...], contact: str, *, per_second: float | None = None
    ) -> Terms:
        """What the egress door holds us to: one rate over all tasks and all addresses of the source."""
        return Terms(
            addresses=tuple(dict.fromkeys((*addresses, *self.terms.hosts))),
            per_second=self.terms.per_second if per_second is None else per_second,
            user_agent=f"Condorcet {contact or '(no contact set)'}",
            rest=self.terms.rest,
            refusal=self.refusal,
        )


# What stands in SOURCES for every source whose terms clearly allow a private program.
DEFAULT: Final = "default"


def why_off(
    terms: SourceTerms, addresses: Mapping[str, str | None], chosen: tuple[str, ...], given: frozenset[str]
) -> str:
    """Why the source is not asked, or "" when it is on. `addresses` by setting, `chosen` is SOURCES, `given` settings set."""
    off = [name for name, address in addresses.items() if address is None]
    if off:
        return f"switched off by {off[0].upper()}=off"
    if terms.key not in chosen and (not terms.welcome or (chosen and DEFAULT not in chosen)):
        reason = "not among SOURCES" if terms.welcome else terms.why
        return f"off: {reason} (SOURCES={DEFAULT},{terms.key} switches it on)"
    missing = [name.upper() for name in terms.needs if name not in given]
    return f"off: it needs {' and '.join(missing)}" if missing else ""


def asked_about(source_of: Callable[[Reach], FactSource], stand_in: Subject, seen: str = "") -> Check:
    """A check that gathers one name: one the owner holds, else `stand_in`. `seen` is the honest word on what was never met."""

    async def check(reach: Reach, question: Question) -> Checked:
        source = source_of(reach)
        subject = question.name(source, stand_in)
        read = await source.gather((subject,), question.now)
        coverage = read.coverage[0][1]
        reason = coverage.reason.reason if isinstance(coverage.reason, Gap) else coverage.reason
        said = f" {seen}" if seen else ""
        if coverage.state is State.FAILED:
            held = any(source.covers(each) for each in question.held)
            return Checked(health=Health.FAILED if held else Health.WARNING, detail=f"{reason}{said}")
        detail = f"answers, {read.read} documents of {subject.ticker}."
        return Checked(health=Health.WARNING if seen else Health.OK, detail=f"{detail}{said}")

    return check
