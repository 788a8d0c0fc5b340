"""The ballot's fields, once: as JSON schema for providers to enforce, and as words for the task.

Promises the key order of the product: facts are cited and the case against is made before the stance is
taken. Refuses what providers' schema engines refuse: no minimum or maximum, no item counts, no optional
field, no union. What they cannot enforce (every name once, no negative weight, a sum) is enforced by the
reader of the answer.
"""

from dataclasses import dataclass, field
from typing import Any, Final

# The words of a stance, from buy to sell, then the one that is no vote. They are data of the schema here,
# because the brief stands below the jury, whose `Stance` has the same words (a test compares the two).
STANCES = ("buy", "add", "hold", "lighten", "sell", "abstain")

# Written into every answer. A field that is added makes it one more; older answers then lack the field, and
# say so.
BALLOT_VERSION = 2

# Nine tenths of what a report costs is what the model writes, and most of that are reasons. Two of a side let
# several ballots share one; twelve words are a clause with its number. Schemas that providers enforce know no
# such limits.
MOST_REASONS, MOST_WORDS = 2, 12
REASONS: Final = f"one or at most {MOST_REASONS} sentences, none over {MOST_WORDS} words"

TEXTS: Final = {"type": "array", "items": {"type": "string"}}


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field of the ballot. `meaning` is what the model reads, in the schema and in the task alike."""

    name: str
    meaning: str
    form: dict[str, Any] = field(default_factory=lambda: {"type": "number"})


LINE: Final = (
    Field(name="ticker", meaning="the name", form={"type": "string"}),
    Field(
        name="facts",
        meaning="ids of the facts beside that name on which the ruling rests, none if none",
        form=TEXTS,
    ),
    Field(name="reasons_against", meaning=f"the case against the name: {REASONS}", form=TEXTS),
    Field(name="reasons_for", meaning=f"the case for it: {REASONS}", form=TEXTS),
    Field(
        name="stance",
        meaning=f"one of {', '.join(STANCES)}; lighten and sell only of a name that is held",
        form={"type": "string", "enum": list(STANCES)},
    ),
    Field(name="target_weight", meaning="the weight to give the name, percent"),
)
CASH: Final = Field(
    name="cash_target_weight", meaning="percent; all target weights and this one together make 100"
)

LINE_KEYS: Final = tuple(one.name for one in LINE)
BALLOT_KEYS: Final = ("names", CASH.name)


def ballot_schema(tickers: tuple[str, ...]) -> dict[str, Any]:
    """The schema of one ballot over `tickers`, in their order. All fields required, nothing else allowed."""
    line = {one.name: {**one.form, "description": one.meaning} for one in LINE}
    line["ticker"]["enum"] = list(tickers)
    names = {"type": "array", "items": _closed(line), "description": "each name exactly once"}
    return _closed({"names": names, CASH.name: {**CASH.form, "description": CASH.meaning}})


def in_words() -> str:
    """The fields of the ballot in their order, for the task."""
    fields = "; ".join(f'"{one.name}": {one.meaning}' for one in LINE)
    return f'"names", a list with one object a name ({fields}); then "{CASH.name}": {CASH.meaning}.'


def _closed(properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
