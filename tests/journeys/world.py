"""A small world of today's date on loopback: regulator, central bank, newswires, search, market file, and a
chat model.

What it serves is the recorded day's wire format with its dates moved to now (the real clock decides in these
journeys). `ways` says how a route misbehaves; `script` says what the model answers. Nothing here knows the
code under test."""

import json
import re
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit
from xml.sax.saxutils import escape

RECORDINGS = Path(__file__).parents[2] / "bot" / "demo" / "recordings"
RECORDED = date(2026, 4, 24)
AMERICANS = {"AAPL": 320193, "HD": 354950, "MSFT": 789019, "NVDA": 1045810, "WMT": 104169}
FOREIGNERS = ("MC.PA", "OR.PA", "TTE.PA", "SAP.DE", "ALV.DE", "BMW.DE", "SHEL.L", "AZN.L", "HSBA.L", "BP.L",
              "ENEL.MI", "UCG.MI", "7203.T", "8306.T", "RY.TO")  # fmt: skip
HELD = (*AMERICANS, *FOREIGNERS)
# Three names of the regulator, three abroad: twenty would only wait for polite pauses.
FEW = ("AAPL", "MSFT", "NVDA", "MC.PA", "SAP.DE", "7203.T")
CANDIDATES = ("6758.T", "SIE.DE")
# Names of which a national store's answers were recorded.
ABROAD = ("NOVO-B.CO", "NOKIA.HE")
# So many shares of a name that the recorded portfolio does not hold.
SHARES = {"EUR": 60, "GBp": 500, "JPY": 500}
# Rows of a submissions page: enough for every window, few enough that the regulator's pace costs no patience.
FILINGS = 12
BLOCK_PAGE = b"<!doctype html><html><title>Checking your browser</title><body>Please wait</body></html>"


