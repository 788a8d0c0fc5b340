"""Exports that state positions: Fidelity, Schwab, IBKR Flex, DEGIRO. Small files of the documented
layouts."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from core.base.errors import BadRequest
from core.base.kind import Kind
from core.portfolio.holding import Cash, Import
from providers.holdings.reader import UNRECORDED
from providers.holdings.reading import read_file
from providers.holdings.sources import read_portfolio_file

FIDELITY = """\ufeffAccount Number,Account Name,Symbol,Description,Quantity,Last Price,Current Value,\
Cost Basis Total,Type
Z1,Individual,AAPL,APPLE INC,10,$150.00,"$1,500.00",$100.00,Cash
Z1,Individual,BRK/B,BERKSHIRE HATHAWAY,2.5,$400.00,"$1,000.00",--,Margin
Z1,Individual,SPAXX**,HELD IN MONEY MARKET,,,"$5,200.10",,Cash
Z1,Individual,FXAIX,FIDELITY 500 INDEX FUND,850,$211.76,"$179,996.00",--,Cash
Z1,Individual, -AAPL260116C200,AAPL JAN 16 2026 $200 CALL,1,$5.50,$550.00,--,Margin
Z3,401k,31617E745,FID CONTRA POOL,10.5,$20.00,$210.00,--,
Z1,Individual,TSLA,TESLA INC,-3,$200.00,-$600.00,--,Margin
Z1,Individual,Pending Activity,,,,$250.00,,
Z2,Roth IRA,AAPL,APPLE INC,5,$150.00,$750.00,$90.00,Cash

