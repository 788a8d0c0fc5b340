import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from bot.report import report_json as module
from bot.report.report_json import report_json
from core.base.errors import BadRequest
from core.base.gap import NOT_GIVEN, Gap
from core.jury.ballot import Usage
from tests.bot.report.made_run import made_run, verdict

SCHEMA = json.loads((Path(module.__file__).parent / "report.schema.json").read_text("utf-8"))
NOT_SAID = Gap(gap="not said")


def check(data: Any) -> None:
    jsonschema.Draft202012Validator(SCHEMA).validate(data)


def test_the_report_fits_the_shipped_schema_and_survives_json() -> None:
    data = json.loads(json.dumps(report_json(made_run(spoiled=2)), allow_nan=False))

    check(data)
    assert data["asked"] == 7
    assert data["valid"] == 5
    assert data["spoiled"] == [
        {"index": 5, "cause": "truncated", "attempts": 2},
        {"index": 6, "cause": "truncated", "attempts": 2},
    ]


def test_a_name_has_its_exact_fields_with_weights_in_percent() -> None:
    data = report_json(made_run())

    assert data["names"]["BABA"] == {
        "verdict": "consensus",
        "call": "cut",
        "direction": "down",
        "action": "lighten",
        "counts": {"buy": 0, "add": 0, "hold": 1, "lighten": 3, "sell": 1, "abstain": 0, "missing": 0},
        "valid": 5,
        "repeat_probability": 0.77,
        "contested": False,
        "tie": False,
        "held": True,
        "inconsistent": [3],
        "evidence": {"official": 0, "newswire": 0, "other": 0, "g3": 0},
        "current_weight": 5.0,
        "target_weight": 3.5,
    }


def test_split_and_no_quorum_have_neither_direction_nor_action() -> None:
    names = report_json(made_run())["names"]

    assert (names["NVDA"]["verdict"], names["NVDA"]["direction"], names["NVDA"]["action"]) == (
        "split",
        None,
        None,
    )
    assert (names["PFE"]["verdict"], names["PFE"]["repeat_probability"]) == ("no quorum", None)


def test_unknown_is_null_and_never_zero() -> None:
    data = report_json(
        made_run(
            stability={"agreement": NOT_SAID, "unanimous_share": NOT_SAID, "base_rate": NOT_SAID},
            closing={
                "cost_usd": NOT_SAID,
                "sampling": NOT_SAID,
                "usage": Usage(
                    input=NOT_SAID, cached_read=NOT_SAID, cache_write=NOT_SAID, output=0, reasoning=NOT_SAID
                ),
            },
        )
    )

    check(data)
    assert data["cost_usd"] is None
    assert data["agreement"] is None
    assert data["usage"]["input"] is None
    assert data["usage"]["output"] == 0
    assert data["runs"][2]["raw_sum"] is None
    assert data["base_rate"] == {"up": None, "flat": None, "down": None}


def test_coverage_and_reasons_name_every_name_that_was_not_judged() -> None:
    data = report_json(made_run(rehearsal=True, frozen={"recording": "24 Apr 2026"}))

    check(data)
    assert data["not_judged"] == {"VWCE": "fund", "BP.L": "the regulator's list could not be read"}
    assert data["held_not_judged"] == ["VWCE"]
    assert data["coverage"]["BP.L"] == {"rns": "failed"}
    assert data["coverage"]["PFE"] == {"sec": "empty", "reuters": "failed"}
    assert data["rehearsal"] is True


def test_other_settings_than_last_time_are_the_first_remark() -> None:
    other = made_run(stamp={"settings_digest": "e" * 64, "model": "openai:x"})

    data = report_json(made_run(), other)

    check(data)
    assert data["remarks"][0].startswith("First report with these settings (model)")
    assert data["remarks"][1:] == report_json(made_run(), made_run())["remarks"]


def test_a_run_without_a_map_is_no_report() -> None:
    with pytest.raises(BadRequest):
        report_json(made_run(closing={"stability": NOT_GIVEN}))


def test_the_schema_holds_what_the_command_line_prints_of_an_error() -> None:
    check({"error": {"code": 3, "message": "The regulator could not be read.", "sources": ["sec"]}})
    check({"error": {"code": 2, "message": "Wrong."}})

    with pytest.raises(jsonschema.ValidationError):
        check({"error": {"code": 2}})


def test_the_schema_refuses_a_word_outside_the_design() -> None:
    data = report_json(made_run(stability={"verdicts": (verdict("COST", target_weight=Decimal("20.0")),)}))
    data["names"]["COST"]["verdict"] = "certain"

    with pytest.raises(jsonschema.ValidationError):
        check(data)
