"""From a service's refusal to one clear sentence: which cause it is, and whether asking again can help. The
table of how services say it is `refusals.toml`."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from core.base.errors import ModelFailed
from providers.models.services import Target, table


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One way to refuse (`failure` in the table)."""

    cause: str
    permanent: bool
    sentence: str
    reason: str
    example: tuple[int, str]
    other: tuple[int, str]
    statuses: tuple[int, ...] = ()
    kind: int = 0
    wait: float | None = None
    words: str = ""

    def fits(self, status: int, said: str) -> bool:
        """Whether a status and everything that was said with it are of this row."""
        if (self.statuses and status not in self.statuses) or (self.kind and status // 100 != self.kind):
            return False
        return re.search(self.words, said, re.IGNORECASE) is not None


ROWS: tuple[Row, ...] = tuple(Row(**row) for row in table("refusals.toml")["failure"])

# Beyond this a header is not a wait but a mistake; the ballot's deadline is shorter anyway.
LONGEST_WAIT_S = 86_400.0
SAID_LIMIT = 200


def failed(target: Target, status: int, body: object, headers: Mapping[str, str]) -> ModelFailed:
    """The failure for a refusal. `body` as decoded JSON or text; the key is never repeated."""
    row, wait, said = _row(status, body), retry_after(headers), redacted(message(body), target.secret)
    sentence = row.sentence.format(
        service=target.service.title, model=target.model, address=target.shown_address, status=status
    )
    if wait is not None and not row.permanent:
        sentence += f" It asked to wait {wait:g} seconds."
    if said:
        sentence += f" It said: {said}"
    return ModelFailed(
        sentence,
        source=target.label,
        cause=row.cause,
        permanent=row.permanent,
        retry_after=row.wait if wait is None else wait,
    )


def cause_of(status: int, body: object) -> str:
    """The cause of a refusal, one of the table's."""
    return _row(status, body).cause


def _row(status: int, body: object) -> Row:
    whole = body if isinstance(body, str) else json.dumps(body, ensure_ascii=False, default=str)
    said = f"{message(body)} {whole}"
    return next(row for row in ROWS if row.fits(status, said))


def message(body: object) -> str:
    """The sentence in an error body, in the known shapes (Gemini sends a list, vLLM a `detail`)."""
    if isinstance(body, list) and body:
        return message(body[0])
    if isinstance(body, Mapping) and "detail" in body and "error" not in body:
        return _detail(body["detail"])
    if isinstance(body, Mapping):
        inner = body.get("error", body)
        if isinstance(inner, Mapping):
            metadata = inner.get("metadata")
            raw = metadata.get("raw") if isinstance(metadata, Mapping) else None
            parts = [inner.get("message"), raw]
            return " ".join(part for part in parts if isinstance(part, str))
        return inner if isinstance(inner, str) else ""
    if isinstance(body, str):
        return "a web page" if body.lstrip().startswith("<") else body
    return ""


def _detail(detail: object) -> str:
    """What a validating server says: words, or a list of places (`loc`) with what is wrong there (`msg`)."""
    rows = detail if isinstance(detail, list) else [detail]
    said = []
    for row in rows[:5]:
        if isinstance(row, Mapping):
            place = row.get("loc")
            named = ".".join(str(part) for part in place) if isinstance(place, list) else ""
            said.append(f"{named}: {row.get('msg', '')}")
        elif isinstance(row, str):
            said.append(row)
    return " ".join(said)


def redacted(text: str, secret: str) -> str:
    """One short line without the key, or what services print of it."""
    plain = " ".join(text.split())
    if secret:
        plain = plain.replace(secret, "[key]")
    plain = re.sub(r"\b(sk|key|AIza)[-_A-Za-z0-9*]{8,}", "[key]", plain)
    plain = "".join(letter for letter in plain if letter.isprintable())
    return plain if len(plain) <= SAID_LIMIT else plain[:SAID_LIMIT].rstrip() + "…"


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds to wait as the headers say, or None. A date counts from the response's own Date header. Without
    one it counts from our clock, which may be wrong: a moment that has passed by that says nothing."""
    for name, scale in (("retry-after-ms", 1000.0), ("retry-after", 1.0)):
        value = headers.get(name, "").strip()
        if re.fullmatch(r"[0-9]{1,12}(\.[0-9]{1,6})?", value):
            return min(float(value) / scale, LONGEST_WAIT_S)
    try:
        until = parsedate_to_datetime(headers.get("retry-after", ""))
        said = headers.get("date")
        seconds = (until - (parsedate_to_datetime(said) if said else datetime.now(UTC))).total_seconds()
    except (ValueError, TypeError):
        return None
    if said is None and seconds <= 0:
        return None
    return min(max(0.0, seconds), LONGEST_WAIT_S)
