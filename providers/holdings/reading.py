"""Any portfolio file → Import. Every format knows itself by its header; where two fit, or none, the owner is
asked.

Refuses with one sentence that names what is accepted. A file whose rows are all bad is refused with their
reasons: an empty portfolio must not replace a full one because of a wrong column. A table that no format
claims is proposed by its columns and read only after a yes.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from core.base.errors import BadRequest
from core.portfolio.editing import EMPTY
from core.portfolio.holding import Import, Question
from providers.holdings import columns, ibkr_flex, ibkr_statement, json_files, ofx, performance
from providers.holdings.book import Book
from providers.holdings.house import read_plain
from providers.holdings.reader import UNRECORDED, read_table
from providers.holdings.remarks import with_remarks
from providers.holdings.sheet import Sheet, is_spreadsheet, sheets_of, spreadsheet_of, text_of
from providers.holdings.spec import Spec, specs
from providers.holdings.table import Asked, Table, table_of

PLAIN = "plain lines `TICKER QTY [PRICE] [CCY]`"
ANY = "any table with a header that names a security and its quantity (CSV or Excel)"
# Of a file whose rows are all bad, this many reasons say what is wrong with it.
REASONS = 5


def read_file(
    data: bytes,
    *,
    origin: str,
    tickers: Mapping[str, str] | None = None,
    today: date | None = None,
    answers: Mapping[str, str] | None = None,
    known: Mapping[str, str] | None = None,
) -> Import:
    """The portfolio in `data`. `tickers` gives the ticker of known identities; rows dated after `today` are
    rejected; `answers` are to the questions of an earlier reading; `known` says how tables of confirmed
    headers are read.

    Raises BadRequest naming what is accepted when no format fits, or why when nothing could be read.
    """
    asked = Asked(origin=origin, tickers=tickers or {}, today=today, answers=answers or {}, known=known or {})
    if is_spreadsheet(data):
        return _with_something(_tables(spreadsheet_of(data, origin=origin), asked), origin)
    text, encoding = text_of(data, origin=origin)
    found = _read(text, data, asked)
    return with_remarks(_with_something(found, origin), encoding)


def _read(text: str, data: bytes, asked: Asked) -> Import | None:
    begins = text.lstrip()[:1]
    if not begins:
        raise BadRequest(f"{asked.origin} is empty. {accepted()}")
    if ofx.is_ofx(text):
        return ofx.read_ofx(data, asked)
    if begins == "<":
        if ibkr_flex.is_flex(text):
            return ibkr_flex.read_flex(text, asked)
        if "<html" in (head := text[:2_000].casefold()) or "<table" in head:
            raise BadRequest(
                f"{asked.origin} is a web page, whatever its ending says: open it in a spreadsheet "
                "and save it as CSV."
            )
        return performance.read_performance(text, asked) if performance.is_performance(text) else None
    if begins in {"{", "["}:
        return json_files.read_json(text, asked)
    found = _tables(sheets_of(text, origin=asked.origin), asked)
    return found or read_plain(text, asked)


def _tables(sheets: "Iterator[Sheet] | tuple[Sheet, ...]", asked: Asked) -> Import | None:
    """The first sheet that a format claims, else the first that the words of its header explain."""
    by_columns: list[tuple[Sheet, int, dict[str, int]]] = []
    for sheet in sheets:
        if ibkr_statement.is_statement(sheet):
            return ibkr_statement.read_statement(sheet, asked)
        claims = _claims(sheet, asked)
        if claims:
            return _claimed(claims, asked)
        place = columns.header_of(sheet)
        if place is not None:
            by_columns.append((sheet, *place))
    if not by_columns:
        return None
    sheet, at, fields = max(by_columns, key=lambda each: len(each[2]))
    mapping = asked.answers.get("columns") or asked.known.get(columns.header_key(sheet.rows[at]))
    if mapping is None:
        question = columns.question_of(sheet, at, fields, asked)
        return Import(format=columns.NAME, portfolio=EMPTY, rejected=(), questions=(question,))
    table, spec = columns.read_as(sheet, at, mapping, asked)
    return replace(_taken(table, spec, asked), header=columns.header_key(sheet.rows[at]))


def _claims(sheet: Sheet, asked: Asked) -> list[tuple[Table, Spec]]:
    return [
        (table, spec)
        for spec in specs()
        if spec.header and (table := table_of(sheet, spec, origin=asked.origin)) is not None
    ]


def _claimed(claims: list[tuple[Table, Spec]], asked: Asked) -> Import:
    chosen = [each for each in claims if each[1].name == asked.answers.get("format", claims[0][1].name)]
    if len(claims) > 1 and "format" not in asked.answers:
        options = tuple((spec.name, spec.name) for _, spec in claims)
        question = Question(
            key="format", text=f"{asked.origin} fits several formats. Which is it?", options=options
        )
        return Import(format="", portfolio=EMPTY, rejected=(), questions=(question,))
    if not chosen:
        raise BadRequest(f"{asked.origin} is not {asked.answers['format'][:60]!r}.")
    return _taken(*chosen[0], asked)


def _taken(table: Table, spec: Spec, asked: Asked) -> Import:
    if spec.unread:
        raise BadRequest(f"{asked.origin} looks like {spec.name}, which are not read: {spec.unread}.")
    book = Book(spec.name, asked, account=spec.account, own_tickers=spec.own_tickers)
    read_table(table, spec, asked, book)
    found = book.finish()
    return found if spec.recorded else with_remarks(found, UNRECORDED)


def accepted() -> str:
    """The formats that are read, as one sentence."""
    own = (
        "a table with the columns ticker and quantity (currency, name, kind, locked, isin, account if known)"
    )
    named = [
        own if spec.only and spec.header[:1] == (frozenset({"ticker"}),) else spec.name
        for spec in specs()
        if not spec.unread
    ]
    return f"Accepted: {'; '.join(dict.fromkeys((*named, json_files.GHOSTFOLIO, PLAIN, ANY)))}."


def _with_something(found: Import | None, origin: str) -> Import:
    if found is None:
        raise BadRequest(f"{origin} is in no format known here. {accepted()}")
    if (
        found.portfolio.holdings
        or found.portfolio.cash
        or not found.rejected
        or found.questions
        or found.unnamed
    ):
        return found
    reasons = "; ".join(f"line {row.line}: {row.reason}" for row in found.rejected[:REASONS])
    more = len(found.rejected) - REASONS
    raise BadRequest(
        f"{origin} looks like {found.format} but holds no position that can be used: {reasons}"
        f"{f'; and {more} more' if more > 0 else ''}."
    )
