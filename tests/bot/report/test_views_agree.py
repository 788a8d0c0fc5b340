"""Digest, JSON, page, terminal and /portfolio say the same of any run: every heading counts what it lists,
every sum agrees."""

import re
from collections import Counter
from dataclasses import replace
from datetime import UTC
from decimal import Decimal
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.report import figures
from bot.report.digest import LINES, digest
from bot.report.markup import shown_text
from bot.report.phone import WIDTH
from bot.report.portfolio import portfolio_blocks
from bot.report.report_html import report_html
from bot.report.report_json import report_json
from bot.report.sheet import sheet_of
from bot.report.terminal import terminal_map
from core.brief.model import AskedName
from core.engine.closing import evidence
from core.facts.fact import Fact, Severity
from core.jury.ballot import Answer, Ballot, BallotLine, Stance
from core.jury.tally import tally_jury
from core.portfolio.holding import Portfolio
from core.run import Run
from tests.bot.report.made_run import _answer, _dossier, _position, closing_of, fact, made_run, snapshot

KINDS = ("split", "leaning", "no quorum", "constant")
HEADING = re.compile(r"(?P<what>◇ YOUR JUDGMENT|▼ CUT|▲ ADD|= HOLD|MAJOR|✕ NOT JUDGED) \((?P<count>[^)]*)\)")
LONG = re.compile(
    r"^(?:◇ YOUR JUDGMENT: (?:SPLIT|LEANING)|○ NO QUORUM|≡ CONSTANT: NO VARIANCE|▼ CUT|▲ ADD|= HOLD)"
    r" \((\d+)\)$"
)
STANCES = (*Stance, Stance.HOLD, None)  # None: the ballot says nothing of the name


def random_run(seed: int) -> Run:
    """A report of 1 to 60 names with ballots of any kind, tallied by the jury itself."""
    chance = Random(seed)
    count = chance.choice((1, 2, chance.randint(3, 20), chance.randint(20, 60)))
    tickers = [f"T{number:02}" for number in range(count)]
    weights = [Decimal(chance.randint(0, 900)) / 10 for _ in tickers]
    scale = chance.choice((Decimal("0.613"), Decimal("0.9"), Decimal(1)))
    whole = sum(weights, Decimal(chance.randint(1, 400)))
    judged = {ticker: weight * 100 / whole for ticker, weight in zip(tickers, weights, strict=True)}
    graves = {ticker for ticker in tickers if chance.randint(0, 5) == 0}
    facts: dict[str, tuple[Fact, ...]] = {
        ticker: (fact(ticker, 1, severity=Severity.G3 if ticker in graves else Severity.G2),)
        if chance.random() < 0.5
        else ()
        for ticker in tickers
    }
    dossiers = tuple(
        replace(_dossier("INTC"), ticker=one, name=f"Company {one}", weight=judged[one], facts=facts[one])
        for one in tickers
    )
    names = tuple(
        AskedName(ticker=one, held=True, weight=judged[one], fact_ids=tuple(each.id for each in facts[one]))
        for one in tickers
    )
    cash = Decimal(100) - sum(judged.values(), Decimal(0))
    taken = snapshot()
    positions = tuple(
        replace(
            base, holding=replace(base.holding, ticker=one, name=f"Company {one}"), share=judged[one] * scale
        )
        for one, base in ((one, _position("INTC")) for one in tickers)
    )
    valuation = replace(taken.valuation, positions=positions, cash_share=cash * scale)
    empty = made_run(tickers=(), frozen={"dossiers": dossiers, "valuation": valuation, "cash_weight": cash})
    opening = replace(empty.opening, snapshot=replace(empty.opening.snapshot, dossiers=dossiers))
    opening = replace(opening, brief=replace(opening.brief, names=names, cash_weight=cash))
    moods = {ticker: chance.choice(STANCES) for ticker in tickers}
    answers = tuple(answer(chance, index, moods) for index in range(5))
    found = tally_jury(answers, opening.brief, evidence(opening.snapshot), asked=5)
    return Run(opening=opening, answers=answers, closing=replace(closing_of(empty), stability=found))


def answer(chance: Random, index: int, moods: dict[str, Stance | None]) -> Answer:
    """One ballot: of each name most often what most say of it."""
    said = [
        (ticker, mood if chance.random() < 0.8 else chance.choice(STANCES)) for ticker, mood in moods.items()
    ]
    lines = tuple(
        BallotLine(
            ticker=ticker,
            stance=stance,
            target_weight=Decimal(chance.randint(0, 90)) / 10,
            facts=(),
            false_citations=(),
            reasons_against=("It is dear.",),
            reasons_for=("It earns more.",),
            impossible=_answer(0).reading.lines[0].impossible,  # type: ignore[union-attr]
        )
        for ticker, stance in said
        if stance is not None
    )
    made = _answer(index)
    assert isinstance(made.reading, Ballot)
    missing = tuple(ticker for ticker, stance in said if stance is None)
    total = sum((line.target_weight for line in lines), Decimal(20))
    sums = made.reading.raw_sum if missing else total
    return replace(made, reading=replace(made.reading, lines=lines, missing=missing, raw_sum=sums))


