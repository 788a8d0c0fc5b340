"""The one egress door: `Fetcher.get(url) -> Fetched`, or `SourceFailed` in one sentence.

fetcher: request, redirects, limits, error map · addresses: which hosts may be reached, and by which way ·
terms: what a host asks of its visitors (rate, user agent, rest after a refusal) · cache: what was fetched
before, for conditional requests.
"""

from providers.http.addresses import Addresses, CheckedTransport
from providers.http.cache import ResponseCache
from providers.http.fetcher import Fetched, Fetcher
from providers.http.terms import Refusal, Terms

__all__ = ["Addresses", "CheckedTransport", "Fetched", "Fetcher", "Refusal", "ResponseCache", "Terms"]
