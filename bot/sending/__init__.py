"""The choke point: `Sender` sends and edits, `Live` is one message that is edited while something runs."""

from bot.sending.door import Attachment, Buttons, NotSent, Sender, Unreachable, escaped
from bot.sending.live import Live

__all__ = ["Attachment", "Buttons", "Live", "NotSent", "Sender", "Unreachable", "escaped"]
