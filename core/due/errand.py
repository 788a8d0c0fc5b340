"""What a person asked for in a chat, written down before it is begun: delivered again by Telegram, it is
known."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """`id` names the update that asked. `about` is the name or mode that was asked about, or empty. `said` is
    what was answered, None while it is under way."""

    id: str
    chat_id: int
    about: str = ""
    said: str | None = None
