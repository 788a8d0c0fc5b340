"""The one egress door: a GET, or a POST where a host takes no other, bounded in time and size.

Gives the body as bytes with its status, or `SourceFailed` in one sentence.

Refuses: compressed bodies (a few hundred bytes can unpack to gigabytes, and httpx unpacks before it counts),
bodies over the cap, more than five redirects, redirects from https to http, hosts that content may not lead
to (see addresses). Decisions: the deadline covers the whole exchange with its redirects but not the wait for
a turn; redirects are followed here and not by httpx, so that each hop is checked and no private header
travels to another host, unless the caller accepts redirects as answers; cookies are shown to the caller and
not kept; the environment's proxies are not used, PROXY_URL is. A status that the caller did not accept is a
failure, so no block page is read.

Kept libraries looked into and left: hishel caches by the hosts' own headers, which forbid it for most of what
is asked twice here, and has no bound in bytes; aiolimiter lets bursts through, where hosts count within any
second, and knows no rest.
"""

import asyncio
import http.cookiejar
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import httpx

from core.base.errors import SourceFailed
from providers.http.addresses import Addresses, AddressRefused, CheckedTransport, certificates
from providers.http.cache import ResponseCache
from providers.http.terms import Free, Gate, Terms

DEFAULT_CAP = 8_000_000
DEFAULT_DEADLINE = 20.0
MAX_REDIRECTS = 5
# Enough of a refusing page to find the rule in it.
REFUSAL_CAP = 100_000
USER_AGENT = "Mozilla/5.0 (compatible; Condorcet/0.1; private portfolio reader)"

# Statuses where asking again without a change is pointless; all others may pass by themselves.
PERMANENT = frozenset({400, 401, 403, 404, 405, 406, 410, 414, 451})
REDIRECTS = frozenset({301, 302, 303, 307, 308})

Headers = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """An answer. `headers` have lower-case names; `url` is where the body came from after redirects;
    `cookies` are those that it set, each as name=value; `cached` says that the host was not asked, or that it
    confirmed what we had."""

    status: int
    headers: Headers
    body: bytes
    url: str
    cookies: tuple[str, ...] = ()
    cached: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Question:
    """What stays the same over all hops of one question. `name` is for people."""

    name: str
    cap: int
    deadline: float
    accept: frozenset[int]
    post: bytes | None


