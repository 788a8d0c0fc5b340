"""Every recorded export against a computation that shares nothing with the readers: pandas sums of the file's
own columns.

100 % right or refused: each instrument of the file has exactly the summed quantity, or it is set aside and
said.
"""

import json
import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree

import pandas as pd
import pytest

from providers.holdings.reading import read_file

FOLDER = Path(__file__).resolve().parents[3].parent / "shared" / "data" / "portfolio"
pytestmark = [
    pytest.mark.wide,
    pytest.mark.skipif(not FOLDER.is_dir(), reason=f"the recorded material is not at {FOLDER}"),
]


def table(name: str, sep: str = ",", skip: int = 0, encoding: str = "utf-8-sig") -> pd.DataFrame:
    found = pd.read_csv(
        FOLDER / name, sep=sep, dtype=str, skiprows=skip, encoding=encoding, keep_default_na=False
    )
    return found.rename(columns=str.strip)


def numbers(column: pd.Series, decimal: str = ".") -> pd.Series:
    thousands = "," if decimal == "." else "."
    plain = column.str.replace(thousands, "", regex=False).str.replace(decimal, ".", regex=False)
    return plain.str.replace(r"[^\d.\-]", "", regex=True).map(
        lambda text: Decimal(text) if text.strip("-.") else Decimal(0)
    )


def sums(rows: pd.DataFrame, key: str, shares: pd.Series) -> dict[str, Decimal]:
    found: dict[str, Decimal] = {}
    for identity, quantity in zip(rows[key], shares, strict=True):
        found[identity] = found.get(identity, Decimal(0)) + quantity
    return found


def signed(rows: pd.DataFrame, action: str, sold: str, shares: pd.Series) -> pd.Series:
    went = rows[action].str.contains(sold, case=False, regex=True)
    return pd.Series(
        [-abs(each) if gone else each for each, gone in zip(shares, went, strict=True)], index=rows.index
    )


def trading212(name: str) -> dict[str, Decimal]:
    rows = table(name)
    rows = rows[rows["Action"].str.contains("buy|sell|split", case=False, regex=True)]
    rows = rows.drop_duplicates()
    return sums(rows, "ISIN", signed(rows, "Action", "sell|close", numbers(rows["No. of shares"])))


def trade_republic(name: str) -> dict[str, Decimal]:
    rows = table(name, sep=";" if "01" in name else ",")
    rows = rows[
        rows["category"].isin(["TRADING", "CORPORATE_ACTION", "DELIVERY"])
        & (rows["asset_class"] != "DERIVATIVE")
    ]
    rows = rows.assign(key=rows["symbol"].where(rows["asset_class"] != "CRYPTO", rows["symbol"] + "-EUR"))
    return sums(rows, "key", numbers(rows["shares"]))


def flatex(name: str) -> dict[str, Decimal]:
    rows = table(name, ";", encoding="latin-1")
    rows = rows[rows["Buchungsinformation"].str.contains("ORDER")]
    return sums(rows, "ISIN", numbers(rows["Nominal (Stk.)"], ","))


def scalable(name: str) -> dict[str, Decimal]:
    rows = table(name, ";")
    rows = rows[rows["assetType"] == "Security"]
    return sums(rows, "isin", signed(rows, "type", "sell", numbers(rows["shares"], ",")))


def xtb(name: str) -> dict[str, Decimal]:
    rows = table(name, ";").drop_duplicates()
    told = rows["Comment"].str.extract(r"(?P<side>OPEN|CLOSE) BUY (?P<n>[\d.]+)")
    rows = rows.assign(side=told["side"], n=told["n"])[told["side"].notna()]
    rows["key"] = rows["Symbol"].str.replace(".US", "").str.replace(".UK", ".L")
    return sums(rows, "key", signed(rows, "side", "CLOSE", numbers(rows["n"])))


def avanza(name: str) -> dict[str, Decimal]:
    rows = table(name, ";")
    rows = rows[rows["Typ av transaktion"].isin(["Köp", "Sälj"])]
    return sums(rows, "ISIN", numbers(rows["Antal"], ","))


def disnat(name: str) -> dict[str, Decimal]:
    rows = table(name)
    rows = rows[rows["Type de transaction"].isin(["ACHAT", "VENTE"])]
    rows = rows.assign(key=rows["Symbole"].str.removesuffix("-C") + ".TO")
    return sums(rows, "key", numbers(rows["Quantité"], ","))


