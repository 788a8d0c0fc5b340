"""OpenFIGI: from an ISIN to the places where it trades. Opt-in: only with the owner's free key (OPENFIGI_KEY).

Refuses a listing on an exchange that is not in the table, since its ticker could not be written as price sources write it.
A listing is sure when the registered name that came with the ISIN agrees; two signs, as everywhere.
"""

import json
from typing import Final

from core.base.errors import SourceFailed
from core.base.gap import Gap
from core.portfolio.identities import Certainty, Listing, same_company
from providers.http import Fetcher

NAME: Final = "OpenFIGI"
CAP: Final = 2_000_000
# OpenFIGI's exchange code → the suffix that price sources write, the exchange, the currency it quotes in.
EXCHANGES: Final = {
    "US": ("", "United States", "USD"),
    "GY": (".DE", "Xetra", "EUR"),
    "GF": (".F", "Frankfurt", "EUR"),
    "LN": (".L", "London", "GBp"),
    "FP": (".PA", "Paris", "EUR"),
    "NA": (".AS", "Amsterdam", "EUR"),
    "BB": (".BR", "Brussels", "EUR"),
    "PL": (".LS", "Lisbon", "EUR"),
    "ID": (".IR", "Dublin", "EUR"),
    "IM": (".MI", "Milan", "EUR"),
    "AV": (".VI", "Vienna", "EUR"),
    "FH": (".HE", "Helsinki", "EUR"),
    "SE": (".SW", "SIX Swiss", "CHF"),
    "SS": (".ST", "Stockholm", "SEK"),
    "DC": (".CO", "Copenhagen", "DKK"),
    "NO": (".OL", "Oslo", "NOK"),
    "PW": (".WA", "Warsaw", "PLN"),
    "JT": (".T", "Tokyo", "JPY"),
    "KP": (".KS", "Korea", "KRW"),
    "KQ": (".KQ", "KOSDAQ", "KRW"),
    "HK": (".HK", "Hong Kong", "HKD"),
    "SP": (".SI", "Singapore", "SGD"),
    "AT": (".AX", "Australia", "AUD"),
    "CT": (".TO", "Toronto", "CAD"),
}


async def listings(fetcher: Fetcher, url: str, key: str, isin: str, name: str) -> tuple[Listing, ...]:
    """Every listing on an exchange of the table, in its order; () when OpenFIGI knows none. Raises SourceFailed."""
    asked = json.dumps([{"idType": "ID_ISIN", "idValue": isin}]).encode()
    headers = {"content-type": "application/json", "x-openfigi-apikey": key}
    fetched = await fetcher.get(f"{url}/v3/mapping", source=NAME, headers=headers, cap=CAP, post=asked)
    try:
        (job,) = json.loads(fetched.body)
        if "data" not in job:
            if "error" in job:
                raise SourceFailed(f"{NAME} refused the ISIN {isin}.", source=NAME, permanent=True)
            return ()
        rows = [
            (str(row["exchCode"]), str(row["ticker"]), str(row["name"]))
            for row in job["data"]
            if row["marketSector"] == "Equity" and row["shareClassFIGI"] is not None
        ]
    except (ValueError, KeyError, TypeError) as error:
        raise SourceFailed(f"{NAME} answered with something else than a mapping.", source=NAME) from error
    found = []
    for code, (suffix, exchange, currency) in EXCHANGES.items():
        for ticker, told in dict.fromkeys((row[1], row[2]) for row in rows if row[0] == code):
            found.append(
                Listing(
                    ticker=_spelled(ticker, suffix),
                    exchange=exchange,
                    currency=currency,
                    name=told or Gap(gap="not given"),
                    source=NAME,
                    certainty=Certainty.SURE if name and same_company(name, told) else Certainty.ONE,
                )
            )
    return tuple(found)


def _spelled(ticker: str, suffix: str) -> str:
    """As price sources write it: a class behind a hyphen, Hong Kong's numbers with four digits."""
    plain = ticker.replace("/", "-").rstrip("-").replace(" ", "-").upper()
    return f"{plain.zfill(4) if suffix == '.HK' else plain}{suffix}"