class Fetcher:
    """The client. `trusted` are addresses of the settings: only their hosts may be private. One per process,
    so that `terms` hold over all tasks. `cache` remembers answers; without it every call asks the host.
    `proxy` is PROXY_URL."""

    def __init__(
        self,
        *,
        trusted: Iterable[str] = (),
        terms: Iterable[Terms] = (),
        cache: ResponseCache | None = None,
        addresses: Addresses | None = None,
        user_agent: str = USER_AGENT,
        proxy: str | None = None,
    ) -> None:
        self._proxy = proxy
        self._addresses = addresses if addresses is not None else Addresses(trusted)
        self._gates = tuple(Gate(each) for each in terms)
        self._cache = cache or ResponseCache(size=0)  # which keeps nothing
        self._free = Free(Terms(addresses=(), per_second=1, user_agent=user_agent, refusing=frozenset()))
        self._client: httpx.AsyncClient | None = None
        self._opening = asyncio.Lock()

    async def __aenter__(self) -> "Fetcher":
        return self

    async def __aexit__(self, *_exception: object) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        if self._client is not None:
            await self._client.aclose()
            self._client = None

    async def get(
        self,
        url: str,
        *,
        source: str | None = None,
        headers: Headers | None = None,
        cap: int = DEFAULT_CAP,
        deadline: float = DEFAULT_DEADLINE,
        fresh_for: float = 0.0,
        accept: frozenset[int] | tuple[int, ...] = (200,),
        post: bytes | None = None,
    ) -> Fetched:
        """The answer to a GET, or to a POST of `post`: a question that is too long for an address, which is
        not followed anywhere else. `source` is the name for people (default: the host); `cap` in bytes,
        `deadline` in seconds; an answer younger than `fresh_for` seconds is taken from the cache. Raises
        SourceFailed."""
        key = url if not headers and post is None else f"{url}\n{sorted((headers or {}).items())}\n{post!r}"
        kept = self._cache.find(key)
        if kept is not None and self._cache.age(kept) < fresh_for:
            return Fetched(status=200, headers=kept.headers, body=kept.body, url=kept.url, cached=True)
        wanted = {**(headers or {}), **(_conditions_of(kept.headers) if kept is not None else {})}
        try:
            target = httpx.URL(url)
        except (httpx.InvalidURL, ValueError) as error:
            who = source or "A source"
            raise _failed(who, "has an address that cannot be read", permanent=True) from error
        name = source or target.host or "address"
        asked = _Question(name=name, cap=cap, deadline=deadline, accept=frozenset(accept), post=post)
        answer = await self._walk(target, asked, wanted)
        if answer.status == 304 and kept is not None:
            self._cache.confirm(key, kept)
            return Fetched(status=200, headers=kept.headers, body=kept.body, url=kept.url, cached=True)
        if answer.status == 200 and (fresh_for > 0 or _conditions_of(answer.headers)):
            self._cache.keep(key, headers=answer.headers, body=answer.body, url=answer.url)
        return answer

    async def _walk(self, target: httpx.URL, asked: _Question, headers: Headers) -> Fetched:
        left, name = asked.deadline, asked.name
        loop = asyncio.get_running_loop()
        client = await self._open()
        for _hop in range(MAX_REDIRECTS + 1):
            if target.scheme not in {"http", "https"} or not target.host:
                raise _failed(name, "has an address that is not http or https", permanent=True)
            gate = next((gate for gate in self._gates if gate.terms.hold_for(str(target))), self._free)
            turn = await gate.enter(name)
            started = loop.time()
            answer = await self._ask(client, target, asked, headers, left, gate, turn)
            left -= loop.time() - started
            if answer.status not in REDIRECTS or answer.status in asked.accept:
                break
            if asked.post is not None:
                raise _failed(name, "redirected a question that was sent to it", permanent=True)
            following = _following(target, answer, name)
            if following.host != target.host:
                headers = {}
            target = following
        else:
            raise _failed(name, f"redirected more than {MAX_REDIRECTS} times", permanent=False)
        conditional = "if-none-match" in headers or "if-modified-since" in headers
        if answer.status in asked.accept or (answer.status == 304 and conditional):
            return answer
        raise _failed(name, f"answered {answer.status}", permanent=answer.status in PERMANENT)

    async def _ask(
        self,
        client: httpx.AsyncClient,
        target: httpx.URL,
        asked: _Question,
        headers: Headers,
        left: float,
        gate: Gate,
        turn: int,
    ) -> Fetched:
        name = asked.name
        sent = {"user-agent": gate.terms.user_agent, "accept-encoding": "identity", **headers}
        try:
            async with asyncio.timeout(max(left, 0.0)):
                answer = await _exchange(client, target, asked, sent, gate, turn)
        except TimeoutError as error:
            gate.silent("it did not answer in time")
            late = f"did not answer within {asked.deadline:g} seconds"
            raise _failed(name, late, permanent=False) from error
        except AddressRefused as error:
            raise _failed(name, f"was not asked: {error}", permanent=True) from error
        except httpx.TransportError as error:
            gate.silent("it could not be reached")
            raise _failed(name, _told(error), permanent=False) from error
        except (httpx.InvalidURL, httpx.StreamError, UnicodeError) as error:
            raise _failed(name, "has an address or answer that cannot be read", permanent=True) from error
        finally:
            gate.sent(turn)
        gate.answered()
        if answer.status in gate.terms.refusing:
            refusal = gate.terms.refusal(answer.status, answer.body)
            if refusal.rests:
                gate.refused(refusal)
            raise _failed(name, f"refused the request: {refusal.rule}", permanent=refusal.permanent)
        return answer

    async def _open(self) -> httpx.AsyncClient:
        # Before the turn and off the loop: the first TLS context takes long enough to blur the spacing and
        # hold up answers.
        async with self._opening:
            if self._client is None:
                await asyncio.to_thread(certificates)
                self._client = httpx.AsyncClient(
                    transport=CheckedTransport(self._addresses, proxy=self._proxy),
                    timeout=httpx.Timeout(30.0, connect=10.0, pool=None),
                    trust_env=False,
                )
                jar = self._client.cookies.jar
                jar.set_policy(http.cookiejar.DefaultCookiePolicy(allowed_domains=[]))
        return self._client


