"""What the investor owns, as entered. Quantities are exact decimals; nothing here is valued yet."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from core.base.canonical import LATER
from core.base.gap import NOT_GIVEN, Gap
from core.base.kind import Kind
from core.portfolio.paid import Paid


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """One line of the portfolio. `quantity` in shares, positive; `locked` by the owner means: never judged.
    What was `paid` is for its owner's eyes: no snapshot holds it, so no model and no source ever sees it."""

    ticker: str
    name: str | Gap
    quantity: Decimal
    kind: Kind
    locked: bool = False
    isin: str | Gap = NOT_GIVEN
    currency: str | Gap = NOT_GIVEN
    paid: Paid | Gap = field(default=NOT_GIVEN, metadata=LATER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cash:
    """Money on the account. `currency` is an ISO code in upper case."""

    currency: str
    amount: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Portfolio:
    """All holdings (ordered by ticker, each ticker once) and all cash (ordered by currency, each once)."""

    holdings: tuple[Holding, ...]
    cash: tuple[Cash, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What one account holds. `name` as its owner calls it; `source` is the format of its last import, or
    empty; `since` its day: what happened to the shares later is not in it."""

    name: str
    portfolio: Portfolio
    source: str = ""
    since: date | Gap = NOT_GIVEN


@dataclass(frozen=True, slots=True, kw_only=True)
class RejectedRow:
    """A line of an import that could not be read: shown to the owner, never dropped in silence. `line` from
    1."""

    line: int
    text: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What a reading could not decide alone. `options` are (answer, words), the first the likeliest; the file
    is read again with `answers[key]`."""

    key: str
    text: str
    options: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unnamed:
    """An instrument whose ticker the file does not give. `identity` is what a confirmed ticker is kept under:
    the ISIN, else the broker's symbol with its currency, else the name. `held` false: set aside until there
    is a ticker."""

    identity: str
    name: str | Gap
    quantity: Decimal
    kind: Kind
    symbol: str | Gap
    currency: str | Gap
    exchange: str | Gap
    held: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """The reading of one portfolio file: its format's name, the sum of its accounts, the bad rows, remarks to
    show, what is still open, and the instruments without a ticker. `header` is that of a table which was read
    by its columns."""

    format: str
    portfolio: Portfolio
    rejected: tuple[RejectedRow, ...]
    remarks: tuple[str, ...] = ()
    accounts: tuple[Account, ...] = ()
    questions: tuple[Question, ...] = ()
    unnamed: tuple[Unnamed, ...] = ()
    header: str = ""
