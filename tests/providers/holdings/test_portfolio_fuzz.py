"""Rows deleted, doubled, reordered or broken, in every format: an instrument is whole, or it is said.

The originals are the recorded exports where they are at hand, and one small file a format that is kept here.
"""

import random
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.base.errors import BadRequest
from core.portfolio.holding import Import
from providers.holdings.reading import read_file

FOLDER = Path(__file__).resolve().parents[3].parent / "shared" / "data" / "portfolio"
TODAY = date(2026, 4, 24)
KEPT = {
    "house.csv": "ticker,quantity,currency,name,isin\nAAPL,10,USD,Apple,US0378331005\n"
    "SAP.DE,2.5,EUR,SAP,DE0007164600\n"
    "MSFT,7,USD,Microsoft,US5949181045\nAAPL,3,USD,Apple,US0378331005\nV,1,USD,Visa,\n",
    "t212.csv": "Action,Time,ISIN,Ticker,Name,No. of shares,Price / share,Currency (Price / share),ID\n"
    "Market buy,2024-01-02 10:00:00,US0378331005,AAPL,Apple,10,1,USD,A1\n"
    "Limit buy,2024-01-03 10:00:00,US0378331005,AAPL,Apple,5,1,USD,A2\n"
    "Market sell,2024-01-04 10:00:00,US0378331005,AAPL,Apple,3,1,USD,A3\n"
    "Market buy,2024-01-05 10:00:00,US5949181045,MSFT,Microsoft,4,1,USD,A4\n"
    "Dividend (Ordinary),2024-01-06 10:00:00,US0378331005,AAPL,Apple,12,1,USD,\n",
    "tr.csv": "datetime,date,category,type,asset_class,name,symbol,shares,currency\n"
    "2024-01-02T10:00:00Z,2024-01-02,TRADING,BUY,STOCK,Apple,US0378331005,10,EUR\n"
    "2024-01-03T10:00:00Z,2024-01-03,TRADING,SELL,STOCK,Apple,US0378331005,-4,EUR\n"
    "2024-01-04T10:00:00Z,2024-01-04,TRADING,BUY,STOCK,SAP,DE0007164600,3,EUR\n"
    "2024-01-05T10:00:00Z,2024-01-05,CASH,DIVIDEND,STOCK,SAP,DE0007164600,,EUR\n",
    "degiro.csv": "Datum,Tijd,Valutadatum,Product,ISIN,Omschrijving,FX,Mutatie,,Saldo,,Order Id\n"
    '05-01-2024,10:00,05-01-2024,SAP SE,DE0007164600,"Verkoop 1 @ 100,5 EUR",,EUR,"100,50",EUR,"400,00",o3\n'
    '04-01-2024,10:00,04-01-2024,SAP SE,DE0007164600,"Koop 3 @ 100,5 EUR",,EUR,"-301,50",EUR,"299,50",o2\n'
    '03-01-2024,10:00,03-01-2024,APPLE INC,US0378331005,"Koop 2 @ 99 EUR",,EUR,"-198,00",EUR,"601,00",o1\n',
    "schwab.csv": "Date,Action,Symbol,Description,Price,Quantity,Fees & Comm,Amount\n"
    "03/02/2024,Buy,AAPL,APPLE INC,$25,100,$6,-$2506\n03/03/2024,Sell,AAPL,APPLE INC,$25,40,$6,$994\n"
    "03/04/2024,Buy,MSFT,MICROSOFT,$25,7,$6,-$181\n03/05/2024,Cash Dividend,AAPL,APPLE INC,,,,$5\n",
    "flex.xml": "<FlexQueryResponse><FlexStatements>"
    '<FlexStatement accountId="U1" toDate="20240131"><Trades>\n'
    '<Trade assetCategory="STK" symbol="AAPL" isin="US0378331005" listingExchange="NASDAQ" buySell="BUY" '
    'tradeDate="20240102" quantity="10" currency="USD" tradeID="1"/>\n'
    '<Trade assetCategory="STK" symbol="BMWd" isin="DE0005190003" listingExchange="IBIS" buySell="BUY" '
    'tradeDate="20240103" quantity="5" currency="EUR" tradeID="2"/>\n'
    '<Trade assetCategory="STK" symbol="AAPL" isin="US0378331005" listingExchange="NASDAQ" buySell="SELL" '
    'tradeDate="20240104" quantity="-4" currency="USD" tradeID="3"/>\n'
    "</Trades></FlexStatement></FlexStatements></FlexQueryResponse>",
}
RECORDED = tuple(
    f"{folder}/{name}"
    for folder, names in {
        "broker_csv": (
            "bitvavo-export.csv", "etoro-export.csv", "degiro-export.csv",
            "directa-export.csv", "finpension-3a-export.csv", "freetrade-export.csv",
            "ibkr-trades-export.csv", "parqet-export.csv", "rabobank-export.csv", "revolut-invest-export.csv",
            "saxo-export.csv", "swissquote-export.csv", "traderepublic-export.csv", "trading212-export.csv",
        ),
        "more": (
            "vanguard_401k.qfx", "schwab_rsu_settlement.csv", "flatex-export.csv",
            "scalablecapital-export.csv",
            "ibkr_activity_trades.csv", "sharesight_all_trades.csv",
        ),
        "more/released": (
            "finpension-bvg-export.csv", "hl-transaction-summary.csv", "investengine-export.csv",
            "avanza-export.csv",
            "bux-export.csv", "disnat-export.csv", "xtb-export.csv",
        ),
        "cgt_calc": ("interactive_brokers_data_test_basic.csv", "vanguard_data_cash_investment_report.csv"),
        "ghostfolio/ok": ("sample.csv", "btcusd.json", "vti-buy-long-history.json"),
        "ibkr_flex": tuple(f"testIBFlexStatementFile{number}.xml" for number in ("05", "12", "20")),
        "more/ibkr_flex": ("testIBFlexStatementFile14.xml", "testIBFlexStatementFile17.xml"),
        "portfolio_performance": ("currency_sample.xml",),
        "traderepublic": ("TransactionExport01.csv",),
        "us_brokers": ("schwab_csv_brokerage_XX876_Transactions_20220731.csv",),
    }.items()
    for name in names
)  # fmt: skip
GARBAGE = ("#REF!", "abc§", "1.2.3.4!", "=1+1", "١٢", "--5--", "n.a.!")


