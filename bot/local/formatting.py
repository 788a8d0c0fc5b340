"""HTML of the Bot API into plain text and entities, refused with the words and byte offsets of the official
server.

Offsets and lengths of entities count UTF-16 code units, the limits on a text count code points of the parsed
text. Decisions: only HTML is known, and of its tags those that this bot writes; what a phone would make
tappable by itself (links, names, commands, tags) is detected; past a hundred entities the rest is dropped in
silence, as there."""

import re
from dataclasses import dataclass, field
from typing import Any

from bot.local.refusals import Refused, bad_request

Entity = dict[str, Any]

MAX_ENTITIES = 100
TAGS = {
    "a": "text_link",
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "s": "strikethrough",
    "pre": "pre",
    "code": "code",
}
REFERENCES = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]{1,6})|#([0-9]{1,7})|([a-zA-Z]+));?")
# Control characters become spaces; line separators and direction overrides vanish.
CONTROLS = {**dict.fromkeys([*range(9), *range(11, 13), *range(14, 32)], " "), 13: None}
REMOVED = dict.fromkeys(range(0x2028, 0x202F))
# A host without its scheme is a link when it ends in a domain of the first level; a few stand for all.
DOMAINS = "com|org|net|me|io|gov|edu|de|fr|co|uk|eu|info|biz|xyz|app|ai|tv"
DETECTED = re.compile(
    rf"(?P<url>https?://[^\s<>\"]+[^\s<>\".,;:!?)\]}}']|(?<![\w@.-])(?:[\w-]+\.)+(?:{DOMAINS})\b(?:/[^\s<>\"]*)?)"
    r"|(?<![\w/@<>])(?P<bot_command>/[A-Za-z0-9_]{1,64}(?:@\w{3,32})?)(?![\w/<>])"
    r"|(?<![\w@])(?P<mention>@[A-Za-z]\w{2,31})"
    r"|(?<![\w#])(?P<hashtag>\#[^\W\d]\w*)"
    r"|(?<![\w$])(?P<cashtag>\$[A-Z]{1,8})\b"
)
SOLID = {"pre", "code", "text_link"}
ATTRIBUTE = re.compile(r"""\s*([^\s=>]*)\s*(?:=\s*("[^"]*"|'[^']*'|[^\s>]*))?""")


def utf16(text: str) -> int:
    """Length in UTF-16 code units, as entities count."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


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
    """The given entities and, where none of them stands, what can be tapped."""
    taken = [
        (entity["offset"], entity["offset"] + entity["length"]) for entity in given if entity["type"] in SOLID
    ]
    found: list[Entity] = []
    for match in DETECTED.finditer(text):
        start, length = utf16(text[: match.start()]), utf16(match.group())
        if any(start < end and begin < start + length for begin, end in taken):
            continue
        found.append({"type": str(match.lastgroup), "offset": start, "length": length})
    return sorted([*given, *found], key=lambda entity: (entity["offset"], -entity["length"]))


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
    address: str


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
            if self.raw.startswith("</", self.at):
                self._close()
            elif self.raw[self.at] == "<":
                self._tag()
            else:
                character, self.at = _character(self.raw, self.at)
                self.text.append(character)
                self.offset += 1 + (ord(character) > 0xFFFF)
        if self.stack:
            raise _unparsed(f'Can\'t find end tag corresponding to start tag "{self.stack[-1].tag}"')
        # Closed last is opened first: of two entities with the same span the outer one comes first.
        return "".join(self.text), self.entities[::-1]

    def _tag(self) -> None:
        begin = self.at
        # A "<" stands there, so it matches.
        name = re.compile(r"<([^\s>]*)").match(self.raw, begin)[1].lower()  # type: ignore[index]
        end = begin + 1 + len(name)
        if end >= len(self.raw):
            raise self._refused("Unclosed start tag", begin)
        if name not in TAGS:
            raise self._refused(f'Unsupported start tag "{name}"', begin)
        address = ""
        while not self.raw.startswith(">", end := _after_blanks(self.raw, end)):
            found = ATTRIBUTE.match(self.raw, end)
            if found is None or found.end() >= len(self.raw) or _open_quote(found[2] or ""):
                raise self._refused("Unclosed start tag", begin)
            if not found[1]:
                raise self._refused(f'Empty attribute name in the tag "{name}"', begin)
            if found[2] is None:
                raise self._refused(
                    f'Expected equal sign in declaration of an attribute of the tag "{name}"', begin
                )
            if found[1].lower() == "href":
                address = _decoded(found[2].strip("\"'"))
            end = found.end()
        self.at = end + 1
        self.stack.append(_Open(name, self.offset, len(self.text), address))

    def _close(self) -> None:
        begin = self.at
        if not self.stack:
            raise self._refused("Unexpected end tag", begin)
        match = re.compile(r"</([^\s>]*)\s*>").match(self.raw, begin)
        if match is None:
            raise self._refused("Unclosed end tag", begin)
        name, opened = match[1].lower(), self.stack.pop()
        if name and name != opened.tag:
            raise _unparsed(
                f"Unmatched end tag at byte offset {self._bytes(begin)}, "
                f'expected "</{opened.tag}>", found "</{name}>"'
            )
        self.at = match.end()
        entity: Entity = {
            "type": TAGS[opened.tag],
            "offset": opened.offset,
            "length": self.offset - opened.offset,
        }
        if opened.tag == "a":
            url = opened.address or "".join(self.text[opened.begin :])
            if not re.match(r"(?i)(https?|tg|ton)://\S+|tel:\S+|[\w-]+(\.[\w-]+)+\S*$", url):
                return  # a link that is none is dropped and its text stays
            entity["url"] = url if re.match(r"(?i)[a-z]+:", url) else f"http://{url}"
        if entity["length"]:
            self.entities.append(entity)

    def _bytes(self, position: int) -> int:
        return len(self.raw[:position].encode("utf-8", "surrogatepass"))

    def _refused(self, reason: str, position: int) -> Refused:
        return _unparsed(f"{reason} at byte offset {self._bytes(position)}")


def _open_quote(value: str) -> bool:
    return value[:1] in {"'", '"'} and (len(value) < 2 or value[-1] != value[0])


def _after_blanks(raw: str, at: int) -> int:
    while at < len(raw) and raw[at].isspace():
        at += 1
    return at


def _character(raw: str, at: int) -> tuple[str, int]:
    """One character and the place behind it; a reference that is not known stays as it was written."""
    match = REFERENCE.match(raw, at)
    if match is not None:
        hexadecimal, decimal, name = match.groups()
        code = int(hexadecimal, 16) if hexadecimal else int(decimal) if decimal else 0
        decoded = REFERENCES.get(name, "") if name else ""
        if 0 < code < 0x10FFFF and not 0xD800 <= code <= 0xDFFF:
            decoded = chr(code)
        if decoded:
            return decoded, match.end()
    return raw[at], at + 1


def _decoded(raw: str) -> str:
    parts, at = [], 0
    while at < len(raw):
        part, at = _character(raw, at)
        parts.append(part)
    return "".join(parts)


def _unparsed(reason: str) -> Refused:
    return bad_request(f"can't parse entities: {reason}")
