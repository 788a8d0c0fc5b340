"""HTML of the Bot API into plain text and entities, refused with the words and byte offsets of the official server.

Offsets and lengths of entities count UTF-16 code units, the limits on a text count code points of the parsed text.
Decisions: only HTML is known (the bot speaks nothing else); lines and commands are detected, other automatic entities are
not; past a hundred entities the rest is dropped in silence, as there.
"""

import re
from dataclasses import dataclass, field
from typing import Any

from bot.local.refusals import Refused, bad_request

Entity = dict[str, Any]

MAX_ENTITIES = 100
TAGS = {
    "a": "text_link", "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "s": "strikethrough",
    "strike": "strikethrough", "del": "strikethrough", "u": "underline", "ins": "underline",
    "tg-spoiler": "spoiler", "span": "spoiler", "tg-emoji": "custom_emoji", "tg-time": "date_time",
    "pre": "pre", "code": "code", "blockquote": "blockquote",
}  # fmt: skip
REFERENCES = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]{1,6})|#([0-9]{1,7})|([a-zA-Z]+));?")
# Control characters become spaces; line separators and direction overrides vanish.
CONTROLS = {**dict.fromkeys([*range(9), *range(11, 13), *range(14, 32)], " "), 13: None}
REMOVED = dict.fromkeys(range(0x2028, 0x202F))
DETECTED = re.compile(
    r"(?P<url>https?://[^\s<>\"]+[^\s<>\".,;:!?)\]}'])|(?<![\w/@<>])(?P<bot_command>/[A-Za-z0-9_]{1,64}(?:@\w{3,32})?)(?![\w/<>])"
)


