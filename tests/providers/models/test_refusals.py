"""From a refusal to one sentence: what the body says comes before the status, and no key is ever repeated."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest

from providers.models.refusals import ROWS, Row, failed, message, redacted, retry_after
from providers.models.services import BY_NAME, Target

TARGET = Target(
    service=replace(BY_NAME["openai"], name="s", title="The service"),
    model="m",
    address="http://127.0.0.1:1",
    temperature=None,
    secret="topsecret-key",
)


def refusal(status: int, body: Any, **headers: str) -> Any:
    return failed(TARGET, status, body, {name.replace("_", "-"): value for name, value in headers.items()})


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.cause}-{row.example[0]}-{row.example[1][:20]}")
def test_each_row_is_found_by_its_example_and_not_by_its_counter_example(row: Row) -> None:
    def found(status: int, said: str) -> Row:
        return next(each for each in ROWS if each.fits(status, said))

    assert found(*row.example) is row
    assert found(*row.other) is not row
    assert row.reason
    assert refusal(row.example[0], {"error": {"message": row.example[1]}}).cause == row.cause


@pytest.mark.parametrize(
    ("status", "body", "cause"),
    [
        (404, [{"error": {"message": "models/gemini-x is not found for API version v1beta"}}],
         "unknown_model"),
        (400, {"error": {"message": "foo/bar is not a valid model ID", "code": 400}}, "unknown_model"),
        (400, {"error": {"message": "This model's maximum context length is 8192 tokens"}}, "too_long"),
        (400, {"error": {"message": "Failed.", "code": "json_validate_failed"}}, "garbled"),
        (301, "", "wrong_address"),
        (409, {}, "conflict"),
        (200, {"error": {"message": "odd"}}, "server_error"),
    ],
)  # fmt: skip
def test_services_disagree_about_shapes_and_the_cause_is_still_one(
    status: int, body: Any, cause: str
) -> None:
    assert refusal(status, body).cause == cause


def test_a_key_that_a_service_repeats_is_cut_out() -> None:
    failure = refusal(
        401, {"error": {"message": "Incorrect key topsecret-key, or sk-proj-****************abcd."}}
    )

    assert "topsecret-key" not in str(failure)
    assert "sk-proj" not in str(failure)
    assert "It said: Incorrect key [key], or [key]" in str(failure)


def test_a_long_message_is_one_short_line_without_control_characters() -> None:
    said = redacted("a\x1b[31m b\n\n" + "word " * 100, "")

    assert len(said) <= 201
    assert said.startswith("a[31m b word")
    assert said.endswith("…")


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "30"}, 30.0),
        ({"retry-after-ms": "2500", "retry-after": "9"}, 2.5),
        ({"retry-after": "Wed, 21 Oct 2026 07:28:30 GMT", "date": "Wed, 21 Oct 2026 07:28:00 GMT"}, 30.0),
        ({"retry-after": "Wed, 21 Oct 2026 07:27:00 GMT", "date": "Wed, 21 Oct 2026 07:28:00 GMT"}, 0.0),
        ({"retry-after": "999999999999"}, 86_400.0),
        ({"retry-after": "Wed, 21 Oct 2015 07:28:30 GMT"}, None),
        ({"retry-after": "Wed, 21 Oct 2026 07:28:30", "date": "Wed, 21 Oct 2026 07:28:00 GMT"}, None),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "-5"}, None),
        ({"retry-after": "nan"}, None),
        ({"retry-after": "٣٠"}, None),
        ({}, None),
    ],
)
def test_the_wait_is_read_from_headers_or_is_not_there(
    headers: dict[str, str], seconds: float | None
) -> None:
    assert retry_after(headers) == seconds


def test_a_permanent_refusal_speaks_of_no_wait() -> None:
    failure = refusal(401, {}, retry_after="30")

    assert "wait" not in str(failure)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"error": {"message": "Provider returned error", "metadata": {"raw": "upstream is busy"}}},
         "Provider returned error upstream is busy"),
        ({"error": "plain words"}, "plain words"),
        ({"message": "flat"}, "flat"),
        ({"detail": "Not Found"}, "Not Found"),
        ({"detail": [{"loc": ["body", "response_format"], "msg": "Extra inputs"}, 7]},
         "body.response_format: Extra inputs"),
        ({"error": 7}, ""),
        ("<html>blocked</html>", "a web page"),
        ("words", "words"),
        ([], ""),
        (None, ""),
    ],
)  # fmt: skip
def test_the_sentence_is_found_in_every_known_shape(body: Any, said: str) -> None:
    assert message(body) == said


def test_a_date_without_the_services_own_clock_counts_from_ours() -> None:
    until = datetime.now(UTC) + timedelta(seconds=30)

    wait = retry_after({"retry-after": format_datetime(until, usegmt=True)})

    assert wait is not None
    assert 25 <= wait <= 30
