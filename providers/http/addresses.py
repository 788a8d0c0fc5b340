"""Which addresses may be reached: hosts of the settings anywhere, every other host only on the public internet.

Refuses a host of content or of a redirect when any of its addresses is not global, and connects to the very address that
was checked, so that a second look-up cannot turn a checked name into a private one. Decisions: a host of the settings is
host and port together (a local model on port 11434 vouches for nothing else on that machine). NAT64 and 6to4 addresses
count as public in `ipaddress` but embed any IPv4 address, so they are refused.
"""

import asyncio
import ipaddress
import socket
import ssl
from collections.abc import Awaitable, Callable, Iterable
from functools import cache
from typing import Any

import httpcore
import httpx

Resolver = Callable[[str, int], Awaitable[tuple[str, ...]]]
DEFAULT_PORTS = {"http": 80, "https": 443}

# Global by the registry, yet each can stand for an address that is not.
WRAPPING_NETWORKS = (
    ipaddress.ip_network("64:ff9b::/96"),  # NAT64: the last 32 bits are an IPv4 address
    ipaddress.ip_network("64:ff9b:1::/48"),  # NAT64 for local use
    ipaddress.ip_network("2002::/16"),  # 6to4: bits 16 to 48 are an IPv4 address
)


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
        if any(parsed in network for network in WRAPPING_NETWORKS):
            return False
    return parsed.is_global and not parsed.is_multicast


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

    def trusts_url(self, url: httpx.URL) -> bool:
        return _origin(url) in self._trusted

    async def checked(self, host: str, port: int) -> tuple[str, ...]:
        """What to connect to: the host itself when trusted, else its addresses, all of them public."""
        if self.trusts(host, port):
            return (host,)
        found = await self._resolver(host, port)
        private = [address for address in found if not is_public(address)]
        if private or not found:
            raise AddressRefused(f"{host} leads to an address that is not public")
        return found


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
    """httpx's own transport whose pool connects through the policy. Environment proxies are never used."""

    def __init__(self, addresses: Addresses) -> None:
        context = certificates()
        super().__init__(verify=context, trust_env=False)
        # httpx offers no argument for the network backend; its transport only ever talks to this pool.
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=context,
            # No common bound: each source bounds its own, and a slow one must not take the others' places.
            max_connections=None,
            max_keepalive_connections=20,
            keepalive_expiry=15.0,
            network_backend=_CheckedBackend(addresses),
        )
