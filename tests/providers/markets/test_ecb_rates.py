"""The ECB's reference rates in its wire formats, over a real loopback server and from a recording."""

import io
import zipfile
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.base.errors import SourceFailed
from providers.http import Fetcher
from providers.markets.ecb.client import ALL_DAYS, LAST_DAY, NINETY_DAYS, EcbRates, read_days, table_of

RECORDED = Path(__file__).parents[3] / "bot/demo/recordings/fx/stats/eurofxref/eurofxref-hist-90d.xml"
HISTORY = (
    "Date,USD,JPY,CYP,\n"
    "2026-04-13,1.1684,186.75,N/A,\n"
    "2007-12-31,1.4721,164.93,0.585274,\n"
    "\n"
    "2007-12-28,N/A,N/A,N/A,\n"
)


def zipped(text: str, name: str = "eurofxref-hist.csv") -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, text)
    return file.getvalue()


class Bank:
    """What the loopback server answers by path; everything else is 404."""

    def __init__(self) -> None:
        self.bodies: dict[str, bytes] = {}
        self.status = 404
        self.asked: list[str] = []
        self.url = ""


@pytest.fixture
def bank() -> Iterator[Bank]:
    served = Bank()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            served.asked.append(self.path)
            body = served.bodies.get(self.path)
            self.send_response(served.status if body is None else 200)
            self.end_headers()
            self.wfile.write(body or b"")

        def log_message(self, *_: object) -> None:
            return None

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    served.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield served
    server.shutdown()
    server.server_close()
    thread.join()


async def test_the_last_published_day_at_or_before_the_asked_one_is_used(bank: Bank) -> None:
    bank.bodies[NINETY_DAYS] = RECORDED.read_bytes()
    async with Fetcher(trusted=(bank.url,)) as fetcher:
        rates = EcbRates(fetcher, bank.url + "/")

        sunday, exact, late = [
            await rates.rates(day) for day in (date(2026, 4, 12), date(2026, 4, 13), date(2026, 4, 24))
        ]

    assert (sunday.day, sunday.stale_sessions) == (date(2026, 4, 10), 0)
    assert (exact.day, exact.stale_sessions) == (date(2026, 4, 13), 0)
    assert (late.day, late.stale_sessions) == (date(2026, 4, 13), 9)
    assert {rate.currency: rate.per_euro for rate in exact.rates}["USD"] == Decimal("1.1684")
    assert [rate.currency for rate in exact.rates] == sorted(rate.currency for rate in exact.rates)
    assert set(bank.asked) == {NINETY_DAYS}


async def test_a_day_before_the_ninety_days_is_read_from_the_whole_history(bank: Bank) -> None:
    bank.bodies = {NINETY_DAYS: RECORDED.read_bytes(), ALL_DAYS: zipped(HISTORY)}

    async with Fetcher(trusted=(bank.url,)) as fetcher:
        table = await EcbRates(fetcher, bank.url).rates(date(2008, 1, 2))

    assert table.day == date(2007, 12, 31)
    assert [rate.currency for rate in table.rates] == ["CYP", "JPY", "USD"]


async def test_a_mirror_with_the_last_day_alone_is_enough(bank: Bank) -> None:
    bank.bodies[LAST_DAY] = RECORDED.read_bytes()

    async with Fetcher(trusted=(bank.url,)) as fetcher:
        table = await EcbRates(fetcher, bank.url).rates(date(2026, 4, 14))

    assert table.day == date(2026, 4, 13)
    assert bank.asked == [NINETY_DAYS, LAST_DAY]


async def test_a_mirror_with_the_history_alone_is_enough(bank: Bank) -> None:
    bank.bodies[ALL_DAYS] = zipped(HISTORY)

    async with Fetcher(trusted=(bank.url,)) as fetcher:
        table = await EcbRates(fetcher, bank.url).rates(date(2026, 4, 14))

    assert table.day == date(2026, 4, 13)


@pytest.mark.parametrize(
    ("file", "body"),
    [
        ("/stats/eurofxref/eurofxref-daily.xml", RECORDED.read_bytes()),
        ("/stats/eurofxref/eurofxref-hist-90d.xml?5105e8", RECORDED.read_bytes()),
        ("/mirror/eurofxref-hist.zip", zipped(HISTORY)),
        ("/eurofxref.csv", HISTORY.encode()),
    ],
)
async def test_the_address_of_one_file_is_read_as_it_is(bank: Bank, file: str, body: bytes) -> None:
    bank.bodies[file] = body

    async with Fetcher(trusted=[bank.url]) as fetcher:
        table = await EcbRates(fetcher, bank.url + file).rates(date(2026, 4, 14))

    assert table.day in {date(2026, 4, 13), date(2026, 4, 14)}
    assert bank.asked == [file]


