"""Every recorded export of ../shared/data/portfolio: read with the positions that its rows leave, or refused with a sentence."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from core.base.errors import BadRequest
from core.base.kind import Kind
from core.portfolio.holding import Import
from providers.holdings.reading import read_file

FOLDER = Path(__file__).resolve().parents[3].parent / "shared" / "data" / "portfolio"
TODAY = date(2026, 4, 24)
pytestmark = [
    pytest.mark.wide,
    pytest.mark.skipif(not FOLDER.is_dir(), reason=f"the recorded material is not at {FOLDER}"),
]

# File, format, positions (ticker → shares; the sum of the file's own rows, by hand), number of rejected rows.
READ = (
    ("ghostfolio/ok/btceur.json", "Ghostfolio activities (JSON)", {"BTCUSD": "1"}, 0),
    ("ghostfolio/ok/btcusd.csv", "Ghostfolio activities (CSV)", {"BTCUSD": "1"}, 0),
    ("ghostfolio/ok/novn-buy-and-sell.json", "Ghostfolio activities (JSON)", {}, 0),
    ("ghostfolio/ok/novn-buy-and-sell-partially.json", "Ghostfolio activities (JSON)", {"NOVN.SW": "1"}, 0),
    ("ghostfolio/ok/sample.csv", "Ghostfolio activities (CSV)", {"MSFT": "5"}, 2),
    ("ghostfolio/ok/sample.json", "Ghostfolio activities (JSON)", {"MSFT": "5"}, 2),
    ("ghostfolio/ok/vti-buy-long-history.json", "Ghostfolio activities (JSON)", {"VTI": "30"}, 0),
    ("ghostfolio/ok/without-accounts.json", "Ghostfolio activities (JSON)", {"MSFT": "5"}, 2),
    ("ghostfolio/not-ok/invalid-platform.json", "Ghostfolio activities (JSON)", {"MSFT": "5"}, 0),
    ("ibkr_flex/testIBFlexStatementFile01.xml", "IBKR Flex trades", {"GCM": "480"}, 1),
    ("ibkr_flex/testIBFlexStatementFile02.xml", "IBKR Flex trades",
     {"BAS": "100", "BMW.DE": "141", "DBKEUR.DE": "10", "H5E.DE": "80", "ORCL": "100"}, 4),
    ("ibkr_flex/testIBFlexStatementFile05.xml", "IBKR Flex trades", {"CDW": "25", "MMM.F": "7"}, 0),
    ("ibkr_flex/testIBFlexStatementFile10.xml", "IBKR Flex trades", {"UPST": "10"}, 0),
    ("ibkr_flex/testIBFlexStatementFile12.xml", "IBKR Flex trades", {"XXXXXCAD.TO": "400", "XXXXXUSD": "285"}, 0),
    ("ibkr_flex/testIBFlexStatementFile15.xml", "IBKR Flex trades", {"009086587": "23.342"}, 0),
    ("ibkr_flex/testIBFlexStatementFile20.xml", "IBKR Flex trades", {"ARCC": "157"}, 0),
    ("ibkr_flex/testIBFlexStatementFile28.xml", "IBKR Flex trades", {}, 0),
    ("broker_csv/ibkr-trades-export.csv", "IBKR Flex trades", {"CH0111762537": "7", "US9220427424": "323"}, 0),
    ("broker_csv/trading212-export.csv", "Trading 212 history",
     {"ASTS": "0.29764", "CSCO": "0.029053", "VICI": "0.041014"}, 5),
    ("cgt_calc/trading212_data_2024_inputs_transactions.csv", "Trading 212 history", {}, 0),
    ("broker_csv/traderepublic-export.csv", "Trade Republic transactions (list of seven columns)",
     {"LU1829221024": "0.2989", "SI0031102120": "5"}, 1),
    ("traderepublic/TransactionExport02.csv", "Trade Republic transactions", {"BTC-EUR": "0.000849"}, 0),
    ("traderepublic/TransactionExport05.csv", "Trade Republic transactions", {}, 0),
    ("cgt_calc/schwab_data_schwab_transactions.csv", "Schwab transactions", {"VUAG": "30.5"}, 0),
    ("us_brokers/schwab_csv_brokerage_XX876_Transactions_20220731.csv", "Schwab transactions", {"BND": "34.9599"}, 0),
    ("us_brokers/History_for_Account_X8YYYYYYY.csv", "Fidelity account history", {}, 0),
    ("broker_csv/revolut-invest-export.csv", "Revolut stocks",
     {"MSFT": "0.76672417", "O": "1.63453043", "TSLA": "0.72649598"}, 1),
    ("broker_csv/freetrade-export.csv", "Freetrade activity", {"ATST": "421", "NVDA": "4.1056135", "VWRL": "11"}, 0),
    ("cgt_calc/freetrade_data_transactions.csv", "Freetrade activity",
     {"GOOGL": "0.13949006", "NDAQ": "2.12181972", "TSLA": "1.45003568"}, 0),
    ("broker_csv/swissquote-export.csv", "Swissquote transactions",
     {"KROP": "850", "ORFN": "200", "WENS": "3300", "XDWU": "640"}, 4),
    ("broker_csv/parqet-export.csv", "Parqet activities", {"IE00BM67HT60": "3.11257", "LU2089238203": "105.232424"}, 2),
    ("broker_csv/rabobank-export.csv", "Rabobank investments", {"NL0014065450": "1.3894", "NL0014857104": "3.5404"}, 0),
    ("broker_csv/degiro-export.csv", "DEGIRO account statement",
     {"AU000000FBR4": "500", "FI4000198031": "6", "IE00B0M63391": "1", "IE00B3RBWM25": "2", "IE00B4L5Y983": "7",
      "JP3633400001": "30", "NL0013654783": "999", "US00165C1045": "1", "US9256521090": "1"}, 3),
)  # fmt: skip
# File, words of the refusal.
REFUSED = (
    ("ghostfolio/ok/btcusd-short.json", "a short position"),
    ("ghostfolio/not-ok/invalid-currency.csv", "'<invalid>' is not a currency code"),
    ("ghostfolio/not-ok/invalid-data-source.json", "the data source is not one of Ghostfolio's"),
    ("ghostfolio/not-ok/invalid-date-before-min.json", "lies before 1970"),
    ("ghostfolio/not-ok/invalid-date.json", "'<invalid>' is not a date"),
    ("ghostfolio/not-ok/invalid-symbol-with-manual-data-source.json", "entered by hand"),
    ("ghostfolio/not-ok/invalid-symbol.csv", "'<invalid>' is not a ticker"),
    ("ghostfolio/not-ok/invalid-symbol.json", "'<invalid>' is not a ticker"),
    ("ghostfolio/not-ok/invalid-type.json", "the kind of row '<invalid>' is not known"),
    ("ibkr_flex/testIBFlexStatementFile08.xml", "add the section Open Positions"),
    ("ibkr_flex/testIBFlexStatementFile24.xml", "add the section Open Positions"),
    ("generic/sure_windows1250.csv", "not UTF-8 text (line 2)"),
    ("generic/sure_trades.csv", "Accepted: "),
    ("generic/boursorama_positions_header_sample.csv", "Accepted: "),
    ("portfolio_performance/currency_sample.xml", "Accepted: "),
    ("broker_csv/bitvavo-export.csv", "Accepted: "),
    ("broker_csv/coinbase-export.csv", "Accepted: "),
    ("broker_csv/etoro-export.csv", "Accepted: "),
    ("broker_csv/finpension-3a-export.csv", "Accepted: "),
    ("broker_csv/ibkr-dividends-export.csv", "Accepted: "),
    ("broker_csv/investimental-export.csv", "Accepted: "),
    ("broker_csv/saxo-export.csv", "Accepted: "),
    ("cgt_calc/interactive_brokers_data_test_basic.csv", "Accepted: "),
    ("cgt_calc/vanguard_data_cash_investment_report.csv", "Accepted: "),
)
# Read, with their own tests below or too long for the table.
ELSEWHERE = {
    "broker_csv/directa-export.csv",
    "broker_csv/schwab-export.csv",
    "ghostfolio/not-ok/invalid-symbol-btc-usd.csv",
    "ghostfolio/ok/btcusd.json",
    "traderepublic/TransactionExport01.csv",
}


def read(name: str) -> Import:
    return read_file((FOLDER / name).read_bytes(), origin=Path(name).name, today=TODAY)


def held(found: Import) -> dict[str, str]:
    return {each.ticker: f"{each.quantity:f}" for each in found.portfolio.holdings}


@pytest.mark.parametrize(("name", "form", "positions", "rejected"), READ, ids=[row[0] for row in READ])
def test_a_recorded_export_leaves_the_positions_of_its_rows(name, form, positions, rejected):
    found = read(name)

    assert found.format == form
    assert held(found) == positions
    assert len(found.rejected) == rejected
    assert all(row.reason and row.line > 0 for row in found.rejected)


@pytest.mark.parametrize(("name", "says"), REFUSED, ids=[row[0] for row in REFUSED])
def test_a_recorded_file_that_cannot_be_used_is_refused_with_a_sentence(name, says):
    with pytest.raises(BadRequest) as refusal:
        read(name)

    assert says in str(refusal.value)


def test_every_recorded_file_is_accounted_for():
    there = {
        str(file.relative_to(FOLDER))
        for file in FOLDER.rglob("*")
        if file.is_file() and file.name != "SOURCES.md"
    }
    named = {row[0] for row in READ} | {row[0] for row in REFUSED} | ELSEWHERE

    assert there - named == set()


def test_the_long_trade_republic_export_against_a_plain_sum_of_its_column():
    rows = [
        line.split(";")
        for line in (FOLDER / "traderepublic/TransactionExport01.csv").read_text().splitlines()
    ]
    at = {name: place for place, name in enumerate(rows[0])}
    sums: dict[str, Decimal] = {}
    for row in rows[1:]:
        if row[at["category"]] in {"TRADING", "CORPORATE_ACTION"} and row[at["asset_class"]] != "DERIVATIVE":
            symbol = row[at["symbol"]] + ("-EUR" if row[at["asset_class"]] == "CRYPTO" else "")
            sums[symbol] = sums.get(symbol, Decimal(0)) + Decimal(row[at["shares"]])

    found = read("traderepublic/TransactionExport01.csv")

    assert {each.ticker: each.quantity for each in found.portfolio.holdings} == {
        k: v for k, v in sums.items() if v
    }
    assert {each.kind for each in found.portfolio.holdings} == {
        Kind.EQUITY,
        Kind.FUND,
        Kind.BOND,
        Kind.CRYPTO,
    }
    assert len(found.rejected) == 5


def test_the_long_schwab_history_keeps_splits_spin_offs_and_thousands():
    found = read("broker_csv/schwab-export.csv")

    assert held(found)["AVGO"] == "10"
    assert held(found)["APE"] == "344"
    assert held(found)["NEWH"] == "1000"
    assert {row.line for row in found.rejected} == {83, 92, 112, 115, 117, 119}


def test_the_directa_preamble_is_passed_over_and_its_unknown_row_rejected():
    found = read("broker_csv/directa-export.csv")

    assert held(found)["CNYB"] == "39"
    assert (34, "the kind of row 'Pippo' is not known") in {(row.line, row.reason) for row in found.rejected}


def test_balances_that_a_file_states_are_its_cash():
    flex = read("ibkr_flex/testIBFlexStatementFile20.xml").portfolio.cash
    degiro = read("broker_csv/degiro-export.csv").portfolio.cash

    assert [(each.currency, f"{each.amount:f}") for each in flex] == [
        ("CAD", "4806.66"),
        ("EUR", "152.24"),
        ("USD", "1544.30"),
    ]
    assert (degiro[0].currency, f"{degiro[0].amount:f}") == ("EUR", "217.01")