def reading(data: bytes) -> Import | None:
    try:
        return read_file(data, origin="export.csv", today=TODAY)
    except BadRequest:
        return None


def held(found: Import) -> dict[str, Decimal]:
    return {each.ticker: each.quantity for each in found.portfolio.holdings}


def said(found: Import) -> set[str]:
    return {
        *found.remarks,
        *(row.reason for row in found.rejected),
        *(each.identity for each in found.unnamed),
    }


def mutated(lines: list[bytes], chance: random.Random) -> tuple[str, list[bytes]]:
    place = chance.randrange(1, len(lines))
    kind = chance.choice(("delete", "double", "reorder", "corrupt"))
    if kind == "delete":
        return kind, lines[:place] + lines[place + 1 :]
    if kind == "double":
        return kind, [*lines[: place + 1], lines[place], *lines[place + 1 :]]
    if kind == "reorder":
        rest = lines[1:]
        chance.shuffle(rest)
        return kind, [lines[0], *rest]
    mark = max((b",", b";", b"\t", b'" '), key=lines[place].count)
    cells = lines[place].split(mark)
    filled = [at for at, cell in enumerate(cells) if cell.strip(b'" \r\n')]
    if filled:
        word = chance.choice(GARBAGE).encode()
        at = chance.choice(filled)
        cells[at] = word if mark != b'" ' else cells[at].partition(b'="')[0] + b'="' + word
    return kind, [*lines[:place], mark.join(cells), *lines[place + 1 :]]


def check(data: bytes, seed: int) -> None:
    """A quantity that differs from the original's is never without a word that the original reading did not
    say."""
    original = reading(data)
    assert original is not None
    kind, lines = mutated(data.split(b"\n"), random.Random(seed))

    found = reading(b"\n".join(lines))

    if found is None or found.questions:
        return
    before, after = held(original), held(found)
    wrong = {ticker for ticker in after if after[ticker] != before.get(ticker)}
    if wrong and not (kind == "delete" and not any("the sum of" in each for each in found.remarks)):
        # (A list of positions from which one is missing is a list of positions.)
        assert said(found) - said(original), (kind, wrong, lines)
    if kind == "reorder":
        quantities = sorted(before.values())
        assert sorted(after.values()) == quantities or said(found) - said(original)


@pytest.mark.parametrize("name", KEPT)
@given(st.integers(0, 10**9))
@settings(max_examples=40, deadline=None)
def test_a_changed_file_never_gives_another_quantity_without_a_word(name: str, seed: int) -> None:
    check(KEPT[name].encode(), seed)


@pytest.mark.wide
@pytest.mark.skipif(not FOLDER.is_dir(), reason=f"the recorded material is not at {FOLDER}")
@pytest.mark.parametrize("name", RECORDED)
@given(st.integers(0, 10**9))
@settings(max_examples=12, deadline=None)
def test_a_changed_recorded_export_never_gives_another_quantity_without_a_word(name: str, seed: int) -> None:
    check((FOLDER / name).read_bytes(), seed)


@pytest.mark.parametrize(
    ("name", "cell", "identity"),
    [
        ("t212.csv", ",5,1,USD,A2", "AAPL"),
        ("tr.csv", "US0378331005,-4,", "US0378331005"),
        ("degiro.csv", "Verkoop 1 @", "DE0007164600"),
        ("schwab.csv", "$25,40,$6", "AAPL"),
        ("flex.xml", 'quantity="-4"', "AAPL"),
        ("house.csv", "AAPL,3,USD", "AAPL"),
    ],
)
@pytest.mark.parametrize("word", ["#REF!", "1.2.3.4", "١٢", "1,2,3", "x"])
def test_a_broken_quantity_sets_its_whole_instrument_aside(
    name: str, cell: str, identity: str, word: str
) -> None:
    number = next(part for part in ("-4", "40", "5", "3", "1") if part in cell)
    broken = KEPT[name].replace(cell, cell.replace(number, word.replace(",", ";"), 1), 1)

    whole, found = reading(KEPT[name].encode()), reading(broken.encode())

    assert whole is not None
    assert identity in held(whole)
    assert found is not None
    if name != "degiro.csv":  # there the text then tells no trade at all
        assert identity not in held(found)
    assert said(found) - said(whole)
