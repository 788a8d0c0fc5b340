"""The numbers about companies that this house knows: name, unit, what it means. Any market source may give
any of them.

Ratios are plain fractions unless the unit says percent; money is in the record's currency, in whole units.
"""

from dataclasses import dataclass

from core.base.tables import table


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureKind:
    """One row of the table. `label` is for people."""

    name: str
    unit: str
    label: str


MEASURES = tuple(MeasureKind(**row) for row in table(__package__, "measures"))
BY_NAME = {kind.name: kind for kind in MEASURES}