async def test_the_folder_of_the_files_is_an_address_too(bank: Bank) -> None:
    bank.bodies[NINETY_DAYS] = RECORDED.read_bytes()

    async with Fetcher(trusted=[bank.url]) as fetcher:
        table = await EcbRates(fetcher, bank.url + "/stats/eurofxref/").rates(date(2026, 4, 14))

    assert table.rates


async def test_one_file_that_does_not_reach_the_day_is_a_failed_source(bank: Bank) -> None:
    bank.bodies["/eurofxref-daily.xml"] = RECORDED.read_bytes()

    async with Fetcher(trusted=[bank.url]) as fetcher:
        with pytest.raises(SourceFailed, match="no rates were published at or before 2008-01-02"):
            await EcbRates(fetcher, bank.url + "/eurofxref-daily.xml").rates(date(2008, 1, 2))


async def test_a_failing_server_is_a_failed_source_and_not_an_empty_table(bank: Bank) -> None:
    bank.status = 503

    async with Fetcher(trusted=(bank.url,)) as fetcher:
        with pytest.raises(SourceFailed, match="ECB"):
            await EcbRates(fetcher, bank.url).rates(date(2026, 4, 13))

    assert bank.asked == [NINETY_DAYS]


def test_rates_older_than_fifteen_sessions_are_a_failed_source() -> None:
    days = read_days(RECORDED.read_bytes())

    table = table_of(days, date(2026, 5, 4))
    with pytest.raises(SourceFailed, match="its last rates are of 2026-04-13, 16 sessions before 2026-05-05"):
        table_of(days, date(2026, 5, 5))

    assert table.stale_sessions == 15


def test_a_currency_without_a_rate_on_a_day_is_left_out_and_not_carried_over() -> None:
    days = read_days(HISTORY.encode())

    assert [rate.currency for rate in days[date(2026, 4, 13)]] == ["JPY", "USD"]
    assert date(2007, 12, 28) not in days


def test_the_csv_of_the_last_day_has_spaces_and_an_english_date() -> None:
    days = read_days(b"Date, USD, JPY, \n13 April 2026, 1.1684, 186.75, \n")

    assert {rate.currency: rate.per_euro for rate in days[date(2026, 4, 13)]} == {
        "USD": Decimal("1.1684"),
        "JPY": Decimal("186.75"),
    }


@pytest.mark.parametrize(
    ("body", "what"),
    [
        (b"", "is not a file of reference rates"),
        (b"<html><body>maintenance</body></html>", "holds no reference rates"),
        (b"<html><br></html>", "is not a file of reference rates"),
        (b'{"rates": {}}', "is not a file of reference rates"),
        (b"\xff\xfe", "is not a file of reference rates"),
        (b"Date,USD,\n", "holds no reference rates"),
        (b"Date,USD,\n2026-04-13,zero,\n", "holds a wrong value: the rate of USD on 2026-04-13"),
        (b"Date,USD,\n2026-04-13,0,\n", "holds a wrong value: the rate of USD on 2026-04-13 is 0"),
        (b"Date,USD,\n2026-04-13,-1,\n", "holds a wrong value: the rate of USD on 2026-04-13 is -1"),
        (b"Date,USD,\n2026-04-13,NaN,\n", "holds a wrong value"),
        (b"Date,USD,\n13.04.2026,1.1,\n", "holds a wrong value: a day is not a day"),
        (b"Date,USD,\n ,1.1,\n", "holds a wrong value: a day is missing"),
        (b"Date,usd,\n2026-04-13,1.1,\n", "is no currency code"),
        (b'Date,USD\n"2026-04-13,1.1\n', "is not a file of reference rates"),
        (b'<!DOCTYPE x [<!ENTITY a "b">]><x/>', "declares entities"),
        (b"PK\x03\x04broken", "is not a file of reference rates"),
        (zipped(HISTORY)[:60] + b"\0" * 40 + zipped(HISTORY)[100:], "is not a file of reference rates"),
        (zipped("x", name="readme.txt"), "the archive holds no CSV"),
        (zipped("0" * 32_000_001), "unpacks to more than"),
    ],
)
def test_anything_else_than_reference_rates_is_a_failed_source(body: bytes, what: str) -> None:
    with pytest.raises(SourceFailed) as caught:
        read_days(body)

    assert what in str(caught.value)


def test_before_the_first_day_there_are_no_rates() -> None:
    with pytest.raises(SourceFailed, match="no rates were published at or before 1998-12-31"):
        table_of(read_days(HISTORY.encode()), date(1998, 12, 31))


@given(body=st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_any_bytes_are_rates_or_a_failed_source(body: bytes) -> None:
    for prefix in (b"", b"Date,USD,\n", b"<a>"):
        try:
            days = read_days(prefix + body)
        except SourceFailed:
            continue
        assert all(rates for rates in days.values())
