"""The only reader of the environment. Missing, wrong and misspelt settings are named all at once; no value is ever printed.

Decisions: an empty setting counts as not set. `.env` is this program's own file, so every name in it must be one of ours;
in the process' environment, which others share, only a name that is nearly one of ours stops the start (a misspelt
BUDGET_USD would silently spend).
"""

import difflib
import os
from collections.abc import Iterable, Mapping
from datetime import time
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from dotenv import dotenv_values
from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from core.errors import BadRequest

PROVIDERS = ("anthropic", "openai", "gemini", "mimo", "openrouter", "ollama", "openai-compatible")


def _address(value: str) -> str:
    if not value.startswith(("http://", "https://")):
        raise ValueError("must begin with http:// or https://")
    return value.rstrip("/")


def _model(value: str) -> str:
    provider, separator, name = value.partition(":")
    if value == "rehearsal" or (separator and provider in PROVIDERS and name.strip()):
        return value
    raise ValueError(
        f"must be `rehearsal` or one of {', '.join(PROVIDERS)} followed by `:` and the model's id"
    )


def _zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (KeyError, ValueError, OSError) as error:
        raise ValueError("is no time zone of the IANA list (as in Europe/Paris)") from error
    return value


def _email(value: str) -> str:
    name, at, domain = value.partition("@")
    if not (name and at and "." in domain) or " " in value or name.lower() in {"noreply", "no-reply"}:
        raise ValueError("must be an e-mail address at which a regulator could reach you")
    return value


def _ids(value: Any) -> Any:
    if isinstance(value, str):
        return tuple(part.strip() for part in value.replace(";", ",").split(",") if part.strip())
    return value


def _market(value: str) -> str:
    kind, _, path = value.partition(":")
    if value == "yahoo" or (kind == "file" and path.strip()):
        return value
    raise ValueError("must be `yahoo` or `file:` followed by the path of a market file")


def _currency(value: str) -> str:
    folded = value.strip().upper()
    if len(folded) != 3 or not folded.isascii() or not folded.isalpha():
        raise ValueError("must be a currency code of three letters (as in EUR)")
    return folded


def _or_off(value: Any) -> Any:
    return None if isinstance(value, str) and value.strip().casefold() == "off" else value


Address = Annotated[str, AfterValidator(_address)]
# An address that `off` switches off: the source is then not configured, and nothing is claimed of it.
MaybeAddress = Annotated[Address | None, BeforeValidator(_or_off)]


class Settings(BaseSettings):
    """Everything that can be set. Field names in lower case; in `.env` they stand in upper case."""

    model_config = SettingsConfigDict(
        env_file=".env",
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        extra="ignore",
        hide_input_in_errors=True,
        frozen=True,
    )

    telegram_token: SecretStr | None = None
    telegram_allowed_user_ids: Annotated[tuple[int, ...], NoDecode, BeforeValidator(_ids)] = ()
    telegram_base_url: Address = "https://api.telegram.org"

    model: Annotated[str, AfterValidator(_model)] | None = None
    model_base_url: Address | None = None
    anthropic_api_key: SecretStr | None = None
    openai_api_key: SecretStr | None = None
    model_api_key: SecretStr | None = None
    principles_file: Path | None = None

    jury_size: int = Field(default=5, ge=3, le=31)
    jury_concurrency: int = Field(default=8, ge=1, le=31)
    temperature: Decimal = Field(default=Decimal(0), ge=0, le=2)
    max_cost_usd: Decimal = Field(default=Decimal(2), ge=0)
    budget_usd: Decimal = Field(default=Decimal(10), ge=0)
    confirm_above_usd: Decimal = Field(default=Decimal("0.50"), ge=0)

    base_currency: Annotated[str, AfterValidator(_currency)] = "EUR"
    portfolio_file: Path | None = None
    universe_file: Path | None = None
    database: Path = Path("condorcet.sqlite")
    horizon_months: int = Field(default=12, ge=1, le=120)

    contact_email: Annotated[str, AfterValidator(_email)] | None = None
    sec_base_url: Address = "https://www.sec.gov"
    sec_data_url: Address = "https://data.sec.gov"
    info_financiere_url: MaybeAddress = "https://dilaamf.opendatasoft.com"
    news_feeds: Path | None = None
    search_url: MaybeAddress = "https://news.google.com"
    market_source: Annotated[str, AfterValidator(_market)] = "yahoo"
    market_url: Address | None = None
    fx_url: Address = "https://www.ecb.europa.eu"
    index_ticker: str = "^GSPC"
    fractional_shares: bool = False

    push_day: int = Field(default=1, ge=1, le=31)
    push_time: time = time(8, 0)
    timezone: Annotated[str, AfterValidator(_zone)] = "Europe/Paris"
    watch_time: time | None = time(18, 30)
    heartbeat_url: Address | None = None
    log_level: str = Field(default="INFO", pattern="^(DEBUG|INFO|WARNING|ERROR)$")


