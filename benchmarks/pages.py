"""`make docs`: the tables of `docs/` that follow from the code, written between their marks. Also counts the
rooms.

A page holds `<!-- printed: NAME -->` and `<!-- end -->`; what stands between them is this program's, all else
a person's. `python -m benchmarks.pages rooms [REVISION]` prints lines and files per room, beside those of an
earlier revision.
"""

import asyncio
import json
import re
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Callable
from contextlib import AsyncExitStack
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core.facts.fact import Subject

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("bot", "core", "providers")
MARKED = re.compile(r"(<!-- printed: ([a-z-]+) -->\n)(.*?)(<!-- end -->)", re.DOTALL)


def house() -> str:
    """The layers of the import contracts as a drawing: an arrow means "may import", and only downwards."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    lines = ["```mermaid", "flowchart TB"]
    for contract in contracts:
        if contract["type"] != "layers" or "containers" not in contract:
            continue
        room = contract["containers"][0]
        lines.append(f'  subgraph {room}["{room}/"]')
        layers = [[part.strip() for part in layer.split("|")] for layer in contract["layers"]]
        for number, layer in enumerate(layers):
            lines.append(f'    {room}{number}["{" · ".join(layer)}"]')
            if number:
                lines.append(f"    {room}{number - 1} --> {room}{number}")
        lines.append("  end")
    return "\n".join([*lines, "  bot --> providers", "  bot --> core", "  providers --> core", "```"])


def settings() -> str:
    """Every setting of the example file with its default and comment."""
    rows, block = ["| setting | default | what it does |", "|---|---|---|"], ""
    comment: list[str] = []
    for line in (ROOT / ".env.example").read_text("utf-8").splitlines():
        if line.startswith("# ---"):
            block = line.strip("# -")
            rows.append(f"| **{block}** | | |")
            comment = []
        elif line.startswith("#"):
            comment.append(line.lstrip("# "))
        elif "=" in line:
            name, _, value = line.partition("=")
            said = " ".join(comment).replace("|", "\\|")
            rows.append(f"| `{name}` | {f'`{value}`' if value else ''} | {said} |")
            comment = []
    return "\n".join(rows)


def commands() -> str:
    """Every command of the command line with its line of help."""
    from bot.cli.base import COMMANDS

    rows = ["| command | what it does |", "|---|---|"]
    return "\n".join([*rows, *(f"| `{name}` | {line} |" for name, line in COMMANDS)])


def sources() -> str:
    """Every source of official filings with its terms, from the registry."""
    from bot.settings import Settings
    from providers.sources.registry import ROWS

    rows = ["| `SOURCES` | source | reads | asked at | terms | rate | on |", "|---|---|---|---|---|---|---|"]
    for row in ROWS:
        terms = row.terms
        asked = " ".join(
            f"`{name.upper()}` {Settings.model_fields[name].default}" for name in row.terms.addresses
        )
        key = "".join(f", needs `{name.upper()}`" for name in terms.needs)
        on = "yes" if terms.welcome else f"only when named in `SOURCES`: {terms.why}"
        cells = (
            f"`{terms.key}`",
            f"[{terms.name}]({terms.home}), {terms.country}",
            f"{terms.reads}; {terms.seen}",
            f"{asked}{key}",
            f"{terms.licence}; {f'read {terms.checked}' if terms.checked else 'never read'}",
            f"{terms.per_second:g} a second ({terms.rate})",
            on,
        )
        rows.append(f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |")
    return "\n".join(rows)


def stores() -> str:
    """Where a person can look in each country, and whether this program does."""
    from core.facts.stores import STORES
    from providers.sources.registry import ROWS

    read = {row.terms.country for row in ROWS}
    rows = ["| country | store | read by this program |", "|---|---|---|"]
    said = {True: "yes", False: "no"}
    lines = (f"| {each.name} | [{each.title}]({each.link}) | {said[each.code in read]} |" for each in STORES)
    return "\n".join([*rows, *lines])


def demo() -> str:
    """The demo's names: which official source was read for each and when it was recorded, or which recording
    is missing."""
    from bot.demo.recorded import RECORDINGS, WHEN
    from core.facts.fact import Subject
    from core.facts.stores import stores_of
    from providers.sources.registry import ROWS

    keys = {row.terms.name: row.terms.key for row in ROWS}
    by_country: dict[str, list[str]] = {}
    for row in ROWS:
        by_country.setdefault(row.terms.country, []).append(row.terms.name)
    names = json.loads((RECORDINGS / "market" / "market.json").read_text("utf-8"))["names"]
    subjects = [
        Subject(ticker=each["ticker"], name=each["name"], isin=each["isin"], country=each["country"])
        for each in names
        if each["kind"] == "equity"
    ]
    read = asyncio.run(_read_in_the_demo(tuple(subjects)))
    rows = [
        "| name | official source read | recorded | newest filing by 24 April 2026 |",
        "|---|---|---|---|",
    ]
    missing = ["| name | missing |", "|---|---|"]
    for subject in subjects:
        title = f"{subject.name} ({subject.ticker})"
        if subject.ticker in read:
            source, newest = read[subject.ticker]
            rows.append(f"| {title} | {source} | {WHEN[keys[source]]} | {newest or 'none'} |")
            continue
        home = stores_of(subject)[0]
        sources = by_country.get(home.code)
        said = (
            f"an answer of {' or '.join(sources)} about it" if sources else f"{home.name} has no source here"
        )
        missing.append(f"| {title} | {said} |")
    return "\n".join([*rows, "", *missing])


async def _read_in_the_demo(subjects: "tuple[Subject, ...]") -> dict[str, tuple[str, date | None]]:
    """By ticker: the official source that the demo's recording answers for, and the day of its newest
    filing."""
    from bot.app import open_ledger
    from bot.app.sources import open_sources
    from bot.demo.recorded import RECORDED_AT, recorded_settings
    from bot.settings import Settings
    from core.engine.looking import ask_source
    from core.facts.fact import SourceClass, State

    found: dict[str, tuple[str, date | None]] = {}
    async with AsyncExitStack() as stack:
        settings = Settings(database=Path(stack.enter_context(TemporaryDirectory())) / "ledger.sqlite")
        settings = await recorded_settings(stack, settings, RECORDED_AT.date())
        ledger = stack.enter_context(open_ledger(settings))
        sources = await open_sources(stack, settings, ledger, documents=None, recorded=True)
        for source in (each for each in sources.facts if each.source_class is SourceClass.OFFICIAL):
            mine = tuple(subject for subject in subjects if source.covers(subject))
            gathered = await ask_source(source, mine, RECORDED_AT)
            for ticker, row in gathered.coverage:
                if row.state in {State.OK, State.EMPTY}:
                    days = [filing.filed for filing in gathered.filings if filing.ticker == ticker]
                    found[ticker] = (source.name, max(days, default=None))
    return found


def portfolio_formats() -> str:
    """Every table of a broker or tracker that is known by its header."""
    from providers.holdings.spec import specs

    rows = ["| format | account | rows are | recorded |", "|---|---|---|---|"]
    for spec in (each for each in specs() if not each.unread):
        kind = "trades" if spec.trades else "positions"
        recorded = "yes" if spec.recorded else "no: built from its documentation, and every import says so"
        rows.append(f"| {spec.name} | {spec.account} | {kind} | {recorded} |")
    return "\n".join(rows)


def portfolio_files() -> str | None:
    """What becomes of each sample at hand; None without them."""
    from core.base.errors import BadRequest
    from providers.holdings.reading import read_file

    folder = ROOT.parent / "shared" / "data" / "portfolio"
    if not folder.is_dir():
        return None
    rows = [
        "| file | read as | positions | without a ticker | cash | rows set aside |",
        "|---|---|---|---|---|---|",
    ]
    for file in sorted(folder.rglob("*")):
        if not file.is_file() or file.name == "SOURCES.md" or "pdf_text" in file.parts:
            continue
        name = str(file.relative_to(folder))
        try:
            found = read_file(file.read_bytes(), origin=file.name, today=date(2026, 4, 24))
        except BadRequest as error:
            reason = str(error).partition(" Accepted:")[0].removeprefix(file.name).strip().replace("|", "/")
            rows.append(f"| `{name}` | refused: {reason[:120]} | | | | |")
            continue
        read = f"asked: {found.questions[0].key}" if found.questions else found.format
        cash = ", ".join(each.currency for each in found.portfolio.cash)
        count = len(found.portfolio.holdings)
        rows.append(
            f"| `{name}` | {read} | {count} | {len(found.unnamed)} | {cash} | {len(found.rejected)} |"
        )
    return "\n".join(rows)


def rooms(revision: str = "") -> str:
    """Lines and files of shipped Python per room, and what they were at `revision`."""
    now = _counted(
        {path: (ROOT / path).read_bytes() for path in _git("ls-files", *ROOMS) if path.endswith(".py")}
    )
    was: dict[str, tuple[int, int]] = {}
    if revision:
        paths = [
            path for path in _git("ls-tree", "-r", "--name-only", revision, *ROOMS) if path.endswith(".py")
        ]
        was = _counted({path: _shown(revision, path) for path in paths})
    rows = ["| room | files | lines | files before | lines before |", "|---|---|---|---|---|"]
    for room in sorted({*now, *was}):
        files, lines = now.get(room, (0, 0))
        before = was.get(room, (0, 0))
        rows.append(f"| `{room}` | {files} | {lines} | {before[0]} | {before[1]} |")
    total = [sum(column) for column in zip(*now.values(), strict=True)]
    former = [sum(column) for column in zip(*was.values(), strict=True)] or [0, 0]
    return "\n".join([*rows, f"| all | {total[0]} | {total[1]} | {former[0]} | {former[1]} |"])


def _counted(files: dict[str, bytes]) -> dict[str, tuple[int, int]]:
    counts: Counter[str] = Counter()
    lines: Counter[str] = Counter()
    for path, content in files.items():
        parts = path.split("/")
        room = "/".join(parts[:2]) if len(parts) > 2 else parts[0]
        counts[room] += 1
        lines[room] += content.count(b"\n")
    return {room: (counts[room], lines[room]) for room in counts}


def _git(*words: str) -> list[str]:
    done = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


def _shown(revision: str, path: str) -> bytes:
    words = ["git", "show", f"{revision}:{path}"]
    return subprocess.run(words, cwd=ROOT, capture_output=True, check=True).stdout


def models() -> str:
    """What a report costs by model and price class, and which sampling the model allows."""
    from providers.models.prices import price_table

    return price_table()


PRINTED: dict[str, Callable[[], str | None]] = {
    "house": house,
    "settings": settings,
    "commands": commands,
    "sources": sources,
    "stores": stores,
    "demo": demo,
    "models": models,
    "portfolio-formats": portfolio_formats,
    "portfolio-files": portfolio_files,
}


def written(text: str) -> str:
    """A page with its printed parts as they follow from the code now."""

    def fresh(found: re.Match[str]) -> str:
        said = PRINTED[found[2]]() if found[2] in PRINTED else None
        return found[0] if said is None else f"{found[1]}{said}\n{found[4]}"

    return MARKED.sub(fresh, text)


def main() -> int:
    """Writes every page of docs/; with `rooms`, prints the count instead."""
    if sys.argv[1:2] == ["rooms"]:
        print(rooms(*sys.argv[2:3]))
        return 0
    for page in sorted((ROOT / "docs").glob("*.md")):
        text = page.read_text(encoding="utf-8")
        fresh = written(text)
        if fresh != text:
            page.write_text(fresh, encoding="utf-8")
            print(f"written: {page.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
