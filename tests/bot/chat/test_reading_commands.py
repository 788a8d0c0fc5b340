from dataclasses import replace
from datetime import timedelta

import pytest

from bot.chat.context import Desk
from core.base.errors import SourceFailed
from core.facts.fact import Coverage, Fact, Severity, SourceClass
from tests.bot.chat.fake_engine import FakeEngine
from tests.bot.report.made_run import coverage, fact, made_run
from tests.local_telegram import Person


class Looked:
    def __init__(self, facts: tuple[Fact, ...], states: tuple[Coverage, ...]) -> None:
        self.facts, self.coverage = facts, states


async def test_why_answers_from_the_ledger_without_any_model(
    desk: Desk, owner: Person, reported: FakeEngine
) -> None:
    owner.says("/why nvda ")

    said = await owner.next_message("undecided (split: your judgment decides)")

    assert [button.label for button in said.buttons] == ["Facts", "‹ Names"]
    assert reported.model_calls == 0


async def test_why_without_a_ticker_offers_the_names_in_the_maps_order(
    desk: Desk, owner: Person, reported: FakeEngine
) -> None:
    owner.says("/why")

    said = await owner.next_message("Choose a name")

    assert [button.label for button in said.buttons][:3] == ["◇ NVIDIA", "◆ Home Depot", "○ Pfizer"]
    assert said.buttons[-1].label == "more ›"


async def test_name_why_facts_and_back_edit_the_same_message(
    desk: Desk, owner: Person, reported: FakeEngine
) -> None:
    owner.says("/why")
    message = await owner.next_message("Choose a name")
    owner.presses(message, "◇ NVIDIA")
    await owner.next_edit("undecided (split: your judgment decides)")
    owner.presses(message, "Facts")
    await owner.next_edit("Facts · NVIDIA · NVDA")
    owner.presses(message, "Why")
    await owner.next_edit("undecided (split: your judgment decides)")
    owner.presses(message, "‹ Names")

    back = await owner.next_edit("Choose a name")

    assert back.message_id == message.message_id
    assert len(owner.replies()) == 1


async def test_pages_of_names_turn_in_place(desk: Desk, owner: Person, reported: FakeEngine) -> None:
    owner.says("/facts")
    message = await owner.next_message("Whose facts?")
    owner.presses(message, "more ›")
    await owner.next_edit("")

    assert [button.label for button in message.buttons] == ["✕ BP.L", "✕ VWCE", "‹ back"]


async def test_an_unknown_ticker_is_answered_by_the_nearest(
    desk: Desk, owner: Person, reported: FakeEngine
) -> None:
    owner.says("/why NVDAA")

    said = await owner.next_message("is not a name of the last report")

    assert "Did you mean" in said.text
    assert [button.label for button in said.buttons] == ["NVIDIA"]


@pytest.mark.parametrize(
    "hostile", ["A" * 4080, "\u202eADVN", "<b>NVDA</b>", "NV\x00DA", "'; DROP TABLE runs;--", "why:run0:NVDA"]
)
async def test_hostile_tickers_get_a_short_answer(
    desk: Desk, owner: Person, reported: FakeEngine, hostile: str
) -> None:
    owner.says(f"/why {hostile}")

    said = await owner.next_message()

    assert len(said.text) < 400 or "your judgment decides" in said.text
    assert "\u202e" not in said.text
    assert said.entities == [] or said.entities[0]["type"] == "bold"


async def test_without_a_report_each_reading_command_offers_to_make_one(desk: Desk, owner: Person) -> None:
    for command in ("/why NVDA", "/facts", "/universe", "/history"):
        owner.says(command)
        said = await owner.next_message("There is no report yet.")
        assert [button.data for button in said.buttons] == ["analyze"]


async def test_buttons_of_a_report_that_is_gone_say_so(
    desk: Desk, owner: Person, reported: FakeEngine
) -> None:
    owner.says("/why")
    message = await owner.next_message("Choose a name")
    reported.ledger.stored[0] = made_run(run_id="other")

    answer = await owner.presses(message, data="why:gone1:NVDA").answer()

    assert answer == "That report is no longer there. /history lists those that are."


@pytest.mark.parametrize(
    "forged",
    ["why:run0:ZZZZ", "why:run0", "nonsense", "why:../../etc:NVDA", "names:run0:why:9999", "open:", ""],
)
async def test_forged_button_data_is_answered_and_changes_nothing(
    desk: Desk, owner: Person, reported: FakeEngine, forged: str
) -> None:
    owner.says("/why")
    message = await owner.next_message("Choose a name")

    await owner.presses(message, data=forged).answer()

    assert message.text == "Why? Choose a name. (Report of 22 Nov 2026)"
    owner.says("/status")
    await owner.next_message("Status")


async def test_buttons_survive_a_restart(desk: Desk, owner: Person, reported: FakeEngine) -> None:
    message = owner.says("an old message, written before the restart")

    owner.presses(message, data="facts:run0:INTC")

    said = await owner.next_message("Facts · Intel · INTC")
    assert "Chief Financial Officer" in said.text


async def test_looking_again_shows_only_what_is_new(desk: Desk, owner: Person, reported: FakeEngine) -> None:
    fresh = fact(
        "INTC", 1, key="new", url="https://www.sec.gov/new", title="Plant closes", severity=Severity.G3
    )
    old = fact("INTC", 2)
    reported.looked = Looked((old, fresh), (coverage("sec", SourceClass.OFFICIAL),))
    owner.says("/facts INTC")
    message = await owner.next_message("Facts · Intel · INTC")

    assert await owner.presses(message, "Look again now").answer() == "Looking…"

    await owner.next_edit("New since the report (1)")
    assert "Plant closes" in message.text
    assert reported.looks == ["INTC"]
    assert reported.model_calls == 0