# Which key a provider's model needs; MODEL_API_KEY serves every provider that has no key of its own set.
KEYS: Mapping[str, str] = {
    "anthropic": "ANTHROPIC_API_KEY",
    "openai": "OPENAI_API_KEY",
    "gemini": "MODEL_API_KEY",
    "mimo": "MODEL_API_KEY",
    "openrouter": "MODEL_API_KEY",
}
KEY_NAMES = ("ANTHROPIC_API_KEY", "OPENAI_API_KEY", "MODEL_API_KEY")

# A model is asked for its ballots only; a report also needs a contact for the regulators; the bot also its door.
NEEDS_MODEL = ("MODEL",)
NEEDS_REPORT = ("MODEL", "CONTACT_EMAIL")
NEEDS_BOT = ("TELEGRAM_TOKEN", "TELEGRAM_ALLOWED_USER_IDS", "MODEL", "CONTACT_EMAIL")

# How alike a foreign name of the process' environment must be to count as one of ours misspelt (difflib's ratio).
ALIKE = 0.86


def load(needs: Iterable[str] = (), *, env_file: Path = Path(".env")) -> Settings:
    """The settings. Raises BadRequest that names every missing, wrong and misspelt one at once, without any value."""
    faults = _misspelt(env_file)
    try:
        settings = Settings(_env_file=env_file)
    except ValidationError as error:
        wrong = [
            f"{str(row['loc'][0]).upper()} {_reason(row['msg'])}"
            for row in error.errors(include_input=False, include_url=False, include_context=False)
        ]
        raise BadRequest(_sentence([*faults, *wrong], env_file)) from None
    faults += [f"{name} is missing" for name in missing(settings, needs)]
    if faults:
        raise BadRequest(_sentence(faults, env_file))
    return settings


def missing(settings: Settings, needs: Iterable[str]) -> tuple[str, ...]:
    """Names among `needs` (and the key that the set model needs, when MODEL is needed) that are not set."""
    names = [name for name in needs if not getattr(settings, name.lower())]
    # A server of one's own (MODEL_BASE_URL) often needs no key; if it does, it will say so.
    if "MODEL" in needs and settings.model is not None and settings.model_base_url is None:
        key = KEYS.get(settings.model.partition(":")[0])
        if key is not None and settings.model_api_key is None and getattr(settings, key.lower()) is None:
            names.append(key)
    return tuple(names)


def model_keys(settings: Settings) -> dict[str, str]:
    """The keys that are set, by the names of their settings."""
    found = {name: getattr(settings, name.lower()) for name in KEY_NAMES}
    return {name: value.get_secret_value() for name, value in found.items() if isinstance(value, SecretStr)}


def secrets_of(settings: Settings) -> tuple[str, ...]:
    """Every secret value, for the redaction of logs. Never printed, never stored."""
    values = (getattr(settings, name) for name in type(settings).model_fields)
    return tuple(value.get_secret_value() for value in values if isinstance(value, SecretStr))


def _misspelt(env_file: Path) -> list[str]:
    ours = [name.upper() for name in Settings.model_fields]
    in_file = (
        [name.upper() for name in dotenv_values(env_file, interpolate=False)] if env_file.is_file() else []
    )
    foreign = [name.upper() for name in os.environ if name.upper() not in ours]
    faults = [f"{name} is not a setting{_nearest(name, ours, 0.6)}" for name in in_file if name not in ours]
    faults += [
        f"{name} (in the environment) is not a setting{near}"
        for name in sorted(set(foreign) - set(in_file))
        if (near := _nearest(name, ours, ALIKE))
    ]
    return faults


def _nearest(name: str, ours: list[str], cutoff: float) -> str:
    close = difflib.get_close_matches(name, ours, n=1, cutoff=cutoff)
    return f"; did you mean {close[0]}?" if close else ""


def _reason(message: str) -> str:
    return message.removeprefix("Value error, ").rstrip(".")


def _sentence(faults: list[str], env_file: Path) -> str:
    listed = "\n".join(f"  - {fault}" for fault in faults)
    return (
        f"The settings need your hand ({len(faults)} to mend in {env_file} or the environment):\n{listed}\n"
        "`.env.example` explains each; `python -m bot setup` asks for what is needed."
    )
