"""The register of identities: asks GLEIF once for a name's LEI, keeps every identifier in the ledger, takes
the owner's word.

OpenFIGI lists where an ISIN trades: opt-in, only with the owner's free key (OPENFIGI_KEY).

Refuses to guess: `core.portfolio.identities` decides on two signs; what it leaves open is kept as not
known for a month and then asked again. GLEIF's data is CC0; it maps ISINs to issuers daily. A fund's ISIN
and an entity that no longer exists give no LEI; a lapsed registration still names its entity."""

import asyncio
import json
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any, Final
from urllib.parse import quote

from stdnum import lei as lei_number

from core.base.errors import BadRequest, SourceFailed
from core.base.gap import Gap
from core.facts.fact import Subject
from core.portfolio.holding import Unnamed
from core.portfolio.identities import (
    Certainty,
    Entry,
    Identity,
    Known,
    Listing,
    choose,
    from_note,
    same_company,
    to_note,
)
from core.portfolio.isin import is_isin
from core.portfolio.venues import VENUES, Venue, ticker_at, venue_named
from core.ports import Notes
from providers.http import Fetcher, Terms

NAME: Final = "GLEIF"
FIGI: Final = "OpenFIGI"
# GLEIF allows sixty requests a minute.
REQUESTS_PER_SECOND: Final = 1.0
CAP: Final = 2_000_000
LEI: Final = "lei"
CIK: Final = "cik"
# How long "not known" is believed.
AGAIN_AFTER: Final = timedelta(days=30)
# More hits of one name than this, and it is no name to go by.
MOST_HITS: Final = 20


def gleif_terms(url: str, contact: str, *, per_second: float = REQUESTS_PER_SECOND) -> Terms:
    """Who we are, at the rate that GLEIF names."""
    return Terms(addresses=(url,), per_second=per_second, user_agent=f"Condorcet {contact}")


class Unwritten:
    """Implements `core.ports.Notes` in memory: for an examination that leaves nothing behind."""

    def __init__(self) -> None:
        self._kept: dict[str, str] = {}

    def note(self, name: str) -> str | None:
        return self._kept.get(name)

    def write_note(self, name: str, text: str, *, now: datetime) -> None:
        self._kept[name] = text


class Kept:
    """Who each name is as the ledger keeps it, with the owner's word above all. Asks nobody.

    `schemes` are the numbers that the owner may correct: lei, cik and the words of the sources that go by
    one."""

    def __init__(
        self, notes: Notes, *, now: Callable[[], datetime], schemes: Sequence[str] = (LEI, CIK)
    ) -> None:
        self._notes, self._now, self._schemes = notes, now, schemes

    def known(self, ticker: str) -> Identity:
        return from_note(ticker, self._notes.note(_note(ticker)))

    def keep(self, ticker: str, known: Known) -> Identity:
        identity = self.known(ticker).with_(known)
        self._notes.write_note(_note(ticker), to_note(identity), now=self._now())
        return identity

    def forget(self, ticker: str, scheme: str) -> Identity:
        identity = self.known(ticker).without(scheme)
        self._notes.write_note(_note(ticker), to_note(identity), now=self._now())
        self._notes.write_note(_asked(ticker), "", now=self._now())
        return identity

    def corrected(self, ticker: str, changes: Sequence[str]) -> Identity:
        """What is known after the owner's SCHEME=VALUE; an empty value forgets what was known. Raises
        BadRequest at the first that cannot be right; those before it are kept."""
        for change in changes:
            scheme, equals, value = (part.strip() for part in change.partition("="))
            scheme = scheme.casefold()
            if not equals or scheme not in self._schemes:
                allowed = ", ".join(self._schemes)
                raise BadRequest(f"{change[:60]!r} is not SCHEME=VALUE with one of {allowed}.")
            if not value:
                self.forget(ticker, scheme)
                continue
            if not _sound(scheme, value):
                raise BadRequest(f"{value[:60]!r} is no {scheme}.")
            value = value.upper() if scheme == LEI else value
            said = (f"{self._now():%Y-%m-%d}",)
            word = Known(
                scheme=scheme, value=value, source="the owner", certainty=Certainty.OWNER, signs=said
            )
            self.keep(ticker, word)
        return self.known(ticker)