@dataclass(slots=True, kw_only=True)
class Answer:
    """One HTTP answer. `pause` seconds pass before it; `event_stream` for the model."""

    status: int = 200
    kind: str = "application/json"
    body: bytes = b""
    pause: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What the model is asked: `number` counts the requests of this world from 0."""

    number: int
    body: dict[str, Any]

    @property
    def brief(self) -> str:
        content = self.body["messages"][-1]["content"]
        return content if isinstance(content, str) else "".join(part["text"] for part in content)


Script = Callable[[Question], Answer]


class World:
    """`with World(folder) as world:`; `world.settings` are the environment that points the bot at it."""

    def __init__(
        self, folder: Path, *, held: tuple[str, ...] = FEW, candidates: tuple[str, ...] = ()
    ) -> None:
        self.folder = folder
        self.held = held
        self.candidates = candidates
        self.now = datetime.now(UTC)
        self.ways: dict[str, Answer] = {}
        self.script: Script = lambda question: good(question)
        self.asked: list[str] = []
        self.questions: list[Question] = []
        self._server = _Server(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        self.address = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05})
        self.market = folder / "market.json"
        self.portfolio = folder / "portfolio.csv"

    def __enter__(self) -> "World":
        self.market.write_text(json.dumps(market(self.session)), encoding="utf-8")
        self.portfolio.write_text(house_csv(self.held), encoding="utf-8")
        (self.folder / "universe.csv").write_text("\n".join(("ticker", *self.candidates)) + "\n")
        (self.folder / "feeds.csv").write_text(self._feeds())
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._thread.is_alive():
            self.close()

    def close(self) -> None:
        """Every server is down: connections are refused from now on."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def session(self) -> date:
        """The last weekday."""
        today = self.now.date()
        return today - timedelta(days=max(0, today.weekday() - 4))

    @property
    def settings(self) -> dict[str, str]:
        return {
            "CONTACT_EMAIL": "reader@example.org",
            "TIMEZONE": "UTC",
            "MODEL": "openai-compatible:test",
            "MODEL_BASE_URL": f"{self.address}/v1",
            "DATABASE": str(self.folder / "ledger.sqlite"),
            "PORTFOLIO_FILE": str(self.portfolio),
            "UNIVERSE_FILE": str(self.folder / "universe.csv"),
            "MARKET_SOURCE": f"file:{self.market}",
            "INDEX_TICKER": "VOO",
            "SEC_BASE_URL": f"{self.address}/sec",
            "SEC_DATA_URL": f"{self.address}/sec",
            "INFO_FINANCIERE_URL": "off",
            "NEWS_FEEDS": str(self.folder / "feeds.csv"),
            "SEARCH_URL": f"{self.address}/search",
            "FX_URL": f"{self.address}/fx",
        }

    def answer(self, target: str, body: bytes) -> Answer:
        """The answer to one request; `ways` comes first, by prefix."""
        parts = urlsplit(target)
        self.asked.append(parts.path)
        for prefix, way in self.ways.items():
            if parts.path.startswith(prefix):
                return way
        if parts.path == "/v1/chat/completions":
            question = Question(number=len(self.questions), body=json.loads(body))
            self.questions.append(question)
            return self.script(question)
        if parts.path.startswith("/search"):
            return _xml(self._found(parse_qs(parts.query)["q"][0]))
        page = self._pages().get(parts.path)
        return Answer(status=404, kind="text/plain", body=b"not here") if page is None else page

    def _pages(self) -> dict[str, Answer]:
        pages = {
            "/sec/files/company_tickers.json": _json(_tickers()),
            "/fx/stats/eurofxref/eurofxref-hist-90d.xml": _xml(_rates(self.session)),
            "/news/all.xml": _xml(self._general()),
        }
        for ticker, cik in AMERICANS.items():
            pages[f"/sec/submissions/CIK{cik:010d}.json"] = _json(_submissions(ticker, cik, self.now.date()))
        for ticker in (*HELD, *CANDIDATES):
            pages[f"/news/{ticker}.xml"] = _xml(_rss(self._own(ticker)))
        return pages

    def _feeds(self) -> str:
        return (
            "address,publisher,authority,kind,ticker,cadence_hours\n"
            f"{self.address}/news/{{ticker}}.xml,Name Wire,newswire,name,,744\n"
            f"{self.address}/news/all.xml,World Wire,newswire,general,,96\n"
        )

    def _own(self, ticker: str) -> list[tuple[str, str, datetime]]:
        name = _entries()[ticker]["name"]
        return [
            (f"{name} agrees to acquire a supplier", "", self.now - timedelta(hours=30)),
            (f"Is {name} a buy now? Analysts raise price target", "", self.now - timedelta(hours=5)),
        ]

    def _general(self) -> str:
        return _rss(
            [
                (
                    "Microsoft Corporation names a new chief financial officer",
                    "",
                    self.now - timedelta(hours=9),
                ),
                ("Weather is mild across the continent", "", self.now - timedelta(hours=2)),
            ]
        )

    def _found(self, query: str) -> str:
        phrase = query.split('"')[1]
        title = f"{phrase} recalls a product in several countries"
        return _rss([(title, "https://www.reuters.com", self.now - timedelta(hours=40))])


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that was killed is no news; anything else is an error of this world."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


def _handler(world: World) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self._serve(b"")

        def do_POST(self) -> None:
            self._serve(self.rfile.read(int(self.headers.get("content-length", "0"))))

        def _serve(self, body: bytes) -> None:
            answer = world.answer(self.path, body)
            time.sleep(answer.pause)
            try:
                self.send_response(answer.status)
                self.send_header("Content-Type", answer.kind)
                self.send_header("Content-Length", str(len(answer.body)))
                self.end_headers()
                self.wfile.write(answer.body)
            except ConnectionError:
                self.close_connection = True

        def log_message(self, *words: object) -> None:
            """Silence: the test reads `world.asked`."""

    return Handler


# What the sources say.


@cache
def _entries() -> dict[str, dict[str, Any]]:
    names = json.loads((RECORDINGS / "market" / "market.json").read_text(encoding="utf-8"))["names"]
    return {entry["ticker"]: entry for entry in names}


