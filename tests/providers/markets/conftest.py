"""What the tests of sources over HTTP share."""

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack

import pytest

from providers.http import Fetcher

Door = Callable[[str], Fetcher]


@pytest.fixture
async def door() -> AsyncIterator[Door]:
    """Makes egress doors that trust one address, and closes them."""
    async with AsyncExitStack() as stack:

        def trusting(address: str) -> Fetcher:
            fetcher = Fetcher(trusted=[address])
            stack.push_async_callback(fetcher.aclose)
            return fetcher

        yield trusting
