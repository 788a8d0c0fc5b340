"""Numbers, dates and unknowns as a person reads them. Nothing here is ever 0 or blank for a value that is not
there.

A figure never breaks over two lines: thin no-break spaces stand before "%", no-break spaces around the arrow
of a move.
"""

import re
from datetime import date, datetime, tzinfo
from decimal import Decimal

from bot.texts import report as texts
from core.base.gap import Gap

PERCENT = "\u202f%"
HARD = "\u00a0"
_LOOSE = re.compile(r"(?<=\d) %")


def weight(value: Decimal) -> str:
    """A weight in percent with one decimal, without the sign (the caller writes "6.1 → 2.0 %")."""
    return f"{value:.1f}"


def percent(value: Decimal) -> str:
    return weight(value) + PERCENT


def change(value: Decimal) -> str:
    """A change in percent with its sign: "+1.2 %", and no sign where it rounds to nothing."""
    shown = f"{value:+.1f}"
    return ("0.0" if shown in {"+0.0", "-0.0"} else shown.replace("-", "\u2212")) + PERCENT


def move(current: Decimal, target: Decimal) -> str:
    """`6.1 → 2.0 %`, or one weight where nothing moves at the shown precision."""
    if weight(current) == weight(target):
        return percent(current)
    return f"{weight(current)}{HARD}→{HARD}{percent(target)}"


def tidy(sentence: str) -> str:
    """A sentence of our own core, its per-cent signs bound to their figures. Never for outside text: that
    stays verbatim."""
    return _LOOSE.sub(PERCENT, sentence)


def plain_spaces(text: str) -> str:
    """For terminals and pipes, where a search for "5 %" must find it."""
    return text.replace(PERCENT[0], " ").replace(HARD, " ")


def share(value: float | Gap) -> str:
    """A fraction as whole percent. Ends are not rounded up to certainty: 0.996 reads 99 %."""
    if isinstance(value, Gap):
        return texts.UNKNOWN
    shown = round(value * 100)
    if shown == 100 and value < 1:
        shown = 99
    if shown == 0 and value > 0:
        return f"<{HARD}1{PERCENT}"
    return f"{shown}{PERCENT}"


def signed(value: Decimal) -> str:
    """`+0.80`, `−1.02`: a score, with a minus as wide as its plus."""
    return f"{value:+.2f}".replace("-", "−")


def usd(value: Decimal | Gap) -> str:
    """US dollars in cents; a tenth of a cent where cents would read as nothing."""
    if isinstance(value, Gap):
        return texts.COST_UNKNOWN
    if 0 < value < Decimal("0.01"):
        return f"${value:.4f}"
    return f"${value:,.2f}"


def amount(value: Decimal | Gap, currency: str) -> str:
    if isinstance(value, Gap):
        return texts.UNKNOWN
    return f"{value:,.2f} {currency}"


def number(value: Decimal | Gap, unit: str = "") -> str:
    """A measure with its unit, in as few digits as carry it; large ones in thousands, millions, billions."""
    if isinstance(value, Gap):
        return texts.UNKNOWN
    size = abs(value)
    for bound, mark in ((Decimal(10) ** 12, "T"), (Decimal(10) ** 9, "B"), (Decimal(10) ** 6, "M")):
        if size >= bound:
            shown = f"{value / bound:.2f} {mark}"
            break
    else:
        shown = f"{value:,.2f}" if value != value.to_integral_value() else f"{value:,.0f}"
    return f"{shown}{PERCENT}" if unit == "%" else f"{shown} {unit}".rstrip()


def unit(word: str) -> str:
    """A measure's unit as a person reads it: `percent` is the sign, `times` the multiple, a bare ratio
    none."""
    return {"percent": "%", "times": "x", "ratio": ""}.get(word, word)


def quantity(value: Decimal) -> str:
    """An exact quantity, without trailing zeros or an exponent."""
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def day(value: date | Gap) -> str:
    """`22 Nov 2026`; month names from the texts, so that no system locale changes them."""
    if isinstance(value, Gap):
        return texts.UNKNOWN
    return f"{value.day} {month(value.month)} {value.year}"


def fact_day(value: date, today: date) -> str:
    """A fact's day; with its year where that is not this one: facts count for up to twelve months."""
    return short_day(value) if value.year == today.year else day(value)


def short_day(value: date) -> str:
    return f"{value.day} {month(value.month)}"


def moment(value: datetime, zone: tzinfo) -> str:
    """`22 Dec 08:00` in the reader's zone."""
    local = value.astimezone(zone)
    return f"{short_day(local.date())} {local:%H:%M}"


def long_moment(value: datetime, zone: tzinfo) -> str:
    """`22 Dec 2026 08:00` in the reader's zone, for lists that go over years."""
    local = value.astimezone(zone)
    return f"{day(local.date())} {local:%H:%M}"


def local_day(value: datetime, zone: tzinfo) -> date:
    return value.astimezone(zone).date()


def month(number: int) -> str:
    return texts.MONTHS.split()[number - 1]


def counted(count: int, words: str) -> str:
    """`1 fact`, `4 facts`: the number with the right form of `one|many`."""
    return f"{count:,} {form(count, words)}"


def form(count: int, words: str) -> str:
    one, many = words.split("|")
    return one if count == 1 else many
