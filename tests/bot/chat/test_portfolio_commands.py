from decimal import Decimal

import pytest

from bot.chat.context import Desk
from core.portfolio.listings import Moved
from core.portfolio.paid import Paid
from providers.holdings.reading import read_file
from tests.bot.chat.conftest import MOVED
from tests.bot.chat.fake_engine import FakeEngine
from tests.local_telegram import LocalTelegram, Person, Refusal

FILE = b"ticker,quantity,currency,name\nAAPL,3,USD,=cmd()\nMSFT,abc,USD,Microsoft\n$CASH,250.50,EUR,\n"


async def test_without_a_portfolio_it_says_how_to_bring_one(desk: Desk, owner: Person) -> None:
    owner.says("/portfolio")

    await owner.next_message("There is no portfolio yet. Send me a CSV or JSON file")


async def test_a_file_is_shown_with_its_rejected_rows_and_replaces_only_after_a_yes(
    desk: Desk, owner: Person, engine: FakeEngine
) -> None:
    owner.sends_document("mine.csv", FILE)

    said = await owner.next_message("Replace the portfolio by this?")

    assert "AAPL · 3" in said.text
    assert "Rejected rows (1)" in said.text
    assert "line 3:" in said.text
    assert engine.ledger.books == []
    await owner.presses(said, "Import it").answer()
    assert await owner.presses(said, data=said.buttons[0].data).answer() == "Already answered: it runs once."
    assert [(h.ticker, h.quantity) for h in engine.ledger.portfolio().holdings] == [("AAPL", Decimal(3))]
    assert len(engine.ledger.books) == 1
    assert engine.ledger.books[0][1] == "mine.csv"


async def test_a_header_without_rows_empties_no_portfolio(
    desk: Desk, owner: Person, engine: FakeEngine
) -> None:
    owner.says("/portfolio add AAPL 3")
    await owner.next_message("Changed.")
    owner.sends_document("mine.csv", b"ticker,quantity,currency,name\n")

    said = await owner.next_message("Nothing was replaced: the file leaves no open position.")

    assert said.buttons == ()
    assert [h.ticker for h in engine.ledger.portfolio().holdings] == ["AAPL"]


async def test_keeping_the_old_one_changes_nothing(desk: Desk, owner: Person, engine: FakeEngine) -> None:
    owner.sends_document("mine.csv", FILE)
    said = await owner.next_message("Replace the portfolio")

    assert await owner.presses(said, "Keep the old one").answer() == "Nothing was changed."
    assert engine.ledger.books == []


async def test_values_stand_beside_quantities_that_the_last_report_valued(
    desk: Desk, owner: Person, reported: FakeEngine
) -> None:
    owner.says("/portfolio add INTC 12.5 USD")
    said = await owner.next_message("Changed.")
    assert "INTC · 12.5 · 1,139.06 EUR · 6.1\u202f%" in said.text

    owner.says("/portfolio add INTC 1")

    said = await owner.next_message("Changed.")
    assert "INTC · 13.5\n" in said.text


async def test_what_was_paid_shows_the_change_since_and_comes_back_with_the_export(
    desk: Desk, owner: Person, reported: FakeEngine
) -> None:
    owner.says("/portfolio add INTC 12,5 @ 81 USD")

    said = await owner.next_message("Changed.")
    owner.says("/portfolio export")
    exported = await owner.next_message("Your portfolio.")

    assert "INTC · 12.5 · 1,139.06 EUR · 6.1\u202f% · since bought +25.0\u202f%" in said.text
    assert exported.document is not None
    (back,) = read_file(exported.document.content, origin="x.csv").portfolio.holdings
    assert back.paid == Paid(price=Decimal(81), currency="USD")


