"""The readable text of an HTML or plain document, in one pass that only ever moves forward.

Refuses nothing: whatever cannot be read as markup is kept as text. Decision: an own scanner instead of an
HTML parser or patterns, because both take quadratic time on a document of unclosed comments, and documents
come from outside.
"""

import html
import re

# Content that is not prose: styles, code, and the hidden header in which inline XBRL keeps its contexts.
SKIPPED = {name: re.compile(f"</{name}", re.IGNORECASE) for name in ("script", "style", "ix:header", "head")}
# Tags that end a line of prose; every other tag may stand inside a word and leaves no trace.
BREAKING = frozenset(
    {"p", "div", "br", "tr", "li", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6", "table", "hr", "page"}
)
# A recorded 8-K has up to 25,000 tags; what is behind this many is left unread.
MOST_TAGS = 200_000
_NAME = re.compile(r"/?([A-Za-z][A-Za-z0-9:]*)")
_MARKUP = re.compile(r"<(?:p|div|br|tr|td|table|body)\b", re.IGNORECASE)
# Runs of line breaks in a plain document: one is a blank, several end a paragraph.
_PARAGRAPHS = re.compile(r"[ \t\r]*\n(?:[ \t\r]*(\n))*[ \t\r]*")
_BLANKS = re.compile(r"[^\S\n]+")
_LINES = re.compile(r"\s*\n\s*")


def decode(body: bytes) -> str:
    """UTF-8 where it is valid, else Windows-1252 with replacements: the two encodings regulators' documents
    come in.
    """
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        return body.decode("cp1252", errors="replace")


def plain_text(markup: str, *, limit: int) -> str:
    """Text without tags, one paragraph a line, at most `limit` characters, blanks collapsed.

    In markup a line break of the source is a blank; in a plain document an empty line ends a paragraph.
    """
    if _MARKUP.search(markup):
        markup = markup.replace("\n", " ").replace("\r", " ")
    else:
        markup = _PARAGRAPHS.sub(_paragraph, markup)
    parts: list[str] = []
    position = 0
    length = 0
    for _tag in range(MOST_TAGS):
        start = markup.find("<", position)
        if start < 0:
            parts.append(markup[position:])
            break
        parts.append(markup[position:start])
        length += start - position + 1
        if length > limit * 2:
            break
        position = _after(markup, start, parts)
    text = html.unescape("".join(parts)).replace("\u00a0", " ")
    return _LINES.sub("\n", _BLANKS.sub(" ", text)).strip()[:limit]


def _paragraph(found: re.Match[str]) -> str:
    return "\n" if found[1] else " "


def _after(markup: str, start: int, parts: list[str]) -> int:
    """Where reading goes on behind the tag, comment or skipped element at `start`."""
    end = len(markup)
    if markup.startswith("<!--", start):
        closing = markup.find("-->", start)
        return closing + 3 if closing >= 0 else end
    named = _NAME.match(markup, start + 1)
    if named is None and not markup.startswith(("<!", "<?"), start):
        parts.append("<")
        return start + 1
    closing = markup.find(">", start)
    if closing < 0:
        return end
    name = named.group(1).lower() if named is not None else ""
    if name in BREAKING:
        parts.append("\n")
    if name in SKIPPED and markup[start + 1] != "/" and markup[closing - 1] != "/":
        last = SKIPPED[name].search(markup, closing)
        return last.start() if last is not None else end
    return closing + 1
