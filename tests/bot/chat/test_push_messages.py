import os
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from zoneinfo import ZoneInfo

import pytest

from bot.chat.buttons import names
from bot.chat.drawing import NotDrawn, at_once, in_own_process
from bot.chat.paid import OPEN_QUESTIONS, Questions
from bot.chat.report import PushMessages, is_report
from bot.chat.routes import data, read
from bot.report.picture import picture
from core.base.gap import NOT_GIVEN
from core.due.message import Message, MessageKind
from core.run import Run, RunState
from tests.bot.report.made_run import AS_OF, made_run


def made(run: Run) -> tuple[Message, ...]:
    views = PushMessages(lambda _run: None, lambda: ZoneInfo("Europe/Paris"), draw=at_once)
    return views.report(run, batch="push:2026-11", chat_id=42, remarks=(), next_due=AS_OF)


def test_a_pushed_report_is_digest_picture_page_and_names_in_one_batch() -> None:
    messages = made(made_run())

    assert [message.kind for message in messages] == [
        MessageKind.TEXT,
        MessageKind.PHOTO,
        MessageKind.DOCUMENT,
        MessageKind.TEXT,
    ]
    assert [message.key for message in messages] == [f"push:2026-11:{place}" for place in range(4)]
    assert messages[0].silent is False
    assert all(message.silent for message in messages[1:])
    assert messages[3].buttons[0][0] == ("◇ NVIDIA", "why:r1a2b3c4:NVDA")


def test_a_report_without_a_major_fact_arrives_without_a_sound() -> None:
    run = made_run()
    snapshot = run.opening.snapshot
    calm = replace(
        run, opening=replace(run.opening, snapshot=replace(snapshot, sieve=replace(snapshot.sieve, g3=0)))
    )

    assert snapshot.sieve.g3 == 1
    assert all(message.silent for message in made(calm))


def test_the_same_run_gives_the_same_messages() -> None:
    assert made(made_run()) == made(made_run())


def test_remarks_are_said_first_and_a_rehearsal_says_so_once_in_words_and_in_picture_and_page() -> None:
    views = PushMessages(lambda _run: None, lambda: ZoneInfo("UTC"), draw=at_once)

    messages = views.report(
        made_run(rehearsal=True), batch="b", chat_id=1, remarks=("Late: <due> on 1 Nov.",), next_due=AS_OF
    )

    assert messages[0].html.startswith("Late: &lt;due&gt; on 1 Nov.")
    assert messages[0].plain.startswith("Late: <due> on 1 Nov.")
    assert ["REHEARSAL" in message.html for message in messages] == [True, False, False, False]
    assert b"REHEARSAL" in messages[2].content


def test_the_picture_comes_in_the_theme_that_was_chosen_with_a_button_to_the_other() -> None:
    views = PushMessages(lambda _run: None, lambda: ZoneInfo("UTC"), draw=at_once, dark=lambda: True)

    messages = views.report(made_run(), batch="run:1", chat_id=1, remarks=(), next_due=AS_OF)

    assert messages[1].buttons == ((("◑ light", "picture:r1a2b3c4:light"),),)
    assert messages[1].content == picture(made_run(), dark=True)


def test_only_the_digest_of_a_report_is_worth_pinning() -> None:
    messages = made(made_run())

    assert [is_report(message) for message in messages] == [True, False, False, False]
    assert not is_report(replace(messages[0], batch="failure:2026-11"))
    assert not is_report(replace(messages[0], plain="No report"))


def test_a_run_without_a_map_is_pushed_as_its_reason_and_page() -> None:
    messages = made(
        made_run(closing={"state": RunState.FAILED, "stability": NOT_GIVEN, "failure": "SEC 403."})
    )

    assert [message.kind for message in messages] == [MessageKind.TEXT, MessageKind.DOCUMENT]
    assert messages[0].silent is False
    assert "SEC 403." in messages[0].plain


def test_a_picture_drawn_in_its_own_process_is_the_same_picture() -> None:
    draw = partial(picture, made_run(), True)

    assert in_own_process(draw) == draw()


def test_a_drawing_process_that_dies_is_a_failure_and_the_report_goes_without_its_picture() -> None:
    def die(_draw: Callable[[], bytes]) -> bytes:
        raise NotDrawn("The picture could not be drawn.")

    with pytest.raises(NotDrawn):
        in_own_process(partial(os._exit, 3))
    messages = PushMessages(lambda _run: None, lambda: ZoneInfo("UTC"), draw=die).report(
        made_run(), batch="b", chat_id=1, remarks=(), next_due=AS_OF
    )
    assert MessageKind.PHOTO not in [message.kind for message in messages]
    assert len(messages) == 3


def test_no_button_is_longer_than_telegram_allows() -> None:
    run = made_run(run_id="261122-0abcd")

    pressed = [code for row in names(run) for _label, code in row]

    assert all(len(code.encode()) <= 64 for code in pressed)
    assert len(data("facts", "r" * 16, "ABCDEFGHIJ.KLMNOPQRS")) <= 64


@pytest.mark.parametrize(
    "text", [None, "", "why", "why:r:nvda", "why:r:NVDA:x", "go:123", "go:0123ABCD", "x" * 500]
)
def test_what_is_no_route_is_none(text: str | None) -> None:
    assert read(text) is None


def test_a_button_that_telegram_would_refuse_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="no button"):
        data("why", "run0", "not a ticker")


def test_open_questions_are_taken_once_and_the_oldest_are_forgotten() -> None:
    questions: Questions[int] = Questions()
    keys = [questions.ask(number) for number in range(OPEN_QUESTIONS + 1)]

    assert questions.take(keys[0]) is None
    assert not questions.used(keys[0])
    assert questions.take(keys[-1]) == OPEN_QUESTIONS
    assert questions.take(keys[-1]) is None
    assert questions.used(keys[-1])
