"""What a folder of official filings consists of, and how `doctor` asks it.

Each folder has the same three files: `client.py` (fetch and parse), `terms.toml` (address, licence, rate, who
is asked about when nobody is held) and `codes.toml` (its own codes in the house's events, see `codes`). One
row of `registry` names the client; nothing else in the program knows a source by its name.
"""

import tomllib
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from core.base.gap import Gap
from core.facts.fact import State, Subject
from core.ports import FactSource, Identities
from providers.http import Fetched, Fetcher, Refusal, Terms

# What stands in SOURCES for every source whose terms clearly allow a private program.
DEFAULT: Final = "default"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What a refusing answer means when `phrase` stands in its page. `rests`: whether the host is then left
    alone."""

    phrase: str
    rule: str
    permanent: bool = False
    rests: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceTerms:
    """On what terms a source may be asked, as its `terms.toml` says. `docs/sources.md` is printed from this.

    `key` is its word in SOURCES and the name of its folder. `country` is an ISO code, or EU. `rate` says
    where `per_second` comes from. `checked` is the day on which the terms were last looked up; none means
    that nobody did. `welcome`: whether they clearly allow a private program; if not, it is off until the
    owner names it, and `why` is the sentence that says so. `seen` says how much of it was ever met: recorded,
    or never live. `zone` is where its days are counted. `addresses` are the settings that hold its addresses,
    `needs` those without which it cannot be asked; `hosts` are further addresses asked under the same terms;
    `rules` explain its refusals, `rest` is how long it is left alone after one. `stand_in` is who `doctor`
    asks about.
    """

    key: str
    name: str
    country: str
    reads: str
    home: str
    licence: str
    checked: date | None = None
    per_second: float
    rate: str
    welcome: bool
    why: str
    seen: str
    zone: str
    stand_in: Subject
    addresses: tuple[str, ...]
    needs: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    rules: tuple[Rule, ...] = ()
    rest: float = 600.0

    def refusal(self, status: int, body: bytes) -> Refusal:
        """The rule that a refusing answer names; an unknown page counts as a refusal of us, not of one
        document."""
        page = body.decode("utf-8", errors="replace").casefold()
        for each in self.rules:
            if each.phrase.casefold() in page:
                return Refusal(rule=each.rule, permanent=each.permanent, rests=each.rests)
        unnamed = " without naming a rule" if self.rules else ""
        return Refusal(rule=f"it answered {status}{unnamed}", permanent=False)

    def host_terms(
        self, addresses: tuple[str, ...], contact: str, *, per_second: float | None = None
    ) -> Terms:
        """What the egress door holds us to: one rate over all tasks and all addresses of the source."""
        return Terms(
            addresses=tuple(dict.fromkeys((*addresses, *self.hosts))),
            per_second=self.per_second if per_second is None else per_second,
            user_agent=f"Condorcet {contact or '(no contact set)'}",
            rest=self.rest,
            refusal=self.refusal,
        )


def terms_of(client: str) -> SourceTerms:
    """The terms beside a client, whose `__file__` is given. Raises TypeError for a word that no field has or
    that is missing."""
    folder = Path(client).parent
    data: dict[str, Any] = tomllib.loads((folder / "terms.toml").read_text("utf-8"))
    data["stand_in"] = Subject(**{"country": data["country"]} | data["stand_in"])
    data["rules"] = tuple(Rule(**each) for each in data.get("rules", ()))
    data.setdefault("addresses", [f"{folder.name}_url"])
    said: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in data.items()
    }
    return SourceTerms(key=folder.name, **said)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """What a source is built with. `addresses` are its settings in the order of its terms; `secrets` its keys
    by setting.

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
    """What a check may ask about: the names that the owner holds, at this moment. `heard` notes an answering
    server's clock."""

    held: tuple[Subject, ...]
    now: datetime
    heard: Callable[[Fetched], None]


async def asked_about(source: "Source", reach: Reach, question: Question) -> Checked:
    """Gathers one name: one that the owner holds and the source covers, else its stand-in."""
    reader = source.build(reach)
    held = next((each for each in question.held if reader.covers(each)), None)
    read = await reader.gather((held or source.terms.stand_in,), question.now)
    ((ticker, coverage),) = read.coverage
    reason = coverage.reason.reason if isinstance(coverage.reason, Gap) else coverage.reason
    if coverage.state is State.FAILED and held:
        return Checked(health=Health.FAILED, detail=reason)
    if coverage.state is State.FAILED:
        return Checked(health=Health.WARNING, detail=f"{reason} No held name is asked for there.")
    if coverage.state is State.NONE:
        return Checked(health=Health.WARNING, detail=f"nothing was read of {ticker}: {reason}.")
    return Checked(health=Health.OK, detail=f"answers, {read.read} documents of {ticker}.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One row of the registry."""

    terms: SourceTerms
    build: Callable[[Reach], FactSource]
    check: Callable[["Source", Reach, Question], Awaitable[Checked]] = asked_about


def why_off(
    terms: SourceTerms, addresses: Mapping[str, str | None], chosen: tuple[str, ...], given: frozenset[str]
) -> str:
    """Why the source is not asked, or "" when it is on. `addresses` by setting, `chosen` is SOURCES, `given`
    settings set."""
    off = [name for name, address in addresses.items() if address is None]
    if off:
        return f"switched off by {off[0].upper()}=off"
    if terms.key not in chosen and (not terms.welcome or (chosen and DEFAULT not in chosen)):
        reason = "not among SOURCES" if terms.welcome else terms.why
        return f"off: {reason} (SOURCES={DEFAULT},{terms.key} switches it on)"
    missing = [name.upper() for name in terms.needs if name not in given]
    return f"off: it needs {' and '.join(missing)}" if missing else ""
