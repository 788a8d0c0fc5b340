"""A message that must be sent, whatever happens in between, and what a person asked for, written down before
it is begun: delivered again by Telegram, it is known. Values only; the ledger keeps them.

Decision: delivery by placeholder and edit. `placeholder` can stand alone; it is sent, its number is stored,
then it is edited to the content. A crash at any step then leaves at most one orphaned placeholder and never a
second report.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class MessageKind(StrEnum):
    """How the content is delivered."""

    TEXT = "text"
    PHOTO = "photo"
    DOCUMENT = "document"


class MessageState(StrEnum):
    """QUEUED: nothing is out. PLACED: the placeholder is out. BLOCKED: the chat takes nothing; it waits for a
    sign of life from there. SENT and UNDELIVERABLE are final, unless it is replaced."""

    QUEUED = "queued"
    PLACED = "placed"
    BLOCKED = "blocked"
    SENT = "sent"
    UNDELIVERABLE = "undeliverable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message of a batch. `key` is unique for ever: the same key queued again changes nothing.

    `html` is the text, or the caption of a picture or file; `plain` is said instead when Telegram refuses the
    markup. `buttons` are rows of (label, callback data). `content` and `filename` are empty for a text.
    `silent` sends it without a sound.
    """

    key: str
    batch: str
    position: int
    chat_id: int
    kind: MessageKind
    placeholder: str
    html: str
    plain: str
    buttons: tuple[tuple[tuple[str, str], ...], ...] = ()
    silent: bool = True
    filename: str = ""
    content: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class Queued:
    """A message with what became of it so far. `message_id` is 0 until the placeholder is out.

    `reason` is what went wrong last, empty when nothing did; `next_try` is when it may be tried again.
    `digest` is of the words and bytes, so that "shown" can be said of exactly these.
    """

    message: Message
    state: MessageState
    message_id: int
    attempts: int
    next_try: datetime
    reason: str
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """`id` names the update that asked. `about` is the name or mode that was asked about, or empty. `said` is
    what was answered, None while it is under way."""

    id: str
    chat_id: int
    about: str = ""
    said: str | None = None
