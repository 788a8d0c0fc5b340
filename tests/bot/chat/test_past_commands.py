from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.chat.context import Desk
from bot.settings import Settings
from core.base.gap import NOT_GIVEN, Gap
from core.record.track import track
from core.run import Purpose, Run, RunState
from tests.bot.chat.fake_engine import FakeEngine
from tests.bot.report.made_run import AS_OF, made_run
from tests.local_telegram import LocalTelegram, Person


def aged(number: int, **changed: Any) -> Run:
    run = made_run(run_id=f"old{number:03}", **changed)
    return replace(run, opening=replace(run.opening, opened=AS_OF - timedelta(days=31 * (200 - number))))


async def test_start_says_who_may_talk_how_to_read_and_when_the_next_report_comes(
    desk: Desk, owner: Person
) -> None:
    owner.says("/start")

    said = await owner.next_message()

    assert "Only you can talk to me here (user id 42)." in said.text
    assert "Next report: 22 Dec 08:00" in said.text
    assert "Stable is not right." in said.text
    assert all(f"/{name}" in said.text for name in ("analyze", "why", "facts", "variance", "cancel"))


async def test_the_menu_is_set_for_the_person_alone(desk: Desk, owner: Person, local: LocalTelegram) -> None:
    owner.says("/start")
    await owner.next_message("How to read")
    owner.says("/help")
    await owner.next_message("How to read")

    calls = local.calls("setMyCommands")
    assert [call.params["scope"] for call in calls] == ['{"chat_id": 42, "type": "chat"}'] or "42" in str(
        calls
    )
    assert "cancel" in calls[0].params["commands"]


async def test_status_names_next_push_model_sources_spend_and_version(
    desk: Desk, owner: Person, reported: FakeEngine
) -> None:
    owner.says("/status")

    said = await owner.next_message("Status")

    assert "Next report: 22 Dec 08:00" in said.text
    assert "No monthly report yet." in said.text
    assert "Model: anthropic:claude-sonnet-5-5 · 5 ballots" in said.text
    assert "Spent in Nov 2026: $1.25 of $10.00" in said.text
    assert "reuters: 7 names looked at, nothing there, 1 name that could not be looked at" in said.text
    assert "rns: 1 name that could not be looked at" in said.text
    assert "Version 0.1.0" in said.text


async def test_an_unknown_spend_is_never_zero(desk: Desk, owner: Person, engine: FakeEngine) -> None:
    engine.ledger.money = Gap(gap="a price is unknown")
    owner.says("/status")

    said = await owner.next_message("Status")

    assert "Spent in Nov 2026: unknown (a price is unknown) of $10.00" in said.text


async def test_history_lists_by_date_pages_and_opens(desk: Desk, owner: Person, engine: FakeEngine) -> None:
    engine.ledger.stored += [aged(number) for number in range(11)]
    engine.ledger.stored.append(aged(11, purpose=Purpose.RERUN))
    owner.says("/history")
    message = await owner.next_message("Earlier reports")
    assert len(message.text.splitlines()) == 9
    owner.presses(message, "more ›")
    await owner.next_edit("Earlier reports")
    assert len(message.text.splitlines()) == 4

    owner.presses(message, data="open:old000")

    await owner.next_edit("YOUR JUDGMENT (3)")
    assert "‹ History" in [button.label for button in message.buttons]
    owner.presses(message, "Picture and file")
    await owner.next_message("full report")


async def test_the_buttons_of_the_history_differ_by_day_and_calls(
    desk: Desk, owner: Person, engine: FakeEngine
) -> None:
    engine.ledger.stored += [aged(number) for number in range(2)]
    failed = made_run(run_id="gone", closing={"state": RunState.FAILED, "stability": NOT_GIVEN})
    engine.ledger.stored.append(failed)
    owner.says("/history")

    message = await owner.next_message("Earlier reports")

    labels = [button.label for button in message.buttons]
    assert sum(label.endswith("· ◇3 ▼2 ▲2 =1") for label in labels) == 2
    assert any(label.endswith("· failed") for label in labels)


async def test_the_last_report_comes_again_with_its_drill_downs(
    desk: Desk, owner: Person, reported: FakeEngine
) -> None:
    owner.says("/report")

    said = await owner.next_message("Stability map")

    assert [button.label for button in said.buttons] == ["Why", "Facts", "Picture and file", "‹ History"]
    assert reported.model_calls == 0