def market(session: date) -> dict[str, Any]:
    """The recorded names with their closes moved so that the last one is of `session`, weekday by weekday."""
    wanted = {*HELD, *CANDIDATES, *ABROAD, "VOO"}
    shift = session - RECORDED
    names = []
    for ticker in sorted(wanted):
        entry = dict(_entries()[ticker])
        closes = entry.pop("history", [])[-280:]
        days = _weekdays_back(session, len(closes) + 1)
        entry["history"] = [[day.isoformat(), *row[1:]] for day, row in zip(days[:-1], closes, strict=True)]
        entry["day"] = session.isoformat()
        if "targets" in entry:
            entry["targets"] = {**entry["targets"], "day": _moved(entry["targets"]["day"], shift)}
        if "statements" in entry:
            entry["statements"] = _moved(entry["statements"], shift)
        names.append(entry)
    return {"source": "a world of its own", "names": names}


def market_csv(session: date) -> str:
    """The same prices in the documented CSV, without history."""
    lines = ["ticker;currency;price;day;name;kind"]
    lines += [
        f"{entry['ticker']};{entry['currency']};{entry['price']};{session};{entry['name']};{entry['kind']}"
        for entry in market(session)["names"]
    ]
    return "\n".join(lines) + "\n"


def house_csv(held: tuple[str, ...]) -> str:
    """A portfolio in the project's own format: the shares, a fund, and cash in two currencies."""
    rows = (RECORDINGS / "portfolio.csv").read_text(encoding="utf-8").splitlines()
    kept = [row for row in rows if row.split(",")[0] in {"ticker", *held, "VOO", "$CASH"}]
    there = {row.split(",")[0] for row in kept}
    others = [_entries()[ticker] for ticker in held if ticker not in there]
    # Names that the demo does not hold, about as much worth as its own.
    added = [f"{each['ticker']},{SHARES[each['currency']]},{each['currency']},,equity,no" for each in others]
    return "\n".join([*kept, *added]) + "\n"


def _weekdays_back(last: date, count: int) -> list[date]:
    days = [last]
    while len(days) < count:
        day = days[-1] - timedelta(days=1)
        days.append(day - timedelta(days=max(0, day.weekday() - 4)))
    return days[::-1]


def _moved(day: str, shift: timedelta) -> str:
    return (date.fromisoformat(day) + shift).isoformat() if day else day


def _tickers() -> dict[str, Any]:
    return {
        str(number): {"cik_str": cik, "ticker": ticker, "title": _entries()[ticker]["name"]}
        for number, (ticker, cik) in enumerate(AMERICANS.items())
    }


@cache
def _recorded_submissions(cik: int) -> dict[str, Any]:
    path = RECORDINGS / "sec" / "submissions" / f"CIK{cik:010d}.json"
    page: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return page


def _submissions(ticker: str, cik: int, today: date, items: str = "") -> dict[str, Any]:
    """The recorded page, days moved to today; NVIDIA has filed a grave 8-K yesterday. `items` are of one more
    8-K, of today."""
    page = dict(_recorded_submissions(cik))
    recent = {column: list(values[:FILINGS]) for column, values in page["filings"]["recent"].items()}
    shift = today - RECORDED
    for column in ("filingDate", "reportDate"):
        recent[column] = [_moved(day, shift) for day in recent[column]]
    if ticker == "NVDA":
        _file(recent, cik, today - timedelta(days=1), "4.02,9.01")
    if items:
        _file(recent, cik, today, items)
    return {**page, "filings": {"recent": recent, "files": []}}


def _file(recent: dict[str, list[Any]], cik: int, day: date, items: str) -> None:
    """One more 8-K, as the newest."""
    row = {
        "accessionNumber": f"{cik:010d}-{day:%y}-99{day:%m%d}",
        "filingDate": day.isoformat(),
        "reportDate": day.isoformat(),
        "form": "8-K",
        "items": items,
        "primaryDocument": "current-report.htm",
        "primaryDocDescription": "8-K",
    }
    for column, values in recent.items():
        values.insert(0, row.get(column, type(values[0])() if values else ""))


def filed_today(ticker: str, items: str) -> Answer:
    """The company's page with one more 8-K, of today: for `ways`."""
    cik = AMERICANS[ticker]
    return _json(_submissions(ticker, cik, datetime.now(UTC).date(), items))


def _rates(day: date) -> str:
    text = (RECORDINGS / "fx" / "stats" / "eurofxref" / "eurofxref-hist-90d.xml").read_text(encoding="utf-8")
    return re.sub(r'time="[0-9-]+"', f'time="{day}"', text, count=1)


