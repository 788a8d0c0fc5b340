"""EDGAR's structured filings by their fields: insiders' forms (3, 4, 5, 144), large holders (13D, 13G),
removals (25).

Promise: what a field states and nothing else; a field that is missing or no number is a Gap, a document of
another shape gives nothing. Decision: fields are cut out by name instead of parsing the tree, so that neither
a truncated document nor an entity that expands into gigabytes can do harm. Of several reporting persons of
one group the largest stake counts.
"""

import html
import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import Final

from core.base.gap import NOT_GIVEN, Gap
from core.facts.filing import Dealing, Stake

# A form with more transactions than this says no more by the rest.
MOST: Final = 200
_LARGEST: Final = Decimal(10) ** 12
_CHIEF: Final = re.compile(
    r"\bchief exec|\bchief fin|\bCEO\b|\bCFO\b|\bprincipal (?:executive|financial)", re.IGNORECASE
)
_PLAN: Final = re.compile(r"10b5-?1", re.IGNORECASE)
_TRUE: Final = frozenset({"1", "true", "y"})
# P and S are dealings in the market; every other code is a grant, a tax, a gift, an exercise.
_CODES: Final = {"P": True, "S": False}
_HOW: Final = {
    "A": "grant",
    "C": "conversion",
    "D": "return to the company",
    "F": "tax",
    "G": "gift",
    "M": "exercise",
    "X": "exercise",
}


def fields(text: str, name: str) -> Iterator[str]:
    """The contents of each element called `name`, whatever its namespace, tags inside kept."""
    # Two searches that only move forward: one pattern for both tags would read a thousand unclosed ones a
    # thousand times.
    begin, end = (
        re.compile(rf"<(?:\w{{1,20}}:)?{name}(?: [^<>]*)?>"),
        re.compile(rf"</(?:\w{{1,20}}:)?{name}>"),
    )
    place = 0
    while (opened := begin.search(text, place)) and (closed := end.search(text, opened.end())):
        yield text[opened.end() : closed.start()]
        place = closed.end()


def field(text: str, name: str) -> str:
    """The words of the first element called `name`, or ""."""
    return _words(next(fields(text, name), ""))


