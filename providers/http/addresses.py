"""Which addresses may be reached: hosts of the settings anywhere, every other host only on the public
internet.

Refuses a host of content or of a redirect when any of its addresses is not global, and connects to the very
address that was checked, so that a second look-up cannot turn a checked name into a private one. Decisions: a
host of the settings is host and port together (a local model on port 11434 vouches for nothing else on that
machine). Public is what the registries have given out, not what the standard library fails to call private:
of IPv6 the one block for global unicast, less the parts that stand for other addresses. A host that ends in a
number must be an address as people write it (no hex, no octal).

With a proxy (PROXY_URL) every connection goes through it, by the checked address too; only hosts of the
settings that are in the house (their addresses all private) are reached directly. The environment's proxies
are never used.
"""

import asyncio
import ipaddress
import re
import socket
import ssl
from collections.abc import Awaitable, Callable, Iterable
from functools import cache
from typing import Any

import httpcore
import httpx

Resolver = Callable[[str, int], Awaitable[tuple[str, ...]]]
DEFAULT_PORTS = {"http": 80, "https": 443}

GLOBAL_UNICAST = ipaddress.ip_network("2000::/3")
# Blocks that stand for other addresses, or for no host at all; the library's own list differs by its version.
SPECIAL = tuple(
    ipaddress.ip_network(block)
    for block in (
        "192.0.0.0/24",  # protocol assignments
        "192.88.99.0/24",  # relays of 6to4
        "198.18.0.0/15",  # benchmarks
        "100.64.0.0/10",  # carriers' own
        "2001::/23",  # Teredo and other protocol assignments
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4: bits 16 to 48 are an IPv4 address
        "3fff::/20",  # documentation
    )
)
# How a host ends that a resolver would take for an address: 127.1, 0x7f000001, 017700000001.
ENDS_IN_NUMBER = re.compile(r"(?:^|\.)(?:[0-9]+|0[xX][0-9a-fA-F]*)\.?$")


class AddressRefused(Exception):
    """The host leads to an address that content may not lead to. `str(error)` says which."""


def is_public(address: str) -> bool:
    """Whether `address` (an IP literal, with or without a zone index) lies on the public internet."""
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped is not None:
            return is_public(str(parsed.ipv4_mapped))
        if parsed not in GLOBAL_UNICAST:
            return False
    special = any(parsed in block for block in SPECIAL if block.version == parsed.version)
    return parsed.is_global and not parsed.is_multicast and not special


def _is_literal(host: str) -> bool:
    try:
        ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return True


async def resolve(host: str, port: int) -> tuple[str, ...]:
    """All addresses of `host` in the order the system prefers. Raises OSError when there is none."""
    try:
        rows = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except UnicodeError as error:
        raise OSError("the host name cannot be a host name") from error
    return tuple(dict.fromkeys(str(row[4][0]) for row in rows))


class Addresses:
    """The policy. `trusted` are addresses (http://host:port/…) that stand in the settings of the owner."""

    def __init__(self, trusted: Iterable[str] = (), *, resolver: Resolver = resolve) -> None:
        self._trusted = frozenset(_origin(httpx.URL(address)) for address in trusted)
        self._resolver = resolver

    def trusts(self, host: str, port: int) -> bool:
        return (host.lower(), port) in self._trusted

    async def checked(self, host: str, port: int) -> tuple[str, ...]:
        """What to connect to: the host itself when trusted, else its addresses, all of them public."""
        if self.trusts(host, port):
            return (host,)
        if ENDS_IN_NUMBER.search(host) and not _is_literal(host):
            raise AddressRefused(f"{host} is a number that stands for an address")
        found = await self._resolver(host, port)
        private = [address for address in found if not is_public(address)]
        if private or not found:
            raise AddressRefused(f"{host} leads to an address that is not public")
        return found

    async def in_the_house(self, host: str, port: int) -> bool:
        """Whether this is a host of the settings with private addresses alone, beyond any proxy's reach."""
        if not self.trusts(host, port):
            return False
        try:
            found = await self._resolver(host, port)
        except OSError:
            return False
        return bool(found) and not any(is_public(address) for address in found)


def _origin(url: httpx.URL) -> tuple[str, int]:
    return url.host.lower(), url.port or DEFAULT_PORTS.get(url.scheme, 0)


class _CheckedBackend(httpcore.AsyncNetworkBackend):
    """Opens connections to checked addresses only."""

    def __init__(self, addresses: Addresses) -> None:
        self._addresses = addresses
        self._plain = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        try:
            candidates = await self._addresses.checked(host, port)
        except OSError as error:
            raise httpcore.ConnectError(f"the name {host} could not be resolved") from error
        failure: Exception = httpcore.ConnectError("no address")
        for candidate in candidates:
            try:
                return await self._plain.connect_tcp(candidate, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure

    async def sleep(self, seconds: float) -> None:
        await self._plain.sleep(seconds)


@cache
def certificates() -> ssl.SSLContext:
    """The certificate authorities that ship with the client, read once: reading them takes 30 ms."""
    return httpx.create_ssl_context(trust_env=False)


class CheckedTransport(httpx.AsyncHTTPTransport):
    """httpx's own transport whose pool connects through the policy, or through the proxy of the settings."""

    def __init__(self, addresses: Addresses, *, proxy: str | None = None) -> None:
        context = certificates()
        super().__init__(verify=context, trust_env=False)
        self._addresses = addresses
        self._proxy = (
            None if proxy is None else httpx.AsyncHTTPTransport(verify=context, trust_env=False, proxy=proxy)
        )
        # httpx offers no argument for the network backend; its transport only ever talks to this pool.
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=context,
            # No common bound: each source bounds its own, and a slow one must not take the others' places.
            max_connections=None,
            max_keepalive_connections=20,
            keepalive_expiry=15.0,
            network_backend=_CheckedBackend(addresses),
        )

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        host, port = _origin(request.url)
        if self._proxy is None or await self._addresses.in_the_house(host, port):
            return await super().handle_async_request(request)
        try:
            target = (await self._addresses.checked(host, port))[0]
        except OSError as error:
            raise httpx.ConnectError(f"the name {host} could not be resolved") from error
        if target != host:
            # The proxy connects to the very address that was checked; name and certificate stay those of the
            # host.
            request.extensions = {**request.extensions, "sni_hostname": host}
            request.url = request.url.copy_with(host=target)
        return await self._proxy.handle_async_request(request)

    async def aclose(self) -> None:
        await super().aclose()
        if self._proxy is not None:
            await self._proxy.aclose()
