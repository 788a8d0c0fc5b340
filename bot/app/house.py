"""The house: from settings to a ledger with its books, and to an engine. Built once; whoever needs a part is
given it.

Decisions: the demo keeps its runs in a ledger of its own (a rehearsal must never become the owner's last
report): beside the set one, or in its own folder where none is set. `open_ledger` alone serves all that is
answered without asking anyone.
"""

import asyncio
import os
import random
import secrets
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.app.sources import open_sources, proxy_of
from bot.settings import Settings, model_keys
from bot.settings.choices import Choices
from core.base.errors import BadRequest, NotFound
from core.base.gap import NOT_GIVEN, Gap
from core.brief.principles import checked
from core.engine.engine import Engine
from core.engine.terms import OWN_SAMPLING, Doors, Sources, Terms
from core.portfolio.accounts import alone
from core.ports import ChatModel

if TYPE_CHECKING:
    from providers.ledger.sqlite import SqliteLedger
    from providers.models.services import Pace

VERSION = "0.1.0"
PRINCIPLES = Path(__file__).parents[2] / "core" / "brief" / "principles.md"
# No I, L, O, U: an id is read aloud and typed.
ID_SIGNS = "0123456789abcdefghjkmnpqrstvwxyz"
# With this one the first demo shows every class of the map, split among them. It says nothing about any
# company.
FIRST_SEED = 5
DEMO_DATABASE = Path("build/demo/condorcet.sqlite")


class SystemClock:
    """The machine's clock, in UTC."""

    def now(self) -> datetime:
        return datetime.now(UTC)


def new_run_id(now: datetime) -> str:
    """A short id that sorts by day: yymmdd, a hyphen, five signs of chance (33 million a day)."""
    return f"{now:%y%m%d}-{''.join(secrets.choice(ID_SIGNS) for _ in range(5))}"


def database_of(settings: Settings, *, demo: bool) -> Path:
    """Where runs are kept. See the module's decision on the demo."""
    if not demo:
        return settings.database
    if "database" not in settings.model_fields_set:
        return DEMO_DATABASE
    return settings.database.with_name(f"{settings.database.stem}-demo{settings.database.suffix}")


def kept_documents(ledger: Path) -> Path:
    """Beside the ledger and named after it: filings never change, so each document is fetched once ever.
    `forget` removes it, for it tells which names were held."""
    return ledger.with_name(f"{ledger.name}.documents")


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """What a run needs and leaves: the ledger with its books (notes, watched names, outbox, pushes), the
    folder of kept documents, and the engine over them. `settings` are those in force, the demo's included."""

    settings: Settings
    demo: bool
    ledger: "SqliteLedger"
    documents: Path
    engine: Engine
    choices: Choices

    @property
    def zone(self) -> ZoneInfo:
        return self.engine.terms.zone


@contextmanager
def open_ledger(settings: Settings, *, demo: bool = False) -> Iterator["SqliteLedger"]:
    """The ledger, closed at the end. Raises LedgerFailed when it cannot be trusted."""
    from providers.ledger.sqlite import SqliteLedger

    path = database_of(settings, demo=demo)
    path.parent.mkdir(parents=True, exist_ok=True)
    ledger = SqliteLedger(path)
    try:
        if demo:
            _stock(ledger)
        yield ledger
    finally:
        ledger.close()


def _stock(ledger: "SqliteLedger") -> None:
    """The demo begins with the recorded portfolio; its copy can be changed like any other."""
    from bot.demo.recorded import RECORDED_AT, RECORDINGS
    from providers.holdings.sources import read_portfolio_file

    try:
        ledger.accounts()
    except NotFound:
        recorded = alone(read_portfolio_file(RECORDINGS / "portfolio.csv", None, RECORDED_AT.date()))
        ledger.save_accounts(recorded, at=RECORDED_AT, origin="the recorded day")


def principles_of(settings: Settings) -> str:
    """The principles' text, held to law 2. Raises BadRequest naming file, line and word."""
    path = settings.principles_file or PRINCIPLES
    try:
        return checked(path.read_text(encoding="utf-8"), origin=str(path))
    except (OSError, UnicodeDecodeError) as error:
        raise BadRequest(f"PRINCIPLES_FILE names {path}, which cannot be read as UTF-8 text.") from error


def build_chat_model(settings: Settings, *, seed: int = 0) -> ChatModel:
    """The model that MODEL names, imported on use; `seed` is the rehearsal's. Raises BadRequest."""
    from providers.models.registry import build_model
    from providers.models.stepping import Memory

    return build_model(
        settings.model or "",
        temperature=settings.temperature,
        base_url=settings.model_base_url,
        keys=model_keys(settings),
        memory=Memory(),
        tier=settings.model_tier,
        pace=pace_of(settings),
        max_tokens=settings.model_max_tokens,
        proxy=proxy_of(settings),
        seed=seed,
    )


