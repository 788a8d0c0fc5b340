"""What a service takes, learned from its refusals: which field is refused, what to ask next, and what is
remembered. Pure.

Sampling, structured answers and price classes are capabilities, not settings: ask for the strongest, step
down once when it is refused, remember for the life of the process, per address and model. Only a refusal of
the request itself counts (400, 404, 422, and what some servers say with 500); it names its field, or stands
in the table (`refusals.toml`) as it really reads. A refusal that names nothing steps down from a schema once,
because the schema is then the likeliest cause. Within one brief nothing changes after the first answer, or
its ballots would not be the same question; a later brief may learn anew."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from providers.models.refusals import cause_of, message
from providers.models.services import Service, table

# Statuses with which services refuse a field; OpenRouter says 404 when no provider takes all parameters.
REFUSING: Final = frozenset({400, 404, 422})
# Fields that may be left out without changing the question, beside the service's own field for the length. A
# refusal may also name the field that it wants instead ("use max_completion_tokens"): only what was sent can
# be left out.
OPTIONAL: Final = ("stream_options", "prompt_cache_key", "cache_control", "service_tier")
# Limits of an answer that older models take.
SMALLER: Final = (32_000, 16_384, 8_192, 4_096)


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """One way in which a service refuses a part of the question (`step` in the table)."""

    what: str
    words: str
    example: str
    other: str
    source: str


REFUSALS: Final = tuple(Refusal(**row) for row in table("refusals.toml")["step"])


@dataclass(slots=True, kw_only=True)
class Accepted:
    """What one model at one address takes. `dropped` holds request fields that it refused; `guessed` that a
    refusal without a name has already cost a step."""

    mode: str
    temperature: bool = True
    max_tokens: int | None = None
    guessed: bool = False
    dropped: set[str] = field(default_factory=set)
    settled_for: str = ""


class Memory:
    """One per process, passed by constructor."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], Accepted] = {}

    def of(self, address: str, model: str, *, strongest: str) -> Accepted:
        return self._known.setdefault((address, model), Accepted(mode=strongest))


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """The form of one request. `temperature` None: not sent. `dropped` fields are left out."""

    mode: str = "text"
    temperature: Decimal | None = None
    max_tokens: int = SMALLER[0]
    dropped: frozenset[str] = frozenset()


def step_down(
    accepted: Accepted, tried: Tried, service: Service, digest: str, status: int, body: object
) -> str | None:
    """Remembers what was refused. What is to be said of it ("refused …"), "" when another ballot has stepped
    down meanwhile and it is simply asked again; None when it is a failure."""
    said = f"{message(body)} {_param(body)}".lower()
    found = {row.what for row in REFUSALS if row.words in said}
    # A grammar that a server cannot build is its failure (500) to us and our schema's to the server.
    if status not in REFUSING and not (status == 500 and "mode" in found and "grammar" in said):
        return None
    if status == 404 and "unnamed" not in found:
        return None
    plain = status == 400 and cause_of(status, body) == "refused_request"
    what = _refused(found, tried, accepted, service, said, plain=plain)
    if what is None:
        return None
    if not _still_asked(accepted, tried, what):
        return ""
    return None if accepted.settled_for == digest else _apply(accepted, tried, service, what)


def _refused(
    found: set[str], tried: Tried, accepted: Accepted, service: Service, said: str, *, plain: bool
) -> str | None:
    """What is refused. `plain`: a refusal of the question that names no known cause."""
    if tried.temperature is not None and found & {"temperature", "unnamed"}:
        return "temperature"
    weaker = tried.mode != service.modes[-1]
    if weaker and found & {"mode", "unnamed"}:
        return "mode"
    if "max_tokens" in said and service.wire == "anthropic":
        return "length" if _smaller(tried) else None
    for name in (service.length_field, *OPTIONAL, *service.extra):
        named = name in said or (name == service.length_field and "answer" in found)
        if named and name not in tried.dropped:
            return name
    once = not (accepted.guessed and accepted.mode == "schema")
    return "guess" if plain and weaker and once and tried.mode == "schema" else None


def _still_asked(accepted: Accepted, tried: Tried, what: str) -> bool:
    """Whether what was refused is still what would be asked next time."""
    if what == "temperature":
        return accepted.temperature
    if what in {"mode", "guess"}:
        return accepted.mode == tried.mode
    if what == "length":
        return accepted.max_tokens is None or accepted.max_tokens >= tried.max_tokens
    return what not in accepted.dropped


def _smaller(tried: Tried) -> int | None:
    return next((size for size in SMALLER if size < tried.max_tokens), None)


def _apply(accepted: Accepted, tried: Tried, service: Service, what: str) -> str:
    """One step, and what is to be said of it."""
    if what == "temperature":
        accepted.temperature = False
        return f"refused the temperature {tried.temperature}; its own sampling was used."
    if what in {"mode", "guess"}:
        accepted.mode = service.modes[service.modes.index(tried.mode) + 1]
        accepted.guessed = accepted.guessed or what == "guess"
        named = "refused structured answers of" if what == "mode" else "named no field that it refuses in"
        return f"{named} the mode {tried.mode}; {accepted.mode} was used."
    if what == "length":
        accepted.max_tokens = _smaller(tried)
        return f"refused answers of {tried.max_tokens} tokens; the limit was lowered."
    accepted.dropped.add(what)
    return f"refused the field {what}; it was left out."


def _param(body: object) -> str:
    inner = body.get("error", body) if isinstance(body, Mapping) else body
    param = inner.get("param") if isinstance(inner, Mapping) else None
    return param if isinstance(param, str) else ""
