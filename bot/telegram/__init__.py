"""The choke point: `Sender` sends and edits, `Live` is one message that is edited while something runs."""

from bot.telegram.door import Attachment, Buttons, NotSent, Sender, Unreachable, escaped
from bot.telegram.live import Live

__all__ = ["Attachment", "Buttons", "Live", "NotSent", "Sender", "Unreachable", "escaped"]
