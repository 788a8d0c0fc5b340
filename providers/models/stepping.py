"""Which field a refusal names, and what to ask next: the next weaker form, once, remembered. Pure.

Only a refusal of the request itself counts (400, 404, 422) and only if it names the field; anything else is a failure.
"""

from dataclasses import dataclass
from decimal import Decimal

from providers.models.memory import Accepted
from providers.models.refusals import message
from providers.models.services import Service

# Statuses with which services refuse a field; OpenRouter says 404 when no provider takes all parameters.
REFUSING = frozenset({400, 404, 422})

# How refusals name structured answers. A needle is looked for in the message and in the `param` that OpenAI sends beside.
STRUCTURE_WORDS = ("response_format", "json_schema", "json_object", "json mode", "structured output", "output_config",
                   "output_format", "response_schema", "response schema", "guided", "grammar")  # fmt: skip
# OpenRouter names no field. Sampling is the likelier culprit: most new models refuse a temperature, few a schema.
UNNAMED_WORDS = ("requested parameters",)
# Fields that may be left out without changing the question, beside the service's own field for the length. A refusal may
# also name the field that it wants instead ("use max_completion_tokens"): only what was sent can be left out.
OPTIONAL = ("stream_options", "prompt_cache_key", "cache_control")
# Answers are at most this long; older models take less. Thinking counts, hence the first.
MAX_TOKENS = (32_000, 8_192, 4_096)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """The form of one request. `temperature` None: not sent. `dropped` fields are left out."""

    mode: str = "text"
    temperature: Decimal | None = None
    max_tokens_step: int = 0
    dropped: frozenset[str] = frozenset()

    @property
    def max_tokens(self) -> int:
        return MAX_TOKENS[self.max_tokens_step]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stepped:
    """Ask again. `note` is for the run ("refused …"); empty when another ballot has stepped down meanwhile."""

    note: str


def step_down(
    accepted: Accepted, tried: Tried, service: Service, digest: str, status: int, body: object
) -> Stepped | None:
    """Remembers what was refused and says whether to ask again; None when it is a failure.

    Once an answer to the brief `digest` exists nothing is changed any more: its ballots would not be the same question.
    """
    if status not in REFUSING:
        return None
    said = f"{message(body)} {_param(body)}".lower()
    unnamed = any(word in said for word in UNNAMED_WORDS)
    if status == 404 and not unnamed:
        return None
    if tried.temperature is not None and ("temperature" in said or unnamed):
        return _change(accepted, digest, accepted.temperature, "temperature", tried)
    if tried.mode != service.modes[-1] and (unnamed or any(word in said for word in STRUCTURE_WORDS)):
        return _change(accepted, digest, accepted.mode == tried.mode, "mode", tried, service)
    for name in (service.length_field, *OPTIONAL, *service.extra):
        if name in said and name not in tried.dropped:
            if name == "max_tokens" and service.wire == "anthropic":
                if tried.max_tokens_step + 1 == len(MAX_TOKENS):
                    return None
                return _change(
                    accepted, digest, accepted.max_tokens_step == tried.max_tokens_step, "length", tried
                )
            return _change(accepted, digest, name not in accepted.dropped, name, tried)
    return None


def _change(
    accepted: Accepted, digest: str, current: bool, what: str, tried: Tried, service: Service | None = None
) -> Stepped | None:
    """Applies one step, unless another ballot has done it already (then simply ask again in the new form)."""
    if not current:
        return Stepped(note="")
    if accepted.settled_for == digest:
        return None
    if what == "temperature":
        accepted.temperature = False
        return Stepped(note=f"refused the temperature {tried.temperature}; its own sampling was used.")
    if what == "mode" and service is not None:
        accepted.mode = service.modes[service.modes.index(tried.mode) + 1]
        return Stepped(note=f"refused structured answers of the mode {tried.mode}; {accepted.mode} was used.")
    if what == "length":
        accepted.max_tokens_step += 1
        return Stepped(note=f"refused answers of {tried.max_tokens} tokens; the limit was lowered.")
    accepted.dropped.add(what)
    return Stepped(note=f"refused the field {what}; it was left out.")


def _param(body: object) -> str:
    inner = body.get("error", body) if isinstance(body, dict) else body
    param = inner.get("param") if isinstance(inner, dict) else None
    return param if isinstance(param, str) else ""
