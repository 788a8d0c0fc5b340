"""The result of the universe score for one name: values only, computed in core.market.universe."""

from dataclasses import dataclass
from decimal import Decimal

from core.base.gap import Gap


@dataclass(frozen=True, slots=True, kw_only=True)
class Component:
    """One part of the universe score, for people: a z-score (no unit) or a gap, and the fields it lacks, by name."""

    name: str
    score: Decimal | Gap
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class UniverseScore:
    """The composite of `core.market.universe` for one name; `rank` from 1; `coverage` a fraction."""

    score: Decimal
    rank: int
    coverage: Decimal
    components: tuple[Component, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """All names that passed the filters, best first, and those that did not, by ticker with the reason."""

    ranked: tuple[tuple[str, UniverseScore], ...]
    excluded: tuple[tuple[str, str], ...]
