"""Sentences made of what structured filings state in fields: insiders' dealings, large holdings, figures of a period.

Promise: each sentence says only what the fields say, and is marked as made. Insiders' forms come by the hundred, so a week
of them is one fact, in which no form is lost. G2 only for buying by the chief executive or finance chief, or by three
insiders in one week (163 basis points around open-market buys against 42 for all trades: docs/evidence.md); G1 else.
"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Final

from core.base.gap import Gap
from core.facts.events import Event, Severity
from core.facts.fact import TEXT_NOT_READ, Excerpt
from core.facts.filing import Dealing, Document, Filing, Stake
from core.facts.grade import Grade

_CLUSTER: Final = 3


def week_of(day: date) -> tuple[int, int]:
    """ISO year and week: the bucket of filings that come by the dozen."""
    year, week, _ = day.isocalendar()
    return year, week


def made(sentence: str, filing: Filing) -> Excerpt:
    """A sentence made of the filing's fields, marked as such; its document is the filing's first, where one was read."""
    read = () if isinstance(filing.documents, Gap) else filing.documents
    document = read[0] if read else Document(name="made", text=sentence)
    return Excerpt(text=sentence, document=document.digest, offset=0, made=True)


def told_of_stake(filing: Filing, siblings: tuple[Filing, ...]) -> str:
    """A large holding in one sentence, with what the same holder last stated before: "BlackRock 7.1 % → 6.4 %"; or ""."""
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


def told(dealings: Iterable[Dealing]) -> str:
    """A week's dealings in one sentence: "3 officers sold 41,200 shares for 7.9 M USD, 1 bought 500 for 96 k"."""
    every = list(dealings)
    parts = [
        _side("sold", [one for one in every if one.bought is False and not one.notice]),
        _side("bought", [one for one in every if one.bought is True and not one.notice]),
        _side("announced to sell", [one for one in every if one.notice]),
        _others([one for one in every if one.bought is None]),
    ]
    planned = sum(one.planned for one in every)
    said = ", ".join(part for part in parts if part)
    return f"{said}; {planned} of them planned (10b5-1)" if planned else said


def _side(verb: str, dealings: list[Dealing]) -> str:
    if not dealings:
        return ""
    who = sorted({one.who for one in dealings})
    named = f"{who[0]} ({dealings[0].role})" if len(who) == 1 else f"{len(who)} insiders"
    shares = _sum(one.shares for one in dealings)
    money = _sum(one.money for one in dealings)
    amount = f" {shares:,.0f} shares" if shares else ""
    price = f" for {short(money)} {dealings[0].currency}" if money else ""
    return f"{named} {verb}{amount}{price}"


def _others(dealings: list[Dealing]) -> str:
    who = {one.who for one in dealings}
    return f"{len(who)} with grants, taxes, gifts or a first statement only" if who else ""


def _sum(values: Iterable[Decimal | Gap]) -> Decimal:
    return sum((one for one in values if isinstance(one, Decimal)), Decimal(0))


def short(amount: Decimal) -> str:
    """An amount in the shortest honest form: 7.9 M, 96 k, 1.2 bn."""
    for size, unit in ((Decimal(10**9), " bn"), (Decimal(10**6), " M"), (Decimal(1000), " k")):
        if abs(amount) >= size:
            scaled = amount / size
            return f"{scaled:.0f}{unit}" if abs(scaled) >= 100 else f"{scaled:.1f}{unit}"
    return f"{amount:.0f}"
