"""The child process that parses feeds: one frame in (a feed's bytes), one frame out (its items as JSON),
until the end.

Runs as a script of its own, without our packages, environment or network, under limits on memory and
processor time, so that a hostile feed can only kill this process. Parses bytes through a file object, never a
path or an address; sanitising and relative links are off (200 KB of unclosed comments took the sanitiser 12
seconds). Dates leave as the raw text.
"""

import io
import json
import struct
import sys
from typing import Any, BinaryIO

MEMORY_LIMIT = 256_000_000
SECONDS_PER_FEED = 5
ENTRIES_PER_FEED = 500
TEXT_LIMIT = 2_000
LENGTH = struct.Struct(">I")


def main() -> int:
    """Serves frames from standard input until it ends."""
    import feedparser

    _limit_memory()
    source, sink = sys.stdin.buffer, sys.stdout.buffer
    while (body := _frame(source)) is not None:
        _limit_seconds()
        answer = json.dumps(_parsed(feedparser, body)).encode()
        sink.write(LENGTH.pack(len(answer)) + answer)
        sink.flush()
    return 0


def _frame(source: BinaryIO) -> bytes | None:
    head = source.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    (size,) = LENGTH.unpack(head)
    body = source.read(size)
    return body if len(body) == size else None


def _parsed(feedparser: Any, body: bytes) -> dict[str, Any]:
    try:
        feed = feedparser.parse(io.BytesIO(body), sanitize_html=False, resolve_relative_uris=False)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError, AssertionError) as error:
        return {"version": "", "entries": [], "count": 0, "broken": type(error).__name__}
    entries = dict.get(feed, "entries") or []
    return {
        "version": str(dict.get(feed, "version") or ""),
        "count": len(entries),
        "broken": type(dict.get(feed, "bozo_exception")).__name__ if dict.get(feed, "bozo") else "",
        "entries": [_entry(entry) for entry in entries[:ENTRIES_PER_FEED]],
    }


def _entry(entry: Any) -> dict[str, str]:
    origin = dict.get(entry, "source")
    origin = origin if isinstance(origin, dict) else {}
    return {
        "title": _text(dict.get(entry, "title")),
        "summary": _text(dict.get(entry, "summary")),
        "link": _text(dict.get(entry, "link")),
        "id": _text(dict.get(entry, "id")),
        # dict.get: feedparser's own look-up answers with `updated` where `published` is missing.
        "published": _text(
            dict.get(entry, "published") or dict.get(entry, "updated") or dict.get(entry, "created")
        ),
        "author": _text(dict.get(entry, "author") or dict.get(entry, "publisher")),
        "source_url": _text(dict.get(origin, "href")),
        "source_title": _text(dict.get(origin, "title")),
    }


def _text(value: Any) -> str:
    return value[:TEXT_LIMIT] if isinstance(value, str) else ""


def _limit_memory() -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))


def _limit_seconds() -> None:
    """Processor time counts from the start of the process, so the limit moves ahead with each feed."""
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF)
    ahead = int(used.ru_utime + used.ru_stime) + SECONDS_PER_FEED + 1
    resource.setrlimit(resource.RLIMIT_CPU, (ahead, resource.RLIM_INFINITY))


if __name__ == "__main__":
    sys.exit(main())
