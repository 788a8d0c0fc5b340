"""Trade Republic: its official transaction export (old with `;`, new quoted with `,`) and the older list of seven columns.

The official export states a signed change of shares for every trade and corporate action, so a split, a maturity and a
warrant's exercise need no knowledge of ratios. Securities carry an ISIN and no ticker. Coins carry a bare symbol that names
another security on the exchanges (BTC), and are held the way sources of prices write them (BTC-EUR). The currency of other
securities is the account's, not their listing's, and is not taken over.
"""

from collections.abc import Mapping

from core.portfolio.holding import Import
from providers.holdings.activities import Activities, Move, read_activities
from providers.holdings.table import Asked, Format, Table, names

NAME, OLDER = "Trade Republic transactions", "Trade Republic transactions (list of seven columns)"
MONEY = "a movement of money"
HOW = Activities(
    form=NAME,
    columns={
        "action": ("type",),
        "category": ("category",),
        "date": ("date",),
        "quantity": ("shares",),
        "ticker": ("symbol",),
        "name": ("name",),
        "kind": ("asset_class",),
        "currency": ("currency",),
    },
    moves={
        MONEY: Move.NONE,
        **dict.fromkeys(
            (
                "buy",
                "sell",
                "split",
                "reverse_split",
                "redemption",
                "final_maturity",
                "warrant_exercise",
                "spinoff",
                "merger",
                "exchange",
                "bonus_issue",
                "stock_dividend",
                "transfer_in",
                "transfer_out",
                "delisting",
            ),
            Move.SIGNED,
        ),
    },
    refused={"private_market_buy": "an order for a private fund: no share of it has a quoted price"},
    prepare=lambda cells: _prepared(cells),
)
SEVEN = {
    "date": ("datum", "date"),
    "action": ("transactietype", "typ", "type"),
    "quantity": ("aantal", "stück", "shares"),
    "isin": ("isin",),
    "name": ("opmerking", "notiz", "note"),
    "value": ("waarde (netto)", "wert", "value"),
}
HOW_OLDER = Activities(
    form=OLDER,
    columns=SEVEN,
    moves={
        **dict.fromkeys(("aankoop", "buy", "kauf", "achat", "compra", "acquisto"), Move.CAME),
        **dict.fromkeys(("verkoop", "sell", "verkauf", "vente", "venta", "vendita"), Move.WENT),
        **dict.fromkeys(
            (
                "dividend",
                "dividende",
                "storting",
                "deposit",
                "einlage",
                "onttrekking",
                "removal",
                "entnahme",
                "withdrawal",
                "rente",
                "interest",
                "zinsen",
                "fees",
                "gebühren",
                "kosten",
                "taxes",
                "steuern",
                "tax refund",
                "steuerrückerstattung",
            ),
            Move.NONE,
        ),
    },
    refused={},
    # The app has written both marks over the years; each number shows its own.
    decimal=None,
)


def _prepared(cells: Mapping[str, str]) -> Mapping[str, str]:
    if cells["category"].casefold() == "cash" and cells["action"].casefold() != "private_market_buy":
        return {**cells, "action": MONEY}
    if cells["kind"].casefold() == "crypto" and cells["currency"]:
        return {**cells, "ticker": f"{cells['ticker']}-{cells['currency']}"}
    return {**cells, "currency": ""}


def read(table: Table, asked: Asked) -> Import:
    return read_activities(table, asked, HOW)


def read_older(table: Table, asked: Asked) -> Import:
    return read_activities(table, asked, HOW_OLDER)


FORMAT = Format(
    name=NAME,
    header=(names("datetime"), names("category"), names("type"), names("asset_class"), names("symbol"), names("shares")),
    read=read,
)  # fmt: skip
FORMAT_OLDER = Format(
    name=OLDER,
    header=tuple(names(*written) for written in SEVEN.values()),
    without=names("ticker symbol", "ticker-symbol", "currency", "währung"),
    read=read_older,
)
