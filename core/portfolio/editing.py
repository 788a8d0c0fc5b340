"""Changes to a portfolio by its owner's hand: add, remove, cash, lock, rename. Pure: a portfolio in, another one out.

Refuses with one sentence: quantities that are no plain ASCII number, shorts and overdrafts, tickers that are not held (the
nearest held ones are named). Every result keeps the order that `Portfolio` promises and holds each ticker once.

Decisions: a comma is refused in typed numbers, because it could mean thousands or decimals. A holding imported under its ISIN
keeps that ISIN when it is renamed, so that the next import of the same broker finds its ticker again (`tickers_by_isin`).
"""

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal

from core.base.errors import BadRequest, NotFound
from core.base.gap import NOT_GIVEN, Gap
from core.base.kind import Kind
from core.base.names import fold_ticker, is_ticker
from core.portfolio.holding import Cash, Holding, Portfolio
from core.portfolio.isin import is_isin

EMPTY = Portfolio(holdings=(), cash=())
# Fifteen digits before the point are more shares than any company has; crypto is divided to eighteen places after it.
_NUMBER = re.compile(r"[0-9]{1,15}(\.[0-9]{1,18})?")


def add(portfolio: Portfolio, ticker: str, quantity: Decimal, currency: str | Gap = NOT_GIVEN) -> Portfolio:
    """`quantity` shares more of `ticker`. Raises BadRequest unless positive, or for another currency than the held one."""
    if quantity <= 0:
        raise BadRequest(
            f"The quantity of {ticker} must be more than zero: only what is owned can be judged."
        )
    known = _found(portfolio, ticker)
    if known is None:
        known = Holding(
            ticker=ticker, name=NOT_GIVEN, quantity=Decimal(0), kind=Kind.EQUITY, currency=currency
        )
    elif not isinstance(currency, Gap) and not isinstance(known.currency, Gap) and currency != known.currency:
        raise BadRequest(
            f"{ticker} is held in {known.currency}; in {currency} it would be another listing with another ticker."
        )
    elif isinstance(known.currency, Gap):
        known = replace(known, currency=currency)
    return _with(portfolio, replace(known, quantity=known.quantity + quantity))


def remove(portfolio: Portfolio, ticker: str) -> Portfolio:
    """Without `ticker`. Raises NotFound when it is not held."""
    gone = held(portfolio, ticker)
    return replace(portfolio, holdings=tuple(each for each in portfolio.holdings if each != gone))


def set_cash(portfolio: Portfolio, amount: Decimal, currency: str) -> Portfolio:
    """The cash in `currency` is `amount` from now on; zero takes the line away. Raises BadRequest for an overdraft."""
    if amount < 0:
        raise BadRequest(f"The cash in {currency} cannot be below zero: an overdraft cannot be weighed.")
    rest = [each for each in portfolio.cash if each.currency != currency]
    lines = [*rest, Cash(currency=currency, amount=amount)] if amount else rest
    return replace(portfolio, cash=tuple(sorted(lines, key=lambda each: each.currency)))


def lock(portfolio: Portfolio, ticker: str, *, locked: bool) -> Portfolio:
    """A locked holding counts in value and weight and is never judged. Raises NotFound when it is not held."""
    return _with(portfolio, replace(held(portfolio, ticker), locked=locked))


def rename(portfolio: Portfolio, old: str, new: str) -> Portfolio:
    """The holding `old` under the ticker `new`: for a renamed company, or one imported under its ISIN. Raises NotFound when
    `old` is not held, BadRequest when `new` already is: two positions are only added by their owner."""
    known = held(portfolio, old)
    if _found(portfolio, new) is not None:
        raise BadRequest(f"{new} is already held: remove one of the two and add its quantity to the other.")
    rest = [each for each in portfolio.holdings if each != known]
    return _ordered(portfolio, [*rest, replace(known, ticker=new)])


def held(portfolio: Portfolio, ticker: str) -> Holding:
    """The holding of `ticker`. Raises NotFound whose sentence names the nearest held tickers."""
    known = _found(portfolio, ticker)
    if known is not None:
        return known
    tickers = [each.ticker for each in portfolio.holdings]
    nearest = difflib.get_close_matches(ticker, tickers, n=3, cutoff=0.4)
    hint = f" Held and near: {', '.join(nearest)}." if nearest else ""
    raise NotFound(f"{ticker} is not held.{hint}")


def tickers_by_isin(portfolio: Portfolio) -> Mapping[str, str]:
    """What the owner's portfolio already knows: ISIN → ticker, for holdings that have both."""
    return {
        each.isin: each.ticker
        for each in portfolio.holdings
        if not isinstance(each.isin, Gap) and each.ticker != each.isin
    }


def aliases(words: Iterable[str]) -> Mapping[str, str]:
    """`ISIN=TICKER` words. Raises BadRequest naming the one that is neither."""
    found = {}
    for word in words:
        isin, _, ticker = (part.strip().upper() for part in word.partition("="))
        if not is_isin(isin) or not is_ticker(ticker):
            raise BadRequest(f"{word[:60]!r} is not ISIN=TICKER (as in DE0005557508=DTE.DE).")
        found[isin] = fold_ticker(ticker)
    return found


def ticker_of(text: str) -> str:
    """The ticker that a person typed. Raises BadRequest."""
    if not is_ticker(text):
        raise BadRequest(f"{text[:40]!r} is not a ticker: letters and digits, as in BRK-B, AZN.L, 7203.T.")
    return fold_ticker(text)


def number_of(text: str) -> Decimal:
    """The number that a person typed, not negative. Raises BadRequest."""
    if not _NUMBER.fullmatch(text.strip()):
        raise BadRequest(
            f"{text[:40]!r} is not a quantity: digits with a point, as in 12.5; no signs, no commas."
        )
    return Decimal(text.strip())


def currency_of(text: str) -> str:
    """The currency code that a person typed. Raises BadRequest."""
    folded = text.strip().upper()
    if len(folded) != 3 or not folded.isascii() or not folded.isalpha():
        raise BadRequest(f"{text[:20]!r} is not a currency code of three letters, as in EUR.")
    return folded


def _found(portfolio: Portfolio, ticker: str) -> Holding | None:
    return next((each for each in portfolio.holdings if each.ticker == ticker), None)


def _with(portfolio: Portfolio, holding: Holding) -> Portfolio:
    return _ordered(
        portfolio, [*(each for each in portfolio.holdings if each.ticker != holding.ticker), holding]
    )


def _ordered(portfolio: Portfolio, holdings: Iterable[Holding]) -> Portfolio:
    return replace(portfolio, holdings=tuple(sorted(holdings, key=lambda each: each.ticker)))
