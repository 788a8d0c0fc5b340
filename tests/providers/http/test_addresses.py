"""Content and redirects lead to the public internet only; hosts of the settings may be anywhere."""

import pytest

from core.base.errors import SourceFailed
from providers.http import Addresses, Fetcher
from providers.http.addresses import AddressRefused, is_public
from tests.providers.http.loopback import Loopback


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "192.168.0.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "::1",
        "fe80::1%eth0",
        "fc00::1",
        "::ffff:127.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "::ffff:0:8.8.8.8",
        "fec0::1",
        "5f00::1",
        "100::1",
        "2001:db8::1",
        "2001:0:7f00:1::1",
        "3fff::1",
        "192.0.0.8",
        "192.88.99.1",
        "198.18.0.1",
        "240.0.0.1",
        "no address",
    ],
)
def test_an_address_that_is_or_wraps_a_private_one_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1111", "2a00:1450::1", "::ffff:8.8.8.8"])
def test_a_global_address_is_public(address: str) -> None:
    assert is_public(address)


async def test_a_redirect_to_a_private_address_is_refused() -> None:
    async with Loopback() as web, Loopback() as inner, Fetcher(trusted=[web.url]) as fetcher:
        web.serve("/a", "", status=302, location=inner.url + "/admin")
        inner.serve("/admin", "secret")

        with pytest.raises(
            SourceFailed, match=r"was not asked: 127\.0\.0\.1 leads to an address that is not public"
        ):
            await fetcher.get(web.url + "/a")

        assert inner.asked == []


@pytest.mark.parametrize("host", ["127.1", "0x7f000001", "2130706433", "localhost", "[::1]", "127.0.0.1"])
async def test_every_spelling_of_loopback_is_refused(host: str) -> None:
    async with Loopback() as web, Fetcher() as fetcher:
        port = web.url.rpartition(":")[2]

        with pytest.raises(SourceFailed, match=r"not public|stands for an address") as caught:
            await fetcher.get(f"http://{host}:{port}/x")

        assert caught.value.permanent
        assert web.asked == []


async def test_a_name_that_resolves_to_a_private_address_among_public_ones_is_refused() -> None:
    async def rebinding(_host: str, _port: int) -> tuple[str, ...]:
        return ("8.8.8.8", "10.0.0.1")

    addresses = Addresses(resolver=rebinding)

    with pytest.raises(AddressRefused, match=r"feeds\.example leads to an address that is not public"):
        await addresses.checked("feeds.example", 443)


async def test_the_connection_goes_to_the_address_that_was_checked() -> None:
    looked_up: list[str] = []

    async def public(host: str, _port: int) -> tuple[str, ...]:
        looked_up.append(host)
        return ("8.8.8.8",)

    addresses = Addresses(resolver=public)

    assert await addresses.checked("feeds.example", 443) == ("8.8.8.8",)
    assert looked_up == ["feeds.example"]


async def test_a_name_without_any_address_is_a_failure() -> None:
    async def nowhere(_host: str, _port: int) -> tuple[str, ...]:
        raise OSError("no such name")

    async with Fetcher(addresses=Addresses(resolver=nowhere)) as fetcher:
        with pytest.raises(SourceFailed, match=r"The feed could not be reached\."):
            await fetcher.get("http://feeds.example/x", source="The feed")


def test_a_host_of_the_settings_vouches_for_its_own_port_only() -> None:
    addresses = Addresses(["http://127.0.0.1:11434/v1", "https://www.sec.gov"])

    assert addresses.trusts("127.0.0.1", 11434)
    assert not addresses.trusts("127.0.0.1", 80)
    assert addresses.trusts("www.SEC.gov", 443)
    assert not addresses.trusts("www.sec.gov", 80)
