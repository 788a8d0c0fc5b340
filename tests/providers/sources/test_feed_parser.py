"""The parser's process: hostile feeds end it and nothing else."""

import asyncio
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from providers.sources.stories.parser import SECONDS_PER_FEED, FeedBroken, Parsed, Parser

GOOD = b"<?xml version='1.0'?><rss version='2.0'><channel><item><title>x</title></item></channel></rss>"
LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + i, b"&%c;" % (97 + i) * 10) for i in range(9))
    + b']><rss version="2.0"><channel><item><title>&j;</title></item></channel></rss>'
)
LOCAL_FILE = (
    b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    b'<rss version="2.0"><channel><item><title>[&e;]</title></item></channel></rss>'
)


def environment_of(pid: int) -> bytes:
    """What the process was given, where the system tells."""
    listed = Path(f"/proc/{pid}/environ")
    return listed.read_bytes() if listed.exists() else b""


def has_ended(process: asyncio.subprocess.Process) -> bool:
    return process.returncode is not None


async def parse(body: bytes, *, seconds: float = 5.0) -> Parsed:
    parser = Parser(seconds=seconds)
    async with parser:
        return await parser.parse(body)


async def test_a_hundred_thousand_open_comments_take_no_time() -> None:
    parsed = await parse(b"<!--" * 100_000)

    assert parsed.version == ""


async def test_an_entity_bomb_is_survived_or_its_parser_killed_and_the_next_feed_is_read() -> None:
    async with Parser() as parser:
        await parser.parse(GOOD)
        begun = time.monotonic()
        try:
            entries = (await parser.parse(LAUGHS)).entries
        except FeedBroken:
            entries = ()  # stopped after its five seconds, as on a busy machine
        took = time.monotonic() - begun
        after = await parser.parse(GOOD)

    assert all(len(entry.title) <= 2_000 for entry in entries)
    assert took < SECONDS_PER_FEED + 1
    assert after.entries[0].title == "x"


async def test_an_external_entity_reads_no_file() -> None:
    parsed = await parse(LOCAL_FILE)

    assert not any("root:" in entry.title for entry in parsed.entries)


async def test_a_body_that_is_a_path_opens_no_file(tmp_path: Path) -> None:
    file = tmp_path / "feed.xml"
    file.write_bytes(GOOD)

    parsed = await parse(str(file).encode())

    assert (parsed.version, parsed.count) == ("", 0)


async def test_a_parser_that_hangs_is_killed_and_the_next_feed_gets_a_new_one() -> None:
    parser = Parser(seconds=0.5)
    async with parser:
        await parser.parse(GOOD)
        with pytest.raises(FeedBroken, match=r"stopped after 0\.5 seconds"):
            await parser.parse(b"<a>" * 1_000_000)

        parsed = await parser.parse(GOOD)

    assert parsed.entries[0].title == "x"


async def test_a_parser_that_dies_is_told_from_an_empty_feed(tmp_path: Path) -> None:
    worker = tmp_path / "worker.py"
    worker.write_text(
        "import os, struct, sys\n"
        "read = sys.stdin.buffer.read\n"
        "read(struct.unpack('>I', read(4))[0])\n"
        "answer = b'{}'\n"
        "sys.stdout.buffer.write(struct.pack('>I', 2) + answer); sys.stdout.buffer.flush()\n"
        "read(4)\n"
        "os.abort()\n"
    )
    parser = Parser(worker=worker)

    async with parser:
        with pytest.raises(FeedBroken, match="used up the memory or time"):
            await parser.parse(GOOD)


async def test_a_parser_that_cannot_start_is_a_failure(tmp_path: Path) -> None:
    worker = tmp_path / "worker.py"
    worker.write_text("raise SystemExit(1)")

    async with Parser(worker=worker) as parser:
        with pytest.raises(FeedBroken, match="could not be started"):
            await parser.parse(GOOD)


async def test_the_process_lives_while_somebody_gathers_and_no_longer() -> None:
    parser = Parser()
    async with parser:
        async with parser:
            await asyncio.gather(*(parser.parse(GOOD) for _ in range(5)))
        process = parser._process
        assert process is not None
        assert not has_ended(process)
        leaked = environment_of(process.pid)

    assert has_ended(process)
    assert {entry.partition(b"=")[0] for entry in leaked.split(b"\0") if entry} <= {b"PYTHONPATH"}


async def test_a_long_feed_is_cut_and_its_length_told() -> None:
    parsed = await parse(
        b"<rss version='2.0'><channel>" + b"<item><title>x</title></item>" * 700 + b"</channel></rss>"
    )

    assert (parsed.count, len(parsed.entries)) == (700, 500)


@pytest.mark.parametrize("coding", ["utf-8", "utf-16", "iso-8859-1", "windows-1252", "utf-8-sig"])
async def test_declared_encodings_are_read(coding: str) -> None:
    declared = coding.removesuffix("-sig")
    feed = (
        f'<?xml version="1.0" encoding="{declared}"?><rss '
        'version="2.0"><channel><item><title>Börse é</title></item></channel></rss>'
    )

    parsed = await parse(feed.encode(coding))

    assert parsed.entries[0].title == "Börse é"


async def test_a_wrong_or_unknown_encoding_breaks_nothing() -> None:
    wrong = (
        '<?xml version="1.0" encoding="utf-8"?><rss '
        'version="2.0"><channel><item><title>Börse</title></item></channel></rss>'
    )
    unknown = wrong.replace("utf-8", "x-no-such-encoding")

    first, second = await parse(wrong.encode("cp1252")), await parse(unknown.encode())

    assert (first.count, second.count) == (1, 1)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(bodies=st.lists(st.binary(max_size=300), min_size=1, max_size=8))
def test_any_bytes_are_answered(bodies: list[bytes]) -> None:
    async def all_of() -> None:
        async with Parser() as parser:
            for body in bodies:
                parsed = await parser.parse(b"<rss version='2.0'><channel><item>" + body)
                assert parsed.count >= 0

    asyncio.run(all_of())