async def test_not_being_able_to_look_again_is_said_beside_the_old_facts(
    desk: Desk, owner: Person, reported: FakeEngine
) -> None:
    reported.looked = SourceFailed("SEC answered 403.", source="SEC")
    owner.says("/facts INTC")
    message = await owner.next_message("Facts · Intel · INTC")
    owner.presses(message, "Look again now")

    await owner.next_edit("Could not look: SEC answered 403.")

    assert "Chief Financial Officer" in message.text


async def test_an_edited_command_does_not_run_again(desk: Desk, owner: Person, reported: FakeEngine) -> None:
    message = owner.says("/why NVDA")
    await owner.next_message("split")

    owner.edits(message, "/analyze")

    await owner.next_message("I read new messages only")
    assert reported.model_calls == 0


async def test_unknown_commands_and_texts_are_answered_by_a_hint(desk: Desk, owner: Person) -> None:
    owner.says("/nonsense")
    await owner.next_message("I don't know that command.")
    owner.says("what should I do?")
    said = await owner.next_message("/analyze")

    assert [button.label for button in said.buttons] == ["Analyze now"]


async def test_the_picture_turns_dark_in_its_place(desk: Desk, owner: Person, reported: FakeEngine) -> None:
    owner.says("/analyze")
    await owner.next_edit("Choose a name")
    picture = next(message for message in owner.replies() if message.photo)
    assert picture.photo is not None
    light = picture.photo.content

    owner.presses(picture, "◐ dark")

    await owner.next_edit("Stability map")
    assert picture.photo.content != light
    assert picture.buttons[0].label == "◑ light"


async def test_a_link_opens_a_name_and_a_dot_may_be_written_as_a_dash(
    desk: Desk, owner: Person, reported: FakeEngine
) -> None:
    owner.says("/start why_NVDA")
    said = await owner.next_message("NVDA")
    assert "undecided (split: your judgment decides)" in said.text

    owner.says("/start facts_bp-l")

    said = await owner.next_message("Facts · BP.L")
    assert "could not look" in said.text


async def test_a_link_to_nothing_known_is_a_plain_start(
    desk: Desk, owner: Person, reported: FakeEngine
) -> None:
    owner.says("/start promo_2026")

    await owner.next_message("How to read the map")


async def test_rejected_items_are_counted_and_opened_by_a_button(
    desk: Desk, owner: Person, reported: FakeEngine
) -> None:
    owner.says("/facts nvidia")
    message = await owner.next_message("Rejected (1)")

    owner.presses(message, "Rejected (1)")
    opened = await owner.next_edit("newest first")

    assert "5 stocks to buy <now>" in opened.text
    assert [button.label for button in message.buttons] == ["Facts"]


async def test_the_theme_that_was_chosen_last_is_remembered(
    desk: Desk, owner: Person, reported: FakeEngine
) -> None:
    owner.says("/report")
    message = await owner.next_message("Stability map")
    owner.presses(message, "Picture and file")
    picture = await owner.next_message("Stability map")
    owner.presses(picture, "◐ dark")
    await owner.next_edit("")

    owner.says("/report")
    again = await owner.next_message("Stability map")
    owner.presses(again, "Picture and file")
    later = await owner.next_message("Stability map")

    assert desk.choices.text("picture") == "dark"
    assert [button.label for button in later.buttons] == ["◑ light"]


async def test_why_shows_the_calls_of_earlier_reports(
    desk: Desk, owner: Person, reported: FakeEngine
) -> None:
    later = made_run(run_id="run1")
    reported.ledger.stored.append(
        replace(later, opening=replace(later.opening, opened=later.opening.opened + timedelta(days=30)))
    )
    owner.says("/why intel")

    said = await owner.next_message("Intel · INTC")

    assert "Last 2 calls, oldest first: ▼ ▼" in said.text


async def test_who_a_name_is_stands_behind_a_button_of_the_facts_and_the_owner_corrects_it(
    desk: Desk, owner: Person, reported: FakeEngine
) -> None:
    owner.says("/facts INTC")
    message = await owner.next_message("Facts · Intel · INTC")
    owner.presses(message, "Who is it?")
    await owner.next_edit("INTC: nothing is known yet")
    assert "Send /facts INTC lei=…" in message.text

    owner.says("/facts intel lei=529900d6bf99lw9r2e68 dk_oam=24256790")
    told = await owner.next_message("Who INTC is at regulators")
    owner.says("/facts INTC lei= dk_oam=")
    forgotten = await owner.next_message("nothing is known yet")

    assert "INTC: lei 529900D6BF99LW9R2E68 (the owner said so; the owner: 2026-11-22)" in told.text
    assert "INTC: dk_oam 24256790 (the owner said so" in told.text
    assert "529900" not in forgotten.text
    assert reported.model_calls == 0


async def test_a_number_that_cannot_be_right_is_refused_in_the_chat_too(
    desk: Desk, owner: Person, reported: FakeEngine
) -> None:
    owner.says("/facts INTC lei=529900D6BF99LW9R2E69")
    await owner.next_message("'529900D6BF99LW9R2E69' is no lei.")
    owner.says("/facts INTC isin=US4581401001")
    await owner.next_message("is not SCHEME=VALUE with one of lei, cik, dk_oam.")
    owner.says("/facts QQQQ lei=529900D6BF99LW9R2E68")
    await owner.next_message("not a name of the last report")
