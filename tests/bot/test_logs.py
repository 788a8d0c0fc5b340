"""Canary secrets at DEBUG: not one of them reaches the log, however it was said."""

import io
import logging
import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterator

import pytest

from bot.logs import MASK, QUIET, Redaction, set_up

TOKEN = "7123456789:CANARY-telegram-token-aaaaaaaaaaaaa"
KEY = "CANARY+key/with=signs"
Log = Callable[[], str]  # what was said since `set_up`
CANARIES = (TOKEN, KEY, TOKEN.partition(":")[2], "CANARY%2Bkey")


@pytest.fixture(autouse=True)
def _logging_as_it_was() -> Iterator[None]:
    root = logging.getLogger()
    before = (root.level, root.handlers[:], {name: logging.getLogger(name).level for name in QUIET})
    yield
    root.setLevel(before[0])
    root.handlers[:] = before[1]
    for name, level in before[2].items():
        logging.getLogger(name).setLevel(level)
    logging.captureWarnings(capture=False)
    logging.raiseExceptions = True


@pytest.fixture
def log() -> Log:
    set_up("DEBUG", (TOKEN, KEY))
    heard = io.StringIO()
    handler = logging.getLogger().handlers[0]
    assert isinstance(handler, logging.StreamHandler)
    handler.setStream(heard)
    return heard.getvalue


@pytest.mark.parametrize(
    "say",
    [
        lambda logger: logger.debug("POST https://api.telegram.org/bot%s/getMe", TOKEN),
        lambda logger: logger.debug("key is %r in %s", KEY, {"key": KEY}),
        lambda logger: logger.debug(f"encoded CANARY%2Bkey%2Fwith%3Dsigns and {TOKEN.replace(':', '%3A')}"),
        lambda logger: logger.debug("half of it: %s", TOKEN.partition(":")[2]),
        lambda logger: logger.debug("stack", stack_info=True),
        lambda logger: logger.debug("wrong %d arguments", TOKEN),
        lambda logger: logger.debug("%s %s", KEY),
    ],
)
def test_a_secret_is_masked_however_it_is_said(log: Log, say: Callable[[logging.Logger], None]) -> None:
    say(logging.getLogger("some.module"))

    said = log()

    assert said.startswith("2")
    assert not [canary for canary in CANARIES if canary in said]


def test_a_secret_in_a_traceback_is_masked(log: Log) -> None:
    try:
        raise ValueError(f"could not reach https://api.telegram.org/bot{TOKEN}/getMe")
    except ValueError:
        logging.getLogger("x").exception("failed")

    said = log()

    assert "ValueError: could not reach https://api.telegram.org/bot[secret]/getMe" in said
    assert TOKEN not in said


@pytest.mark.parametrize(
    "unknown",
    [
        "https://api.telegram.org/bot9876543210:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw1/getMe",
        "sk-ant-api03-abcdefghijklmnopqrstuvwxyz",
        "AIzaSyA1234567890abcdefghijklmnop",
        "Authorization: Bearer abcdef123456.token",
    ],
)
def test_what_only_looks_like_a_key_is_masked_too(unknown: str) -> None:
    said = Redaction(()).clean(unknown)

    assert MASK in said
    assert unknown not in said


def test_ordinary_words_stay_as_they_are() -> None:
    text = "The report of 2026-11 was made at 08:00; AAPL 5/5, see https://www.sec.gov/Archives/edgar/data/320193/0000320193-26-000001.txt"

    assert Redaction((TOKEN, "abc", "")).clean(text) == text


def test_a_record_without_secrets_is_said_whole(log: Log) -> None:
    logging.getLogger("bot.push").info("made %d of %d", 3, 5)

    assert log().rstrip().endswith("INFO bot.push: made 3 of 5")


def test_http_clients_are_quiet_even_at_debug(log: Log) -> None:
    for name in ("httpx", "httpcore.http11", "httpx2", "telegram.Bot", "telegram.ext.Application"):
        logging.getLogger(name).info("HTTP Request: POST https://api.telegram.org/botTOKEN/getUpdates")

    assert log() == ""


def test_a_second_set_up_replaces_the_first(log: Log) -> None:
    set_up("INFO", ("ANOTHER-secret",))

    (handler,) = (one for one in logging.getLogger().handlers if one.filters)

    assert [type(one) for one in handler.filters] == [Redaction]
    (redaction,) = handler.filters
    assert isinstance(redaction, Redaction)
    assert redaction.clean("ANOTHER-secret once") == "[secret] once"


def test_the_real_library_at_debug_on_a_refused_address_leaks_nothing() -> None:
    code = textwrap.dedent("""
        import asyncio, logging, sys
        from bot.logs import set_up
        set_up("DEBUG", (sys.argv[1],))
        from telegram import Bot
        async def go():
            try:
                async with Bot(sys.argv[1], base_url="http://127.0.0.1:9/bot") as bot:
                    await bot.get_me()
            except Exception:
                logging.getLogger("bot").exception("the bot could not start: %s", sys.argv[1])
            logging.getLogger("bot").debug("the bot is %r", Bot(sys.argv[1]))
        asyncio.run(go())
    """)

    said = subprocess.run([sys.executable, "-c", code, TOKEN], capture_output=True, text=True, check=True)

    assert "the bot could not start" in said.stderr
    assert "the bot is" in said.stderr
    assert not [canary for canary in CANARIES if canary in said.stderr + said.stdout]
