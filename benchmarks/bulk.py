"""Ten thousand ballots of the laboratory against a loopback service, killed with -9 on the way: memory, rate,
nothing twice.

The real command in processes of its own over a real ledger; the service answers at once, so the figures are
this program's. Memory is the resident set of the process that goes on to the end, at a tenth of its ballots
and at the end.
"""

import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.run import size
from core.snapshot.codec import encode
from tests.core.snapshots import dossier, snapshot

ROOT = Path(__file__).resolve().parent.parent
BALLOTS = size(10_000, 310)
NAMES = 10
# Megabytes that a hundred times the ballots may add: the list of juries, and what the allocator keeps.
GROWTH_LIMIT_MB = 25.0
AT_ONCE, CALLS = 4, 8


class Silent(ThreadingHTTPServer):
    """A client that is killed in the middle of a call is what is tried here, and no error."""

    def handle_error(self, request: object, client_address: object) -> None:
        return None


class Service:
    """Counts its answers; each has an id of its own."""

    def __init__(self) -> None:
        self.asked = 0
        self.lock = threading.Lock()
        service = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["content-length"])))
                raw = service.answer(body)
                self.send_response(200)
                self.send_header("content-type", "application/json")
                self.send_header("content-length", str(len(raw)))
                self.end_headers()
                self.wfile.write(raw)

            def log_message(self, *_: object) -> None:
                return None

        self.server = Silent(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_address[1]}/v1"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def answer(self, body: dict[str, list[dict[str, str]]]) -> bytes:
        with self.lock:
            number, self.asked = self.asked, self.asked + 1
        tickers = re.findall(r'<name ticker="([^"]+)"', body["messages"][1]["content"])
        lines = [
            {"ticker": ticker, "facts": [], "reasons_against": ["a"], "reasons_for": [str(number)],
             "stance": ("add", "hold", "lighten")[(number + place) % 3], "target_weight": 9}
            for place, ticker in enumerate(tickers)
        ]  # fmt: skip
        text = json.dumps({"names": lines, "cash_target_weight": 10})
        choice = {"index": 0, "message": {"content": text}, "finish_reason": "stop"}
        usage = {"prompt_tokens": 1000, "completion_tokens": 100}
        return json.dumps({"id": f"c-{number}", "model": "m", "choices": [choice], "usage": usage}).encode()


def main() -> int:
    with TemporaryDirectory() as folder:
        service = Service()
        path = Path(folder)
        names = (dossier(f"N{number}", weight="9") for number in range(NAMES))
        (path / "frozen.json").write_text(encode(snapshot(*names)))
        killed = _begin(path, service)
        while service.asked < BALLOTS // 3:
            time.sleep(0.02)
        killed.send_signal(signal.SIGKILL)
        killed.wait()
        before = _stored(path)
        # As it is a minute later: nobody has renewed the lease of what was open.
        with sqlite3.connect(path / "lab.sqlite") as db:
            db.execute("UPDATE leases SET until = '2000-01-01T00:00:00+00:00'")
        began, from_here = time.monotonic(), service.asked
        going_on = _begin(path, service)
        early = late = 0.0
        while going_on.poll() is None:
            if not early and service.asked > from_here + BALLOTS // 10:
                early = _resident_mb(going_on.pid)
            late = max(late, _resident_mb(going_on.pid)) if early else 0.0
            time.sleep(0.05)
        took = time.monotonic() - began
        after = _stored(path)
        wasted = service.asked - BALLOTS
    growth = late - early
    rows = (
        (
            "ballots stored",
            float(len(after)),
            float(BALLOTS),
            len(after) == BALLOTS and going_on.returncode == 0,
        ),
        (
            "stored ballots lost or asked again after kill -9",
            float(len(before - after)),
            0.0,
            before <= after,
        ),
        ("calls in vain after kill -9", float(wasted), float(AT_ONCE * CALLS), wasted <= AT_ONCE * CALLS),
        (
            "memory from a tenth of the ballots to the end, MB",
            growth,
            GROWTH_LIMIT_MB,
            growth <= GROWTH_LIMIT_MB,
        ),
    )
    print(f"ballots a second | {(BALLOTS - len(before)) / took:.0f} | - | ok")
    for name, measured, limit, fine in rows:
        print(f"{name} | {measured:.0f} | {limit:.0f} | {'ok' if fine else 'over'}")
    return int(not all(fine for *_, fine in rows))


def _begin(path: Path, service: Service) -> subprocess.Popen[bytes]:
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "DATABASE": str(path / "lab.sqlite"),
        "MODEL": "openai:m",
        "MODEL_BASE_URL": service.address,
        "OPENAI_API_KEY": "none",
        "MODEL_PRICE": "0,0",
    }
    words = [
        sys.executable,
        "-m",
        "bot",
        "laboratory",
        "frozen.json",
        "--ballots",
        str(BALLOTS),
        "--at-once",
        str(AT_ONCE),
    ]
    with (path / "laboratory.log").open("a") as log:
        return subprocess.Popen(words, cwd=path, env=environment, stdout=log, stderr=log)


def _stored(path: Path) -> set[tuple[str, int, int, str]]:
    with sqlite3.connect(f"file:{path / 'lab.sqlite'}?mode=ro", uri=True) as db:
        rows = db.execute("SELECT * FROM answers").fetchall()
    found = ((row[0], row[1], row[2], re.search(r"c-\d+", str(row))) for row in rows)
    return {(run, ballot, attempt, named[0]) for run, ballot, attempt, named in found if named is not None}


def _resident_mb(pid: int) -> float:
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    except (OSError, IndexError):
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


if __name__ == "__main__":
    sys.exit(main())
