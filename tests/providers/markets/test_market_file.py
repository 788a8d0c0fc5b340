"""The open market file: JSON and CSV, as of a day, row by row."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.base.errors import SourceFailed
from core.base.gap import NOT_GIVEN, Gap
from core.base.kind import Kind
from core.market.quote import Consensus, FirmTarget, LookUp, MarketRecord, Measure, Quote, Split
from providers.markets.file.client import FileMarket

DAY = date(2026, 4, 24)
ASTRA = {
    "ticker": "AZN.L",
    "name": "AstraZeneca PLC",
    "kind": "equity",
    "currency": "GBp",
    "price": 13956,
    "day": "2026-04-24",
    "isin": "GB0009895292",
    "sector": "Healthcare",
    "country": "United Kingdom",
    "aliases": ["AstraZeneca"],
    "former": ["ZEN.L"],
    "statements": "2025-12-31",
    "next_results": "2026-04-29",
    "targets": {
        "mean": 16047.716,
        "median": 16000,
        "high": 20720.725,
        "low": 11216.5,
        "analysts": 21,
        "day": "2026-02-26",
        "firms": [{"firm": "A bank", "target": 15000, "day": "2026-02-01"}],
    },
    "measures": {"pe": 31.22, "market_cap": 234319888384, "own_number": 7},
    "history": [["2026-04-22", 14600.0, 1000], ["2026-04-23", 14492.0, 2131931]],
}


def changed(**fields: object) -> dict[str, object]:
    return {**ASTRA, **fields}


def market(folder: Path, *entries: object, name: str = "market.json") -> FileMarket:
    path = folder / name
    path.write_text(json.dumps({"source": "a vendor", "names": entries}), encoding="utf-8")
    return FileMarket(path)


async def one(source: FileMarket, ticker: str = "AZN.L", day: date = DAY) -> MarketRecord:
    (record,) = await source.look_up((ticker,), day)
    return record


async def test_an_entry_becomes_a_record_in_whole_units(tmp_path: Path) -> None:
    record = await one(market(tmp_path, ASTRA))

    assert record.state is LookUp.OK
    assert record.quote == Quote(
        ticker="AZN.L",
        price=Decimal("139.56"),
        currency="GBP",
        day=DAY,
        source="a vendor",
        previous=Decimal("144.92"),
    )
    assert record.consensus == Consensus(
        mean=Decimal("160.47716"),
        median=Decimal("160"),
        high=Decimal("207.20725"),
        low=Decimal("112.165"),
        analysts=21,
        currency="GBP",
        day=date(2026, 2, 26),
        firms=(FirmTarget(firm="A bank", target=Decimal(150), day=date(2026, 2, 1)),),
    )
    assert record.measures == (
        Measure(name="market_cap", value=Decimal(234319888384), unit="GBP"),
        Measure(name="pe", value=Decimal("31.22"), unit="times"),
    )
    assert [point.close for point in record.history] == [Decimal("146"), Decimal("144.92"), Decimal("139.56")]
    assert (record.name, record.kind, record.isin) == ("AstraZeneca PLC", Kind.EQUITY, "GB0009895292")
    assert (record.aliases, record.statements) == (("AstraZeneca",), date(2025, 12, 31))
    assert record.next_results == date(2026, 4, 29)


async def test_records_come_in_the_asked_order_with_folded_tickers(tmp_path: Path) -> None:
    source = market(tmp_path, ASTRA, changed(ticker="bp.l", price=571.8, history=[]))

    records = await source.look_up((" bp.l ", "azn.L"), DAY)

    assert [record.ticker for record in records] == ["BP.L", "AZN.L"]
    assert [record.state for record in records] == [LookUp.OK, LookUp.OK]


async def test_an_unlisted_ticker_is_empty_and_the_nearest_are_named(tmp_path: Path) -> None:
    record = await one(market(tmp_path, ASTRA, changed(ticker="XOM"), {"price": 1}), "AZM.L")

    assert record.state is LookUp.EMPTY
    assert record.reason == (
        "not listed in market.json; nearest: AZN.L; 1 entries have no readable ticker, first entry 3"
    )
    assert isinstance(record.quote, Gap)


async def test_a_former_ticker_names_the_present_one(tmp_path: Path) -> None:
    record = await one(market(tmp_path, ASTRA), "zen.l")

    assert record.state is LookUp.EMPTY
    assert record.reason == "now trades as AZN.L: rename it in the portfolio"


async def test_nothing_dated_after_the_asked_day_is_used(tmp_path: Path) -> None:
    record = await one(
        market(tmp_path, changed(splits=[{"day": "2026-04-24", "ratio": 10}], statements="2026-04-24")),
        day=date(2026, 4, 23),
    )

    assert isinstance(record.quote, Quote)
    assert (record.quote.price, record.quote.day) == (Decimal("144.92"), date(2026, 4, 23))
    assert (record.splits, record.statements, record.measures) == ((), NOT_GIVEN, ())


async def test_targets_of_a_later_day_do_not_exist_yet(tmp_path: Path) -> None:
    early = changed(history=[["2026-02-20", 15000, None]])

    record = await one(market(tmp_path, early), day=date(2026, 2, 20))

    assert record.state is LookUp.OK
    assert record.consensus == Gap(gap="the targets are dated 2026-02-26, after 2026-02-20")


async def test_before_its_first_price_a_name_fails_with_that_day(tmp_path: Path) -> None:
    record = await one(market(tmp_path, ASTRA), day=date(2026, 1, 5))

    assert (record.state, record.reason) == (
        LookUp.FAILED,
        "its first price is of 2026-04-22, after 2026-01-05",
    )


async def test_a_late_price_is_stale_and_an_old_one_fails(tmp_path: Path) -> None:
    source = market(tmp_path, ASTRA)

    late, old = await one(source, day=date(2026, 4, 27)), await one(source, day=date(2026, 5, 4))

    assert (late.state, late.reason) == (LookUp.STALE, "price of 2026-04-24, 1 session old")
    assert (old.state, old.reason) == (LookUp.FAILED, "the last price is of 2026-04-24, 6 sessions old")
    assert isinstance(old.quote, Gap)
    assert old.history[-1].close == Decimal("139.56")


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"price": 0}, "the price is 0, and a price is positive"),
        ({"price": -3.5}, "the price is -3.5, and a price is positive"),
        ({"price": "١٢"}, "price is not a number: ١٢"),
        ({"price": "1_000"}, "price is not a number: 1_000"),
        ({"price": True}, "price is not a number: True"),
        ({"price": "1e999"}, "price is not a number: 1e999"),
        ({"price": 1e19}, "price is beyond any real amount: 1E+19"),
        ({"price": 1e-30}, "price is beyond any real amount: 1E-30"),
        ({"day": None}, "the price has no day"),
        ({"day": "24/04/2026"}, "day is not a day as in 2026-04-24: 24/04/2026"),
        ({"day": "2026-02-30"}, "day is no day of the calendar: 2026-02-30"),
        ({"currency": None}, "no currency is given"),
        ({"currency": "pence"}, "“pence” is no currency code"),
        ({"kind": "warrant"}, "kind is none of equity, fund, bond, crypto, other: warrant"),
        ({"name": 7}, "name is not a text: 7"),
        ({"history": "none"}, "history is no list: none"),
        ({"history": [7]}, "history holds something that is no close: 7"),
        ({"history": [[None, 5]]}, "history holds a close without a day"),
        ({"history": [["2026-04-23", -1]]}, "the close of 2026-04-23 is -1, and a price is positive"),
        (
            {"history": [["2026-04-23", 1], {"day": "2026-04-23", "close": 2}]},
            "history gives two prices for 2026-04-23",
        ),
        ({"splits": [3]}, "splits hold something that is no split: 3"),
        ({"splits": [{"day": "2026-04-23"}]}, "a split needs a day and a positive ratio"),
        ({"statements": "soon"}, "statements is not a day as in 2026-04-24: soon"),
        ({"price": None, "history": []}, "no price is given"),
        ({"price": 139.56}, "the price moved -99 % since 2026-04-23 without a split (144.92 → 1.3956 GBP)"),
    ],
)
async def test_a_wrong_entry_fails_with_its_reason_and_the_others_stay(
    tmp_path: Path, fields: dict[str, object], reason: str
) -> None:
    source = market(tmp_path, changed(**fields), changed(ticker="OK.L"))

    wrong, right = await source.look_up(("AZN.L", "OK.L"), DAY)

    assert (wrong.state, wrong.reason) == (LookUp.FAILED, reason)
    assert isinstance(wrong.quote, Gap)
    assert right.state is LookUp.OK


async def test_a_price_that_is_not_a_number_fails_and_its_history_stays(tmp_path: Path) -> None:
    source = market(tmp_path, changed(price=float("nan")))

    record = await one(source)

    assert (record.state, record.reason) == (LookUp.FAILED, "price is not a number: NaN")
    assert record.history[-1].close == Decimal("144.92")
    assert record.currency == "GBP"


async def test_a_session_without_a_close_is_no_session_of_the_name(tmp_path: Path) -> None:
    history = [["2026-04-21", None, None], ["2026-04-22", float("nan")], ["2026-04-23", 14492, ""]]

    record = await one(market(tmp_path, changed(history=history)))

    assert [point.day.day for point in record.history] == [23, 24]
    assert record.history[0].volume == NOT_GIVEN


async def test_a_split_explains_the_step_of_the_price(tmp_path: Path) -> None:
    split = {"day": "2026-04-24", "ratio": 10}

    record = await one(market(tmp_path, changed(price=1420, splits=[split])))

    assert record.state is LookUp.OK
    assert record.splits == (Split(day=DAY, ratio=Decimal(10)),)


@pytest.mark.parametrize(
    ("targets", "gap"),
    [
        (None, "not given"),
        ("high", "the targets are no object"),
        ({"analysts": 5}, "no target is given"),
        ({"mean": "high"}, "the mean target is not a number: high"),
        ({"mean": 5, "analysts": 2.5}, "the number of analysts is not a count: 2.5"),
        ({"mean": 5, "firms": [1]}, "firms hold something that is no target: 1"),
        ({"mean": 5, "firms": [{"firm": "x"}]}, "a firm's target needs firm, target and day"),
        ({"mean": 5, "currency": "?"}, "“?” is no currency code"),
    ],
)
async def test_wrong_targets_spoil_the_consensus_alone(tmp_path: Path, targets: object, gap: str) -> None:
    record = await one(market(tmp_path, changed(targets=targets)))

    assert record.state is LookUp.OK
    assert record.consensus == Gap(gap=gap)


async def test_targets_may_have_their_own_currency(tmp_path: Path) -> None:
    record = await one(market(tmp_path, changed(targets={"mean": 200, "currency": "USD"})))

    assert isinstance(record.consensus, Consensus)
    assert (record.consensus.mean, record.consensus.currency) == (Decimal(200), "USD")


async def test_a_wrong_measure_is_a_gap_beside_the_others(tmp_path: Path) -> None:
    record = await one(market(tmp_path, changed(measures={"pe": "n/a", "roe": 12})))

    assert record.measures == (
        Measure(name="pe", value=Gap(gap="pe is not a number: n/a"), unit="times"),
        Measure(name="roe", value=Decimal(12), unit="percent"),
    )


async def test_a_ticker_listed_twice_fails(tmp_path: Path) -> None:
    record = await one(market(tmp_path, ASTRA, ASTRA))

    assert (record.state, record.reason) == (LookUp.FAILED, "listed 2 times in market.json")


CSV = """ticker,currency,price,day,name,kind,target_mean,target_analysts,target_day,pe,aliases,former
AZN.L,GBp,14600,2026-04-22,,,,,,,,
AZN.L,GBp,13956,2026-04-24,AstraZeneca,stock,16000,21,2026-02-26,31.2,Astra|AZ,ZEN.L
AZN.L,GBp,14492,2026-04-23,,,,,,,,
VOO,USD,656.42,2026-04-24,Vanguard S&P 500,ETF,,,,,,
BAD,USD,abc,2026-04-24,,,,,,,,
ODD,USD,5,24.04.2026,,,,,,,,
TWICE,USD,5,2026-04-24,,,,,,,,
TWICE,USD,6,2026-04-24,,,,,,,,
,USD,5,2026-04-24,,,,,,,,
"""


@pytest.mark.parametrize("delimiter", [",", ";"])
async def test_rows_of_a_csv_are_prices_and_their_history(tmp_path: Path, delimiter: str) -> None:
    path = tmp_path / "prices.csv"
    path.write_text("\ufeff" + CSV.replace(",", delimiter), encoding="utf-8")

    astra, fund = await FileMarket(path).look_up(("AZN.L", "VOO"), DAY)

    assert isinstance(astra.quote, Quote)
    assert (astra.quote.price, astra.quote.currency, astra.quote.source) == (
        Decimal("139.56"),
        "GBP",
        "prices.csv",
    )
    assert [point.close for point in astra.history] == [Decimal("146"), Decimal("144.92"), Decimal("139.56")]
    assert isinstance(astra.consensus, Consensus)
    assert (astra.consensus.mean, astra.consensus.analysts) == (Decimal(160), 21)
    assert astra.measures == (Measure(name="pe", value=Decimal("31.2"), unit="times"),)
    assert astra.aliases == ("Astra", "AZ")
    assert (fund.kind, fund.state) == (Kind.FUND, LookUp.OK)


@pytest.mark.parametrize(
    ("ticker", "state", "reason"),
    [
        ("BAD", LookUp.FAILED, "price is not a number: abc"),
        ("ODD", LookUp.FAILED, "day is not a day as in 2026-04-24: 24.04.2026"),
        ("TWICE", LookUp.FAILED, "history gives two prices for 2026-04-24"),
        ("ZEN.L", LookUp.EMPTY, "now trades as AZN.L: rename it in the portfolio"),
        ("QQQQ", LookUp.EMPTY, "not listed in prices.csv; 1 entries have no readable ticker, first line 10"),
    ],
)
async def test_wrong_rows_of_a_csv_are_said(tmp_path: Path, ticker: str, state: LookUp, reason: str) -> None:
    path = tmp_path / "prices.csv"
    path.write_text(CSV, encoding="utf-8")

    record = await one(FileMarket(path), ticker)

    assert (record.state, record.reason) == (state, reason)


async def test_a_csv_name_without_a_row_up_to_the_day_fails(tmp_path: Path) -> None:
    path = tmp_path / "prices.csv"
    path.write_text(CSV, encoding="utf-8")

    record = await one(FileMarket(path), "AZN.L", date(2026, 4, 21))

    assert (record.state, record.reason) == (LookUp.FAILED, "no row is of 2026-04-21 or earlier")


@pytest.mark.parametrize(
    ("body", "what"),
    [
        (b"", "is empty"),
        (b" \n ", "is empty"),
        (b'{"names": [}', "is not JSON: Expecting value (line 1)"),
        (b'{"rows": []}', 'has no list "names"'),
        (b'{"names": {}}', 'has no list "names"'),
        (b"[" * 100_000, "is nested too deeply"),
        (b"ticker,price\nAAPL,5\n", "names no column currency, day (line 1)"),
        (b"<html>blocked</html>", "names no column ticker, currency, price, day (line 1)"),
        (b"ticker,currency,price,day\nA,USD,5,2026-04-24\n\xff,USD,5,x\n", "is not UTF-8 text (line 3)"),
        (b'ticker,currency,price,day\n"A,USD', "is not CSV: unexpected end of data (line 2)"),
    ],
)
async def test_a_file_that_is_no_market_file_fails_as_a_whole(tmp_path: Path, body: bytes, what: str) -> None:
    path = tmp_path / "market.json"
    path.write_bytes(body)

    with pytest.raises(SourceFailed) as caught:
        await FileMarket(path).look_up(("AAPL",), DAY)

    assert str(caught.value) == f"The market file market.json {what}."
    assert caught.value.permanent


async def test_a_missing_file_fails_as_a_whole(tmp_path: Path) -> None:
    with pytest.raises(SourceFailed, match="cannot be opened"):
        await FileMarket(tmp_path / "none.json").look_up(("AAPL",), DAY)


async def test_a_file_larger_than_a_market_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "market.json"
    with path.open("wb") as file:
        file.truncate(64_000_001)

    with pytest.raises(SourceFailed, match="is larger than 64 MB"):
        await FileMarket(path).look_up(("AAPL",), DAY)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(field=st.sampled_from([*ASTRA, "splits", "volume"]), value=VALUES)
async def test_whatever_stands_in_a_field_the_name_gets_a_record(
    tmp_path: Path, field: str, value: object
) -> None:
    record = await one(market(tmp_path, changed(**{field: value})))

    assert record.state is LookUp.OK or record.reason
    assert isinstance(record.quote, Quote) == (record.state in (LookUp.OK, LookUp.STALE))


async def test_a_firms_target_of_a_later_day_does_not_exist_yet(tmp_path: Path) -> None:
    firms = [
        {"firm": "early", "target": 15000, "day": "2026-04-23"},
        {"firm": "late", "target": 15000, "day": "2026-04-25"},
    ]

    record = await one(market(tmp_path, changed(targets={"mean": 15000, "firms": firms})))

    assert isinstance(record.consensus, Consensus)
    assert [target.firm for target in record.consensus.firms] == ["early"]


async def test_no_nearest_is_named_where_nothing_resembles(tmp_path: Path) -> None:
    record = await one(market(tmp_path, changed(ticker="7203.T")), "WWW")

    assert record.reason == "not listed in market.json"