def investengine(name: str) -> dict[str, Decimal]:
    rows = table(name)
    rows = rows.assign(key=rows["Security / ISIN"].str.extract(r"ISIN (\w{12})")[0])
    return sums(rows, "key", signed(rows, "Transaction Type", "Sell", numbers(rows["Quantity"])))


def bux(name: str) -> dict[str, Decimal]:
    rows = table(name)
    kinds = rows["Transaction Type"] + rows["Transfer Type"].where(
        rows["Transaction Category"] == "corporate_actions", ""
    )
    rows = rows.assign(kind=kinds)[rows["Transaction Category"].isin(["trades", "corporate_actions"])]
    return sums(rows, "Asset Id", signed(rows, "kind", "Sell|REDEEM", numbers(rows["Asset Quantity"])))


def finpension(name: str) -> dict[str, Decimal]:
    rows = table(name, ";")
    rows = rows[rows["Category"].isin(["Buy", "Sell", "Portfolio Transaction"])]
    return sums(rows, "ISIN", numbers(rows["Number of Shares"]))


def lansdown(name: str) -> dict[str, Decimal]:
    rows = table(name, skip=5, encoding="cp1252")
    rows = rows[rows["Quantity"] != "n/a"]
    rows = rows.assign(key=rows["Description"].str.replace(r" [\d,.]+ @ +[\d,.]+$", "", regex=True))
    return sums(rows, "key", signed(rows, "Reference", "^S", numbers(rows["Quantity"])))


def saxo(name: str) -> dict[str, Decimal]:
    rows = table(name)
    told = rows["Event"].str.extract(r"^(?P<side>Buy|Sell|Koop|Verkoop) (?P<n>[\d.]+) @")
    rows = rows.assign(side=told["side"], n=told["n"])[told["side"].notna()]
    return sums(rows, "Instrument ISIN", signed(rows, "side", "Sell|Verkoop", numbers(rows["n"])))


def degiro(name: str) -> dict[str, Decimal]:
    rows = table(name)
    words = r"(?:^|: )(?P<side>Koop|Verkoop|Buy|Sell|Compra|Venta|Achat|Vente) (?P<n>[\d.,]+) ?[^@]*@"
    told = rows["Omschrijving"].str.extract(words)
    rows = rows.assign(side=told["side"], n=told["n"])[told["side"].notna()]
    rows = rows[~rows["Product"].str.contains("CASH FUND|FLATEX|MONEY MARKET", case=False)]  # DEGIRO's cash
    return sums(rows, "ISIN", signed(rows, "side", "Verkoop|Sell|Venta|Vente", numbers(rows["n"], ",")))


def plain(
    action: str, came: str, sold: str, key: str, shares: str, *, sep: str = ",", decimal: str = "."
) -> Callable[[str], dict[str, Decimal]]:
    """A file with a column of actions and one of shares."""

    def summed(name: str) -> dict[str, Decimal]:
        rows = table(name, sep)
        rows = rows[rows[action].str.contains(f"^(?:{came}|{sold})$", case=False, regex=True)]
        return sums(rows, key, signed(rows, action, f"^(?:{sold})$", numbers(rows[shares], decimal)))

    return summed


def seven_columns(name: str) -> dict[str, Decimal]:
    rows = table(name, ";")
    rows = rows[rows["Transactietype"].isin(["Aankoop", "Buy", "Verkoop", "Sell"])]
    shares = rows["Aantal"].str.replace(",", ".").map(Decimal)  # the sample mixes both marks
    return sums(rows, "ISIN", signed(rows, "Transactietype", "Verkoop|Sell", shares))


def revolut(name: str) -> dict[str, Decimal]:
    rows = table(name)
    rows = rows[rows["Type"].str.contains(r"^(?:BUY|SELL|STOCK SPLIT)")]
    return sums(
        rows, "Ticker", signed(rows, "Type", "SELL", rows["Quantity"].str.replace(",", ".").map(Decimal))
    )


def directa(name: str) -> dict[str, Decimal]:
    rows = table(name, skip=9)
    rows = rows[rows["Tipo operazione"].isin(["Acquisto", "Vendita"])]
    return sums(rows, "Isin", signed(rows, "Tipo operazione", "Vendita", numbers(rows["Quantità"])))


def bitvavo(name: str) -> dict[str, Decimal]:
    rows = table(name)
    rows = rows[rows["Currency"] != "EUR"].assign(key=lambda all_: all_["Currency"] + "-EUR")
    return sums(rows, "key", rows["Amount"].map(Decimal))


