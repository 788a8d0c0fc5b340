"""Codes in words: how a source that names its documents by code, kind and title translates them into events.

A folder's `codes.toml` holds rows: the source's own codes or phrases to find (alternatives that ignore case,
one a line), the event, its weight, the label, why it weighs so, an example that the row must find and a
counter-example that it must not; the tests run them. A row that holds the document's code decides, else the
first row that finds one of its phrases in "kind title"; a document that no row knows is an unclassified
official filing, G2. `directive` puts the rows of the EU's transparency directive, which many stores share,
before or after its own; `words` are lists that only its client reads.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from core.facts.events import Event, Severity
from core.facts.filing import Reported


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """`weight` is left out where the event's own counts. `weekly`: comes by the dozen, a week of it is one
    fact. `titled`: the kind says too little, the title may weigh more."""

    event: Event
    weight: Severity | None
    label: str
    why: str
    example: str
    counter: str
    codes: frozenset[str]
    pattern: re.Pattern[str] | None
    weekly: bool = False
    titled: bool = False

    def finds(self, text: str) -> bool:
        """Whether one of its codes is the text, or one of its phrases stands in it."""
        return text in self.codes or (self.pattern is not None and self.pattern.search(text) is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Codes:
    """A source's table. `own` are the rows of its own file, `kinds` all in the order in which they decide."""

    own: tuple[Kind, ...]
    kinds: tuple[Kind, ...]
    words: Mapping[str, tuple[str, ...]]

    def translate(self, said: str, title: str, code: str = "") -> tuple[Reported, str]:
        """What a document of this kind and title reports, and its series ("" when it stands alone)."""
        coded = next((row for row in self.kinds if code in row.codes), None)
        row = coded or next((row for row in self.kinds if row.finds(f"{said} {title}")), None)
        if row is None:
            label = "unclassified official filing"
            return Reported(event=Event.OTHER, label=label, weight=Severity.G2, open=True), ""
        shown = code if coded else ""
        reported = Reported(event=row.event, label=row.label, code=shown, weight=row.weight, open=row.titled)
        return reported, row.label if row.weekly else ""


def codes_of(client: str) -> Codes:
    """The table beside a client, whose `__file__` is given. Raises TypeError or ValueError for a row that is
    not one."""
    data, own = _read(Path(client).with_name("codes.toml"))
    shared = {"before": (_directive(), own), "after": (own, _directive())}
    return Codes(
        own=own,
        kinds=tuple(row for part in shared.get(data.get("directive", ""), (own,)) for row in part),
        words={name: tuple(words) for name, words in data.get("words", {}).items()},
    )


@cache
def _directive() -> tuple[Kind, ...]:
    return _read(Path(__file__).with_name("directive.toml"))[1]


def _read(file: Path) -> tuple[dict[str, Any], tuple[Kind, ...]]:
    data = tomllib.loads(file.read_text("utf-8"))
    return data, tuple(_kind(**row) for row in data.get("kind", ()))


def _kind(
    *, event: str, weight: str = "", find: tuple[str, ...] = (), codes: tuple[str, ...] = (), **said: Any
) -> Kind:
    return Kind(
        event=Event(event),
        weight=Severity(weight) if weight else None,
        codes=frozenset(codes),
        pattern=re.compile("|".join(find), re.IGNORECASE) if find else None,
        **said,
    )
