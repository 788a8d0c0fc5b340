"""Every recorded export of ../shared/data/portfolio: read with the positions that its rows leave, or refused
with a sentence."""

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

# File, format, positions (ticker → shares; the sum of the file's own rows), cash, number of rejected rows.
READ: tuple[tuple[str, str, dict[str, str], dict[str, str], int], ...] = (
    ("broker_csv/degiro-export.csv", "DEGIRO account statement",
     {"AU000000FBR4": "500", "FI4000198031": "6", "IE00B0M63391": "1", "IE00B3RBWM25": "2",
      "IE00B4L5Y983": "7", "JP3633400001": "30", "NL0013654783": "999", "US00165C1045": "1",
      "US9256521090": "1"}, {"EUR": "217.01", "GBP": "114.31"}, 4),
    ("broker_csv/directa-export.csv", "Directa movements",
     {"IE00B1FZS350": "6", "IE00B2NPKV68": "2", "IE00B3B8Q275": "3", "IE00B4K48X80": "2",
      "IE00B4L5Y983": "1", "IE00BJK55C48": "36", "IE00BKM4GZ66": "4", "IE00BP3QZB59": "3",
      "IE00BQN1K901": "22", "IE00BYPC1H27": "39"}, {}, 3),
    ("broker_csv/finpension-3a-export.csv", "finpension transactions",
     {"CH0017844686": "0.003", "CH0033782431": "0.009", "CH0110869143": "0.001",
      "CH0188772989": "0.001", "CH0189956813": "0.002", "CH0217837456": "0.001",
      "CH0259132261": "0.001"}, {"CHF": "200.99"}, 2),
    ("broker_csv/freetrade-export.csv", "Freetrade activity",
     {"ATST.L": "421", "NVDA": "4.1056135", "VWRL.L": "11"}, {}, 0),
    ("broker_csv/ibkr-trades-export.csv", "IBKR Flex trades",
     {"CH0111762537": "7", "US9220427424": "323"}, {}, 0),
    ("broker_csv/parqet-export.csv", "Parqet activities",
     {"IE00BM67HT60": "3.11257", "LU2089238203": "105.232424"}, {}, 2),
    ("broker_csv/rabobank-export.csv", "Rabobank investments",
     {"NL0014065450": "1.3894", "NL0014857104": "3.5404"}, {}, 0),
    ("broker_csv/revolut-invest-export.csv", "Revolut stocks",
     {"MSFT": "0.76672417", "O": "1.63453043", "TSLA": "0.72649598"}, {}, 1),
    ("broker_csv/saxo-export.csv", "Saxo transactions",
     {"AMZN": "2", "IE00B3XXRP09": "1.5", "IE00BK5BQT80": "29", "META": "1", "NVDA": "3"}, {}, 0),
    ("broker_csv/swissquote-export.csv", "Swissquote transactions",
     {"IE000EBFYWX3": "850", "IE00BM67HQ30": "640", "ORFN": "200", "WENS": "3300"}, {}, 4),
    ("broker_csv/traderepublic-export.csv", "Trade Republic transactions (list of seven columns)",
     {"LU1829221024": "0.2989", "SI0031102120": "5"}, {}, 1),
    ("broker_csv/trading212-export.csv", "Trading 212 history",
     {"ASTS": "0.29764", "CSCO": "0.029053", "VICI": "0.041014"}, {}, 5),
    ("cgt_calc/freetrade_data_transactions.csv", "Freetrade activity",
     {"GOOGL": "0.13949006", "NDAQ": "2.12181972", "TSLA": "1.45003568"}, {}, 0),
    ("cgt_calc/interactive_brokers_data_test_basic.csv", "IBKR transaction history",
     {}, {"GBP": "200.00"}, 1),
    ("cgt_calc/schwab_data_schwab_transactions.csv", "Schwab transactions", {"VUAG": "30.5"}, {}, 0),
    ("cgt_calc/trading212_data_2024_inputs_transactions.csv", "Trading 212 history", {}, {}, 0),
    ("cgt_calc/vanguard_data_cash_investment_report.csv", "Vanguard UK cash report",
     {}, {"GBP": "23.59"}, 6),
    ("broker_csv/bitvavo-export.csv", "Bitvavo history", {"ADA-EUR": "0.361357"}, {}, 8),
    ("broker_csv/etoro-export.csv", "eToro account activity",
     {"SLAB": "0.219575", "SWKS": "0.888488"}, {}, 6),
    ("ghostfolio/not-ok/invalid-platform.json", "Ghostfolio activities (JSON)", {"MSFT": "5"}, {}, 0),
    ("ghostfolio/not-ok/invalid-symbol-btc-usd.csv", "Ghostfolio activities (CSV)",
     {"BTC-USD": "1"}, {}, 0),
    ("ghostfolio/ok/btceur.json", "Ghostfolio activities (JSON)", {"BTCUSD": "1"}, {}, 0),
    ("ghostfolio/ok/btcusd.csv", "Ghostfolio activities (CSV)", {"BTCUSD": "1"}, {}, 0),
    ("ghostfolio/ok/btcusd.json", "Ghostfolio activities (JSON)", {"BTCUSD": "1"}, {}, 0),
    ("ghostfolio/ok/novn-buy-and-sell-partially.json", "Ghostfolio activities (JSON)",
     {"NOVN.SW": "1"}, {}, 0),
    ("ghostfolio/ok/novn-buy-and-sell.json", "Ghostfolio activities (JSON)", {}, {}, 0),
    ("ghostfolio/ok/sample.csv", "Ghostfolio activities (CSV)", {"MSFT": "5"}, {}, 2),
    ("ghostfolio/ok/sample.json", "Ghostfolio activities (JSON)", {}, {"USD": "2000"}, 3),
    ("ghostfolio/ok/vti-buy-long-history.json", "Ghostfolio activities (JSON)", {"VTI": "30"}, {}, 0),
    ("ibkr_flex/testIBFlexStatementFile01.xml", "IBKR Flex trades", {"CA38501D5010": "480"}, {}, 1),
    ("ibkr_flex/testIBFlexStatementFile02.xml", "IBKR Flex trades",
     {"BMW.DE": "141", "DBKEUR.DE": "10", "DE000BASF111": "100", "H5E.DE": "80", "ORCL": "100"}, {}, 4),
    ("ibkr_flex/testIBFlexStatementFile05.xml", "IBKR Flex trades", {"CDW": "25", "MMM.F": "7"}, {}, 0),
    ("ibkr_flex/testIBFlexStatementFile10.xml", "IBKR Flex trades", {"UPST": "10"}, {}, 0),
    ("ibkr_flex/testIBFlexStatementFile12.xml", "IBKR Flex trades",
     {"XXXXXCAD.TO": "400", "XXXXXUSD": "285"}, {}, 0),
    ("ibkr_flex/testIBFlexStatementFile15.xml", "IBKR Flex trades", {"LU0090865873": "23.342"}, {}, 0),
    ("ibkr_flex/testIBFlexStatementFile20.xml", "IBKR Flex trades",
     {"ARCC": "157"}, {"CAD": "4806.66", "EUR": "152.24", "USD": "1544.30"}, 0),
    ("ibkr_flex/testIBFlexStatementFile28.xml", "IBKR Flex trades", {}, {}, 0),
    ("more/flatex-export.csv", "flatex transactions",
     {"IE00B1XNHC34": "3.85862", "IE00B3RBWM25": "1.730127", "IE00BK5BQT80": "1.481262"}, {}, 0),
    ("more/ibkr_activity_trades.csv", "IBKR activity statement", {"SPY": "2"}, {}, 0),
    ("more/ibkr_flex/testIBFlexStatementFile04.xml", "IBKR Flex trades", {"AVDE": "14"}, {}, 0),
    ("more/ibkr_flex/testIBFlexStatementFile07.xml", "IBKR Flex trades", {"SGN.SG": "120"}, {}, 0),
    ("more/ibkr_flex/testIBFlexStatementFile11.xml", "IBKR Flex trades", {"QID": "14"}, {}, 0),
    ("more/ibkr_flex/testIBFlexStatementFile14.xml", "IBKR Flex trades",
     {"CHSPI.SW": "4", "VTI": "10", "VXUS": "10"}, {"CHF": "5.88", "USD": "88.83"}, 0),
    ("more/ibkr_flex/testIBFlexStatementFile17.xml", "IBKR Flex positions",
     {"AMC": "31", "APE": "31", "CLNE": "100", "CLOV": "210", "JNJ": "12", "MO": "44", "MSFT": "9",
      "ONCT": "200", "PEP": "1", "SOS": "20", "XELAP": "50"}, {"USD": "57.51"}, 2),
    ("more/ibkr_flex/testIBFlexStatementFile18.xml", "IBKR Flex trades",
     {"EXPO": "22", "IDXX": "5"}, {"EUR": "16469.41"}, 0),
    ("more/ibkr_flex/testIBFlexStatementFile22.xml", "IBKR Flex trades", {}, {"EUR": "16469.41"}, 0),
    ("more/ibkr_flex/testIBFlexStatementFile27.xml", "IBKR Flex trades", {"EQQQ.L": "3"}, {}, 0),
    ("more/released/avanza-export.csv", "Avanza transactions",
     {"SE0004841500": "6.3572", "SE0007126000": "2", "US78409V1044": "2"}, {}, 3),
    ("more/released/bux-export.csv", "BUX transactions",
     {"IE00B1TXK627": "0.313873", "NL0011821202": "49", "US0378331005": "6",
      "US3755581036": "0.104172"}, {"EUR": "74.83"}, 0),
    ("more/released/disnat-export.csv", "Disnat transactions",
     {"CASH.TO": "2", "DMEC.TO": "5", "DMQC.TO": "2", "HURA.TO": "10", "VEQT.TO": "10"}, {}, 0),
    ("more/released/finpension-bvg-export.csv", "finpension transactions",
     {"CH0429081620": "0.157"}, {"CHF": "3.66"}, 0),
    ("more/released/hl-transaction-summary.csv", "Hargreaves Lansdown transactions", {}, {}, 1),
    ("more/released/investengine-export.csv", "InvestEngine trades", {}, {}, 0),
    ("more/released/xtb-export.csv", "XTB cash operations",
     {"CSPX.L": "0.1799", "FLOA.L": "16.7399", "SPYL.DE": "214.5658"}, {}, 1),
    ("more/scalablecapital-export.csv", "Scalable Capital transactions",
     {"IE0005042456": "15.966", "IE00B0M63284": "9.82", "IE00B1W57M07": "8.072",
      "IE00B4NCWG09": "6.049", "IE00B4ND3602": "4.735", "IE00B5BMR087": "0.461",
      "IE00BMX0B524": "7.311"}, {}, 0),
    ("more/schwab_bond_interest.csv", "Schwab transactions", {}, {}, 0),
    ("more/schwab_cash_merger.csv", "Schwab transactions", {}, {}, 0),
    ("more/schwab_rsu_settlement.csv", "Schwab transactions", {"BAR": "300"}, {}, 0),
    ("more/sharesight_all_trades.csv", "Sharesight trades", {"FOO": "5"}, {}, 1),
    ("more/vanguard_401k.qfx", "OFX investment statement", {}, {}, 1),
    ("more/vanguard_uk_cash_report.csv", "Vanguard UK cash report", {}, {"GBP": "23.59"}, 4),
    ("portfolio_performance/currency_sample.xml", "Portfolio Performance file (XML)",
     {"AAPL": "15", "BAS.DE": "20"}, {}, 0),
    ("traderepublic/TransactionExport02.csv", "Trade Republic transactions",
     {"BTC-EUR": "0.000849"}, {}, 0),
    ("traderepublic/TransactionExport05.csv", "Trade Republic transactions", {}, {}, 0),
    ("us_brokers/History_for_Account_X8YYYYYYY.csv", "Fidelity account history", {}, {}, 0),
    ("us_brokers/schwab_csv_brokerage_XX876_Transactions_20220731.csv", "Schwab transactions",
     {"BND": "34.9599"}, {}, 0),
)  # fmt: skip
# File, words of the refusal.
REFUSED = (
    (
        "broker_csv/coinbase-export.csv",
        "looks like Coinbase transactions, which are not read: it tells a conversion",
    ),
    ("broker_csv/ibkr-dividends-export.csv", "Accepted: "),
    ("generic/sure_windows1250.csv", "Accepted: "),
    ("ghostfolio/not-ok/invalid-currency.csv", "'<invalid>' is not a currency code of three letters"),
    (
        "ghostfolio/not-ok/invalid-data-source.json",
        "the data source is not one of Ghostfolio's: what the symbol ",
    ),
    (
        "ghostfolio/not-ok/invalid-date-before-min.json",
        "the date '1960-01-01T00:00:00.000Z' lies before 1970",
    ),
    ("ghostfolio/not-ok/invalid-date.json", "'<invalid>' is not a date"),
    (
        "ghostfolio/not-ok/invalid-symbol-with-manual-data-source.json",
        "an asset entered by hand has no quoted price",
    ),
    ("ghostfolio/not-ok/invalid-symbol.csv", "'<invalid>' is not a ticker"),
    ("ghostfolio/not-ok/invalid-symbol.json", "'<invalid>' is not a ticker"),
    ("ghostfolio/not-ok/invalid-type.json", "the kind of row '<invalid>' is not known"),
    ("ghostfolio/ok/btcusd-short.json", "BTCUSD: 2 more were sold than bought here: a short position:"),
    ("ghostfolio/ok/without-accounts.json", "the date '2050-06-06T00:00:00.000Z' lies in the future; line"),
    ("ibkr_flex/testIBFlexStatementFile08.xml", "add the section Open Positions"),
    ("ibkr_flex/testIBFlexStatementFile24.xml", "add the section Open Positions"),
    ("more/etrade_gains.xlsx", "Accepted: "),
    (
        "more/ibkr_flex/testIBFlexStatementFile13.xml",
        "a derivative: only what is owned outright is held and judged",
    ),
    ("more/morgan_stanley_releases.csv", "Accepted: "),
)
# Read only after their columns were confirmed.
ASKED = ("generic/boursorama_positions_header_sample.csv", "generic/sure_trades.csv")
# Read, with their own tests below.
ELSEWHERE = {
    "traderepublic/TransactionExport01.csv",
    "broker_csv/schwab-export.csv",
    "broker_csv/investimental-export.csv",
}


