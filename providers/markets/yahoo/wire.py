"""Reads the two Yahoo answers about one name: the chart (prices) and the summary (targets, company numbers). Pure.

Two shapes are read: flat numbers and `{"raw": …, "fmt": …}`; missing is absent, null, `{}` or `[]`. Raises `WrongField` for a
chart that holds no price: an empty answer is a failure here, never "no price". Currency is that of the field, pence scaled.

Decisions: closes travel as 32-bit floats (271.0599975): they are rounded to the seven digits that such a float can hold.
The last trade is the price of its day; it is sent in full and kept so.
Ratios between the market value and the accounts are given only when both are in one currency. Targets and company numbers
have no date of their own: they are of the day of the question, and left out when the question is about an earlier day.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_HALF_EVEN, Context, Decimal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from core.base.gap import NOT_GIVEN, Gap
from core.base.kind import Kind
from core.market.plausible import judged, price_refusal
from core.market.quote import Consensus, FirmTarget, LookUp, MarketRecord, PricePoint, Quote, Split
from core.market.sessions import lag
from core.market.units import whole_amount, whole_currency
from providers.markets.file.fields import WrongField, shown
from providers.markets.yahoo.measures import Node, amount, measures_of, node_of, text_of

SOURCE = "yahoo"

# Yahoo's words for what an instrument is; any other is no share.
KINDS = {"EQUITY": Kind.EQUITY, "ETF": Kind.FUND, "MUTUALFUND": Kind.FUND, "CRYPTOCURRENCY": Kind.CRYPTO}
_FLOAT32 = Context(prec=7, rounding=ROUND_HALF_EVEN)


def read_answers(
    ticker: str, chart: Mapping[str, object], summary: Mapping[str, object] | Gap, day: date
) -> MarketRecord:
    """The record of `ticker` as of `day`. `chart` and `summary` are the result objects inside Yahoo's envelopes.

    Raises WrongField when the chart holds no usable price.
    """
    meta = node_of(chart.get("meta"))
    currency, parts = _currency(meta)
    zone = _zone(meta)
    points = {point.day: point for point in _closes(chart, parts, zone) if point.day <= day}
    latest = _latest(meta, parts, zone)
    if latest is not None and latest.day <= day:
        bar = points.get(latest.day, latest)
        points[latest.day] = replace(latest, volume=bar.volume)
    if not points:
        raise WrongField(f"the chart holds no price up to {day}")
    history = tuple(points[each] for each in sorted(points))
    # In the Americas' evening Tokyo's session is already of the next day: the values are still those of the question.
    past = latest is not None and (latest.day - day).days > 1
    known: Mapping[str, object] | Gap = summary
    if past and not isinstance(summary, Gap):
        known = Gap(gap=f"the source gives today's values only, not those of {day}")
    _same_currency(summary, currency)
    last = history[-1]
    names = _names(meta, summary)
    record = MarketRecord(
        ticker=ticker,
        state=LookUp.OK,
        reason="",
        name=names[0] if names else NOT_GIVEN,
        aliases=names[1:],
        kind=KINDS.get(str(meta.get("instrumentType") or "").upper(), Kind.OTHER),
        quote=Quote(
            ticker=ticker,
            price=last.close,
            currency=currency,
            day=last.day,
            source=SOURCE,
            stale_sessions=lag(last.day, day),
        ),
        consensus=known if isinstance(known, Gap) else _consensus(known, currency, parts, day),
        measures=() if isinstance(known, Gap) else measures_of(known, currency),
        sector=_profile(summary, "sector"),
        country=_profile(summary, "country"),
        history=history,
        currency=currency,
        statements=NOT_GIVEN if isinstance(known, Gap) else _statements(known),
        splits=tuple(split for split in _splits(chart, zone) if split.day <= day),
        next_results=NOT_GIVEN if isinstance(known, Gap) else _next_results(known, day),
    )
    return judged(record, day)


def _currency(meta: Node) -> tuple[str, int]:
    text = text_of(meta, "currency")
    if isinstance(text, Gap):
        raise WrongField("the chart names no currency")
    unit = whole_currency(text)
    if isinstance(unit, Gap):
        raise WrongField(unit.gap)
    return unit


def _same_currency(summary: Mapping[str, object] | Gap, currency: str) -> None:
    """The two answers must speak of one listing."""
    stated = NOT_GIVEN if isinstance(summary, Gap) else text_of(node_of(summary.get("price")), "currency")
    if isinstance(stated, Gap):
        return
    unit = whole_currency(stated)
    if not isinstance(unit, Gap) and unit[0] != currency:
        raise WrongField(f"the chart is in {currency}, the summary in {unit[0]}: this may be another listing")


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


def _closes(chart: Node, parts: int, zone: ZoneInfo) -> Iterator[PricePoint]:
    """The sessions that have a close. A null close is a holiday of the name, a close that is no price is left out too."""
    times = chart.get("timestamp")
    quotes = node_of(chart.get("indicators")).get("quote")
    bars = node_of(quotes[0]) if isinstance(quotes, list) and quotes else {}
    closes, volumes = bars.get("close"), bars.get("volume")
    if not isinstance(times, list) or not isinstance(closes, list):
        return
    for index, (seconds, _) in enumerate(zip(times, closes, strict=False)):
        close = amount({"close": closes[index]}, "close")
        on = _day(seconds, zone)
        if on is None or isinstance(close, Gap) or price_refusal(close) is not None:
            continue
        volume = (
            amount({"volume": volumes[index]}, "volume")
            if isinstance(volumes, list) and index < len(volumes)
            else NOT_GIVEN
        )
        yield PricePoint(day=on, close=whole_amount(_FLOAT32.plus(close), parts), volume=volume)


def _latest(meta: Node, parts: int, zone: ZoneInfo) -> PricePoint | None:
    """The price of the last trade, which the bars may not hold."""
    price, on = amount(meta, "regularMarketPrice"), _day(meta.get("regularMarketTime"), zone)
    if isinstance(price, Gap) or on is None:
        return None
    refusal = price_refusal(price)
    if refusal is not None:
        raise WrongField(refusal)
    return PricePoint(day=on, close=whole_amount(price, parts))


def _splits(chart: Node, zone: ZoneInfo) -> Iterator[Split]:
    for event in node_of(node_of(chart.get("events")).get("splits")).values():
        split = node_of(event)
        on, new, old = _day(split.get("date"), zone), amount(split, "numerator"), amount(split, "denominator")
        if on is not None and isinstance(new, Decimal) and isinstance(old, Decimal) and new > 0 and old > 0:
            yield Split(day=on, ratio=new / old)


def _names(meta: Node, summary: Mapping[str, object] | Gap) -> tuple[str, ...]:
    """The names that the source has, the longest form first."""
    price = {} if isinstance(summary, Gap) else node_of(summary.get("price"))
    places = ((price, "longName"), (meta, "longName"), (price, "shortName"), (meta, "shortName"))
    found = (text_of(place, field) for place, field in places)
    return tuple(dict.fromkeys(one for one in found if not isinstance(one, Gap)))


def _profile(summary: Mapping[str, object] | Gap, field: str) -> str | Gap:
    return NOT_GIVEN if isinstance(summary, Gap) else text_of(node_of(summary.get("assetProfile")), field)


def _consensus(summary: Node, currency: str, parts: int, day: date) -> Consensus | Gap:
    data = node_of(summary.get("financialData"))
    targets = {
        name: amount(data, field)
        for name, field in (
            ("mean", "targetMeanPrice"),
            ("median", "targetMedianPrice"),
            ("high", "targetHighPrice"),
            ("low", "targetLowPrice"),
        )
    }
    if all(isinstance(target, Gap) for target in targets.values()):
        return Gap(gap="the source gives no targets")
    scaled = {
        name: target if isinstance(target, Gap) else whole_amount(target, parts)
        for name, target in targets.items()
    }
    analysts = amount(data, "numberOfAnalystOpinions")
    return Consensus(
        mean=scaled["mean"],
        median=scaled["median"],
        high=scaled["high"],
        low=scaled["low"],
        analysts=analysts if isinstance(analysts, Gap) else int(analysts),
        currency=currency,
        day=day,
        firms=tuple(_firms(summary, parts, day)),
    )


def _firms(summary: Node, parts: int, day: date) -> Iterator[FirmTarget]:
    """Each dated target of a firm; recommendations without a target are none."""
    listed = node_of(summary.get("upgradeDowngradeHistory")).get("history")
    for item in listed if isinstance(listed, list) else ():
        action = node_of(item)
        firm, target = text_of(action, "firm"), amount(action, "currentPriceTarget")
        on = _day(action.get("epochGradeDate"), ZoneInfo("UTC"))
        if (
            isinstance(firm, str)
            and isinstance(target, Decimal)
            and target > 0
            and on is not None
            and on <= day
        ):
            yield FirmTarget(firm=firm, target=whole_amount(target, parts), day=on)


def _next_results(summary: Node, day: date) -> date | Gap:
    """The first day from `day` on that is given for results; several are given where the source is not sure."""
    listed = node_of(node_of(summary.get("calendarEvents")).get("earnings")).get("earningsDate")
    given = (
        [item.get("raw") if isinstance(item, dict) else item for item in listed]
        if isinstance(listed, list)
        else []
    )
    days = [on for seconds in given if (on := _day(seconds, ZoneInfo("UTC"))) is not None and on >= day]
    return min(days, default=NOT_GIVEN)


def _statements(summary: Node) -> date | Gap:
    quarter = _day(node_of(summary.get("defaultKeyStatistics")).get("mostRecentQuarter"), ZoneInfo("UTC"))
    return NOT_GIVEN if quarter is None else quarter
