"""The only reader of the environment. Missing, wrong and misspelt settings are named all at once; no value is ever printed.

Decisions: an empty setting counts as not set. A name in `.env` that is close to one of ours but is not one of ours stops
the start (a misspelt BUDGET_USD would silently spend); names that resemble nothing are left to other programs.
"""

from datetime import time
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field, SecretStr
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

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


def _currency(value: str) -> str:
    folded = value.strip().upper()
    if len(folded) != 3 or not folded.isascii() or not folded.isalpha():
        raise ValueError("must be a currency code of three letters (as in EUR)")
    return folded


Address = Annotated[str, AfterValidator(_address)]


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
    telegram_allowed_user_ids: Annotated[tuple[int, ...], NoDecode] = ()
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
    info_financiere_url: Address = "https://dilaamf.opendatasoft.com"
    news_feeds: Path | None = None
    search_url: Address | None = Field(default="https://news.google.com")
    market_source: str = "yahoo"
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