async def test_help_of_one_command_and_of_none(desk: Desk, owner: Person) -> None:
    owner.says("/help Why")
    one = await owner.next_message("/why")
    owner.says("/help fly")

    none = await owner.next_message("is not a command")

    assert "dissent first" in one.text
    assert "How to read" not in one.text
    assert "analyze, why, facts" in none.text


async def test_start_shows_the_favourites_and_what_to_try_and_they_can_be_hidden(
    desk: Desk, owner: Person
) -> None:
    owner.says("/start")
    await owner.next_message("Try first: /analyze")
    shown = owner.chat.favourites

    owner.says("/settings keyboard off")
    await owner.next_message("Keyboard: off")

    assert shown == (("/analyze", "/report", "/why", "/help"),)
    assert owner.chat.favourites == ()


async def test_settings_are_seen_changed_by_button_and_by_words_and_hold_at_once(
    desk: Desk, owner: Person
) -> None:
    told: list[Settings] = []
    desk.choices.changed = told.append
    owner.says("/settings")
    message = await owner.next_message("Settings")
    assert "Report on day: 1" in message.text
    owner.presses(message, "Report on day")
    await owner.next_edit("Or write /settings day")
    owner.presses(message, "15")
    await owner.next_edit("Report on day: 15")

    owner.says("/settings zone America/New_York")
    await owner.next_message("Time zone: America/New_York")

    assert [each.push_day for each in told] == [15, 15]
    assert str(desk.zone) == "America/New_York"


async def test_a_wrong_setting_is_refused_in_a_sentence(desk: Desk, owner: Person) -> None:
    owner.says("/settings time noon")

    said = await owner.next_message("Report at")

    assert "HH:MM" in said.text or "time" in said.text
    assert desk.choices.text("time") == "08:00"


async def test_rehearsals_say_so_in_the_history(desk: Desk, owner: Person, engine: FakeEngine) -> None:
    engine.ledger.stored.append(made_run(rehearsal=True))
    owner.says("/history")

    said = await owner.next_message("Earlier reports")

    assert [line.rpartition(" · ")[2] for line in said.text.splitlines()[1:]] == ["rehearsal"]


async def test_universe_shows_each_component_of_the_score(
    desk: Desk, owner: Person, reported: FakeEngine
) -> None:
    owner.says("/universe")

    said = await owner.next_message("Shortlist")

    assert "GE Aerospace · GE · score +1.20 · place 3" in said.text
    assert "quality +0.70" in said.text


async def test_track_says_first_what_its_record_can_prove(
    desk: Desk, owner: Person, engine: FakeEngine
) -> None:
    engine.record = track((), (), NOT_GIVEN, today=AS_OF.date())
    owner.says("/track")

    said = await owner.next_message()

    assert engine.record.sentence in said.text
    assert engine.model_calls == 0


async def test_names_left_out_of_the_shortlist_stand_there_with_their_reason(
    desk: Desk, owner: Person, engine: FakeEngine
) -> None:
    frozen = {"unscored": (("TINY", "the market value is below 300 million"),)}
    engine.ledger.stored.append(made_run(frozen=frozen))
    owner.says("/universe")

    said = await owner.next_message("Left out (2)")

    assert "TINY: the market value is below 300 million" in said.text
    assert "The watch list is empty: /universe add TICKER" in said.text


async def test_names_are_put_on_the_watch_list_and_taken_off_again(
    desk: Desk, owner: Person, reported: FakeEngine
) -> None:
    owner.says("/universe add ge, Mc.pa")
    said = await owner.next_message("On the watch list now: GE, MC.PA.")
    assert "Watch list (2)" in said.text
    assert "Scored at the next report: MC.PA" in said.text  # GE was judged in the last one

    owner.says("/universe remove GE XYZ")

    said = await owner.next_message("Off the watch list: GE. Not on the watch list: XYZ.")
    assert desk.watched.names() == ("MC.PA",)


async def test_what_is_no_ticker_is_put_on_no_list(desk: Desk, owner: Person, reported: FakeEngine) -> None:
    owner.says("/universe add <b>")
    await owner.next_message("“<b>” cannot be a ticker.")
    owner.says("/universe add")
    await owner.next_message("/universe remove TICKER takes them off")
    owner.says("/universe add " + " ".join(f"T{number}" for number in range(101)))
    await owner.next_message("at most 100 names")

    assert desk.watched.names() == ()


async def test_the_watch_list_is_there_before_the_first_report(
    desk: Desk, owner: Person, engine: FakeEngine
) -> None:
    owner.says("/universe add nvda")

    said = await owner.next_message("On the watch list now: NVDA.")

    assert "There is no report yet." in said.text
    assert [button.label for button in said.buttons] == ["Analyze now"]
