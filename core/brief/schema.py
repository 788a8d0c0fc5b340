"""The ballot's JSON schema, as providers enforce it and as the brief's digest covers it.

Promises the key order of the product: facts are cited and the case against is made before the stance is taken.
Refuses what providers' schema engines refuse: no minimum or maximum, no item counts, no optional field, no union. What
they cannot enforce (every name once, no negative weight, a sum) is enforced by the reader of the answer.
"""

from typing import Any

# The words of a stance, from buy to sell, then the one that is no vote. They are data of the schema here, because the
# brief stands below the jury, whose `Stance` has the same words (a test compares the two).
STANCES = ("buy", "add", "hold", "lighten", "sell", "abstain")

SCHEMA_NAME = "ballot"

LINE_KEYS = ("ticker", "facts", "reasons_against", "reasons_for", "stance", "target_weight")
BALLOT_KEYS = ("names", "cash_target_weight")


def ballot_schema(tickers: tuple[str, ...]) -> dict[str, Any]:
    """The schema of one ballot over `tickers`, in their order. All fields required, nothing else allowed."""
    texts = {"type": "array", "items": {"type": "string"}}
    line = {
        "ticker": {"type": "string", "enum": list(tickers)},
        "facts": texts,
        "reasons_against": texts,
        "reasons_for": texts,
        "stance": {"type": "string", "enum": list(STANCES)},
        "target_weight": {"type": "number"},
    }
    return {
        "type": "object",
        "properties": {
            "names": {"type": "array", "items": _closed(line, LINE_KEYS)},
            "cash_target_weight": {"type": "number"},
        },
        "required": list(BALLOT_KEYS),
        "additionalProperties": False,
    }


def _closed(properties: dict[str, Any], required: tuple[str, ...]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
    }
