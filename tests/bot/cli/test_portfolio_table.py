"""The terminal's table: values of the last report where it valued exactly this quantity, nothing where it did
not."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from bot.cli.portfolio_table import import_text, shown_json, shown_text
from core.base.gap import NOT_GIVEN, Gap
from core.base.kind import Kind
from core.market.quote import Quote
from core.portfolio.holding import Cash, Holding, Import, Portfolio, RejectedRow
from core.portfolio.paid import Paid
from core.portfolio.position import Position, Valuation
from tests.core.snapshots import snapshot


def holding(
    ticker: str, quantity: str = "10", *, name: str | Gap = NOT_GIVEN, locked: bool = False
) -> Holding:
    return Holding(ticker=ticker, name=name, quantity=Decimal(quantity), kind=Kind.EQUITY, locked=locked)


OWNED = Portfolio(
    holdings=(
        holding("AAPL", name="Apple\u202e Inc.", locked=True),
        holding("MSFT", "1234.5"),
        holding("NOVN.SW"),
    ),
    cash=(Cash(currency="EUR", amount=Decimal("1500.50")),),
)
QUOTE = Quote(ticker="AAPL", price=Decimal(200), currency="USD", day=date(2026, 4, 24), source="test")
VALUED = Valuation(
    currency="EUR",
    positions=(
        Position(
            holding=OWNED.holdings[0],
            quote=QUOTE,
            rate=Decimal(1),
            value=Decimal("2000.456"),
            share=Decimal("33.3"),
        ),
        Position(
            holding=holding("MSFT", "9"), quote=QUOTE, rate=Decimal(1), value=Decimal(9), share=Decimal(1)
        ),
        Position(
            holding=OWNED.holdings[2],
            quote=Gap(gap="failed"),
            rate=Gap(gap="failed"),
            value=Gap(gap="failed"),
            share=Gap(gap="failed"),
        ),
    ),
    cash=(),
    total=Decimal(6000),
    cash_share=Decimal(25),
)

FROZEN = replace(snapshot(), valuation=VALUED)


def test_a_value_stands_where_the_last_report_valued_this_quantity() -> None:
    lines = shown_text(OWNED, "the ledger", FROZEN).splitlines()

    assert lines[0] == "Portfolio of the ledger: 3 positions."
    assert lines[2].split() == ["AAPL", "10", "2,000.46", "33.3", "%", "Apple", "Inc.", "locked"]
    assert lines[3].split() == ["MSFT", "1,234.5"]
    assert lines[4].split() == ["NOVN.SW", "10"]
    assert lines[5].split() == ["cash", "1,500.50", "EUR"]
    assert lines[-1] == "Values in EUR, as of the last report."


def test_the_json_says_null_where_no_value_is_known() -> None:
    shown = shown_json(OWNED, "the ledger", FROZEN)

    assert [(each["value"], each["share"]) for each in shown["holdings"]] == [
        ("2000.46", 33.3),
        (None, None),
        (None, None),
    ]
    assert shown["base_currency"] == "EUR"


def test_the_changes_of_a_day_and_since_the_purchase_stand_where_they_are_known() -> None:
    bought = replace(OWNED.holdings[0], paid=Paid(price=Decimal(250), currency="USD"))
    risen = replace(VALUED.positions[0], quote=replace(QUOTE, previous=Decimal(160)))
    frozen = replace(FROZEN, valuation=replace(VALUED, positions=(risen, *VALUED.positions[1:])))
    owned = replace(OWNED, holdings=(bought, *OWNED.holdings[1:]))

    lines = shown_text(owned, "the ledger", frozen).splitlines()
    shown = shown_json(owned, "the ledger", frozen)["holdings"]

    assert lines[1].split() == [
        "ticker",
        "quantity",
        "ccy",
        "value",
        "share",
        "day",
        "since",
        "bought",
        "name",
    ]
    assert lines[2].split()[5:9] == ["+25.0", "%", "\u221220.0", "%"]
    assert (shown[0]["day_change"], shown[0]["total_change"]) == (25.0, -20.0)
    assert (shown[0]["paid"], shown[0]["paid_currency"]) == ("250", "USD")
    assert (shown[2]["day_change"], shown[2]["total_change"]) == (None, None)


def test_without_a_report_no_value_is_shown() -> None:
    assert "No values yet" in shown_text(OWNED, "the ledger", None)
    assert shown_json(OWNED, "the ledger", None)["base_currency"] is None


def test_an_import_shows_rejected_rows_and_remarks_on_clean_lines() -> None:
    found = Import(
        format="x",
        portfolio=Portfolio(holdings=(), cash=()),
        rejected=(RejectedRow(line=7, text="a\x1b[31mb", reason="bad\nreason"),),
        remarks=("one\x07",),
    )

    assert import_text(found).splitlines() == [
        "Read as x: 0 positions, 0 cash lines.",
        "",
        "1 row rejected:",
        "  line 7: bad reason",
        "    a[31mb",
        "",
        "- one",
    ]
