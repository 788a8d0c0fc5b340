"""Codes in words: how a source that names its documents by kind and title translates them into events.

The first row that finds one of its phrases in "kind title" decides; a kind that no row knows is an
unclassified official filing, G2. Rows of one country's words stand in that source's `codes`; each row carries
an example that it must find and a counter-example that it must not, which the tests run.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from core.facts.events import Event, Severity
from core.facts.filing import Reported


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """`weekly`: comes by the dozen, a week of it is one fact. `titled`: the kind says too little, the title
    may weigh more.
    """

    event: Event
    weight: Severity
    label: str
    pattern: re.Pattern[str]
    reason: str
    example: str
    counter: str
    weekly: bool = False
    titled: bool = False


def kind(
    event: Event,
    weight: Severity,
    label: str,
    *phrases: str,
    reason: str,
    example: str,
    counter: str,
    weekly: bool = False,
    titled: bool = False,
) -> Kind:
    """A row; `phrases` are alternatives that ignore case, one a line."""
    return Kind(
        event=event,
        weight=weight,
        label=label,
        pattern=re.compile("|".join(phrases), re.IGNORECASE),
        reason=reason,
        example=example,
        counter=counter,
        weekly=weekly,
        titled=titled,
    )


def translate(rows: Iterable[Kind], said: str, title: str) -> tuple[Reported, str]:
    """What a document of the kind `said` and with this title reports, and its series ("" when it stands
    alone).
    """
    row = next((row for row in rows if row.pattern.search(f"{said} {title}")), None)
    if row is None:
        label = "unclassified official filing"
        return Reported(event=Event.OTHER, label=label, weight=Severity.G2, open=True), ""
    reported = Reported(event=row.event, label=row.label, weight=row.weight, open=row.titled)
    return reported, row.label if row.weekly else ""
