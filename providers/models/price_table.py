"""The table of models: what a report costs in each price class, and which sampling the model allows. Prices
come from the lists.

What a model allows was read in its vendor's documentation (reference: "temperature 0" is not available on
most current models); what really happened stands in each report. Another model needs no row here to be used.
"""

from collections.abc import Mapping
from datetime import date

from core.base.gap import Gap
from providers.models.prices import ListPrices
from providers.models.services import BY_NAME

RECOMMENDED = "anthropic:claude-sonnet-5-5"

# One report of 30 names: the brief's limit as question, 6,000 tokens of answer, five ballots.
TOKENS_IN, TOKENS_OUT, BALLOTS = 14_000, 6_000, 5
# The day of the list prices that the documentation shows.
PRICED_ON = date(2026, 11, 28)
TIERS = ("standard", "flex", "batch")

ALLOWS: Mapping[str, str] = {
    "anthropic:claude-sonnet-5-5": "its own only: refuses a temperature",
    "anthropic:claude-opus-5-5": "its own only: refuses a temperature",
    "anthropic:claude-haiku-5-5": "its own only: refuses a temperature",
    "anthropic:claude-sonnet-4-6": "T=0 accepted under the older API version",
    "openai:gpt-6.1-sol": "its own only: reasoning models refuse a temperature",
    "openai:gpt-6-luna": "its own only: reasoning models refuse a temperature",
    "gemini:gemini-3.8-flash": "T=0 accepted; Google recommends 1.0",
    "gemini:gemini-3.1-pro-preview": "T=0 accepted; Google recommends 1.0",
    "mimo:mimo-v2.5-pro": "T=0 with thinking off (sent); else forced to 1.0",
    "openrouter:xiaomi/mimo-v2.6-pro": "T=0, only from hosts that honour it",
    "openrouter:anthropic/claude-sonnet-5.5": "its own only: ignores a temperature",
    "ollama:qwen3": "T=0 honoured",
    "llamacpp:any": "T=0 honoured",
    "vllm:any": "T=0 honoured",
    "lmstudio:any": "T=0 honoured",
}


def price_table(day: date = PRICED_ON) -> str:
    """The table as Markdown, in US dollars on `day`, the recommended model first and marked."""
    prices = ListPrices()
    lines = [
        f"One report: {BALLOTS} ballots, {TOKENS_IN:,} tokens in and {TOKENS_OUT:,} out each; list prices of "
        f"{day}.",
        "",
        f"| `MODEL` | {' | '.join(TIERS)} | sampling |",
        "|---|---|---|---|---|",
    ]
    for model, allows in ALLOWS.items():
        mark = " (recommended)" if model == RECOMMENDED else ""
        costs = " | ".join(_said(prices, model, tier, day) for tier in TIERS)
        lines.append(f"| `{model}`{mark} | {costs} | {allows} |")
    return "\n".join(lines)


def _said(prices: ListPrices, model: str, tier: str, day: date) -> str:
    service = BY_NAME[model.partition(":")[0]]
    has = ("standard", *service.tiers, *(("batch",) if service.batches else ()))
    if tier not in has:
        return "–"
    cost = prices.estimate(
        model, input_tokens=TOKENS_IN, output_tokens=TOKENS_OUT, ballots=BALLOTS, day=day, tier=tier
    )
    return "unknown" if isinstance(cost, Gap) else f"${cost:.3f}" if cost else "no charge"
