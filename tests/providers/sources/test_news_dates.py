"""Dates of news items: explicit offset or none."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.base.gap import Gap
from providers.sources.stories.dates import read_date


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("Wed, 18 Feb 2026 01:51:00 +0000", datetime(2026, 2, 18, 1, 51, tzinfo=UTC)),
        ("Sun, 08 Mar 2026 22:16 GMT", datetime(2026, 3, 8, 22, 16, tzinfo=UTC)),
        ("Sun, 8 Mar 2026 07:23:46 -0400", datetime(2026, 3, 8, 11, 23, 46, tzinfo=UTC)),
        ("Tue, 17 Feb 2026 18:03:07 EST", datetime(2026, 2, 17, 23, 3, 7, tzinfo=UTC)),
        ("17 February 2026 18:03:07 PDT", datetime(2026, 2, 18, 1, 3, 7, tzinfo=UTC)),
        ("2026-02-17T17:36:36-0500", datetime(2026, 2, 17, 22, 36, 36, tzinfo=UTC)),
        ("2026-02-17T17:36:36.123Z", datetime(2026, 2, 17, 17, 36, 36, tzinfo=UTC)),
        ("2026-02-17 17:36+09:00", datetime(2026, 2, 17, 8, 36, tzinfo=UTC)),
        ("\n  Tue, 30 Jun 2026\t23:59:60 GMT ", datetime(2026, 6, 30, 23, 59, 59, tzinfo=UTC)),
        ("Thu, 01 Jan 1970 00:00:00 GMT", datetime(1970, 1, 1, tzinfo=UTC)),
    ],
)
def test_a_date_with_an_explicit_offset_is_read(text: str, moment: datetime) -> None:
    assert read_date(text) == moment


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026/6/29 15:07:41",
        "1782345600",
        "Wed, 18 Feb 2026 01:51:00",
        "Wed, 18 Feb 2026 01:51:00 CET",
        "Wed, 18 Feb 2026 01:51:00 IST",
        "Wed, 18 Feb 2026 01:51:00 -0000",
        "Wed, 18 Feb 2026 01:51:00 +2500",
        "Wed, 18 Feb 26 01:51:00 GMT",
        "mer., 18 févr. 2026 01:51:00 +0100",
        "Wed, 31 Feb 2026 01:51:00 GMT",
        "Wed, 18 Feb 2026 25:51:00 GMT",
        "2026-02-17",
        "2026-02-17T17:36:36",
        "٢٠٢٦-02-17T17:36:36Z",
        "0000-02-17T17:36:36Z",
        "yesterday",
        "x" * 1000,
    ],
)
def test_any_other_date_is_a_gap_and_never_a_guess(text: str) -> None:
    assert isinstance(read_date(text), Gap)


@given(st.text(max_size=80))
def test_any_text_is_read_without_an_error(text: str) -> None:
    read = read_date(text)

    assert isinstance(read, Gap) or read.tzinfo is UTC


@given(st.integers(min_value=-2_000_000_000, max_value=7_000_000_000))
def test_every_moment_survives_both_spellings(seconds: int) -> None:
    moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)

    assert read_date(moment.isoformat()) == moment
    assert read_date(moment.strftime("%d %b %Y %H:%M:%S +0000")) == moment
