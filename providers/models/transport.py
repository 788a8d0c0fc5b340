"""The HTTP transport that both SDKs are given: what comes over it is capped, and only known headers leave.

Decisions: the cap sits below both SDKs, in the transport, so that an endless line or a 50 MB answer cannot
fill memory whoever reads it. Compressed answers are not asked for and are refused: a small body could unfold
into a huge one. Redirects are not followed, because they would carry the question to an address nobody set.
Proxies of the environment are not used: only settings decide where a question goes, and by which proxy
(PROXY_URL). The SDKs also read headers and account names from the environment (OPENAI_CUSTOM_HEADERS,
OPENAI_ORG_ID, …) and would send them to whatever service is asked: only known headers leave.
"""

import ssl
from collections.abc import AsyncIterator
from functools import partial

import httpx2

from providers.http.addresses import DEFAULT_PORTS, Addresses
from providers.models.services import Target

# An event of a stream costs some 300 bytes of JSON per token: 32,000 tokens with as many of reasoning are 20
# MB.
WIRE_LIMIT = 40_000_000
# One event holds a few words, or at most the whole of a long answer.
EVENT_LIMIT = 4_000_000
# Refusals are read for their sentence only; services send a few hundred bytes.
REFUSAL_LIMIT = 200_000


# What a question needs. Anything else that an SDK adds was not decided by the settings.
# The SDKs mark their own calls with `x-stainless-…` and read the marks again when the answer is there.
SENT = frozenset({
    "host", "connection", "content-length", "content-type", "transfer-encoding", "accept",
    "accept-encoding", "user-agent", "authorization", "x-api-key", "anthropic-version",
})  # fmt: skip


# A connection is not used again: between two answers of a minute a server may have closed it, which is
# noticed only when the next question is lost. A new one costs a tenth of a second.
FRESH = httpx2.Limits(max_keepalive_connections=0)


class TooLargeError(Exception):
    """The answer is larger than any answer can be."""


class UnreadableError(Exception):
    """The bytes are no answer of a model service; the message completes "it sent …"."""


class _CappedStream(httpx2.AsyncByteStream):
    def __init__(self, inner: httpx2.AsyncByteStream, limit: int, *, cut: bool) -> None:
        self._inner = inner
        self._limit = limit
        self._cut = cut

    async def __aiter__(self) -> AsyncIterator[bytes]:
        left, line = self._limit, 0
        async for chunk in self._inner:
            left -= len(chunk)
            # What has come since the last line ended: the SDKs keep a line until it is whole.
            line = len(chunk) - chunk.rfind(b"\n") - 1 if b"\n" in chunk else line + len(chunk)
            if left < 0 or line > EVENT_LIMIT:
                if self._cut:
                    return
                raise TooLargeError
            yield chunk

    async def aclose(self) -> None:
        await self._inner.aclose()


class CappedTransport(httpx2.AsyncBaseTransport):
    """Passes requests on and bounds what comes back: answers by an error, refusals by cutting them short."""

    def __init__(self, inner: httpx2.AsyncBaseTransport) -> None:
        self._inner = inner

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        for name in {*request.headers.keys()} - SENT:
            if not name.startswith("x-stainless-"):
                del request.headers[name]
        response = await self._inner.handle_async_request(request)
        stream = response.stream
        if not isinstance(stream, httpx2.AsyncByteStream):
            raise UnreadableError("a body that cannot be read as a stream")
        if response.headers.get("content-encoding", "identity").lower() not in {"", "identity"}:
            await response.aclose()
            raise UnreadableError("a compressed answer, although none was asked for")
        refused = response.status_code >= 300
        response.stream = _CappedStream(stream, REFUSAL_LIMIT if refused else WIRE_LIMIT, cut=refused)
        return response

    async def aclose(self) -> None:
        await self._inner.aclose()


class _Way(httpx2.AsyncBaseTransport):
    """To one address: through the proxy of the settings, or directly where there is none or it is in the
    house."""

    def __init__(self, address: str, proxy: str | None) -> None:
        self._addresses = Addresses([address])
        verify = _trust(address)
        way = partial(httpx2.AsyncHTTPTransport, verify=verify, trust_env=False, limits=FRESH)
        self._direct = way()
        self._proxied = proxy and way(proxy=proxy)

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        port = request.url.port or DEFAULT_PORTS[request.url.scheme]
        if self._proxied and not await self._addresses.in_the_house(request.url.host, port):
            return await self._proxied.handle_async_request(request)
        return await self._direct.handle_async_request(request)

    async def aclose(self) -> None:
        await self._direct.aclose()
        if self._proxied:
            await self._proxied.aclose()


def open_client(target: Target, transport: httpx2.AsyncBaseTransport | None = None) -> httpx2.AsyncClient:
    """The HTTP client that both SDKs are given. `transport` replaces the network in tests."""
    return httpx2.AsyncClient(
        transport=CappedTransport(transport or _Way(target.address, target.proxy)),
        headers={"accept-encoding": "identity"},
        follow_redirects=False,
        trust_env=False,
        # Silence may last as long as the deadline allows (models think); only connecting is bounded here.
        timeout=httpx2.Timeout(None, connect=10.0),
    )


def _trust(address: str) -> ssl.SSLContext | bool:
    """The system's trust store; for a plain address one that trusts nobody, which saves 30 ms."""
    return True if address.startswith("https://") else ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
