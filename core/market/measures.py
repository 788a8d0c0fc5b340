"""The numbers about companies that this house knows: name, unit, what it means. Any market source may give any of them.

Ratios are plain fractions unless the unit says percent; money is in the record's currency, in whole units.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureKind:
    """One row of the table. `label` is for people."""

    name: str
    unit: str
    label: str


MEASURES = (
    MeasureKind(name="market_cap", unit="money", label="market value of all shares"),
    MeasureKind(name="revenue", unit="money", label="revenue of twelve months"),
    MeasureKind(name="pe", unit="times", label="price to earnings, last twelve months"),
    MeasureKind(name="forward_pe", unit="times", label="price to expected earnings"),
    MeasureKind(name="ev_ebitda", unit="times", label="enterprise value to EBITDA"),
    MeasureKind(name="ebit_ev", unit="percent", label="EBIT to enterprise value"),
    MeasureKind(name="fcf_ev", unit="percent", label="free cash flow to enterprise value"),
    MeasureKind(name="book_price", unit="percent", label="book equity to market value"),
    MeasureKind(name="dividend_yield", unit="percent", label="dividend yield"),
    MeasureKind(name="gross_margin", unit="percent", label="gross margin"),
    MeasureKind(name="operating_margin", unit="percent", label="operating margin"),
    MeasureKind(name="net_margin", unit="percent", label="net margin"),
    MeasureKind(name="gross_profit_assets", unit="percent", label="gross profit to assets"),
    MeasureKind(name="roe", unit="percent", label="return on equity"),
    MeasureKind(name="debt_equity", unit="percent", label="debt to equity"),
    MeasureKind(name="accruals", unit="percent", label="earnings less operating cash flow, to assets"),
    MeasureKind(name="eps_variability", unit="percent", label="spread of yearly earnings around their mean"),
    MeasureKind(name="revenue_growth", unit="percent", label="revenue growth, latest year"),
    MeasureKind(name="eps_growth", unit="percent", label="earnings-per-share growth, latest year"),
    MeasureKind(name="beta", unit="ratio", label="beta to its market"),
    MeasureKind(
        name="price_year", unit="percent", label="change of the price over a year without its last month"
    ),
)
BY_NAME = {kind.name: kind for kind in MEASURES}
