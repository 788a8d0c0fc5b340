"""What each word of the brief means, said once, in the data: `legend.txt`, with the measures that a brief
shows.

Refused: a threshold as an instruction. What stands there are definitions of the house's numbers and words
(law 2 keeps the principles free of numbers). A measure's row is `core.market.measures`."""

from collections.abc import Iterable, Mapping
from importlib.resources import files
from typing import Final

from core.base.gap import Gap
from core.market.measures import BY_NAME, MEASURES
from core.market.quote import Measure
from core.market.reliability import CONSTANTS

UNIT_WORDS: Final = {"money": "billions of the currency", "percent": "percent", "times": "times", "ratio": ""}


def _subjects(text: str) -> dict[str, list[str]]:
    """The rows of each subject, `word = meaning`, in the order of the file."""
    found: dict[str, list[str]] = {}
    for line in text.splitlines():
        if line.endswith(":") and not line.startswith(" "):
            rows = found.setdefault(line[:-1], [])
        elif line.startswith("  "):
            rows.append(line.strip())
    return found


SUBJECTS: Final[Mapping[str, list[str]]] = _subjects(
    files("core.brief").joinpath("legend.txt").read_text("utf-8")
)


def legend(measures: Iterable[Measure]) -> str:
    """The legend of a brief that shows `measures`: one line a subject, in a fixed order."""
    shown = {measure.name for measure in measures}
    words = "".join(
        f"; {kind.name} = {kind.label}{_unit(kind.unit)}" for kind in MEASURES if kind.name in shown
    )
    constants = {name: format(constant.value, "f") for name, constant in CONSTANTS.items()}
    return "\n".join(_line(subject).format(measures=words, **constants) for subject in SUBJECTS)


def legend_of_stances() -> str:
    """What a brief without any data still needs."""
    [weight] = [row for row in SUBJECTS["numbers"] if row.startswith("weight = ")]
    return f"weight: {weight.partition(' = ')[2]}\n{_line('stance')}"


def _line(subject: str) -> str:
    return f"{subject}: {'; '.join(SUBJECTS[subject])}"


def _unit(unit: str) -> str:
    said = UNIT_WORDS.get(unit, unit)
    return f", {said}" if said else ""


def is_money(measure: Measure) -> bool:
    """Whether the measure is an amount, which is written in billions; its `unit` is then its currency."""
    kind = BY_NAME.get(measure.name)
    return kind is not None and kind.unit == "money" and not isinstance(measure.value, Gap)
