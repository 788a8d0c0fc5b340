import json

import jsonschema
import pytest

from core.base.canonical import dumps, loads
from core.brief.schema import BALLOT_VERSION, LINE, STANCES, ballot_schema, in_words
from core.jury.ballot import Answer, Stance
from tests.core.jury.juries import asked, brief, jury, line, written

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


def test_each_field_says_what_it_means_in_the_schema_and_in_the_task_alike() -> None:
    fields = SCHEMA["properties"]["names"]["items"]["properties"]

    for field in LINE:
        assert fields[field.name]["description"] == field.meaning
        assert f'"{field.name}": {field.meaning}' in in_words()
    assert SCHEMA["properties"]["cash_target_weight"]["description"] in in_words()
    assert SCHEMA["properties"]["names"]["description"]


def test_how_much_may_be_written_is_said_in_words_for_each_side() -> None:
    fields = SCHEMA["properties"]["names"]["items"]["properties"]

    for side in ("reasons_against", "reasons_for"):
        assert fields[side]["description"].endswith(": one or at most 2 sentences, none over 12 words")


def test_an_answer_that_was_stored_before_there_was_a_version_is_of_the_first() -> None:
    [answer] = jury(brief(asked("AAPL", "50")), "AAPL", ["hold"], [50])
    stored = json.loads(dumps(answer))
    del stored["version"]

    assert loads(Answer, json.dumps(stored), what="an answer").version == 1
    assert loads(Answer, dumps(answer), what="an answer") == answer
    assert BALLOT_VERSION == 2
