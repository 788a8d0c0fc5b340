"""What a service takes, learned from its refusals: which field is refused, what to ask next, and what is
remembered. Pure.

Sampling, structured answers and price classes are capabilities, not settings: ask for the strongest, step
down once when it is refused, remember for the life of the process, per address and model. Only a refusal of
the request itself counts (400, 404, 422, and what some servers say with 500); it names its field, or stands
in the table below as it really reads. A refusal that names nothing steps down from a schema once, because the
schema is then the likeliest cause. Within one brief nothing changes after the first answer, or its ballots
would not be the same question; a later brief may learn anew.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from providers.models.refusals import cause_of, message
from providers.models.services import Service

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
    """One way in which a service refuses. `words` are looked for in the message and in the `param` beside it;
    `example` is a message as it was recorded at `source`, which must fit, and `other` one that must not."""

    what: str
    words: str
    example: str
    other: str
    source: str


DOCUMENTED: Final = "the service's documentation"
REFUSALS: Final = (
    Refusal(what="temperature", words="temperature", source=DOCUMENTED,
            example="Unsupported value: 'temperature' does not support 0 with this model.",
            other="Unsupported value: 'top_p'"),
    Refusal(what="unnamed", words="requested parameters",
            source="github.com/OpenRouterTeam (error of the router)",
            example="No endpoints found that can handle the requested parameters.",
            other="No endpoints found for this model."),
    Refusal(what="mode", words="response_format", source=DOCUMENTED,
            example="Invalid parameter: 'response_format' of type 'json_schema' is not supported with this "
                    "model.",
            other="The response was filtered."),
    Refusal(what="mode", words="json_schema", source=DOCUMENTED,
            example="json_schema is not supported", other="the schema of the database"),
    Refusal(what="mode", words="json_object", source=DOCUMENTED,
            example="'json_object' needs the word json in the messages", other="JSON objects of any size"),
    Refusal(what="mode", words="json mode", source="googleapis/python-genai (older Gemini models)",
            example="JSON mode is not enabled for this model", other="mode json-ish"),
    Refusal(what="mode", words="structured output", source=DOCUMENTED,
            example="This model does not support structured outputs.", other="unstructured text"),
    Refusal(what="mode", words="output_config", source=DOCUMENTED,
            example="output_config.format: Extra inputs are not permitted", other="config is odd"),
    Refusal(what="mode", words="output_format", source=DOCUMENTED,
            example="output_format: Extra inputs are not permitted", other="format of the output"),
    Refusal(what="mode", words="response_schema", source=DOCUMENTED,
            example="Invalid value at 'generation_config.response_schema'", other="response of the server"),
    Refusal(what="mode", words="response schema", source=DOCUMENTED,
            example="The response schema is not valid", other="a schema of responses"),
    Refusal(what="mode", words="guided", source="vllm-project/vllm (older servers)",
            example="Guided decoding is not available", other="guide to the answer"),
    Refusal(what="mode", words="grammar is too large",
            source="github.com/anthropics/anthropic-sdk-python/issues/1185",
            example="The compiled grammar is too large, which would cause performance issues.",
            other="The request is too large."),
    Refusal(what="mode", words="parse grammar",
            source="github.com/lmstudio-ai/lmstudio-bug-tracker/issues/2236",
            example="Failed to initialize samplers: failed to parse grammar", other="failed to parse input"),
    Refusal(what="mode", words="too many states for serving",
            source="github.com/bethington/ghidra-mcp/issues/440",
            example="The specified schema produces a constraint that has too many states for serving.",
            other="too many requests for serving"),
    Refusal(what="guess", words="request contains an invalid argument",
            source="github.com/google-gemini/gemini-cli/issues/4425",
            example="Request contains an invalid argument.", other="The request contains an image."),
    Refusal(what="service_tier", words="service_tier", source="github.com/can1357/oh-my-pi/issues/6451",
            example="Unsupported service_tier: flex", other="tier of service"),
)  # fmt: skip


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Stepped:
    """Ask again. `note` is for the run ("refused …"); empty when another ballot has stepped down
    meanwhile."""

    note: str


def step_down(
    accepted: Accepted, tried: Tried, service: Service, digest: str, status: int, body: object
) -> Stepped | None:
    """Remembers what was refused and says whether to ask again; None when it is a failure."""
    said = f"{message(body)} {_param(body)}".lower()
    found = {row.what for row in REFUSALS if row.words in said}
    # A grammar that a server cannot build is its failure (500) to us and our schema's to the server.
    if status not in REFUSING and not (status == 500 and "mode" in found and "grammar" in said):
        return None
    if status == 404 and "unnamed" not in found:
        return None
    change = _changed(found, tried, accepted, service, status, body, said)
    if change is None:
        return None
    what, current = change
    # Another ballot has done it already: simply ask again in the new form.
    if not current:
        return Stepped(note="")
    return None if accepted.settled_for == digest else Stepped(note=_apply(accepted, tried, service, what))


def _changed(
    found: set[str], tried: Tried, accepted: Accepted, service: Service, status: int, body: object, said: str
) -> tuple[str, bool] | None:
    """What is refused, and whether that is still what would be asked next time."""
    if tried.temperature is not None and found & {"temperature", "unnamed"}:
        return "temperature", accepted.temperature
    if tried.mode != service.modes[-1] and found & {"mode", "unnamed"}:
        return "mode", accepted.mode == tried.mode
    if "max_tokens" in said and service.wire == "anthropic":
        return (
            ("length", accepted.max_tokens is None or accepted.max_tokens >= tried.max_tokens)
            if _smaller(tried)
            else None
        )
    for name in (service.length_field, *OPTIONAL, *service.extra):
        if name in said and name not in tried.dropped:
            return name, name not in accepted.dropped
    plain = status == 400 and cause_of(status, body) == "refused_request"
    if (
        plain
        and tried.mode == "schema" != service.modes[-1]
        and not (accepted.guessed and accepted.mode == "schema")
    ):
        return "guess", accepted.mode == tried.mode
    return None


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
        said = (
            "refused structured answers of the mode"
            if what == "mode"
            else "named no field that it refuses in the mode"
        )
        return f"{said} {tried.mode}; {accepted.mode} was used."
    if what == "length":
        accepted.max_tokens = _smaller(tried)
        return f"refused answers of {tried.max_tokens} tokens; the limit was lowered."
    accepted.dropped.add(what)
    return f"refused the field {what}; it was left out."


def _param(body: object) -> str:
    inner = body.get("error", body) if isinstance(body, Mapping) else body
    param = inner.get("param") if isinstance(inner, Mapping) else None
    return param if isinstance(param, str) else ""
