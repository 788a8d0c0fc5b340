"""Keyboards as rows of (label, data). At most eight names a page, so that a thumb hits the right one."""

from bot.chat.routes import NOBODY, data
from bot.report.facts import REJECTED_PAGE, rejected_of
from bot.report.lookup import called, names_of
from bot.report.markup import clean
from bot.report.sheet import sheet_of
from bot.telegram import Buttons
from bot.texts import chat as texts
from bot.texts import report as words
from core.base.names import is_ticker
from core.run import Purpose, Run

PAGE = 8
A_ROW = 2
LABEL = 18  # letters of a name on a button: two stand beside each other on 360 px


def names(run: Run, action: str = "why", page: int = 0) -> Buttons:
    """The names of a report in the map's order, eight a page; `action` is what a press asks (why or
    facts)."""
    sheet, called_ = sheet_of(run), called(run)
    ordered = [(row.ticker, words["MARKS"][row.section]) for row in sheet.rows] if sheet else []
    known = {ticker for ticker, _mark in ordered}
    ordered += [(ticker, "✕") for ticker in names_of(run) if ticker not in known]
    ordered = [(ticker, mark) for ticker, mark in ordered if is_ticker(ticker)]  # others fit no button's data
    last = max(0, (len(ordered) - 1) // PAGE)
    page = min(page, last)
    shown = ordered[page * PAGE : (page + 1) * PAGE]
    made = [
        (f"{mark} {clean(called_.get(ticker, ticker), LABEL)}", data(action, run.opening.id, ticker))
        for ticker, mark in shown
    ]
    rows = [tuple(made[place : place + A_ROW]) for place in range(0, len(made), A_ROW)]
    turn = []
    if page > 0:
        turn.append((texts.PREVIOUS_PAGE, data("names", run.opening.id, action, page - 1)))
    if page < last:
        turn.append((texts.NEXT_PAGE, data("names", run.opening.id, action, page + 1)))
    return (*rows, tuple(turn)) if turn else tuple(rows)


def below_why(run: Run, ticker: str) -> Buttons:
    identity = run.opening.id
    return (
        (
            (texts.TO_FACTS, data("facts", identity, ticker)),
            (texts.TO_NAMES, data("names", identity, "why", 0)),
        ),
    )


def below_facts(run: Run, ticker: str) -> Buttons:
    identity = run.opening.id
    thrown = len(rejected_of(run, ticker))
    first = [(texts.LOOK_AGAIN, data("again", identity, ticker))]
    if thrown:
        first.append((texts.SHOW_REJECTED.format(count=thrown), data("rejected", identity, ticker, 0)))
    return (
        tuple(first),
        (
            (texts.TO_WHY, data("why", identity, ticker)),
            (texts.TO_IDENTITY, data("identity", identity, ticker)),
            (texts.TO_NAMES, data("names", identity, "facts", 0)),
        ),
    )


def below_identity(run: Run, ticker: str) -> Buttons:
    return (((texts.TO_FACTS, data("facts", run.opening.id, ticker)),),)


def below_rejected(run: Run, ticker: str, page: int) -> Buttons:
    identity, last = run.opening.id, (len(rejected_of(run, ticker)) - 1) // REJECTED_PAGE
    turn = []
    if page > 0:
        turn.append((texts.PREVIOUS_PAGE, data("rejected", identity, ticker, page - 1)))
    if page < last:
        turn.append((texts.NEXT_PAGE, data("rejected", identity, ticker, page + 1)))
    back = ((texts.TO_FACTS, data("facts", identity, ticker)),)
    return (tuple(turn), back) if turn else (back,)


def below_picture(run: Run, *, dark: bool) -> Buttons:
    label, theme = (texts.LIGHT_PICTURE, "light") if dark else (texts.DARK_PICTURE, "dark")
    return (((label, data("picture", run.opening.id, theme)),),)


def below_digest(run: Run) -> Buttons:
    identity = run.opening.id
    return (
        (
            (texts.TO_WHY, data("names", identity, "why", 0)),
            (texts.TO_FACTS, data("names", identity, "facts", 0)),
        ),
        ((texts.OPEN_FILE, data("file", identity)), (texts.TO_HISTORY, data("history", 0))),
    )


def nearest(run: Run, action: str, tickers: tuple[str, ...]) -> Buttons:
    """Buttons for the nearest names, then all names."""
    called_ = called(run)
    close = tuple(
        (clean(called_.get(ticker, ticker), LABEL), data(action, run.opening.id, ticker))
        for ticker in tickers
    )
    return (close,) if close else names(run, action)


def try_again(purpose: Purpose, about: str = "") -> Buttons:
    """Under a failure: the same thing once more."""
    fresh = purpose in (Purpose.REPORT, Purpose.PUSH)
    again = data("analyze") if fresh else data("redo", purpose.value, about or NOBODY)
    return (((texts.TRY_AGAIN, again),),)


ANALYZE: Buttons = (((texts.ANALYZE_NOW, "analyze"),),)
STOP: Buttons = (((texts.STOP, "stop"),),)
