"""Accounts: an import replaces its own, what is typed reaches the right one, and their sum is the
portfolio."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from core.base.errors import BadRequest, NotFound
from core.base.gap import NOT_GIVEN, Gap
from core.base.kind import Kind
from core.portfolio.accounts import NO_ACCOUNTS, Accounts, alone, edit, is_move, move, total
from core.portfolio.books import Books, is_edit
from core.portfolio.editing import read_change
from core.portfolio.holding import Account, Cash, Holding, Portfolio
from core.portfolio.writing import accounts_csv, accounts_json

NOW = datetime(2026, 4, 24, tzinfo=UTC)


def holding(
    ticker: str,
    quantity: str,
    *,
    name: str | Gap = NOT_GIVEN,
    locked: bool = False,
    isin: str | Gap = NOT_GIVEN,
    currency: str | Gap = NOT_GIVEN,
) -> Holding:
    return Holding(
        ticker=ticker,
        name=name,
        quantity=Decimal(quantity),
        kind=Kind.EQUITY,
        locked=locked,
        isin=isin,
        currency=currency,
    )


BANK = Account(
    name="Bank",
    portfolio=Portfolio(
        holdings=(holding("AAPL", "3", currency="USD", isin="US0378331005"), holding("SAP.DE", "5")),
        cash=(Cash(currency="EUR", amount=Decimal(10)),),
    ),
)
BROKER = Account(
    name="Broker",
    portfolio=Portfolio(
        holdings=(holding("AAPL", "2", name="Apple", currency="EUR", locked=True),),
        cash=(Cash(currency="EUR", amount=Decimal(5)), Cash(currency="USD", amount=Decimal(1))),
    ),
)
BOTH = Accounts(accounts=(BANK, BROKER))


class Kept:
    """A ledger in memory."""

    def __init__(self, *states: Accounts) -> None:
        self.states = list(states)

    def save_accounts(self, accounts: Accounts, *, at: datetime, origin: str) -> None:
        self.states.append(accounts)

    def accounts(self) -> Accounts:
        if not self.states:
            raise NotFound("none")
        return self.states[-1]

    def restore_accounts(self, *, at: datetime) -> Accounts:
        self.states.append(self.states[-2])
        return self.states[-1]


class Memory:
    """Notes in memory."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}

    def note(self, name: str) -> str | None:
        return self.kept.get(name)

    def write_note(self, name: str, text: str, *, now: datetime) -> None:
        self.kept[name] = text


def quantities(accounts: Accounts) -> dict[str, dict[str, str]]:
    return {
        each.name: {one.ticker: f"{one.quantity:f}" for one in each.portfolio.holdings}
        for each in accounts.accounts
    }


def test_the_portfolio_is_the_sum_of_its_accounts() -> None:
    whole = total(BOTH)

    assert [(each.ticker, each.quantity) for each in whole.holdings] == [
        ("AAPL", Decimal(5)),
        ("SAP.DE", Decimal(5)),
    ]
    apple = whole.holdings[0]
    assert (apple.name, apple.isin, apple.locked) == ("Apple", "US0378331005", True)
    assert apple.currency == Gap(gap="two currencies are stated")
    assert [(each.currency, each.amount) for each in whole.cash] == [
        ("EUR", Decimal(15)),
        ("USD", Decimal(1)),
    ]


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("add SAP.DE 1", {"Bank": {"AAPL": "3", "SAP.DE": "6"}, "Broker": {"AAPL": "2"}}),
        ("add NEW 1", {"Bank": {"AAPL": "3", "SAP.DE": "5"}, "Broker": {"AAPL": "2"}, "main": {"NEW": "1"}}),
        ("add AAPL 1 in broker", {"Bank": {"AAPL": "3", "SAP.DE": "5"}, "Broker": {"AAPL": "3"}}),
        ("remove AAPL", {"Bank": {"SAP.DE": "5"}, "Broker": {}}),
        ("remove US0378331005 1", {"Bank": {"AAPL": "2", "SAP.DE": "5"}, "Broker": {"AAPL": "2"}}),
        ("rename AAPL APC.DE", {"Bank": {"APC.DE": "3", "SAP.DE": "5"}, "Broker": {"APC.DE": "2"}}),
        ("account remove bank", {"Broker": {"AAPL": "2"}}),
        ("account rename Bank to My bank", {"Broker": {"AAPL": "2"}, "My bank": {"AAPL": "3",
           "SAP.DE": "5"}}),
        ("account merge Bank into Broker", {"Broker": {"AAPL": "5", "SAP.DE": "5"}}),
        ("AAPL = 1 in Savings", {"Bank": {"AAPL": "3", "SAP.DE": "5"}, "Broker": {"AAPL": "2"},
          "Savings": {"AAPL": "1"}}),
    ],
)  # fmt: skip
def test_what_is_typed_reaches_the_account_that_is_meant(text: str, after: dict[str, dict[str, str]]) -> None:
    changed = Books(Kept(BOTH), Memory()).change(text, at=NOW, origin="test")

    assert quantities(changed) == after
    assert list(after) == sorted(after, key=str.casefold)


