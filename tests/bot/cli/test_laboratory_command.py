"""`python -m bot laboratory`: a plan in the ledger, killed anywhere and gone on with; budget, wrong use,
votes as CSV."""

import csv
import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from bot.cli.base import main
from core.snapshot.codec import encode
from tests.core.snapshots import dossier, fact, snapshot

ROOT = Path(__file__).resolve().parents[3]
FROZEN = snapshot(
    dossier("AAA", weight="45", facts=(fact("AAA", 1, title="The chief leaves"),)),
    dossier("BBB", weight="45"),
)


class Jurors:
    """A chat completions service that counts: the n-th answer has the id `c-n`."""

    def __init__(self) -> None:
        self.address = ""
        self.asked = 0
        self.refuse = False
        self.lock = threading.Lock()

    def answer(self, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        with self.lock:
            number, self.asked = self.asked, self.asked + 1
        if self.refuse:
            return 401, {"error": {"message": "Incorrect API key"}}
        tickers = re.findall(r'<name ticker="([^"]+)"', body["messages"][1]["content"])
        stance = ("add", "hold", "hold")[number % 3]
        lines = [
            {"ticker": ticker, "facts": [], "reasons_against": [str(number)], "reasons_for": [],
                 "stance": stance,
             "target_weight": 40 + (stance == "add")}
            for ticker in tickers
        ]  # fmt: skip
        text = json.dumps({"names": lines, "cash_target_weight": 20})
        message = {"index": 0, "message": {"content": text}, "finish_reason": "stop"}
        usage = {"prompt_tokens": 1000, "completion_tokens": 100}
        return 200, {"id": f"c-{number}", "model": "m", "choices": [message], "usage": usage}


@pytest.fixture
def jurors() -> Iterator[Jurors]:
    served = Jurors()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["content-length"])))
            status, told = served.answer(body)
            raw = json.dumps(told).encode()
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(raw)))
            self.end_headers()
            self.wfile.write(raw)

        def log_message(self, *_: object) -> None:
            return None

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    served.address = f"http://127.0.0.1:{server.server_address[1]}/v1"
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield served
    server.shutdown()
    server.server_close()


