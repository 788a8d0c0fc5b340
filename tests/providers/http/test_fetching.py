"""The one HTTP client: bounded in time and size, and every failure is one sentence."""

import asyncio
import gzip
import time

import pytest

from core.base.errors import SourceFailed
from providers.http import Addresses, Fetched, Fetcher, Refusal, ResponseCache, Terms
from tests.providers.http.loopback import Asked, Loopback


async def test_a_body_arrives_as_bytes_with_status_headers_and_address() -> None:
    async with Loopback() as web, Fetcher(trusted=[web.url]) as fetcher:
        web.serve("/a?b=c", b"\xff\x00body", content_type="text/plain")

        fetched = await fetcher.get(web.url + "/a?b=c")

        assert fetched == Fetched(
            status=200,
            headers={"content-length": "6", "connection": "keep-alive", "content-type": "text/plain"},
            body=b"\xff\x00body",
            url=web.url + "/a?b=c",
        )
        assert web.asked[0].headers["accept-encoding"] == "identity"
        assert "cookie" not in web.asked[0].headers


async def test_one_byte_a_second_hits_the_deadline_of_the_whole_exchange() -> None:
    async def drip(_asked: Asked, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 X\r\ncontent-length: 100\r\n\r\n")
        while True:
            writer.write(b"x")
            await writer.drain()
            await asyncio.sleep(0.05)

    async with Loopback() as web, Fetcher(trusted=[web.url]) as fetcher:
        web.routes["/drip"] = drip
        started = time.monotonic()

        with pytest.raises(SourceFailed, match=r"The drip did not answer within 0\.3 seconds\.") as caught:
            await fetcher.get(web.url + "/drip", source="The drip", deadline=0.3)

        assert time.monotonic() - started < 1.0
        assert (caught.value.source, caught.value.permanent) == ("The drip", False)


async def test_an_endless_body_is_cut_at_the_cap() -> None:
    async def endless(_asked: Asked, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 X\r\ntransfer-encoding: chunked\r\n\r\n")
        while True:
            writer.write(b"2000\r\n" + b"x" * 0x2000 + b"\r\n")
            await writer.drain()

    async with Loopback() as web, Fetcher(trusted=[web.url]) as fetcher:
        web.routes["/endless"] = endless

        with pytest.raises(SourceFailed, match="sent more than 100,000 bytes"):
            await fetcher.get(web.url + "/endless", cap=100_000)


async def test_a_hundred_megabytes_are_refused_by_their_announced_length() -> None:
    async def announce(_asked: Asked, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 X\r\ncontent-length: 100000000\r\n\r\n")
        await writer.drain()

    async with Loopback() as web, Fetcher(trusted=[web.url]) as fetcher:
        web.routes["/large"] = announce

        with pytest.raises(SourceFailed, match="sent more than 8,000,000 bytes"):
            await fetcher.get(web.url + "/large")


@pytest.mark.parametrize("coding", ["gzip", "gzip, gzip", "br", "deflate"])
async def test_a_compressed_body_is_refused_unread(coding: str) -> None:
    bomb = gzip.compress(gzip.compress(b"0" * 1_000_000))
    async with Loopback() as web, Fetcher(trusted=[web.url]) as fetcher:
        web.serve("/bomb", bomb, content_encoding=coding)

        with pytest.raises(SourceFailed, match="sent a compressed body") as caught:
            await fetcher.get(web.url + "/bomb")

        assert caught.value.permanent


@pytest.mark.parametrize(
    ("status", "permanent"), [(404, True), (403, True), (429, False), (500, False), (503, False)]
)
async def test_a_status_that_was_not_accepted_is_a_failure(status: int, permanent: bool) -> None:
    async with Loopback() as web, Fetcher(trusted=[web.url]) as fetcher:
        web.serve("/x", "a page", status=status)

        with pytest.raises(SourceFailed, match=f"answered {status}") as caught:
            await fetcher.get(web.url + "/x")

        assert caught.value.permanent is permanent


async def test_an_accepted_status_comes_with_its_body() -> None:
    async with Loopback() as web, Fetcher(trusted=[web.url]) as fetcher:
        web.serve("/x", "no such thing", status=404)

        fetched = await fetcher.get(web.url + "/x", accept=(200, 404))

        assert (fetched.status, fetched.body) == (404, b"no such thing")


async def test_a_closed_port_and_a_broken_answer_are_sentences() -> None:
    async def garbage(_asked: Asked, writer: asyncio.StreamWriter) -> None:
        writer.write(b"\x00\x01 not HTTP at all\r\n\r\n")
        await writer.drain()
        writer.close()

    async with Loopback() as web, Fetcher(trusted=[web.url]) as fetcher:
        web.routes["/garbage"] = garbage
        closed = web.url

        with pytest.raises(SourceFailed, match=r"News broke off or sent an answer that is not HTTP\."):
            await fetcher.get(web.url + "/garbage", source="News")
    async with Fetcher(trusted=[closed]) as fetcher:
        with pytest.raises(SourceFailed, match=r"News could not be reached\."):
            await fetcher.get(closed + "/gone", source="News")


@pytest.mark.parametrize(
    "address", ["ftp://example.org/x", "http://", "not an address", "http://[", "file:///etc/passwd"]
)
async def test_an_address_that_is_not_http_is_refused(address: str) -> None:
    async with Fetcher() as fetcher:
        with pytest.raises(SourceFailed, match=r"^A feed "):
            await fetcher.get(address, source="A feed")


async def test_a_redirect_is_followed_and_the_final_address_told() -> None:
    async with Loopback() as web, Fetcher(trusted=[web.url]) as fetcher:
        web.serve("/old", "", status=301, location="/new")
        web.serve("/new", "here")

        fetched = await fetcher.get(web.url + "/old")

        assert (fetched.body, fetched.url) == (b"here", web.url + "/new")


async def test_a_circle_of_redirects_ends() -> None:
    async with Loopback() as web, Fetcher(trusted=[web.url]) as fetcher:
        web.serve("/a", "", status=302, location="/a")

        with pytest.raises(SourceFailed, match="redirected more than 5 times"):
            await fetcher.get(web.url + "/a")

        assert len(web.asked) == 6


async def test_private_headers_do_not_travel_to_another_host() -> None:
    async with Loopback() as web, Loopback() as other:
        elsewhere = other.url.replace("127.0.0.1", "localhost")
        async with Fetcher(trusted=[web.url, elsewhere]) as fetcher:
            web.serve("/a", "", status=302, location=elsewhere + "/b")
            other.serve("/b", "taken")

            await fetcher.get(web.url + "/a", headers={"x-key": "secret"})

            assert web.asked[0].headers["x-key"] == "secret"
            assert "x-key" not in other.asked[0].headers


async def test_an_unchanged_document_is_not_sent_twice() -> None:
    async def conditional(asked: Asked, writer: asyncio.StreamWriter) -> None:
        if asked.headers.get("if-none-match") == '"v1"':
            writer.write(b"HTTP/1.1 304 X\r\ncontent-length: 0\r\n\r\n")
        else:
            writer.write(b'HTTP/1.1 200 X\r\netag: "v1"\r\ncontent-length: 4\r\n\r\nbody')
        await writer.drain()

    async with Loopback() as web, Fetcher(trusted=[web.url], cache=ResponseCache()) as fetcher:
        web.routes["/doc"] = conditional

        first = await fetcher.get(web.url + "/doc")
        second = await fetcher.get(web.url + "/doc")

        assert (first.body, first.cached) == (b"body", False)
        assert (second.status, second.body, second.cached) == (200, b"body", True)
        assert [asked.headers.get("if-none-match") for asked in web.asked] == [None, '"v1"']


async def test_a_fresh_answer_costs_no_request_and_an_old_one_does() -> None:
    now = [100.0]
    cache = ResponseCache(clock=lambda: now[0])
    async with Loopback() as web, Fetcher(trusted=[web.url], cache=cache) as fetcher:
        web.serve("/doc", "one")
        await fetcher.get(web.url + "/doc", fresh_for=60)
        web.serve("/doc", "two")

        within = await fetcher.get(web.url + "/doc", fresh_for=60)
        now[0] += 61
        after = await fetcher.get(web.url + "/doc", fresh_for=60)

        assert (within.body, after.body) == (b"one", b"two")
        assert len(web.asked) == 2


def test_the_cache_forgets_the_longest_unused_first() -> None:
    cache = ResponseCache(size=250)
    bodies = {name: bytes(range(offset, offset + 100)) for name, offset in (("a", 0), ("b", 50), ("c", 100))}

    cache.keep("a", headers={}, body=bodies["a"], url="a")
    cache.keep("b", headers={}, body=bodies["b"], url="b")
    cache.find("a")
    cache.keep("c", headers={}, body=bodies["c"], url="c")

    assert cache.find("b") is None
    assert [kept.body for key in ("a", "c") if (kept := cache.find(key))] == [bodies["a"], bodies["c"]]


def test_a_body_larger_than_the_whole_cache_is_not_kept() -> None:
    cache = ResponseCache(size=10)

    cache.keep("a", headers={}, body=bytes(range(200)), url="a")

    assert cache.find("a") is None


async def test_environment_proxies_are_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:1")
    async with Loopback() as web, Fetcher(addresses=Addresses([web.url])) as fetcher:
        web.serve("/x", "direct")

        fetched = await fetcher.get(web.url + "/x")

        assert fetched.body == b"direct"


async def test_a_redirect_without_a_readable_target_is_refused() -> None:
    async with Loopback() as web, Fetcher(trusted=[web.url]) as fetcher:
        web.serve("/nowhere", "", status=302)
        web.serve("/broken", "", status=302, location="http://[")
        web.serve("/file", "", status=302, location="file:///etc/passwd")

        for path in ("/nowhere", "/broken", "/file"):
            with pytest.raises(SourceFailed):
                await fetcher.get(web.url + path)

        assert [asked.path for asked in web.asked] == ["/nowhere", "/broken", "/file"]


async def test_an_answer_that_breaks_off_in_the_middle_is_a_failure_and_not_a_short_body() -> None:
    async def half(_asked: Asked, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 X\r\ncontent-length: 100\r\n\r\nhalf")
        await writer.drain()
        writer.close()

    async with Loopback() as web, Fetcher(trusted=[web.url]) as fetcher:
        web.routes["/half"] = half

        with pytest.raises(SourceFailed, match="broke off"):
            await fetcher.get(web.url + "/half")


async def test_a_long_refusing_page_is_read_only_as_far_as_its_rule() -> None:
    seen: list[int] = []

    def refusal(_status: int, body: bytes) -> Refusal:
        seen.append(len(body))
        return Refusal(rule="because", permanent=True)

    async with Loopback() as web:
        terms = Terms(addresses=(web.url,), per_second=100, user_agent="x", refusal=refusal)
        async with Fetcher(trusted=[web.url], terms=[terms]) as fetcher:
            web.serve("/x", b"x" * 5_000_000, status=403)

            with pytest.raises(SourceFailed, match="refused the request: because"):
                await fetcher.get(web.url + "/x")

    assert seen == [100_000]


async def test_cookies_are_not_kept() -> None:
    async with Loopback() as web, Fetcher(trusted=[web.url]) as fetcher:
        web.serve("/a", "x", set_cookie="id=1; path=/")

        await fetcher.get(web.url + "/a")
        await fetcher.get(web.url + "/a")

        assert "cookie" not in web.asked[1].headers


async def test_a_question_is_sent_as_a_body_and_is_remembered_apart_from_others() -> None:
    async with Loopback() as web, Fetcher(trusted=[web.url], cache=ResponseCache()) as fetcher:
        web.serve("/search", b"found")
        headers = {"content-type": "application/json"}

        for asked in (b"one", b"two", b"one"):
            await fetcher.get(web.url + "/search", headers=headers, post=asked, fresh_for=60)
        plain = await fetcher.get(web.url + "/search", fresh_for=60)

        assert [(each.method, each.body) for each in web.asked] == [
            ("POST", b"one"),
            ("POST", b"two"),
            ("GET", b""),
        ]
        assert web.asked[0].headers["content-type"] == "application/json"
        assert plain.body == b"found"


async def test_a_question_is_not_sent_on_to_where_a_redirect_points() -> None:
    async with Loopback() as web, Fetcher(trusted=[web.url]) as fetcher:
        web.serve("/search", b"", status=307, location=web.url + "/elsewhere")

        with pytest.raises(SourceFailed, match="The store redirected a question that was sent to it"):
            await fetcher.get(web.url + "/search", source="The store", post=b"{}")

        assert len(web.asked) == 1
