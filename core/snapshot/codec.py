"""Snapshot ⇄ canonical JSON with its digest. A file that was edited, cut or made by another version is
refused, never repaired.
"""

import json
from typing import Any

from core.base.canonical import digest, dumps, loads, plain
from core.base.errors import BadRequest
from core.snapshot.model import SNAPSHOT_VERSION, Snapshot


def snapshot_digest(snapshot: Snapshot) -> str:
    """SHA-256 over the snapshot's canonical JSON: same inputs, same digest, on any machine."""
    return digest(dumps(snapshot))


def encode(snapshot: Snapshot) -> str:
    """The text of a snapshot file: one JSON object with `digest` and `snapshot`."""
    return dumps({"digest": snapshot_digest(snapshot), "snapshot": plain(snapshot)})


def decode(text: str, *, origin: str) -> Snapshot:
    """Reads what `encode` wrote. Raises BadRequest naming `origin` when it is no snapshot, was edited, or is
    of another version.
    """
    try:
        data: Any = json.loads(text, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise BadRequest(
            f"{origin} is not a snapshot: it is not JSON. Make one with `analyze --save-snapshot FILE`."
        ) from error
    if (
        not isinstance(data, dict)
        or set(data) != {"digest", "snapshot"}
        or not isinstance(data["snapshot"], dict)
    ):
        raise BadRequest(f"{origin} is not a snapshot: it lacks `digest` and `snapshot`.")
    version = data["snapshot"].get("version")
    if version != SNAPSHOT_VERSION:
        raise BadRequest(
            f"{origin} is a snapshot of version {version!r}; this program reads version {SNAPSHOT_VERSION}. "
            "Make a new one."
        )
    if digest(dumps(data["snapshot"])) != data["digest"]:
        raise BadRequest(
            f"{origin} was changed after it was frozen: its content does not match its digest. It is refused."
        )
    snapshot = loads(Snapshot, dumps(data["snapshot"]), what=origin)
    if snapshot_digest(snapshot) != data["digest"]:
        raise BadRequest(f"{origin} holds values that this program would write differently. It is refused.")
    return snapshot


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is not JSON")
