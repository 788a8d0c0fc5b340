"""The model services: what differs between them, as data. A new compatible service is one row here.

What a row says was read in the vendor's documentation or tried on loopback (reference: asking a model several
times).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit, urlunsplit


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """One service. `wire` names the SDK that speaks to it; `path` is what its address ends in before the
    method.

    `modes` are its structured-answer modes, strongest first. `length_field` bounds the answer's tokens.
    `extra` is added to every request; a field of it that the service refuses by name is dropped. `forced`
    says what sampling becomes when a field of `extra` is refused, `thinking_forces` what it becomes when the
    model reasons. `ignores_temperature` are model prefixes for which a temperature has no effect. `cached`
    and `written` are the places in `usage` where cached tokens may stand. `cache_minimum` maps model prefixes
    to the shortest prompt (tokens) that must be read from the cache the second time; empty where nothing is
    promised. `cache_marks` are model prefixes that want explicit marks. `local` services are programs of
    one's own: on this machine they send no bill, and one answer at a time is what they do well. `tiers` maps
    the price classes beside `standard` to the fields that ask for them; `batches` says that the SDK can hand
    in many questions at half the price. `context` is where a server tells how many tokens it takes: an
    address beside its API's, and the way to the number in what it answers.
    """

    name: str
    title: str
    wire: str
    address: str
    path: str
    keys: tuple[str, ...]
    key_needed: bool = True
    modes: tuple[str, ...] = ("schema", "json", "text")
    length_field: str = "max_tokens"
    extra: Mapping[str, object] = field(default_factory=dict)
    forced: Mapping[str, str] = field(default_factory=dict)
    thinking_forces: str = ""
    ignores_temperature: tuple[str, ...] = ()
    cached: tuple[tuple[str, ...], ...] = (("prompt_tokens_details", "cached_tokens"),)
    written: tuple[tuple[str, ...], ...] = (("prompt_tokens_details", "cache_write_tokens"),)
    cache_minimum: tuple[tuple[str, int], ...] = ()
    cache_marks: tuple[str, ...] = ()
    cache_key_field: str = ""
    prices: str = ""
    local: bool = False
    tiers: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    batches: bool = False
    context: tuple[tuple[str, tuple[str | int, ...]], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Which model is asked, where, and how. `secret` is kept to be cut out of messages; it is never shown.

    `tier` is a key of the service's tiers, or `standard`; `max_tokens` None lets the number of names decide.
    `proxy` is PROXY_URL.
    """

    service: Service
    model: str
    address: str
    temperature: Decimal | None
    secret: str = field(repr=False)
    tier: str = "standard"
    max_tokens: int | None = None
    proxy: str | None = field(default=None, repr=False)

    @property
    def label(self) -> str:
        return f"{self.service.name}:{self.model}"

    @property
    def shown_address(self) -> str:
        """The address for people: without the user and the password that may stand in it."""
        parts = urlsplit(self.address)
        return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", ""))


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How a service is asked: `concurrency` calls at once; seconds for an answer from its first byte
    (`deadline_s`), and for that byte to come, on top (`queue_s`)."""

    concurrency: int = 8
    deadline_s: float = 600.0
    queue_s: float = 0.0

    @property
    def whole_s(self) -> float:
        """The longest that a ballot may take."""
        return self.deadline_s + self.queue_s


FLEX: Mapping[str, Mapping[str, object]] = {"flex": {"service_tier": "flex"}}
LISTED_MODELS = ("/v1/models", ("data", 0, "max_model_len"))
PROPS = ("/props", ("default_generation_settings", "n_ctx"))


def _own(*, name: str, title: str, port: int, **more: Any) -> Service:
    """A program of one's own on this machine, behind the openai SDK's language."""
    return Service(
        name=name,
        title=title,
        wire="openai",
        address=f"http://127.0.0.1:{port}/v1",
        path="/v1",
        keys=("MODEL_API_KEY",),
        key_needed=False,
        local=True,
        **more,
    )


SERVICES: tuple[Service, ...] = (
    Service(
        name="anthropic",
        title="Anthropic",
        wire="anthropic",
        address="https://api.anthropic.com",
        path="",
        keys=("ANTHROPIC_API_KEY", "MODEL_API_KEY"),
        # No free JSON object mode exists there: a schema, or words.
        modes=("schema", "text"),
        cache_marks=("",),
        # Below its minimum a prefix is silently not cached. The first prefix that fits counts; unlisted
        # models have 4,096.
        cache_minimum=(
            ("claude-opus-5", 512),
            ("claude-fable-5", 512),
            ("claude-sonnet-5", 1024),
            ("claude-opus-4-8", 1024),
            ("", 4096),
        ),
        prices="anthropic",
        batches=True,
    ),
    Service(
        name="openai",
        title="OpenAI",
        wire="openai",
        address="https://api.openai.com/v1",
        path="/v1",
        keys=("OPENAI_API_KEY", "MODEL_API_KEY"),
        # Reasoning models refuse max_tokens.
        length_field="max_completion_tokens",
        cache_minimum=(("", 1024),),
        # Sends calls with one prefix to the machine that has it.
        cache_key_field="prompt_cache_key",
        prices="openai",
        tiers=FLEX,
        batches=True,
    ),
    Service(
        name="gemini",
        title="Gemini",
        wire="openai",
        address="https://generativelanguage.googleapis.com/v1beta/openai",
        path="/v1beta/openai",
        keys=("MODEL_API_KEY",),
        # Caches by itself from 4,096 tokens on, without a promise: so nothing is expected of it.
        prices="google",
        tiers=FLEX,
    ),
    Service(
        name="mimo",
        title="MiMo",
        wire="openai",
        address="https://api.xiaomimimo.com/v1",
        path="/v1",
        keys=("MODEL_API_KEY",),
        # It knows JSON objects only.
        modes=("json", "text"),
        # Thinking is on by default and silently forces the temperature to one.
        extra={"thinking": {"type": "disabled"}},
        forced={"thinking": "forced 1.0"},
        thinking_forces="forced 1.0",
    ),
    Service(
        name="openrouter",
        title="OpenRouter",
        wire="openai",
        address="https://openrouter.ai/api/v1",
        path="/api/v1",
        keys=("MODEL_API_KEY",),
        # Ballots must not be answered by different providers, nor by one that ignores what was asked.
        extra={"provider": {"require_parameters": True, "allow_fallbacks": False}},
        # Claude from 4.7 on ignores a temperature there without a word; asking would only look like T=0.
        ignores_temperature=("anthropic/",),
        cache_marks=("anthropic/",),
        prices="openrouter",
    ),
    _own(name="ollama", title="Ollama", port=11434, context=(("/api/ps", ("models", 0, "context_length")),)),
    # Without progress nothing comes until the whole question is read, which takes minutes on a small machine.
    _own(name="llamacpp", title="llama.cpp", port=8080, extra={"return_progress": True}, context=(PROPS,)),
    _own(name="vllm", title="vLLM", port=8000, context=(LISTED_MODELS,)),
    # It knows schemas and plain text; a JSON object without a schema is refused there.
    _own(
        name="lmstudio",
        title="LM Studio",
        port=1234,
        modes=("schema", "text"),
        context=(("/api/v0/models", ("data", 0, "loaded_context_length")),),
    ),
    _own(
        name="openai-compatible",
        title="The compatible service",
        # MODEL_BASE_URL names any other.
        port=8080,
        # Together puts them beside the other counts, DeepSeek under a word of its own.
        cached=(("prompt_tokens_details", "cached_tokens"), ("cached_tokens",), ("prompt_cache_hit_tokens",)),
        context=(LISTED_MODELS, PROPS),
    ),
)

BY_NAME: Mapping[str, Service] = {service.name: service for service in SERVICES}