def read(name: str) -> Import:
    return read_file((FOLDER / name).read_bytes(), origin=Path(name).name, today=TODAY)


def held(found: Import) -> dict[str, str]:
    return {each.ticker: f"{each.quantity:f}" for each in found.portfolio.holdings}


@pytest.mark.parametrize(
    ("name", "form", "positions", "cash", "rejected"), READ, ids=[row[0] for row in READ]
)
def test_a_recorded_export_leaves_the_positions_of_its_rows(
    name: str, form: str, positions: dict[str, str], cash: dict[str, str], rejected: int
) -> None:
    found = read(name)

    assert found.format == form
    assert held(found) == positions
    assert {each.currency: f"{each.amount:f}" for each in found.portfolio.cash} == cash
    assert len(found.rejected) == rejected
    assert all(row.reason and row.line > 0 for row in found.rejected)


@pytest.mark.parametrize(("name", "says"), REFUSED, ids=[row[0] for row in REFUSED])
def test_a_recorded_file_that_cannot_be_used_is_refused_with_a_sentence(name: str, says: str) -> None:
    with pytest.raises(BadRequest) as refusal:
        read(name)

    assert says in str(refusal.value)


def test_every_recorded_file_is_accounted_for() -> None:
    there = {
        str(file.relative_to(FOLDER))
        for file in FOLDER.rglob("*")
        if file.is_file() and file.name != "SOURCES.md"
    }
    named = {row[0] for row in READ} | {row[0] for row in REFUSED} | set(ASKED) | ELSEWHERE

    assert {name for name in there if not name.startswith("more/pdf_text/")} - named == set()


