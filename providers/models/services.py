"""The model services as data (`services.toml`), and which of their models is asked how."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

RECOMMENDED = "anthropic:claude-sonnet-5-5"


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
    address beside its API's, and the way to the number in what it answers. `models` are ids with what is
    known of their sampling."""

    name: str
    title: str
    address: str
    wire: str = "openai"
    path: str = "/v1"
    keys: tuple[str, ...] = ("MODEL_API_KEY",)
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
    models: tuple[tuple[str, str], ...] = ()

    @property
    def classes(self) -> tuple[str, ...]:
        """Its price classes."""
        return ("standard", *self.tiers, *(("batch",) if self.batches else ()))

    def cached_from(self, model: str) -> int | None:
        """The shortest prompt of `model` that is promised to be cached; None without a promise."""
        return next((least for prefix, least in self.cache_minimum if model.startswith(prefix)), None)


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


def table(name: str) -> Mapping[str, Any]:
    """A table of data beside this file, its lists as tuples."""
    return {key: _frozen(value) for key, value in tomllib.loads(_text(name)).items()}


def _text(name: str) -> str:
    return Path(__file__).with_name(name).read_text("utf-8")


def _frozen(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_frozen(each) for each in value)
    return {key: _frozen(each) for key, each in value.items()} if isinstance(value, dict) else value


SERVICES: tuple[Service, ...] = tuple(Service(**row) for row in table("services.toml")["service"])
BY_NAME: Mapping[str, Service] = {service.name: service for service in SERVICES}


def service_of(model: str) -> tuple[Service | None, str]:
    """The service of a MODEL setting and the model's id there."""
    name, _, model_id = model.partition(":")
    return BY_NAME.get(name.strip().lower()), model_id.strip()
