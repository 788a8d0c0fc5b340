"""Values of the house as JSON for people's scripts: numbers are numbers, and what is not there is null.

The canonical form keeps decimals as text, because it must read back exactly; a script wants to count with them.
"""

from dataclasses import fields, is_dataclass
from decimal import Decimal
from typing import Any

from core.base.canonical import plain
from core.base.gap import Gap


def as_json(value: object) -> Any:
    """`value` as JSON data in which every gap is null and every decimal a number."""
    if isinstance(value, Gap):
        return None
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, (tuple, list)):
        return [as_json(inner) for inner in value]
    if is_dataclass(value):
        return {field.name: as_json(getattr(value, field.name)) for field in fields(value)}
    return plain(value)
