"""The company numbers of Yahoo's summary, as the measures that core.market.measures names. Pure.

Yahoo gives most ratios as fractions (0.27 for 27 %), debt to equity as percent already, and money in two currencies: market
value in that of the price, accounts in `financialCurrency`. A ratio between them is computed only when they are the same.
"""

from collections.abc import Mapping
from decimal import ROUND_HALF_EVEN, Decimal

from core.base.gap import NOT_GIVEN, Gap
from core.market.measures import MEASURES
from core.market.quote import Measure
from core.market.units import whole_currency
from providers.markets.file.fields import WrongField, read_number

Node = Mapping[str, object]

# measure, module, field, factor from Yahoo's unit to ours
FIELDS = (
    ("market_cap", "summaryDetail", "marketCap", 1),
    ("pe", "summaryDetail", "trailingPE", 1),
    ("forward_pe", "summaryDetail", "forwardPE", 1),
    ("dividend_yield", "summaryDetail", "dividendYield", 100),
    ("beta", "summaryDetail", "beta", 1),
    ("ev_ebitda", "defaultKeyStatistics", "enterpriseToEbitda", 1),
    ("gross_margin", "financialData", "grossMargins", 100),
    ("operating_margin", "financialData", "operatingMargins", 100),
    ("net_margin", "financialData", "profitMargins", 100),
    ("roe", "financialData", "returnOnEquity", 100),
    ("debt_equity", "financialData", "debtToEquity", 1),
    ("revenue_growth", "financialData", "revenueGrowth", 100),
    ("eps_growth", "financialData", "earningsGrowth", 100),
)
# Measures that set accounts against the market value.
MIXED = frozenset({"ev_ebitda", "ebit_ev", "fcf_ev", "book_price"})

_CENT = Decimal("0.0001")
_HUNDRED = Decimal(100)


def node_of(value: object) -> Node:
    """An object of the answer; empty for anything else, which is how Yahoo writes "missing" in several ways."""
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


def measures_of(summary: Node, currency: str) -> tuple[Measure, ...]:
    """All measures that the summary gives, in the order of their table. `currency` is that of the price, in whole units."""
    found: dict[str, Decimal] = {}
    for name, module, field, factor in FIELDS:
        value = amount(node_of(summary.get(module)), field)
        if isinstance(value, Decimal):
            found[name] = value * factor
    found |= _computed(summary)
    revenue = amount(node_of(summary.get("financialData")), "totalRevenue")
    if _accounts_currency(summary, currency) != currency:
        found = {name: value for name, value in found.items() if name not in MIXED}
    elif isinstance(revenue, Decimal):
        found["revenue"] = revenue
    return tuple(
        Measure(
            name=kind.name,
            value=found[kind.name].quantize(_CENT, ROUND_HALF_EVEN).normalize() + 0
            if kind.unit != "money"
            else found[kind.name],
            unit=currency if kind.unit == "money" else kind.unit,
        )
        for kind in MEASURES
        if kind.name in found
    )


def _accounts_currency(summary: Node, currency: str) -> str:
    stated = text_of(node_of(summary.get("financialData")), "financialCurrency")
    unit = stated if isinstance(stated, Gap) else whole_currency(stated)
    return currency if isinstance(unit, Gap) else unit[0]


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
