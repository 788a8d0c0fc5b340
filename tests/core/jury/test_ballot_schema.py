import json

import jsonschema
import pytest

from core.brief.schema import STANCES, ballot_schema
from core.jury.ballot import Stance
from tests.core.jury.juries import line, written

SCHEMA = ballot_schema(("AAPL", "MC.PA"))


def test_the_schema_and_the_jury_know_the_same_stances() -> None:
    assert tuple(stance.value for stance in Stance) == STANCES


def test_facts_and_the_case_against_come_before_the_stance() -> None:
    keys = list(SCHEMA["properties"]["names"]["items"]["properties"])

    assert keys == ["ticker", "facts", "reasons_against", "reasons_for", "stance", "target_weight"]
    assert list(SCHEMA["properties"]) == ["names", "cash_target_weight"]


def test_the_schema_holds_nothing_that_providers_refuse() -> None:
    text = json.dumps(SCHEMA)

    assert not [
        word for word in ("minimum", "maximum", "minItems", "maxItems", "anyOf", "oneOf") if word in text
    ]
    assert text.count('"additionalProperties": false') == text.count('"type": "object"') == 2


def test_a_good_ballot_is_valid_and_a_strange_one_is_not() -> None:
    jsonschema.validate(json.loads(written([line("AAPL"), line("MC.PA", "sell", 0)])), SCHEMA)

    for bad in (line("TSLA"), line("AAPL", "strong buy"), line("AAPL", weight="6.5"), line("AAPL", note="x")):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(json.loads(written([bad])), SCHEMA)
