"""Changes to a portfolio by its owner's hand: what is typed → a `Change`; a change → another portfolio. Pure.

Chat, terminal and plain lines of a file come through here: `1,5`, pence and `cash 500 EUR` mean the same.
Refuses with one sentence what is no plain number or could be two, shorts and overdrafts, tickers that are not
held (naming the nearest held ones). Every result is in order and holds each ticker once.

Decisions: a holding imported under its ISIN keeps that ISIN when it is renamed, so that the next import of
the same broker finds its ticker again. Pence and pounds are one currency: cash is kept in pounds.
"""

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from core.base.errors import BadRequest, NotFound
from core.base.gap import NOT_GIVEN, Gap
from core.base.kind import Kind
from core.base.names import fold_ticker, is_ticker
from core.market.units import whole_currency
from core.portfolio.holding import Cash, Holding, Portfolio
from core.portfolio.isin import is_isin
from core.portfolio.numbers import typed_number
from core.portfolio.paid import average, paid_of

EMPTY = Portfolio(holdings=(), cash=())


class Verb(StrEnum):
    """What a change does."""

    ADD = "add"
    REMOVE = "remove"
    SET = "set"
    CASH = "cash"
    LOCK = "lock"
    UNLOCK = "unlock"
    RENAME = "rename"
    SPLIT = "split"
    UNDO = "undo"


