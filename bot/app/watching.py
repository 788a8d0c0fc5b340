"""The engine as the daily watch sees it."""

from bot.push.watch import Watched
from core.engine.engine import Engine
from core.ports import Ledger


class EngineLookout:
    """`bot.push.watch.Lookout` over the engine's official sources."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @property
    def ledger(self) -> Ledger:
        return self._engine.ledger

    async def look(self) -> Watched:
        seen = await self._engine.watch()
        return Watched(names=seen.names, facts=seen.facts, failures=seen.failures)