def test_cash_goes_where_its_currency_is_and_pence_are_pounds() -> None:
    changed = edit(BOTH, read_change("cash 7 USD"))
    pounds = edit(edit(BOTH, read_change("cash 700 GBp")), read_change("cash 9 GBP"))

    assert [each.amount for each in changed.accounts[1].portfolio.cash] == [5, 7]
    assert pounds.accounts[-1].name == "main"
    assert pounds.accounts[-1].portfolio.cash == (Cash(currency="GBP", amount=Decimal(9)),)


def test_locking_reaches_every_account() -> None:
    unlocked = edit(BOTH, read_change("unlock AAPL"))

    assert not total(unlocked).holdings[0].locked


@pytest.mark.parametrize(
    ("text", "error", "says"),
    [
        (
            "remove AAPL 1",
            BadRequest,
            r"AAPL stands in several accounts \(Bank, Broker\): end with `in ACCOUNT`",
        ),
        ("cash 7 EUR", BadRequest, "EUR stands in several accounts"),
        ("remove APPL", NotFound, "APPL is not held. Held and near: AAPL"),
        ("add AAPL 1 in Brokr", NotFound, "There is no account 'Brokr'. There are: Bank, Broker"),
        ("lock AAPL in Nowhere", NotFound, "There is no account 'Nowhere'"),
        ("account rename Bank to Broker", BadRequest, "`account merge` makes one of two"),
        ("account rename Bank", BadRequest, "Accounts are changed by"),
        ("account remove Bank into Broker", BadRequest, "Accounts are changed by"),
        ("account", BadRequest, "Accounts are changed by"),
        ("account remove None", NotFound, "There is no account 'None'"),
    ],
)
def test_what_could_be_meant_twice_or_not_at_all_is_refused(
    text: str, error: type[Exception], says: str
) -> None:
    kept = Kept(BOTH)

    with pytest.raises(error, match=says):
        Books(kept, Memory()).change(text, at=NOW, origin="test")

    assert kept.states == [BOTH]


def test_only_a_word_about_accounts_moves_them() -> None:
    assert is_move("Account remove x")
    assert not is_move("")
    assert not is_move("accountant 3")


def test_without_any_account_a_move_says_so() -> None:
    with pytest.raises(NotFound, match="There are: none yet"):
        move(NO_ACCOUNTS, "account remove x")


def test_an_import_replaces_its_own_account_and_what_was_locked_stays_locked() -> None:
    kept = Kept(BOTH)
    again = alone(Portfolio(holdings=(holding("AAPL", "9"), holding("NEW", "1")), cash=()), name="broker")

    after = Books(kept, Memory()).put(again, whole=False, at=NOW, origin="file")

    assert quantities(after) == {"Bank": {"AAPL": "3", "SAP.DE": "5"}, "broker": {"AAPL": "9", "NEW": "1"}}
    assert [each.locked for each in after.accounts[1].portfolio.holdings] == [True, False]
    assert kept.accounts() == after


def test_an_import_of_everything_replaces_everything_and_can_be_undone() -> None:
    books = Books(Kept(BOTH), Memory())
    after = books.put(
        alone(Portfolio(holdings=(holding("NEW", "1"),), cash=())), whole=True, at=NOW, origin="f"
    )

    assert quantities(after) == {"main": {"NEW": "1"}}
    assert books.change("undo", at=NOW, origin="chat") == BOTH


def test_while_a_file_wins_nothing_is_changed_and_that_is_said() -> None:
    kept = Kept(BOTH)
    books = Books(kept, Memory(), pinned="mine.csv")

    for text in ("add AAPL 1", "undo", "account remove Bank"):
        with pytest.raises(BadRequest, match=r"Nothing was changed: .*reports read mine\.csv"):
            books.change(text, at=NOW, origin="chat")
    with pytest.raises(BadRequest, match="PORTFOLIO_FILE"):
        books.put(BOTH, whole=True, at=NOW, origin="file")
    assert kept.states == [BOTH]


