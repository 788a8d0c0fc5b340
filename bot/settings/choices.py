"""What its owner may choose in the chat: a table. Kept in the ledger's notes; a line in `.env` wins, and is
shown as such.

A value is held to the same checks as the setting itself, so what is chosen here cannot be wrong there. A
stored value that no longer passes (another version's) counts as not chosen. Times are of the zone in force.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from bot.settings.table import Settings
from core.base.errors import BadRequest
from core.ports import Notes

OFF, ON = "off", "on"
SOUNDS = ("report", "major", "failure", "watch")
_SPAN = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)\s*(?:-|–|to)\s*([01]?\d|2[0-3]):([0-5]\d)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """`field` is the setting that a line of `.env` gives, blank for what only the chat knows. `offers` are
    buttons."""

    key: str
    label: str
    field: str = ""
    default: str = ""
    offers: tuple[str, ...] = ()
    hint: str = ""
    read: Callable[[str], str] = str.strip


def _span(text: str) -> str:
    if text.strip().casefold() == OFF:
        return OFF
    found = _SPAN.fullmatch(text.strip())
    if found is None:
        raise ValueError("must be two times (as in 22:00-07:00) or off")
    hours, minutes, until, rest = map(int, found.groups())
    return f"{hours:02}:{minutes:02}-{until:02}:{rest:02}"


def _sounds(text: str) -> str:
    words = [word for word in re.split(r"[\s,;]+", text.strip().casefold()) if word]
    if words == [OFF]:
        return OFF
    if not words or set(words) - set(SOUNDS):
        raise ValueError(f"must be some of {', '.join(SOUNDS)}, or off")
    return " ".join(word for word in SOUNDS if word in words)


def _one_of(*words: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text.strip().casefold() not in words:
            raise ValueError(f"must be {' or '.join(words)}")
        return text.strip().casefold()

    return read


CHOICES = (
    Choice(key="day", label="Report on day", field="push_day", offers=("1", "5", "15", "28"), hint="1 to 31"),
    Choice(
        key="time", label="Report at", field="push_time", offers=("07:00", "08:00", "18:00"), hint="08:00"
    ),
    Choice(key="zone", label="Time zone", field="timezone", hint="Europe/Paris"),
    Choice(key="jury", label="Jury size", field="jury_size", offers=("3", "5", "7", "9"), hint="5, or 5-9"),
    Choice(key="run", label="Most for a run, USD", field="max_cost_usd", offers=("1", "2", "5"), hint="2"),
    Choice(
        key="budget", label="Most for a month, USD", field="budget_usd", offers=("5", "10", "20"), hint="10"
    ),
    Choice(
        key="ask", label="Ask above, USD", field="confirm_above_usd", offers=("0", "0.5", "1"), hint="0.5"
    ),
    Choice(
        key="watch", label="Daily watch at", field="watch_time", offers=(OFF, "18:30"), hint="18:30, or off"
    ),
    Choice(
        key="quiet",
        label="Quiet hours",
        default=OFF,
        offers=(OFF, "22:00-07:00"),
        hint="22:00-07:00, or off",
        read=_span,
    ),
    Choice(
        key="sound",
        label="What rings",
        default="major failure watch",
        offers=(OFF, "failure", "major failure watch", "report failure watch"),
        hint="some of report, major, failure, watch; or off",
        read=_sounds,
    ),
    Choice(
        key="picture",
        label="Picture",
        default="light",
        offers=("light", "dark"),
        read=_one_of("light", "dark"),
    ),
    Choice(key="keyboard", label="Keyboard", default=ON, offers=(ON, OFF), read=_one_of(ON, OFF)),
)
BY_KEY = {choice.key: choice for choice in CHOICES}


class Choices:
    """The choices of one ledger over the settings as they were read. `changed` is called after each
    change."""

    def __init__(self, settings: Settings, notes: Notes) -> None:
        self._given = settings
        self._notes = notes
        self._known: Settings | None = None
        self.changed: Callable[[Settings], None] = lambda _settings: None

    def settings(self) -> Settings:
        """The settings in force: `.env`, else what was chosen, else the defaults."""
        if self._known is None:
            self._known = self._read()
        return self._known

    def _read(self) -> Settings:
        chosen: dict[str, Any] = {}
        for choice in CHOICES:
            if choice.field and not self.pinned(choice.key) and (text := self._noted(choice)) is not None:
                chosen[choice.field] = getattr(_checked(choice, text), choice.field)
        return self._given.model_copy(update=chosen)

    def pinned(self, key: str) -> bool:
        """Whether a line in `.env` (or the environment) wins over what is chosen here."""
        return BY_KEY[key].field in self._given.model_fields_set

    def text(self, key: str) -> str:
        """What is in force, as a person would type it."""
        choice = BY_KEY[key]
        if not choice.field:
            return self._noted(choice) or self._notes.note(f"suggested:{key}") or choice.default
        value = getattr(self.settings(), choice.field)
        return OFF if value is None else f"{value:%H:%M}" if isinstance(value, time) else str(value)

    def put(self, key: str, text: str, *, now: datetime) -> str:
        """Keeps a choice and puts it in force; what is then in force. Raises BadRequest with what it must
        be."""
        choice = BY_KEY.get(key)
        if choice is None:
            raise BadRequest(f"There is no choice “{key[:20]}”. There are: {', '.join(BY_KEY)}.")
        if self.pinned(key):
            raise BadRequest(f"{choice.field.upper()} stands in .env and wins: change that line instead.")
        try:
            kept = choice.read(text)
            if choice.field:
                _checked(choice, kept)
        except ValidationError as error:
            raise BadRequest(f"{choice.label}: {_reason(error)}.") from error
        except ValueError as error:
            raise BadRequest(f"{choice.label} {error}.") from error
        self._notes.write_note(_note(key), kept, now=now)
        self._known = None
        self.changed(self.settings())
        return self.text(key)

    def suggest(self, key: str, text: str, *, now: datetime) -> None:
        """What holds until a person chooses: the demo's page suggests its own theme."""
        self._notes.write_note(f"suggested:{key}", text, now=now)

    def silent(self, batch: str, position: int, silent: bool, now: datetime) -> bool:
        """Whether a message of the outbox makes no sound. What somebody asked for and waits for always rings
        as it was made; of the others only the first of a batch, if its kind was chosen and no quiet hours are
        on."""
        if batch.startswith(("run:", "failed:")):
            return silent
        if position > 0:
            return True
        kind = "failure"
        if batch.startswith("push:"):
            kind = "report" if silent else "major"
        elif batch.startswith("watch:"):
            kind = "watch"
        return self.hushed(kind, now)

    def hushed(self, kind: str, now: datetime) -> bool:
        """Whether a message of this kind (one of SOUNDS) makes no sound now."""
        if kind not in self.text("sound").split():
            return True
        span = self.text("quiet")
        if span == OFF:
            return False
        begin, end = (time.fromisoformat(part) for part in span.split("-"))
        local = now.astimezone(ZoneInfo(self.settings().timezone)).time()
        return begin <= local < end if begin < end else local >= begin or local < end

    def _noted(self, choice: Choice) -> str | None:
        text = self._notes.note(_note(choice.key))
        if text is None:
            return None
        try:
            kept = choice.read(text)
            if choice.field:
                _checked(choice, kept)
        except ValueError:
            return None
        return kept


def _checked(choice: Choice, text: str) -> Settings:
    """The settings with this one alone. Raises ValidationError (a ValueError)."""
    values: dict[str, Any] = {choice.field: text}
    return Settings(**values)


def _reason(error: ValidationError) -> str:
    said = error.errors(include_input=False, include_url=False, include_context=False)[0]["msg"]
    return said.removeprefix("Value error, ").removeprefix("Input ").rstrip(".")


def _note(key: str) -> str:
    return f"choice:{key}"
