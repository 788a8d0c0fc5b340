"""A field of an answer is there and of its kind, or it is named as missing."""

from datetime import UTC, datetime
from typing import Any

import pytest

from core.base.errors import SourceFailed
from providers.http import Fetcher
from providers.identities.client import Register, Unwritten
from providers.sources.dk_oam.client import Finanstilsynet
from providers.sources.shape import Reach


@pytest.fixture
def store() -> Finanstilsynet:
    fetcher = Fetcher()
    names = Register(fetcher, Unwritten(), gleif_url=None, now=lambda: datetime.now(UTC))
    return Finanstilsynet(Reach(fetcher=fetcher, addresses=("http://127.0.0.1:9/",), identities=names))


@pytest.mark.parametrize(
    ("record", "kind", "value"),
    [
        ({"a": {"b": " x \n y "}}, str, "x y"),
        ({"a": {"b": "x" * 500}}, str, "x" * 400),
        ({"a": {"b": 3}}, int, 3),
        ({"a": {"b": True}}, bool, True),
        ({"a": {"b": [1]}}, list, [1]),
    ],
)
def test_what_stands_there_is_given(store: Finanstilsynet, record: Any, kind: type, value: object) -> None:
    assert store.field(record, "a", "b", kind=kind) == value


@pytest.mark.parametrize(
    ("record", "kind", "missing"),
    [
        ({}, str, "a"),
        ({"a": None}, str, "b"),
        ({"a": [{"b": "x"}]}, str, "b"),
        ({"a": {"b": None}}, str, "b"),
        ({"a": {"b": True}}, int, "b"),
        ({"a": {"b": 1}}, bool, "b"),
        ({"a": {"b": "1"}}, int, "b"),
    ],
)
def test_what_is_not_there_or_of_another_kind_is_named(
    store: Finanstilsynet, record: Any, kind: type, missing: str
) -> None:
    with pytest.raises(SourceFailed, match=rf"answered without the field {missing}: its form has changed"):
        store.field(record, "a", "b", kind=kind)


@pytest.mark.parametrize(
    ("said", "form", "moment"),
    [
        ("2026-04-22T10:00:00+02:00", "", datetime(2026, 4, 22, 8, tzinfo=UTC)),
        ("2026-04-22T10:00:00", "", datetime(2026, 4, 22, 8, tzinfo=UTC)),
        ("22-01-2026 10:00:00", "%d-%m-%Y %H:%M:%S", datetime(2026, 1, 22, 9, tzinfo=UTC)),
    ],
)
def test_a_time_without_a_zone_is_the_stores_own(
    store: Finanstilsynet, said: str, form: str, moment: datetime
) -> None:
    assert store.moment(said, "when", form) == moment


def test_a_date_that_cannot_be_read_is_a_failure_with_its_field(store: Finanstilsynet) -> None:
    with pytest.raises(SourceFailed, match="a date that cannot be read in the field when"):
        store.moment("31.02.2026", "when")