def _words(inner: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", inner)).split())[:200]


def _number(text: str, name: str) -> Decimal | Gap:
    try:
        number = Decimal(field(text, name).replace(",", "").rstrip("%"))
    except InvalidOperation:
        return NOT_GIVEN
    return number if number.is_finite() and abs(number) < _LARGEST else NOT_GIVEN


def dealings(text: str) -> tuple[Dealing, ...]:
    """What insiders did or announced, from form 3, 4, 5 or 144; () for any other document."""
    if not field(text, "rptOwnerName"):
        return _announced(text)
    who = field(text, "rptOwnerName")
    title = field(text, "officerTitle")
    role = title or ("director" if field(text, "isDirector").lower() in _TRUE else "large holder")
    noted = any(_PLAN.search(note) for note in fields(text, "footnote"))
    planned = field(text, "aff10b5One").lower() in _TRUE or noted
    found = []
    for number, one in enumerate(fields(text, "nonDerivativeTransaction")):
        if number == MOST:
            break
        code = field(one, "transactionCode")
        bought = _CODES.get(code)
        shares, price = _number(one, "transactionShares"), _number(one, "transactionPricePerShare")
        money = shares * price if isinstance(shares, Decimal) and isinstance(price, Decimal) else NOT_GIVEN
        found.append(
            Dealing(
                who=who,
                role=role,
                chief=_CHIEF.search(title) is not None,
                bought=bought,
                shares=shares,
                money=money,
                planned=planned and bought is not None,
                how="" if bought is not None else _HOW.get(code, "other"),
            )
        )
    if found:
        return tuple(found)
    how = "first statement" if field(text, "documentType").startswith("3") else "derivatives only"
    return (
        Dealing(who=who, role=role, chief=False, bought=None, shares=NOT_GIVEN, money=NOT_GIVEN, how=how),
    )


def _announced(text: str) -> tuple[Dealing, ...]:
    who = field(text, "nameOfPersonForWhoseAccountTheSecuritiesAreToBeSold")
    if not who:
        return ()
    return (
        Dealing(
            who=who,
            role=field(text, "relationshipToIssuer").lower() or "holder",
            chief=False,
            bought=False,
            shares=_number(text, "noOfUnitsSold"),
            money=_number(text, "aggregateMarketValue"),
            planned=bool(field(text, "planAdoptionDate") or _PLAN.search(field(text, "remarks"))),
            notice=True,
        ),
    )


_RENDERED_HOLDER: Final = re.compile(
    r"names? of reporting persons?[\s\S]{0,200}?\n(?P<who>[^\n]{3,80})", re.IGNORECASE
)
_RENDERED_PERCENT: Final = re.compile(
    r"percent of class represented[\s\S]{0,200}?(?P<percent>\d{1,3}(?:\.\d+)?)\s*%", re.IGNORECASE
)


_NAME: Final = re.compile(r"[A-Z][\w.,&'’ -]{2,60}")


def stakes(text: str) -> tuple[Stake, ...]:
    """The largest holder of a 13D or 13G and its percent, from the fields or from a text's cover page; ()
    without one.
    """
    holders = [_words(one) for one in fields(text, "reportingPersonName")]
    percents = [
        _percent(_words(one)) for name in ("percentOfClass", "classPercent") for one in fields(text, name)
    ]
    if not holders:
        who, share = _RENDERED_HOLDER.search(text), _RENDERED_PERCENT.search(text)
        named = who["who"].strip(" :;") if who else ""
        holders = [named if _NAME.fullmatch(named) else "a large holder"]
        percents = [_percent(share["percent"])] if share else []
    pairs = [
        (percent, holder)
        for holder, percent in zip(holders, percents, strict=False)
        if isinstance(percent, Decimal)
    ]
    if not pairs:
        return ()
    percent, holder = max(pairs, key=lambda pair: pair[0])
    return (Stake(holder=holder, percent=percent),)


def _percent(text: str) -> Decimal | Gap:
    try:
        number = Decimal(text.rstrip("% "))
    except InvalidOperation:
        return NOT_GIVEN
    return number if Decimal(0) <= number <= Decimal(100) else NOT_GIVEN


# From a line's beginning and without going back inside a line: a text of one line would else be read once for
# each sign of it.
_DESCRIBED: Final = re.compile(r"\n\(?Description of class", re.IGNORECASE)
_ADDRESS: Final = re.compile(r"executive offices\)?\s*\n?", re.IGNORECASE)
_SHARES: Final = re.compile(
    r"\b(?:common (?:stock|shares?)|(?:ordinary|registered|capital|subordinate voting) shares?"
    r"|class [A-C] (?:common|ordinary)|shares of beneficial interest|(?:series|class) [A-C] common"
    r"|common units)\b",
    re.IGNORECASE,
)
# Depositary shares stand for the shares of a foreign issuer, or for a fraction of a preferred one.
_DEPOSITARY: Final = re.compile(r"\bdepositary (?:shares|receipts)\b", re.IGNORECASE)
_PREFERRED: Final = re.compile(r"\bprefer(?:red|ence)\b", re.IGNORECASE)
_NOT_SHARES: Final = re.compile(
    r"\b(?:notes?|debentures?|bonds?|warrants?|units?|preferred|preference|rights)\b|\d(?:\.\d+)?\s?%",
    re.IGNORECASE,
)
# What a warrant or a convertible note may become is not what leaves the exchange.
_CLAIM: Final = re.compile(
    r"\b(?:exercisable|convertible|exchangeable|to purchase)\b.{0,120}?\b(?:stock|shares?)\b"
    r"(?: of (?:\S+ ){0,5}?(?:stock|shares?)\b)?",
    re.IGNORECASE,
)


def removed_class(text: str) -> str:
    """The class of security that a form 25 removes, as it describes it, or ""."""
    if described := field(text, "descriptionClassSecurity"):
        return described
    found = _DESCRIBED.search(text)
    if found is None:
        return " ".join(text.split())[:200] if len(text) < 200 else ""
    # The lines above: some issuers list a dozen notes.
    above = "\n".join(text[max(0, found.start() - 3_000) : found.start()].split("\n")[-13:])
    said = _ADDRESS.split(above)[-1]
    return " ".join(said.split())[:200]


def is_the_stock(described: str) -> bool | None:
    """Whether a class is the shares; None when its description does not say."""
    left = _CLAIM.sub(" ", described)
    if _SHARES.search(left) or (_DEPOSITARY.search(left) and not _PREFERRED.search(left)):
        return True
    return False if _NOT_SHARES.search(described) else None
