"""Logging without secrets. Filters hang on the handlers, for one on the root logger never sees what other
loggers pass up.

Decisions. What is known to be secret is replaced wherever it stands: in messages, arguments, tracebacks and
stack texts, as written, percent-encoded, or without the bot's number. What only looks like a key is replaced
by pattern, for keys that no setting names. The HTTP clients and the Telegram library are held to warnings at
any level: at INFO they log every address, and the token is part of Telegram's.
"""

import logging
import re
import sys
from collections.abc import Iterable
from urllib.parse import quote

MASK = "[secret]"
SHORTEST = 6  # shorter values would mask ordinary words; no provider issues a key that short

QUIET = ("httpx", "httpcore", "httpx2", "httpcore2", "telegram", "apscheduler", "anthropic", "openai")
# The library prints a traceback of its own for every page that a gateway answers; the wire says it in one
# line.
MUTE = ("telegram.request.BaseRequest",)

# What a secret looks like when no setting named it -> the reason it is here.
PATTERNS: tuple[re.Pattern[str], ...] = (
    re.compile(
        r"(?<!\d)\d{6,12}(?::|%3A)[A-Za-z0-9_-]{30,}", re.IGNORECASE
    ),  # a Telegram token, also in an address
    re.compile(r"\bsk-[A-Za-z0-9_-]{16,}"),  # model providers' keys
    re.compile(r"\bAIza[A-Za-z0-9_-]{20,}"),  # Google's keys
    re.compile(
        r"(?i)\b(bearer|x-api-key['\"]?\s*[:=,]\s*['\"]?)\s+[A-Za-z0-9._~+/-]{8,}=*"
    ),  # headers in debug output
)


class Redaction(logging.Filter):
    """Rewrites each record before its handler formats it. Lets every record through."""

    def __init__(self, secrets: Iterable[str]) -> None:
        super().__init__()
        forms = {form for secret in secrets for form in _forms(secret) if len(form) >= SHORTEST}
        # The longest first: a token before the part of it that is also listed.
        listed = "|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True))
        self._known = re.compile(listed) if listed else None

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = self.clean(_said(record)), None
        if record.exc_info:
            record.exc_text = self.clean(logging.Formatter().formatException(record.exc_info))
        if record.stack_info:
            record.stack_info = self.clean(record.stack_info)
        return True

    def clean(self, text: str) -> str:
        """`text` with every secret masked."""
        if self._known is not None:
            text = self._known.sub(MASK, text)
        for pattern in PATTERNS:
            text = pattern.sub(MASK, text)
        return text


def set_up(level: str, secrets: Iterable[str]) -> None:
    """One handler on standard error for the whole process, redacted. A second call replaces the first."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    handler.addFilter(Redaction(secrets))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    logging.captureWarnings(capture=True)
    # A record that cannot be written would be printed with its call stack, past every filter.
    logging.raiseExceptions = False
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    for name in MUTE:
        logging.getLogger(name).setLevel(logging.CRITICAL)


def quieter(level: str) -> str:
    """The level for a single command at a terminal: its own output says what happened, so INFO would only
    repeat it."""
    return "WARNING" if level == "INFO" else level


def _forms(secret: str) -> tuple[str, ...]:
    return (secret, quote(secret, safe=""), secret.partition(":")[2])


def _said(record: logging.LogRecord) -> str:
    """The message with its arguments; a record whose arguments do not fit still says something."""
    try:
        return record.getMessage()
    except (TypeError, ValueError):
        return f"{record.msg} {record.args}"