def pace_of(settings: Settings) -> "Pace":
    """How many ballots at once and for how long, by the service where the settings do not say."""
    from providers.models import registry

    return registry.pace_of(
        settings.model or "",
        settings.model_base_url,
        deadline_s=float(settings.model_deadline),
        concurrency=settings.jury_concurrency,
    )


@asynccontextmanager
async def open_engine(
    settings: Settings, *, demo: bool = False, asks_sources: bool = True, at: datetime | None = None
) -> AsyncIterator[Engine]:
    """The engine of a house that is open as long."""
    async with open_house(settings, demo=demo, asks_sources=asks_sources, at=at) as house:
        yield house.engine


@asynccontextmanager
async def open_house(
    settings: Settings,
    *,
    demo: bool = False,
    asks_sources: bool = True,
    at: datetime | None = None,
    kind: str = "command line",
) -> AsyncIterator[House]:
    """Everything, opened. `asks_sources` false reads none (`analyze --snapshot`) and serves no recordings;
    `at` is the demo's moment, the recorded day's evening when it is not said. `kind` is what this process is
    called in the leases of its runs."""
    from bot.demo.recorded import RECORDED_AT, recorded_settings
    from providers.models.prices import ListPrices, read_rates
    from providers.models.registry import build_batches

    async with AsyncExitStack() as stack:
        ledger = stack.enter_context(open_ledger(settings, demo=demo))
        choices = Choices(settings, ledger.notes)
        settings = choices.settings()
        if demo:
            settings = settings.model_copy(update={"model": settings.model or "rehearsal"})
        # Another seed for each run in the ledger: a rehearsal that repeated itself to the letter would show
        # no variance.
        model = build_chat_model(settings, seed=FIRST_SEED + len(ledger.runs(limit=1_000_000)))
        stack.push_async_callback(model.aclose)
        moment = at or RECORDED_AT
        if demo and asks_sources:
            settings = await recorded_settings(stack, settings, moment.date())
        sources: Sources | Gap = Gap(gap="this command reads no source")
        documents = kept_documents(ledger.store.path)
        if asks_sources:
            sources = await open_sources(
                stack, settings, ledger, documents=None if demo else documents, recorded=demo
            )
        doors = Doors(
            sources=sources,
            model=model,
            prices=ListPrices(
                base_url=settings.model_base_url,
                rates=None if settings.model_price is None else read_rates(settings.model_price),
            ),
            ledger=ledger,
            clock=SystemClock(),
            new_id=new_run_id,
            jitter=random.random,
            sleep=asyncio.sleep,
            notes=ledger.notes,
            batches=build_batches(model, ledger.notes),
            holder=f"{kind}, process {os.getpid()} since {SystemClock().now():%Y-%m-%dT%H:%M:%S}",
        )
        engine = Engine(doors, _terms(settings, moment if demo else None))
        yield House(
            settings=settings, demo=demo, ledger=ledger, documents=documents, engine=engine, choices=choices
        )


def in_force(terms: Terms, settings: Settings) -> Terms:
    """The terms with what may be chosen in the chat, as `settings` say it now."""
    return replace(
        terms,
        jury=settings.jury_size,
        max_cost_usd=settings.max_cost_usd,
        budget_usd=settings.budget_usd,
        confirm_above_usd=settings.confirm_above_usd,
        zone=ZoneInfo(settings.timezone),
    )


def _terms(settings: Settings, recorded: datetime | None) -> Terms:
    """`recorded` is the demo's moment, None when the sources are live."""
    recording: str | Gap = NOT_GIVEN
    frozen_at: datetime | Gap = NOT_GIVEN
    if recorded is not None:
        from bot.demo.recorded import label

        recording, frozen_at = label(recorded.date()), recorded
    pace = pace_of(settings)
    return Terms(
        jury=settings.jury_size,
        concurrency=pace.concurrency,
        deadline_s=pace.whole_s,
        tier=settings.model_tier,
        temperature=OWN_SAMPLING if settings.temperature is None else settings.temperature,
        max_cost_usd=settings.max_cost_usd,
        budget_usd=settings.budget_usd,
        confirm_above_usd=settings.confirm_above_usd,
        base_currency=settings.base_currency,
        horizon_months=settings.horizon_months,
        zone=ZoneInfo(settings.timezone),
        index_ticker=settings.index_ticker if recorded is None else "VOO",
        recording=recording,
        frozen_at=frozen_at,
        version=VERSION,
        principles=principles_of(settings),
        fractional_shares=settings.fractional_shares,
        model_address=settings.model_base_url or "",
    )
