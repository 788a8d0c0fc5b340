"""From the MODEL setting to a model. Knows no SDK: the file that speaks to one is imported when it is first
asked, off the event loop, because that takes a second."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from importlib import import_module
from ipaddress import ip_address
from urllib.parse import urlsplit, urlunsplit

from core.base.canonical import digest, dumps
from core.base.errors import BadRequest
from core.base.gap import Gap
from core.brief.model import Brief
from core.jury.ballot import Reply
from core.ports import Batches, ChatModel, Notes
from providers.models.rehearsal import Act, RehearsalModel
from providers.models.services import BY_NAME, Pace, Service, Target, service_of
from providers.models.stepping import Memory

# Question and answer of thirty names: a brief of 14,000 tokens and 200 a name.
REPORT_TOKENS = 20_000
# Calls at once: what services take from everyone, and what a program of one's own does well.
THEIRS, OWN = 8, 1


def build_model(
    model: str,
    *,
    temperature: Decimal | None,
    base_url: str | None,
    keys: Mapping[str, str],
    memory: Memory,
    tier: str = "standard",
    pace: Pace | None = None,
    max_tokens: int | None = None,
    proxy: str | None = None,
    seed: int = 0,
    acts: tuple[Act, ...] = (),
) -> ChatModel:
    """The model behind a MODEL setting. `keys` maps the names of the key settings to those that are set.

    Raises BadRequest, without asking anyone, for an unknown provider, a key that is missing or no key, an
    address that cannot be one, or a price class that the service does not have. `seed` and `acts` concern the
    rehearsal jury alone.
    """
    if model == "rehearsal":
        return RehearsalModel(seed=seed, acts=acts)
    service, model_id = service_of(model)
    if service is None or not model_id:
        raise BadRequest(
            f"MODEL must be `rehearsal` or one of {', '.join(BY_NAME)} followed by `:` and the model's id."
        )
    secret = next((keys[key] for key in service.keys if keys.get(key)), "")
    # A server of one's own often needs no key; if it does, it will say so.
    if not secret and service.key_needed and base_url is None:
        raise BadRequest(f"MODEL={service.name}:… needs {' or '.join(service.keys)}.")
    if not (secret.isascii() and secret.isprintable()):
        named = next(key for key in service.keys if keys.get(key))
        raise BadRequest(f"{named} holds a character that no key has: copy it again.")
    if tier not in service.classes:
        raise BadRequest(f"MODEL_TIER={tier}: {service.title} has {' and '.join(service.classes)} only.")
    target = Target(
        service=service,
        model=model_id,
        address=address_of(service, base_url),
        temperature=temperature,
        secret=secret,
        tier=tier,
        max_tokens=max_tokens,
        proxy=proxy,
    )
    return OnUse(target, memory, pace or pace_of(model, base_url))


def build_batches(model: ChatModel, notes: Notes) -> Batches | Gap:
    """How runs that have a day's time are asked; a gap where MODEL_TIER is not `batch`."""
    if not isinstance(model, OnUse) or model.target.tier != "batch":
        return Gap(gap="MODEL_TIER is not batch")
    # Imported on use: it needs the SDKs' transport.
    made: Batches = import_module("providers.models.batches").Batches(
        inner=model.built, label=model.label, notes=notes
    )
    return made


def pace_of(
    model: str, base_url: str | None, *, deadline_s: float = 600.0, concurrency: int | None = None
) -> Pace:
    """How the model behind a MODEL setting is asked, where JURY_CONCURRENCY (`concurrency`) does not say."""
    service, _ = service_of(model)
    own = service is not None and service.local and _in_the_house(base_url or service.address)
    at_once = concurrency or (OWN if own else THEIRS)
    # Those ahead in a server's own queue may each take as long as this one may.
    return Pace(concurrency=at_once, deadline_s=deadline_s, queue_s=deadline_s * at_once if own else 0.0)


def _in_the_house(address: str) -> bool:
    """Whether an address is a machine of one's own: this one, or one that only a private network reaches."""
    host = urlsplit(address).hostname or ""
    try:
        return ip_address(host).is_private
    except ValueError:
        return "." not in host or host.endswith((".local", ".lan", ".internal"))


def address_of(service: Service, base_url: str | None) -> str:
    """Where the service is asked. A set address without a path gets the service's own; anthropic's SDK adds
    its own."""
    if base_url is None:
        return service.address
    parts = urlsplit(base_url.rstrip("/"))
    if parts.query or parts.fragment:
        raise BadRequest(
            "MODEL_BASE_URL must end with its path: nothing after a `?` or a `#` could be sent along."
        )
    path = parts.path.removesuffix("/v1") if service.wire == "anthropic" else parts.path or service.path
    return urlunsplit((parts.scheme, parts.netloc, path, "", ""))


def is_local(address: str) -> bool:
    """Whether an address is this machine: what runs there sends no bill."""
    host = urlsplit(address).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


class OnUse:
    """A model that is built when it is first asked, in a thread, once."""

    rehearsal = False

    def __init__(self, target: Target, memory: Memory, pace: Pace) -> None:
        self.label = target.label
        self.target = target
        self._memory = memory
        self._pace = pace
        self._built: ChatModel | None = None
        self._building = asyncio.Lock()

    async def built(self) -> ChatModel:
        async with self._building:
            if self._built is not None:
                return self._built
            module = await asyncio.to_thread(import_module, f"providers.models.{self.target.service.wire}")
            made: ChatModel = await asyncio.to_thread(module.build, self.target, self._memory, self._pace)
            self._built = made
            return made

    async def ask(self, brief: Brief, *, index: int, attempt: int, heard: Callable[[int], None]) -> Reply:
        model = await self.built()
        return await model.ask(brief, index=index, attempt=attempt, heard=heard)

    async def aclose(self) -> None:
        if self._built is not None:
            await self._built.aclose()


async def check_model(model: ChatModel) -> Reply:
    """One tiny priced call, for `doctor`: raises ModelFailed when key, model or address are wrong.

    The reply's `mode` and `sampling` are what the service settled on, its `notes` what it refused and whether
    a report would fit, its `usage` the price.
    """
    reply = await model.ask(_tiny(), index=0, attempt=1, heard=lambda _: None)
    if not isinstance(model, OnUse):
        return reply
    limit = await import_module("providers.models.context").context_of(model.target)
    if limit is None or limit >= REPORT_TOKENS:
        return reply
    note = f"It takes {limit:,} tokens at once, and a report of thirty names needs some {REPORT_TOKENS:,}."
    return replace(reply, notes=(*reply.notes, note))


def _tiny() -> Brief:
    system = "You check that a connection works."
    user = "<task>Answer with the JSON object whose only field is named ready and is true.</task>"
    form = {"type": "object", "properties": {"ready": {"type": "boolean"}}, "required": ["ready"]}
    schema = dumps({**form, "additionalProperties": False})
    return Brief(
        system=system,
        user=user,
        schema=schema,
        digest=digest(system + user + schema),
        principles_digest=digest(system),
        names=(),
        cash_weight=Decimal(0),
    )
