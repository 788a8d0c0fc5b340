"""What an item weighs, by which row, and in which words of its document. Policy is data: each row carries its
reason.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from core.base.gap import Gap
from core.facts.events import Event, Severity
from core.facts.fact import NO_SENTENCE, Excerpt

RANK: Final = {Severity.G1: 1, Severity.G2: 2, Severity.G3: 3}


@dataclass(frozen=True, slots=True, kw_only=True)
class Grade:
    """`row` names the table row that decided; `event` is what happened (a word of the vocabulary), for
    merging reports of one event; `label` says it in plain words. `excerpt` is the document's own sentence
    behind it, or why there is none.
    """

    severity: Severity
    row: str
    event: Event
    label: str
    tags: tuple[str, ...] = ()
    excerpt: Excerpt | Gap = NO_SENTENCE


def heaviest(grades: Iterable[Grade]) -> Grade:
    """The highest severity; between equals the first row, so the order of a table decides and never chance."""
    return max(grades, key=lambda grade: RANK[grade.severity])
