"""The rehearsal jury: an offline stand-in that is no model and says so in everything it returns.

It reads the same brief as a model would, scores each name from its numbers and facts, adds noise that depends
only on seed, ballot, attempt, brief and ticker, and answers in the same JSON, so that clear calls repeat and
close calls flip. It goes through the same port, reader and vote as any model. `acts` makes chosen ballots
misbehave, for tests and for the demo. It holds no opinion about any company: its scores are a plausible
shape, not advice.
"""

import asyncio
import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from textwrap import shorten
from typing import Any

from core.base.errors import ModelFailed
from core.base.gap import Gap
from core.brief.model import Brief
from core.jury.ballot import Finish, Reply, Usage
from providers.models.rehearsal_reading import SeenFact, SeenName, see
from providers.models.services import table

NO_MODEL = Gap(gap="rehearsal: no model was asked")
NOTHING_USED = Usage(
    input=NO_MODEL, cached_read=NO_MODEL, cache_write=NO_MODEL, output=NO_MODEL, reasoning=NO_MODEL
)


class Behaviour(StrEnum):
    """How a ballot can misbehave."""

    TRUNCATE = "truncate"  # cut in the middle, stop reason length
    REFUSE = "refuse"  # no text, stop reason refusal
    DROP_ONE = "drop one"  # one name missing
    DROP_HALF = "drop half"  # every second name missing
    SUM_44 = "sum 44"  # weights scaled to forty-four percent
    CONSTANT = "constant"  # the bytes of ballot 0, under an id of its own
    COPY = "copy"  # the bytes and the response id of ballot 0
    FAIL = "fail"  # the provider fails


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """`behaviour` of the ballots in `indexes` (empty: all), on attempts up to `attempts`."""

    behaviour: Behaviour
    indexes: tuple[int, ...] = ()
    attempts: int = 1


# Standard deviation of the noise on a score, before a name's own factor. Scores of the recorded day spread
# from -1.6 to 0.8 and hold is 0.8 wide: then about half of the names are unanimous, and every row of the map
# occurs.
NOISE = 0.3
# A stance begins at its score; the first row that fits counts. Half of 0.9 on each side of zero is hold.
STANCES = ((1.2, "buy"), (0.4, "add"), (-0.4, "hold"), (-1.2, "lighten"))
# How much a consensus of this band counts: what its own grade says, not more.
BANDS = {"usable": 1.0, "weak": 0.6, "unusable": 0.2, "unreliable": 0.0}
SEVERITY = {"G3": 0.8, "G2": 0.35, "G1": 0.12}
AUTHORITY = {"official": 1.0, "newswire": 0.7, "other": 0.4}
# Words that turn a fact good or bad (one without any counts as slightly bad when grave, as most grave filings
# are), and sentences about numbers.
WORDS: Mapping[str, Any] = table("rehearsal.toml")
# What a stance does to a held weight (times) and the weight it gives a name not held (percent).
MOVES = {"buy": (1.6, 3.0), "add": (1.25, 1.5), "hold": (1.0, 0.0), "lighten": (0.6, 0.0), "sell": (0.0, 0.0)}


