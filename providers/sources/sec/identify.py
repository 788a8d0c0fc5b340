"""Which company of the SEC's list a name is: American names by ticker, foreign issuers by who they are.

European brokers write MC for LVMH, which the SEC lists as Moelis, so a ticker alone never decides for a
foreign ISIN. A title that ends in /ADR is a bank's registration of receipts: the issuer itself files nothing
under it.
"""

import json
import re
from dataclasses import dataclass
from typing import Final

from core.base.gap import NOT_GIVEN, Gap
from core.facts.fact import Subject
from core.facts.stores import stores_of
from core.portfolio.identities import Entry, folded, names_of
from providers.sources.sec.submissions import Listed, read_tickers, spelled

CIK: Final = "cik"
# A ticker without an exchange suffix; one letter A to E behind a dot or hyphen is a class of shares (BRK.B),
# while L, T, F and V are London, Tokyo, Frankfurt and the TSX Venture Exchange.
_US_TICKER = re.compile(r"[A-Z]{1,6}(?:[.\-/][A-EK])?")
_RECEIPTS = re.compile(r"/ADR$|\bADR$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Directory:
    """The list of tickers, and the companies on it by the words of their name."""

    listed: dict[str, Listed]
    by_name: dict[tuple[str, ...], tuple[Listed, ...]]

    def entries(self, subject: Subject) -> tuple[Entry, ...]:
        """Companies with the subject's registered name, with its letters where they have them too."""
        letters = spelled(subject.ticker.rpartition(".")[0])
        same = self.listed.get(letters)
        found = {one.cik: one for name in names_of(subject) for one in self.by_name.get(folded(name), ())}
        return tuple(
            Entry(
                value=str(cik),
                name=one.title,
                symbol=letters if same is not None and same.cik == cik else NOT_GIVEN,
            )
            for cik, one in sorted(found.items())
        )


def directory_of(body: bytes) -> Directory:
    """The list read. Raises ValueError when it is none."""
    listed = read_tickers(body)
    by_name: dict[tuple[str, ...], tuple[Listed, ...]] = {}
    for one in {one.cik: one for one in listed.values()}.values():
        if not _RECEIPTS.search(one.title):
            words = folded(one.title)
            by_name[words] = (*by_name.get(words, ()), one)
    return Directory(listed, by_name)


def american(subject: Subject) -> bool:
    """Whether the ticker looks like one of a US exchange."""
    return _US_TICKER.fullmatch(subject.ticker) is not None


def by_ticker(subject: Subject, directory: Directory) -> int | Gap:
    """The CIK under an American ticker, or why it has none: for a foreign ISIN the names must have a word in
    common.
    """
    found = directory.listed.get(spelled(subject.ticker))
    if found is None:
        return Gap(gap="not registered with the SEC under this ticker")
    foreign = isinstance(subject.isin, str) and not subject.isin.upper().startswith("US")
    if foreign and isinstance(subject.name, str) and not found.can_be(subject.name):
        return Gap(gap=f"the SEC lists another company under this ticker: {found.title}")
    return found.cik


def country_of(page: bytes, subject: Subject) -> str | Gap:
    """The ISO code of a country of the subject that stands on a company's page, as its seat or where it was
    founded.
    """
    try:
        told = json.loads(page)
        places = [told.get("stateOfIncorporationDescription")]
        for address in dict(told.get("addresses") or {}).values():
            places += [address.get("country"), address.get("stateOrCountryDescription")]
    except (ValueError, TypeError, AttributeError, RecursionError):
        return Gap(gap="the page cannot be read")
    said = " | ".join(place for place in places if isinstance(place, str)).casefold()
    spoken = (store.code for store in stores_of(subject) if store.name.casefold() in said)
    return next(spoken, Gap(gap="another country"))
