"""Who published an item, and with what authority: the domains of `publishers.txt`, each section with its
reason.

Refuses to take a publisher's word for who it is: only a domain gives authority, or the name that an
aggregator puts beside what it passes on; any other name in a feed is a label, which can take authority away
("by Zacks") but never give it. A domain that stands in no row is OTHER. What counts as an established
newswire is judgement: a newsroom with its own correspondents and corrections, or the paid wires on which
issuers must tell their news; sites that live from opinion and stock ideas are not.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from urllib.parse import urlsplit

from core.facts.fact import Authority

# How the reason of those begins that pass on others' stories.
MIXED = "passes on many publishers"


@dataclass(frozen=True, slots=True, kw_only=True)
class Publisher:
    """One row. `domain` stands for itself and everything below it."""

    domain: str
    name: str
    authority: Authority
    reason: str


def _rows() -> Iterator[Publisher]:
    text = files(__package__).joinpath("publishers.txt").read_text(encoding="utf-8")
    for line in filter(None, text.splitlines()):
        key, _, value = line.removeprefix("= ").partition(" / " if line.startswith("=") else ": ")
        if line.startswith("="):
            authority, reason = Authority(key), value
        else:
            yield Publisher(domain=key, name=value, authority=authority, reason=reason)


PUBLISHERS = tuple(_rows())
_BY_DOMAIN = {row.domain: row for row in PUBLISHERS}
AGGREGATORS = frozenset(row.name for row in PUBLISHERS if row.reason.startswith(MIXED))


def _folded(name: str) -> str:
    return "".join(character for character in name.lower() if character.isalnum()).removesuffix("com")


_BY_NAME = {_folded(row.name): row for row in reversed(PUBLISHERS)}


def publisher_at(address: str) -> Publisher | None:
    """The row for an address's host or the nearest domain above it; none when no row names it."""
    host = host_of(address)
    while host:
        row = _BY_DOMAIN.get(host)
        if row is not None:
            return row
        host = host.partition(".")[2]
    return None


def publisher_named(name: str) -> Publisher | None:
    """The row of a name as feeds write it ("Barrons.com", "Zacks"); none when no row has it."""
    return _BY_NAME.get(_folded(name))


def host_of(address: str) -> str:
    """The host of an http address in lower case without a leading `www.`; blank when there is none."""
    try:
        parts = urlsplit(address.strip())
        host = parts.hostname or ""
    except ValueError:
        return ""
    if parts.scheme not in {"http", "https"}:
        return ""
    return host.lower().rstrip(".").removeprefix("www.")
