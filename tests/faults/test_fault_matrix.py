"""The rows of the matrix that need real processes and files. `make faults` runs these and the rest, and
prints the table."""

from pathlib import Path

import pytest

from tests.faults.matrix import ROWS, Row

LIVING = [row for row in ROWS if row.check is not None]


def test_every_row_of_the_matrix_is_injected_by_something() -> None:
    numbers = [row.number for row in ROWS]
    assert numbers == sorted(set(numbers))
    assert numbers == [*range(1, 71), 99]
    assert all(row.check or row.tests for row in ROWS)


@pytest.mark.fault
@pytest.mark.slow
@pytest.mark.parametrize("row", LIVING, ids=lambda row: f"row{row.number}")
async def test_a_row_of_the_matrix_ends_as_expected(row: Row, tmp_path: Path) -> None:
    assert row.check is not None
    observed = await row.check(tmp_path / "row", fast=True)

    assert observed
