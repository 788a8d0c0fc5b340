"""OFX and QFX, as many American brokers offer them: positions and cash of the investment accounts, by a kept
library."""

import io
import warnings
from collections.abc import Mapping

from core.base.errors import BadRequest
from core.portfolio.holding import Import
from core.portfolio.isin import is_isin
from providers.holdings.book import Book
from providers.holdings.reader import read_table, rows_of
from providers.holdings.spec import spec_named
from providers.holdings.table import Asked

OFX = "OFX investment statement"
POSITION_KINDS = {
    "POSSTOCK": "stock",
    "POSMF": "mutual fund",
    "POSDEBT": "bond",
    "POSOPT": "option",
    "POSOTHER": "other",
}


def is_ofx(text: str) -> bool:
    head = text[:3_000].lstrip()
    return head.startswith("OFXHEADER") or "<OFX>" in head


def read_ofx(data: bytes, asked: Asked) -> Import:
    """The positions and the cash of an OFX or QFX download. Raises BadRequest when it holds no investment
    account."""
    from ofxtools.Parser import OFXTree

    if not data.rstrip().upper().endswith(b"</OFX>"):
        raise BadRequest(
            f"{asked.origin} is not readable OFX: it breaks off before its end. Download it again."
        )
    try:
        # Tags of a program's own are skipped, and the library warns of each.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            parser = OFXTree()
            parser.parse(io.BytesIO(data))
            converted = parser.convert()
    except Exception as error:  # the library raises whatever its reading stumbles over
        raise BadRequest(f"{asked.origin} is not readable OFX ({str(error)[:120]}).") from error
    statements = [each for each in converted.statements if hasattr(each, "invposlist")]
    if not statements:
        raise BadRequest(f"{asked.origin} is OFX without an investment account.")
    listed = {(each.secid.uniqueidtype, each.secid.uniqueid): each for each in converted.securities or ()}
    items: list[tuple[int, Mapping[str, str]]] = []
    for statement in statements:
        account = {"account": str(statement.invacctfrom.acctid), "currency": str(statement.curdef)}
        for held in statement.invposlist or ():
            told = listed.get((held.secid.uniqueidtype, held.secid.uniqueid))
            code = str(held.secid.uniqueid)
            units = held.units if str(held.postype).upper() == "LONG" else -abs(held.units)
            items.append(
                (
                    len(items) + 1,
                    {
                        **account,
                        "units": f"{units:f}",
                        "ticker": str(getattr(told, "ticker", "") or ""),
                        "name": str(getattr(told, "secname", "") or code),
                        "isin": code if is_isin(code) else "",
                        "kind": POSITION_KINDS.get(type(held).__name__, ""),
                    },
                )
            )
        balance = getattr(statement.invbal, "availcash", None)
        if balance:
            items.append((len(items) + 1, {**account, "action": "cash", "value": f"{balance:f}"}))
        broker = str(statements[0].invacctfrom.brokerid).removesuffix(".com").title()
    book = Book(OFX, asked, account=broker or "OFX")
    read_table(rows_of(items), spec_named(OFX), asked, book)
    return book.finish()
