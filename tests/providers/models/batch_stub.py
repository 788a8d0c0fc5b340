"""A batch service on loopback, in the shapes of both SDKs' installed versions (no recording of a live batch
exists)."""

import json
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

ISO = "2026-11-28T10:00:00Z"
Answer = Callable[[str, dict[str, Any]], dict[str, Any] | None]
"""(wire, one question) -> its line of results without the id, or None where it is missing."""


@dataclass(slots=True, kw_only=True)
class Kept:
    """One batch at the service."""

    id: str
    questions: list[dict[str, Any]]
    metadata: dict[str, str]
    looks: int = 0
    cancelled: bool = False


@dataclass(slots=True, kw_only=True)
class BatchService:
    """`looks` until a batch has ended; `refuse` is (status, body) for every hand-in; `plain` counts standard
    questions.

    `spoil` stands before the results; `unreadable` ones end a byte early."""

    answer: Answer
    address: str = ""
    looks: int = 2
    refuse: tuple[int, Any] | None = None
    unavailable: int = 0
    created_at: str = ISO
    batches: list[Kept] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    plain: list[dict[str, Any]] = field(default_factory=list)
    foreign: list[dict[str, Any]] = field(default_factory=list)
    backwards: bool = False
    spoil: bytes = b""
    unreadable: bool = False

    def results(self, wire: str, batch: Kept) -> bytes:
        return self.spoil + b"\n".join(json.dumps(line).encode() for line in self.lines(wire, batch))

    def lines(self, wire: str, batch: Kept) -> list[dict[str, Any]]:
        found = [
            {"custom_id": one["custom_id"], **line}
            for one in batch.questions
            if (line := self.answer(wire, one)) is not None
        ]
        ordered = found[::-1] if self.backwards else found
        return [*self.foreign, *ordered]


@contextmanager
def batching(answer: Answer, **more: Any) -> Iterator[BatchService]:
    service = BatchService(answer=answer, **more)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self._answer(None)

        def do_POST(self) -> None:
            self._answer(self.rfile.read(int(self.headers.get("content-length") or 0)))

        def _answer(self, body: bytes | None) -> None:
            status, told = routed(service, self.path.partition("?")[0], body)
            raw = told if isinstance(told, bytes) else json.dumps(told).encode()
            self.send_response(status)
            stream = raw.startswith((b"data:", b"event:"))
            self.send_header("content-type", "text/event-stream" if stream else "application/json")
            cut = service.unreadable and ("/results" in self.path or "/files/out-" in self.path)
            self.send_header("content-length", str(len(raw) + cut))
            self.end_headers()
            self.wfile.write(raw)
            self.close_connection = self.close_connection or cut

        def log_message(self, *_: object) -> None:
            return None

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    service.address = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()


def routed(service: BatchService, path: str, body: bytes | None) -> tuple[int, Any]:
    found = re.search(r"batches/([^/]+)(/\w+)?$", path)
    batch = next((one for one in service.batches if found and one.id == found[1]), None)
    if service.unavailable and body is None:
        service.unavailable -= 1
        return 503, {"error": {"message": "busy"}}
    if path == "/v1/messages/batches":
        return _anthropic(service, body)
    if path.startswith("/v1/messages/batches/") and batch is not None and found is not None:
        if found[2] == "/results":
            return 200, service.results("anthropic", batch)
        _seen(batch, cancel=found[2] == "/cancel")
        return 200, _message_batch(service, batch)
    if path == "/v1/files" and body is not None:
        content = body.split(b"\r\n\r\n", 1)
        part = next(piece for piece in body.split(b"\r\n--") if b".jsonl" in piece)
        del content
        name = f"file-{len(service.files)}"
        service.files[name] = part.split(b"\r\n\r\n", 1)[1]
        return 200, {
            "id": name,
            "object": "file",
            "bytes": 1,
            "created_at": 1,
            "filename": "f",
            "purpose": "batch",
            "status": "processed",
        }
    if path.startswith("/v1/files/"):
        kept = next(one for one in service.batches if f"out-{one.id}" in path)
        return 200, service.results("openai", kept)
    if path == "/v1/batches":
        return _openai(service, body)
    if batch is not None and found is not None:
        _seen(batch, cancel=found[2] == "/cancel")
        return 200, _batch(service, batch)
    if body is not None:
        service.plain.append(json.loads(body))
        wire = "anthropic" if path.endswith("/messages") else "openai"
        line = service.answer(wire, {"custom_id": "plain", "standard": True}) or {}
        told = line["result"]["message"] if wire == "anthropic" else line["response"]["body"]
        return 200, told
    return 404, {"error": {"message": "nothing here"}}


