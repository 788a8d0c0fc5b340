"""The house's own CSV and JSON, and plain lines."""

import json
from collections.abc import Mapping
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.base.canonical import dumps
from core.base.errors import BadRequest
from core.base.gap import NOT_GIVEN, Gap
from core.base.kind import Kind
from core.portfolio.accounts import alone
from core.portfolio.holding import Cash, Holding, Import, Portfolio
from core.portfolio.paid import Paid
from core.portfolio.writing import accounts_csv, portfolio_json
from providers.holdings.reading import read_file


def read(text: str, *, tickers: Mapping[str, str] | None = None) -> Import:
    return read_file(text.encode(), origin="portfolio.csv", tickers=tickers)


def held(found: Import) -> dict[str, str]:
    return {each.ticker: f"{each.quantity:f}" for each in found.portfolio.holdings}


def reasons(found: Import) -> list[tuple[int, str]]:
    return [(row.line, row.reason) for row in found.rejected]


def test_good_rows_are_read_with_everything_they_say() -> None:
    found = read(
        "\ufeffTicker,Quantity,Currency,Name,Kind,Locked,ISIN\nbrk/b,1.5,usd,Berkshire,equity,yes,"
        "US0846707026\n"
    )

    assert found.portfolio.holdings == (
        Holding(
            ticker="BRK-B",
            name="Berkshire",
            quantity=Decimal("1.5"),
            kind=Kind.EQUITY,
            locked=True,
            isin="US0846707026",
            currency="USD",
        ),
    )
    assert found.rejected == ()


def test_a_bad_row_is_kept_with_line_and_reason_and_the_good_ones_stay() -> None:
    found = read(
        "ticker,quantity,currency\nAAPL,10,USD\nMSFT,ten,USD\nA B C!,1,USD\nGOOG,2,DOLLARS\n,5,USD\nV,0,USD\n"
    )

    assert held(found) == {"AAPL": "10"}
    assert reasons(found) == [
        (3, "the quantity 'ten' is not a number"),
        (4, "'A B C!' is not a ticker"),
        (5, "'DOLLARS' is not a currency code of three letters"),
        (6, "the ticker is missing"),
        (7, "the quantity is zero"),
    ]
    assert found.rejected[0].text == "MSFT,ten,USD"


def test_a_short_position_is_refused_with_a_sentence() -> None:
    found = read("ticker,quantity\nAAPL,10\nTSLA,-5\n")

    assert reasons(found) == [(3, "a short position: only what is owned can be judged")]


def test_lots_of_one_ticker_are_added_and_said() -> None:
    found = read("ticker,quantity\nAAPL,10\nMSFT,1\nAAPL,2.5\naapl,1\n")

    assert held(found) == {"AAPL": "13.5", "MSFT": "1"}
    assert "AAPL stands in 3 rows (lines 2, 4, 5): the quantities are added" in found.remarks


def test_cash_in_several_currencies_is_added_by_currency() -> None:
    found = read(
        "ticker,quantity,currency\n$CASH,100,EUR\n$cash,50.25,EUR\n$CASH,7,USD\n$CASH,250,GBp\n$CASH,-3,CHF\n"
        "$CASH,5,\n"
    )

    assert found.portfolio.cash == (
        Cash(currency="EUR", amount=Decimal("150.25")),
        Cash(currency="GBP", amount=Decimal("2.5")),
        Cash(currency="USD", amount=Decimal(7)),
    )
    assert [line for line, _ in reasons(found)] == [6, 7]
    assert "overdraft" in found.rejected[0].reason


def test_numeric_and_missing_looking_tickers_stay_text() -> None:
    found = read(
        'ticker,quantity,currency\n0700,100,HKD\n7203,5,JPY\nNA,1,USD\n"=""0005""",3,HKD\nTRUE,2,USD\n'
    )

    assert held(found) == {"0005": "3", "0700": "100", "7203": "5", "NA": "1", "TRUE": "2"}
    assert any("0005, 0700, 7203: tickers of digits alone" in remark for remark in found.remarks)


def test_an_isin_without_a_ticker_is_held_under_it_and_the_ticker_asked_for() -> None:
    found = read("ticker,quantity,isin\n,10,DE0005557508\nUS0378331005,3,\n")

    assert held(found) == {"DE0005557508": "10", "US0378331005": "3"}
    assert found.portfolio.holdings[0].isin == "DE0005557508"
    assert any("gives no ticker for DE0005557508, US0378331005" in remark for remark in found.remarks)


