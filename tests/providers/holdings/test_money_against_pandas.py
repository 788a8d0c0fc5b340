"""Currency, identity and cash of every recorded export, computed by pandas from the file's own columns:
nothing is shared with the readers. What no row here states for a file must be unknown, or absent, in its
reading."""

import json
import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree

import pandas as pd
import pytest

from core.base.gap import Gap
from core.portfolio.holding import Import
from providers.holdings.reading import read_file
from tests.providers.holdings.test_against_pandas import FOLDER, elements, table
from tests.providers.holdings.test_recorded_exports import ELSEWHERE, READ

pytestmark = [
    pytest.mark.wide,
    pytest.mark.skipif(not FOLDER.is_dir(), reason=f"the recorded material is not at {FOLDER}"),
]
Stated = dict[str, set[str]]


def pairs(keys: pd.Series, currencies: pd.Series) -> Stated:
    found: Stated = {}
    for key, currency in zip(keys, currencies, strict=True):
        if key and isinstance(currency, str) and currency:
            found.setdefault(key, set()).add(currency)
    return found


def columns(key: str, currency: str, shares: str, sep: str = ",", skip: int = 0) -> Callable[[str], Stated]:
    """The currencies of the rows in which shares of a key moved."""

    def stated(name: str) -> Stated:
        rows = table(name, sep, skip)
        rows = rows[rows[shares].str.contains(r"[1-9]", regex=True)]
        return pairs(rows[key], rows[currency])

    return stated


def dollars(name: str) -> Stated:
    """An American broker's file: whatever it names is in dollars."""
    return {word: {"USD"} for word in re.findall(r"[A-Z0-9]+", (FOLDER / name).read_text("utf-8-sig"))}


def degiro(name: str) -> Stated:
    rows = table(name)
    return pairs(rows["ISIN"], rows["Omschrijving"].str.extract(r"\d ?[^@]*@ ?[\d.,]+ ([A-Z]{3})")[0])


def etoro(name: str) -> Stated:
    rows = table(name)
    rows = rows[rows["Type"].isin(["Open Position", "Position closed"])]
    told = rows["Details"].str.extract(r"(?P<key>\w+)/(?P<currency>[A-Z]{3})")
    return pairs(told["key"], told["currency"])


def bitvavo(name: str) -> Stated:
    return {f"{coin}-EUR": {"EUR"} for coin in table(name)["Currency"]}


def trade_republic(name: str) -> Stated:
    rows = table(name, ";" if "01" in name else ",")
    rows = rows[rows["asset_class"] == "CRYPTO"]
    return pairs(rows["symbol"] + "-" + rows["currency"], rows["currency"])


def disnat(name: str) -> Stated:
    rows = table(name)
    return pairs(rows["Symbole"].str.removesuffix("-C") + ".TO", rows["Devise du prix"].replace("CAN", "CAD"))


def flatex(name: str) -> Stated:
    rows = table(name, ";", encoding="latin-1")
    return pairs(rows["ISIN"], rows.iloc[:, list(rows.columns).index("Kurs") + 1])


def flex(name: str) -> Stated:
    held = elements(name, "OpenPosition")
    rows = held if len(held) else elements(name, "Trade", "CorporateAction")
    rows = rows[~rows["assetCategory"].isin(["CASH", "OPT", "WAR", "FUT"])] if len(rows) else rows
    return (
        {**pairs(rows["symbol"], rows["currency"]), **pairs(rows["isin"], rows["currency"])}
        if len(rows)
        else {}
    )


def activity(name: str) -> Stated:
    rows = [line.split(",") for line in (FOLDER / name).read_text("utf-8-sig").splitlines()]
    return {row[5]: {row[4]} for row in rows if row[:3] == ["Trades", "Data", "Order"]}


def ghostfolio(name: str) -> Stated:
    if name.endswith(".csv"):
        rows = table(name).rename(columns=str.casefold)
        return pairs(rows["code" if "code" in rows else "symbol"], rows["currency"])
    rows = pd.DataFrame(json.loads((FOLDER / name).read_text("utf-8"))["activities"]).astype(str)
    return pairs(rows["symbol"], rows["currency"])


