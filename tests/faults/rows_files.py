"""Rows 37 and 38: hostile portfolio files. Each line is a holding or a reason; a file that is none is refused
at once."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from core.base.errors import BadRequest
from providers.holdings.reading import read_file

HEAD = "ticker,quantity\n"
REFUSED_S = 0.1
ROUNDS = 3  # the best counts: other work on the machine only makes a round slower


@dataclass(frozen=True, slots=True, kw_only=True)
class Hostile:
    """`accepted` are the tickers that must be read; None: the whole file is refused. `rejected` counts bad
    lines."""

    name: str
    data: bytes
    accepted: frozenset[str] | None = None
    rejected: int = 0


def hostile(name: str, rows: str, accepted: str, rejected: int) -> Hostile:
    return Hostile(
        name=name, data=(HEAD + rows).encode(), accepted=frozenset(accepted.split()), rejected=rejected
    )


def refused(name: str, data: bytes | str) -> Hostile:
    return Hostile(name=name, data=data.encode() if isinstance(data, str) else data)


# Beside each bad line stands a good one where the point is that the good one survives.
FILES: tuple[Hostile, ...] = (
    hostile("the ticker NA is no gap", "NA,3\nAAPL,1\n", "NA AAPL", 0),
    hostile("leading zeros stay", "0700.HK,100\n", "0700.HK", 0),
    hostile("infinite", "AAPL,1\nMSFT,inf\n", "AAPL", 1),
    hostile("beyond a float", "AAPL,1\nMSFT,1e400\n", "AAPL", 1),
    hostile("not a number", "AAPL,1\nMSFT,nan\n", "AAPL", 1),
    hostile("negative", "AAPL,1\nMSFT,-3\n", "AAPL", 1),
    hostile("zero", "AAPL,1\nMSFT,0\n", "AAPL", 1),
    hostile("words for a quantity", "AAPL,1\nMSFT,many\n", "AAPL", 1),
    hostile("digits of another script", "AAPL,1\nMSFT,١٢\n", "AAPL", 1),
    hostile("underscores in a number", "AAPL,1\nMSFT,1_000\n", "AAPL", 1),
    hostile("hexadecimal", "AAPL,1\nMSFT,0x10\n", "AAPL", 1),
    hostile("a formula for a ticker", "AAPL,1\n=CMD|'/C calc'!A0,2\n", "AAPL", 1),
    hostile("an at sign for a ticker", "AAPL,1\n@SUM(A1),2\n", "AAPL", 1),
    hostile("a look-alike letter", "AAPL,1\nАAPL,2\n", "AAPL", 1),
    hostile("markup for a ticker", "AAPL,1\n</name><b>,2\n", "AAPL", 1),
    hostile("a ticker of a thousand letters", f"AAPL,1\n{'A' * 1000},2\n", "AAPL", 1),
    hostile("an empty ticker", "AAPL,1\n,2\n", "AAPL", 1),
    hostile("an empty quantity", "AAPL,1\nMSFT,\n", "AAPL", 1),
    hostile("control and direction signs", "AAPL,1\nMS\u202eFT,2\n", "AAPL", 1),
    hostile("only bad lines are no portfolio", "=A1,1\nMSFT,nan\n", "", 2),
    hostile("a header alone is nothing", "", "", 0),
    refused("empty", b""),
    refused("a web page", "<!doctype html><html><body>Sign in</body></html>"),
    refused("bytes of a picture", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8),
    refused("another encoding's bytes", "ticker,quantity\nAAPL,1\n".encode("utf-16")[:-1]),
    refused("a doubled header", "ticker,ticker,quantity\nAAPL,MSFT,1\n"),
    refused("columns of another thing", "url,visits\nhttps://example.org,3\n"),
)

HUGE: tuple[tuple[str, Callable[[], bytes]], ...] = (
    ("300,000 columns", lambda: b"c," * 299_999 + b"c\n" + b"1," * 299_999 + b"1\n"),
    ("20 MB", lambda: b"ticker,quantity\n" + b"AAPL,1\n" * 2_857_000),
)


async def hostile_portfolios(folder: Path, *, fast: bool) -> str:
    wrong = [said for said in map(_deviation, FILES) if said]

    assert not wrong, "; ".join(wrong)
    return f"{len(FILES)} files: read or refused line by line as expected"


async def huge_portfolios(folder: Path, *, fast: bool) -> str:
    told = []
    for name, make in HUGE:
        data = make()
        best = min(_refusal(data) for _ in range(ROUNDS))
        assert best < REFUSED_S, f"{name}: {best * 1000:.0f} ms"
        told.append(f"{name} in {best * 1000:.0f} ms")
    return f"refused: {', '.join(told)}"


def _deviation(file: Hostile) -> str:
    """Empty when the file was read as the table says."""
    try:
        found = read_file(file.data, origin="hostile.csv")
    except BadRequest as error:
        if file.accepted:
            return f"{file.name}: refused whole ({error})"
        return "" if str(error) else f"{file.name}: refused without a word"
    read = frozenset(holding.ticker for holding in found.portfolio.holdings)
    if file.accepted is None:
        return f"{file.name}: read as {sorted(read)}"
    if read != file.accepted or len(found.rejected) != file.rejected:
        return f"{file.name}: read {sorted(read)}, rejected {len(found.rejected)}"
    if not all(row.line > 1 and row.reason for row in found.rejected):
        return f"{file.name}: a rejected line without its place or reason"
    return ""


def _refusal(data: bytes) -> float:
    begun = time.perf_counter()
    try:
        read_file(data, origin="huge.csv")
    except BadRequest:
        return time.perf_counter() - begun
    raise AssertionError("a huge file was read")
