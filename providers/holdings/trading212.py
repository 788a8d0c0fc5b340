"""Trading 212 history (`Action,Time,ISIN,Ticker,Name,No. of shares,…`).

A split is stated as two rows, the old position closed and the new one opened. Exports of different years have different
columns; a row pasted under another year's header has its shares in the wrong column and is rejected.
"""

from core.portfolio.holding import Import
from providers.holdings.activities import Activities, Move, read_activities
from providers.holdings.table import Asked, Format, Table, names

NAME = "Trading 212 history"
ORDERS = ("market", "limit", "stop", "stop limit")
HOW = Activities(
    form=NAME,
    columns={
        "action": ("action",),
        "date": ("time",),
        "quantity": ("no. of shares",),
        "ticker": ("ticker",),
        "isin": ("isin",),
        "name": ("name",),
        "currency": ("currency (price / share)",),
    },
    moves={
        **{f"{order} buy": Move.CAME for order in ORDERS},
        **{f"{order} sell": Move.WENT for order in ORDERS},
        "stock distribution": Move.CAME,
        "custom stock distribution": Move.CAME,
        "stock split open": Move.CAME,
        "stock split close": Move.WENT,
        "transfer in": Move.CAME,
        "transfer out": Move.WENT,
        **dict.fromkeys(
            ("deposit", "withdrawal", "lending interest", "result adjustment", "currency conversion", "new card cost",
             "spending cashback"),
            Move.NONE,
        ),
    },
    # Each tax treatment of a dividend has words of its own: Dividend (Return of capital non us).
    begins=(("dividend", Move.NONE), ("interest", Move.NONE), ("card ", Move.NONE)),
    refused={},
)  # fmt: skip


def read(table: Table, asked: Asked) -> Import:
    return read_activities(table, asked, HOW)


FORMAT = Format(
    name=NAME,
    header=(names("action"), names("time"), names("isin"), names("ticker"), names("no. of shares")),
    read=read,
)
