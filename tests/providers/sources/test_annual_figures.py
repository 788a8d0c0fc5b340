"""Of an annual report's figures only those of the whole company over a year are told, each against the year
before."""

from typing import Any

import pytest

from providers.sources.eu_xbrl.client import told

LEI = "LEI00000000000000001"
YEAR = "2025-01-01T00:00:00/2026-01-01T00:00:00"
BEFORE = "2024-01-01T00:00:00/2025-01-01T00:00:00"


def fact(period: str = YEAR, value: str = "200", **changes: str) -> dict[str, Any]:
    dimensions = {
        "concept": "ifrs-full:Revenue",
        "entity": f"lei:{LEI}",
        "period": period,
        "unit": "iso4217:EUR",
        **changes,
    }
    return {"value": value, "dimensions": dimensions}


def test_a_year_is_told_against_the_year_before() -> None:
    alone, both = told({"a": fact()}, LEI), told({"a": fact(), "b": fact(BEFORE, "160")}, LEI)

    assert alone.startswith("revenue ")
    assert alone.endswith(" EUR")
    assert both == f"{alone} (+25.0 %)"


@pytest.mark.parametrize(
    "odd",
    [
        fact("2025-10-01T00:00:00/2026-01-01T00:00:00"),
        fact("2024-01-01T00:00:00/2026-01-01T00:00:00"),
        fact("2026-01-01T00:00:00"),
        fact("2026-01-01T00:00:00/soon"),
        fact(value="NaN"),
        fact(value="many"),
        fact(unit="xbrli:shares"),
        fact(concept="ifrs-full:Assets"),
        fact(entity="lei:ANOTHER"),
        fact(segment="Europe"),
        {"value": "1"},
    ],
)
def test_every_other_figure_is_left_out(odd: dict[str, Any]) -> None:
    assert told({"a": odd}, LEI) == ""
