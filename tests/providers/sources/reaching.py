"""What tests of official sources share: a source of the registry over addresses of their own."""

from datetime import UTC, datetime

from core.ports import FactSource
from providers.http import Fetcher, Terms
from providers.identities.client import Register, Unwritten
from providers.sources.registry import ROWS
from providers.sources.shape import Reach, Source

CONTACT = "me@example.org"
# Whatever key a source needs: no test may depend on a real one.
SECRETS = dict.fromkeys((need for row in ROWS for need in row.terms.needs), "test-key")


def row_of(key: str) -> Source:
    return next(row for row in ROWS if row.terms.key == key)


def terms_of(key: str, url: str, *, per_second: float = 1000.0) -> Terms:
    """The source's own terms over `url`, at a pace for tests."""
    return row_of(key).terms.host_terms((url,), CONTACT, per_second=per_second)


def source_of(key: str, fetcher: Fetcher, url: str) -> FactSource:
    """The source with all its addresses at `url`."""
    row = row_of(key)
    addresses = (url,) * len(row.terms.addresses)
    return row.build(
        Reach(
            fetcher=fetcher,
            addresses=addresses,
            contact=CONTACT,
            secrets=SECRETS,
            identities=Register(fetcher, Unwritten(), gleif_url=url, now=lambda: datetime.now(UTC)),
        )
    )
