"""Prices: from the maintained tables or the owner's own; what is not known is a gap and never zero."""

from datetime import date
from decimal import Decimal

import pytest

from core.base.errors import BadRequest
from core.base.gap import Gap
from core.jury.ballot import Usage
from providers.models.prices import ListPrices, Rates, price_table, read_rates
from providers.models.services import RECOMMENDED, SERVICES

DAY = date(2026, 11, 22)
UNSAID = Gap(gap="the service does not say")


def usage(
    whole: int | Gap = 25_000, *, read: int | Gap = 0, write: int | Gap = 0, output: int | Gap = 6_000
) -> Usage:
    return Usage(input=whole, cached_read=read, cache_write=write, output=output, reasoning=UNSAID)


def test_a_report_costs_what_the_reference_computed() -> None:
    costs = [
        ListPrices().estimate(model, input_tokens=25_000, output_tokens=6_000, ballots=5, day=DAY)
        for model in (
            "anthropic:claude-sonnet-5-5",
            "anthropic:claude-opus-5-5",
            "anthropic:claude-haiku-5-5",
        )
    ]

    assert costs == [Decimal("0.3725"), Decimal("0.745"), Decimal("0.019125")]


def test_an_answer_is_billed_by_what_was_read_from_and_written_to_the_cache() -> None:
    prices = ListPrices()

    first = prices.cost("anthropic:claude-sonnet-5-5", usage(write=25_000), DAY)
    later = prices.cost("anthropic:claude-sonnet-5-5", usage(read=25_000), DAY)

    assert first == Decimal("0.1225")
    assert later == Decimal("0.0625")


def test_unreported_caching_counts_in_full() -> None:
    cost = ListPrices().cost("anthropic:claude-sonnet-5-5", usage(read=UNSAID, write=UNSAID), DAY)

    assert cost == Decimal("0.11")


@pytest.mark.parametrize(
    "model",
    [
        "anthropic:claude-of-tomorrow-9",
        "openai:nope",
        "mimo:mimo-v2.5",
        "ollama:gpt-oss:120b-cloud",
        "nobody:x",
        "openrouter:some/model:free",
    ],
)
def test_an_unknown_price_is_a_gap(model: str) -> None:
    prices = ListPrices()

    assert isinstance(prices.cost(model, usage(), DAY), Gap)
    assert isinstance(prices.estimate(model, input_tokens=9, output_tokens=9, ballots=3, day=DAY), Gap)


def test_unreported_tokens_are_a_gap_and_not_free() -> None:
    prices = ListPrices()

    assert isinstance(prices.cost("anthropic:claude-sonnet-5-5", usage(UNSAID), DAY), Gap)
    assert isinstance(prices.cost("anthropic:claude-sonnet-5-5", usage(output=UNSAID), DAY), Gap)


def test_only_what_is_known_to_send_no_bill_costs_nothing() -> None:
    assert ListPrices().cost("rehearsal", usage(UNSAID), DAY) == 0
    assert ListPrices().cost("ollama:qwen3", usage(), DAY) == 0
    assert ListPrices(base_url="http://localhost:11434").estimate(
        "ollama:qwen3", input_tokens=9, output_tokens=9, ballots=3, day=DAY
    ) == Decimal(0)
    assert isinstance(
        ListPrices(base_url="https://ollama.example.com").cost("ollama:qwen3", usage(), DAY), Gap
    )


def test_the_owners_prices_replace_the_tables() -> None:
    prices = ListPrices(rates=read_rates("2, 10"))

    assert read_rates("2,10,0.1,3") == Rates(
        input=Decimal(2), output=Decimal(10), cached_read=Decimal("0.1"), cache_write=Decimal(3)
    )
    assert prices.cost("openai-compatible:mine", usage(read=20_000), DAY) == Decimal("0.074")


@pytest.mark.parametrize("text", ["", "2", "2,x", "2,10,1", "-1,2", "nan,1", "inf,1", "1,2,3,4,5"])
def test_a_price_that_cannot_be_read_says_how_one_is_written(text: str) -> None:
    with pytest.raises(BadRequest, match="dollars per million tokens"):
        read_rates(text)


def test_an_estimate_counts_no_cache_where_the_prompt_is_too_short_for_one() -> None:
    estimate = ListPrices().estimate(
        "anthropic:claude-sonnet-5-5", input_tokens=1_000, output_tokens=0, ballots=5, day=DAY
    )

    assert estimate == Decimal("0.01")


def test_the_table_names_the_recommended_model_first_and_no_unknown_price_as_zero() -> None:
    lines = price_table(DAY).splitlines()

    assert len(lines) == 4 + sum(len(service.models) for service in SERVICES)
    assert lines[4].startswith(f"| `{RECOMMENDED}` (recommended) | $0.3")
    assert lines[4].count("$") == 2
    assert "| `mimo:mimo-v2.5-pro` | unknown | – | – |" in price_table(DAY)
    assert "$0.000" not in price_table(DAY)


@pytest.mark.parametrize("tier", ["flex", "batch"])
def test_flex_and_batch_cost_half_and_a_batch_counts_on_no_cache(tier: str) -> None:
    prices = ListPrices(rates=read_rates("2,10"))
    used = Usage(input=10_000, cached_read=0, cache_write=0, output=1_000, reasoning=0)

    half = prices.cost("openai:m", used, DAY, tier)
    assert isinstance(half, Decimal)
    assert half * 2 == prices.cost("openai:m", used, DAY)
    estimate = prices.estimate(
        "openai:m", input_tokens=10_000, output_tokens=1_000, ballots=5, day=DAY, tier="batch"
    )
    assert estimate == Decimal("0.075")


def test_the_owners_price_holds_on_a_server_of_ones_own_too() -> None:
    assert ListPrices(rates=read_rates("2,10")).cost("ollama:m", usage(), DAY) != 0
    assert ListPrices().cost("llamacpp:m", usage(), DAY) == 0
