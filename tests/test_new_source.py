"""A new source of official filings costs one folder, one row of the registry, one row of the settings and its
example line.

Proved by adding a throw-away one to a copy of the house: the run, the pacing, the trust, `doctor`, SOURCES,
the settings and the documentation page then know it without another line.
"""

import json
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FOLDER = {
    "__init__.py": '"""A throw-away source."""\n',
    "terms.toml": """# On what terms Atlantis may be read.

name = "Atlantis Gazette"
country = "IS"
reads = "announcements of Atlantis"
home = "https://gazette.example"
licence = "https://gazette.example/terms"
checked = 2026-11-28
per_second = 2.0
rate = "its own"
welcome = true
why = "it says so"
seen = "never seen live"
zone = "Atlantic/Reykjavik"

[stand_in]
ticker = "SEA.ATL"
name = "Sea"
isin = "IS0000000000"
""",
    "codes.toml": """# Its one kind.

[[kind]]
codes = ["FIG"]
event = "results"
label = "figures"
why = "figures of the period"
example = "Atlantis rises"
counter = "Atlantis sinks"
""",
    "client.py": '''"""Reads the gazette."""

from collections.abc import Sequence

from core.base.gap import Gap
from core.facts.fact import Subject
from providers.sources.codes import codes_of
from providers.sources.listing import DAY_ONLY, Listing, Look, Row
from providers.sources.shape import terms_of


class Atlantis(Listing):
    """FactSource for Atlantis."""

    terms, codes = terms_of(__file__), codes_of(__file__)

    def covers(self, subject: Subject) -> bool:
        return subject.ticker.endswith(".ATL")

    async def issuer(self, look: Look) -> str | Gap:
        return look.subject.ticker

    async def rows(self, look: Look) -> Sequence[Row]:
        found = self.records(await self.json(f"/list/{look.issuer}"), "items")
        return [
            self.row(
                key=self.field(one, "id"),
                title=self.field(one, "title"),
                published=self.moment(self.field(one, "day"), "day"),
                hour=DAY_ONLY,
                code="FIG",
            )
            for one in found
        ]
''',
}
ROW = "    Source(terms=Atlantis.terms, build=Atlantis),\n"
IMPORT = "from providers.sources.atlantis.client import Atlantis\n"
PROGRAM = """
import asyncio, json, sys
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from pathlib import Path
from bot.app import open_ledger
from bot.app.sources import open_sources
from bot.settings import Settings
from core.base.gap import NOT_GIVEN
from core.facts.fact import Subject
from core.facts.sift import sift

ledger = Path(sys.argv[1]) / "l.sqlite"
settings = Settings(database=ledger, atlantis_url=sys.argv[2], contact_email="me@example.org")
sea = Subject(ticker="SEA.ATL", name="Sea", isin=NOT_GIVEN, country=NOT_GIVEN)
now = datetime(2026, 11, 28, tzinfo=UTC)

async def run():
    async with AsyncExitStack() as stack:
        with open_ledger(settings) as ledger:
            sources = await open_sources(stack, settings, ledger, documents=None)
            mine = next(one for one in sources.facts if one.name == "Atlantis Gazette")
            found = await mine.gather((sea,), now)
            fact = dict(sift((found,), (sea,), now).facts)["SEA.ATL"][0]
            print(json.dumps([found.coverage[0][1].state, fact.event, fact.authority, fact.excerpt.text]))

asyncio.run(run())
"""


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A copy of the house with the throw-away source: what the test adds is all that a real one would
    need."""
    for room in ("core", "providers", "bot", "benchmarks"):
        shutil.copytree(
            ROOT / room, tmp_path / room, ignore=shutil.ignore_patterns("__pycache__", "recordings")
        )
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    folder = tmp_path / "providers" / "sources" / "atlantis"
    folder.mkdir()
    for name, text in FOLDER.items():
        (folder / name).write_text(text, encoding="utf-8")
    registry = tmp_path / "providers" / "sources" / "registry.py"
    text = registry.read_text("utf-8")
    first = "from providers.sources.dk_oam"
    assert text.endswith("\n)\n")
    text = f"{text[:-2]}{ROW})\n".replace(first, f"{IMPORT}{first}", 1)
    registry.write_text(text, encoding="utf-8")
    table = tmp_path / "bot" / "settings" / "table.py"
    line = "    info_financiere_url: MaybeAddress"
    table.write_text(
        table.read_text("utf-8").replace(
            line, f'    atlantis_url: MaybeAddress = "https://gazette.example"\n{line}', 1
        ),
        encoding="utf-8",
    )
    example = (ROOT / ".env.example").read_text("utf-8")
    (tmp_path / ".env.example").write_text(
        f"{example}\n# Atlantis: its gazette.\nATLANTIS_URL=https://gazette.example\n", encoding="utf-8"
    )
    return tmp_path


@pytest.fixture
def gazette() -> Iterator[str]:
    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = json.dumps(
                {"items": [{"id": "1", "title": "Atlantis rises", "day": "2026-11-20"}]}
            ).encode()
            self.send_response(200 if self.path == "/list/SEA.ATL" else 404)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_words: object, **_named: object) -> None:
            """Tests print nothing."""

    server = HTTPServer(("127.0.0.1", 0), Answer)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join(5)


def python(house: Path, *words: str, **environment: str) -> str:
    done = subprocess.run(
        [sys.executable, *words],
        cwd=house,
        env={"PYTHONPATH": str(house), "PATH": "/usr/bin:/bin", "HOME": str(house), **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode in {0, 2, 3}, done.stderr
    assert "Traceback" not in done.stderr, done.stderr
    return done.stdout


def test_the_run_doctor_the_settings_and_the_page_know_a_new_source(house: Path, gazette: str) -> None:
    read = json.loads(python(house, "-c", PROGRAM, str(house), gazette))
    nobody = "http://127.0.0.1:9"
    off = {"GLEIF_URL": "off", "SEARCH_URL": "off", "FX_URL": nobody, "TELEGRAM_BASE_URL": nobody}
    feeds = house / "feeds.csv"
    feeds.write_text(f"address\n{nobody}/feed.xml\n")
    off |= {"NEWS_FEEDS": str(feeds), "MARKET_SOURCE": f"file:{feeds}"}
    checks = json.loads(
        python(house, "-m", "bot", "doctor", "--json", SOURCES="atlantis", ATLANTIS_URL=gazette, **off)
    )
    unknown = python(house, "-c", "from bot.settings import read; print(read({'SOURCES': 'atlantis,x'})[1])")
    page = python(house, "-c", "from benchmarks.pages import sources; print(sources())")
    contracts = python(
        house,
        "-c",
        "import sys; from importlinter import cli; sys.exit(cli.lint_imports(no_cache=True, no_logo=True))",
    )

    assert read == ["ok", "results", "official", "Atlantis rises"]
    lines = {row["check"]: (row["state"], row["detail"]) for row in checks["checks"]}
    assert lines["Atlantis Gazette"][0] == "ok"
    assert lines["SEC EDGAR"][1].startswith("off: not among SOURCES")
    assert "atlantis" in unknown
    assert "| `atlantis` | [Atlantis Gazette](https://gazette.example), IS |" in page
    assert "0 broken" in contracts


def test_the_new_source_is_one_folder_two_rows_and_a_line(house: Path) -> None:
    changed = []
    for room in ("core", "providers", "bot", "benchmarks"):
        for path in (path for path in (house / room).rglob("*") if path.suffix in {".py", ".toml"}):
            ours = ROOT / path.relative_to(house)
            if not ours.exists() or ours.read_bytes() != path.read_bytes():
                changed.append(path.relative_to(house).as_posix())

    assert sorted(changed) == sorted(
        [
            "bot/settings/table.py",
            "providers/sources/registry.py",
            *(f"providers/sources/atlantis/{name}" for name in FOLDER),
        ]
    )
