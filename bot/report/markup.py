"""Outside text made safe, and Telegram's HTML measured as Telegram measures it.

`esc` is the only way for outside text into a message: it removes what could reorder, hide or break a line and
escapes the rest. Lengths are UTF-16 units after entities are parsed: never less than Telegram's own count,
which is of code points. Refuses any link that is not http or https: its text stays, its address does not.
"""

import html
import re
import unicodedata
from html.parser import HTMLParser
from urllib.parse import urlsplit

# Cc and Cf: controls, zero-width and direction marks (a right-to-left override can make "sell" read as
# another word); Cs: lone surrogates, which no UTF-8 can carry; Co, Cn: private and unassigned, which phones
# draw as boxes.
_UNSAFE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_JOINER = "\u200d"  # kept: it joins emoji, and reorders nothing
# No-break spaces hold a figure together (`bot.report.figures`); all other white space is one blank.
_BLANKS = re.compile(r"[^\S\u00a0\u202f]+")


def clean(text: str, limit: int = 0) -> str:
    """`text` on one line without control or direction characters; cut to `limit` characters with an ellipsis
    if given."""
    safe = (c if c == _JOINER or c.isspace() or unicodedata.category(c) not in _UNSAFE else "" for c in text)
    kept = _BLANKS.sub(" ", "".join(safe)).strip()
    return kept if not limit or len(kept) <= limit else kept[: limit - 1].rstrip(" …") + "…"


def esc(text: str, limit: int = 0) -> str:
    """Outside text for a message or a page: cleaned, then escaped."""
    return html.escape(clean(text, limit), quote=True)


# What Telegram would make tappable by itself: links, names, commands, tags. A word joiner behind the sign
# keeps it plain text.
_TAPPABLE = re.compile(r"(?<=\w)\.(?=[^\W\d])|[@#](?=\w)|(?<![\w<])/(?=\w)|\$(?=[A-Za-z])|:(?=//)")


def inert(text: str, limit: int = 0) -> str:
    """Outside prose (a model's reasons, excerpts): cleaned and escaped, and nothing in it can be tapped."""
    return html.escape(_TAPPABLE.sub(lambda sign: f"{sign.group()}\u2060", clean(text, limit)), quote=True)


def bold(text: str) -> str:
    return f"<b>{esc(text)}</b>"


def italic(text: str) -> str:
    return f"<i>{esc(text)}</i>"


def safe_address(url: str) -> str:
    """`url` when it is a plain http(s) address, else an empty text."""
    stripped = clean(url)
    try:
        parts = urlsplit(stripped)
    except ValueError:
        return ""
    return stripped if parts.scheme in {"http", "https"} and parts.netloc and " " not in stripped else ""


def link(url: str, text: str, limit: int = 0) -> str:
    """A link with an escaped address and text, or only the text when the address is not http(s)."""
    address = safe_address(url)
    shown = esc(text, limit)
    return f'<a href="{html.escape(address, quote=True)}">{shown}</a>' if address else shown


class _Text(HTMLParser):
    """Reads our own markup (never foreign) into the text that a person sees."""

    def __init__(self, *, addresses: bool) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.entities = 0
        self._addresses = addresses
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.entities += 1
        if tag == "a":
            self._open.append(dict(attrs).get("href") or "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._open:
            address = self._open.pop()
            if self._addresses and address:
                self.parts.append(f" ({address})")

    def handle_data(self, data: str) -> None:
        self.parts.append(data)


def _read(markup: str, *, addresses: bool) -> _Text:
    reader = _Text(addresses=addresses)
    reader.feed(markup)
    reader.close()
    return reader


def plain_text(markup: str) -> str:
    """Our markup as plain text, with each link's address in brackets behind its text."""
    return "".join(_read(markup, addresses=True).parts)


def shown_text(markup: str) -> str:
    """Exactly the text that Telegram shows: what its limits count."""
    return "".join(_read(markup, addresses=False).parts)


def shown_length(markup: str) -> int:
    """Length of the shown text in UTF-16 units."""
    return len(shown_text(markup).encode("utf-16-le", "surrogatepass")) // 2


def entity_count(markup: str) -> int:
    """How many entities Telegram would make of this: above one hundred it drops the rest without a word."""
    return _read(markup, addresses=False).entities