def _seen(batch: Kept, *, cancel: bool) -> None:
    batch.looks += 1
    batch.cancelled = batch.cancelled or cancel


def _anthropic(service: BatchService, body: bytes | None) -> tuple[int, Any]:
    if body is None:
        told = [_message_batch(service, one) for one in service.batches]
        return 200, {"data": told, "has_more": False, "first_id": None, "last_id": None}
    if service.refuse is not None:
        return service.refuse
    made = Kept(id=f"msgbatch-{len(service.batches)}", questions=json.loads(body)["requests"], metadata={})
    service.batches.append(made)
    return 200, _message_batch(service, made)


def _message_batch(service: BatchService, batch: Kept) -> dict[str, Any]:
    ended = batch.looks > service.looks or batch.cancelled
    counts = dict.fromkeys(("processing", "succeeded", "errored", "canceled", "expired"), 0)
    counts["succeeded" if ended else "processing"] = len(batch.questions)
    return {"id": batch.id, "type": "message_batch", "processing_status": "ended" if ended else "in_progress",
            "request_counts": counts, "created_at": service.created_at, "expires_at": ISO,
            "ended_at": ISO if ended else None,
            "archived_at": None, "cancel_initiated_at": None,
            "results_url": "http://127.0.0.1:1/elsewhere"}  # fmt: skip


def _openai(service: BatchService, body: bytes | None) -> tuple[int, Any]:
    if body is None:
        return 200, {
            "data": [_batch(service, one) for one in service.batches],
            "object": "list",
            "has_more": False,
        }
    if service.refuse is not None:
        return service.refuse
    asked = json.loads(body)
    lines = [json.loads(line) for line in service.files[asked["input_file_id"]].splitlines() if line.strip()]
    made = Kept(id=f"batch-{len(service.batches)}", questions=lines, metadata=asked["metadata"])
    service.batches.append(made)
    return 200, _batch(service, made)


def _batch(service: BatchService, batch: Kept) -> dict[str, Any]:
    ended = batch.looks > service.looks
    state = "cancelled" if batch.cancelled else "completed" if ended else "in_progress"
    return {"id": batch.id, "object": "batch", "status": state, "completion_window": "24h", "created_at": 1,
            "endpoint": "/v1/chat/completions",
            "input_file_id": "f", "metadata": batch.metadata, "output_file_id": f"out-{batch.id}",
            "error_file_id": None}  # fmt: skip


def succeeded(wire: str, text: str, number: str) -> dict[str, Any]:
    """The line of an answer."""
    if wire == "anthropic":
        message = {"id": f"msg-{number}", "type": "message", "role": "assistant", "model": "m",
                   "stop_reason": "end_turn",
                   "content": [{"type": "text", "text": text}],
                   "usage": {"input_tokens": 2000, "output_tokens": 50, "service_tier": "batch"}}  # fmt: skip
        return {"result": {"type": "succeeded", "message": message}}
    body = {"id": f"c-{number}", "model": "m", "usage": {"prompt_tokens": 2000, "completion_tokens": 50},
            "choices": [{"index": 0, "message": {"content": text}, "finish_reason": "stop"}]}  # fmt: skip
    return {"id": "line", "response": {"status_code": 200, "request_id": "r", "body": body}, "error": None}


def lost(wire: str, kind: str) -> dict[str, Any]:
    """The line of a question without an answer: expired, canceled, or refused (with a status)."""
    if kind == "refused":
        error = {"type": "error", "error": {"type": "invalid_request_error", "message": "The schema is odd."}}
        if wire == "anthropic":
            return {"result": {"type": "errored", "error": error}}
        return {"id": "line", "response": {"status_code": 400, "body": error}, "error": None}
    if wire == "anthropic":
        return {"result": {"type": kind}}
    return {
        "id": "line",
        "response": None,
        "error": {"code": f"batch_{kind}", "message": f"This request was {kind}."},
    }
