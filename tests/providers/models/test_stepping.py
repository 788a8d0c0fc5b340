"""Stepping down: only a refusal that names a field, one step, remembered, and never in the middle of a
jury."""

from decimal import Decimal
from typing import Any

import pytest

from providers.models.services import BY_NAME
from providers.models.stepping import REFUSALS, Accepted, Memory, Refusal, Tried, step_down

ZERO = Decimal(0)


def said(message: str, param: str | None = None) -> Any:
    return {"error": {"message": message, "param": param}}


def step(
    accepted: Accepted, tried: Tried, body: Any, *, service: str = "openai", status: int = 400
) -> str | None:
    return step_down(accepted, tried, BY_NAME[service], "brief", status, body)


def test_a_temperature_named_only_in_param_is_dropped() -> None:
    accepted = Accepted(mode="schema")

    stepped = step(
        accepted, Tried(mode="schema", temperature=ZERO), said("Unsupported value.", "temperature")
    )

    assert stepped is not None
    assert (accepted.temperature, accepted.mode) == (False, "schema")


def test_structure_steps_one_mode_at_a_time() -> None:
    accepted = Accepted(mode="schema")

    step(accepted, Tried(mode="schema"), said("Invalid parameter: response_format"))

    assert accepted.mode == "json"


def test_the_last_mode_has_nowhere_to_step() -> None:
    assert step(Accepted(mode="text"), Tried(mode="text"), said("response_format is odd")) is None


def test_what_another_ballot_stepped_down_already_is_just_asked_again() -> None:
    accepted = Accepted(mode="json")

    stepped = step(accepted, Tried(mode="schema"), said("response_format"))

    assert stepped == ""
    assert accepted.mode == "json"


def test_after_the_first_answer_to_a_brief_nothing_changes_for_it() -> None:
    accepted = Accepted(mode="schema", settled_for="brief")

    assert step(accepted, Tried(mode="schema"), said("response_format")) is None
    assert step(accepted, Tried(mode="schema", temperature=ZERO), said("temperature")) is None
    assert (accepted.mode, accepted.temperature) == ("schema", True)


def test_a_later_brief_may_learn_anew() -> None:
    accepted = Accepted(mode="schema", settled_for="an earlier brief")

    assert step(accepted, Tried(mode="schema"), said("response_format")) is not None
    assert accepted.mode == "json"


@pytest.mark.parametrize(
    ("service", "field"),
    [
        ("openai", "stream_options"),
        ("openai", "max_completion_tokens"),
        ("openai", "prompt_cache_key"),
        ("gemini", "max_tokens"),
        ("mimo", "thinking"),
        ("openrouter", "cache_control"),
        ("anthropic", "cache_control"),
    ],
)
def test_an_optional_field_that_is_refused_by_name_is_left_out(service: str, field: str) -> None:
    accepted = Accepted(mode="text")

    step(accepted, Tried(mode="text"), said(f"Unknown name '{field}'"), service=service)

    assert accepted.dropped == {field}


def test_an_answer_limit_that_a_claude_refuses_is_lowered_step_by_step_and_then_is_a_failure() -> None:
    accepted, limits = Accepted(mode="text"), []
    refusal = said("max_tokens: 32000 > 8192, which is the maximum")

    while step(
        accepted, Tried(mode="text", max_tokens=accepted.max_tokens or 28_000), refusal, service="anthropic"
    ):
        limits.append(accepted.max_tokens)

    assert limits == [16_384, 8_192, 4_096]


@pytest.mark.parametrize("row", REFUSALS, ids=lambda row: row.words)
def test_each_recorded_refusal_fits_its_words_and_its_counter_example_does_not(row: Refusal) -> None:
    assert row.words in row.example.lower()
    assert row.words not in row.other.lower()
    assert row.source


@pytest.mark.parametrize(
    ("status", "message"),
    [
        (400, "The specified schema produces a constraint that has too many states for serving."),
        (400, "The compiled grammar is too large, which would cause performance issues."),
        (500, "Failed to initialize samplers: failed to parse grammar"),
    ],
)
def test_a_schema_that_a_service_cannot_serve_is_left_for_a_weaker_form(status: int, message: str) -> None:
    accepted = Accepted(mode="schema")

    stepped = step(accepted, Tried(mode="schema"), said(message), service="gemini", status=status)

    assert stepped is not None
    assert (accepted.mode, accepted.guessed) == ("json", False)


def test_a_refusal_that_names_nothing_costs_the_schema_once_and_then_is_a_failure() -> None:
    accepted, refusal = Accepted(mode="schema"), said("Request contains an invalid argument.")

    first = step(accepted, Tried(mode="schema"), refusal, service="gemini")
    second = step(accepted, Tried(mode="json"), refusal, service="gemini")

    assert first is not None
    assert "named no field" in first
    assert (accepted.mode, accepted.guessed, second) == ("json", True, None)


@pytest.mark.parametrize(
    "message", ["prompt is too long: 250000 tokens", "API key not valid", "Your credit balance is too low"]
)
def test_what_is_known_to_have_another_cause_is_not_guessed_at(message: str) -> None:
    assert step(Accepted(mode="schema"), Tried(mode="schema"), said(message)) is None


def test_a_price_class_that_is_refused_is_left_out() -> None:
    accepted = Accepted(mode="schema")

    step(accepted, Tried(mode="schema"), said("Unsupported service_tier: flex"))

    assert accepted.dropped == {"service_tier"}


def test_openrouter_names_no_field_so_sampling_goes_first_and_structure_next() -> None:
    accepted, refusal = (
        Accepted(mode="schema"),
        said("No endpoints found that can handle the requested parameters."),
    )

    step(accepted, Tried(mode="schema", temperature=ZERO), refusal, service="openrouter", status=404)
    step(accepted, Tried(mode="schema"), refusal, service="openrouter", status=404)

    assert (accepted.temperature, accepted.mode) == (False, "json")


@pytest.mark.parametrize("status", [401, 403, 404, 429, 500])
def test_other_statuses_are_failures_whatever_they_name(status: int) -> None:
    assert (
        step(
            Accepted(mode="schema"),
            Tried(mode="schema", temperature=ZERO),
            said("temperature"),
            status=status,
        )
        is None
    )


def test_memory_is_per_address_and_model() -> None:
    memory = Memory()

    memory.of("http://a", "m", strongest="schema").temperature = False

    assert memory.of("http://a", "m", strongest="schema").temperature is False
    assert memory.of("http://b", "m", strongest="schema").temperature is True
    assert memory.of("http://a", "n", strongest="json").mode == "json"


@pytest.mark.parametrize(
    ("service", "sent", "wanted"),
    [("gemini", "max_tokens", "max_completion_tokens"), ("openai", "max_completion_tokens", "max_tokens")],
)
def test_a_field_that_a_refusal_wants_instead_is_not_the_one_it_refuses(
    service: str, sent: str, wanted: str
) -> None:
    accepted = Accepted(mode="schema")

    stepped = step(
        accepted,
        Tried(mode="schema"),
        said(f"Unsupported parameter: '{sent}'. Use '{wanted}' instead."),
        service=service,
    )

    assert stepped is not None
    assert accepted.dropped == {sent}