@pytest.fixture
def house(tmp_path: Path, jurors: Jurors, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    (tmp_path / "frozen.json").write_text(encode(FROZEN))
    named = {
        "DATABASE": str(tmp_path / "lab.sqlite"),
        "MODEL": "openai:m",
        "MODEL_BASE_URL": jurors.address,
        "OPENAI_API_KEY": "k",
        "MODEL_PRICE": "1,10",
        "BUDGET_USD": "1000",
    }
    monkeypatch.chdir(tmp_path)
    for name, value in named.items():
        monkeypatch.setenv(name, value)
    return {**os.environ, **named, "PYTHONPATH": str(ROOT)}


def call(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = main(["laboratory", "frozen.json", *words])
    said = capsys.readouterr()
    return code, said.out, said.err


def stored(house: dict[str, str]) -> dict[tuple[str, int, int], str]:
    """(run, ballot, attempt) of every answer that is in the ledger, and what it says."""
    with sqlite3.connect(f"file:{house['DATABASE']}?mode=ro", uri=True) as db:
        rows = db.execute("SELECT * FROM answers").fetchall()
    found = {(row[0], row[1], row[2]): re.search(r"c-\d+", str(row)) for row in rows}
    assert all(found.values())
    return {key: says[0] for key, says in found.items() if says is not None}


def test_a_plan_is_asked_once_and_the_same_command_again_asks_nobody(
    capsys: pytest.CaptureFixture[str], house: dict[str, str], jurors: Jurors
) -> None:
    code, out, _err = call(capsys, "--experiments", "plain,order,memory", "--ballots", "40", "--json")

    rows = json.loads(out)["rows"]
    assert code == 0
    assert [(row["experiment"], row["juries"], row["asked"], row["valid"]) for row in rows] == [
        ("plain", 2, 40, 40),
        ("order", 2, 40, 40),
        ("memory", 2, 40, 40),
    ]
    assert jurors.asked == 120
    assert rows[0]["cost_usd"] == pytest.approx(40 * 0.002)

    code, again, _err = call(capsys, "--experiments", "plain,order,memory", "--ballots", "40", "--json")

    assert json.loads(again)["rows"] == rows
    assert jurors.asked == 120


def test_killed_anywhere_it_goes_on_and_nothing_stored_is_asked_again(
    house: dict[str, str], jurors: Jurors
) -> None:
    words = [sys.executable, "-m", "bot", "laboratory", "frozen.json", "--ballots", "124", "--at-once", "2"]
    kept: dict[tuple[str, int, int], str] = {}
    for kill in range(3):
        process = subprocess.Popen(words, env=house, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        goal = jurors.asked + 20 + 7 * kill
        while jurors.asked < goal and process.poll() is None:
            time.sleep(0.005)
        process.send_signal(signal.SIGKILL)
        process.wait()
        # As it is a minute later: nobody has renewed the lease of what was open.
        with sqlite3.connect(house["DATABASE"]) as db:
            db.execute("UPDATE leases SET until = '2000-01-01T00:00:00+00:00'")
        now = stored(house)
        assert kept.items() <= now.items()
        kept = now

    done = subprocess.run(
        [*words, "--json"], env=house, capture_output=True, text=True, timeout=60, check=True
    )

    final = stored(house)
    row = json.loads(done.stdout)["rows"][0]
    assert (row["asked"], row["valid"]) == (124, 124)
    assert kept.items() <= final.items()
    assert len(final) == len(set(final.values())) == 124
    # Only what was on its way when the process was killed was asked for in vain: two juries of eight calls,
    # three times.
    assert jurors.asked <= 124 + 3 * 16


def test_every_vote_is_written_under_its_real_name(
    capsys: pytest.CaptureFixture[str], house: dict[str, str]
) -> None:
    code, _out, _err = call(capsys, "--experiments", "plain,blind", "--ballots", "3", "--csv", "votes.csv")

    rows = list(csv.DictReader(Path("votes.csv").read_text().splitlines()))
    assert code == 0
    assert len(rows) == 2 * 3 * 2
    assert {row["ticker"] for row in rows} == {"AAA", "BBB"}
    assert {row["experiment"] for row in rows} == {"plain", "blind"}
    assert {row["stance"] for row in rows} == {"add", "hold"}


def test_two_snapshots_of_one_day_are_two_rows_and_two_in_the_votes(
    capsys: pytest.CaptureFixture[str], house: dict[str, str]
) -> None:
    Path("other.json").write_text(encode(replace(FROZEN, cash_weight=Decimal(30))))

    code, out, _err = call(
        capsys, "other.json", "frozen.json", "--ballots", "3", "--csv", "votes.csv", "--json"
    )

    rows = json.loads(out)["rows"]
    votes = list(csv.DictReader(Path("votes.csv").read_text().splitlines()))
    assert code == 0
    assert len(rows) == len({row["snapshot"] for row in rows}) == 2
    assert len({row["day"] for row in rows}) == 1
    assert {row["snapshot"] for row in votes} == {row["snapshot"] for row in rows}


def test_a_budget_stops_before_it_is_passed_and_says_how_to_go_on(
    capsys: pytest.CaptureFixture[str], house: dict[str, str], jurors: Jurors
) -> None:
    code, _out, err = call(capsys, "--ballots", "93", "--budget", "0.15")

    assert code == 2
    assert "Stopped at $0.0" in err
    assert "the same command goes on with it" in err
    assert 0 < jurors.asked < 93


def test_a_key_that_is_wrong_stops_the_plan_at_its_first_jury(
    capsys: pytest.CaptureFixture[str], house: dict[str, str], jurors: Jurors
) -> None:
    jurors.refuse = True

    code, _out, err = call(capsys, "--ballots", "310")

    assert code == 2
    assert "not one ballot of the last jury could be read" in err
    assert "does not accept the key" in err
    assert jurors.asked == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--experiments", "plain,tea"), "not tea"),
        (("--experiments", " , "), "not none"),
        (("--ballots", "2"), "at least 3 ballots"),
        (("--budget", "ten"), "an amount of US dollars"),
    ],
)
def test_wrong_use_is_said_before_anyone_is_asked(
    capsys: pytest.CaptureFixture[str],
    house: dict[str, str],
    jurors: Jurors,
    words: tuple[str, ...],
    said: str,
) -> None:
    code, _out, err = call(capsys, *words)

    assert (code, jurors.asked) == (2, 0)
    assert said in err


def test_a_file_that_is_no_snapshot_stops_the_plan_before_anything_is_spent(
    capsys: pytest.CaptureFixture[str], house: dict[str, str], jurors: Jurors
) -> None:
    code = main(["laboratory", "frozen.json", "nothing.json"])

    assert (code, jurors.asked) == (2, 0)
    assert "nothing.json" in capsys.readouterr().err