def test_the_first_change_begins_the_main_account() -> None:
    assert quantities(Books(Kept(), Memory()).change("add AAPL 1", at=NOW, origin="chat")) == {
        "main": {"AAPL": "1"}
    }


def test_what_is_confirmed_is_kept_and_what_is_held_under_its_isin_gets_the_ticker() -> None:
    nameless = holding("FR0000120073", "4", isin="FR0000120073")
    kept = Kept(alone(Portfolio(holdings=(nameless,), cash=()), name="Bank"))
    books = Books(kept, Memory())

    books.keep_ticker("FR0000120073", "AI.PA", at=NOW, origin="chat")
    books.keep_ticker("Siemens", "SIE.DE", at=NOW, origin="chat")
    books.keep_table("a|b", "positions;isin=0;quantity=1", at=NOW)

    assert quantities(kept.accounts()) == {"Bank": {"AI.PA": "4"}}
    assert books.tickers() == {"FR0000120073": "AI.PA", "Siemens": "SIE.DE"}
    assert books.tables() == {"a|b": "positions;isin=0;quantity=1"}
    books.put(NO_ACCOUNTS, whole=True, at=NOW, origin="x")
    assert books.tickers() == {"FR0000120073": "AI.PA", "Siemens": "SIE.DE"}


def test_a_ticker_that_is_its_own_isin_renames_nothing() -> None:
    nameless = holding("FR0000120073", "4", isin="FR0000120073")
    kept = Kept(alone(Portfolio(holdings=(nameless,), cash=())))

    Books(kept, Memory()).keep_ticker("FR0000120073", "FR0000120073", at=NOW, origin="chat")

    assert len(kept.states) == 1


def test_a_rename_teaches_the_ticker_of_the_isin_for_ever() -> None:
    kept = Kept(BOTH)
    books = Books(kept, Memory())

    books.change("rename AAPL APC.DE", at=NOW, origin="chat")
    books.change("rename SAP.DE SAP", at=NOW, origin="chat")
    books.change("account remove Bank", at=NOW, origin="chat")

    assert books.tickers() == {"US0378331005": "APC.DE"}


def test_a_ticker_is_named_as_it_is_typed() -> None:
    books = Books(Kept(BOTH), Memory())

    assert is_edit("name Air Liquide = ai.pa")
    assert is_edit("add A 1")
    assert is_edit("account remove x")
    assert not is_edit("show")
    assert books.change("name Air Liquide = ai.pa", at=NOW, origin="chat") == BOTH
    assert books.tickers()["Air Liquide"] == "AI.PA"


@pytest.mark.parametrize(
    ("name", "tickers", "doubles"),
    [
        ("Other", ["AAPL"], ("Bank", "Broker")),
        ("Broker", ["AAPL"], ("Bank",)),
        ("Other", ["SAP.DE"], ("Bank",)),
        ("Other", ["NEW"], ()),
    ],
)
def test_an_import_beside_an_account_that_holds_the_same_is_noticed(
    name: str, tickers: list[str], doubles: tuple[str, ...]
) -> None:
    imported = Portfolio(holdings=tuple(holding(each, "1") for each in tickers), cash=())

    assert Books(Kept(BOTH), Memory()).doubles(alone(imported, name=name)) == doubles


def test_an_export_names_the_accounts_where_there_are_several() -> None:
    text = accounts_csv(BOTH)

    assert text.splitlines()[0].endswith(",isin,account")
    assert "AAPL,3,USD,,equity,,US0378331005,Bank" in text
    assert "$CASH,5,EUR,,,,,Broker" in text
    assert accounts_csv(alone(BANK.portfolio)).splitlines()[0].endswith(",isin")
    assert [each["account"] for each in accounts_json(BOTH)["holdings"]] == ["Bank", "Bank", "Broker"]
    assert [each["account"] for each in accounts_json(BOTH)["cash"]] == ["Bank", "Broker", "Broker"]


@pytest.mark.parametrize(
    ("text", "ticker"),
    [
        ("add NEW 1", "NEW"),
        ("NEW = 2", "NEW"),
        ("rename SAP.DE SAP", "SAP"),
        ("add AAPL 1", ""),
        ("add FR0000120073 1", ""),
        ("remove AAPL", ""),
        ("account remove Bank", ""),
    ],
)
def test_a_ticker_that_is_typed_for_the_first_time_is_noticed(text: str, ticker: str) -> None:
    assert Books(Kept(BOTH), Memory()).introduces(text) == ticker
    assert Books(Kept(BOTH), Memory(), pinned="file").introduces(text) == ""