def test_a_known_isin_gets_its_ticker() -> None:
    found = read("ticker,quantity\nDE0005557508,10\n", tickers={"DE0005557508": "DTE.DE"})

    assert held(found) == {"DTE.DE": "10"}
    assert found.portfolio.holdings[0].isin == "DE0005557508"
    assert found.remarks == ()


def test_semicolons_and_decimal_commas_are_read() -> None:
    found = read("ticker;quantity;currency\nSAP.DE;12,5;EUR\nALV.DE;1.234,5;EUR\n")

    assert held(found) == {"ALV.DE": "1234.5", "SAP.DE": "12.5"}


def test_a_lone_group_of_three_digits_behind_semicolons_is_refused() -> None:
    found = read("ticker;quantity\nSAP.DE;12\nALV.DE;1.234\n")

    assert reasons(found) == [(3, "the quantity '1.234' could mean 1234 or 1.234")]


def test_our_own_csv_is_read_only_with_its_own_header() -> None:
    other = read("Symbol\tShares\tDescription\nAAPL\t3\tApple\n")

    assert held(other) == {}
    assert other.questions[0].key == "columns"
    answer = {"columns": other.questions[0].options[0][0]}
    assert held(read_file(b"Symbol\tShares\tDescription\nAAPL\t3\tApple\n", origin="x", answers=answer)) == {
        "AAPL": "3"
    }


def test_pence_stay_pence() -> None:
    assert read("ticker,quantity,currency\nAZN.L,3,GBp\n").portfolio.holdings[0].currency == "GBp"


def test_an_option_without_a_kind_is_refused() -> None:
    found = read("ticker,quantity\nAAPL,3\nAAPL240119C150,1\n")

    assert "a derivative" in found.rejected[0].reason


def test_an_unknown_kind_names_the_known_ones() -> None:
    found = read("ticker,quantity,kind\nAAPL,3,\nX,1,share\n")

    assert found.rejected[0].reason == "the kind 'share' is none of equity, fund, bond, crypto, other"


def test_plain_lines_of_two_to_four_words() -> None:
    found = read(
        "# mine\nAAPL 10\nSAP.DE 2.5 EUR\nMSFT 1 402.5 USD\nV 3 250\n$CASH 500 EUR\n\nGOOG\nX 1 2 3\nY 1 2 "
        "USD z\n"
    )

    assert held(found) == {"AAPL": "10", "MSFT": "1", "SAP.DE": "2.5", "V": "3"}
    assert found.portfolio.cash == (Cash(currency="EUR", amount=Decimal(500)),)
    assert reasons(found) == [
        (8, "'GOOG' is not NAME QUANTITY [PRICE] [CURRENCY]"),
        (9, "'X 1 2 3' has more than one number: write @ before a price"),
        (10, "'Y 1 2 USD z' is not NAME QUANTITY [PRICE] [CURRENCY]"),
    ]


@pytest.mark.parametrize(
    "text", ["AAPL,10,USD\nMSFT,2.5\n", "AAPL;10;USD\nMSFT; 2.5\n", "AAPL\t10\tUSD\nMSFT\t2.5\n"]
)
def test_plain_lines_may_have_commas_semicolons_or_tabs(text: str) -> None:
    assert held(read(text)) == {"AAPL": "10", "MSFT": "2.5"}


def test_a_short_position_among_plain_lines_is_refused_with_a_sentence_wherever_it_stands() -> None:
    found = read("TSLA -5\nAAPL 10\nMSFT -3\nAAPL250117C00150000 2\n")

    assert held(found) == {"AAPL": "10"}
    assert reasons(found) == [
        (1, "a short position: only what is owned can be judged"),
        (3, "a short position: only what is owned can be judged"),
        (4, "a derivative: only what is owned outright is held and judged"),
    ]


def test_plain_lines_of_short_positions_alone_are_refused_with_their_reasons() -> None:
    with pytest.raises(BadRequest, match="no position that can be used: line 1: a short position"):
        read("TSLA -5\n")


def test_a_formula_among_plain_lines_is_rejected() -> None:
    found = read("AAPL 10\nMSFT 5\n=CMD() 5\n")

    assert reasons(found) == [(3, "a cell begins like a formula of a spreadsheet")]


@pytest.mark.parametrize(
    "text",
    ["date,amount\n2024-01-01,5\n2024-01-02,6\n", "2024-01-01,5\n2024-01-02,6\n", "date,x\nA,1\nB,2\n"],
)
def test_a_list_of_something_else_is_no_list_of_plain_lines(text: str) -> None:
    with pytest.raises(BadRequest, match="Accepted"):
        read(text)


