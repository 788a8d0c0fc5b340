from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest

from bot.report.report_json import to_json
from core.base.gap import Gap
from core.jury.ballot import Stance


@dataclass(frozen=True)
class Row:
    weight: Decimal
    stances: tuple[Stance | Gap, ...]
    day: date


def test_a_script_gets_numbers_as_numbers_and_gaps_as_null() -> None:
    row = Row(Decimal("6.50"), (Stance.BUY, Gap(gap="missing")), date(2026, 4, 24))

    assert to_json((row,)) == [{"weight": 6.5, "stances": ["buy", None], "day": "2026-04-24"}]


def test_what_is_no_number_is_refused_and_never_written_as_nan() -> None:
    with pytest.raises(TypeError):
        to_json((float("nan"),))
