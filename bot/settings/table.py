"""Every setting with its default: a table. Field names in lower case; in `.env` and the environment they
stand in upper case."""

from collections.abc import Mapping
from datetime import time
from decimal import Decimal
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr
from pydantic_settings import BaseSettings, NoDecode, PydanticBaseSettingsSource, SettingsConfigDict

from bot.settings import values
from bot.settings.values import Address, File, MaybeAddress, TimeOfDay
from core.base.names import fold_ticker
from core.jury.waves import Size
from providers.models.services import SERVICES


class Settings(BaseSettings):
    """Everything that can be set. The class reads nothing by itself: `bot.settings.read` asks the library's
    sources one by one, so that everything that is wrong can be named together."""

    # Without `hide_input_in_errors` one wrong setting would print the others.
    model_config = SettingsConfigDict(
        hide_input_in_errors=True, frozen=True, extra="ignore", env_ignore_empty=True
    )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return (init_settings,)

    telegram_token: SecretStr | None = None
    telegram_allowed_user_ids: Annotated[tuple[int, ...], NoDecode, BeforeValidator(values.ids)] = ()
    telegram_base_url: Address = "https://api.telegram.org"

    model: Annotated[str, AfterValidator(values.model)] | None = None
    model_base_url: Address | None = None
    anthropic_api_key: SecretStr | None = None
    openai_api_key: SecretStr | None = None
    model_api_key: SecretStr | None = None
    model_price: Annotated[str, AfterValidator(values.price)] | None = None
    principles_file: File | None = None

    model_tier: Annotated[str, AfterValidator(values.tier)] = "standard"
    model_deadline: int = Field(default=600, ge=10, le=86_400)
    model_max_tokens: int | None = Field(default=None, ge=256, le=1_000_000)
    jury_size: Annotated[Size, NoDecode, BeforeValidator(values.jury_size)] = Size(least=5, most=5)
    jury_concurrency: int | None = Field(default=None, ge=1, le=31)
    temperature: Decimal | None = Field(default=None, ge=0, le=2)
    max_cost_usd: Decimal = Field(default=Decimal(2), ge=0)
    budget_usd: Decimal = Field(default=Decimal(10), ge=0)
    confirm_above_usd: Decimal = Field(default=Decimal("0.50"), ge=0)

    base_currency: Annotated[str, AfterValidator(values.currency)] = "EUR"
    portfolio_file: File | None = None
    universe_file: File | None = None
    database: File = Path("condorcet.sqlite")
    horizon_months: int = Field(default=12, ge=1, le=120)

    contact_email: Annotated[str, AfterValidator(values.email)] | None = None
    sec_base_url: Address = "https://www.sec.gov"
    sec_data_url: Address = "https://data.sec.gov"
    info_financiere_url: MaybeAddress = "https://www.info-financiere.gouv.fr"
    uk_nsm_url: MaybeAddress = "https://api.data.fca.org.uk"
    no_newsweb_url: MaybeAddress = "https://api3.oslo.oslobors.no"
    dk_oam_url: MaybeAddress = "https://weappegressprod.azurewebsites.net"
    fi_oam_url: MaybeAddress = "https://www.oam.fi"
    it_oneinfo_url: MaybeAddress = "https://consob.1info.it"
    es_cnmv_url: MaybeAddress = "https://www.cnmv.es"
    nl_afm_url: MaybeAddress = "https://www.afm.nl"
    se_insyn_url: MaybeAddress = "https://marknadssok.fi.se"
    jp_edinet_url: MaybeAddress = "https://api.edinet-fsa.go.jp"
    kr_dart_url: MaybeAddress = "https://opendart.fss.or.kr"
    eu_xbrl_url: MaybeAddress = "https://filings.xbrl.org"
    fr_bdif_url: MaybeAddress = "https://bdif.amf-france.org"
    edinet_key: SecretStr | None = None
    dart_key: SecretStr | None = None
    gleif_url: MaybeAddress = "https://api.gleif.org"
    openfigi_url: Address = "https://api.openfigi.com"
    openfigi_key: SecretStr | None = None
    sources: Annotated[tuple[str, ...], NoDecode, BeforeValidator(values.sources)] = ()
    news_feeds: File | None = None
    search_url: MaybeAddress = "https://news.google.com"
    market_source: Annotated[str, AfterValidator(values.market)] = "yahoo"
    market_key: SecretStr | None = None
    market_url: Address | None = None
    fx_url: Address = "https://www.ecb.europa.eu"
    # It may hold a password.
    proxy_url: Annotated[SecretStr, AfterValidator(values.proxy)] | None = None
    index_ticker: Annotated[str, AfterValidator(fold_ticker)] = "^GSPC"
    fractional_shares: bool = False

    push_day: int = Field(default=1, ge=1, le=31)
    push_time: TimeOfDay = time(8, 0)
    timezone: Annotated[str, AfterValidator(values.zone)] = "Europe/Paris"
    watch_time: Annotated[TimeOfDay | None, BeforeValidator(values.or_off)] = time(18, 30)
    # Whoever knows the address can silence the alarm.
    heartbeat_url: Address | None = Field(default=None, repr=False)
    log_level: Annotated[str, AfterValidator(values.level)] = "INFO"


# Which key a provider's model needs; MODEL_API_KEY serves every provider that has no key of its own set.
KEYS: Mapping[str, str] = {service.name: service.keys[0] for service in SERVICES if service.key_needed}
KEY_NAMES = ("ANTHROPIC_API_KEY", "OPENAI_API_KEY", "MODEL_API_KEY")

# A model is asked for its ballots only; a report also needs a contact for the regulators; the bot also its
# door.
NEEDS_MODEL = ("MODEL",)
NEEDS_REPORT = ("MODEL", "CONTACT_EMAIL")
NEEDS_BOT = ("TELEGRAM_TOKEN", "TELEGRAM_ALLOWED_USER_IDS", "MODEL", "CONTACT_EMAIL")