def performance(name: str) -> Stated:
    tree = ElementTree.parse(FOLDER / name)
    return {
        each.findtext("tickerSymbol") or "": {each.findtext("currencyCode") or ""}
        for each in tree.iter("security")
        if each.find("tickerSymbol") is not None
    }


# The beginning of a file's name → what its columns state of currencies, by the instrument's ISIN, symbol or
# name.
CURRENCIES: dict[str, Callable[[str], Stated]] = {
    "broker_csv/degiro": degiro,
    "broker_csv/finpension": columns("ISIN", "Asset Currency", "Number of Shares", ";"),
    "broker_csv/freetrade": columns("ISIN", "Instrument Currency", "Quantity"),
    "broker_csv/ibkr-trades": columns("ISIN", "CurrencyPrimary", "Quantity"),
    "broker_csv/rabobank": columns("Isin code", "Valuta koers", "Volume", ";"),
    "broker_csv/revolut": columns("Ticker", "Currency", "Quantity"),
    "broker_csv/saxo": columns("Instrument ISIN", "Instrument currency", "Event"),
    "broker_csv/swissquote": columns("ISIN", "Currency", "Quantity", ";"),
    "broker_csv/trading212": columns("ISIN", "Currency (Price / share)", "No. of shares"),
    "broker_csv/schwab": dollars,
    "broker_csv/bitvavo": bitvavo,
    "broker_csv/etoro": etoro,
    "cgt_calc/freetrade": columns("ISIN", "Instrument Currency", "Quantity"),
    "cgt_calc/trading212": columns("ISIN", "Currency (Price / share)", "No. of shares"),
    "cgt_calc/schwab": dollars,
    "us_brokers/schwab": dollars,
    "more/schwab": dollars,
    "ghostfolio/": ghostfolio,
    "ibkr_flex/": flex,
    "more/ibkr_flex/": flex,
    "more/ibkr_activity": activity,
    "more/flatex": flatex,
    "more/released/avanza": columns("ISIN", "Instrumentvaluta", "Antal", ";"),
    "more/released/bux": columns("Asset Id", "Asset Currency", "Asset Quantity"),
    "more/released/disnat": disnat,
    "more/released/finpension": columns("ISIN", "Asset Currency", "Number of Shares", ";"),
    "more/sharesight": columns("Code", "Currency", "Quantity", skip=2),
    "portfolio_performance/": performance,
    "traderepublic/": trade_republic,
}


def money(text: str) -> Decimal:
    """A balance, whatever its marks: the last one is the decimal mark."""
    return Decimal(re.sub(r"[.,](?=.*[.,])", "", text).replace(",", ".")).quantize(Decimal("0.01"))


def newest_balance(
    balance: str, currency: str, day: str, sep: str = ",", skip: int = 0
) -> Callable[[str], dict[str, Decimal]]:
    """The balance on the newest row of each currency. A file whose first day is its newest is read from its
    end."""

    def stated(name: str) -> dict[str, Decimal]:
        rows = table(name, sep, skip)
        at = list(rows.columns)
        amounts = rows.iloc[:, at.index(balance) + 1] if balance == currency else rows[balance]
        units = rows[currency] if currency in at else pd.Series([currency] * len(rows), index=rows.index)
        dated = rows[day].str.match(r"\d") & amounts.str.fullmatch(r"-?[\d.,]+")
        rows, amounts, units = rows[dated], amounts[dated], units[dated]
        days = pd.to_datetime(
            rows[day], dayfirst="/" in rows[day].iloc[0] or rows[day].iloc[0][2] == "-", format="mixed"
        )
        known = pd.DataFrame({"unit": units, "amount": amounts, "day": days})
        known = known[known["unit"] != ""]
        known = known[::-1] if known["day"].iloc[0] >= known["day"].iloc[-1] else known
        last = known.sort_values("day", kind="stable").groupby("unit")["amount"].last()
        return {str(unit): money(amount) for unit, amount in last.items()}

    return stated


def flex_cash(name: str) -> dict[str, Decimal]:
    rows = elements(name, "CashReportCurrency")
    if not len(rows):
        return {}
    single = rows[rows["currency"] != "BASE_SUMMARY"]
    rows = (
        single
        if len(single)
        else rows.assign(currency=elements(name, "AccountInformation")["currency"].iloc[0])
    )
    return {
        row["currency"]: Decimal(row["endingCash"]).quantize(Decimal("0.01")) for _, row in rows.iterrows()
    }