class Register(Kept):
    """Implements `core.ports.Identities` and `ListingSource`. `gleif_url` None: no LEI is looked for.
    `figi_key` "": no listing is."""

    def __init__(
        self,
        fetcher: Fetcher,
        notes: Notes,
        *,
        gleif_url: str | None,
        now: Callable[[], datetime],
        figi_url: str = "",
        figi_key: str = "",
    ) -> None:
        super().__init__(notes, now=now)
        self._fetcher = fetcher
        self._gleif = None if gleif_url is None else gleif_url.rstrip("/")
        self._figi = (figi_url.rstrip("/"), figi_key)
        self._turns: dict[str, asyncio.Lock] = {}

    async def lei(self, subject: Subject) -> str | Gap:
        # Ten sources ask for one name side by side: the first asks GLEIF, the others read what it kept.
        async with self._turns.setdefault(subject.ticker, asyncio.Lock()):
            found = self.known(subject.ticker).sure(LEI)
            if isinstance(found, str) or self._gleif is None:
                return found
            said = self._said(subject)
            if said is not None:
                return Gap(gap=said)
            answer = await self._ask(subject)
            if isinstance(answer, Known):
                self.keep(subject.ticker, answer)
                return answer.value
            asked = [str(subject.isin), str(subject.name), self._now().isoformat(), answer.reason]
            self._notes.write_note(_asked(subject.ticker), json.dumps(asked), now=self._now())
            return answer

    async def find(self, what: Unnamed) -> tuple[Listing, ...]:
        """A ListingSource: what OpenFIGI lists for an ISIN, where its owner set a key; the name is the
        second sign."""
        url, key = self._figi
        if not (url and key and is_isin(what.identity)):
            return ()
        asked = json.dumps([{"idType": "ID_ISIN", "idValue": what.identity}]).encode()
        headers = {"content-type": "application/json", "x-openfigi-apikey": key}
        fetched = await self._fetcher.get(
            f"{url}/v3/mapping", source=FIGI, headers=headers, cap=CAP, post=asked
        )
        return _listings(fetched.body, what)

    def _said(self, subject: Subject) -> str | None:
        """What GLEIF said of this very name a while ago, when it knew none."""
        try:
            isin, name, at, reason = json.loads(self._notes.note(_asked(subject.ticker)) or "")
            fresh = self._now() - datetime.fromisoformat(at) < AGAIN_AFTER
        except (ValueError, TypeError):
            return None
        return str(reason) if fresh and [isin, name] == [str(subject.isin), str(subject.name)] else None

    async def _ask(self, subject: Subject) -> Known | Gap:
        if isinstance(subject.isin, str):
            wanted, size = f"filter[isin]={quote(subject.isin)}", 5
        elif isinstance(subject.name, str):
            wanted, size = f"filter[entity.legalName]={quote(subject.name)}", MOST_HITS
        else:
            return Gap(gap=f"not looked for at {NAME}: neither its ISIN nor its name is known")
        fetched = await self._fetcher.get(
            f"{self._gleif}/api/v1/lei-records?{wanted}&page[number]=1&page[size]={size}",
            source=NAME,
            cap=CAP,
        )
        try:
            rows = json.loads(fetched.body)["data"]
            found = [_entity(row, subject.isin) for row in rows]
        except (ValueError, KeyError, TypeError) as error:
            raise SourceFailed(
                f"{NAME} answered with something else than its records.", source=NAME
            ) from error
        refused = next((one for one in found if isinstance(one, Gap)), None)
        entries = [one for one in found if isinstance(one, Entry)]
        if not entries and refused is not None:
            return refused
        if len(entries) >= MOST_HITS:
            return Gap(gap=f"{NAME} knows {MOST_HITS} or more of that name")
        return choose(subject, entries, scheme=LEI, source=NAME)


def _entity(row: dict[str, Any], isin: str | Gap) -> Entry | Gap:
    entity = row["attributes"]["entity"]
    if entity["category"] == "FUND":
        return Gap(gap="its ISIN is that of a fund: no issuer of its own files for it")
    if entity["status"] != "ACTIVE":
        return Gap(gap=f"{NAME} says that {entity['legalName']['name']} no longer exists")
    return Entry(
        value=str(row["attributes"]["lei"]),
        name=str(entity["legalName"]["name"]),
        country=str(entity["legalAddress"]["country"]),
        isin=isin,
    )


def _listings(body: bytes, what: Unnamed) -> tuple[Listing, ...]:
    """Every listing on an exchange of `core.portfolio.venues`, in its order; sure where the registered
    name agrees too. One elsewhere is left out: its ticker could not be written as price sources write it."""
    try:
        (job,) = json.loads(body)
        if "data" not in job and "error" in job:
            raise SourceFailed(f"{FIGI} refused the ISIN {what.identity}.", source=FIGI, permanent=True)
        rows = [
            (venue, ticker_at(_spelled(str(row["ticker"])), venue), str(row["name"]))
            for row in job.get("data", ())
            if row["marketSector"] == "Equity"
            and row["shareClassFIGI"] is not None
            and isinstance(venue := venue_named(str(row["exchCode"])), Venue)
        ]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise SourceFailed(f"{FIGI} answered with something else than a mapping.", source=FIGI) from error
    return tuple(
        Listing(
            ticker=ticker,
            exchange=venue.name,
            currency=venue.currency,
            name=told or Gap(gap="not given"),
            source=FIGI,
            certainty=Certainty.SURE
            if isinstance(what.name, str) and same_company(what.name, told)
            else Certainty.ONE,
        )
        for venue, ticker, told in sorted(dict.fromkeys(rows), key=lambda row: VENUES.index(row[0]))
    )


def _spelled(ticker: str) -> str:
    """A class stands behind a hyphen: BRK/B is BRK-B."""
    return ticker.replace("/", "-").rstrip("-").replace(" ", "-")


def _sound(scheme: str, value: str) -> bool:
    """Whether a number can be one of its scheme: an LEI by its check digits, a CIK by its length."""
    if scheme == LEI:
        return bool(lei_number.is_valid(value))
    if scheme == CIK:
        return value.isascii() and value.isdecimal() and len(value) <= 10
    return value.isprintable() and len(value) <= 120


def _note(ticker: str) -> str:
    return f"identity {ticker}"


def _asked(ticker: str) -> str:
    return f"identity asked {ticker}"
