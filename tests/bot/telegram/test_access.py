import asyncio
import logging
from collections.abc import AsyncIterator

import pytest
from telegram import Update
from telegram.ext import ApplicationBuilder, TypeHandler

from bot.telegram.access import Gate, install
from core.base.errors import BadRequest
from tests.bot.telegram_side import Program, polled
from tests.local_telegram import LocalTelegram

OWNER, GROUP = 42, -100200


@pytest.fixture(autouse=True)
def _waits_are_timedeltas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")


@pytest.fixture
async def local() -> AsyncIterator[LocalTelegram]:
    async with LocalTelegram() as telegram:
        yield telegram


class Seen(asyncio.Queue[Update]):
    """What got past the gate; `kept` in order."""

    def __init__(self) -> None:
        super().__init__()
        self.kept: list[Update] = []


async def running(local: LocalTelegram, allowed: tuple[int, ...], seen: Seen) -> Program:
    application = ApplicationBuilder().token(local.token).base_url(local.bot_url).build()
    install(application, Gate(allowed))

    async def note(update: Update, _context: object) -> None:
        seen.put_nowait(update)

    application.add_handler(TypeHandler(Update, note))
    return application


@pytest.fixture
async def seen(local: LocalTelegram) -> AsyncIterator[Seen]:
    updates = Seen()
    async with polled(await running(local, (OWNER, GROUP), updates)):
        yield updates


def text_of(update: Update) -> str | None:
    return update.effective_message.text if update.effective_message else None


async def heard(local: LocalTelegram, seen: Seen) -> list[Update]:
    """Waits until the owner's marker got through: everything before it was decided by then."""
    local.person(OWNER).says("marker")
    async with asyncio.timeout(5):
        while text_of(update := await seen.get()) != "marker":
            seen.kept.append(update)
    return seen.kept


def test_an_empty_list_refuses_to_start() -> None:
    with pytest.raises(BadRequest, match="TELEGRAM_ALLOWED_USER_IDS"):
        Gate(())


def test_a_group_alone_lets_nobody_in() -> None:
    with pytest.raises(BadRequest):
        Gate((GROUP,))


async def test_a_stranger_gets_nothing_by_message_edit_file_or_button(
    local: LocalTelegram, seen: Seen, caplog: pytest.LogCaptureFixture
) -> None:
    stranger = local.person(666, "Mallory")
    known = local.person(OWNER)
    with caplog.at_level(logging.WARNING, "bot.telegram.access"):
        message = stranger.says("/start")
        stranger.edits(message, "/analyze")
        stranger.sends_document("x.csv", b"a")
        stranger.presses(message, data="why:r:NVDA")

        rest = await heard(local, seen)

    assert rest == []
    assert stranger.replies() == []
    assert [record.getMessage() for record in caplog.records] == [
        "a stranger wrote and got no answer: user id 666"
    ]
    assert known.replies() == []


async def test_the_owner_gets_in_by_message_file_and_button(local: LocalTelegram, seen: Seen) -> None:
    owner = local.person(OWNER)
    message = owner.says("/start")
    owner.sends_document("x.csv", b"a")
    owner.presses(message, data="why:r:NVDA")

    rest = await heard(local, seen)

    assert len({update.update_id for update in rest}) == 3


async def test_only_named_groups_count_and_in_them_only_the_owner(local: LocalTelegram, seen: Seen) -> None:
    owner, stranger = local.person(OWNER), local.person(666)
    named, other = local.group(GROUP), local.group(-5)
    owner.says("/a", chat=named)
    owner.says("/b", chat=other)
    stranger.says("/c", chat=named)

    rest = await heard(local, seen)

    assert {text_of(update) for update in rest} == {"/a"}


def test_strangers_are_remembered_and_logged_up_to_a_hundred(caplog: pytest.LogCaptureFixture) -> None:
    gate = Gate((OWNER,))

    for number in range(1000, 4000):
        person = {"id": number, "is_bot": False, "first_name": "x"}
        message = {"message_id": 1, "date": 0, "chat": {"id": number, "type": "private"}, "from": person}
        gate._note(Update.de_json({"update_id": number, "message": message}, None))

    assert len(gate._strangers) == 100
    assert len(caplog.records) == 101


async def test_the_owner_in_a_foreign_group_is_named_as_such_and_not_as_a_stranger(
    local: LocalTelegram, seen: Seen, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        elsewhere = local.group(-777)
        local.person(OWNER).says("/start", chat=elsewhere)
        local.person(OWNER).says("/start again", chat=elsewhere)
        await heard(local, seen)

    said = [record.message for record in caplog.records]
    assert said == [f"user {OWNER} wrote in group -777, which is not allowed: add its id to answer there"]


def test_the_first_person_listed_is_the_owner_whatever_the_size_of_the_ids() -> None:
    assert Gate((900, -5, 7, 900, 42)).people == (900, 7, 42)
