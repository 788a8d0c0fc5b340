"""Snapshot files: what was frozen comes back unchanged, and what was touched is refused."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from core.base.errors import BadRequest
from core.snapshot.codec import decode, encode, snapshot_digest
from core.snapshot.model import Snapshot
from tests.core.snapshots import dossier, fact, snapshot


def frozen() -> Snapshot:
    return snapshot(
        dossier("AAA", weight="50", facts=(fact("AAA", 1),)), dossier("BBB", weight="40", held=False)
    )


def test_a_snapshot_comes_back_equal_and_with_the_same_digest() -> None:
    text = encode(frozen())

    back = decode(text, origin="s.json")

    assert back == frozen()
    assert snapshot_digest(back) == json.loads(text)["digest"]


def test_the_digest_does_not_depend_on_white_space_or_key_order() -> None:
    data = json.loads(encode(frozen()))
    shuffled = json.dumps(dict(reversed(data.items())), indent=2)

    assert decode(shuffled, origin="s.json") == frozen()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("{", "is not JSON"),
        ("[" * 100_000, "is not JSON"),
        ("[]", "lacks `digest`"),
        ('{"digest": "x", "snapshot": 3}', "lacks `digest`"),
        ('{"digest": "x", "snapshot": {"version": 99}}', "version 99"),
        ('{"digest": "x", "snapshot": {"version": NaN}}', "is not JSON"),
    ],
)
def test_what_is_no_snapshot_is_refused_with_a_sentence(text: str, sentence: str) -> None:
    with pytest.raises(BadRequest, match=sentence):
        decode(text, origin="s.json")


def test_an_edited_snapshot_is_refused() -> None:
    text = encode(frozen()).replace('"10.50"', '"99.50"')

    with pytest.raises(BadRequest, match="changed after it was frozen"):
        decode(text, origin="s.json")


def forged(change: Callable[[dict[str, Any]], None]) -> str:
    data = json.loads(encode(frozen()))
    change(data["snapshot"])
    from core.base.canonical import digest, dumps

    data["digest"] = digest(dumps(data["snapshot"]))
    return json.dumps(data)


def test_a_snapshot_with_a_wrong_type_is_refused_and_the_place_is_named() -> None:
    def change(body: dict[str, Any]) -> None:
        body["dossiers"][0]["weight"] = "heavy"

    with pytest.raises(BadRequest, match=r"dossiers\.0\.weight"):
        decode(forged(change), origin="s.json")


def test_a_snapshot_with_a_foreign_field_is_refused() -> None:
    def change(body: dict[str, Any]) -> None:
        body["opinion"] = "buy everything"

    with pytest.raises(BadRequest, match="refused"):
        decode(forged(change), origin="s.json")
