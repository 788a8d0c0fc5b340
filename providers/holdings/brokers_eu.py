"""European brokers whose activities are one plain table each: Revolut, Freetrade, Swissquote, Parqet, Directa,
Rabobank. All recorded.

Revolut's transfers between its own companies are stated once and change nothing for the owner; its split states the shares
that came with it. The currency that Revolut, Parqet and Directa state is the account's, not the listing's: it is not taken over.
Directa and Parqet write decimal commas beside points; each number shows its own mark.
"""

from collections.abc import Mapping

from core.portfolio.holding import Import
from providers.holdings.activities import Activities, Move, read_activities
from providers.holdings.table import Asked, Format, Table, names


def _revolut(cells: Mapping[str, str]) -> Mapping[str, str]:
    action = cells["action"].casefold()
    if action.startswith("transfer from revolut"):
        return {**cells, "action": "transfer between revolut companies"}
    return {**cells, "action": action.partition(" - ")[0]}


def _freetrade(cells: Mapping[str, str]) -> Mapping[str, str]:
    return {**cells, "action": cells["side"] if cells["action"].casefold() == "order" else cells["action"]}


REVOLUT = Activities(
    form="Revolut stocks",
    columns={
        "action": ("type",), "date": ("date",), "quantity": ("quantity",), "ticker": ("ticker",),
    },
    moves={
        "buy": Move.CAME,
        "sell": Move.WENT,
        "stock split": Move.SIGNED,
        **dict.fromkeys(
            ("transfer between revolut companies", "cash top-up", "cash withdrawal", "dividend", "custody fee",
             "dividend tax (correction)", "custody fee reversal"),
            Move.NONE,
        ),
    },
    refused={},
    prepare=_revolut,
)  # fmt: skip
FREETRADE = Activities(
    form="Freetrade activity",
    columns={
        "action": ("type",), "side": ("buy / sell",), "date": ("timestamp",), "quantity": ("quantity",),
        "ticker": ("ticker",), "isin": ("isin",), "name": ("title",), "currency": ("instrument currency",),
    },
    moves={
        "buy": Move.CAME,
        "sell": Move.WENT,
        "freeshare_order": Move.CAME,
        **dict.fromkeys(
            ("dividend", "top_up", "withdrawal", "interest_from_cash", "monthly_statement", "monthly_share_fee",
             "property", "property_income_distribution", "ship_subscription_fee", "tax_certificate", "sipp_tax_relief"),
            Move.NONE,
        ),
    },
    refused={},
    prepare=_freetrade,
)  # fmt: skip
SWISSQUOTE = Activities(
    form="Swissquote transactions",
    columns={
        "action": ("transaction",), "date": ("date",), "quantity": ("quantity",), "ticker": ("symbol",),
        "isin": ("isin",), "name": ("name",), "currency": ("currency",),
    },
    moves={
        "buy": Move.CAME,
        "sell": Move.WENT,
        **dict.fromkeys(
            ("debit", "credit", "payment", "forex credit", "forex debit", "custody fees", "dividend", "interest on credits",
             "interest on debits", "interests", "capital gain", "fees tax statement", "reversal (dividend)", "fx credit comp.",
             "fx debit comp.", "exchange fees", "tax statement"),
            Move.NONE,
        ),
    },
    refused={},
)  # fmt: skip
PARQET = Activities(
    form="Parqet activities",
    columns={
        "action": ("type",), "date": ("datetime",), "quantity": ("shares",), "isin": ("identifier",),
        "name": ("holdingname",), "kind": ("assettype",),
    },
    moves={
        "buy": Move.CAME,
        "transferin": Move.CAME,
        "sell": Move.WENT,
        "transferout": Move.WENT,
        **dict.fromkeys(("dividend", "interest", "cost", "cash", "deposit", "withdrawal"), Move.NONE),
    },
    refused={},
    decimal=None,
)  # fmt: skip
DIRECTA = Activities(
    form="Directa movements",
    columns={
        "action": ("tipo operazione",), "date": ("data operazione",), "quantity": ("quantità",), "ticker": ("ticker",),
        "isin": ("isin",), "name": ("descrizione",),
    },
    moves={
        "acquisto": Move.CAME,
        "vendita": Move.WENT,
        **dict.fromkeys(
            ("conferimento con bonifico", "conferimento e/o bonifico ricevuto", "provento etf", "rit.provento etf",
             "ritenuta su plusvalenza", "coupon certif.", "cedola obb.", "rit.cedola obb.", "commissioni", "dividendi",
             "rit.dividendi", "bollo", "tobin tax", "interessi", "prelievo"),
            Move.NONE,
        ),
    },
    refused={},
    decimal=None,
)  # fmt: skip


RABOBANK = Activities(
    form="Rabobank investments",
    columns={
        "action": ("type mutatie",), "date": ("datum",), "quantity": ("volume",), "isin": ("isin code",),
        "name": ("naam",), "currency": ("valuta koers",),
    },
    moves={
        "koop fondsen": Move.CAME,
        "koop aandelen": Move.CAME,
        "koop": Move.CAME,
        "verkoop fondsen": Move.WENT,
        "verkoop aandelen": Move.WENT,
        "verkoop": Move.WENT,
        **dict.fromkeys(
            ("storting / opname", "contant dividend", "tarieven en services", "rente beleggersrekening"), Move.NONE
        ),
    },
    refused={},
    decimal=",",
)  # fmt: skip


def _format(how: Activities, *needed: str) -> Format:
    def read(table: Table, asked: Asked) -> Import:
        return read_activities(table, asked, how)

    return Format(name=how.form, header=tuple(names(*how.columns[name]) for name in needed), read=read)


FORMATS = (
    Format(
        name=REVOLUT.form,
        header=(names("date"), names("ticker"), names("type"), names("price per share"), names("fx rate")),
        read=lambda table, asked: read_activities(table, asked, REVOLUT),
    ),
    _format(FREETRADE, "action", "side", "date", "quantity", "ticker"),
    _format(SWISSQUOTE, "action", "date", "quantity", "ticker", "isin"),
    _format(PARQET, "action", "date", "quantity", "isin", "name", "kind"),
    _format(DIRECTA, "action", "date", "quantity", "ticker", "isin"),
    _format(RABOBANK, "action", "date", "quantity", "isin"),
)
