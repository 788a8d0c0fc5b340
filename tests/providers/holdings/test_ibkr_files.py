"""Interactive Brokers: activity statements of many sections, Flex queries by day and with base sums, never a
share twice."""

from decimal import Decimal

import pytest

from core.base.errors import BadRequest
from core.base.kind import Kind
from core.portfolio.holding import Cash, Import
from providers.holdings.reading import read_file

HEAD = (
    "Statement,Header,Field Name,Field Value\nStatement,Data,BrokerName,Interactive Brokers LLC\n"
    "Account Information,Header,Field Name,Field Value\nAccount Information,Data,Base Currency,EUR\n"
)
OPEN = (
    "Open Positions,Header,DataDiscriminator,Asset Category,Currency,Symbol,Open,Quantity,Mult,Cost Price,"
    "Cost Basis,Close Price,"
    "Value,Unrealized P/L,Code\n"
)
INSTRUMENTS = (
    "Financial Instrument Information,Header,Asset Category,Symbol,Description,Conid,Security ID,Underlying,"
    "Listing Exch,"
    "Multiplier,Type,Code\n"
    "Financial Instrument Information,Data,Stocks,ENB,ENBRIDGE INC,1,CA29250N1050,ENB,TSE,1,COMMON,\n"
    'Financial Instrument Information,Data,Stocks,"CSPX, CSP1",ISHARES CORE S&P 500,2,IE00B5BMR087,,LSEETF,1,'
    "ETF,\n"
)
CASH = (
    "Cash Report,Header,Currency Summary,Currency,Total,Securities,Futures\n"
    "Cash Report,Data,Starting Cash,EUR,1,1,0\n"
    "Cash Report,Data,Ending Cash,Base Currency Summary,300,300,0\n"
    "Cash Report,Data,Ending Cash,EUR,100.505,100.505,0\n"
    "Cash Report,Data,Ending Cash,USD,220,220,0\n"
    "Cash Report,Data,Ending Settled Cash,USD,999,999,0\n"
)
LOTS = (
    "Open Positions,Data,Summary,Stocks,CAD,ENB,-,54,1,50,2700,49.35,2664.9,0,\n"
    'Open Positions,Data,Lot,Stocks,CAD,ENB,"2023-07-07, 15:39:46",30,,48,1440,49.35,1480.5,0,\n'
    'Open Positions,Data,Lot,Stocks,CAD,ENB,"2023-02-10, 15:10:44",24,,54,1296,49.35,1184.4,0,\n'
    "Open Positions,Data,Summary,Stocks,USD,CSPX,-,2,1,500,1000,550,1100,0,\n"
    "Open Positions,SubTotal,,Stocks,CAD,,,,,2700,,2664.9,,,\n"
)


def read(text: str) -> Import:
    return read_file(text.encode(), origin="U1.csv")


def held(found: Import) -> dict[str, str]:
    return {each.ticker: f"{each.quantity:f}" for each in found.portfolio.holdings}


def test_a_statement_counts_each_share_once_with_its_isin_exchange_and_cash() -> None:
    found = read(HEAD + OPEN + LOTS + INSTRUMENTS + CASH)

    assert held(found) == {"CSPX.L": "2", "ENB.TO": "54"}
    assert [(each.isin, each.kind) for each in found.portfolio.holdings] == [
        ("IE00B5BMR087", Kind.FUND),
        ("CA29250N1050", Kind.EQUITY),
    ]
    assert found.portfolio.cash == (
        Cash(currency="EUR", amount=Decimal("100.50")),
        Cash(currency="USD", amount=Decimal(220)),
    )
    assert found.rejected == ()
    assert any("2 × rows that repeat others" in remark for remark in found.remarks)


def test_lots_that_contradict_their_summary_set_the_instrument_aside() -> None:
    found = read(HEAD + OPEN + LOTS.replace(",24,,54,", ",25,,54,") + INSTRUMENTS)

    assert held(found) == {"CSPX.L": "2"}
    assert "its lots sum to 55, the summary says 54" in {row.reason for row in found.rejected}


def test_options_are_refused_and_bonds_are_held_as_such() -> None:
    rows = (
        "Open Positions,Data,Summary,Equity and Index Options,USD,AAPL 20DEC24 200 C,-,5,100,2,1000,3,1500,0,"
        "\n"
        "Open Positions,Data,Summary,Bonds,USD,T 4 5/8 09/15/26,-,1000,1,1,1000,1,1000,0,\n"
    )
    bonds = "Financial Instrument Information,Data,Bonds,T 4 5/8 09/15/26,US TREASURY,3,US91282CHY03,,,1,,\n"

    found = read(HEAD + OPEN + LOTS + rows + INSTRUMENTS + bonds)

    assert held(found) == {"CSPX.L": "2", "ENB.TO": "54", "US91282CHY03": "1000"}
    assert next(each.kind for each in found.portfolio.holdings if each.isin == "US91282CHY03") is Kind.BOND
    assert ["a derivative" in row.reason for row in found.rejected] == [True]


