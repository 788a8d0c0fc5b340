"""From the file and the environment to settings: what is wrong is named all at once, and no value is ever
printed."""

import difflib
import io
import os
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from dotenv.parser import parse_stream
from pydantic import SecretStr, ValidationError
from pydantic_settings import EnvSettingsSource

from bot.settings.table import KEY_NAMES, KEYS, Settings
from core.base.errors import BadRequest
from providers.markets.registry import BY_NAME

ENV_FILE = Path(".env")

# What a setting's name may look like. Anything else on a line may be a key that was pasted there: it is not
# repeated.
_NAME = re.compile(r"[A-Za-z_]{1,40}")

# How alike a foreign name of the process' environment must be to count as one of ours misspelt (difflib's
# ratio).
ALIKE = 0.86

# Names that hosts set whose disks are emptied at each restart -> the host.
FORGETFUL = {"DYNO": "Heroku", "K_SERVICE": "Google Cloud Run"}


def load(needs: Iterable[str] = (), *, env_file: Path = ENV_FILE) -> Settings:
    """The settings. Raises BadRequest that names every missing, wrong and misspelt one at once, without any
    value."""
    settings, faults = read(env_file=env_file)
    wrong = {fault.partition(" ")[0] for fault in faults}
    faults += tuple(f"{name} is missing" for name in missing(settings, needs) if name not in wrong)
    if faults:
        raise BadRequest(_sentence(faults, env_file))
    return settings


def read(
    answers: Mapping[str, str] | None = None, *, env_file: Path = ENV_FILE
) -> tuple[Settings, tuple[str, ...]]:
    """The settings as far as they can be read, defaults in place of the wrong ones, and what is wrong,
    without any value.

    `answers` win over the environment (an empty one unsets), and that over the file. Raises BadRequest when
    the file cannot be read at all.
    """
    kept, faults = read_file(env_file)
    ours = _ours()
    given: dict[str, Any] = {}
    environment = {name.upper(): str(value) for name, value in EnvSettingsSource(Settings)().items()}
    for source in (kept, environment):
        given |= {name: value.strip() for name, value in source.items() if name in ours and value.strip()}
    given |= {name: value.strip() for name, value in (answers or {}).items()}
    given = {name: value for name, value in given.items() if value}
    faults = [*faults, *_misspelt(kept)]
    while True:
        try:
            settings = Settings(**{name.lower(): value for name, value in given.items()})
        except ValidationError as error:
            wrong = error.errors(include_input=False, include_url=False, include_context=False)
            reasons = {str(row["loc"][0]).upper(): _reason(row["msg"]) for row in wrong}
            faults += [f"{name} {reason}" for name, reason in reasons.items()]
            given |= {name: Settings.model_fields[name.lower()].default for name in reasons}
        else:
            return settings, tuple(faults)


def read_file(env_file: Path) -> tuple[dict[str, str], list[str]]:
    """What stands in the file, by names in upper case, and which lines cannot be read. No file: nothing.

    Raises BadRequest when there is a file that cannot be read.
    """
    if not env_file.exists():
        return {}, []
    try:
        text = env_file.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise BadRequest(f"The settings file {env_file} cannot be read ({error.strerror}).") from error
    except UnicodeDecodeError as error:
        raise BadRequest(f"The settings file {env_file} is not UTF-8 text.") from error
    found: dict[str, str] = {}
    unread: list[str] = []
    for line in parse_stream(io.StringIO(text)):
        if line.key is not None and line.value is not None and _NAME.fullmatch(line.key) and not line.error:
            found[line.key.upper()] = line.value
        elif line.key is not None or line.error:
            number = line.original.line + len(line.original.string) - len(line.original.string.lstrip("\n"))
            unread.append(f"line {number} cannot be read: a line is NAME=value or begins with #")
    return found, unread


def overridden(env_file: Path = ENV_FILE) -> tuple[str, ...]:
    """Settings that the file makes and another value in the environment overrules. A default is no wish of
    anybody's."""
    kept, _ = read_file(env_file)
    return tuple(
        name
        for name, value in kept.items()
        if name in _ours()
        and os.environ.get(name, "").strip() not in {"", value.strip()}
        and not _is_default(name, value)
    )


def _is_default(name: str, value: str) -> bool:
    field = name.lower()
    alone: dict[str, Any] = {field: value.strip()}
    try:
        read_value = getattr(Settings(**alone), field) if value.strip() else None
    except ValidationError:
        return False
    return not value.strip() or bool(read_value == Settings.model_fields[field].default)


def forgetful_host() -> str | None:
    """The host on which this runs, if it is known to empty its disk at each restart."""
    return next((host for name, host in FORGETFUL.items() if os.environ.get(name)), None)


def nearest(name: str, *, cutoff: float = 0.6) -> str | None:
    """The setting whose name is most like `name`, if one is."""
    close = difflib.get_close_matches(name, _ours(), n=1, cutoff=cutoff)
    return close[0] if close else None


def missing(settings: Settings, needs: Iterable[str]) -> tuple[str, ...]:
    """Names among `needs` (and the key that the set model needs, when MODEL is needed) that are not set."""
    names = [name for name in needs if not getattr(settings, name.lower())]
    # A server of one's own (MODEL_BASE_URL) often needs no key; if it does, it will say so.
    if "MODEL" in needs and settings.model is not None and settings.model_base_url is None:
        key = KEYS.get(settings.model.partition(":")[0])
        if key is not None and settings.model_api_key is None and getattr(settings, key.lower()) is None:
            names.append(key)
    row = BY_NAME.get(settings.market_source)
    if "CONTACT_EMAIL" in needs and row is not None and row.needs_key and settings.market_key is None:
        names.append("MARKET_KEY")
    return tuple(names)


def model_keys(settings: Settings) -> dict[str, str]:
    """The keys that are set, by the names of their settings."""
    found = {name: getattr(settings, name.lower()) for name in KEY_NAMES}
    return {name: value.get_secret_value() for name, value in found.items() if isinstance(value, SecretStr)}


def secrets_of(settings: Settings) -> tuple[str, ...]:
    """Every secret value, for the redaction of logs. Never printed, never stored."""
    values = (getattr(settings, name) for name in type(settings).model_fields)
    return tuple(value.get_secret_value() for value in values if isinstance(value, SecretStr))


def _ours() -> tuple[str, ...]:
    return tuple(name.upper() for name in Settings.model_fields)


def _misspelt(kept: Mapping[str, str]) -> list[str]:
    ours = _ours()
    faults = [f"{name} is not a setting{_meant(name, 0.6)}" for name in kept if name not in ours]
    foreign = {name.upper() for name in os.environ} - set(ours) - set(kept)
    faults += [
        f"{name} (in the environment) is not a setting{meant}"
        for name in sorted(foreign)
        if (meant := _meant(name, ALIKE))
    ]
    return faults


def _meant(name: str, cutoff: float) -> str:
    near = nearest(name, cutoff=cutoff)
    return f"; did you mean {near}?" if near else ""


def _reason(message: str) -> str:
    """Pydantic's sentence without its subject, for the setting's name stands there."""
    return message.removeprefix("Value error, ").removeprefix("Input ").rstrip(".")


def _sentence(faults: Iterable[str], env_file: Path) -> str:
    listed = [f"  - {fault}" for fault in faults]
    return "\n".join(
        [
            f"The settings need your hand ({len(listed)} to mend in {env_file} or the environment):",
            *listed,
            "`.env.example` explains each; `python -m bot setup` asks for what is needed.",
        ]
    )