@pytest.mark.parametrize(
    "text", ["", "hello\n", "a story of nothing\nand more of it\n", "Foo,Bar\n1,2\n", "[1, 2]", "{}", "<a/>"]
)
def test_any_other_file_is_refused_and_the_accepted_formats_are_named(text: str) -> None:
    with pytest.raises(BadRequest) as refusal:
        read(text)

    for name in ("Fidelity positions", "Ghostfolio activities (JSON)", "ticker and quantity", "TICKER QTY"):
        assert name in str(refusal.value)


def test_a_file_of_bad_rows_alone_is_refused_with_their_reasons() -> None:
    with pytest.raises(
        BadRequest, match="line 2: the quantity 'x' is not a number; line 3: the quantity is zero"
    ):
        read("ticker,quantity\nAAPL,x\nMSFT,0\n")


def test_a_doubled_column_is_refused() -> None:
    with pytest.raises(BadRequest, match="names the column 'quantity' twice in line 1"):
        read("ticker,quantity,Quantity\nAAPL,1,2\n")


TICKERS = st.from_regex(r"[A-Z0-9][A-Z0-9.\-]{0,8}", fullmatch=True)
NAMES = st.one_of(
    st.just(NOT_GIVEN),
    st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=20)
    .map(str.strip)
    .filter(bool),
    st.sampled_from(["=CMD()", "+1", "-x", "@a", "'=x", "''x", 'say "a,b"', "a\nb"]),
)
QUANTITIES = st.decimals(min_value=Decimal("0.000001"), max_value=10**9, places=6)


def one_of(*told: str | Gap) -> st.SearchStrategy[str | Gap]:
    return st.sampled_from(told)


@st.composite
def portfolios(draw: st.DrawFn) -> Portfolio:
    tickers = sorted(draw(st.sets(TICKERS, min_size=1, max_size=5)))
    holdings = tuple(
        Holding(
            ticker=ticker,
            name=draw(NAMES),
            quantity=draw(QUANTITIES),
            kind=draw(st.sampled_from(Kind)),
            locked=draw(st.booleans()),
            isin=draw(one_of(NOT_GIVEN, f"US{place:09d}0")),
            currency=draw(one_of(NOT_GIVEN, "USD", "GBp")),
        )
        for place, ticker in enumerate(tickers)
    )
    currencies = sorted(draw(st.sets(st.sampled_from(["CHF", "EUR", "USD"]))))
    return Portfolio(
        holdings=holdings, cash=tuple(Cash(currency=each, amount=draw(QUANTITIES)) for each in currencies)
    )


@given(portfolios())
def test_what_is_exported_reads_back_identically(portfolio: Portfolio) -> None:
    as_csv = read_file(accounts_csv(alone(portfolio)).encode(), origin="x")
    as_json = read_file(json.dumps(portfolio_json(portfolio)).encode(), origin="x")

    assert dumps(as_csv.portfolio) == dumps(portfolio)
    assert dumps(as_json.portfolio) == dumps(portfolio)
    assert as_csv.rejected == as_json.rejected == ()


def test_json_with_bad_items_keeps_the_good_ones() -> None:
    found = read(
        '{"holdings": [{"ticker": "AAPL", "quantity": 1.5}, {"ticker": "MSFT", "quantity": "x"}, '
        '{"ticker": "V", '
        '"quantity": 1, "kind": "none"}], "cash": [{"currency": "EUR", "amount": 3}, {"currency": "E", '
        '"amount": 3}]}'
    )

    assert held(found) == {"AAPL": "1.5"}
    assert reasons(found) == [
        (2, "the quantity 'x' is not a number"),
        (2, "cash needs a currency of three letters"),
        (3, "the kind 'none' is none of equity, fund, bond, crypto, other"),
    ]


def test_json_lists_of_something_else_are_refused() -> None:
    with pytest.raises(BadRequest, match="list of objects"):
        read('{"holdings": ["AAPL"]}')


@pytest.mark.parametrize(
    "line", ["AAPL 10 170,5 USD", "AAPL 10 @170.5 USD", "AAPL 10 @ 170.5 USD", "aapl = 10 @170.5 usd"]
)
def test_a_price_in_a_plain_line_is_what_was_paid_as_in_the_editor(line: str) -> None:
    (apple,) = read_file(line.encode(), origin="x.txt").portfolio.holdings

    assert (apple.ticker, apple.quantity) == ("AAPL", Decimal(10))
    assert apple.paid == Paid(price=Decimal("170.5"), currency="USD")