async def _exchange(
    client: httpx.AsyncClient, target: httpx.URL, asked: _Question, headers: Headers, gate: Gate, turn: int
) -> Fetched:
    method, extensions = "GET" if asked.post is None else "POST", gate.tracing(turn)
    sent = client.stream(method, target, headers=headers, content=asked.post, extensions=extensions)
    async with sent as response:
        found = {key.lower(): value for key, value in response.headers.items()}
        status = response.status_code
        if status == 200:
            body = await _capped(response, found, asked.name, asked.cap)
        elif status in gate.terms.refusing:
            body = await _head(response, REFUSAL_CAP)
        elif status in REDIRECTS:
            body = b""
        else:
            body = await _head(response, min(asked.cap, REFUSAL_CAP))
        cookies = response.headers.get_list("set-cookie")
    return Fetched(
        status=status,
        headers=found,
        body=body,
        url=str(target),
        cookies=tuple(cookie.partition(";")[0].strip() for cookie in cookies),
    )


async def _capped(response: httpx.Response, headers: Headers, name: str, cap: int) -> bytes:
    coding = headers.get("content-encoding", "identity").strip().lower()
    if coding not in {"", "identity"}:
        raise _failed(
            name, f"sent a compressed body ({coding[:20]}) although none was asked for", permanent=True
        )
    length = headers.get("content-length", "")
    if length.isascii() and length.isdigit() and int(length[:15]) > cap:
        raise _failed(name, f"sent more than {cap:,} bytes", permanent=True)
    parts: list[bytes] = []
    size = 0
    async for part in response.aiter_raw():
        size += len(part)
        if size > cap:
            raise _failed(name, f"sent more than {cap:,} bytes", permanent=True)
        parts.append(part)
    return b"".join(parts)


async def _head(response: httpx.Response, cap: int) -> bytes:
    """The beginning of a body that is only looked into for a reason; raw, so never unpacked."""
    head = b""
    async for part in response.aiter_raw():
        head += part
        if len(head) >= cap:
            break
    return head[:cap]


def _following(target: httpx.URL, answer: Fetched, name: str) -> httpx.URL:
    location = answer.headers.get("location", "")
    try:
        following = target.join(location)
    except (httpx.InvalidURL, ValueError) as error:
        raise _failed(name, "redirected to an address that cannot be read", permanent=True) from error
    if not location or (target.scheme == "https" and following.scheme != "https"):
        raise _failed(name, "redirected to an address that is not protected", permanent=True)
    return following


def _conditions_of(headers: Headers) -> dict[str, str]:
    wanted = {"if-none-match": headers.get("etag", ""), "if-modified-since": headers.get("last-modified", "")}
    return {key: value for key, value in wanted.items() if value}


def _told(error: httpx.TransportError) -> str:
    if isinstance(error, httpx.TimeoutException):
        return "did not answer in time"
    if isinstance(error, httpx.ConnectError):
        return "could not be reached"
    return "broke off or sent an answer that is not HTTP"


def _failed(name: str, what: str, *, permanent: bool) -> SourceFailed:
    return SourceFailed(f"{name} {what}.", source=name, permanent=permanent)
