"""Exports that state activities: what came minus what went. Small invented files of the recorded or
documented layouts."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.base.errors import BadRequest
from core.base.gap import NOT_GIVEN
from core.base.kind import Kind
from core.portfolio.holding import Cash, Import
from providers.holdings.reader import NO_CASH, UNRECORDED
from providers.holdings.reading import read_file


def read(text: str, *, tickers: Mapping[str, str] | None = None, today: date | None = None) -> Import:
    return read_file(text.encode(), origin="export", tickers=tickers, today=today)


def held(found: Import) -> dict[str, str]:
    return {each.ticker: f"{each.quantity:f}" for each in found.portfolio.holdings}


def reasons(found: Import) -> dict[int, str]:
    return {row.line: row.reason for row in found.rejected}


GHOSTFOLIO = "Date,Code,DataSource,Currency,Price,Quantity,Action,Fee\n"


def test_buys_minus_sells_and_nothing_for_money() -> None:
    found = read(
        GHOSTFOLIO
        + "16-09-2021,MSFT,YAHOO,USD,298.58,5,buy,19\n17/11/2021,MSFT,YAHOO,USD,0.62,5,dividend,0\n"
        "01.12.2021,MSFT,YAHOO,USD,300,1.5,sell,0\n20220103,V,YAHOO,USD,300,2,BUY,0\n05-01-2022,V,,USD,300,2,"
        "Sell,0\n"
    )

    assert held(found) == {"MSFT": "3.5"}
    assert found.portfolio.cash == ()
    assert NO_CASH in found.remarks
    assert (
        "positions are the sum of 4 rows in which shares came or went; nothing is left of 1 more"
        in found.remarks
    )
    assert "passed over, as no holding: 1 × dividend" in found.remarks


def test_every_alias_of_ghostfolio_is_a_header() -> None:
    found = read(
        "TradeDate;Symbol;CurrencyPrimary;Units;Type;TradePrice;IBCommission\n2024-03-04;AAPL;USD;2,5;buy;1;"
        "0\n"
    )

    assert held(found) == {"AAPL": "2.5"}


def test_bad_activities_are_rejected_one_by_one() -> None:
    found = read(
        GHOSTFOLIO + "16-09-2021,MSFT,YAHOO,USD,298.58,5,buy,19\n<invalid>,A,YAHOO,USD,1,1,buy,0\n16-09-2021,"
        "<bad>,YAHOO,"
        "USD,1,1,buy,0\n"
        "16-09-2021,B,YAHOO,<bad>,1,1,buy,0\n16-09-2021,C,YAHOO,USD,1,1,gift,0\n16-09-2021,House,MANUAL,USD,"
        "1,1,buy,0\n"
        "16-09-2021,D,NOWHERE,USD,1,1,buy,0\n16-09-1960,E,YAHOO,USD,1,1,buy,0\n16-09-2050,F,YAHOO,USD,1,1,"
        "buy,0\n"
        "16-09-2021,G,YAHOO,USD,1,-1,buy,0\n16-09-2021,H,YAHOO,USD,1,0,buy,0\n16-09-2021,I,YAHOO,USD,1,1,,"
        "0\n",
        today=date(2026, 4, 24),
    )

    assert held(found) == {"MSFT": "5"}
    assert reasons(found) == {
        3: "'<invalid>' is not a date",
        4: "'<bad>' is not a ticker",
        5: "'<bad>' is not a currency code of three letters",
        6: "the kind of row 'gift' is not known",
        7: "an asset entered by hand has no quoted price",
        8: "the data source is not one of Ghostfolio's: what the symbol means is not known",
        9: "the date '16-09-1960' lies before 1970",
        10: "the date '16-09-2050' lies in the future",
        11: "a purchase of a negative number of shares",
        12: "the quantity is zero",
        13: "the kind of row is missing",
    }


def test_more_sold_than_bought_is_a_short_position_refused_with_a_sentence() -> None:
    found = read(GHOSTFOLIO + "16-09-2021,MSFT,YAHOO,USD,1,5,buy,0\n16-09-2021,TSLA,YAHOO,USD,1,2,sell,0\n")

    assert held(found) == {"MSFT": "5"}
    assert reasons(found)[3].startswith("TSLA: 2 more were sold than bought here: a short position")


def test_a_file_that_leaves_nothing_is_read_and_empty() -> None:
    found = read(GHOSTFOLIO + "16-09-2021,MSFT,YAHOO,USD,1,5,buy,0\n17-09-2021,MSFT,YAHOO,USD,1,5,sell,0\n")

    assert found.portfolio.holdings == ()
    assert found.rejected == ()


def test_the_ghostfolio_export_states_balances_and_the_newest_is_the_cash() -> None:
    found = read(
        '{"accounts": [{"name": "A", "currency": "USD", "balances": [{"date": "2024-12-31", "value": '
        '2000}, {"date": '
        '"2023-12-31", "value": 1000}]}, {"name": "B", "currency": "EUR", "balances": [{"date": "2024-12-31",'
        ' "value": -5}]}],\n'
        '"activities": [\n{"currency": "USD", "date": "2021-09-16T00:00:00.000Z", "quantity": 5.5, '
        '"symbol": "MSFT", "type": "BUY",'
        ' "dataSource": "YAHOO"},\n{"currency": "USD", "date": "2021-09-16", "quantity": 1, "symbol": "X", '
        '"type": "?"}, "odd"]}'
    )

    assert held(found) == {"MSFT": "5.5"}
    assert found.portfolio.cash == (Cash(currency="USD", amount=Decimal(2000)),)
    assert [row.line for row in found.rejected] == [2, 4, 4]
    assert NO_CASH not in found.remarks


TRADING212 = (
    "Action,Time,ISIN,Ticker,Name,No. of shares,Price / share,Currency (Price / share),Total,Currency "
    "(Total)\n"
)


def test_trading_212_splits_are_a_closed_and_an_opened_position() -> None:
    found = read(
        TRADING212 + 'Deposit,2023-12-18 11:45:06.326,,,,,,,31.00,"EUR"\n'
        'Market buy,2023-12-18 14:30:03.613,CA46500E8678,ISOU,"IsoEnergy",29.8,2.1,USD,60,"EUR"\n'
        'Stock split close,2025-03-24 07:24:24,CA46500E8678,ISOU,"IsoEnergy",29.8,2.07,USD,59,"EUR"\n'
        'Stock split open,2025-03-24 07:24:24,CA46500E8678,ISOU,"IsoEnergy",7.45,8.28,USD,59,"EUR"\n'
        'Limit sell,2025-03-25 07:24:24,CA46500E8678,ISOU,"IsoEnergy",0.45,8.28,USD,59,"EUR"\n'
    )

    assert held(found) == {"ISOU": "7"}
    assert found.portfolio.holdings[0].isin == "CA46500E8678"


def test_trading_212_pence_are_kept_as_the_price_currency() -> None:
    found = read(
        TRADING212
        + 'Market buy,2023-12-18 14:30:03,IE00B1XNHC34,INRG,"iShares Clean Energy UCITS ETF",1,630,GBX,6,'
        '"GBP"\n'
    )

    assert found.portfolio.holdings[0].currency == "GBX"
    assert found.portfolio.holdings[0].kind is Kind.FUND


REPUBLIC = "datetime,date,category,type,asset_class,name,symbol,shares,price,amount,currency\n"
REPUBLIC_ROWS = (
    "2024-03-04T10:00:00Z,2024-03-04,TRADING,BUY,STOCK,Netflix,US64110L1061,0.045566,600,-27,EUR\n"
    "2025-11-17T10:00:00Z,2025-11-17,CORPORATE_ACTION,SPLIT,STOCK,Netflix,US64110L1061,0.410094,,,\n"
    "2024-03-04T10:00:00Z,2024-03-04,TRADING,BUY,CRYPTO,Bitcoin,BTC,0.001,60000,-60,EUR\n"
    "2024-03-04T10:00:00Z,2024-03-04,TRADING,BUY,BOND,April 2024,DE0001141794,20,0.98,-19,EUR\n"
    "2024-04-12T10:00:00Z,2024-04-12,CORPORATE_ACTION,REDEMPTION,BOND,April 2024,DE0001141794,-20,1,,EUR\n"
    "2024-04-12T10:00:00Z,2024-04-12,CASH,FINAL_MATURITY,BOND,April 2024,DE0001141794,20,,20,EUR\n"
    "2024-05-24T10:00:00Z,2024-05-24,TRADING,BUY,DERIVATIVE,Long 110 $,DE000TT2G3G7,20,3.4,-68,EUR\n"
    "2024-05-24T10:00:00Z,2024-05-24,CASH,CARD_TRANSACTION,,,,,,-12,EUR\n"
)


@pytest.mark.parametrize("layout", ["commas", "semicolons", "quoted"])
def test_trade_republic_states_signed_changes_in_every_layout(layout: str) -> None:
    text = REPUBLIC + REPUBLIC_ROWS
    if layout == "semicolons":
        text = text.replace(",", ";")
    if layout == "quoted":
        text = "\n".join(",".join(f'"{cell}"' for cell in line.split(",")) for line in text.splitlines())

    found = read(text)

    assert held(found) == {"BTC-EUR": "0.001", "US64110L1061": "0.45566"}
    assert found.portfolio.holdings[1].name == "Netflix"
    assert found.portfolio.holdings[1].currency == NOT_GIVEN
    assert reasons(found) == {8: "a derivative: only what is owned outright is held and judged"}


def test_trade_republic_tickers_come_from_the_owner() -> None:
    found = read(REPUBLIC + REPUBLIC_ROWS, tickers={"US64110L1061": "NFLX"})

    assert held(found) == {"BTC-EUR": "0.001", "NFLX": "0.45566"}
    assert not any("gives no ticker" in remark for remark in found.remarks)


def test_the_older_list_of_trade_republic_shows_both_decimal_marks() -> None:
    found = read(
        "Datum;Transactietype;Waarde (netto);Opmerking;ISIN;Aantal;Kosten;Belasting\n"
        "2024-11-26;Storting;0,01;John Doe;;;;\n2024-07-23;Aankoop;-5;FTSE World;IE00BKX55T58;0,052361;;\n"
        "2025-01-16T16:13:36;Buy;-25;Nasdaq;LU1829221024;0.2989;;\n2024-11-29;Verkoop;10;FTSE World;"
        "IE00BKX55T58;0,05;;\n"
    )

    assert held(found) == {"IE00BKX55T58": "0.002361", "LU1829221024": "0.2989"}


DEGIRO = "Datum,Tijd,Valutadatum,Product,ISIN,Omschrijving,FX,Mutatie,,Saldo,,Order Id\n"


def test_degiro_tells_trades_in_words_and_balances_on_every_row() -> None:
    found = read(
        DEGIRO
        + '19-12-2022,18:33,19-12-2022,FLATEX EURO BANKACCOUNT,NLFLATEXACNT,Cash Sweep,,EUR,"26,45",EUR,"27,'
        '80",\n'
        '19-12-2022,18:33,19-12-2022,,,Deposit,,EUR,"20,00",EUR,"1,35",\n'
        '15-12-2022,16:55,15-12-2022,TOYOTA,JP3633400001,"Koop 30 @ 22,4 EUR",,EUR,"-672,00",EUR,"5,00",'
        "abc-\n"
        ",,,,,,,,,,,def\n"
        '14-12-2022,16:55,15-12-2022,TOYOTA,JP3633400001,"Verkoop 10 @ 22,4 EUR",,EUR,"-672,00",EUR,"5,00",\n'
        '13-12-2022,16:55,15-12-2022,QT,FI4000198031,"Achat 1 046 QT@79,96 EUR (FI4000198031)",,EUR,"-1",USD,'
        '"-3,00",\n'
        '12-12-2022,16:55,15-12-2022,PROSUS,NL0013654783,STOCK DIVIDEND: Koop 9 @ 0 EUR,,EUR,"0,00",EUR,"5,'
        '00",\n'
        '11-12-2022,16:55,15-12-2022,EUR CASH FUND FUNDSHARE,NL0010661914,"Vente 5 @ 0,98 EUR",,EUR,"1",EUR,'
        '"5,00",\n'
    )

    assert held(found) == {"FI4000198031": "1046", "JP3633400001": "20", "NL0013654783": "9"}
    assert found.portfolio.cash == (Cash(currency="EUR", amount=Decimal("27.80")),)
    assert reasons(found) == {
        7: "the balance in USD: an overdraft or margin debt: only cash that is there can be counted"
    }


def test_degiro_transactions_state_signed_quantities() -> None:
    found = read(
        "Date,Time,Product,ISIN,Reference exchange,Venue,Quantity,Price,,Local value,,Value,,Exchange rate,"
        "Fees,,Total,,Order ID\n"
        '04-03-2024,09:00,ASML,NL0010273215,EAM,XAMS,3,"650,10",EUR,"-1950,30",EUR,"-1950,30",EUR,,"-1,00",'
        'EUR,"-1951",EUR,a\n'
        '05-03-2024,09:00,ASML,NL0010273215,EAM,XAMS,-1,"650,10",EUR,"650,10",EUR,"650,10",EUR,,"-1,00",EUR,'
        '"649",EUR,b\n'
    )

    assert held(found) == {"NL0010273215": "2"}
    assert found.portfolio.holdings[0].currency == "EUR"


PP_ENGLISH = (
    "Date,Type,Value,Transaction Currency,Gross Amount,Currency Gross Amount,Exchange Rate,Fees,Taxes,Shares,"
    "ISIN,WKN,Ticker Symbol,Security Name,Note\n"
)
PP_GERMAN = (
    "Datum;Typ;Wert;Buchungswährung;Bruttobetrag;Währung Bruttobetrag;Wechselkurs;Gebühren;Steuern;Stück;"
    "ISIN;WKN;Ticker-Symbol;Wertpapiername;Notiz\n"
)


def test_portfolio_performance_in_english() -> None:
    found = read(
        PP_ENGLISH
        + '2024-03-04T00:00,Buy,"1,500.00",EUR,"1,630.00",USD,0.92,1,0,"1,010",US0378331005,865985,'
        "AAPL,Apple,"
        "\n"
        "2024-03-05T00:00,Sell,15,EUR,16,USD,,1,0,10,US0378331005,865985,AAPL,Apple,\n2024-03-05T00:00,"
        "Deposit,100,EUR,,,,,,,,,,,\n"
        "2024-03-05T00:00,Transfer (Inbound),100,EUR,,,,,,,,,,,\n2024-03-06T00:00,Delivery (Inbound),1,EUR,,,"
        ",,,2,DE0007164600,,SAP.DE,SAP,\n"
    )

    assert held(found) == {"AAPL": "1000", "SAP.DE": "2"}
    assert [each.currency for each in found.portfolio.holdings] == ["USD", "EUR"]
    assert found.remarks[0] == UNRECORDED


def test_portfolio_performance_in_german() -> None:
    found = read(
        PP_GERMAN + "04.03.2024 00:00;Kauf;1.500,00;EUR;;;;1,00;0,00;1.010;US0378331005;865985;AAPL;Apple;\n"
        "05.03.2024 00:00;Verkauf;15,00;EUR;;;;1,00;0,00;10,5;US0378331005;865985;AAPL;Apple;\n"
        "05.03.2024 00:00;Dividende;15,00;EUR;;;;1,00;0,00;999,5;US0378331005;865985;AAPL;Apple;\n"
        "06.03.2024 00:00;Auslieferung;15,00;EUR;;;;;;0,5;US0378331005;;AAPL;Apple;\n"
    )

    assert held(found) == {"AAPL": "999"}
    assert found.rejected == ()


def test_schwab_splits_and_reinvestments_and_settled_dates() -> None:
    found = read(
        '"Transactions  for account ...123 as of 05/03/2023 02:21:05 PM ET"\n"Date","Action","Symbol",'
        '"Description","Quantity","Price","Fees & Comm","Amount"\n'
        '"06/13/2024","Buy","AVGO","BROADCOM INC","1","$1,680.00","","-$1,680.00"\n'
        '"07/15/2024 as of 07/12/2024","Stock Split","AVGO","BROADCOM INC","9","$170.067","",""\n'
        '"07/16/2024","Reinvest Shares","SPY","SPDR S&P 500 ETF","1.6531","$420.10","","-$694.48"\n'
        '"07/17/2024","Sell to Open","AAPL 01/16/2026 200.00 C","CALL","1","$5","",""\n'
        '"07/18/2024","Reinvest Shares","SWVXX","MONEY","46.23","$1.00","","-$46.23"\n'
        '"Transactions Total","","","","","","","-$1,574.04",\n'
    )

    assert held(found) == {"AVGO": "10", "SPY": "1.6531"}
    assert reasons(found) == {6: "a derivative: only what is owned outright is held and judged"}


def test_ibkr_trades_are_netted_by_isin_through_a_change_of_symbol() -> None:
    found = read(
        "<FlexQueryResponse><FlexStatements><FlexStatement><Trades>\n"
        '<Trade currency="CAD" assetCategory="STK" symbol="GCM" isin="CA38501D2041" exchange="TSE" '
        'buySell="BUY" tradeDate="20130401" quantity="12000"/>\n'
        '<Trade currency="TWD" assetCategory="CASH" symbol="USD.TWD" isin="" buySell="SELL" '
        'tradeDate="20130401" quantity="-100"/>\n'
        "</Trades><CorporateActions>\n"
        '<CorporateAction currency="CAD" assetCategory="STK" symbol="GCM" isin="CA38501D5010" '
        'reportDate="20130601" quantity="480" '
        'description="GCM(CA38501D2041) SPLIT 1 FOR 25 (GCM, GRAN COLOMBIA GOLD CORP, CA38501D5010)"/>\n'
        '<CorporateAction currency="CAD" assetCategory="STK" symbol="GCM.OLD" isin="CA38501D2041" '
        'reportDate="20130601" quantity="-12000"/>\n'
        "</CorporateActions></FlexStatement></FlexStatements></FlexQueryResponse>"
    )

    assert held(found) == {"CA38501D5010": "480"}
    assert found.portfolio.holdings[0].name == "GRAN COLOMBIA GOLD CORP"
    assert found.rejected == ()
    assert NO_CASH in found.remarks


def test_revolut_transfers_inside_the_house_change_nothing() -> None:
    found = read(
        "Date,Ticker,Type,Quantity,Price per share,Total Amount,Currency,FX Rate\n"
        "2023-09-22T13:30:10.514Z,O,BUY - MARKET,1.5,$52.07,$85.11,USD,1.06\n"
        "2023-08-06T09:06:58Z,O,TRANSFER FROM REVOLUT TRADING LTD TO REVOLUT SECURITIES EUROPE UAB,1.5,,$0,"
        "USD,1.1\n"
        '2025-09-08T07:29:03Z,MSFT,BUY - LIMIT,"0,76672417",€26.09,€20,EUR,1\n'
    )

    assert held(found) == {"O": "1.5"}
    assert "MSFT is a symbol without an exchange" in found.rejected[0].reason
    assert [(each.identity, each.held) for each in found.unnamed] == [("MSFT (EUR)", False)]


def test_a_trade_in_two_currencies_claims_neither() -> None:
    found = read(GHOSTFOLIO + "16-09-2021,MSFT,YAHOO,USD,1,5,buy,0\n17-09-2021,MSFT,YAHOO,EUR,1,5,buy,0\n")

    assert found.portfolio.holdings[0].currency == NOT_GIVEN


def test_a_ticker_with_and_without_its_isin_is_one_instrument() -> None:
    found = read(
        TRADING212
        + "Market buy,2023-12-18 14:30:03,US0378331005,AAPL,Apple,2,1,USD,6,USD\nMarket sell,2023-12-19 "
        "14:30:03,,AAPL,Apple,1,1,USD,6,USD\n"
    )

    assert held(found) == {"AAPL": "1"}


def test_unquoted_json_numbers_keep_their_digits() -> None:
    found = read(
        '{"activities": [{"currency": "USD", "date": "2021-09-16", "quantity": 0.1000000000000000055,'
        ' "symbol": "X", "type": "BUY"}]}'
    )

    assert held(found) == {"X": "0.1000000000000000055"}


def test_dividends_alone_are_no_position() -> None:
    found = read(GHOSTFOLIO + "16-09-2021,MSFT,YAHOO,USD,1,5,dividend,0\n")

    assert found.portfolio.holdings == ()


def test_a_file_of_shorts_alone_is_refused() -> None:
    with pytest.raises(BadRequest, match="a short position"):
        read(GHOSTFOLIO + "16-09-2021,MSFT,YAHOO,USD,1,5,sell,0\n")


@pytest.mark.parametrize(
    "number", ["1e400", "1e999999999", "-1e-999999999", '"x"', "true", "null", "[]", "{}"]
)
def test_a_json_quantity_that_is_no_quantity_is_rejected_at_once(number: str) -> None:
    head = '{"currency": "USD", "date": "2021-09-16", "symbol": "X", "type": "BUY", "quantity": '

    with pytest.raises(BadRequest, match="X is set aside with its rows: line 1 of it could not be read"):
        read(f'{{"activities": [{head}1}}, {head}{number}}}]}}')


def test_a_balance_of_astronomic_size_is_rejected() -> None:
    found = read(
        '{"accounts": [{"currency": "USD", "balances": [{"date": "2024", "value": 1e999999999}]}, 5],'
        ' "activities": '
        '[{"currency": "USD", "date": "2021-09-16", "quantity": 1, "symbol": "X", "type": "BUY"}]}'
    )

    assert found.portfolio.cash == ()
    assert "is not a number" in found.rejected[0].reason


def test_fidelity_history_moves_shares_by_the_first_words_of_its_action() -> None:
    found = read(
        ",,,,\nRun Date,Action,Symbol,Security Description,Security Type,Quantity,Price ($),Amount ($),"
        "Settlement Date\n"
        '06/10/2026, YOU BOUGHT NVIDIA CORP (NVDA) (Cash), NVDA, NVIDIA CORP,Cash,"1,004",168.20,-672.78,'
        "06/16/2026\n"
        "06/12/2026, YOU SOLD NVIDIA CORP (NVDA) (Cash), NVDA, NVIDIA CORP,Cash,-4,168.20,672.78,06/16/2026\n"
        "06/10/2026, DIVIDEND RECEIVED VANGUARD (VOO) (Cash), VOO, VANGUARD S&P 500 ETF,Cash,,,17.42,\n"
        "06/01/2026, REINVESTMENT VANGUARD (VOO) (Cash), VOO, VANGUARD S&P 500 ETF,Cash,0.034,512.00,-17.41,"
        "\n"
        "06/01/2026, REINVESTMENT FIDELITY (SPAXX) (Cash), SPAXX, MONEY MARKET,Cash,5,1.00,-5,\n"
        "06/01/2026, OPENED SOMETHING, ABC, ABC INC,Cash,5,1.00,-5,\n"
        '"The data and information in this spreadsheet is provided to you solely for your use."\n'
    )

    assert held(found) == {"NVDA": "1000", "VOO": "0.034"}
    assert found.portfolio.holdings[1].kind is Kind.FUND
    assert list(reasons(found)) == [8]


def test_dividends_of_any_tax_treatment_move_no_share() -> None:
    found = read(
        TRADING212
        + "Market buy,2023-12-18 14:30:03,US0378331005,AAPL,Apple,2,1,USD,6,USD\nDividend (Something new),"
        "2023-12-19 14:30:03,US0378331005,AAPL,Apple,2,1,USD,6,USD\n"
    )

    assert held(found) == {"AAPL": "2"}
    assert found.rejected == ()


@given(st.permutations(REPUBLIC_ROWS.splitlines()))
def test_the_order_of_the_rows_never_changes_what_is_held(rows: list[str]) -> None:
    assert held(read(REPUBLIC + "\n".join(rows))) == {"BTC-EUR": "0.001", "US64110L1061": "0.45566"}
