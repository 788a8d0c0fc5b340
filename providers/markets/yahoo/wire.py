"""Reads the two Yahoo answers about one name: the chart (prices) and the summary (targets, company numbers),
into an entry of the house's market file. Pure.

Two shapes are read: flat numbers and `{"raw": …, "fmt": …}`; missing is absent, null, `{}` or `[]`. Raises
`WrongField` for a chart that holds no price: an empty answer is a failure here, never "no price". Currency is
that of the field, pence scaled.

Decisions: closes travel as 32-bit floats (271.0599975): they are rounded to the seven digits that such a
float can hold. The last trade is the price of its day; it is sent in full and kept so. Targets and company
numbers have no date of their own: they are of the day of the question, and left out when the question is
about an earlier day. Yahoo gives most ratios as fractions (0.27 for 27 %), debt to equity as percent
already, and money in two currencies: market value in that of the price, accounts in `financialCurrency`. A
ratio between them is given only when they are the same."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_HALF_EVEN, Context, Decimal
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from core.base.gap import NOT_GIVEN, Gap
from core.base.tables import table
from core.market.measures import BY_NAME
from core.market.plausible import price_refusal
from core.market.quote import MarketRecord
from core.market.units import whole_currency
from providers.markets.file.entries import read_record
from providers.markets.file.fields import WrongField, read_number, shown

Node = Mapping[str, object]

SOURCE = "yahoo"
# Yahoo's words for what an instrument is; any other is no share.
KINDS = {"EQUITY": "equity", "ETF": "fund", "MUTUALFUND": "fund", "CRYPTOCURRENCY": "crypto"}
# Our measure, Yahoo's module and field, and the factor from its unit to ours.
FIELDS: Final = table(__package__, "measures")
# Measures that set accounts against the market value.
MIXED = frozenset({"ev_ebitda", "ebit_ev", "fcf_ev", "book_price"})
TARGETS = {
    "mean": "targetMeanPrice",
    "median": "targetMedianPrice",
    "high": "targetHighPrice",
    "low": "targetLowPrice",
    "analysts": "numberOfAnalystOpinions",
}
_FLOAT32 = Context(prec=7, rounding=ROUND_HALF_EVEN)
_FOUR = Decimal("0.0001")
_HUNDRED = Decimal(100)
_GMT = ZoneInfo("UTC")


def read_answers(ticker: str, chart: Node, summary: Node | Gap, day: date) -> MarketRecord:
    """The record of `ticker` as of `day`. `chart` and `summary` are the result objects inside Yahoo's
    envelopes.

    Raises WrongField when the chart holds no usable price.
    """
    meta, told = node_of(chart.get("meta")), {} if isinstance(summary, Gap) else summary
    currency = _currency(meta)
    zone = _zone(meta)
    closes = _closes(chart, zone)
    price, traded = amount(meta, "regularMarketPrice"), _day(meta.get("regularMarketTime"), zone)
    on = traded if isinstance(price, Decimal) else None
    if isinstance(price, Decimal) and (refusal := price_refusal(price)) is not None:
        raise WrongField(refusal)
    if min((*closes, *([on] if on else [])), default=date.max) > day:
        raise WrongField(f"the chart holds no price up to {day}")
    stated = text_of(node_of(told.get("price")), "currency")
    unit = stated if isinstance(stated, Gap) else whole_currency(stated)
    if not isinstance(unit, Gap) and unit[0] != currency:
        raise WrongField(f"the chart is in {currency}, the summary in {unit[0]}: this may be another listing")
    names = _names(meta, told)
    entry: dict[str, object] = {
        "currency": meta.get("currency"),
        "name": names[0] if names else None,
        "aliases": list(names[1:]),
        "kind": KINDS.get(str(meta.get("instrumentType") or "").upper(), "other"),
        "sector": _text(node_of(told.get("assetProfile")), "sector"),
        "country": _text(node_of(told.get("assetProfile")), "country"),
        "history": [[each.isoformat(), *closes[each]] for each in sorted(closes)],
        "splits": list(_splits(chart, zone)),
    }
    if on is not None:
        entry |= {"price": price, "day": on.isoformat()}
    # In the Americas' evening Tokyo's session is already of the next day: the values are still those of the
    # question.
    past = on is not None and (on - day).days > 1
    if not past:
        entry |= _known(told, currency, day)
    record = read_record(ticker, entry, day, source=SOURCE)
    missing = summary if isinstance(summary, Gap) else Gap(gap="the source gives no targets")
    if past and not isinstance(summary, Gap):
        missing = Gap(gap=f"the source gives today's values only, not those of {day}")
    return replace(record, consensus=missing) if record.consensus == NOT_GIVEN else record


def _known(summary: Node, currency: str, day: date) -> dict[str, object]:
    """What the summary says of today: measures, targets, statements and the next results."""
    data = node_of(summary.get("financialData"))
    targets = {
        name: value for name, field in TARGETS.items() if isinstance(value := amount(data, field), Decimal)
    }
    given = targets.keys() - {"analysts"}
    quarter = _day(node_of(summary.get("defaultKeyStatistics")).get("mostRecentQuarter"), _GMT)
    results = _next_results(summary, day)
    return {
        "measures": _measures(summary, currency),
        "targets": {**targets, "day": day.isoformat(), "firms": list(_firms(summary, day))}
        if given
        else None,
        "statements": quarter and quarter.isoformat(),
        "next_results": results and results.isoformat(),
    }


def node_of(value: object) -> Node:
    """An object of the answer; empty for anything else, which is how Yahoo writes "missing" in several
    ways."""
    return value if isinstance(value, dict) else {}


def amount(node: Node, field: str) -> Decimal | Gap:
    """A number, flat or under `raw`; a gap when it is missing or no finite number."""
    value = node.get(field)
    if isinstance(value, dict):
        value = value.get("raw")
    try:
        return read_number(value, field)
    except WrongField as error:
        return Gap(gap=str(error))


def text_of(node: Node, field: str) -> str | Gap:
    """A text with its white space tidied; a gap when it is missing."""
    value = node.get(field)
    return " ".join(value.split())[:200] if isinstance(value, str) and value.strip() else NOT_GIVEN


def _text(node: Node, field: str) -> str | None:
    text = text_of(node, field)
    return None if isinstance(text, Gap) else text


def _currency(meta: Node) -> str:
    text = text_of(meta, "currency")
    if isinstance(text, Gap):
        raise WrongField("the chart names no currency")
    unit = whole_currency(text)
    if isinstance(unit, Gap):
        raise WrongField(unit.gap)
    return unit[0]


def _zone(meta: Node) -> ZoneInfo:
    """The exchange's zone: a session's day is the day on its own clock."""
    try:
        return ZoneInfo(str(meta.get("exchangeTimezoneName")))
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise WrongField(
            f"the chart names no time zone that exists: {shown(meta.get('exchangeTimezoneName'))}"
        ) from error


def _day(seconds: object, zone: ZoneInfo) -> date | None:
    """The day of a Unix time in `zone`; None for what is no time of this century or the last."""
    number = amount({"at": seconds}, "at")
    if isinstance(number, Gap) or not 0 <= number < 4_102_444_800:
        return None
    return (datetime.fromtimestamp(0, UTC) + timedelta(seconds=int(number))).astimezone(zone).date()


def _closes(chart: Node, zone: ZoneInfo) -> dict[date, tuple[object, object]]:
    """Close and volume of the sessions that have a close. A null close is a holiday of the name, a close
    that is no price is left out too."""
    times = chart.get("timestamp")
    quotes = node_of(chart.get("indicators")).get("quote")
    bars = node_of(quotes[0]) if isinstance(quotes, list) and quotes else {}
    closes, volumes = bars.get("close"), bars.get("volume")
    if not isinstance(times, list) or not isinstance(closes, list):
        return {}
    known = [*volumes, *[None] * len(closes)] if isinstance(volumes, list) else [None] * len(closes)
    found: dict[date, tuple[object, object]] = {}
    for seconds, given, traded in zip(times, closes, known, strict=False):
        close, on = amount({"close": given}, "close"), _day(seconds, zone)
        if on is None or isinstance(close, Gap) or price_refusal(close) is not None:
            continue
        volume = amount({"volume": traded}, "volume")
        found[on] = (_FLOAT32.plus(close), None if isinstance(volume, Gap) else volume)
    return found


def _splits(chart: Node, zone: ZoneInfo) -> Iterator[dict[str, object]]:
    for event in node_of(node_of(chart.get("events")).get("splits")).values():
        split = node_of(event)
        on, new, old = _day(split.get("date"), zone), amount(split, "numerator"), amount(split, "denominator")
        if on is not None and isinstance(new, Decimal) and isinstance(old, Decimal) and new > 0 and old > 0:
            yield {"day": on.isoformat(), "ratio": new / old}


def _names(meta: Node, summary: Node) -> tuple[str, ...]:
    """The names that the source has, the longest form first."""
    price = node_of(summary.get("price"))
    places = ((price, "longName"), (meta, "longName"), (price, "shortName"), (meta, "shortName"))
    found = (_text(place, field) for place, field in places)
    return tuple(dict.fromkeys(one for one in found if one is not None))


def _measures(summary: Node, currency: str) -> dict[str, Decimal]:
    """All measures that the summary gives; `currency` is that of the price, in whole units."""
    found: dict[str, Decimal] = {}
    for row in FIELDS:
        value = amount(node_of(summary.get(row["module"])), row["field"])
        if isinstance(value, Decimal):
            found[row["measure"]] = value * int(row["factor"])
    found |= _computed(summary)
    data = node_of(summary.get("financialData"))
    revenue, stated = amount(data, "totalRevenue"), text_of(data, "financialCurrency")
    unit = stated if isinstance(stated, Gap) else whole_currency(stated)
    if not isinstance(unit, Gap) and unit[0] != currency:
        found = {name: value for name, value in found.items() if name not in MIXED}
    elif isinstance(revenue, Decimal):
        found["revenue"] = revenue
    return {
        name: value
        if BY_NAME[name].unit == "money"
        else value.quantize(_FOUR, ROUND_HALF_EVEN).normalize() + 0
        for name, value in found.items()
    }


def _computed(summary: Node) -> dict[str, Decimal]:
    """Earnings and cash flow to enterprise value, book equity to price."""
    data, statistics = node_of(summary.get("financialData")), node_of(summary.get("defaultKeyStatistics"))
    worth = amount(statistics, "enterpriseValue")
    margin, revenue = amount(data, "operatingMargins"), amount(data, "totalRevenue")
    cash, book = amount(data, "freeCashflow"), amount(statistics, "priceToBook")
    found = {}
    if isinstance(worth, Decimal) and worth > 0:
        if isinstance(margin, Decimal) and isinstance(revenue, Decimal):
            found["ebit_ev"] = margin * revenue / worth * _HUNDRED
        if isinstance(cash, Decimal):
            found["fcf_ev"] = cash / worth * _HUNDRED
    if isinstance(book, Decimal) and book > 0:
        found["book_price"] = _HUNDRED / book
    return found


def _firms(summary: Node, day: date) -> Iterator[dict[str, object]]:
    """Each dated target of a firm; recommendations without a target are none."""
    listed = node_of(summary.get("upgradeDowngradeHistory")).get("history")
    for action in map(node_of, listed if isinstance(listed, list) else ()):
        firm, target = _text(action, "firm"), amount(action, "currentPriceTarget")
        on = _day(action.get("epochGradeDate"), _GMT)
        if firm and isinstance(target, Decimal) and target > 0 and on is not None and on <= day:
            yield {"firm": firm, "target": target, "day": on.isoformat()}


def _next_results(summary: Node, day: date) -> date | None:
    """The first day from `day` on that is given for results; several are given where the source is not
    sure."""
    listed = node_of(node_of(summary.get("calendarEvents")).get("earnings")).get("earningsDate")
    days = [_day(item, _GMT) for item in (listed if isinstance(listed, list) else ())]
    return min((on for on in days if on is not None and on >= day), default=None)
