"""The one HTTP client of our own sources: `Fetcher.get(url) -> Fetched`, or `SourceFailed` in one sentence.

fetcher: request, redirects, limits, error map · addresses: which hosts may be reached · terms: what a host asks of its
visitors (rate, user agent, rest after a refusal) · cache: what was fetched before, for conditional requests.
"""

from providers.http.addresses import Addresses
from providers.http.cache import ResponseCache
from providers.http.fetcher import Fetched, Fetcher
from providers.http.terms import Refusal, Terms

__all__ = ["Addresses", "Fetched", "Fetcher", "Refusal", "ResponseCache", "Terms"]
