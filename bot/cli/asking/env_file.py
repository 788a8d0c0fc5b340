"""The settings file: the example with its comments in order, and the values. Written whole or not at all,
mode 0600.

Decision: a value is quoted only where it must be, because other programs that read such files take quotes
literally.
"""

import os
import re
import secrets
from collections.abc import Mapping
from pathlib import Path

from core.base.errors import BadRequest

# In a checkout the file at the top; installed, the copy that the wheel carries beside this module.
_PLACES = (Path(__file__).resolve().parents[3] / ".env.example", Path(__file__).with_name("example.env"))
EXAMPLE = next((place for place in _PLACES if place.exists()), _PLACES[0])
_PLAIN = re.compile(r"[A-Za-z0-9_@%+=:,./~^*?&!-]*")
_SETTING = re.compile(r"([A-Z][A-Z0-9_]*)=(.*)")


def composed(example: str, values: Mapping[str, str]) -> str:
    """The example's text with `values` in place of its own, by name. Raises BadRequest for a value of several
    lines."""
    lines = []
    for line in example.splitlines():
        found = _SETTING.fullmatch(line)
        if found is not None and found[1] in values:
            line = f"{found[1]}={_written(found[1], values[found[1]])}"
        lines.append(line)
    return "\n".join(lines) + "\n"


def _written(name: str, value: str) -> str:
    if not value.isprintable():
        raise BadRequest(f"{name} holds a line break or another control character, which no setting may.")
    if _PLAIN.fullmatch(value):
        return value
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"


def example_text() -> str:
    """The shipped example. Raises BadRequest when it is not beside the program."""
    try:
        return EXAMPLE.read_text(encoding="utf-8")
    except OSError as error:
        raise BadRequest(f"{EXAMPLE} is missing: it is the pattern of the settings file.") from error


def check_place(env_file: Path) -> None:
    """Raises BadRequest when the file could not be written: better before the questions than after them."""
    folder = env_file.resolve().parent
    if not os.access(folder, os.W_OK) or env_file.is_dir():
        raise BadRequest(f"{env_file} cannot be written in {folder}: run this in a folder of your own.")


def write(env_file: Path, text: str) -> Path | None:
    """Writes the file, keeping the former one beside it, and returns where that is. Raises BadRequest."""
    # A link stays a link: what it leads to is replaced.
    target = env_file.resolve()
    try:
        backup = None
        if target.exists():
            backup = target.with_name(target.name + ".bak")
            _replace(backup, target.read_bytes())
        _replace(target, text.encode())
    except OSError as error:
        raise BadRequest(
            f"{env_file} could not be written ({error.strerror}). The former one is untouched."
        ) from error
    return backup


def _replace(path: Path, content: bytes) -> None:
    """All of `content` under `path`, or what stood there before. Nobody but the owner may read it at any
    moment."""
    fresh = path.with_name(f"{path.name}.{secrets.token_hex(4)}.new")
    try:
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            os.fchmod(descriptor, 0o600)
            file.write(content)
            file.flush()
            os.fsync(descriptor)
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)
