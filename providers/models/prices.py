"""What tokens cost, from the maintained tables of `genai-prices`, offline, or as the owner says. Unknown is a
gap, never zero.

Decisions: a service's list price holds wherever it is asked (a proxy bills as its provider does). Only what
is known to send no bill costs nothing: the rehearsal jury, and a server of one's own on this machine, unless
MODEL_PRICE says else. Tokens whose caching is not reported count in full, so that a cost is never too low. An
estimate counts the cache where the service promises one; in a batch it promises none. The price classes flex
and batch cost half, as all who have them publish.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal, InvalidOperation

from core.base.errors import BadRequest
from core.base.gap import Gap
from core.jury.ballot import Usage
from providers.models.registry import is_local
from providers.models.services import BY_NAME, Service

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
    """`input,output` or `input,output,cached read,cache write`, in US dollars per million tokens. Raises
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
    """The `Prices` port. `rates` replaces the tables for every model asked; `base_url` is MODEL_BASE_URL, if
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
        cached = tier != "batch" and self._caches(model, input_tokens)
        tokens = {"input": input_tokens, "output": output_tokens, "read": 0, "write": 0}
        prefix = input_tokens if cached else 0
        first = self._priced(model, day, {**tokens, "write": prefix})
        later = self._priced(model, day, {**tokens, "read": prefix})
        if isinstance(first, Gap) or isinstance(later, Gap):
            return first
        return (first + later * (ballots - 1)) * TIER_SHARES[tier]

    def _free(self, model: str) -> Decimal | None:
        """Zero where it is known that nobody sends a bill; else None."""
        if model == "rehearsal":
            return Decimal(0)
        if self._rates is not None:
            return None
        service, model_id = _split(model)
        if service is None or not service.local or model_id.endswith("cloud"):
            return None
        return Decimal(0) if is_local(self._base_url or service.address) else None

    def _caches(self, model: str, tokens: int) -> bool:
        service, model_id = _split(model)
        if service is None:
            return False
        least = next((n for prefix, n in service.cache_minimum if model_id.startswith(prefix)), None)
        return least is not None and tokens >= least

    def _priced(self, model: str, day: date, tokens: Mapping[str, int]) -> Decimal | Gap:
        if self._rates is not None:
            rates = self._rates
            plain = max(0, tokens["input"] - tokens["read"] - tokens["write"])
            total = plain * rates.input + tokens["output"] * rates.output
            return (
                total + tokens["read"] * rates.cached_read + tokens["write"] * rates.cache_write
            ) / MILLION
        service, model_id = _split(model)
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
    try:
        priced = genai_prices.calc_price(usage, model_id, provider_id=provider, genai_request_timestamp=at)
    except (LookupError, ValueError):
        return Gap(gap=f"no price of {model_id} is known")
    if priced.total_price <= 0 < tokens["input"] + tokens["output"]:
        return Gap(gap=f"no price of {model_id} is known")
    return priced.total_price


def _split(model: str) -> tuple[Service | None, str]:
    name, _, model_id = model.partition(":")
    return BY_NAME.get(name.strip().lower()), model_id.strip()