async def test_add_remove_cash_lock_restore(desk: Desk, owner: Person, engine: FakeEngine) -> None:
    for command in ("add aapl 3 usd", "MSFT = 1", "cash 100,5 EUR", "lock MSFT", "remove AAPL"):
        owner.says(f"/portfolio {command}")
        await owner.next_message("Changed.")

    book = engine.ledger.portfolio()
    assert [(h.ticker, h.locked) for h in book.holdings] == [("MSFT", True)]
    assert [(c.currency, c.amount) for c in book.cash] == [("EUR", Decimal("100.5"))]
    owner.says("/portfolio undo")
    await owner.next_message("Changed.")
    assert [h.ticker for h in engine.ledger.portfolio().holdings] == ["AAPL", "MSFT"]


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("add AAPL 0", "must be more than zero"),
        ("add AAPL 1,234", "could mean 1234 or 1.234"),
        ("add AAPL ١٢", "is not a number"),
        ("add AAPL -1", "is below zero"),
        ("add AAPL 1e9", "is not a number"),
        ("add Ａ<b> 1", "is not a ticker"),
        ("add AAPL 1 EURO", "is not a currency code"),
        ("cash EUR inf", "is not a number"),
        ("remove TSLA", "TSLA is not held"),
        (
            "add AAPPL 3",
            "Nothing was changed: the source of prices does not know AAPPL (not listed; nearest: AAPL)",
        ),
        ("frobnicate", "Send a file to import it."),
        ("add", "It is written"),
    ],
)
async def test_wrong_words_are_answered_and_change_nothing(
    desk: Desk, owner: Person, engine: FakeEngine, typed: str, answer: str
) -> None:
    owner.says(f"/portfolio {typed}")

    await owner.next_message(answer)

    assert engine.ledger.books == []


async def test_the_export_reads_back_and_runs_no_formula(
    desk: Desk, owner: Person, engine: FakeEngine
) -> None:
    owner.sends_document("mine.csv", FILE)
    said = await owner.next_message("Replace the portfolio")
    await owner.presses(said, "Import it").answer()
    owner.says("/portfolio export")

    exported = await owner.next_message("Your portfolio.")

    assert exported.document is not None
    content = exported.document.content
    assert b"AAPL,3,USD,'=cmd(),equity," in content
    assert desk.read_portfolio(content, "x.csv", {}).portfolio.cash[0].amount == Decimal("250.5")


@pytest.mark.parametrize(
    ("name", "content", "answer"),
    [
        ("evil.exe", b"MZ", "I read portfolio files that end in"),
        ("../../etc/passwd", b"x", "I read portfolio files that end in"),
        ("big.csv", b"a" * 5_000_001, "a portfolio of at most 5.0 MB is read"),
        ("noise.csv", bytes(range(256)), ""),
        ("blank.csv", b"\n\n", ""),
    ],
)
async def test_files_of_the_wrong_kind_or_size_are_refused(
    desk: Desk, owner: Person, engine: FakeEngine, name: str, content: bytes, answer: str
) -> None:
    owner.sends_document(name, content)

    said = await owner.next_message(answer)

    assert said.buttons == ()
    assert engine.ledger.books == []


async def test_a_file_that_cannot_be_fetched_is_asked_for_again(
    desk: Desk, owner: Person, local: LocalTelegram
) -> None:
    local.inject(Refusal(400, "Bad Request: file is temporarily unavailable"), "getFile")
    owner.sends_document("mine.csv", FILE)

    await owner.next_message("Send it again.")


async def test_a_ticker_that_could_not_be_looked_up_is_taken_and_said(
    desk: Desk, owner: Person, engine: FakeEngine
) -> None:
    owner.says("/portfolio add SLOW 3")

    await owner.next_message("Changed. SLOW could not be looked up (no answer in time).")

    assert [each.ticker for each in engine.ledger.portfolio().holdings] == ["SLOW"]


async def test_a_split_is_proposed_and_done_only_after_a_yes(
    desk: Desk, owner: Person, engine: FakeEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    split = Moved(key="k", said="NVDA split 10 for 1: 3 would be 30", typed="NVDA = 30 in main")
    left = Moved(key="l", said="FB now trades as META", typed="rename FB META")
    monkeypatch.setitem(MOVED, "now", (split, left))
    owner.says("/portfolio add NVDA 3")
    shown = await owner.next_message("Changed.")

    owner.presses(shown, "Splits and new tickers")
    first = await owner.next_message("NVDA split 10 for 1")
    second = await owner.next_message("FB now trades as META")
    assert engine.ledger.portfolio().holdings[0].quantity == 3
    assert await owner.presses(first, "Change it").answer() == "Changed."
    assert await owner.presses(second, "Leave it: it counts already").answer() == "Nothing was changed."

    assert engine.ledger.portfolio().holdings[0].quantity == 30
    assert desk.books.settled() == {"k", "l"}


async def test_where_nothing_moved_that_is_said(desk: Desk, owner: Person) -> None:
    owner.says("/portfolio add NVDA 3")
    shown = await owner.next_message("Changed.")

    assert "Nothing has moved" in await owner.presses(shown, "Splits and new tickers").answer()