# How each is typed, and what it does: the help of chat and terminal.
FORMS: Mapping[Verb, tuple[str, str]] = {
    Verb.ADD: ("add TICKER QUANTITY [@ PAID] [CURRENCY]", "more shares, and what one cost"),
    Verb.REMOVE: ("remove TICKER [QUANTITY]", "fewer shares, or the whole holding"),
    Verb.SET: ("TICKER = QUANTITY", "as many shares as that"),
    Verb.CASH: ("cash AMOUNT CURRENCY", "the cash in a currency; 0 takes the line away"),
    Verb.LOCK: ("lock TICKER", "hold it, never judge it"),
    Verb.UNLOCK: ("unlock TICKER", "judge it again"),
    Verb.RENAME: ("rename OLD NEW", "another ticker, as for a holding imported under its ISIN"),
    Verb.SPLIT: ("split TICKER NEW:OLD", "as many new shares for old ones, as 10:1"),
    Verb.UNDO: ("undo", "the portfolio before the last change; again brings it back"),
}
# What stands behind each verb. People say "500 EUR" and "EUR 500": which is which is never in doubt.
_TICKER, _QUANTITY, _MONEY = r"(?P<ticker>\S+)", r"(?P<quantity>\S+)", r"(?P<currency>\S+)"
_BEHIND = {
    Verb.ADD: rf"{_TICKER} {_QUANTITY}(?: @ (?P<paid>\S+))?(?: {_MONEY})?",
    Verb.REMOVE: rf"{_TICKER}(?: {_QUANTITY})?",
    Verb.SET: rf"{_TICKER}(?: =)? {_QUANTITY}",
    Verb.CASH: rf"(?=\S*\d){_QUANTITY} {_MONEY}|(?P<code>[^\W\d]+) (?P<amount>\S+)",
    Verb.LOCK: _TICKER,
    Verb.UNLOCK: _TICKER,
    Verb.RENAME: rf"{_TICKER} (?P<new>\S+)",
    Verb.SPLIT: rf"{_TICKER} (?P<shares>0*[1-9][0-9]{{0,5}}):(?P<per>0*[1-9][0-9]{{0,5}})",
    Verb.UNDO: "",
}
# Other words that people type for the same.
SAME = {"sell": Verb.REMOVE, "buy": Verb.ADD, "restore": Verb.UNDO}
_SET = re.compile(r"(?:set +)?(\S+?) *= *(\S+)")
_IN = re.compile(r"(.+?) +in +(\S.*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One typed change, its words read. `quantity` is shares, the amount for cash, or how many `per` old ones
    in a split; `new` the other ticker of a rename; `paid` what one share cost, in `currency`."""

    verb: Verb
    ticker: str = ""
    quantity: Decimal | Gap = NOT_GIVEN
    currency: str | Gap = NOT_GIVEN
    new: str = ""
    account: str | Gap = NOT_GIVEN
    paid: Decimal | Gap = NOT_GIVEN
    per: Decimal = Decimal(1)


def is_change(text: str) -> bool:
    """Whether `text` begins as a change does: everything else is for the caller."""
    word = text.split(maxsplit=1)[0].casefold() if text.strip() else ""
    return word in set(Verb) or word in SAME or _SET.fullmatch(_place(text)[0]) is not None


def read_change(text: str) -> Change:
    """The change that was typed. Raises BadRequest with one sentence."""
    text, account = _place(text)
    if typed := _SET.fullmatch(text):
        text = f"set {typed[1]} {typed[2]}"
    word, *rest = text.replace("@", " @ ").split()
    verb = SAME.get(word.casefold()) or Verb(word.casefold())
    found_ = re.fullmatch(_BEHIND[verb], " ".join(rest))
    if found_ is None:
        raise BadRequest(f"It is written `{FORMS[verb][0]}`: {FORMS[verb][1]}.")
    said = {name: each for name, each in found_.groupdict().items() if each is not None}
    amount, currency = said.get("quantity") or said.get("amount"), said.get("currency") or said.get("code")
    quantity = (
        typed_number(amount, "the amount" if verb is Verb.CASH else "the quantity") if amount else NOT_GIVEN
    )
    return Change(
        verb=verb,
        ticker=ticker_of(said["ticker"]) if "ticker" in said else "",
        quantity=Decimal(said["shares"]) if "shares" in said else quantity,
        currency=currency_of(currency) if currency else NOT_GIVEN,
        new=ticker_of(said["new"]) if "new" in said else "",
        paid=typed_number(said["paid"], "what was paid") if "paid" in said else NOT_GIVEN,
        per=Decimal(said.get("per", 1)),
        account=account,
    )


def _place(text: str) -> tuple[str, str | Gap]:
    """What is typed without `in ACCOUNT` at its end, and that account."""
    placed = _IN.fullmatch(text.strip())
    return (text.strip(), NOT_GIVEN) if placed is None else (placed[1], placed[2].strip())


def apply(portfolio: Portfolio, change: Change) -> Portfolio:
    """The portfolio after the change; `undo` is the ledger's. Raises BadRequest, NotFound."""
    quantity = Decimal(0) if isinstance(change.quantity, Gap) else change.quantity
    match change.verb:
        case Verb.ADD:
            return add(portfolio, change.ticker, quantity, change.currency, change.paid)
        case Verb.REMOVE:
            return remove(portfolio, change.ticker, change.quantity)
        case Verb.SET:
            return set_quantity(portfolio, change.ticker, quantity)
        case Verb.CASH:
            return set_cash(portfolio, quantity, str(change.currency))
        case Verb.LOCK | Verb.UNLOCK as verb:
            return lock(portfolio, change.ticker, locked=verb is Verb.LOCK)
        case Verb.RENAME:
            return rename(portfolio, change.ticker, change.new)
        case Verb.SPLIT:
            return split(portfolio, change.ticker, quantity, change.per)
    raise ValueError("an undo has no portfolio of its own: the ledger keeps the one before")


def add(
    portfolio: Portfolio,
    ticker: str,
    quantity: Decimal,
    currency: str | Gap = NOT_GIVEN,
    price: Decimal | Gap = NOT_GIVEN,
) -> Portfolio:
    """`quantity` shares more of `ticker`, at `price` in `currency` where it is known; else that is the
    listing's. Raises BadRequest unless positive, or for another currency than the held one."""
    if quantity <= 0:
        raise BadRequest(
            f"The quantity of {ticker} must be more than zero: only what is owned can be judged."
        )
    listed = currency if isinstance(price, Gap) else NOT_GIVEN
    known = found(portfolio, ticker) or Holding(
        ticker=ticker,
        name=NOT_GIVEN,
        quantity=Decimal(0),
        kind=Kind.EQUITY,
        currency=listed,
        isin=ticker if is_isin(ticker) else NOT_GIVEN,
    )
    if isinstance(known.currency, Gap):
        known = replace(known, currency=listed)
    elif not isinstance(listed, Gap) and _whole(listed)[0] != _whole(known.currency)[0]:
        raise BadRequest(
            f"{ticker} is held in {known.currency}; in {listed} it would be another listing and ticker."
        )
    paid = paid_of(price, known.currency if isinstance(currency, Gap) else currency)
    if not isinstance(price, Gap) and isinstance(paid, Gap):
        raise BadRequest(
            f"What was paid for {ticker} needs its currency, as in `add {ticker} {quantity:f} @ 170 USD`."
        )
    whole = average((known.quantity, known.paid), (quantity, paid))
    return _with(portfolio, replace(known, quantity=known.quantity + quantity, paid=whole))


def remove(portfolio: Portfolio, ticker: str, quantity: Decimal | Gap = NOT_GIVEN) -> Portfolio:
    """Without `ticker`, or with `quantity` fewer. Raises NotFound, BadRequest when so many are not held."""
    gone = held(portfolio, ticker)
    if isinstance(quantity, Gap) or quantity == gone.quantity:
        return replace(portfolio, holdings=tuple(each for each in portfolio.holdings if each != gone))
    if not 0 < quantity < gone.quantity:
        raise BadRequest(
            f"{quantity:f} of {ticker} cannot go: {gone.quantity:f} are held. Nothing was changed."
        )
    return _with(portfolio, replace(gone, quantity=gone.quantity - quantity))


def set_quantity(portfolio: Portfolio, ticker: str, quantity: Decimal) -> Portfolio:
    """`ticker` with exactly so many shares; none takes it away. Raises NotFound for none of nothing held."""
    if quantity == 0:
        return remove(portfolio, ticker)
    known = found(portfolio, ticker)
    if known is None:
        return add(portfolio, ticker, quantity)
    # What more shares cost is not known.
    paid = known.paid if quantity <= known.quantity else NOT_GIVEN
    return _with(portfolio, replace(known, quantity=quantity, paid=paid))


def split(portfolio: Portfolio, ticker: str, new: Decimal, old: Decimal) -> Portfolio:
    """`new` shares for each `old` one, and what one cost accordingly. Raises NotFound."""
    known = held(portfolio, ticker)
    paid = (
        known.paid
        if isinstance(known.paid, Gap)
        else paid_of(known.paid.price * old / new, known.paid.currency)
    )
    return _with(portfolio, replace(known, quantity=known.quantity * new / old, paid=paid))


def set_cash(portfolio: Portfolio, amount: Decimal, currency: str) -> Portfolio:
    """The cash in `currency` is `amount`, pence as pounds; zero takes it away. Raises BadRequest below it."""
    if amount < 0:
        raise BadRequest(f"The cash in {currency} cannot be below zero: an overdraft cannot be weighed.")
    unit, parts = _whole(currency)
    rest = [each for each in portfolio.cash if each.currency != unit]
    lines = [*rest, Cash(currency=unit, amount=amount / parts)] if amount else rest
    return replace(portfolio, cash=tuple(sorted(lines, key=lambda each: each.currency)))


def lock(portfolio: Portfolio, ticker: str, *, locked: bool) -> Portfolio:
    """A locked holding counts in value and weight and is never judged. Raises NotFound."""
    return _with(portfolio, replace(held(portfolio, ticker), locked=locked))


def rename(portfolio: Portfolio, old: str, new: str) -> Portfolio:
    """The holding `old` under the ticker `new`: for a renamed company, or one imported under its ISIN. Raises
    NotFound when
    `old` is not held, BadRequest when `new` already is: two positions are only added by their owner."""
    known = held(portfolio, old)
    if found(portfolio, new) is not None:
        raise BadRequest(f"{new} is already held: remove one of the two and add its quantity to the other.")
    rest = [each for each in portfolio.holdings if each != known]
    return _ordered(portfolio, [*rest, replace(known, ticker=new)])


def held(portfolio: Portfolio, ticker: str) -> Holding:
    """The holding of `ticker`, also by its ISIN. Raises NotFound that names the nearest held ones."""
    known = found(portfolio, ticker)
    if known is not None:
        return known
    tickers = [each.ticker for each in portfolio.holdings]
    nearest = difflib.get_close_matches(ticker, tickers, n=3, cutoff=0.4)
    hint = f" Held and near: {', '.join(nearest)}." if nearest else ""
    raise NotFound(f"{ticker} is not held.{hint}")


def found(portfolio: Portfolio, ticker: str) -> Holding | None:
    """The holding of this ticker or, where only one has it, of this ISIN."""
    by_ticker = (each for each in portfolio.holdings if each.ticker == ticker)
    by_isin = [each for each in portfolio.holdings if each.isin == ticker]
    return next(by_ticker, by_isin[0] if len(by_isin) == 1 else None)


def ticker_of(text: str) -> str:
    """The ticker that a person typed. Raises BadRequest."""
    if not is_ticker(text):
        raise BadRequest(f"{text[:40]!r} is not a ticker: letters and digits, as in BRK-B, AZN.L, 7203.T.")
    return fold_ticker(text)


def currency_of(text: str) -> str:
    """The currency code that a person typed, pence too. Raises BadRequest."""
    written = text.strip()
    # Case carries meaning where a market writes pence: GBp is a hundredth of GBP.
    folded = written if written[:2].isupper() and written[2:].islower() else written.upper()
    if isinstance(whole_currency(folded), Gap):
        folded = written.upper()
    if isinstance(whole_currency(folded), Gap):
        raise BadRequest(f"{text[:20]!r} is not a currency code of three letters, as in EUR.")
    return folded


def _whole(currency: str) -> tuple[str, int]:
    whole = whole_currency(currency)
    return (currency, 1) if isinstance(whole, Gap) else whole


def _with(portfolio: Portfolio, holding: Holding) -> Portfolio:
    return _ordered(
        portfolio, [*(each for each in portfolio.holdings if each.ticker != holding.ticker), holding]
    )


def _ordered(portfolio: Portfolio, holdings: Iterable[Holding]) -> Portfolio:
    return replace(portfolio, holdings=tuple(sorted(holdings, key=lambda each: each.ticker)))