def etoro(name: str) -> dict[str, Decimal]:
    rows = table(name)
    rows = rows[rows["Type"].isin(["Open Position", "Position closed"]) & (rows["Asset type"] == "Stocks")]
    rows = rows.assign(key=rows["Details"].str.extract(r"(\w+)/")[0])
    return sums(rows, "key", signed(rows, "Type", "closed", numbers(rows["Units"])))


def ghostfolio(name: str) -> dict[str, Decimal]:
    if name.endswith(".csv"):
        rows = table(name).rename(columns=str.casefold)
        rows = rows.rename(columns={"action": "type", "code": "symbol", "qty": "quantity"})
    else:
        rows = pd.DataFrame(json.loads((FOLDER / name).read_text("utf-8"))["activities"]).astype(str)
    rows = rows[rows["type"].str.casefold().isin(["buy", "sell"])]
    return sums(rows, "symbol", signed(rows, "type", "sell", rows["quantity"].map(Decimal)))


def activity(name: str) -> dict[str, Decimal]:
    lines = [line.split(",") for line in (FOLDER / name).read_text("utf-8-sig").splitlines()]
    found: dict[str, Decimal] = {}
    for row in (line for line in lines if line[:3] == ["Trades", "Data", "Order"] and line[3] == "Stocks"):
        quantity = next(cell for cell in row[6:] if re.fullmatch(r"-?\d+", cell.strip()))
        found[row[5]] = found.get(row[5], Decimal(0)) + Decimal(quantity)
    return found


def performance(name: str) -> dict[str, Decimal]:
    """This file's version writes shares as millionths."""
    tree = ElementTree.parse(FOLDER / name)
    found: dict[str, Decimal] = {}
    tickers = [
        each.findtext("tickerSymbol") or "" for each in tree.iter("security") if each.find("name") is not None
    ]
    for each in tree.iter("portfolio-transaction"):
        link = each.find("security")
        path = "" if link is None else link.get("reference", "")
        if each.find("shares") is None or not path:
            continue
        place = re.search(r"securities/security(?:\[(\d+)\])?$", path)
        assert place is not None
        ticker = tickers[int(place[1] or 1) - 1]
        sign = -1 if each.findtext("type") in {"SELL", "DELIVERY_OUTBOUND"} else 1
        found[ticker] = found.get(ticker, Decimal(0)) + sign * Decimal(each.findtext("shares") or 0) / 10**6
    return found


def sharesight(name: str) -> dict[str, Decimal]:
    rows = table(name, skip=2)
    rows = rows[(rows["Market"] != "FX") & rows["Type"].isin(["Buy", "Sell"])]
    return sums(rows, "Code", numbers(rows["Quantity"]))


def elements(name: str, *tags: str) -> pd.DataFrame:
    """The attributes of every element with one of `tags`, a row each."""
    tree = ElementTree.parse(FOLDER / name)
    return pd.DataFrame([node.attrib for node in tree.iter() if node.tag in tags], dtype=str).fillna("")


def flex_trades(name: str) -> dict[str, Decimal]:
    rows = elements(name, "Trade", "CorporateAction")
    rows = rows[rows["assetCategory"].isin(["STK", "FUND"])]
    coded = rows["isin"].str.fullmatch(r"[A-Z]{2}[A-Z0-9]{9}\d")
    return sums(rows.assign(key=rows["isin"].where(coded, rows["symbol"])), "key", numbers(rows["quantity"]))


def flex_positions(name: str) -> dict[str, Decimal]:
    rows = elements(name, "OpenPosition")
    rows = rows[rows["assetCategory"] == "STK"]
    return sums(rows, "symbol", numbers(rows["position"]))


