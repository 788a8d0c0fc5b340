"""Where a country keeps what its issuers must publish: the link for a person where no source is built in or
switched on.

Also the one table of countries: ISO code, the name that price sources write, and the suffixes of tickers
listed there. A row is a place to look, no promise that a program may read it. Addresses as the stores
themselves name them."""

from dataclasses import dataclass
from typing import Final

from core.base.gap import Gap
from core.facts.fact import Subject
from core.facts.words import sections

ENGLISH: Final = "en-US"


@dataclass(frozen=True, slots=True)
class Store:
    """`code` is ISO 3166; `name` is the country's; `suffixes` are of its exchanges; `language` is the
    one in which news of it is searched; `link` is where a person can look."""

    code: str
    name: str
    suffixes: tuple[str, ...]
    language: str
    title: str
    link: str


def _store(line: str) -> Store:
    code, name, suffixes, language, title, link = (part.strip() for part in line.split("|"))
    return Store(code, name, tuple(suffixes.split()), language or ENGLISH, title, link)


STORES: Final = tuple(map(_store, sections("stores")["stores"]))

BY_CODE: Final = {store.code: store for store in STORES}
_BY_NAME: Final = {store.name.casefold(): store for store in STORES}
_BY_SUFFIX: Final = {suffix: store for store in STORES for suffix in store.suffixes}


def stores_of(subject: Subject) -> tuple[Store, ...]:
    """The countries a name speaks of, surest first: its ISIN's, the one stated, its listing's. Each once."""
    found: list[Store] = []
    if isinstance(subject.isin, str) and (by_isin := BY_CODE.get(subject.isin[:2].upper())):
        found.append(by_isin)
    if isinstance(subject.country, str):
        stated = BY_CODE.get(subject.country.upper()) or _BY_NAME.get(subject.country.casefold())
        found += [stated] if stated else []
    found += [listed] if (listed := listed_in(subject.ticker)) else []
    return tuple(dict.fromkeys(found))


def listed_in(ticker: str) -> Store | None:
    """The country of the exchange that a ticker's suffix names; the United States without one."""
    base, dot, suffix = ticker.rpartition(".")
    if not dot or not base or suffix in _CLASSES:
        return BY_CODE["US"] if ticker.isalnum() or suffix in _CLASSES else None
    return _BY_SUFFIX.get(f".{suffix}")


# One letter A to E behind a dot is a class of shares (BRK.B).
_CLASSES: Final = frozenset("ABCDE")


def where_to_look(subject: Subject, read: frozenset[str] = frozenset()) -> str:
    """The sentence of a name that no source covers: which country has none here, and where a person can
    look. `read` are the countries of which a source is on."""
    stores = stores_of(subject)
    if not stores:
        return "no official source for its country in this program"
    home = stores[0]
    none = f"no official source for {home.name} in this program"
    if home.code in read:
        none = f"no official source of this program for {home.name} knows it"
    return f"{none}; look at {home.title}, {home.link}"


def stated_country(subject: Subject) -> str | Gap:
    """The ISO code of the home country: its ISIN's, else the one stated; the exchange alone says nothing
    of it."""
    stores = stores_of(subject)
    only_listed = not isinstance(subject.isin, str) and not isinstance(subject.country, str)
    return stores[0].code if stores and not only_listed else Gap(gap="nothing says its country")
