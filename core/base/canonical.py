"""One canonical JSON for every value of the house: same value, same bytes, on any machine and Python.

Keys sorted, no white space, UTF-8 as is; Decimal as text, dates in ISO 8601, tuples as lists. Reading checks
types by pydantic (foreign bytes enter here: snapshot files, ledger rows) and is strict about unknown fields.
"""

import dataclasses
import hashlib
import json
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from core.base.errors import BadRequest
from core.base.gap import NOT_GIVEN

if TYPE_CHECKING:
    from pydantic import TypeAdapter

T = TypeVar("T")

# For a field that came after snapshots were frozen: it is written only where it is given, so that their
# digests hold.
LATER = {"later": True}

# Most values of a snapshot; looked at first, because asking whether a value is a dataclass costs more than
# the rest.
_AS_THEY_ARE = frozenset({str, int, bool})


def plain(value: object) -> Any:
    """`value` as JSON data. Raises TypeError for anything that has no canonical form (floats that are not
    finite)."""
    kind: Any = type(value)
    if value is None or kind in _AS_THEY_ARE:
        return value
    names = _names(kind)
    if names is not None:
        items = ((name, later, getattr(value, name)) for name, later in names)
        return {name: plain(item) for name, later, item in items if not (later and item == NOT_GIVEN)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, (int, str)):
        return value
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, float):
        if value != value or value in (float("inf"), float("-inf")):
            raise TypeError("a number that is not finite has no canonical form")
        return value
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, (tuple, list)):
        return [plain(item) for item in value]
    raise TypeError(f"no canonical form for {type(value).__name__}")


def dumps(value: object, *, sort_keys: bool = True) -> str:
    """`value` (a value of the house, or JSON data) as canonical JSON text.

    `sort_keys=False` keeps the keys of JSON data in their order, where the order itself is meant (the
    ballot's schema).
    """
    data = value if isinstance(value, dict) else plain(value)
    return json.dumps(data, sort_keys=sort_keys, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def digest(text: str) -> str:
    """SHA-256 of the text's UTF-8 bytes, in hex."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


@cache
def _names(kind: Any) -> tuple[tuple[str, bool], ...] | None:
    """A dataclass' fields in their order, and whether each came later; None for any other type. A snapshot of
    500 names asks 50,000 times."""
    if not dataclasses.is_dataclass(kind):
        return None
    return tuple((field.name, "later" in field.metadata) for field in dataclasses.fields(kind))


@cache
def _adapter(kind: Any) -> "TypeAdapter[Any]":
    from pydantic import TypeAdapter

    return TypeAdapter(kind)


def loads(kind: type[T], text: str, *, what: str) -> T:
    """Reads canonical JSON back into `kind`. Raises BadRequest that names `what` and the first place that is
    wrong."""
    from pydantic import ValidationError

    key: Any = kind
    try:
        value: T = _adapter(key).validate_json(text)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        place = ".".join(str(part) for part in first["loc"]) or "the top level"
        raise BadRequest(f"{what} could not be read: {first['msg']} at {place}.") from error
    return value