def utf16(text: str) -> int:
    """Length in UTF-16 code units, as entities count."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def cut16(text: str, offset: int, length: int) -> str:
    """What an entity covers."""
    units = text.encode("utf-16-le", "surrogatepass")[offset * 2 : (offset + length) * 2]
    return units.decode("utf-16-le", "surrogatepass")


def formatted(raw: str, parse_mode: str) -> tuple[str, list[Entity]]:
    """The visible text and its entities, trimmed; raises Refused for broken markup."""
    cleaned = raw.translate(CONTROLS).translate(REMOVED)
    mode = parse_mode.lower()
    if mode == "html":
        text, entities = _Parser(cleaned).parse()
    elif not mode:
        text, entities = cleaned, []
    else:
        raise bad_request("unsupported parse_mode")
    text, entities = _trimmed(text, entities)
    return text, detected(text, entities)[:MAX_ENTITIES]


def detected(text: str, given: list[Entity]) -> list[Entity]:
    """The given entities and, where none of them stands, links and bot commands."""
    taken = [(entity["offset"], entity["offset"] + entity["length"]) for entity in given]
    taken = [span for span, entity in zip(taken, given, strict=True) if entity["type"] in _SOLID]
    found: list[Entity] = []
    for match in DETECTED.finditer(text):
        start, length = utf16(text[: match.start()]), utf16(match.group())
        if any(start < end and begin < start + length for begin, end in taken):
            continue
        found.append({"type": str(match.lastgroup), "offset": start, "length": length})
    return _sorted([*given, *found])


_SOLID = {"pre", "code", "text_link"}


def _sorted(entities: list[Entity]) -> list[Entity]:
    return sorted(entities, key=lambda entity: (entity["offset"], -entity["length"]))


def _trimmed(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    lead = utf16(text) - utf16(text.lstrip())
    stripped = text.strip()
    end = utf16(stripped)
    kept = []
    for entity in entities:
        start = max(0, entity["offset"] - lead)
        stop = min(end, entity["offset"] + entity["length"] - lead)
        if stop > start:
            kept.append({**entity, "offset": start, "length": stop - start})
    return stripped, kept


@dataclass(slots=True)
class _Open:
    tag: str
    offset: int
    begin: int
    values: dict[str, str]


@dataclass(slots=True)
class _Parser:
    """One walk over the markup. `at` is the position in it, `offset` the one in the text, in UTF-16 units."""

    raw: str
    at: int = 0
    offset: int = 0
    text: list[str] = field(default_factory=list)
    stack: list[_Open] = field(default_factory=list)
    entities: list[Entity] = field(default_factory=list)

    def parse(self) -> tuple[str, list[Entity]]:
        while self.at < len(self.raw):
            if self.raw[self.at] == "<":
                self._tag()
            else:
                self._put(self._character())
        if self.stack:
            raise _unparsed(f'Can\'t find end tag corresponding to start tag "{self.stack[-1].tag}"')
        # Closed last is opened first: of two entities with the same span the outer one comes first.
        return "".join(self.text), _without_nested_code(_sorted(self.entities[::-1]))

    def _put(self, character: str) -> None:
        self.text.append(character)
        self.offset += 1 + (ord(character) > 0xFFFF)

    def _character(self) -> str:
        """One character; a reference that is not known stays as it was written."""
        match = REFERENCE.match(self.raw, self.at)
        if match is not None:
            hexadecimal, decimal, name = match.groups()
            code = int(hexadecimal, 16) if hexadecimal else int(decimal) if decimal else 0
            decoded = REFERENCES.get(name, "") if name else ""
            if 0 < code < 0x10FFFF and not 0xD800 <= code <= 0xDFFF:
                decoded = chr(code)
            if decoded:
                self.at = match.end()
                return decoded
        self.at += 1
        return self.raw[self.at - 1]

    def _tag(self) -> None:
        begin = self.at
        if self.raw.startswith("</", begin):
            self._close(begin)
            return
        match = re.compile(r"<([^\s>]*)").match(self.raw, begin)
        name = match.group(1).lower() if match else ""
        self.at = begin + 1 + len(name)
        if self.at >= len(self.raw):
            raise self._refused("Unclosed start tag", begin)
        if name not in TAGS:
            raise self._refused(f'Unsupported start tag "{name}"', begin)
        values = self._attributes(name, begin)
        if name == "span" and values.get("class") != "tg-spoiler":
            raise self._refused('Tag "span" must have class "tg-spoiler"', begin)
        self.stack.append(_Open(name, self.offset, len(self.text), values))

    def _attributes(self, tag: str, begin: int) -> dict[str, str]:
        values: dict[str, str] = {}
        while True:
            self._spaces()
            if self.raw.startswith(">", self.at):
                self.at += 1
                return values
            start = self.at
            while (
                self.at < len(self.raw) and not self.raw[self.at].isspace() and self.raw[self.at] not in "=>"
            ):
                self.at += 1
            name = self.raw[start : self.at].lower()
            if self.at >= len(self.raw):
                raise self._refused("Unclosed start tag", begin)
            if not name:
                raise self._refused(f'Empty attribute name in the tag "{tag}"', begin)
            self._spaces()
            if not self.raw.startswith("=", self.at):
                if tag == "blockquote" and name == "expandable":
                    values[name] = ""
                    continue
                raise self._refused(
                    f'Expected equal sign in declaration of an attribute of the tag "{tag}"', begin
                )
            self.at += 1
            self._spaces()
            values[name] = self._value(begin)

    def _value(self, begin: int) -> str:
        quote = self.raw[self.at : self.at + 1]
        if quote not in {"'", '"'} or not quote:
            start = self.at
            while self.at < len(self.raw) and (self.raw[self.at].isalnum() or self.raw[self.at] in ".-"):
                self.at += 1
            if self.at >= len(self.raw):
                raise self._refused("Unclosed start tag", begin)
            if not self.raw[self.at].isspace() and self.raw[self.at] != ">":
                raise self._refused("Unexpected end of name token", start)
            return self.raw[start : self.at].lower()
        self.at += 1
        value: list[str] = []
        while self.at < len(self.raw) and self.raw[self.at] != quote:
            value.append(self._character())
        self.at += 1
        if self.at >= len(self.raw):
            raise self._refused("Unclosed start tag", begin)
        return "".join(value)

    def _spaces(self) -> None:
        while self.at < len(self.raw) and self.raw[self.at].isspace():
            self.at += 1

    def _close(self, begin: int) -> None:
        if not self.stack:
            raise self._refused("Unexpected end tag", begin)
        match = re.compile(r"</([^\s>]*)\s*(>?)").match(self.raw, begin)
        if match is None or not match.group(2):
            raise self._refused("Unclosed end tag", begin)
        name = match.group(1).lower()
        opened = self.stack.pop()
        if name and name != opened.tag:
            raise _unparsed(
                f"Unmatched end tag at byte offset {self._bytes(begin)}, "
                f'expected "</{opened.tag}>", found "</{name}>"'
            )
        self.at = match.end()
        if self.offset > opened.offset:
            self._entity(opened)

    def _entity(self, opened: _Open) -> None:
        kind = TAGS[opened.tag]
        entity: Entity = {"type": kind, "offset": opened.offset, "length": self.offset - opened.offset}
        if kind == "text_link":
            url = opened.values.get("href") or "".join(self.text[opened.begin :])
            if not re.match(r"(?i)(https?|tg|ton)://\S+|tel:\S+|[\w-]+(\.[\w-]+)+\S*$", url):
                return  # a link that is none is dropped and its text stays
            entity["url"] = url if re.match(r"(?i)[a-z]+:", url) else f"http://{url}"
        elif kind == "custom_emoji":
            entity["custom_emoji_id"] = opened.values.get("emoji-id", "")
            if not entity["custom_emoji_id"].isdigit():
                raise bad_request("can't parse entities: Invalid custom emoji identifier specified")
        elif kind == "date_time":
            entity["unix_time"] = int(opened.values.get("unix", "0") or 0)
        elif kind == "blockquote" and "expandable" in opened.values:
            entity["type"] = "expandable_blockquote"
        elif kind == "code" and opened.values.get("class", "").startswith("language-"):
            entity["language"] = opened.values["class"].removeprefix("language-")
        self.entities.append(entity)

    def _bytes(self, position: int) -> int:
        return len(self.raw[:position].encode("utf-8", "surrogatepass"))

    def _refused(self, reason: str, position: int) -> Refused:
        return _unparsed(f"{reason} at byte offset {self._bytes(position)}")


def _unparsed(reason: str) -> Refused:
    return bad_request(f"can't parse entities: {reason}")


def _without_nested_code(entities: list[Entity]) -> list[Entity]:
    """`pre` and `code` hold nothing else; `pre` around `code` with a language is one block of that language."""
    kept: list[Entity] = []
    solid_end = -1
    for entity in entities:
        if entity["offset"] < solid_end:
            if entity["type"] == "code" and "language" in entity and kept[-1]["type"] == "pre":
                kept[-1]["language"] = entity["language"]
            continue
        kept.append(entity)
        if entity["type"] in {"pre", "code"}:
            solid_end = entity["offset"] + entity["length"]
    for entity in kept:
        if entity["type"] == "code":
            entity.pop("language", None)
    return kept