def test_without_positions_the_orders_count_and_their_executions_do_not() -> None:
    trades = (
        "Trades,Header,DataDiscriminator,Asset Category,Currency,Symbol,Date/Time,Quantity,T. Price,Proceeds,"
        "Code\n"
        'Trades,Data,Order,Stocks,CAD,ENB,"2024-06-06, 09:32:06","1,200",9,-9,O\n'
        'Trades,Data,Execution,Stocks,CAD,ENB,"2024-06-06, 09:32:06",700,9,-9,O\n'
        'Trades,Data,Execution,Stocks,CAD,ENB,"2024-06-06, 09:32:07",500,9,-9,O\n'
        'Trades,Data,Order,Forex,USD,EUR.USD,"2024-06-06, 09:32:06",50,9,-9,O\n'
        "Trades,SubTotal,,Stocks,CAD,ENB,,1200,,,\n"
        "Corporate Actions,Header,Asset Category,Currency,Report Date,Date/Time,Description,Quantity,"
        "Proceeds,Value,Code\n"
        'Corporate Actions,Data,Stocks,CAD,2024-07-01,"2024-07-01, 20:25:00","ENB(CA29250N1050) Split 2 for '
        "1 "
        '(ENB, ENBRIDGE INC, CA29250N1050)",1200,0,0,\n'
        "Corporate Actions,Data,Total,,,,,,,,\n"
    )

    found = read(HEAD + trades + INSTRUMENTS)

    assert held(found) == {"ENB.TO": "2400"}
    assert any("no cash is claimed" in remark for remark in found.remarks)


def test_the_base_sum_of_the_cash_counts_only_where_nothing_else_is_stated() -> None:
    only = "".join(line for line in CASH.splitlines(True) if ",EUR," not in line and ",USD," not in line)

    found = read(HEAD + OPEN + LOTS + INSTRUMENTS + only)

    assert found.portfolio.cash == (Cash(currency="EUR", amount=Decimal(300)),)
    assert any("in its base currency EUR" in remark for remark in found.remarks)


def test_a_statement_with_nothing_in_it_says_what_to_export() -> None:
    with pytest.raises(BadRequest, match="export it with the section Open Positions"):
        read(HEAD + CASH)


def flex(inside: str) -> Import:
    return read(f"<FlexQueryResponse><FlexStatements>{inside}</FlexStatements></FlexQueryResponse>")


def day(number: int, quantity: int, cash: str = "", account: str = "U1") -> str:
    when = f"2024010{number}"
    return (
        f'<FlexStatement accountId="{account}" fromDate="{when}" toDate="{when}">'
        '<AccountInformation currency="CHF"/>'
        '<OpenPosition assetCategory="STK" symbol="MSFT" isin="US5949181045" listingExchange="NASDAQ" '
        'currency="USD" '
        f'position="{quantity}" markPrice="400" levelOfDetail="SUMMARY"/>{cash}</FlexStatement>'
    )


def test_a_flex_query_broken_out_by_day_counts_its_newest_day() -> None:
    def cash(amount: int, when: int) -> str:
        return (
            f'<CashReportCurrency currency="USD" endingCash="{amount}" toDate="2024010{when}" '
            f'accountId="U1"/>'
        )

    found = flex(day(1, 9, cash(1000, 1)) + day(2, 9, cash(1000, 2)) + day(3, 8, cash(1001, 3)))

    assert held(found) == {"MSFT": "8"}
    assert found.portfolio.cash == (Cash(currency="USD", amount=Decimal(1001)),)


def test_two_accounts_of_one_flex_query_are_two_accounts() -> None:
    found = flex(day(1, 9, account="U1") + day(2, 5, account="U2"))

    assert held(found) == {"MSFT": "14"}
    assert [each.name for each in found.accounts] == ["IBKR U1", "IBKR U2"]


def test_flex_cash_in_the_base_summary_alone_is_cash_in_the_base_currency() -> None:
    base = '<CashReportCurrency currency="BASE_SUMMARY" endingCash="1234.567"/>'

    found = flex(day(1, 9, base))

    assert found.portfolio.cash == (Cash(currency="CHF", amount=Decimal("1234.57")),)
    assert any("sum in the account's base currency CHF" in remark for remark in found.remarks)


def test_flex_cash_in_a_base_currency_that_is_not_named_is_said_and_not_claimed() -> None:
    base = '<CashReportCurrency currency="BASE_SUMMARY" endingCash="1234.567"/>'

    found = flex(day(1, 9, base).replace('<AccountInformation currency="CHF"/>', ""))

    assert found.portfolio.cash == ()
    assert any(
        "cash of 1234.567 in the account's base currency and does not name it" in each
        for each in found.remarks
    )


@pytest.mark.parametrize(
    ("symbol", "exchange", "ticker"),
    [
        ("EQQQ.L", "LSEETF", "EQQQ.L"),
        ("CHSPIz", "EBS", "CHSPI.SW"),
        ("BMWd", "IBIS", "BMW.DE"),
        ("BRK B", "NYSE", "BRK-B"),
    ],
)
def test_a_symbol_gets_its_exchange_once(symbol: str, exchange: str, ticker: str) -> None:
    row = day(1, 9).replace('symbol="MSFT"', f'symbol="{symbol}"').replace("NASDAQ", exchange)

    assert held(flex(row)) == {ticker: "9"}
