"""Who a name is: its identifiers at regulators and its listings, where each came from and how sure it is.
Pure.

Promise: a match stands on two independent signs, or on the owner's word; one sign alone is asked about, for a
wrong match is the worst outcome: another company's insolvency would become this name's fact. Signs are the
registered name, the country, the ticker's own letters and the ISIN. Refused: a list in which two issuers fit.
"""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from core.base.gap import NOT_GIVEN, Gap
from core.facts.company_words import LEGAL
from core.facts.fact import Subject
from core.facts.spelling import straight
from core.facts.stores import stores_of


class Certainty(StrEnum):
    """How sure an identifier is. Only OWNER and SURE may be acted on."""

    OWNER = "the owner said so"
    SURE = "two signs agree"
    ONE = "one sign only"


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """One identifier of a name. `scheme`: isin, lei, cik, or the word of the source whose number it is (dk,
    it …).

    `signs` say in words what spoke for it."""

    scheme: str
    value: str
    source: str
    certainty: Certainty
    signs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """All that is known of who a name is, in a fixed order."""

    ticker: str
    known: tuple[Known, ...] = ()

    def sure(self, scheme: str) -> str | Gap:
        """The identifier, if it may be acted on."""
        for each in self.known:
            if each.scheme == scheme and each.certainty is not Certainty.ONE:
                return each.value
        return Gap(gap=f"no {scheme} is known for {self.ticker}")

    def with_(self, known: Known) -> "Identity":
        """The same with `known` in place of what stood under its scheme; the owner's word is never replaced
        by another."""
        old = next((each for each in self.known if each.scheme == known.scheme), None)
        if old is not None and old.certainty is Certainty.OWNER and known.certainty is not Certainty.OWNER:
            return self
        others = (each for each in self.known if each.scheme != known.scheme)
        return Identity(
            ticker=self.ticker, known=tuple(sorted((*others, known), key=lambda each: each.scheme))
        )

    def without(self, scheme: str) -> "Identity":
        """The same, with what stood under `scheme` forgotten: it will be asked anew."""
        return Identity(ticker=self.ticker, known=tuple(each for each in self.known if each.scheme != scheme))


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One place where an ISIN trades, as a source of prices writes it. `currency` as quoted there (GBp for
    pence)."""

    ticker: str
    exchange: str
    currency: str | Gap
    name: str | Gap
    source: str
    certainty: Certainty


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One issuer in a regulator's own list. `country` is an ISO code; `symbol` its letters at that
    exchange."""

    value: str
    name: str
    country: str | Gap = NOT_GIVEN
    symbol: str | Gap = NOT_GIVEN
    isin: str | Gap = NOT_GIVEN


# Legal words of other languages, and the parts of "p.l.c." and "S.p.A." once their stops are gone.
_LEGAL: Final = LEGAL | frozenset(
    (
        "aktiebolag", "auf", "azioni", "kommanditgesellschaft", "naamloze", "per", "public", "societa", "the",
        "vennootschap",
        "aktien", "aktieselskab", "aktiengesellschaft", "anonima", "oy", "oyj", "abp", "publ", "sociedad",
        "spa", "srl", "sau", "kk", "p", "l", "c", "n", "v",
    )
)  # fmt: skip
_WORD: Final = re.compile(r"[^\W_]+", re.UNICODE)
_STOPPED: Final = re.compile(r"\b(?:[^\W\d_]\.){2,}")


def folded(name: str) -> tuple[str, ...]:
    """The words of a registered name that tell companies apart: no legal form, no accent, no case."""
    text = _STOPPED.sub(lambda found: found[0].replace(".", "") + " ", straight(name))
    words = tuple(word for word in _WORD.findall(text.casefold()))
    return tuple(word for word in words if word not in _LEGAL) or words


def same_company(one: str, other: str) -> bool:
    """Whether two registered names are the same but for their legal form, case and accents."""
    return bool(one.strip()) and folded(one) == folded(other)


def names_of(subject: Subject) -> tuple[str, ...]:
    """What a subject is called: its name and the spellings that its source vouches for."""
    return (*((subject.name,) if isinstance(subject.name, str) else ()), *subject.aliases)


def signs_of(subject: Subject, entry: Entry) -> tuple[str, ...]:
    """The independent signs that `entry` is the subject, in words."""
    signs = []
    if any(same_company(name, entry.name) for name in names_of(subject)):
        signs.append(f"its name ({entry.name})")
    if isinstance(entry.country, str) and entry.country in {store.code for store in stores_of(subject)}:
        signs.append(f"its country ({entry.country})")
    letters = subject.ticker.rpartition(".")[0] or subject.ticker
    if isinstance(entry.symbol, str) and letters.casefold() == entry.symbol.casefold():
        signs.append(f"its ticker ({entry.symbol})")
    if isinstance(entry.isin, str) and entry.isin == subject.isin:
        signs.append(f"its ISIN ({entry.isin})")
    return tuple(signs)


def choose(subject: Subject, entries: Iterable[Entry], *, scheme: str, source: str) -> Known | Gap:
    """The one entry that is the subject on two signs, its name or ISIN among them; else why none is, or what
    to say."""
    if not names_of(subject):
        return Gap(gap=f"not looked for at {source}: nobody said its name")
    fitting = {entry.value: signs for entry in entries if (signs := _named(subject, entry))}
    sure = {value: signs for value, signs in fitting.items() if _independent(signs) > 1}
    most = max((len(signs) for signs in sure.values()), default=0)
    best = [(value, signs) for value, signs in sure.items() if len(signs) == most]
    if len(best) == 1:
        value, signs = best[0]
        return Known(scheme=scheme, value=value, source=source, certainty=Certainty.SURE, signs=signs)
    if not fitting:
        return Gap(gap=f"{source} lists no issuer of its name")
    told = " or ".join(sorted(fitting)[:3])
    how = "several issuers fit" if len(fitting) > 1 else "one sign only fits"
    return Gap(gap=f"{source}: {how} ({told}); say which with `identities {subject.ticker} {scheme}=…`")


def _independent(signs: tuple[str, ...]) -> int:
    """How many signs speak for themselves: an ISIN begins with its country, so beside it the country says
    nothing new."""
    kinds = {sign.partition(" (")[0] for sign in signs}
    return len(kinds - {"its country"}) if "its ISIN" in kinds else len(kinds)


def _named(subject: Subject, entry: Entry) -> tuple[str, ...]:
    """The signs, if the name or the ISIN is among them: a ticker and a country fit many a stranger (MC is
    Moelis)."""
    signs = signs_of(subject, entry)
    return signs if any(sign.startswith(("its name", "its ISIN")) for sign in signs) else ()


def to_note(identity: Identity) -> str:
    """As one line of JSON, in a fixed order."""
    return json.dumps(
        [[one.scheme, one.value, one.source, one.certainty.value, list(one.signs)] for one in identity.known]
    )


def from_note(ticker: str, text: str | None) -> Identity:
    """What `to_note` wrote; nothing known when there is none or it cannot be read: then it is asked again."""
    try:
        known = tuple(
            Known(
                scheme=str(scheme), value=str(value), source=str(source),
                certainty=Certainty(certainty), signs=tuple(str(sign) for sign in signs),
            )
            for scheme, value, source, certainty, signs in json.loads(text or "[]")
        )  # fmt: skip
    except (ValueError, TypeError):
        return Identity(ticker=ticker)
    return Identity(ticker=ticker, known=known)
