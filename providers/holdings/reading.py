"""Any portfolio file → Import. Formats are rows of a table, tried in order; each knows itself by its header.

Refuses with one sentence that names what is accepted. A file whose rows are all bad is refused with their reasons: an empty
portfolio must not replace a full one because of a wrong column.
"""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from core.base.errors import BadRequest
from core.portfolio.holding import Import
from providers.holdings import (
    brokers_eu,
    degiro,
    fidelity,
    ghostfolio,
    house,
    house_json,
    ibkr_flex,
    portfolio_performance,
    schwab,
    trade_republic,
    trading212,
    wealthfolio,
)
from providers.holdings.sheet import delimiters_of, sheet_of, text_of
from providers.holdings.table import UNRECORDED, Asked, Format, table_of

# More particular headers come before those that any list of tickers could have.
FORMATS: tuple[Format, ...] = (
    trading212.FORMAT,
    trade_republic.FORMAT,
    trade_republic.FORMAT_OLDER,
    portfolio_performance.FORMAT,
    degiro.FORMAT_ACCOUNT,
    degiro.FORMAT_TRADES,
    degiro.FORMAT_HELD,
    *brokers_eu.FORMATS,
    fidelity.FORMAT,
    fidelity.FORMAT_HISTORY,
    schwab.TRADED,
    schwab.HELD,
    ibkr_flex.CSV_TRADES,
    ibkr_flex.CSV_POSITIONS,
    ghostfolio.FORMAT,
    wealthfolio.FORMAT,
    house.FORMAT,
)
# What is read without a header.
OTHERS = (ghostfolio.JSON, house_json.NAME, "plain lines `TICKER QTY [PRICE] [CCY]`")
# Of a file whose rows are all bad, this many reasons say what is wrong with it.
REASONS = 5


def read_file(
    data: bytes, *, origin: str, tickers: Mapping[str, str] | None = None, today: date | None = None
) -> Import:
    """The portfolio in `data`. `tickers` gives the ticker of known ISINs; rows dated after `today` are rejected.

    Raises BadRequest naming what is accepted when no format fits, or why when nothing could be read.
    """
    text = text_of(data, origin=origin)
    asked = Asked(origin=origin, tickers=tickers or {}, today=today)
    begins = text.lstrip()[:1]
    if not begins:
        raise BadRequest(f"{origin} is empty. {_accepted()}")
    if begins == "<":
        return _with_something(_xml(text, asked), origin)
    if begins in {"{", "["}:
        return _with_something(_json(text, asked), origin)
    for delimiter in delimiters_of(text):
        sheet = sheet_of(text, origin=origin, delimiter=delimiter)
        for form in FORMATS:
            table = table_of(sheet, form, origin=origin)
            if table is not None:
                found = form.read(table, asked)
                return _with_something(found if form.recorded else _labelled(found), origin)
    plain = house.read_plain(text, asked)
    if plain is not None:
        return _with_something(plain, origin)
    raise _unknown(origin)


def _xml(text: str, asked: Asked) -> Import:
    if ibkr_flex.is_flex(text):
        return ibkr_flex.read_xml(text, asked)
    raise _unknown(asked.origin)


def _json(text: str, asked: Asked) -> Import:
    try:
        tree: Any = json.loads(text, parse_float=Decimal, parse_int=Decimal, parse_constant=_no_number)
    except (ValueError, ArithmeticError) as error:
        raise BadRequest(f"{asked.origin} is not readable JSON ({str(error)[:120]}).") from error
    except RecursionError as error:
        raise BadRequest(f"{asked.origin} is nested too deeply: that is no portfolio file.") from error
    if ghostfolio.matches(tree):
        return ghostfolio.read_json(tree, text, asked)
    if house_json.matches(tree):
        return house_json.read(tree, asked)
    raise _unknown(asked.origin)


def _no_number(written: str) -> None:
    raise ValueError(f"{written} is no number")


def _labelled(found: Import) -> Import:
    return replace(found, remarks=(UNRECORDED, *found.remarks))


def _unknown(origin: str) -> BadRequest:
    return BadRequest(f"{origin} is in no format known here. {_accepted()}")


def _accepted() -> str:
    return f"Accepted: {'; '.join((*dict.fromkeys(form.name for form in FORMATS), *OTHERS))}."


def _with_something(found: Import, origin: str) -> Import:
    if found.portfolio.holdings or found.portfolio.cash or not found.rejected:
        return found
    reasons = "; ".join(f"line {row.line}: {row.reason}" for row in found.rejected[:REASONS])
    more = len(found.rejected) - REASONS
    raise BadRequest(
        f"{origin} looks like {found.format} but holds no position that can be used: {reasons}"
        f"{f'; and {more} more' if more > 0 else ''}."
    )
