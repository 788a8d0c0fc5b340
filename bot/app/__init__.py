"""The composition root: the one room that knows settings, providers and core. Nothing is built before it is asked for.

engine: settings to an engine or the ledger alone · sources: settings to adapters · serve: the whole bot · watching: what the
daily watch reads.
"""

from bot.app.engine import VERSION, build_chat_model, database_of, open_engine, open_ledger
from bot.app.sources import watch_list

__all__ = ["VERSION", "build_chat_model", "database_of", "open_engine", "open_ledger", "watch_list"]
