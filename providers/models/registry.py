"""From the MODEL setting to a model. Knows no SDK: the file that speaks to one is imported when it is first asked.

The SDKs take a second to import, so that happens off the event loop, at the first question.
"""

import asyncio
from collections.abc import Callable, Mapping
from decimal import Decimal
from importlib import import_module
from ipaddress import ip_address
from urllib.parse import urlsplit, urlunsplit

from core.base.canonical import digest, dumps
from core.base.errors import BadRequest
from core.brief.model import AskedName, Brief
from core.jury.ballot import Reply
from core.ports import ChatModel
from providers.models.memory import Memory
from providers.models.rehearsal import Act, RehearsalModel
from providers.models.services import BY_NAME, Service


def build_model(
    model: str,
    *,
    temperature: Decimal | None,
    base_url: str | None,
    keys: Mapping[str, str],
    memory: Memory,
    seed: int = 0,
    acts: tuple[Act, ...] = (),
) -> ChatModel:
    """The model behind a MODEL setting. `keys` maps the names of the key settings to those that are set.

    Raises BadRequest for an unknown provider, a key that is missing or no key, or an address that cannot be one, without asking anyone. `seed` and `acts` concern the
    rehearsal jury alone.
    """
    if model == "rehearsal":
        return RehearsalModel(seed=seed, acts=acts)
    name, _, model_id = model.partition(":")
    service = BY_NAME.get(name.strip().lower())
    if service is None or not model_id.strip():
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
    address = address_of(service, base_url)
    return OnUse(
        f"{service.name}:{model_id.strip()}",
        lambda: _build(service, model_id.strip(), address, temperature, secret, memory),
    )


def address_of(service: Service, base_url: str | None) -> str:
    """Where the service is asked. A set address without a path gets the service's own; anthropic's own SDK adds its path."""
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


def _build(
    service: Service, model_id: str, address: str, temperature: Decimal | None, secret: str, memory: Memory
) -> ChatModel:
    target = import_module("providers.models.dialect").Target(
        service=service, model=model_id, address=address, temperature=temperature, secret=secret
    )
    built: ChatModel = import_module(f"providers.models.{service.wire}").build(target, memory)
    return built


class OnUse:
    """A model that is built when it is first asked, in a thread, once."""

    rehearsal = False

    def __init__(self, label: str, build: Callable[[], ChatModel]) -> None:
        self.label = label
        self._build = build
        self._built: ChatModel | None = None
        self._building = asyncio.Lock()

    async def ask(
        self, brief: Brief, *, index: int, attempt: int, on_first_token: Callable[[], None]
    ) -> Reply:
        async with self._building:
            if self._built is None:
                self._built = await asyncio.to_thread(self._build)
        return await self._built.ask(brief, index=index, attempt=attempt, on_first_token=on_first_token)

    async def aclose(self) -> None:
        if self._built is not None:
            await self._built.aclose()


async def check_model(model: ChatModel) -> Reply:
    """One tiny priced call, for `doctor`: raises ModelFailed when key, model or address are wrong.

    The reply's `mode` and `sampling` are what the service settled on, its `notes` what it refused, its `usage` the price.
    """
    return await model.ask(_tiny(), index=0, attempt=1, on_first_token=_ignore)


def _tiny() -> Brief:
    system = "You check that a connection works."
    user = "<task>Answer with the JSON object whose only field is named ready and is true.</task>"
    schema = dumps(
        {
            "type": "object",
            "properties": {"ready": {"type": "boolean"}},
            "required": ["ready"],
            "additionalProperties": False,
        }
    )
    names: tuple[AskedName, ...] = ()
    return Brief(
        system=system,
        user=user,
        schema=schema,
        digest=digest(system + user + schema),
        principles_digest=digest(system),
        names=names,
        cash_weight=Decimal(0),
    )


def _ignore() -> None:
    """Nothing waits for the first token of a check."""