def _rss(items: list[tuple[str, str, datetime]]) -> str:
    written = "".join(
        f"<item><title>{escape(title)}</title><link>https://wire.example.org/{number}</link>"
        f"<guid>{escape(title)}</guid><pubDate>{format_datetime(moment)}</pubDate>"
        + (f'<source url="{source}">Reuters</source>' if source else "")
        + "</item>"
        for number, (title, source, moment) in enumerate(items)
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Wire</title>{written}</channel></rss>'


def _xml(text: str) -> Answer:
    return Answer(kind="application/xml", body=text.encode())


def _json(data: Any, status: int = 200) -> Answer:
    return Answer(status=status, body=json.dumps(data).encode())


# What the model says.


@dataclass(slots=True)
class Line:
    """A name as the model reads it in the brief."""

    ticker: str
    held: bool
    weight: float
    facts: list[str] = field(default_factory=list)


def seen(brief: str) -> list[Line]:
    """The names of a brief, in its order."""
    lines = []
    for block in re.findall(r"<name .*?</name>", brief, re.DOTALL):
        head = dict(re.findall(r'([a-z_]+)="([^"]*)"', block.split(">", 1)[0]))
        facts = re.findall(r'<fact id="([^"]+)"', block)
        lines.append(Line(head["ticker"], head["held"] == "yes", float(head["weight"]), facts))
    return lines


# Stances by a name's place in the alphabet and the ballot's number: up, down, consensus, split, hold.
HABITS = (
    ("add", "add", "buy", "add", "add"),
    ("lighten", "sell", "lighten", "lighten", "lighten"),
    ("hold", "hold", "hold", "add", "hold"),
    ("add", "lighten", "hold", "add", "lighten"),
    ("hold", "hold", "hold", "hold", "hold"),
)
MOVES = {"buy": 1.5, "add": 1.2, "hold": 1.0, "lighten": 0.7, "sell": 0.0}


def ballot(question: Question) -> dict[str, Any]:
    """A ballot a careful model could have given: every name once, facts cited, weights that make one
    hundred."""
    lines = seen(question.brief)
    names: list[dict[str, Any]] = []
    for place, line in enumerate(sorted(lines, key=lambda line: line.ticker)):
        stance = HABITS[place % len(HABITS)][question.number % 5]
        if not line.held and stance in {"lighten", "sell"}:
            stance = "hold"
        base = line.weight or (1.0 if stance in {"buy", "add"} else 0.0)
        names.append(
            {
                "ticker": line.ticker,
                "facts": line.facts[:1],
                "reasons_against": ["The price asks for much."],
                "reasons_for": ["The business earns its keep."],
                "stance": stance,
                "target_weight": round(base * MOVES[stance], 2),
            }
        )
    cash = max(0.0, round(100 - sum(float(name["target_weight"]) for name in names), 2))
    return {"names": names, "cash_target_weight": cash}


def good(question: Question) -> Answer:
    return said(json.dumps(ballot(question)), number=question.number)


def said(text: str, *, number: int, finish: str = "stop", pause: float = 0.0) -> Answer:
    """A streamed chat completion."""
    head = {"id": f"chat-{number}", "model": "test"}

    def piece(delta: dict[str, str], finish: str | None = None) -> bytes:
        choices = [{"index": 0, "delta": delta, "finish_reason": finish}]
        return b"data: " + json.dumps({**head, "choices": choices}).encode() + b"\n\n"

    usage = {"prompt_tokens": 9000, "completion_tokens": 3000}
    last = b"data: " + json.dumps({**head, "choices": [], "usage": usage}).encode() + b"\n\n"
    body = piece({"role": "assistant", "content": text}) + piece({}, finish) + last + b"data: [DONE]\n\n"
    return Answer(kind="text/event-stream", body=body, pause=pause)


def truncated(question: Question) -> Answer:
    whole = json.dumps(ballot(question))
    return said(whole[: len(whole) // 2], number=question.number, finish="length")


def refused(status: int, message: str, **more: str) -> Answer:
    return _json({"error": {"message": message, **more}}, status=status)
