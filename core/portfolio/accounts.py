"""The portfolio by account: each import belongs to one, what is typed changes one, and their sum is what is
judged. Pure.

Decisions. What is typed about a name goes to the one account that holds it; what nobody holds yet goes to
`main`, which no import replaces. Where several accounts could be meant nothing is guessed: `… in ACCOUNT`
says which. Renaming and locking concern the name, so they reach every account that holds it.
"""

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from core.base.errors import BadRequest, NotFound
from core.base.gap import Gap
from core.portfolio.editing import EMPTY, Change, Verb, apply, found, held
from core.portfolio.holding import Account, Cash, Holding, Portfolio
from core.portfolio.paid import average

MAIN = "main"
LONGEST = 60
_MOVE = re.compile(
    r"accounts? +(?P<verb>rename|merge|remove) +(?P<one>.+?)(?: +(?:to|into) +(?P<other>.+))?", re.IGNORECASE
)
ACCOUNT_FORMS = (
    ("account rename ONE to OTHER", "another name for an account"),
    ("account merge ONE into OTHER", "one account of two"),
    ("account remove ONE", "an account with all that it holds"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Accounts:
    """All accounts, ordered by name, each name once."""

    accounts: tuple[Account, ...]


NO_ACCOUNTS = Accounts(accounts=())


def alone(portfolio: Portfolio, *, name: str = MAIN, source: str = "") -> Accounts:
    """One account that holds everything."""
    return with_account(NO_ACCOUNTS, Account(name=name, portfolio=portfolio, source=source))


def total(accounts: Accounts) -> Portfolio:
    """The sum of the accounts. A currency that two accounts state differently is not known."""
    holdings: dict[str, Holding] = {}
    cash: dict[str, Decimal] = {}
    for account in accounts.accounts:
        for each in account.portfolio.holdings:
            holdings[each.ticker] = joined(holdings[each.ticker], each) if each.ticker in holdings else each
        for money in account.portfolio.cash:
            cash[money.currency] = cash.get(money.currency, Decimal(0)) + money.amount
    return Portfolio(
        holdings=tuple(holdings[ticker] for ticker in sorted(holdings)),
        cash=tuple(Cash(currency=each, amount=cash[each]) for each in sorted(cash)),
    )


def joined(one: Holding, other: Holding) -> Holding:
    """Two holdings of one ticker as one."""
    return replace(
        one,
        quantity=one.quantity + other.quantity,
        name=other.name if isinstance(one.name, Gap) else one.name,
        isin=other.isin if isinstance(one.isin, Gap) else one.isin,
        locked=one.locked or other.locked,
        currency=one.currency if one.currency == other.currency else Gap(gap="two currencies are stated"),
        paid=average((one.quantity, one.paid), (other.quantity, other.paid)),
    )


def with_account(accounts: Accounts, account: Account) -> Accounts:
    """`account` in place of the one of its name, or beside the others; an empty one is taken away."""
    rest = [each for each in accounts.accounts if not same_name(each.name, account.name)]
    kept = rest if account.portfolio == EMPTY else [*rest, account]
    return Accounts(accounts=tuple(sorted(kept, key=lambda each: each.name.casefold())))


def same_name(one: str, other: str) -> bool:
    return one.casefold() == other.casefold()


def account_of(accounts: Accounts, name: str) -> Account:
    """The account of this name. Raises NotFound that names those there are."""
    for each in accounts.accounts:
        if same_name(each.name, name):
            return each
    listed = ", ".join(each.name for each in accounts.accounts) or "none yet"
    raise NotFound(f"There is no account {name[:LONGEST]!r}. There are: {listed}.")


def is_move(text: str) -> bool:
    """Whether `text` speaks of accounts themselves."""
    return text.split(maxsplit=1)[:1] != [] and text.split()[0].casefold() in {"account", "accounts"}


def move(accounts: Accounts, text: str) -> Accounts:
    """Renames, merges or removes accounts as typed. Raises BadRequest, NotFound."""
    typed = _MOVE.fullmatch(text.strip())
    if typed is None or bool(typed["other"]) == (typed["verb"].casefold() == "remove"):
        forms = "; ".join(f"`{form}`" for form, _ in ACCOUNT_FORMS)
        raise BadRequest(f"Accounts are changed by {forms}.")
    one = account_of(accounts, typed["one"])
    rest = Accounts(accounts=tuple(each for each in accounts.accounts if each != one))
    verb = typed["verb"].casefold()
    if verb == "remove":
        return rest
    if verb == "merge":
        other = account_of(rest, typed["other"])
        both = total(Accounts(accounts=(other, one)))
        return with_account(rest, replace(other, portfolio=both))
    if any(same_name(each.name, typed["other"]) for each in rest.accounts):
        raise BadRequest(f"There is an account {typed['other']!r} already: `account merge` makes one of two.")
    return with_account(rest, replace(one, name=typed["other"][:LONGEST]))


def edit(accounts: Accounts, change: Change) -> Accounts:
    """The accounts after the change. Raises BadRequest, NotFound with one sentence; then nothing was
    changed."""
    for account in _meant(accounts, change):
        accounts = with_account(accounts, replace(account, portfolio=apply(account.portfolio, change)))
    return accounts


def _meant(accounts: Accounts, change: Change) -> Iterable[Account]:
    new = Account(name=MAIN, portfolio=EMPTY)
    if not isinstance(change.account, Gap):
        return [_named(accounts, change.account, create=change.verb in {Verb.ADD, Verb.SET, Verb.CASH})]
    if change.verb is Verb.CASH:
        of = [each for each in accounts.accounts if _has_cash(each.portfolio, str(change.currency))]
    else:
        of = [each for each in accounts.accounts if found(each.portfolio, change.ticker) is not None]
    if not of and change.verb in {Verb.ADD, Verb.SET, Verb.CASH}:
        return [next((each for each in accounts.accounts if each.name == MAIN), new)]
    if not of:
        held(total(accounts), change.ticker)  # raises, naming the nearest
    whole = change.verb in {Verb.LOCK, Verb.UNLOCK, Verb.RENAME} or (
        change.verb is Verb.REMOVE and isinstance(change.quantity, Gap)
    )
    if len(of) > 1 and not whole:
        names = ", ".join(each.name for each in of)
        what = change.currency if change.verb is Verb.CASH else change.ticker
        raise BadRequest(
            f"{what} stands in several accounts ({names}): end with `in ACCOUNT` to say in which."
        )
    return of


def _named(accounts: Accounts, name: str, *, create: bool) -> Account:
    """The account that was typed; a new one only where its name is like no other, for it could be a slip."""
    names = [each.name for each in accounts.accounts]
    near = difflib.get_close_matches(name.casefold(), [each.casefold() for each in names], n=1, cutoff=0.75)
    if create and not near and len(name) <= LONGEST:
        return Account(name=name, portfolio=EMPTY)
    return account_of(accounts, name)


def _has_cash(portfolio: Portfolio, currency: str) -> bool:
    whole = apply(EMPTY, Change(verb=Verb.CASH, quantity=Decimal(1), currency=currency)).cash[0].currency
    return any(each.currency == whole for each in portfolio.cash)
