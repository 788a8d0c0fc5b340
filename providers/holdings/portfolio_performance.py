"""Portfolio Performance, exported transactions as CSV, English or German. Built from its column names: no recorded CSV was at
hand. The client file (XML) is not read: it is exported with File > Export > CSV.

The currency is the security's (Currency Gross Amount) where the line states one, else the account's.
"""

from collections.abc import Mapping
from dataclasses import replace

from core.portfolio.holding import Import
from providers.holdings.activities import Activities, Move, read_activities
from providers.holdings.table import Asked, Format, Table, names

NAME = "Portfolio Performance CSV"
MONEY = "a movement of money"
COLUMNS = {
    "date": ("date", "datum"),
    "action": ("type", "typ"),
    "quantity": ("shares", "stück"),
    "isin": ("isin",),
    "ticker": ("ticker symbol", "ticker-symbol"),
    "name": ("security name", "wertpapiername"),
    "currency": ("transaction currency", "buchungswährung"),
    "gross currency": ("currency gross amount", "währung bruttobetrag"),
}


def _prepared(cells: Mapping[str, str]) -> Mapping[str, str]:
    currency = cells["gross currency"] or cells["currency"]
    if not cells["isin"] and not cells["ticker"] and cells["action"].casefold() in TRANSFERS:
        return {**cells, "currency": currency, "action": MONEY}
    return {**cells, "currency": currency}


# The same words move shares between depots and money between accounts.
TRANSFERS = {
    "transfer (inbound)": Move.CAME,
    "umbuchung (eingang)": Move.CAME,
    "transfer (outbound)": Move.WENT,
    "umbuchung (ausgang)": Move.WENT,
}
HOW = Activities(
    form=NAME,
    columns=COLUMNS,
    moves={
        "buy": Move.CAME,
        "kauf": Move.CAME,
        "delivery (inbound)": Move.CAME,
        "einlieferung": Move.CAME,
        "sell": Move.WENT,
        "verkauf": Move.WENT,
        "delivery (outbound)": Move.WENT,
        "auslieferung": Move.WENT,
        **TRANSFERS,
        MONEY: Move.NONE,
        **dict.fromkeys(
            ("deposit", "removal", "interest", "interest charge", "dividend", "fees", "fees refund", "taxes", "tax refund"),
            Move.NONE,
        ),
        **dict.fromkeys(
            (
                "einlage",
                "entnahme",
                "zinsen",
                "zinsbelastung",
                "dividende",
                "gebühren",
                "gebührenerstattung",
                "steuern",
                "steuerrückerstattung",
            ),
            Move.NONE,
        ),
    },
    refused={},
    prepare=_prepared,
)  # fmt: skip


def read(table: Table, asked: Asked) -> Import:
    german = "datum" in table.names
    return read_activities(table, asked, replace(HOW, decimal="," if german else "."))


FORMAT = Format(
    name=f"{NAME} (English or German)",
    header=tuple(names(*COLUMNS[name]) for name in ("date", "action", "quantity", "isin", "ticker", "name")),
    read=read,
    recorded=False,
)
