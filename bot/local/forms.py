"""The parameters of one Bot API request: from the query, a form, JSON, or multipart with files; and keyboards
in them.

Values arrive as text; each reader refuses what is not of its kind, as the official server does. Unknown names
are ignored, also as there. A ninth button in a row is refused here although the official server only
documents the limit: nobody should rely on it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.message import Message as Headers
from email.parser import HeaderParser
from typing import Any
from urllib.parse import parse_qsl

from bot.local.refusals import bad_request
from bot.local.world import Button, Rows

MAX_DATA = 64  # bytes, not characters
MAX_BUTTONS = 100
MAX_IN_ROW = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file as it came; `name` is the sender's word and no path."""

    name: str
    content_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Params:
    values: dict[str, str]
    files: dict[str, Upload] = field(default_factory=dict)

    def text(self, name: str, default: str = "") -> str:
        return self.values.get(name, default)

    def integer(self, name: str, default: int = 0) -> int:
        """Anything that is no whole number counts as not given."""
        try:
            return int(self.values.get(name, default))
        except ValueError:
            return default

    def flag(self, name: str) -> bool:
        return self.values.get(name, "").lower() in {"true", "yes", "1"}

    def json(self, name: str, kind: str) -> Any:
        """The decoded value, or None when the name was not given; `kind` words the refusal."""
        raw = self.values.get(name, "")
        if not raw:
            return None
        try:
            return json.loads(raw)
        except ValueError as error:
            raise bad_request(f"can't parse {kind} JSON object") from error


def read_params(query: Mapping[str, str], content_type: str, body: bytes) -> Params:
    """Raises Refused for a body that is not what its content type says."""
    values = dict(query)
    header = Headers()
    header["Content-Type"] = content_type
    kind = header.get_content_type()
    if kind == "multipart/form-data":
        fields, files = _multipart(body, str(header.get_param("boundary", "")).encode("latin-1"))
        return Params(values | fields, files)
    if kind == "application/json" and body:
        return Params(values | _json_object(body))
    if kind == "application/x-www-form-urlencoded":
        return Params(values | dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True)))
    return Params(values)


def _json_object(body: bytes) -> dict[str, str]:
    try:
        decoded = json.loads(body)
    except ValueError as error:
        raise bad_request("can't parse request body as a JSON object") from error
    if not isinstance(decoded, dict):
        raise bad_request("can't parse request body as a JSON object")
    return {
        name: value if isinstance(value, str) else json.dumps(value)
        for name, value in decoded.items()
        if value is not None
    }


def _multipart(body: bytes, boundary: bytes) -> tuple[dict[str, str], dict[str, Upload]]:
    """Cut by hand at the boundary: the standard mail parser decodes a 50 MB file line by line."""
    if not boundary:
        raise bad_request("boundary not found")
    mark = b"--" + boundary
    fields: dict[str, str] = {}
    files: dict[str, Upload] = {}
    start = body.find(mark)
    while start >= 0:
        start += len(mark)
        end = body.find(b"\r\n" + mark, start)
        if body[start : start + 2] == b"--" or end < 0:
            break
        _read_part(body[start + 2 : end], fields, files)
        start = end + 2
    return fields, files


def _read_part(part: bytes, fields: dict[str, str], files: dict[str, Upload]) -> None:
    head, separator, content = part.partition(b"\r\n\r\n")
    if not separator:
        raise bad_request("can't parse multipart/form-data")
    headers = HeaderParser().parsestr(head.decode("utf-8", "replace"))
    name = headers.get_param("name", "", header="Content-Disposition")
    file_name = headers.get_filename()
    if file_name is None:
        fields[str(name)] = content.decode("utf-8", "replace")
        return
    files[str(name)] = Upload(
        name=file_name.replace("%22", '"'),  # the one letter that forms must escape in a name
        content_type=headers.get_content_type() if "Content-Type" in headers else "",
        content=content,
    )


def rows(params: Params) -> Rows:
    """No markup and an empty keyboard are both no rows. Raises Refused."""
    markup = params.json("reply_markup", "reply keyboard markup")
    if markup is None:
        return ()
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    keyboard = markup.get("inline_keyboard", [])  # other keyboards live at the person's side
    if not isinstance(keyboard, list) or not all(isinstance(row, list) for row in keyboard):
        raise bad_request('field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays')
    rows = tuple(tuple(_button(button) for button in row) for row in keyboard if row)
    if sum(map(len, rows)) > MAX_BUTTONS or any(len(row) > MAX_IN_ROW for row in rows):
        raise bad_request("reply markup is too long")
    return rows


def _button(raw: Any) -> Button:
    if not isinstance(raw, dict):
        raise bad_request("can't parse inline keyboard button: expected an Object")
    label, data, url = raw.get("text"), raw.get("callback_data"), raw.get("url")
    if not isinstance(label, str) or not label.strip() or not (isinstance(data, str) or isinstance(url, str)):
        raise bad_request(
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
    if isinstance(data, str) and not 1 <= len(data.encode()) <= MAX_DATA:
        raise bad_request("BUTTON_DATA_INVALID")
    if isinstance(url, str) and not url.startswith(("http://", "https://", "tg://")):
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
    return Button(label=label, data=data, url=None if data else url)
