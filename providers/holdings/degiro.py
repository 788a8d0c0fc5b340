"""DEGIRO: the account statement (recorded), transactions and portfolio (both built from their documentation).

The account statement tells a trade in words ("Koop 30 @ 22,4 EUR") and the balance of each currency on every row: the newest
row of a currency is its cash. All three have ISINs and no tickers. Rows of DEGIRO's cash funds and of its bank account are
cash seen from another side.
"""

import re
from collections.abc import Mapping

from core.portfolio.holding import Import
from core.portfolio.numbers import Numbers, RowFault
from providers.holdings.activities import Activities, Move, read_activities
from providers.holdings.book import Book
from providers.holdings.days import DAY_FIRST, Days
from providers.holdings.positions import Columns, entry_of, read_positions
from providers.holdings.table import Asked, Format, Record, Table, names, records

ACCOUNT, TRADES, HELD = "DEGIRO account statement", "DEGIRO transactions", "DEGIRO portfolio"
MONEY = "a movement of money"
# The statement's languages: Dutch, English, German, French, Spanish, Portuguese, Italian.
DATE = ("datum", "date", "fecha", "data")
PRODUCT = ("product", "produkt", "produit", "producto", "produto", "prodotto")
ISIN = ("isin", "code isin", "codice isin")
TEXT = ("omschrijving", "description", "beschreibung", "descripción", "descrição", "descrizione")
QUANTITY = (
    "aantal",
    "quantity",
    "anzahl",
    "quantité",
    "número",
    "cantidad",
    "quantidade",
    "quantità",
    "amount",
)
BALANCE = ("saldo", "balance", "solde")
VENUE = ("uitvoeringsplaats", "venue", "ausführungsort", "lieu d'exécution", "centro de ejecución", "bolsa")
SYMBOL = ("symbool/isin", "symbol/isin", "symbole/isin", "símbolo/isin", "simbolo/isin", "ticker/isin")
CAME = ("koop", "buy", "kauf", "achat", "compra", "acquisto")
WENT = ("verkoop", "sell", "verkauf", "vente", "venta", "venda", "vendita")
# As in: Koop 30 @ 22,4 EUR · Compra 6 ISHARES MSCI WOR A@49,785 EUR (IE00B4L5Y983) · a corporate action's name, a colon, Koop 9 @ 0 EUR
_TRADE = re.compile(
    rf"(?:^|: *)({'|'.join(CAME + WENT)}) ([\d., \u00a0]*\d) ?[^@]*@ ?[\d.,]+ ([A-Za-z]{{3}})", re.IGNORECASE
)
_CASH_FUND = re.compile(r"CASH FUND|FLATEX|MONEY MARKET|GELDMARKT", re.IGNORECASE)
_CURRENCY = re.compile(r"\b([A-Z]{3})\b\)?$")


def _told(cells: Mapping[str, str]) -> Mapping[str, str]:
    """A row of the statement with the trade that its text tells, if it tells one of a security."""
    found = _TRADE.search(cells["text"])
    if found is None or _CASH_FUND.search(cells["name"]):
        return {**cells, "action": MONEY}
    word, shares, currency = found.groups()
    return {**cells, "action": word, "quantity": shares.strip(), "currency": currency}


HOW = Activities(
    form=ACCOUNT,
    columns={"date": DATE, "name": PRODUCT, "isin": ISIN, "text": TEXT},
    moves={MONEY: Move.NONE, **dict.fromkeys(CAME, Move.CAME), **dict.fromkeys(WENT, Move.WENT)},
    refused={},
    # Which mark it is depends on the owner's country; a whole number of thousands has a space.
    decimal=None,
    date_order=DAY_FIRST,
    prepare=_told,
)
HOW_TRADES = Activities(
    form=TRADES,
    columns={
        "date": DATE,
        "name": PRODUCT,
        "isin": ISIN,
        "quantity": QUANTITY,
        "currency": ("price currency",),
    },
    moves={"trade": Move.SIGNED},
    refused={},
    decimal=None,
    date_order=DAY_FIRST,
    prepare=lambda cells: {**cells, "action": "trade"},
)


