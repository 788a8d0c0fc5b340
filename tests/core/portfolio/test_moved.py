"""What happened to holdings since their import: noticed with the change that would follow, never done by
itself."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from core.base.errors import SourceFailed
from core.base.gap import NOT_GIVEN, Gap
from core.base.kind import Kind
from core.engine.offering import what_moved
from core.market.quote import LookUp, MarketRecord, Split
from core.portfolio.accounts import Accounts, alone
from core.portfolio.books import Books
from core.portfolio.holding import Account, Holding, Portfolio
from core.portfolio.listings import Moved, moved_since
from tests.core.portfolio.test_accounts import Kept, Memory
from tests.core.portfolio.test_offers import Finder, sources

DAY = date(2026, 4, 24)
NOW = datetime(2026, 4, 24, tzinfo=UTC)


def holding(ticker: str, quantity: str = "3") -> Holding:
    return Holding(ticker=ticker, name=NOT_GIVEN, quantity=Decimal(quantity), kind=Kind.EQUITY)


def account(name: str, *holdings: Holding, since: date | Gap = date(2026, 1, 10)) -> Account:
    return Account(name=name, portfolio=Portfolio(holdings=holdings, cash=()), since=since)


def record(ticker: str, *splits: tuple[str, str], renamed: str | Gap = NOT_GIVEN) -> MarketRecord:
    gap = Gap(gap="not asked")
    return MarketRecord(
        ticker=ticker,
        state=LookUp.OK,
        reason="",
        name=gap,
        kind=Kind.EQUITY,
        quote=gap,
        consensus=gap,
        splits=tuple(Split(day=date.fromisoformat(day), ratio=Decimal(ratio)) for day, ratio in splits),
        renamed=renamed,
    )


BANK = Accounts(accounts=(account("Bank", holding("NVDA"), holding("FB")),))


@pytest.mark.parametrize(
    ("splits", "typed"),
    [
        ([("2026-01-11", "10")], ["split NVDA 10:1 in Bank"]),
        ([("2026-04-24", "0.3333333333333333333333333333")], ["split NVDA 1:3 in Bank"]),
        ([("2026-04-24", "0.5")], ["split NVDA 1:2 in Bank"]),
        ([("2026-01-10", "10")], []),
        ([("2026-04-25", "10")], []),
        ([("2026-03-01", "2"), ("2026-02-01", "10")], ["split NVDA 10:1 in Bank"]),
    ],
)
def test_a_split_after_the_import_is_proposed_for_its_account(
    splits: list[tuple[str, str]], typed: list[str]
) -> None:
    assert [each.typed for each in moved_since(BANK, [record("NVDA", *splits)], DAY)] == typed


def test_what_was_answered_is_not_asked_again_and_the_next_one_is() -> None:
    records = [record("NVDA", ("2026-03-01", "2"), ("2026-02-01", "10"))]
    first = moved_since(BANK, records, DAY)[0]

    second = moved_since(BANK, records, DAY, frozenset({first.key}))

    assert first.said == (
        "NVDA split 10 for 1 on 2026-02-01, after the import of 2026-01-10 (Bank): 3 would be 30"
    )
    assert [each.typed for each in second] == ["split NVDA 2:1 in Bank"]
    assert moved_since(BANK, records, DAY, frozenset({first.key, second[0].key})) == ()


def test_a_new_ticker_is_proposed_once_for_all_accounts() -> None:
    both = Accounts(accounts=(*BANK.accounts, account("Two", holding("FB"), since=NOT_GIVEN)))

    found = moved_since(both, [record("FB", renamed="META")], DAY)

    assert found == (Moved(key="FB is META", said="FB now trades as META", typed="rename FB META"),)


def test_what_was_typed_by_hand_has_no_day_to_count_from() -> None:
    by_hand = Accounts(accounts=(account("main", holding("NVDA"), since=NOT_GIVEN),))

    assert moved_since(by_hand, [record("NVDA", ("2026-03-01", "2"))], DAY) == ()


def test_an_import_remembers_its_day_and_an_answer_is_kept() -> None:
    kept, memory = Kept(), Memory()
    books = Books(kept, memory)
    books.put(alone(BANK.accounts[0].portfolio, name="Bank"), whole=True, at=NOW, origin="file")
    split = Moved(key="a", said="", typed="split NVDA 10:1 in Bank")

    books.settle(split, apply=True, at=NOW, origin="chat")
    books.settle(replace(split, key="b", typed="rename FB META"), apply=False, at=NOW, origin="chat")

    (bank,) = kept.accounts().accounts
    assert bank.since == DAY
    assert [(each.ticker, each.quantity) for each in bank.portfolio.holdings] == [
        ("FB", Decimal(3)),
        ("NVDA", Decimal(30)),
    ]
    assert books.settled() == {"a", "b"}


async def test_the_source_of_prices_tells_what_moved_or_why_it_could_not_be_asked() -> None:
    class Market(Finder):
        async def look_up(self, tickers: tuple[str, ...], day: date) -> tuple[MarketRecord, ...]:
            if self.error:
                raise self.error
            return (record("NVDA", ("2026-03-01", "2")),)

    books = Books(Kept(BANK), Memory())
    down = Market(error=SourceFailed("The source is down.", source="prices"))

    moved = await what_moved(books, sources(market=Market()), DAY)

    assert not isinstance(moved, Gap)
    assert [each.typed for each in moved] == ["split NVDA 2:1 in Bank"]
    assert await what_moved(books, sources(market=down), DAY) == Gap(gap="The source is down.")
    assert await what_moved(Books(Kept(), Memory()), sources(market=down), DAY) == ()