RECIPES = (
    ("broker_csv/trading212-export.csv", trading212),
    ("cgt_calc/trading212_data_2024_inputs_transactions.csv", trading212),
    ("traderepublic/TransactionExport01.csv", trade_republic),
    ("more/flatex-export.csv", flatex),
    ("more/scalablecapital-export.csv", scalable),
    ("more/released/xtb-export.csv", xtb),
    ("more/released/avanza-export.csv", avanza),
    ("more/released/disnat-export.csv", disnat),
    ("more/released/investengine-export.csv", investengine),
    ("more/released/bux-export.csv", bux),
    ("more/released/finpension-bvg-export.csv", finpension),
    ("broker_csv/finpension-3a-export.csv", finpension),
    ("more/released/hl-transaction-summary.csv", lansdown),
    ("broker_csv/saxo-export.csv", saxo),
    ("broker_csv/degiro-export.csv", degiro),
    ("broker_csv/swissquote-export.csv", plain("Transaction", "Buy", "Sell", "ISIN", "Quantity", sep=";")),
    ("broker_csv/parqet-export.csv", plain("type", "Buy|TransferIn", "Sell|TransferOut", "identifier",
      "shares", sep=";", decimal=",")),
    ("broker_csv/rabobank-export.csv", plain("Type mutatie", "Koop.*", "Verkoop.*", "Isin code", "Volume",
      sep=";", decimal=",")),
    ("broker_csv/freetrade-export.csv", plain("Buy / Sell", "BUY", "SELL", "ISIN", "Quantity")),
    ("cgt_calc/freetrade_data_transactions.csv", plain("Buy / Sell", "BUY", "SELL", "ISIN", "Quantity")),
    ("broker_csv/ibkr-trades-export.csv", plain("Buy/Sell", "BUY", "SELL", "ISIN", "Quantity")),
    ("more/schwab_rsu_settlement.csv", plain("Action", "Buy|Stock Plan Activity", "Sell", "Symbol",
      "Quantity")),
    ("more/schwab_cash_merger.csv", plain("Action", "Buy|Cash Merger Adj", "Sell", "Symbol", "Quantity")),
    ("broker_csv/directa-export.csv", directa),
    ("broker_csv/bitvavo-export.csv", bitvavo),
    ("broker_csv/etoro-export.csv", etoro),
    ("broker_csv/revolut-invest-export.csv", revolut),
    ("broker_csv/traderepublic-export.csv", seven_columns),
    ("cgt_calc/schwab_data_schwab_transactions.csv", plain("Action", "Buy|Stock Plan Activity", "Sell",
      "Symbol", "Quantity")),
    ("ghostfolio/not-ok/invalid-platform.json", ghostfolio),
    ("ghostfolio/not-ok/invalid-symbol-btc-usd.csv", ghostfolio),
    *((f"ghostfolio/ok/{name}", ghostfolio)
      for name in ("btceur.json", "btcusd.csv", "btcusd.json", "novn-buy-and-sell-partially.json",
       "novn-buy-and-sell.json",
                   "sample.csv", "vti-buy-long-history.json")),
    ("more/ibkr_activity_trades.csv", activity),
    ("portfolio_performance/currency_sample.xml", performance),
    ("traderepublic/TransactionExport02.csv", trade_republic),
    *((f"{folder}/testIBFlexStatementFile{number}.xml", flex_trades)
      for folder, number in (("ibkr_flex", "01"), ("ibkr_flex", "02"), ("ibkr_flex", "12"), ("ibkr_flex",
        "15"), ("ibkr_flex", "20"),
                             ("more/ibkr_flex", "11"))),
    ("more/sharesight_all_trades.csv", sharesight),
    *((f"{folder}/testIBFlexStatementFile{number}.xml", flex_trades)
      for folder, number in (("ibkr_flex", "05"), ("ibkr_flex", "10"), ("more/ibkr_flex", "04"),
                             ("more/ibkr_flex", "07"), ("more/ibkr_flex", "14"), ("more/ibkr_flex", "18"),
                             ("more/ibkr_flex", "27"))),
    ("more/ibkr_flex/testIBFlexStatementFile17.xml", flex_positions),
)  # fmt: skip


@pytest.mark.parametrize(("name", "recipe"), RECIPES, ids=[row[0] for row in RECIPES])
def test_each_instrument_has_the_summed_quantity_or_is_set_aside(
    name: str, recipe: Callable[[str], dict[str, Decimal]]
) -> None:
    expected = {key: quantity for key, quantity in recipe(name).items() if quantity and key}

    found = read_file((FOLDER / name).read_bytes(), origin=Path(name).name, today=date(2026, 4, 24))

    aside = " ".join(
        [*(row.reason + row.text for row in found.rejected), *(each.identity for each in found.unnamed)]
    )
    held: dict[str, Decimal] = {}
    for each in found.portfolio.holdings:
        names = (each.isin, each.ticker, each.ticker.rpartition(".")[0])  # IBKR's symbols have no suffix
        key = next((name for name in names if isinstance(name, str) and name in expected), each.ticker)
        held[key] = held.get(key, Decimal(0)) + each.quantity
    assert {key: quantity for key, quantity in held.items() if expected.get(key) != quantity} == {}
    assert [key for key in expected if key not in held and key not in aside] == []
