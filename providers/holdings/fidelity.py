"""Fidelity positions (`Portfolio_Positions_*.csv`, built from its documented header) and account history (recorded).

Core positions (SPAXX**, FDRXX**) and money market funds are cash in dollars; options begin with a minus and are refused;
"Pending Activity" is neither. The same symbol in several accounts is added up.
In the history a row without a quantity moves money alone.
"""

from collections.abc import Mapping

from core.portfolio.holding import Import
from providers.holdings.activities import Activities, Move, read_activities
from providers.holdings.book import Book
from providers.holdings.days import MONTH_FIRST
from providers.holdings.kinds import is_money_fund
from providers.holdings.positions import Columns, american_row, read_positions
from providers.holdings.table import Asked, Format, Record, Table, names

NAME, HISTORY = "Fidelity positions", "Fidelity account history"
MONEY = "a movement of money"
COLUMNS = {
    "ticker": ("symbol",),
    "quantity": ("quantity",),
    "name": ("description",),
    "value": ("current value",),
    "kind": ("investment type", "security type"),
}


def _prepared(cells: Mapping[str, str]) -> Mapping[str, str]:
    cash = not cells["quantity"] or is_money_fund(cells["ticker"].upper())
    return {**cells, "action": MONEY if cash else cells["action"], "currency": "USD"}


HOW = Activities(
    form=HISTORY,
    columns={
        "action": ("action",),
        "date": ("run date",),
        "quantity": ("quantity",),
        "ticker": ("symbol",),
        "name": ("security description", "description"),
    },
    moves={MONEY: Move.NONE},
    refused={},
    # The action names the security too: YOU BOUGHT NVIDIA CORP (NVDA) (Cash).
    begins=(
        ("you bought", Move.CAME),
        ("reinvestment", Move.CAME),
        ("you sold", Move.WENT),
        ("distribution", Move.SIGNED),
        ("transfer", Move.SIGNED),
        ("merger", Move.SIGNED),
        ("reverse split", Move.SIGNED),
    ),
    date_order=MONTH_FIRST,
    american=True,
    prepare=_prepared,
)


def read_history(table: Table, asked: Asked) -> Import:
    return read_activities(table, asked, HOW)


def read(table: Table, asked: Asked) -> Import:
    return read_positions(table, asked, NAME, COLUMNS, _one)


def _one(record: Record, book: Book, numbers: Columns) -> None:
    if record["ticker"].casefold().startswith("pending"):
        book.passed("pending activity")
    else:
        american_row(record, book, numbers)


FORMAT = Format(
    name=NAME,
    header=(
        names("account number", "account name", "account name/number"),
        names("symbol"),
        names("quantity"),
        names("current value"),
    ),
    without=names("run date", "action"),
    read=read,
    recorded=False,
)
FORMAT_HISTORY = Format(
    name=HISTORY,
    header=(names("run date"), names("action"), names("symbol"), names("quantity")),
    read=read_history,
)