def last_line(name: str) -> dict[str, Decimal]:
    """A report that ends its cash with a line of its own."""
    found = re.search(r"^Balance,([\d.]+)", (FOLDER / name).read_text("utf-8-sig"), re.MULTILINE)
    return {"GBP": money(found[1])} if found else {}


def history_cash(name: str) -> dict[str, Decimal]:
    text = (FOLDER / name).read_text("utf-8-sig")
    base, ending = re.search(r"Base Currency,(\w+)", text), re.search(r"Ending Cash,\"?([\d.,]+)", text)
    return {base[1]: Decimal(ending[1].replace(",", "")).quantize(Decimal("0.01"))} if base and ending else {}


def ghostfolio_cash(name: str) -> dict[str, Decimal]:
    accounts = (
        json.loads((FOLDER / name).read_text("utf-8")).get("accounts", []) if name.endswith("json") else []
    )
    newest = (
        (each["currency"], max(each["balances"], key=lambda one: one["date"]))
        for each in accounts
        if each.get("balances")
    )
    return {currency: Decimal(balance["value"]) for currency, balance in newest}


CASH: dict[str, Callable[[str], dict[str, Decimal]]] = {
    "broker_csv/degiro": newest_balance("Saldo", "Saldo", "Datum"),
    "broker_csv/finpension": newest_balance("Balance", "CHF", "Date", ";"),
    "more/released/finpension": newest_balance("Balance", "CHF", "Date", ";"),
    "more/released/bux": newest_balance(
        "Cash Balance Amount", "Transaction Currency", "Transaction Time (CET)"
    ),
    "more/vanguard_uk": newest_balance("Balance", "GBP", "Date"),
    "cgt_calc/vanguard": last_line,
    "cgt_calc/interactive": history_cash,
    "ghostfolio/": ghostfolio_cash,
    "ibkr_flex/": flex_cash,
    "more/ibkr_flex/": flex_cash,
}
NAMES = sorted({row[0] for row in READ} | ELSEWHERE - {"broker_csv/investimental-export.csv"})


def reading(name: str) -> Import:
    return read_file((FOLDER / name).read_bytes(), origin=Path(name).name, today=date(2026, 4, 24))


def of(rows: dict[str, Callable[[str], object]], name: str) -> Callable[[str], object]:
    return next((rows[start] for start in rows if name.startswith(start)), lambda _: {})


@pytest.mark.parametrize("name", NAMES)
def test_each_holding_has_the_identity_and_the_currency_of_its_rows(name: str) -> None:
    stated = of(dict(CURRENCIES), name)(name)
    assert isinstance(stated, dict)
    text = (FOLDER / name).read_bytes().decode("utf-8", "replace").replace("&amp;", "&").casefold()

    found = reading(name)

    for each in found.portfolio.holdings:
        symbol = re.sub(r"(?:\.[A-Z]{1,2}|-(?:EUR|USD))$", "", each.ticker)
        known = [key for key in (each.isin, each.ticker, symbol) if isinstance(key, str) and key in stated]
        units = stated[known[0]] if known else set()
        # Bought in two currencies, or in none that the file names: not known.
        expected = next(iter(units)) if len(units) == 1 else None
        assert (None if isinstance(each.currency, Gap) else each.currency) == expected, each
        # The identity stands in the file; IBKR marks a listing with a letter behind it, Hong Kong with zeros
        # before.
        assert any(
            key.casefold().replace("-", part) in text for key in (symbol, each.ticker) for part in "- /"
        ), each
        assert isinstance(each.isin, Gap) or each.isin.casefold() in text
        assert isinstance(each.name, Gap) or each.name.casefold()[:20] in text


@pytest.mark.parametrize("name", NAMES)
def test_the_cash_is_what_the_file_states_and_nothing_else(name: str) -> None:
    stated = of(dict(CASH), name)(name)
    assert isinstance(stated, dict)

    found = reading(name)

    held = {each.currency: each.amount for each in found.portfolio.cash}
    assert held == {unit: amount for unit, amount in stated.items() if amount > 0}
    owed = [unit for unit, amount in stated.items() if amount < 0]
    assert all(any(unit in row.reason + row.text for row in found.rejected) for unit in owed)