class RehearsalModel:
    """A `ChatModel` that asks nobody. Same seed, brief, index, attempt: same bytes. `pace_s` delays
    answers."""

    label = "rehearsal"
    rehearsal = True

    def __init__(self, *, seed: int = 0, acts: tuple[Act, ...] = (), pace_s: float = 0.0) -> None:
        self._seed = seed
        self._acts = acts
        self._sittings: dict[str, int] = {}
        self._pace_s = pace_s

    async def ask(self, brief: Brief, *, index: int, attempt: int, heard: Callable[[int], None]) -> Reply:
        acts = {act.behaviour for act in self._acts if _applies(act, index, attempt)}
        if Behaviour.FAIL in acts:
            raise ModelFailed(
                "The rehearsal jury was told to fail on this ballot.", source=self.label, cause="rehearsed"
            )
        if (index, attempt) == (0, 1):
            self._sittings[brief.digest] = self._sittings.get(brief.digest, -1) + 1
        heard(1)
        await asyncio.sleep(self._pace_s)
        copied = bool(acts & {Behaviour.CONSTANT, Behaviour.COPY})
        index_said, attempt_said = (0, 1) if copied else (index, attempt)
        # 80 ms for thirty names: off the event loop, as a model's own work is.
        text = await asyncio.to_thread(self._answer, brief, index_said, attempt_said, acts)
        finish, raw = Finish.NATURAL, "stop"
        if Behaviour.TRUNCATE in acts:
            text, finish, raw = text[: len(text) // 2], Finish.LENGTH, "length"
        if Behaviour.REFUSE in acts:
            text, finish, raw = "", Finish.REFUSAL, "refusal"
        named = (0, 1) if Behaviour.COPY in acts else (index, attempt)
        return Reply(
            text=text,
            finish=finish,
            finish_raw=raw,
            usage=NOTHING_USED,
            response_id=f"rehearsal-{brief.digest[:12]}-{self._sitting(brief)}-{named[0]}-{named[1]}",
            model=self.label,
            sampling="rehearsal: no model was asked",
            mode="rehearsal",
            first_token_s=0.0,
            seconds=self._pace_s,
        )

    async def aclose(self) -> None:
        """Holds nothing open."""

    def _sitting(self, brief: Brief) -> str:
        """The seed, and which jury on this brief it is: a model that is asked again samples again."""
        number = self._sittings.get(brief.digest, 0)
        return str(self._seed) if number == 0 else f"{self._seed}.{number}"

    def _answer(self, brief: Brief, index: int, attempt: int, acts: set[Behaviour]) -> str:
        seen = see(brief.user)

        def noise(*parts: str) -> float:
            return _noise(self._sitting(brief), brief.digest, str(index), str(attempt), *parts)

        lines = [_line(name, noise) for name in seen]
        _settle(lines, seen, noise)
        document = {"names": lines, "cash_target_weight": _cash(lines, noise)}
        if Behaviour.DROP_ONE in acts:
            document["names"] = lines[1:]
        if Behaviour.DROP_HALF in acts:
            document["names"] = lines[::2]
        if Behaviour.SUM_44 in acts:
            _scale_all(document, 0.44)
        return json.dumps(document, ensure_ascii=False)


Noise = Callable[..., float]
Line = dict[str, object]


def _applies(act: Act, index: int, attempt: int) -> bool:
    return (not act.indexes or index in act.indexes) and attempt <= act.attempts


def _noise(*parts: str) -> float:
    """A number in (-1, 1) that depends on its parts alone, thicker in the middle (the mean of three)."""
    drawn = hashlib.sha256("\x1f".join(parts).encode()).digest()
    thirds = (int.from_bytes(drawn[at : at + 8], "big") / 2**64 for at in (0, 8, 16))
    return (sum(thirds) / 3 - 0.5) * 2


def _even(text: str) -> float:
    """A number in [0, 1) that depends on the text alone."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big") / 2**64


def score(name: SeenName) -> float:
    """How well a name looks from its numbers and facts alone, about -2 to 2, without any noise."""
    upside = name.numbers.get("adjusted", name.numbers.get("upside", 0.0))
    value = _clamped(upside / 14, 1.3) * BANDS.get(name.band, 0.5)
    value += sum(_fact_score(fact) for fact in name.facts)
    value -= max(0.0, name.weight - 12) / 10  # a name beyond a tenth or so of the whole is crowding it
    return _clamped(value - (0.0 if name.held else 0.25), 2.0)


def _fact_score(fact: SeenFact) -> float:
    text = fact.text.lower()
    tone = sum(word in text for word in WORDS["good"]) - sum(word in text for word in WORDS["bad"])
    leaning = _clamped(float(tone), 1.0) if tone else (-0.5 if fact.severity == "G3" else 0.0)
    return leaning * SEVERITY.get(fact.severity, 0.1) * AUTHORITY.get(fact.authority, 0.4)


def _line(name: SeenName, noise: Noise) -> Line:
    # The mean of three even draws has a third of their width as its standard deviation, hence the three. A
    # model is sure of most names and quite unsure of a few, run after run: the factor (0.4 to 3.2) depends on
    # the ticker alone.
    unsure = 0.4 + 2.8 * _even(name.ticker) ** 2
    # The clearer the score, the smaller the noise: from 1.4 on nothing can turn the direction.
    clear = score(name)
    said = clear + 3 * NOISE * unsure / (1 + clear**2) * noise(name.ticker)
    stance = next((word for start, word in STANCES if said >= start), "sell")
    if not name.held and stance in {"lighten", "sell"}:
        stance = "hold"
    if not name.numbers and not name.facts:
        stance = "abstain"
    times, fresh = MOVES.get(stance, (1.0, 0.0))
    wobble = 1 + 0.06 * noise(name.ticker, "weight") if stance in {"buy", "add", "lighten"} else 1.0
    target = (name.weight * times if name.held else fresh) * wobble
    against, favour = _reasons(name, noise)
    return {
        "ticker": name.ticker,
        "facts": [fact.id for fact in name.facts[:3] if fact.id],
        "reasons_against": against,
        "reasons_for": favour,
        "stance": stance,
        "target_weight": round(target, 2),
    }


LABEL = " (rehearsal)"
MOST_REASONS = 2


def _reasons(name: SeenName, noise: Noise) -> tuple[list[str], list[str]]:
    """What speaks against and for the name: facts, then numbers, in an order that ballots shuffle a
    little."""

    def said(side: str, sign: int) -> list[str]:
        facts = [fact for fact in name.facts if sign * _fact_score(fact) > 0]
        found = [
            (
                2.0 + abs(_fact_score(fact)),
                f"{fact.id}: {shorten(fact.text.rstrip(' .'), 90, placeholder=' …')}.",
            )
            for fact in facts
        ]
        for key, above, bound, words in WORDS[side]:
            value = name.numbers.get(key)
            if value is not None and (value - bound) * above > 0:
                found.append((abs(value - bound) / abs(bound), words.format(value=value)))
        found.sort(key=lambda row: -min(row[0], 3.0) - 0.7 * noise(name.ticker, row[1]))
        return [f"{words}{LABEL}" for _, words in found[:MOST_REASONS]]

    against = said("against", -1) or [f"Nothing in its numbers or facts weighs against it.{LABEL}"]
    favour = said("favour", 1) or [f"Nothing in its numbers or facts speaks for it.{LABEL}"]
    return against, favour


def _settle(lines: list[Line], seen: tuple[SeenName, ...], noise: Noise) -> None:
    """Shrinks the increases until names and a little cash fit into about one hundred."""
    current = {name.ticker: name.weight for name in seen}
    room = 100 + 2 * noise("sum") - sum(min(_target(line), current[str(line["ticker"])]) for line in lines)
    increases = sum(max(0.0, _target(line) - current[str(line["ticker"])]) for line in lines)
    factor = min(1.0, max(0.0, room) / increases) if increases else 1.0
    for line in lines:
        held = current[str(line["ticker"])]
        if _target(line) > held:
            line["target_weight"] = round(held + (_target(line) - held) * factor, 2)


def _cash(lines: list[Line], noise: Noise) -> float:
    return round(max(0.0, 100 + 4 * noise("cash") - sum(_target(line) for line in lines)), 2)


def _scale_all(document: dict[str, object], factor: float) -> None:
    lines = document["names"]
    if isinstance(lines, list):
        for line in lines:
            line["target_weight"] = round(_target(line) * factor, 2)
    document["cash_target_weight"] = round(float(str(document["cash_target_weight"])) * factor, 2)


def _target(line: Line) -> float:
    return float(str(line["target_weight"]))


def _clamped(value: float, limit: float) -> float:
    return max(-limit, min(limit, value))
