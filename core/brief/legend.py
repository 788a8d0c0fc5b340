"""What each word of the brief means, said once, in the data. A table: every word that a brief may use has its
row here.

Refused: a threshold as an instruction. What stands here are definitions of the house's numbers and words (law
2 keeps the principles free of numbers); how to weigh them is the principles' business. A measure's row is
`core.market.measures`.
"""

from collections.abc import Iterable
from typing import Final

from core.base.gap import Gap
from core.brief.schema import STANCES
from core.facts.fact import Authority, Severity, State
from core.market.measures import BY_NAME, MEASURES
from core.market.quote import Band, Measure
from core.market.reliability import CONSTANTS

Rows = tuple[tuple[str, str], ...]


def _constant(name: str) -> str:
    return format(CONSTANTS[name].value, "f")


SEVERITIES: Final[Rows] = (
    (Severity.G3, "changes the thesis"),
    (Severity.G2, "notable"),
    (Severity.G1, "anecdotal"),
)
AUTHORITIES: Final[Rows] = (
    (Authority.OFFICIAL, "a regulator's document or the issuer's own filing"),
    (Authority.NEWSWIRE, "an established newswire"),
    (Authority.OTHER, "anyone else"),
)
TAGS: Final[Rows] = (
    ("forecast", "says what may come"),
    ("amendment", "amends an earlier document"),
    ("shared", "one document about several names"),
    ("text-not-read", "graded by its form alone"),
    ("time-unknown", "of the day itself, hour not known"),
    ("made", "a sentence made of a form's fields, not a quotation"),
)
STATES: Final[Rows] = (
    (State.STALE, "only an old copy could be read"),
    (State.FAILED, "could not be read"),
    (State.NONE, "no official source of this country is read by this program"),
)
BANDS: Final[Rows] = (
    (Band.USABLE, f"reliability from {_constant('usable')}, targets dated one by one"),
    (Band.WEAK, f"from {_constant('weak')}, or targets not dated one by one"),
    (Band.UNUSABLE, "less"),
    (Band.UNRELIABLE, "missing or contradictory"),
)
NUMBERS: Final[Rows] = (
    ("weight", "percent of the judged names plus cash"),
    ("price", "last close in the currency beside it, of the portfolio's day or of price_day"),
    ("upside", "the analysts' mean target above the price, percent"),
    (
        "adjusted",
        f"upside less {_constant('bias_points')} points, by which such targets have proved too high",
    ),
    ("reliability", "of the targets, of 100: more analysts, less spread and fresher targets give more"),
    ("targets", "the day of the targets"),
    ("score", "composite of value, quality and momentum in the universe, whose middle is 0"),
    ("rank", "place by score, 1 is best"),
    ("results", "the next results are expected that day"),
    ("unknown", "not known; nor is a measure that is not listed"),
)
STANCE_WORDS: Final[Rows] = tuple(
    zip(
        STANCES,
        (
            "a new or much larger position",
            "more than now",
            "as now",
            "less, above zero",
            "zero",
            "no ruling is possible",
        ),
        strict=True,
    )
)
UNIT_WORDS: Final = {"money": "billions of the currency", "percent": "percent", "times": "times", "ratio": ""}


def legend(measures: Iterable[Measure]) -> str:
    """The legend of a brief that shows `measures`: one line a subject, in a fixed order."""
    shown = {measure.name for measure in measures}
    ordered = [kind for kind in MEASURES if kind.name in shown]
    words = [(kind.name, f"{kind.label}{_unit(kind.unit)}") for kind in ordered]
    lines = (
        ("severity", SEVERITIES),
        ("authority", AUTHORITIES),
        ("tags", TAGS),
        ("coverage (a source that is not mentioned was read in full)", STATES),
        ("consensus", BANDS),
        ("numbers", (*NUMBERS, *words)),
        ("stance", STANCE_WORDS),
    )
    return "\n".join(_line(subject, rows) for subject, rows in lines)


def legend_of_stances() -> str:
    """What a brief without any data still needs."""
    return f"weight: {dict(NUMBERS)['weight']}\n{_line('stance', STANCE_WORDS)}"


def _line(subject: str, rows: Rows) -> str:
    return f"{subject}: {'; '.join(f'{word} = {said}' for word, said in rows)}"


def _unit(unit: str) -> str:
    said = UNIT_WORDS.get(unit, unit)
    return f", {said}" if said else ""


def is_money(measure: Measure) -> bool:
    """Whether the measure is an amount, which is written in billions; its `unit` is then its currency."""
    kind = BY_NAME.get(measure.name)
    return kind is not None and kind.unit == "money" and not isinstance(measure.value, Gap)
