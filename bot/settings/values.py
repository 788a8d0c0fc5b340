"""How one setting's text is read: trimmed words and numbers in, a value out, or a reason that never repeats
the text."""

import re
from datetime import time
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, BeforeValidator, SecretStr

from core.jury.waves import FEWEST, MOST, Size
from providers.markets.registry import BY_NAME as MARKETS
from providers.models.services import BY_NAME

PROVIDERS = tuple(BY_NAME)
TIERS = ("standard", "flex", "batch")
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
# Numbers as people write prices: ASCII digits and a point. `Decimal` would also take '1_0' and '١٢'.
_AMOUNT = re.compile(r"[0-9]{1,9}(\.[0-9]{1,9})?")
_SIZE = re.compile(r"([0-9]{1,2})(?:-([0-9]{1,2}))?")
_TIME = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])")


def address(value: str) -> str:
    try:
        parts = urlsplit(value)
        usable = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable or any(sign.isspace() for sign in value):
        raise ValueError("must be an address that begins with http:// or https://")
    return value.rstrip("/")


def model(value: str) -> str:
    provider, separator, name = (part.strip() for part in value.partition(":"))
    provider = provider.casefold()
    if provider == "rehearsal" and not separator:
        return provider
    if provider in PROVIDERS and name:
        # Bytes that are no UTF-8 arrive as halves of characters, which could be neither stored nor sent.
        if not name.isprintable():
            raise ValueError("holds a character that no model's id has")
        return f"{provider}:{name}"
    raise ValueError(
        f"must be `rehearsal` or one of {', '.join(PROVIDERS)} followed by `:` and the model's id"
    )


def price(value: str) -> str:
    numbers = [part.strip() for part in value.split(",")]
    if len(numbers) not in {2, 4} or not all(_AMOUNT.fullmatch(number) for number in numbers):
        raise ValueError(
            "must be `input,output` or `input,output,cached read,cache write`, in US dollars per "
            "million tokens"
        )
    return ",".join(numbers)


def tier(value: str) -> str:
    folded = value.casefold()
    if folded not in TIERS:
        raise ValueError(f"must be one of {', '.join(TIERS)}")
    return folded


def jury_size(value: Any) -> Size:
    """`5`, or `3-9` for as many as it takes."""
    if isinstance(value, Size):
        return value
    found = _SIZE.fullmatch(str(value).replace(" ", ""))
    least, most = (int(found[1]), int(found[2] or found[1])) if found else (0, 0)
    if not FEWEST <= least <= most <= MOST:
        raise ValueError(f"must be a number from {FEWEST} to {MOST}, or a range of them (as in 3-9)")
    return Size(least=least, most=most)


def zone(value: str) -> str:
    try:
        return ZoneInfo(value).key
    except (KeyError, ValueError, OSError):
        # The list is read from the disk, so only when the name as written is not on it.
        listed = {name.casefold(): name for name in available_timezones()}
    if value.casefold() not in listed:
        raise ValueError("is no time zone of the IANA list (as in Europe/Paris)")
    return listed[value.casefold()]


def time_of_day(value: Any) -> Any:
    """Pydantic reads a bare `8` as eight seconds past midnight."""
    if not isinstance(value, str):
        return value
    found = _TIME.fullmatch(value)
    if found is None:
        raise ValueError("must be a time of day (as in 08:00)")
    return time(int(found[1]), int(found[2]))


def email(value: str) -> str:
    name, at, domain = value.partition("@")
    # It is sent in a header: printable ASCII only.
    readable = value.isascii() and value.isprintable() and " " not in value and "@" not in domain
    if not (name and at and "." in domain and readable) or name.lower() in {"noreply", "no-reply"}:
        raise ValueError("must be an e-mail address at which a regulator could reach you")
    return value


def ids(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    parts = tuple(part.strip() for part in value.replace(";", ",").split(",") if part.strip())
    if not all(re.fullmatch(r"-?[0-9]{1,18}", part) for part in parts):
        raise ValueError("must be numeric Telegram ids separated by commas (a name with @ is none)")
    return parts


def sources(value: Any) -> Any:
    """Words of the registry of official sources, which is loaded only when the setting is made."""
    if not isinstance(value, str):
        return value
    from providers.sources.registry import ROWS
    from providers.sources.shape import DEFAULT

    words = tuple(part.strip().casefold() for part in value.split(",") if part.strip())
    known = (DEFAULT, *(row.terms.key for row in ROWS))
    if any(word not in known for word in words):
        raise ValueError(f"must be words of {', '.join(known)}, separated by commas")
    return words


def market(value: str) -> str:
    kind, _, path = (part.strip() for part in value.partition(":"))
    kind = kind.casefold()
    if kind in MARKETS and not path:
        return kind
    if kind == "file" and path:
        return f"{kind}:{Path(path).expanduser()}"
    raise ValueError(f"must be one of {', '.join(MARKETS)}, or `file:` followed by the path of a market file")


def proxy(value: SecretStr) -> SecretStr:
    try:
        parts = urlsplit(value.get_secret_value())
        usable = (
            parts.scheme in {"http", "https", "socks5", "socks5h"}
            and bool(parts.hostname)
            and parts.port != 0
        )
    except ValueError:
        usable = False
    if not usable:
        raise ValueError("must be the address of a proxy that begins with http://, https:// or socks5://")
    return value


def currency(value: str) -> str:
    folded = value.strip().upper()
    if len(folded) != 3 or not folded.isascii() or not folded.isalpha():
        raise ValueError("must be a currency code of three letters (as in EUR)")
    return folded


def level(value: str) -> str:
    if value.upper() not in LOG_LEVELS:
        raise ValueError(f"must be one of {', '.join(LOG_LEVELS)}")
    return value.upper()


def or_off(value: Any) -> Any:
    return None if isinstance(value, str) and value.strip().casefold() == "off" else value


Address = Annotated[str, AfterValidator(address)]
# What `off` switches off: the source is then not configured, and nothing is claimed of it.
MaybeAddress = Annotated[Address | None, BeforeValidator(or_off)]
TimeOfDay = Annotated[time, BeforeValidator(time_of_day)]
File = Annotated[Path, AfterValidator(Path.expanduser)]
