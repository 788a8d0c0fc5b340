"""The eight laws of the product. Each test fails when its law is broken, wherever in the house that
happens."""

import itertools
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from datetime import UTC
from pathlib import Path

import pytest

from bot.report.digest import digest
from bot.report.house import help_blocks
from bot.report.report_html import report_html
from bot.report.terminal import terminal_map
from core.base.errors import BadRequest, SourcesFailed
from core.base.gap import NOT_GIVEN
from core.brief.model import Brief
from core.brief.principles import checked, lint
from core.brief.render import render
from core.brief.schema import LINE_KEYS, ballot_schema
from core.facts.fact import Severity, SourceClass, State
from core.jury.ballot import Answer, Ballot, Direction, Finish, SpoiledBallot, Stance
from core.jury.tally import tally_jury
from core.jury.verdict import Stability, Verdict
from core.run import Run
from core.snapshot.codec import decode, encode
from core.snapshot.model import Snapshot
from tests.bot.report.made_run import made_run
from tests.core.engine import fakes
from tests.core.jury import juries
from tests.core.snapshots import dossier, fact, snapshot

ROOT = Path(__file__).parents[1]
PRINCIPLES = (ROOT / "core" / "brief" / "principles.md").read_text(encoding="utf-8")


def _frozen() -> Snapshot:
    return snapshot(
        dossier("AAA", weight="60", facts=(fact("AAA", 1), fact("AAA", 2, severity=Severity.G3))),
        dossier("BBB", weight="30"),
    )


# 1. Determinism lives in the data, judgement in the model.


def test_law_1_one_frozen_snapshot_gives_one_prompt_byte_for_byte() -> None:
    frozen = _frozen()

    first, again = render(frozen, PRINCIPLES), render(decode(encode(frozen), origin="test"), PRINCIPLES)

    assert (first.system, first.user, first.schema) == (again.system, again.user, again.schema)
    assert first.digest == again.digest


