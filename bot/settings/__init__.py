"""The only reader of the environment. Missing, wrong and misspelt settings are named all at once; no value is
ever printed.

Decisions: an empty setting counts as not set. The environment wins over `.env`. `.env` is this program's own
file, so every name in it must be one of ours and every line must be readable; in the process' environment,
which others share, only a name that is nearly one of ours stops the start (a misspelt BUDGET_USD would
silently spend). Nothing inside a value is expanded: a key may hold any character.
"""

from bot.settings.reading import (
    ENV_FILE,
    forgetful_host,
    load,
    missing,
    model_keys,
    nearest,
    overridden,
    read,
    read_file,
    secrets_of,
)
from bot.settings.table import KEYS, NEEDS_BOT, NEEDS_MODEL, NEEDS_REPORT, Settings
from bot.settings.values import PROVIDERS

__all__ = [
    "ENV_FILE",
    "KEYS",
    "NEEDS_BOT",
    "NEEDS_MODEL",
    "NEEDS_REPORT",
    "PROVIDERS",
    "Settings",
    "forgetful_host",
    "load",
    "missing",
    "model_keys",
    "nearest",
    "overridden",
    "read",
    "read_file",
    "secrets_of",
]
