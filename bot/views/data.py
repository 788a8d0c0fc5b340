"""Values of the house as JSON for people's scripts: what is not there is null."""

from typing import Any

from core.canonical import plain


def as_json(value: object) -> Any:
    """`value` as JSON data in which every gap is null."""
    return _nulled(plain(value))


def _nulled(value: Any) -> Any:
    if isinstance(value, dict):
        return None if set(value) == {"gap"} else {key: _nulled(inner) for key, inner in value.items()}
    return [_nulled(inner) for inner in value] if isinstance(value, list) else value
