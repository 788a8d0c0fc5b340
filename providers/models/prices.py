"""What tokens cost, from the maintained tables of `genai-prices`, offline, or as the owner says. Unknown is a
gap, never zero.

Decisions: a service's list price holds wherever it is asked (a proxy bills as its provider does). Only what
is known to send no bill costs nothing: the rehearsal jury, and a server of one's own on this machine, unless
MODEL_PRICE says else. Tokens whose caching is not reported count in full, so that a cost is never too low. An
estimate counts the cache where the service promises one; in a batch it promises none. The price classes flex
and batch cost half, as all who have them publish. What a report costs by model is printed from here
(`price_table`)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal, InvalidOperation

from core.base.errors import BadRequest
from core.base.gap import Gap
from core.jury.ballot import Usage
from providers.models.registry import is_local
from providers.models.services import RECOMMENDED, SERVICES, service_of

MILLION = Decimal(1_000_000)
# What caching costs where the owner gives no price of his own: the shares that most services publish.
READ_SHARE, WRITE_SHARE = Decimal("0.1"), Decimal("1.25")
TIER_SHARES: Mapping[str, Decimal] = {"standard": Decimal(1), "flex": Decimal("0.5"), "batch": Decimal("0.5")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rates:
    """US dollars per million tokens."""

    input: Decimal
    output: Decimal
    cached_read: Decimal
    cache_write: Decimal


def read_rates(text: str) -> Rates:
    """`input,output` or `input,output,cached read,cache write`, dollars a million tokens. Raises
    BadRequest."""
    try:
        numbers = [Decimal(part.strip()) for part in text.split(",")]
    except InvalidOperation:
        numbers = []
    if len(numbers) not in {2, 4} or any(not number.is_finite() or number < 0 for number in numbers):
        raise BadRequest(
            "A price is written as `input,output` or `input,output,cached read,cache write`, in US dollars "
            "per million tokens."
        )
    read, write = numbers[2:] or (numbers[0] * READ_SHARE, numbers[0] * WRITE_SHARE)
    return Rates(input=numbers[0], output=numbers[1], cached_read=read, cache_write=write)


class ListPrices:
    """The `Prices` port. `rates` replaces the tables for every model; `base_url` is MODEL_BASE_URL, if
    set."""

    def __init__(self, *, base_url: str | None = None, rates: Rates | None = None) -> None:
        self._base_url = base_url
        self._rates = rates

    def cost(self, model: str, usage: Usage, day: date, tier: str = "standard") -> Decimal | Gap:
        """The cost of one answer in US dollars, unrounded."""
        if (free := self._free(model)) is not None:
            return free
        if isinstance(usage.input, Gap) or isinstance(usage.output, Gap):
            return Gap(gap="the service did not report the tokens")
        read = 0 if isinstance(usage.cached_read, Gap) else usage.cached_read
        write = 0 if isinstance(usage.cache_write, Gap) else usage.cache_write
        tokens = {"input": usage.input, "read": read, "write": write, "output": usage.output}
        full = self._priced(model, day, tokens)
        return full if isinstance(full, Gap) else full * TIER_SHARES[tier]

    def estimate(
        self,
        model: str,
        *,
        input_tokens: int,
        output_tokens: int,
        ballots: int,
        day: date,
        tier: str = "standard",
    ) -> Decimal | Gap:
        """The cost of a jury in US dollars before it is asked, second chances not included."""
        if (free := self._free(model)) is not None:
            return free
        service, model_id = service_of(model)
        least = None if service is None or tier == "batch" else service.cached_from(model_id)
        prefix = 0 if least is None or input_tokens < least else input_tokens
        tokens = {"input": input_tokens, "output": output_tokens, "read": 0, "write": 0}
        first = self._priced(model, day, {**tokens, "write": prefix})
        later = self._priced(model, day, {**tokens, "read": prefix})
        if isinstance(first, Gap) or isinstance(later, Gap):
            return first
        return (first + later * (ballots - 1)) * TIER_SHARES[tier]

    def _free(self, model: str) -> Decimal | None:
        """Zero where it is known that nobody sends a bill; else None."""
        if model == "rehearsal":
            return Decimal(0)
        service, model_id = service_of(model)
        if self._rates is not None or service is None or not service.local or model_id.endswith("cloud"):
            return None
        return Decimal(0) if is_local(self._base_url or service.address) else None

    def _priced(self, model: str, day: date, tokens: Mapping[str, int]) -> Decimal | Gap:
        if (rates := self._rates) is not None:
            plain = max(0, tokens["input"] - tokens["read"] - tokens["write"])
            cached = tokens["read"] * rates.cached_read + tokens["write"] * rates.cache_write
            return (plain * rates.input + cached + tokens["output"] * rates.output) / MILLION
        service, model_id = service_of(model)
        if service is None or not service.prices:
            return Gap(gap=f"no price of {model} is known")
        return _listed(service.prices, model_id, day, tokens)


def _listed(provider: str, model_id: str, day: date, tokens: Mapping[str, int]) -> Decimal | Gap:
    # Imported on use: its tables take a quarter of a second.
    import genai_prices

    usage = genai_prices.Usage(
        input_tokens=tokens["input"],
        cache_read_tokens=min(tokens["read"], tokens["input"]),
        cache_write_tokens=min(tokens["write"], tokens["input"]),
        output_tokens=tokens["output"],
    )
    at = datetime.combine(day, time(12), tzinfo=UTC)
    unknown = Gap(gap=f"no price of {model_id} is known")
    try:
        priced = genai_prices.calc_price(usage, model_id, provider_id=provider, genai_request_timestamp=at)
    except (LookupError, ValueError):
        return unknown
    return unknown if priced.total_price <= 0 < tokens["input"] + tokens["output"] else priced.total_price


# One report of 30 names: the brief's limit as question, 6,000 tokens of answer, five ballots.
TOKENS_IN, TOKENS_OUT, BALLOTS = 14_000, 6_000, 5
# The day of the list prices that the documentation shows.
PRICED_ON = date(2026, 11, 28)
TIERS = ("standard", "flex", "batch")


def price_table(day: date = PRICED_ON) -> str:
    """What a report costs in each price class on `day`, and which sampling each model allows, as Markdown."""
    lines = [
        f"One report: {BALLOTS} ballots, {TOKENS_IN:,} tokens in and {TOKENS_OUT:,} out each "
        f"(half of it thinking); list prices of {day}.",
        "",
        f"| `MODEL` | {' | '.join(TIERS)} | sampling |",
        "|---|---|---|---|---|",
    ]
    for service in SERVICES:
        for model_id, sampling in service.models:
            model = f"{service.name}:{model_id}"
            mark = " (recommended)" if model == RECOMMENDED else ""
            costs = " | ".join(_said(model, tier, day) if tier in service.classes else "–" for tier in TIERS)
            lines.append(f"| `{model}`{mark} | {costs} | {sampling} |")
    return "\n".join(lines)


def _said(model: str, tier: str, day: date) -> str:
    cost = ListPrices().estimate(
        model, input_tokens=TOKENS_IN, output_tokens=TOKENS_OUT, ballots=BALLOTS, day=day, tier=tier
    )
    return "unknown" if isinstance(cost, Gap) else f"${cost:.3f}" if cost else "no charge"