"The data and information in this spreadsheet is provided to you solely for your use."
"Date downloaded Apr-24-2026 4:00 p.m ET"
"""
SCHWAB = """"Positions for account Individual ...123 as of 04:00 PM ET, 2026/04/24"
""
"Symbol","Description","Qty (Quantity)","Price","Mkt Val (Market Value)","Cost Basis","Security Type"
"GOOGL","ALPHABET INC CLASS A","12","$170.00","$2,040.00","$1,000.00","Equity"
"SCHD","SCHWAB US DIVIDEND EQUITY ETF","1,042","$27.00","$28,134.00","--","ETFs & Closed End Funds"
"912828XX1","US TREASURY NOTE","5000","$99.00","$4,950.00","--","Fixed Income"
"AAPL 01/16/2026 200.00 C","CALL APPLE INC","1","$5.00","$500.00","--","Option"
"SWVXX","SCHWAB VALUE ADVANTAGE MONEY INV","100.5","$1.00","$100.50","--","Cash and Money Market"
"Cash & Cash Investments","--","--","--","$1,234.56","--","Cash and Money Market"
"Account Total","--","--","--","$36,959.06","$1,000.00","--"
"Symbol","Description","Qty (Quantity)","Price","Mkt Val (Market Value)","Cost Basis","Security Type"
"GOOGL","ALPHABET INC CLASS A","3","$170.00","$510.00","--","Equity"
"""
FLEX = """<FlexQueryResponse queryName="p" type="AF"><FlexStatements count="1"><FlexStatement accountId="U1">
<OpenPositions>
<OpenPosition currency="EUR" assetCategory="STK" symbol="SAP" description="SAP SE" isin="DE0007164600" \
listingExchange="IBIS" position="7" levelOfDetail="LOT" />
<OpenPosition currency="EUR" assetCategory="STK" symbol="SAP" description="SAP SE" isin="DE0007164600" \
listingExchange="IBIS" position="5" levelOfDetail="LOT" />
<OpenPosition currency="HKD" assetCategory="STK" symbol="700" description="TENCENT" isin="KYG875721634" \
listingExchange="SEHK" position="100" levelOfDetail="LOT" />
<OpenPosition currency="USD" assetCategory="STK" symbol="BRK B" description="BERKSHIRE" \
isin="US0846707026" listingExchange="NYSE" position="3" levelOfDetail="LOT" />
<OpenPosition currency="USD" assetCategory="OPT" symbol="SPY 260116C00600000" description="SPY" isin="" \
listingExchange="" position="1" levelOfDetail="LOT" />
<OpenPosition currency="USD" assetCategory="STK" symbol="GME" description="GAMESTOP" isin="US36467W1099" \
listingExchange="NYSE" position="-4" levelOfDetail="LOT" />
</OpenPositions>
<CashReport><CashReportCurrency currency="BASE_SUMMARY" endingCash="900" /><CashReportCurrency \
currency="USD" endingCash="812.504" />
<CashReportCurrency currency="CHF" endingCash="-0.001" /><CashReportCurrency currency="GBP" \
endingCash="-30" /></CashReport>
</FlexStatement></FlexStatements></FlexQueryResponse>"""


def read(text: str) -> Import:
    return read_file(text.encode(), origin="export")


def held(found: Import) -> dict[str, str]:
    return {each.ticker: f"{each.quantity:f}" for each in found.portfolio.holdings}


def kinds(found: Import) -> dict[str, Kind]:
    return {each.ticker: each.kind for each in found.portfolio.holdings}


def reasons(found: Import) -> dict[int, str]:
    return {row.line: row.reason for row in found.rejected}


def test_fidelity_accounts_are_added_sweeps_are_cash_options_and_shorts_refused() -> None:
    found = read(FIDELITY)

    assert found.format == "Fidelity positions"
    assert held(found) == {"31617E745": "10.5", "AAPL": "15", "BRK-B": "2.5", "FXAIX": "850"}
    assert kinds(found)["FXAIX"] is Kind.FUND
    assert kinds(found)["31617E745"] is Kind.OTHER
    assert found.portfolio.cash == (Cash(currency="USD", amount=Decimal("5200.10")),)
    assert sorted(reasons(found)) == [6, 8]
    assert "derivative" in reasons(found)[6]
    assert "short position" in reasons(found)[8]
    assert "passed over, as no holding: 2 × lines of totals and notes, 1 × pending activity" in found.remarks
    assert found.remarks[0] == UNRECORDED


def test_fidelity_header_case_and_extra_columns_do_not_matter() -> None:
    found = read(
        "ACCOUNT NUMBER,Account name,Investment Type,SYMBOL,description,Quantity,Current value\nZ,I,ETFs,VTI,"
        "TOTAL MARKET,3,$900\n"
    )

    assert kinds(found) == {"VTI": Kind.FUND}


def test_schwab_preamble_totals_and_repeated_headers_are_passed_over() -> None:
    found = read(SCHWAB)

    assert found.format == "Schwab positions"
    assert held(found) == {"912828XX1": "5000", "GOOGL": "15", "SCHD": "1042"}
    assert kinds(found) == {"912828XX1": Kind.BOND, "GOOGL": Kind.EQUITY, "SCHD": Kind.FUND}
    assert found.portfolio.cash == (Cash(currency="USD", amount=Decimal("1335.06")),)
    assert reasons(found) == {7: "a derivative: only what is owned outright is held and judged"}


def test_ibkr_lots_are_summed_and_symbols_get_their_exchange() -> None:
    found = read(FLEX)

    assert found.format == "IBKR Flex positions"
    assert held(found) == {"0700.HK": "100", "BRK-B": "3", "SAP.DE": "12"}
    assert found.portfolio.cash == (Cash(currency="USD", amount=Decimal("812.50")),)
    assert "derivative" in reasons(found)[7]
    assert "short position" in reasons(found)[8]
    assert "overdraft" in reasons(found)[11]


def test_ibkr_lots_beside_their_summary_count_once() -> None:
    summary = FLEX.replace(
        "<OpenPositions>",
        '<OpenPositions><OpenPosition currency="EUR" assetCategory="STK" symbol="SAP" isin="DE0007164600" '
        'listingExchange="IBIS" position="12" levelOfDetail="SUMMARY" />',
    )

    found = read(summary)

    assert held(found)["SAP.DE"] == "12"


def test_ibkr_positions_as_csv() -> None:
    found = read(
        '"Symbol","Quantity","MarkPrice","PositionValue","CostBasisPrice","CurrencyPrimary","AssetClass",'
        '"ISIN","ListingExchange"\n'
        '"VOD","100","0.7","70","0.6","GBP","STK","GB00BH4HKS39","LSE"\n"USD","40","1","40","1","USD","CASH",'
        '"",""\n'
    )

    assert held(found) == {"VOD.L": "100"}
    assert found.portfolio.cash == (Cash(currency="USD", amount=Decimal(40)),)


def test_a_flex_query_without_positions_and_trades_says_what_to_add() -> None:
    with pytest.raises(BadRequest, match="add the section Open Positions"):
        read("<FlexQueryResponse><FlexStatements/></FlexQueryResponse>")


DAILY = "ReportDate,Symbol,Quantity,MarkPrice,CurrencyPrimary\n{}"


def test_of_several_days_the_newest_counts_only() -> None:
    found = read(
        DAILY.format("2026-03-31,AAPL,10,200,USD\n2026-03-31,MSFT,50,1,USD\n2026-04-24,AAPL,12,210,USD\n")
    )

    assert held(found) == {"AAPL": "12"}
    assert any("2 × rows of earlier days" in remark for remark in found.remarks)


def test_an_open_order_of_day_and_month_that_matters_is_refused() -> None:
    with pytest.raises(BadRequest, match="could be day-month or month-day"):
        read(DAILY.format("03/04/2026,AAPL,10,200,USD\n04/03/2026,AAPL,12,210,USD\n"))


def test_an_open_order_of_day_and_month_that_changes_nothing_is_read() -> None:
    found = read(DAILY.format("03/04/2026,AAPL,10,200,USD\n03/04/2026,MSFT,2,210,USD\n"))

    assert held(found) == {"AAPL": "10", "MSFT": "2"}


def test_one_clear_date_decides_which_rows_are_the_newest() -> None:
    found = read(
        DAILY.format("03/04/2026,AAPL,10,200,USD\n04/03/2026,AAPL,12,210,USD\n25/01/2026,AAPL,1,1,USD\n")
    )

    assert held(found) == {"AAPL": "10"}


def test_a_broken_date_is_rejected_alone() -> None:
    found = read(DAILY.format("2026-04-24,AAPL,10,200,USD\nsoon,MSFT,2,210,USD\n"))

    assert held(found) == {"AAPL": "10"}
    assert reasons(found) == {3: "'soon' is not a date"}


@pytest.mark.parametrize(
    "header",
    [
        "Symbol,Description,Quantity,Market Value,Currency",  # no American broker's
        "Symbol,Description,Quantity,Market Value",
        "Account Name,Symbol,Quantity,Current Value",
        "Date,Symbol,Quantity,Price,Currency",
    ],
)
def test_words_that_many_use_are_no_format_and_are_asked_about(header: str) -> None:
    cells = {"Date": "2026-04-24", "Quantity": "3", "Currency": "GBP", "Symbol": "VOD"}
    row = ",".join(cells.get(name, "7") for name in header.split(","))

    asked = read(f"{header}\n{row}\n")

    assert [each.key for each in asked.questions] == ["columns"]


def test_degiro_portfolio_has_isins_cash_and_decimal_commas() -> None:
    found = read(
        "Product,Symbool/ISIN,Aantal,Slotkoers,Lokale waarde,,Waarde in EUR\n"
        'CASH & CASH FUND & FTX CASH (EUR),,,,EUR,"120,35","120,35"\n'
        'ASML HOLDING,NL0010273215,3,"650,10",EUR,"1950,30","1950,30"\n'
        'VANGUARD FTSE AW,IE00B3RBWM25,"12,5","110,00",EUR,"1375,00","1375,00"\n'
    )

    assert held(found) == {"IE00B3RBWM25": "12.5", "NL0010273215": "3"}
    assert found.portfolio.cash == (Cash(currency="EUR", amount=Decimal("120.35")),)


def test_a_file_that_fits_two_formats_is_asked_about_and_read_as_the_answer_says() -> None:
    text = "Account Name,Symbol,Description,Quantity,Current Value,Market Value,Security Type\n"
    text += "Mine,AAPL,APPLE INC,3,$600,$600,Equity\n"

    asked = read(text)
    (question,) = asked.questions
    answered = read_file(text.encode(), origin="x", answers={"format": "Schwab positions"})

    assert held(asked) == {}
    assert [answer for answer, _ in question.options] == ["Fidelity positions", "Schwab positions"]
    assert (answered.format, held(answered)) == ("Schwab positions", {"AAPL": "3"})
    with pytest.raises(BadRequest, match="is not 'nonsense'"):
        read_file(text.encode(), origin="x", answers={"format": "nonsense"})


def test_a_portfolio_file_of_the_settings_that_needs_an_answer_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "p.csv"
    path.write_text("Name;ISIN;Quantity\nLVMH;FR0000121014;3\n", encoding="utf-8")

    with pytest.raises(BadRequest, match="cannot be read without being asked"):
        read_portfolio_file(path, None, date(2026, 4, 24))
