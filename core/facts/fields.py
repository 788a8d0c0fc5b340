"""Sentences made of what structured filings state in fields: insiders' dealings, large holdings, figures of a
period.

Promise: each sentence says only what the fields say, and is marked as made. Insiders' forms come by the
hundred, so a week of them is one fact, in which no form is lost. G2 only for buying by the chief executive or
finance chief, or by three insiders in one week (163 basis points around open-market buys against 42 for all
trades: docs/evidence.md); G1 else.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from core.base.gap import Gap
from core.facts.events import Event, Severity
from core.facts.fact import TEXT_NOT_READ, Excerpt, Grade
from core.facts.filing import Change, Dealing, Document, Filing, Stake

_CLUSTER: Final = 3
# An announcement of results comes days to weeks before the accounts.
ACCOUNTS_FOLLOW: Final = timedelta(days=40)
# The one figure that is told by its amounts.
PER_SHARE: Final = "earnings per share"


def week_of(day: date) -> tuple[int, int]:
    """ISO year and week: the bucket of filings that come by the dozen."""
    year, week, _ = day.isocalendar()
    return year, week


def made(sentence: str, filing: Filing) -> Excerpt:
    """A sentence made of the filing's fields, marked as such; its document is the filing's first, where one
    was read.
    """
    read = () if isinstance(filing.documents, Gap) else filing.documents
    document = read[0] if read else Document(name="made", text=sentence)
    return Excerpt(text=sentence, document=document.digest, offset=0, made=True)


def told_of_stake(filing: Filing, siblings: tuple[Filing, ...]) -> str:
    """A large holding in one sentence, with what the same holder last stated before: "BlackRock 7.1 % → 6.4
    %"; or "".
    """
    mine = next((one for one in filing.fields if isinstance(one, Stake)), None)
    if mine is None:
        return ""
    before = mine.before
    earlier = sorted(
        (one for one in siblings if one.filed < filing.filed), key=lambda one: (one.filed, one.key)
    )
    for one in earlier if isinstance(before, Gap) else ():
        for stake in one.fields:
            if isinstance(stake, Stake) and stake.holder.casefold() == mine.holder.casefold():
                before = stake.percent
    change = f"{before:f} % → " if isinstance(before, Decimal) else "holds "
    return f"{mine.holder} {change}{mine.percent:f} %"


def grade_week(filings: tuple[Filing, ...]) -> Grade:
    """The grade of one name's insider forms of one week."""
    forms = sorted({filing.form for filing in filings})
    counted = ", ".join(f"{sum(one.form == form for one in filings)} × Form {form}" for form in forms)
    dealings = [one for filing in filings for one in filing.fields if isinstance(one, Dealing)]
    bought = [one for one in dealings if one.bought is True and not one.notice]
    severity, row, label = Severity.G1, "insiders: a week", "insiders' filings of the week"
    if any(one.chief for one in bought):
        severity, row, label = Severity.G2, "insiders: a chief buys", "a chief buys in the market"
    elif len({one.who for one in bought}) >= _CLUSTER:
        severity, row, label = Severity.G2, "insiders: three buy", "several insiders buy in the market"
    read = [filing for filing in filings if not isinstance(filing.documents, Gap) or filing.fields]
    return Grade(
        severity=severity,
        row=row,
        event=Event.INSIDER,
        label=f"{label}: {counted}",
        tags=() if read else ("text-not-read",),
        excerpt=made(told(dealings), filings[0]) if dealings else TEXT_NOT_READ,
    )


def told_of_changes(filing: Filing) -> str:
    """The figures of a period against the same period a year before: "revenue +8.1 %, operating income −3.0 %
    against the same quarter a year before"; or "". A figure that was or is no gain is told by its amounts.
    """
    changes = [one for one in filing.fields if isinstance(one, Change)]
    if not changes:
        return ""
    said = ", ".join(f"{one.what} {_moved(one)}" for one in changes)
    return f"{said} against the same {changes[0].per} a year before"


def told_by_accounts(filing: Filing, siblings: tuple[Filing, ...]) -> str:
    """What the accounts that follow an announcement of results within weeks say of them, where it could not
    be read; or "".
    """
    following = (one for one in siblings if timedelta(0) <= one.filed - filing.filed <= ACCOUNTS_FOLLOW)
    told = ((one, sentence) for one in following if (sentence := told_of_changes(one)))
    first = min(told, key=lambda pair: (pair[0].filed, pair[0].key), default=None)
    return f"{first[1]} (by the accounts of {first[0].filed})" if first else ""


def _moved(change: Change) -> str:
    if change.what == PER_SHARE:
        return f"{change.now:.2f} after {change.before:.2f}"
    if change.before <= 0 or change.now < 0:
        return f"{short(change.now)} after {short(change.before)}"
    percent = (change.now / change.before - 1) * 100
    return f"{'+' if percent >= 0 else '−'}{abs(percent):.1f} %"


def told(dealings: Iterable[Dealing]) -> str:
    """A week's dealings in one sentence: "3 insiders sold 41,200 shares for 7.9 M USD, Roe Jane (director)
    bought 500".
    """
    every = list(dealings)
    sold = [one for one in every if one.bought is False and not one.notice]
    bought = [one for one in every if one.bought is True and not one.notice]
    notices = [one for one in every if one.notice]
    parts = [
        _side("sold", sold),
        _side("bought", bought),
        _side("announced to sell", notices),
        _others(every),
    ]
    if sold and bought:
        net = _sum(one.money for one in bought) - _sum(one.money for one in sold)
        parts.append(f"net {'bought' if net >= 0 else 'sold'} {short(abs(net))} {sold[0].currency}")
    said = ", ".join(part for part in parts if part)
    dealt = [*sold, *bought, *notices]
    planned = {one.who for one in dealt if one.planned}
    if not planned:
        return said
    whole = len(planned) == len({one.who for one in dealt})
    return f"{said}; {'planned' if whole else f'{len(planned)} of them planned'} (10b5-1)"


def _named(dealings: list[Dealing]) -> str:
    who = {one.who: one.role for one in dealings}
    return (
        f"{len(who)} insiders" if len(who) > 1 else "".join(f"{name} ({role})" for name, role in who.items())
    )


def _side(verb: str, dealings: list[Dealing]) -> str:
    if not dealings:
        return ""
    shares = _sum(one.shares for one in dealings)
    money = _sum(one.money for one in dealings)
    amount = f" {shares:,.0f} shares" if shares else ""
    price = f" for {short(money)} {dealings[0].currency}" if money else ""
    return f"{_named(dealings)} {verb}{amount}{price}"


def _others(dealings: list[Dealing]) -> str:
    traded = {one.who for one in dealings if one.bought is not None}
    others = [one for one in dealings if one.who not in traded]
    how = ", ".join(sorted({one.how for one in others if one.how}))
    return f"{_named(others)}: {how or 'no trade in the market'}" if others else ""


def _sum(values: Iterable[Decimal | Gap]) -> Decimal:
    return sum((one for one in values if isinstance(one, Decimal)), Decimal(0))


def short(amount: Decimal) -> str:
    """An amount in the shortest honest form: 7.9 M, 96 k, 1.2 bn."""
    for size, unit in ((Decimal(10**9), " bn"), (Decimal(10**6), " M"), (Decimal(1000), " k")):
        if abs(amount) >= size:
            scaled = amount / size
            return f"{scaled:.0f}{unit}" if abs(scaled) >= 100 else f"{scaled:.1f}{unit}"
    return f"{amount:.0f}"
