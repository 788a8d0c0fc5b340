"""How long importing takes: activities files at three sizes, and refusing what is no portfolio file.

Files are made by a fixed generator; the best of three rounds is printed, because other work on the machine
only ever makes a round slower. Growth is the processor time of the largest over that of the smallest, over
the ratio of their rows: 1 is linear.
"""

import json
import time
from collections.abc import Callable
from functools import partial

from core.base.errors import BadRequest
from providers.holdings.reading import read_file

SIZES = (2_500, 10_000, 40_000)
# Seconds for 10,000 rows (the figure); the others in proportion.
LIMIT_OF_10K = 1.0
REFUSAL_LIMIT = 0.100
GROWTH_LIMIT = 1.5
ROUNDS = 3


def main() -> int:
    """Prints one line per figure; non-zero when one is over its limit."""
    over = 0
    for name, make in (
        ("Trading 212", _trading212),
        ("Trade Republic", _trade_republic),
        ("DEGIRO account", _degiro),
        ("Ghostfolio JSON", _ghostfolio),
        ("house CSV", _house),
    ):
        times = []
        for rows in SIZES:
            data = make(rows)
            measured, processor = _best(partial(read_file, data, origin="file"))
            times.append(processor)
            over += _line(
                f"{name}, {rows:,} rows, {len(data) / 1e6:.1f} MB", measured, LIMIT_OF_10K * rows / 10_000
            )
        growth = (times[-1] / times[0]) / (SIZES[-1] / SIZES[0])
        late = growth > GROWTH_LIMIT
        print(
            f"{name}, growth from {SIZES[0]:,} to {SIZES[-1]:,} rows | {growth:.2f} | {GROWTH_LIMIT} | "
            f"{_word(late)}"
        )
        over += late
    for name, data in (
        ("300,000 columns refused", b"c," * 299_999 + b"c\n" + b"1," * 299_999 + b"1\n"),
        ("300,000 equal headers in 20 rows refused", (b"a," * 15_000 + b"a\n") * 20),
        ("20 MB refused", b"ticker,quantity\n" + b"AAPL,1\n" * 2_857_000),
        ("one cell of 5 MB refused", b'ticker,quantity\n"' + b"a" * 4_900_000 + b'",1\n'),
        ("4 MB of blank lines refused", b"ticker,quantity\n" + b"\n" * 4_000_000),
    ):
        over += _line(name, _best(partial(_refused, data))[0], REFUSAL_LIMIT)
    return 1 if over else 0


def _refused(data: bytes) -> None:
    try:
        read_file(data, origin="file")
    except BadRequest:
        return
    raise AssertionError("the file was not refused")


def _line(name: str, measured: float, limit: float) -> bool:
    late = measured > limit
    print(f"{name} | {1000 * measured:.1f} ms | {1000 * limit:.0f} ms | {_word(late)}")
    return late


def _word(late: bool) -> str:
    return "over" if late else "ok"


def _best(work: Callable[[], object]) -> tuple[float, float]:
    """Wall seconds and processor seconds, each the least of the rounds."""
    walls, processors = [], []
    for _ in range(ROUNDS):
        begun, worked = time.perf_counter(), time.process_time()
        work()
        walls.append(time.perf_counter() - begun)
        processors.append(time.process_time() - worked)
    return min(walls), min(processors)


def _day(row: int) -> str:
    return f"20{10 + row % 15}-{1 + row % 12:02d}-{1 + row % 28:02d}"


def _trading212(rows: int) -> bytes:
    header = (
        "Action,Time,ISIN,Ticker,Name,No. of shares,Price / share,"
        "Currency (Price / share),Total,Currency (Total)\n"
    )
    lines = (
        f"Market {'sell' if row % 5 == 4 else 'buy'},{_day(row)} "
        f"11:45:06.326,US{row % 300:09d}0,T{row % 300},"
        f'"Company {row % 300}",{1 + row % 7}.0290530000,49.96,USD,1.33,"EUR"\n'
        for row in range(rows)
    )
    return (header + "".join(lines)).encode()


def _trade_republic(rows: int) -> bytes:
    header = (
        '"datetime","date","category","type","asset_class",'
        '"name","symbol","shares","price","amount","currency"\n'
    )
    lines = (
        f'"{_day(row)}T10:20:05.865Z","{_day(row)}","TRADING","BUY","STOCK",'
        f'"Company {row % 300}","US{row % 300:09d}0",'
        f'"0.{1 + row % 999:06d}","25.5","-5.69","EUR"\n'
        for row in range(rows)
    )
    return (header + "".join(lines)).encode()


def _degiro(rows: int) -> bytes:
    header = "Datum,Tijd,Valutadatum,Product,ISIN,Omschrijving,FX,Mutatie,,Saldo,,Order Id\n"
    lines = (
        f"{1 + row % 28:02d}-{1 + row % 12:02d}-2024,09:{row % 60:02d},15-12-2024,COMPANY "
        f"{row % 300},US{row % 300:09d}0,"
        f'"Koop {1 + row % 9} @ 33,9 USD",,USD,"-33,90",USD,"{row % 90},90",order-{row}\n'
        for row in range(rows)
    )
    return (header + "".join(lines)).encode()


def _ghostfolio(rows: int) -> bytes:
    activities = [
        {
            "currency": "USD",
            "dataSource": "YAHOO",
            "date": f"{_day(row)}T00:00:00.000Z",
            "fee": 0,
            "quantity": 1 + row % 9,
            "symbol": f"T{row % 300}",
            "type": "BUY",
        }
        for row in range(rows)
    ]
    # As short as JSON can be, so that the largest size stays below the limit of 5 MB.
    return json.dumps({"activities": activities}, separators=(",", ":")).encode()


def _house(rows: int) -> bytes:
    return (
        "ticker,quantity,currency,name\n" + "".join(f"T{row},1.5,USD,Company {row}\n" for row in range(rows))
    ).encode()


if __name__ == "__main__":
    raise SystemExit(main())
