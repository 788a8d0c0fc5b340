"""The table of measures."""

from core.market.measures import BY_NAME, MEASURES
from core.market.universe import FIELDS


def test_each_measure_has_one_name_a_known_unit_and_a_label() -> None:
    assert len(BY_NAME) == len(MEASURES)
    assert {kind.unit for kind in MEASURES} <= {"money", "times", "percent", "ratio"}
    assert all(kind.label for kind in MEASURES)


def test_every_field_of_the_composite_but_momentum_is_a_measure() -> None:
    assert {field.name for field in FIELDS} - set(BY_NAME) == {"momentum"}
