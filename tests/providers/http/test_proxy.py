"""PROXY_URL is the one way to a proxy: used by everything outside, by the checked address; the environment
has no say."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from core.base.errors import SourceFailed
from providers.http import Addresses, Fetcher
from tests.providers.http.loopback import Asked, Loopback, page

PUBLIC = "93.184.216.34"


async def resolver(host: str, _port: int) -> tuple[str, ...]:
    return {"example.test": (PUBLIC,), "inside.test": ("10.0.0.1",)}.get(host, (host,))


@pytest.fixture
async def proxy() -> AsyncIterator[Loopback]:
    """A forward proxy that answers everything itself, and notes what it was asked for."""

    async def answer(asked: Asked, writer: asyncio.StreamWriter) -> None:
        await page(b"by proxy")(asked, writer)

    async with Loopback(fallback=answer) as served:
        yield served


async def test_a_public_host_is_reached_by_the_proxy_at_its_checked_address(proxy: Loopback) -> None:
    async with Fetcher(addresses=Addresses(resolver=resolver), proxy=proxy.url) as fetcher:
        answer = await fetcher.get("http://example.test/a")

    assert answer.body == b"by proxy"
    (asked,) = proxy.asked
    assert (asked.path, asked.headers["host"]) == (f"http://{PUBLIC}/a", "example.test")


async def test_a_host_of_the_settings_goes_to_the_proxy_by_name_unless_it_is_in_the_house(
    proxy: Loopback,
) -> None:
    async with Loopback() as own:
        own.serve("/b", "direct")
        addresses = Addresses(["http://blocked.test", own.url], resolver=_unresolvable)
        async with Fetcher(addresses=addresses, proxy=proxy.url) as fetcher:
            outside = await fetcher.get("http://blocked.test/a")
        async with Fetcher(trusted=[own.url], proxy=proxy.url) as fetcher:
            inside = await fetcher.get(own.url + "/b")

    assert (outside.body, inside.body) == (b"by proxy", b"direct")
    assert [asked.path for asked in proxy.asked] == ["http://blocked.test/a"]


async def _unresolvable(_host: str, _port: int) -> tuple[str, ...]:
    raise OSError("no such name here")


@pytest.mark.parametrize("url", ["http://inside.test/", "http://127.0.0.1/", "http://0x7f000001/"])
async def test_what_content_may_not_reach_is_not_reached_by_the_proxy_either(
    proxy: Loopback, url: str
) -> None:
    async with Fetcher(addresses=Addresses(resolver=resolver), proxy=proxy.url) as fetcher:
        with pytest.raises(SourceFailed, match="was not asked"):
            await fetcher.get(url)

    assert proxy.asked == []


async def test_the_environment_changes_nothing(
    proxy: Loopback, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login me password secret\n")
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "all_proxy"):
        monkeypatch.setenv(name, proxy.url)
    monkeypatch.setenv("NETRC", str(netrc))
    monkeypatch.setenv("SSL_CERT_FILE", str(netrc))

    async with Loopback() as web, Fetcher(trusted=[web.url]) as fetcher:
        web.serve("/a", "direct")
        answer = await fetcher.get(web.url + "/a")

        assert answer.body == b"direct"
        assert "authorization" not in web.asked[0].headers
    assert proxy.asked == []


async def test_a_name_is_looked_up_once_so_that_it_cannot_turn_private_after_the_check(
    proxy: Loopback,
) -> None:
    answers = [("127.0.0.1",), (PUBLIC,)]

    async def turning(_host: str, _port: int) -> tuple[str, ...]:
        return answers.pop()

    async with Fetcher(addresses=Addresses(resolver=turning), proxy=proxy.url) as fetcher:
        await fetcher.get("http://turning.test/a")
        with pytest.raises(SourceFailed, match="not public"):
            await fetcher.get("http://turning.test/b")

    assert [asked.path for asked in proxy.asked] == [f"http://{PUBLIC}/a"]
