"""Schwab positions (built from its documented header) and Schwab transactions (from recorded files).

"Cash & Cash Investments" is cash; account totals and the header repeated for each account are passed over. In transactions a
split, merger or conversion states its own signed change of shares; money market funds are cash and move none.
"""

from collections.abc import Mapping

from core.portfolio.holding import Import
from providers.holdings.activities import Activities, Move, read_activities
from providers.holdings.book import Book
from providers.holdings.days import MONTH_FIRST
from providers.holdings.kinds import DERIVATIVE, is_money_fund
from providers.holdings.positions import Columns, american_row, read_positions
from providers.holdings.table import Asked, Format, Record, Table, names

POSITIONS, TRANSACTIONS = "Schwab positions", "Schwab transactions"
COLUMNS = {
    "ticker": ("symbol",),
    "quantity": ("qty (quantity)", "quantity"),
    "name": ("description",),
    "value": ("mkt val (market value)", "market value"),
    "kind": ("asset type", "security type"),
}
MONEY = "money market fund"
HOW = Activities(
    form=TRANSACTIONS,
    columns={
        "action": ("action",),
        "date": ("date",),
        "quantity": ("quantity",),
        "ticker": ("symbol",),
        "name": ("description",),
    },
    moves={
        "buy": Move.CAME,
        "reinvest shares": Move.CAME,
        "stock div dist": Move.CAME,
        "sell": Move.WENT,
        # These state how the number of shares changed, with its sign.
        **dict.fromkeys(
            (
                "stock split",
                "reverse split",
                "spin-off",
                "stock merger",
                "name change",
                "conversion",
                "journaled shares",
                "security transfer",
                "internal transfer of shares",
            ),
            Move.SIGNED,
        ),
        **dict.fromkeys(
            (
                MONEY,
                "reinvest dividend",
                "qual div reinvest",
                "pr yr div reinvest",
                "pr yr cash div",
                "long term cap gain reinvest",
                "short term cap gain reinvest",
                "long term cap gain",
                "short term cap gain",
                "cash dividend",
                "qualified dividend",
                "non-qualified div",
                "special non qual div",
                "special dividend",
                "special qual div",
                "cash in lieu",
                "credit interest",
                "bank interest",
                "bond interest",
                "margin interest",
                "journal",
                "internal transfer",
                "moneylink transfer",
                "moneylink deposit",
                "wire sent",
                "wire received",
                "funds received",
                "advisor fee",
                "adr mgmt fee",
                "service fee",
                "foreign tax paid",
                "nra tax adj",
                "misc cash entry",
            ),
            Move.NONE,
        ),
    },
    refused={
        "sell short": "a short sale: only what is owned can be judged",
        **dict.fromkeys(
            ("buy to open", "buy to close", "sell to open", "sell to close", "assigned", "expired"),
            DERIVATIVE,
        ),
    },
    date_order=MONTH_FIRST,
    american=True,
    prepare=lambda cells: _prepared(cells),
)


def read_held(table: Table, asked: Asked) -> Import:
    return read_positions(table, asked, POSITIONS, COLUMNS, _one)


def read_traded(table: Table, asked: Asked) -> Import:
    return read_activities(table, asked, HOW)


def _one(record: Record, book: Book, numbers: Columns) -> None:
    symbol = record["ticker"].casefold()
    if symbol.startswith("cash & cash"):
        book.cash(numbers.value.read(record["value"], "the amount of cash"), "USD")
    elif symbol.startswith("futures "):
        book.passed("futures totals")
    else:
        american_row(record, book, numbers)


def _prepared(cells: Mapping[str, str]) -> Mapping[str, str]:
    # Settled on another day than booked: "04/17/2023 as of 04/15/2023".
    day = cells["date"].partition(" ")[0]
    action = MONEY if is_money_fund(cells["ticker"].upper()) else cells["action"]
    return {**cells, "date": day, "action": action, "currency": "USD"}


HELD = Format(
    name=POSITIONS,
    header=(names("symbol"), names("description"), names(*COLUMNS["quantity"]), names(*COLUMNS["value"])),
    without=names("account number", "date", "action"),
    read=read_held,
    recorded=False,
)
TRADED = Format(
    name=TRANSACTIONS,
    header=(
        names("date"),
        names("action"),
        names("symbol"),
        names("quantity"),
        names("fees & comm"),
        names("amount"),
    ),
    read=read_traded,
)