def read_account(table: Table, asked: Asked) -> Import:
    book = Book(ACCOUNT, asked.tickers)
    _balances(table, book)
    book.remarks.append("cash is the balance on the newest row of each currency")
    return read_activities(_whole(table), asked, HOW, book=book)


def read_trades(table: Table, asked: Asked) -> Import:
    # The currency of the price stands in the unnamed column behind it.
    price = next(
        (
            table.names[name]
            for name in ("koers", "price", "kurs", "cours", "precio", "preço")
            if name in table.names
        ),
        -2,
    )
    named = Table(
        names={**table.names, "price currency": price + 1} if price >= 0 else table.names,
        header=table.header,
        rows=table.rows,
        delimiter=table.delimiter,
    )
    return read_activities(named, asked, HOW_TRADES)


def read_held(table: Table, asked: Asked) -> Import:
    # The local value follows its currency: "USD 1234.50", or the currency in the column before the amount.
    local = ("lokale waarde", "local value", "wert", "en devise", "valor local", "valore locale")
    columns = {
        "name": PRODUCT,
        "isin": SYMBOL,
        "quantity": QUANTITY,
        "local": local,
        "value": _last_named(table),
    }
    return read_positions(table, asked, HELD, columns, _one_held, decimal=None)


def _last_named(table: Table) -> tuple[str, ...]:
    return (max(table.names, key=lambda name: table.names[name]),)


def _one_held(record: Record, book: Book, numbers: Columns) -> None:
    if not record["isin"] and record["name"].upper().startswith("CASH"):
        currency = _CURRENCY.search(record["name"])
        book.cash(
            numbers.value.read(record["value"], "the amount of cash"), currency.group(1) if currency else ""
        )
        return
    local = re.match(r"[A-Z]{3}\b", record["local"])
    entry = entry_of(
        Record(row=record.row, cells={**record.cells, "currency": local.group(0) if local else ""}), numbers
    )
    book.position(entry)


def _whole(table: Table) -> Table:
    """Without the rows that only continue the order number of the row above."""
    rows = tuple(row for row in table.rows if any(row.cells[:-1]))
    return Table(names=table.names, header=table.header, rows=rows, delimiter=table.delimiter)


def _balances(table: Table, book: Book) -> None:
    """The newest balance of each currency: its currency stands in the column named so, its amount in the one behind."""
    place = next(table.names[name] for name in BALANCE if name in table.names)
    found = records(_whole(table), {"date": DATE}).good
    numbers = Numbers(
        (record.row.cells[place + 1] for record in found if len(record.row.cells) > place + 1), usual=None
    )
    days = Days((), usual=DAY_FIRST)
    newest: dict[str, tuple[tuple[object, str], Record]] = {}
    for record in found:
        currency = record.row.cells[place] if len(record.row.cells) > place + 1 else ""
        try:
            when = (days.read(record["date"]), record.row.cells[1])
        except RowFault:
            continue  # the row is rejected with its reason when its trade is read
        # Exports begin with the newest row, so of two rows of the same minute the first is the newer.
        if currency and (currency not in newest or when > newest[currency][0]):
            newest[currency] = (when, record)
    for currency, (_, record) in sorted(newest.items()):
        try:
            amount = numbers.read(record.row.cells[place + 1], f"the balance in {currency}")
            if amount:
                book.cash(amount, currency)
        except RowFault as fault:
            book.reject(record.row, f"the balance in {currency}: {fault}")


FORMAT_ACCOUNT = Format(
    name=ACCOUNT,
    header=(names(*DATE), names(*PRODUCT), names(*ISIN), names(*TEXT), names("fx"), names(*BALANCE)),
    read=read_account,
)
FORMAT_TRADES = Format(
    name=TRADES,
    header=(names(*DATE), names(*PRODUCT), names(*ISIN), names(*QUANTITY), names(*VENUE)),
    read=read_trades,
    recorded=False,
)
FORMAT_HELD = Format(
    name=HELD, header=(names(*PRODUCT), names(*SYMBOL), names(*QUANTITY)), read=read_held, recorded=False
)