def test_law_1_another_process_with_another_hash_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    file = tmp_path / "frozen.json"
    file.write_text(encode(_frozen()), encoding="utf-8")
    program = (
        "import sys; from pathlib import Path; from core.brief.render import render;"
        "from core.snapshot.codec import decode, encode;"
        "frozen = decode(Path(sys.argv[1]).read_text(), origin='x');"
        "brief = render(frozen, Path('core/brief/principles.md').read_text());"
        "print(brief.user, brief.schema, brief.digest, encode(frozen))"
    )

    said = {
        subprocess.run(
            [sys.executable, "-c", program, str(file)],
            cwd=ROOT,
            env={"PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            check=True,
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo"))
    }

    assert len(said) == 1
    assert render(_frozen(), PRINCIPLES).digest.encode() in said.pop()


# 2. Instructions are principles, never numerical rules.


def test_law_2_the_shipped_principles_hold_no_number_and_say_each_thing_once() -> None:
    assert lint(PRINCIPLES) == ()
    assert render(_frozen(), PRINCIPLES).system == PRINCIPLES


@pytest.mark.parametrize(
    "line",
    [
        "- Never hold more than 5 names.",
        "- Sell when the upside is under ten percent.",
        "- Use at most a few.",
    ],
)
def test_law_2_a_rule_with_a_number_is_refused(line: str) -> None:
    with pytest.raises(BadRequest, match="hold no numbers"):
        checked(f"{PRINCIPLES}\n{line}\n", origin="mine.md")


# 3. A fact stands next to the name it concerns, and is cited before the decision.


def test_law_3_every_fact_is_nested_in_its_name_and_stands_nowhere_else() -> None:
    user = render(_frozen(), PRINCIPLES).user

    blocks = dict(re.findall(r'<name ticker="(\w+)"(.*?)</name>', user, re.DOTALL))

    assert re.findall(r'<fact id="([^"]+)"', blocks["AAA"]) == ["AAA-1", "AAA-2"]
    assert "<fact " not in blocks["BBB"]
    assert user.count("<fact ") == 2


def test_law_3_the_answer_cites_and_argues_before_it_takes_a_stance() -> None:
    keys = list(ballot_schema(("AAA",))["properties"]["names"]["items"]["properties"])

    assert keys == list(LINE_KEYS)
    assert (
        keys.index("facts") < keys.index("reasons_against") < keys.index("reasons_for") < keys.index("stance")
    )


# 4. No facts, no report.


@pytest.mark.parametrize("source_class", list(SourceClass))
async def test_law_4_a_class_of_facts_that_cannot_be_read_stops_the_run_before_anything_is_asked(
    source_class: SourceClass,
) -> None:
    model, ledger = fakes.Model(), fakes.Ledger()
    down = fakes.Wire(name="the wire", source_class=source_class, down=True)
    engine = fakes.engine(facts=(down,), model=model, ledger=ledger)

    with pytest.raises(SourcesFailed, match="the wire"):
        await engine.analyze()

    assert model.asked == []
    assert ledger.kept == {}


async def test_law_4_looked_and_found_nothing_is_another_value_than_could_not_look() -> None:
    looked = fakes.Wire(name="looked")
    failed = fakes.Wire(name="failed", source_class=SourceClass.NEWSWIRE, states={"AAA": State.FAILED})
    engine = fakes.engine(facts=(looked, failed))

    frozen = await engine.freeze()

    states = {row.source: row.state for row in frozen.dossiers[0].coverage}
    assert states == {"looked": State.EMPTY, "failed": State.FAILED}
    user = render(frozen, PRINCIPLES).user
    assert "<coverage>failed (newswire) failed: the fake failed for it</coverage>" in user
    assert "looked (" not in user
    assert "a source that is not mentioned was read in full" in user


# 5. Stateless.


async def test_law_5_what_the_ledger_holds_cannot_change_a_byte_of_the_brief() -> None:
    ledger = fakes.Ledger()
    engine = fakes.engine(
        ledger=ledger, model=fakes.Model(script=lambda brief, index, attempt: fakes.ballot(brief, "sell"))
    )

    runs = [await engine.analyze() for _ in range(3)]

    assert len(ledger.kept) == 3
    briefs = {(run.opening.brief.system, run.opening.brief.user, run.opening.brief.schema) for run in runs}
    assert len(briefs) == 1


async def test_law_5_no_word_of_an_earlier_answer_is_asked_again() -> None:
    briefs: list[Brief] = []

    def script(brief: Brief, index: int, attempt: int) -> object:
        briefs.append(brief)
        text = fakes.ballot(brief, "sell")
        return text.replace('"two"', '"zyzzyva"') if index else text[:50]

    engine = fakes.engine(model=fakes.Model(script=script))
    await engine.analyze()
    await engine.variance()

    assert len(briefs) >= 10  # second attempts included
    assert len({brief.digest for brief in briefs}) == 1
    assert all("zyzzyva" not in brief.user + brief.system + brief.schema for brief in briefs)


# 6. Nothing unread becomes a vote.


def test_law_6_an_answer_cut_at_any_byte_is_spoiled_and_never_another_ballot() -> None:
    question = juries.brief(juries.asked("AAA", "60"), juries.asked("BBB", "30"))
    whole = juries.written([juries.line("AAA", "add", 60), juries.line("BBB", "sell", 0)], cash=40)

    readings = [juries.read(question, whole[:end]) for end in range(len(whole))]

    assert isinstance(juries.read(question, whole), Ballot)
    assert all(isinstance(reading, SpoiledBallot) for reading in readings)


@pytest.mark.parametrize("finish", [finish for finish in Finish if finish is not Finish.NATURAL])
def test_law_6_an_answer_that_was_stopped_is_spoiled_even_if_it_reads_well(finish: Finish) -> None:
    question = juries.brief(juries.asked("AAA", "90"))

    reading = juries.read(question, juries.written([juries.line("AAA", "buy", 90)]), finish=finish)

    assert isinstance(reading, SpoiledBallot)


def test_law_6_spoiled_missing_and_abstained_are_counted_as_such_and_never_as_hold() -> None:
    names = [juries.asked(f"N{number:02}", "4") for number in range(20)]
    question = juries.brief(*names)
    holds = {name.ticker: ("hold", 4.0) for name in names}
    without = {ticker: vote for ticker, vote in holds.items() if ticker != "N00"}
    answers = (
        *(juries.answer(question, {**holds, "N00": ("add", 6)}, index, cash=18) for index in range(4)),
        juries.answer(question, {**holds, "N00": ("abstain", 4)}, 4, cash=20),
        juries.answer(question, without, 5, cash=24),
        juries.spoiled(6),
        juries.spoiled(6, attempt=2),
    )

    counts = _map(question, answers, 7)["N00"].counts

    assert (counts.add, counts.hold, counts.abstain, counts.missing) == (4, 0, 1, 1)


# 7. Two-level vote; the order of arrival never changes a verdict; a tie is a result.


def test_law_7_no_order_of_arrival_changes_the_map_and_a_tie_is_split() -> None:
    question = juries.brief(juries.asked("AAA", "40"), juries.asked("BBB", "40"))
    stances = ("add", "add", "sell", "lighten", "hold")
    answers = juries.jury(question, "AAA", stances, (50, 48, 0, 20, 40))

    maps = [tally_jury(order, question, (), asked=5) for order in itertools.permutations(answers)]

    assert all(one == maps[0] for one in maps)
    tied = next(verdict for verdict in maps[0].verdicts if verdict.ticker == "AAA")
    assert tied.stability is Stability.SPLIT
    assert tied.contested
    assert tied.target_weight == tied.current_weight


def test_law_7_the_direction_is_voted_before_the_degree() -> None:
    """Hold has the most votes of any single stance, yet up has the majority; its own tie takes the milder
    degree."""
    question = juries.brief(juries.asked("AAA", "40"), juries.asked("BBB", "40"))
    stances = ("buy", "hold", "add", "buy", "hold", "add", "hold")
    answers = juries.jury(question, "AAA", stances, (50, 40, 45, 50, 40, 45, 40))

    for order in itertools.islice(itertools.permutations(answers), 0, 5040, 97):
        verdict = next(v for v in tally_jury(order, question, (), asked=7).verdicts if v.ticker == "AAA")

        assert (verdict.direction, verdict.action, verdict.tie) == (Direction.UP, Stance.ADD, True)


# 8. Stability is not truth.

AGREEMENT = re.compile(
    r"unanim|consensus|steady|stable|same answer|agree|five times|stability|repeat", re.IGNORECASE
)
TRUTH = re.compile(
    r"\b(?:right|certain\w*|confiden\w+|correct\w*|sure|surely|guarantee\w*|proven|trustworthy)\b"
    r"|\b(?:true|truth|safe)\b",
    re.IGNORECASE,
)
DENIAL = re.compile(r"\b(?:not|never|no|nothing|without|cannot|wrong|prove nothing)\b", re.IGNORECASE)


def _claims(text: str) -> list[str]:
    """Sentences that call agreement truth without denying it."""
    text = re.sub(r"\{[a-z_:,.]*\}", "…", text)  # what stands there is counted, not claimed
    sentences = re.split(r"(?<=[.!?])\s+|\n", text)
    return [
        each
        for each in sentences
        if AGREEMENT.search(each) and TRUTH.search(each) and not DENIAL.search(each)
    ]


def _texts() -> Iterator[tuple[str, str]]:
    for file in sorted((ROOT / "bot" / "texts").glob("*.toml")):
        for name, value in tomllib.loads(file.read_text("utf-8")).items():
            yield from ((f"{file.name} {name}", text) for text in _strings(value))


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _strings(inner)
    elif isinstance(value, tuple | list | frozenset):
        for inner in value:
            yield from _strings(inner)


def test_law_8_the_scan_catches_what_it_is_for() -> None:
    assert _claims("All ballots agree. Five of five agree, so this call is certain.") == [
        "Five of five agree, so this call is certain."
    ]
    assert _claims("Unanimous: high confidence")
    assert _claims("5 equal answers are stable, not right.") == []


def test_law_8_no_text_of_ours_calls_agreement_right_or_certain() -> None:
    texts = list(_texts())

    assert len(texts) > 200
    assert [(name, claim) for name, text in texts for claim in _claims(text)] == []


def test_law_8_no_view_of_a_report_does_and_each_says_why_stable_is_not_right() -> None:
    run = made_run()

    shown = _shown(run)

    for name, text in shown.items():
        assert _claims(text) == [], name
        assert "stable, not right" in text, name


def test_law_8_help_and_the_readme_say_that_one_model_shares_its_own_errors() -> None:
    help_text = " ".join(help_blocks(asked=5, user=1, people=1, next_line="", rehearsal=False))
    readme = (ROOT / "README.md").read_text(encoding="utf-8")

    for text in (help_text, readme):
        assert re.search(r"stable is not right", text, re.IGNORECASE)
        assert re.search(r"one model (?:asked|repeated).{0,60}shares its own errors", text, re.IGNORECASE)
        assert re.search(r"facts.{0,80}confirm|second source.{0,40}confirm", text, re.IGNORECASE | re.DOTALL)
    assert _claims(readme) == []


def _shown(run: Run) -> dict[str, str]:
    page = report_html(run, None, zone=UTC)
    return {
        "terminal": terminal_map(run, None, zone=UTC, next_push=NOT_GIVEN),
        "digest": "\n".join(digest(run, None, zone=UTC)),
        "page": re.sub(r"<style.*?</style>|<[^>]+>", " ", page, flags=re.DOTALL),
    }


def _map(question: Brief, answers: tuple[Answer, ...], asked: int) -> dict[str, Verdict]:
    stability = tally_jury(answers, question, (), asked=asked)
    return {verdict.ticker: verdict for verdict in stability.verdicts}