SEEDS = st.integers(0, 2**32)  # of runs: their own text would be too long to be shown


def listed(lines: list[str], at: int) -> int:
    """How many items stand below a heading of the digest, several of them on a line, with the "+n more"
    behind."""
    found = 0
    for line in lines[at + 1 :]:
        if (
            HEADING.match(line)
            or not line
            or re.match(r"\d+ (?:more )?calls? changed|\d+ equal answers", line)
        ):
            break
        names, _, more = line.partition("+") if re.search(r"\+\d+ more$", line) else (line, "", "0 more")
        found += int(more.split()[0]) + (0 if names.startswith("  ") or not names else names.count(" · ") + 1)
    return found


@settings(max_examples=40)
@given(SEEDS, SEEDS)
def test_every_heading_of_the_digest_counts_what_it_lists(seed: int, other: int) -> None:
    run = random_run(seed)
    shown = shown_text("\n\n".join(digest(run, random_run(other), zone=UTC)))
    rows = report_json(run)["names"]

    assert len(shown.splitlines()) <= LINES
    assert max(map(len, shown.splitlines())) <= WIDTH
    lines = shown.splitlines()
    calls = Counter(row["call"] for row in rows.values())
    verdicts = Counter(row["verdict"] for row in rows.values())
    found = {
        match["what"]: (match["count"], at) for at, line in enumerate(lines) if (match := HEADING.match(line))
    }
    for what, call in (("▼ CUT", "cut"), ("▲ ADD", "add")):
        assert int(found[what][0] if what in found else 0) == calls[call]
        if calls[call]:
            assert listed(lines, found[what][1]) == calls[call], "\n".join(lines)
    assert int(found["= HOLD"][0] if "= HOLD" in found else 0) == calls["hold"]
    if open_ := {kind: verdicts[kind] for kind in KINDS if verdicts[kind]}:
        said, at = found["◇ YOUR JUDGMENT"]
        assert said in (
            ", ".join(f"{count} {kind}" for kind, count in open_.items()),
            str(sum(open_.values())),
        )
        assert listed(lines, at) == sum(open_.values()), "\n".join(lines)
    grave = sum(each.severity is Severity.G3 for one in run.opening.snapshot.dossiers for each in one.facts)
    assert int(found["MAJOR"][0] if "MAJOR" in found else 0) == grave


@settings(max_examples=25)
@given(SEEDS)
def test_page_and_terminal_list_the_names_that_the_json_counts(seed: int) -> None:
    run = random_run(seed)
    data, page = report_json(run), report_html(run, zone=UTC)
    text = terminal_map(run, zone=UTC).splitlines()

    assert len(re.findall(r'<div class="row">', page)) == len(data["names"])
    headings = re.findall(r"<h3>(.*?) \((\d+)\)</h3>", page)
    parts = re.split(r"<h3>", page.split('<h2 id="map">')[1].split("<h2")[0])[1:]
    assert [part.count('class="row"') for part in parts] == [int(count) for _what, count in headings]
    said = [(line, int(match[1])) for line in text if (match := LONG.match(line))]
    assert [f"{what} ({count})" for what, count in headings] == [line for line, _count in said]
    for line, count in said:
        below = text[text.index(line) + 1 :]
        assert sum(not row.startswith(" ") for row in below[: below.index("")]) == count


@settings(max_examples=25)
@given(SEEDS)
def test_weights_and_cash_agree_everywhere_and_with_the_portfolio(seed: int) -> None:
    run = random_run(seed)
    data, sheet = report_json(run), sheet_of(run)
    assert sheet is not None
    whole = {ticker: (row["current_weight"], row["target_weight"]) for ticker, row in data["names"].items()}
    short = shown_text("\n".join(digest(run, zone=UTC)))
    page, text = report_html(run, zone=UTC), terminal_map(run, zone=UTC)

    cash = figures.move(sheet.cash_now, sheet.cash_then)
    assert f"Cash {cash}\n" in short
    assert f"<p>Cash {cash}</p>" in page
    assert figures.plain_spaces(f"Cash {cash}\n") in text
    scale = float(sheet.scale)
    assert abs(data["cash_target_weight"] * scale - float(sheet.cash_then)) < 1e-9
    total = sum(then for _now, then in whole.values()) + data["cash_target_weight"]
    assert abs(total - 100) < 1e-6
    shares = {one.holding.ticker: one.share for one in run.opening.snapshot.valuation.positions}
    holdings = tuple(one.holding for one in run.opening.snapshot.valuation.positions)
    portfolio = shown_text(
        "\n".join(portfolio_blocks(Portfolio(holdings=holdings, cash=()), run.opening.snapshot))
    )
    for row in sheet.rows:
        share = shares[row.ticker]
        assert isinstance(share, Decimal)
        assert abs(whole[row.ticker][0] * scale - float(row.now)) < 1e-9
        assert row.weights.split("\u00a0")[0].removesuffix(figures.PERCENT) == figures.weight(share)
        assert re.search(rf"{row.ticker} .*· {figures.percent(share)}", portfolio)
        assert f'<span class="num right">{row.weights}</span>' in page
        assert figures.plain_spaces(f"   {row.weights}   ") in text
