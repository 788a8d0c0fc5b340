"""The composition root: the one room that knows settings, providers and core. Nothing is built before it is
asked for.

house: settings to the ledger with its books and the engine · sources: settings to adapters · desk: what
commands and schedule work with · serve: the whole bot.
"""

from bot.app.house import VERSION, House, build_chat_model, database_of, open_engine, open_house, open_ledger

__all__ = ["VERSION", "House", "build_chat_model", "database_of", "open_engine", "open_house", "open_ledger"]
