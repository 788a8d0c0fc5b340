"""Target weights in shares and cash."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from core.base.gap import NOT_GIVEN, Gap
from core.base.kind import Kind
from core.market.quote import FxRate, FxTable, Quote
from core.portfolio.holding import Cash, Holding
from core.portfolio.position import CashPosition, Position, Valuation
from core.portfolio.proposals import Proposal, propose

DAY = date(2026, 4, 24)
FX = FxTable(source="ECB", day=DAY, rates=(FxRate(currency="USD", per_euro=Decimal("1.25"), day=DAY),))


def quote(ticker: str = "AAPL", price: str = "100", currency: str = "USD") -> Quote:
    return Quote(ticker=ticker, price=Decimal(price), currency=currency, day=DAY, source="test")


def position(ticker: str, quantity: str, value: Decimal | Gap) -> Position:
    return Position(
        holding=Holding(ticker=ticker, name=ticker, quantity=Decimal(quantity), kind=Kind.EQUITY),
        quote=quote(ticker),
        rate=Decimal(1),
        value=value,
        share=Decimal(0),
    )


def valuation(*positions: Position, cash: str = "2000") -> Valuation:
    money = CashPosition(
        cash=Cash(currency="EUR", amount=Decimal(cash)), rate=Decimal(1), value=Decimal(cash)
    )
    return Valuation(
        currency="EUR", positions=positions, cash=(money,), total=Decimal(1), cash_share=Decimal(0)
    )


# Ten shares at 80 euro are 800; with 7,200 of another judged name and 2,000 of cash a hundred percent are
# 10,000.
HELD = valuation(
    position("AAPL", "10", Decimal(800)),
    position("MSFT", "9", Decimal(7200)),
    position("VOO", "5", Decimal(99999)),
    position("LOST", "5", Gap(gap="no price")),
)
JUDGED = ("AAPL", "MSFT", "LOST", "ORCL")


def proposed(target: str, *, fractional: bool = False, of: Quote | None = None) -> Proposal:
    found = propose(
        HELD, FX, of or quote(), judged=JUDGED, target_weight=Decimal(target), fractional=fractional
    )
    assert isinstance(found, Proposal)
    return found


def test_a_higher_target_buys_shares_and_spends_cash() -> None:
    found = proposed("12")

    assert (found.shares_now, found.change, found.shares_then) == (Decimal(10), Decimal(5), Decimal(15))
    assert (found.cash_effect, found.currency) == (Decimal("-400.00"), "EUR")
    assert (found.weight_now, found.weight_then) == (Decimal("8.00"), Decimal("12.00"))
    assert found.remark == NOT_GIVEN


def test_a_lower_target_sells_towards_it_and_never_beyond() -> None:
    found = proposed("6.5")

    assert (found.change, found.cash_effect) == (Decimal(-1), Decimal("80.00"))
    assert found.weight_then == Decimal("7.20")
    assert (
        found.remark
        == "one share of AAPL is 0.8 % of the judged part: 6.5 % cannot be reached, the nearest is 7.2 %"
    )


def test_fractions_reach_the_target() -> None:
    found = proposed("6.5", fractional=True)

    assert (found.change, found.weight_then) == (Decimal("-1.8750"), Decimal("6.50"))
    assert found.remark == NOT_GIVEN


def test_a_target_of_zero_sells_everything_with_its_fractions() -> None:
    held = valuation(position("AAPL", "10.37", Decimal("829.60")))

    found = propose(HELD, FX, quote(), judged=JUDGED, target_weight=Decimal(0), fractional=False)
    fraction = propose(held, FX, quote(), judged=JUDGED, target_weight=Decimal(0), fractional=False)

    assert isinstance(found, Proposal)
    assert isinstance(fraction, Proposal)
    assert (found.shares_then, found.weight_then) == (Decimal(0), Decimal(0))
    assert (fraction.change, fraction.shares_then) == (Decimal("-10.37"), Decimal(0))


def test_a_candidate_is_bought_from_nothing() -> None:
    found = proposed("4", of=quote("ORCL", "125"))

    assert (found.shares_now, found.change, found.weight_now) == (Decimal(0), Decimal(4), Decimal(0))
    assert found.cash_effect == Decimal("-400.00")


def test_a_share_dearer_than_the_target_is_unreachable_and_nothing_changes() -> None:
    found = proposed("3", of=quote("ORCL", "625"))

    assert (found.change, found.cash_effect) == (Decimal(0), Decimal(0))
    assert (
        found.remark
        == "one share of ORCL is 5.0 % of the judged part: 3.0 % cannot be reached, it stays at 0.0 %"
    )


def test_a_currency_nobody_quotes_gives_no_proposal() -> None:
    found = propose(
        HELD, FX, quote(currency="XYZ"), judged=JUDGED, target_weight=Decimal(5), fractional=False
    )

    assert found == Gap(gap="ECB publishes no rate for XYZ on 2026-04-24")


def test_where_nothing_is_judged_and_no_cash_there_is_no_proposal() -> None:
    found = propose(valuation(cash="0"), FX, quote(), judged=(), target_weight=Decimal(5), fractional=False)

    assert found == Gap(gap="the judged part and the cash are worth nothing")


@given(
    target=st.decimals(min_value=0, max_value=100, places=2),
    price=st.decimals(min_value="0.01", max_value=5000, places=2),
    fractional=st.booleans(),
)
def test_a_proposal_lies_between_now_and_its_target(
    target: Decimal, price: Decimal, fractional: bool
) -> None:
    found = proposed(str(target), of=quote(price=str(price)), fractional=fractional)

    low, high = sorted((found.weight_now, target))
    assert low - Decimal("0.01") <= found.weight_then <= high + Decimal("0.01")
    assert found.shares_then >= 0
