"""The only room that talks to Telegram.

wire: one request, one table of errors · sender: answers, tried again · live: one message edited while
something runs · delivery: the outbox's last step · polling: what people sent, in order by chat · access: who
may talk to the bot.
"""

from bot.telegram.live import Live
from bot.telegram.sender import NotSent, Sender, Unreachable, escaped
from bot.telegram.wire import Attachment, Buttons, FileRefused

__all__ = ["Attachment", "Buttons", "FileRefused", "Live", "NotSent", "Sender", "Unreachable", "escaped"]
