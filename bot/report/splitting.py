"""Cuts blocks of our own HTML into messages, between blocks wherever that is possible.

Lengths are counted as Telegram counts them, after entities are parsed (`markup.shown_length`). A block that
is longer than a message by itself is cut between its lines; a line that is longer still loses its markup and
is cut between words.
"""

from collections.abc import Sequence

from bot.report.markup import entity_count, esc, shown_length, shown_text
from bot.texts import report as texts

TEXT = 4096
CAPTION = 1024
ENTITIES = 100  # Telegram keeps the first hundred of a message and drops the rest without a word
_BETWEEN_BLOCKS, _BETWEEN_LINES = "\n\n", "\n"


def split(blocks: Sequence[str], limit: int, *, parts: int = 0) -> tuple[str, ...]:
    """Messages of at most `limit` shown characters, in order, none of them blank; `parts` cuts off after so
    many, with a line that says so. Raises ValueError when there is nothing to say."""
    pieces = [piece for block in blocks for piece in _fitting(block, limit)]
    messages: list[str] = []
    for piece, glue in pieces:
        joined = f"{messages[-1]}{glue}{piece}" if messages else piece
        if messages and _fits(joined, limit):
            messages[-1] = joined
        else:
            messages.append(piece)
    kept = tuple(message for message in messages if shown_text(message).strip())
    if not kept:
        raise ValueError("there is nothing to say")
    if not parts or len(kept) <= parts:
        return kept
    rest = esc(texts.REST_IN_FILE)
    room = limit - shown_length(rest) - len(_BETWEEN_BLOCKS)
    return (*kept[: parts - 1], f"{split((kept[parts - 1],), room)[0]}{_BETWEEN_BLOCKS}{rest}")


def _fits(markup: str, limit: int) -> bool:
    return shown_length(markup) <= limit and entity_count(markup) <= ENTITIES


def _fitting(block: str, limit: int) -> list[tuple[str, str]]:
    """The block as (piece, what joins it to the piece before), each piece within the limit."""
    if _fits(block, limit):
        return [(block, _BETWEEN_BLOCKS)]
    pieces: list[tuple[str, str]] = []
    glue = _BETWEEN_BLOCKS
    for line in block.split("\n"):
        cut = [line] if _fits(line, limit) else [esc(part) for part in _words(shown_text(line), limit)]
        for part in cut:
            last = pieces[-1][0] if pieces else ""
            if pieces and _fits(f"{last}\n{part}", limit):
                pieces[-1] = (f"{last}\n{part}", pieces[-1][1])
            else:
                pieces.append((part, glue))
            glue = _BETWEEN_LINES
    return pieces


def _words(text: str, limit: int) -> list[str]:
    """Plain text in parts of at most `limit` UTF-16 units, cut at a space where there is one in the second
    half."""
    parts = []
    while text:
        end = min(len(text), limit)
        while len(text[:end].encode("utf-16-le", "surrogatepass")) // 2 > limit:
            end -= 1
        if end < len(text) and (space := text.rfind(" ", end // 2, end)) > 0:
            end = space
        parts.append(text[:end])
        text = text[end:].lstrip(" ")
    return parts