def test_no_text_of_a_document_is_taken_for_a_portfolio() -> None:
    texts = sorted((FOLDER / "more" / "pdf_text").rglob("*.txt"))

    assert len(texts) > 70
    for text in texts:
        with pytest.raises(BadRequest):
            read_file(text.read_bytes(), origin=text.name, today=TODAY)


@pytest.mark.parametrize("name", ASKED)
def test_a_table_that_no_format_claims_is_asked_about_and_read_after_a_yes(name: str) -> None:
    asked = read(name)
    answers = {"columns": asked.questions[0].options[0][0]}

    found = read_file((FOLDER / name).read_bytes(), origin=Path(name).name, today=TODAY, answers=answers)

    assert held(asked) == {}
    assert found.questions == ()
    assert found.portfolio.holdings or found.rejected


def test_a_list_of_orders_is_no_list_of_trades() -> None:
    name = "broker_csv/investimental-export.csv"
    answers = {"columns": read(name).questions[0].options[0][0]}

    with pytest.raises(BadRequest, match="the kind of row 'status Active' is not known"):
        read_file((FOLDER / name).read_bytes(), origin=name, today=TODAY, answers=answers)


def test_the_long_trade_republic_export_against_a_plain_sum_of_its_column() -> None:
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


def test_the_long_schwab_history_keeps_splits_spin_offs_and_thousands() -> None:
    found = read("broker_csv/schwab-export.csv")

    assert held(found)["AVGO"] == "10"
    assert held(found)["APE"] == "344"
    assert held(found)["NEWH"] == "1000"
    assert {row.line for row in found.rejected} == {83, 92, 112, 115, 117, 119}


def test_the_directa_preamble_is_passed_over_and_its_unknown_row_rejected() -> None:
    found = read("broker_csv/directa-export.csv")

    assert held(found)["IE00BYPC1H27"] == "39"
    assert (34, "the kind of row 'Pippo' is not known") in {(row.line, row.reason) for row in found.rejected}


def test_balances_that_a_file_states_are_its_cash() -> None:
    flex = read("ibkr_flex/testIBFlexStatementFile20.xml").portfolio.cash
    degiro = read("broker_csv/degiro-export.csv").portfolio.cash

    assert [(each.currency, f"{each.amount:f}") for each in flex] == [
        ("CAD", "4806.66"),
        ("EUR", "152.24"),
        ("USD", "1544.30"),
    ]
    assert (degiro[0].currency, f"{degiro[0].amount:f}") == ("EUR", "217.01")
