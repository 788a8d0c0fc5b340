"""What the outbox keeps: its words stand in ledgers for years, and a message is quiet unless it says
otherwise."""

from core.due.message import Message, MessageKind, MessageState


def test_the_words_that_stand_in_old_ledgers_do_not_change() -> None:
    assert [state.value for state in MessageState] == ["queued", "placed", "blocked", "sent", "undeliverable"]
    assert [kind.value for kind in MessageKind] == ["text", "photo", "document"]


def test_a_message_is_quiet_and_bare_unless_it_says_otherwise() -> None:
    said = Message(
        key="push:2026-11:0",
        batch="push:2026-11",
        position=0,
        chat_id=42,
        kind=MessageKind.TEXT,
        placeholder="Stability map",
        html="<b>Stability map</b>",
        plain="Stability map",
    )

    assert (said.silent, said.buttons, said.filename, said.content) == (True, (), "", b"")
