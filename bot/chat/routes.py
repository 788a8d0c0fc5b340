"""What the buttons say. Everything a button needs stands in its data, so buttons survive a restart; 64 bytes
are enough.

`SHAPES` is the table: a word, then its parts, with a colon between. What does not parse is answered politely,
never guessed.
"""

import re
from dataclasses import dataclass

LIMIT = 64  # bytes of callback data (Bot API)

# action -> the parts that follow it. Run ids and keys are ours; tickers are ASCII by
# `core.base.names.TICKER`.
_PARTS = {"run": r"[0-9A-Za-z\-]{1,24}", "ticker": r"[A-Z0-9^][A-Z0-9.\-=^&]{0,19}", "page": r"[0-9]{1,4}"}
NOBODY = "-"  # in the place of a ticker
_PARTS |= {"purpose": r"[a-z]{1,8}", "about": _PARTS["ticker"] + rf"|{NOBODY}"}
_PARTS |= {"choice": r"[a-z]{1,12}", "key": r"[0-9a-f]{8}", "action": r"why|facts", "theme": r"light|dark"}
SHAPES: dict[str, tuple[str, ...]] = {
    "why": ("run", "ticker"),
    "facts": ("run", "ticker"),
    "again": ("run", "ticker"),
    "identity": ("run", "ticker"),
    "names": ("run", "action", "page"),
    "picture": ("run", "theme"),
    "open": ("run",),
    "file": ("run",),
    "history": ("page",),
    "rejected": ("run", "ticker", "page"),
    "settings": (),
    "choose": ("choice",),
    "choice": ("choice", "page"),
    "go": ("key",),
    "no": ("key",),
    "import": ("key",),
    "keep": ("key",),
    "whole": ("key",),
    "answer": ("key", "page"),
    "use": ("key",),
    "other": ("key", "page"),
    "pick": ("key", "page"),
    "leave": ("key",),
    "tickers": (),
    "moved": (),
    "apply": ("key",),
    "settle": ("key",),
    "stop": (),
    "analyze": (),
    "redo": ("purpose", "about"),
}
_PATTERNS = {
    name: re.compile(":".join([re.escape(name), *(f"({_PARTS[part]})" for part in parts)]))
    for name, parts in SHAPES.items()
}


@dataclass(frozen=True, slots=True)
class Route:
    """A pressed button: its action and its parts, all of the right shape. Whether they exist is for others to
    say."""

    action: str
    parts: tuple[str, ...]


def data(action: str, *parts: object) -> str:
    """The callback data of a button. Raises ValueError when it has the wrong shape or is too long."""
    text = ":".join([action, *(str(part) for part in parts)])
    if read(text) is None or len(text.encode("utf-8")) > LIMIT:
        raise ValueError(f"no button can say {text!r}")
    return text


def read(text: str | None) -> Route | None:
    """The route that `text` is, or None."""
    name = (text or "").partition(":")[0]
    pattern = _PATTERNS.get(name)
    found = pattern.fullmatch(text or "") if pattern else None
    return Route(name, found.groups()) if found else None
