"""From one year of accounts to the measures of core.market.measures. Pure, Decimal throughout.

Refuses to fill in: a measure whose inputs are not all known, or whose denominator is not positive, is not
given. Accounts and market value must be in one currency. Banks and insurers get no enterprise value, gross
profit or leverage."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_EVEN, Context, Decimal, localcontext

from core.base.gap import NOT_GIVEN, Gap
from core.market.measures import MEASURES
from core.market.quote import Measure

LEAST_YEARS = 4
"""A spread of yearly earnings needs as many years as this to mean anything."""

_FOUR = Decimal("0.0001")
_HUNDRED = Decimal(100)
_NO = NOT_GIVEN


@dataclass(frozen=True, slots=True, kw_only=True)
class Statements:
    """One year of accounts, in `currency` (whole units). `earnings_per_share` are yearly, the latest
    first."""

    end: date
    currency: str
    revenue: Decimal | Gap = _NO
    gross_profit: Decimal | Gap = _NO
    ebit: Decimal | Gap = _NO
    net_income: Decimal | Gap = _NO
    operating_cash: Decimal | Gap = _NO
    capital_spending: Decimal | Gap = _NO
    assets: Decimal | Gap = _NO
    equity: Decimal | Gap = _NO
    debt: Decimal | Gap = _NO
    cash: Decimal | Gap = _NO
    earnings_per_share: tuple[Decimal, ...] = ()


def measures_of(accounts: Statements, market_cap: Decimal | Gap, *, financial: bool) -> tuple[Measure, ...]:
    """The measures that the accounts allow, in the order of their table. Percent where the table says so."""
    with localcontext(Context(prec=28, rounding=ROUND_HALF_EVEN)):
        worth = _plus(_plus(market_cap, accounts.debt), accounts.cash, sign=-1)
        free_cash = _plus(accounts.operating_cash, accounts.capital_spending, sign=-1)
        unbacked = _plus(accounts.net_income, accounts.operating_cash, sign=-1)
        found: dict[str, Decimal | Gap] = {
            "market_cap": market_cap,
            "revenue": accounts.revenue,
            "book_price": _percent(accounts.equity, market_cap),
            "net_margin": _percent(accounts.net_income, accounts.revenue),
            "roe": _percent(accounts.net_income, accounts.equity),
            "accruals": _percent(unbacked, accounts.assets),
            "eps_variability": _variability(accounts.earnings_per_share),
            "eps_growth": _growth(accounts.earnings_per_share),
        }
        if not financial:
            found |= {
                "ebit_ev": _percent(accounts.ebit, worth),
                "fcf_ev": _percent(free_cash, worth),
                "gross_margin": _percent(accounts.gross_profit, accounts.revenue),
                "operating_margin": _percent(accounts.ebit, accounts.revenue),
                "gross_profit_assets": _percent(accounts.gross_profit, accounts.assets),
                "debt_equity": _percent(accounts.debt, accounts.equity),
            }
        return tuple(
            Measure(
                name=kind.name,
                value=value if kind.unit == "money" else value.quantize(_FOUR) + 0,
                unit=accounts.currency if kind.unit == "money" else kind.unit,
            )
            for kind in MEASURES
            if isinstance(value := found.get(kind.name, NOT_GIVEN), Decimal)
        )


def _plus(first: Decimal | Gap, second: Decimal | Gap, *, sign: int = 1) -> Decimal | Gap:
    if isinstance(first, Gap):
        return first
    return second if isinstance(second, Gap) else first + sign * second


def _percent(part: Decimal | Gap, whole: Decimal | Gap) -> Decimal | Gap:
    if isinstance(part, Gap):
        return part
    if isinstance(whole, Gap) or whole <= 0:
        return Gap(gap="what it is measured against is not known or not positive")
    return part / whole * _HUNDRED


def _variability(yearly: Sequence[Decimal]) -> Decimal | Gap:
    """Sample standard deviation of yearly earnings a share, in percent of their mean's size."""
    if len(yearly) < LEAST_YEARS:
        return Gap(gap=f"fewer than {LEAST_YEARS} years of earnings")
    mean = sum(yearly, Decimal(0)) / len(yearly)
    variance = sum(((value - mean) ** 2 for value in yearly), Decimal(0)) / (len(yearly) - 1)
    return _percent(variance.sqrt(), abs(mean))


def _growth(yearly: Sequence[Decimal]) -> Decimal | Gap:
    if len(yearly) < 2:
        return Gap(gap="fewer than two years of earnings")
    return _percent(yearly[0] - yearly[1], yearly[1])
