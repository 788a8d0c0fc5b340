"""From a service's refusal to one clear sentence: which cause it is, and whether asking again can help.

The table is read from the top, the first row that fits counts: what the body says comes before what the
status says, because services disagree about statuses (no credit is 400, 402 or 429; a wrong key is 400, 401
or 403).
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from core.base.errors import ModelFailed


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """`words` (a pattern, searched in the body without regard to case; empty fits all) and `statuses` (empty
    fits all)."""

    cause: str
    statuses: tuple[int, ...]
    words: str
    permanent: bool
    sentence: str
    reason: str


ROWS: tuple[Row, ...] = (
    Row(cause="no_credit", statuses=(), permanent=True,
        words=r"credit balance|insufficient_quota|insufficient (credit|balance|funds)",
        sentence="{service} has no credit left for this key ({status}).",
        reason="Anthropic says it with 400, OpenAI with 429, OpenRouter with 402"),
    Row(cause="no_credit", statuses=(402,), words="", permanent=True,
        sentence="{service} has no credit left for this key ({status}).", reason="payment required"),
    Row(cause="bad_key", statuses=(400, 401, 403), permanent=True,
        words=r"api[ _-]?key|invalid_api_key|authentication_error|no auth credentials|unauthorized",
        sentence="{service} does not accept the key ({status}).", reason="Gemini says it with 400"),
    Row(cause="bad_key", statuses=(401,), words="", permanent=True,
        sentence="{service} does not accept the key ({status}).", reason="unauthorized"),
    Row(cause="forbidden", statuses=(403,), words="", permanent=True,
        sentence="{service} does not allow this key to use {model} ({status}).", reason="forbidden"),
    Row(cause="unknown_model", statuses=(400, 404, 422), permanent=True,
        words=r"model_not_found|not a valid model|unknown model|not supported model|model: "
              r"\S|model.{0,80}(not found|not exist)",
        sentence="{service} does not know the model {model} ({status}).",
        reason="the wordings of Anthropic, OpenAI, OpenRouter, Gemini, vLLM and Ollama"),
    Row(cause="wrong_address", statuses=(301, 302, 303, 307, 308, 404, 405, 410), words="", permanent=True,
        sentence="No model service answers at {address} ({status}): check MODEL_BASE_URL.",
        reason="a 404 that names no model is an address without an API"),
    Row(cause="too_long", statuses=(), permanent=True,
        words=r"exceed_context_size|exceeds the available context size|context size exceeded",
        sentence="The question is longer than the context of {model} ({status}): start the server with a "
                 "larger one.",
        reason="llama.cpp: `request (124315 tokens) exceeds the available context size (123904 tokens)`, "
               "with 400, 500 or in a"
        " stream (ggml-org/llama.cpp/pull/15780)"),
    Row(cause="memory_full", statuses=(), permanent=True,
        words=r"context size has been exceeded|kv cache is full|failed to find a memory slot|no available kv "
              r"cache",
        sentence="{service} ran out of context while it answered ({status}): fewer ballots at once "
                 "(JURY_CONCURRENCY=1), "
        "fewer slots, or a larger context.",
        reason="llama.cpp says it with 500 when several answers share one cache; asking again meets the "
               "same"),
    Row(cause="too_long", statuses=(400, 413, 422), permanent=True,
        words=r"context_length|context length|context window|prompt is too long|too many "
              r"tokens|request_too_large",
        sentence="The question is too long for {model} ({status}).",
        reason="the same question will not get shorter"),
    Row(cause="garbled", statuses=(400,), permanent=False,
        words=r"json_validate_failed|failed to generate json",
        sentence="{service} could not make the model answer in the asked form ({status}).",
        reason="a failed generation, not a refused question; another one may succeed"),
    Row(cause="too_long", statuses=(413,), words="", permanent=True,
        sentence="The question is too long for {model} ({status}).", reason="content too large"),
    Row(cause="timeout", statuses=(408, 504), words="", permanent=False,
        sentence="{service} took too long ({status}).", reason="a gateway's own deadline"),
    Row(cause="rate_limited", statuses=(429,), words="", permanent=False,
        sentence="{service} is limiting the rate of calls ({status}).", reason="passes"),
    Row(cause="overloaded", statuses=(503, 529), words="", permanent=False,
        sentence="{service} is overloaded ({status}).", reason="passes"),
    Row(cause="overloaded", statuses=(), words=r"overloaded_error|overloaded", permanent=False,
        sentence="{service} is overloaded.",
        reason="Anthropic says it in the middle of a stream, with status 200"),
    Row(cause="rate_limited", statuses=(), words=r"rate_limit_error|rate.?limit", permanent=False,
        sentence="{service} is limiting the rate of calls.", reason="the same, for the rate"),
    Row(cause="conflict", statuses=(409, 425), words="", permanent=False,
        sentence="{service} asked to try again ({status}).", reason="said to be temporary"),
    Row(cause="refused_request", statuses=tuple(range(400, 500)), words="", permanent=True,
        sentence="{service} refused the question ({status}).",
        reason="the same question will be refused again"),
    Row(cause="server_error", statuses=(), words="", permanent=False,
        sentence="{service} failed ({status}).", reason="anything else is theirs and may pass"),
)  # fmt: skip

# Beyond this a header is not a wait but a mistake; the ballot's deadline is shorter anyway.
LONGEST_WAIT_S = 86_400.0
SAID_LIMIT = 200


def failed(
    *,
    status: int,
    body: object,
    headers: Mapping[str, str],
    label: str,
    service: str,
    model: str,
    address: str,
    secret: str,
) -> ModelFailed:
    """The failure for a refusal. `body` as decoded JSON or text; `secret` is never repeated, even if the
    service does."""
    said, row = message(body), _row(status, body)
    sentence = row.sentence.format(service=service, model=model, address=address, status=status)
    wait = retry_after(headers)
    if wait is not None and not row.permanent:
        sentence += f" It asked to wait {wait:g} seconds."
    said = redacted(said, secret)
    if said:
        sentence += f" It said: {said}"
    return ModelFailed(sentence, source=label, cause=row.cause, permanent=row.permanent, retry_after=wait)


def cause_of(status: int, body: object) -> str:
    """The cause of a refusal, one of the table's."""
    return _row(status, body).cause


def _row(status: int, body: object) -> Row:
    text = f"{message(body)} {_flat(body)}"
    return next(
        row
        for row in ROWS
        if (not row.statuses or status in row.statuses)
        and (not row.words or re.search(row.words, text, re.IGNORECASE))
    )


def message(body: object) -> str:
    """The sentence in an error body, in whichever of the known shapes (Gemini sends a list of one, vLLM a
    `detail`)."""
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


def _flat(body: object) -> str:
    return body if isinstance(body, str) else json.dumps(body, ensure_ascii=False, default=str)
