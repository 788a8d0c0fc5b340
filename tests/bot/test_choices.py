from datetime import UTC, datetime, time
from decimal import Decimal

import pytest

from bot.settings import Settings
from bot.settings.choices import CHOICES, Choice, Choices
from core.base.errors import BadRequest
from core.jury.waves import Size

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


class Notes:
    def __init__(self) -> None:
        self.kept: dict[str, str] = {}

    def note(self, name: str) -> str | None:
        return self.kept.get(name)

    def write_note(self, name: str, text: str, *, now: datetime) -> None:
        self.kept[name] = text


def choices(settings: Settings | None = None, notes: Notes | None = None) -> Choices:
    return Choices(settings or Settings(), notes or Notes())


def test_what_is_chosen_is_in_force_and_told_to_whoever_asked_to_know() -> None:
    subject = choices()
    told: list[Settings] = []
    subject.changed = told.append

    said = subject.put("day", " 15 ", now=NOW)
    subject.put("time", "7:05", now=NOW)
    subject.put("jury", "5-9", now=NOW)
    subject.put("watch", "off", now=NOW)
    subject.put("budget", "20", now=NOW)

    found = subject.settings()
    assert said == "15"
    assert (found.push_day, found.push_time, found.jury_size) == (15, time(7, 5), Size(least=5, most=9))
    assert (found.watch_time, found.budget_usd) == (None, Decimal(20))
    assert subject.text("watch") == "off"
    assert len(told) == 5
    assert told[-1] == found


def test_a_line_in_env_wins_and_says_so() -> None:
    subject = choices(Settings(push_day=3))

    with pytest.raises(BadRequest, match=r"PUSH_DAY stands in \.env and wins"):
        subject.put("day", "15", now=NOW)

    assert subject.pinned("day")
    assert not subject.pinned("time")
    assert subject.settings().push_day == 3


@pytest.mark.parametrize(
    ("key", "text", "must"),
    [
        ("day", "32", "less than or equal to 31"),
        ("day", "soon", "valid integer"),
        ("time", "25:00", "Report at"),
        ("zone", "Mars/Olympus", "Time zone"),
        ("jury", "2", "from 3 to 31"),
        ("budget", "-1", "greater than or equal to 0"),
        ("quiet", "night", "two times"),
        ("sound", "report,drums", "must be some of report, major, failure, watch, or off"),
        ("sound", "", "must be some of"),
        ("picture", "blue", "must be light or dark"),
        ("colour", "red", "There is no choice “colour”"),
    ],
)
def test_a_wrong_value_changes_nothing_and_says_what_it_must_be(key: str, text: str, must: str) -> None:
    subject = choices()
    before = subject.settings()

    with pytest.raises(BadRequest, match=must):
        subject.put(key, text, now=NOW)

    assert subject.settings() == before


def test_a_stored_value_that_no_longer_passes_counts_as_not_chosen() -> None:
    notes = Notes()
    notes.kept |= {"choice:day": "99", "choice:sound": "trumpets"}
    subject = choices(notes=notes)

    assert subject.settings().push_day == Settings().push_day
    assert subject.text("sound") == "major failure watch"


@pytest.mark.parametrize(
    ("hour", "minute", "hushed"),
    [(20, 59, False), (21, 0, True), (23, 30, True), (5, 59, True), (6, 0, False)],
)
def test_quiet_hours_are_of_the_zone_and_may_pass_midnight(hour: int, minute: int, hushed: bool) -> None:
    subject = choices(Settings(timezone="Europe/Paris"))
    subject.put("quiet", "22:00 - 7:00", now=NOW)

    assert subject.text("quiet") == "22:00-07:00"
    assert subject.hushed("failure", NOW.replace(hour=hour, minute=minute)) is hushed


def test_quiet_hours_within_a_day_end_when_they_say() -> None:
    subject = choices(Settings(timezone="UTC"))
    subject.put("quiet", "12:00-13:00", now=NOW)

    assert subject.hushed("watch", NOW)
    assert not subject.hushed("watch", NOW.replace(hour=13))


def test_only_the_kinds_that_were_chosen_ring() -> None:
    subject = choices()

    assert [kind for kind in ("report", "major", "failure", "watch") if not subject.hushed(kind, NOW)] == [
        "major",
        "failure",
        "watch",
    ]
    subject.put("sound", "Report; failure", now=NOW)
    assert subject.text("sound") == "report failure"
    subject.put("sound", "OFF", now=NOW)
    assert subject.hushed("failure", NOW)


@pytest.mark.parametrize("choice", CHOICES, ids=lambda choice: choice.key)
def test_every_offer_of_a_button_is_taken(choice: Choice) -> None:
    for offer in choice.offers:
        assert choices().put(choice.key, offer, now=NOW)


def test_a_suggestion_holds_until_somebody_chooses() -> None:
    subject = choices()
    subject.suggest("picture", "dark", now=NOW)
    before = subject.text("picture")
    subject.put("picture", "light", now=NOW)
    subject.suggest("picture", "dark", now=NOW)

    assert (before, subject.text("picture")) == ("dark", "light")


@pytest.mark.parametrize(
    ("batch", "position", "made_silent", "silent"),
    [
        ("run:1", 0, False, False),
        ("run:1", 1, True, True),
        ("failed:update:7", 0, False, False),
        ("push:2026-11", 0, False, False),
        ("push:2026-11", 0, True, True),
        ("push:2026-11", 1, False, True),
        ("watch:2026-11-22", 0, False, False),
        ("failure:2026-11", 0, False, False),
    ],
)
def test_what_was_asked_for_rings_and_the_rest_by_its_kind(
    batch: str, position: int, made_silent: bool, silent: bool
) -> None:
    assert choices().silent(batch, position, made_silent, NOW) is silent


def test_quiet_hours_hush_the_report_the_watch_and_failures_but_not_what_was_asked_for() -> None:
    subject = choices()
    subject.put("quiet", "00:00-23:59", now=NOW)

    assert all(subject.silent(batch, 0, False, NOW) for batch in ("push:2026-11", "watch:x", "missed:x"))
    assert not subject.silent("run:1", 0, False, NOW)
