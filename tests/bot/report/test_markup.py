from decimal import Decimal

import pytest

from bot.report import figures
from bot.report.markup import clean, entity_count, esc, link, plain_text, safe_address, shown_length
from core.base.gap import NOT_GIVEN


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("a\u202eb\u2066c", "abc"),
        ("a\x00b\x1b[31m", "ab[31m"),
        (" a \n\t b ", "a b"),
        ("zero\u200bwidth", "zerowidth"),
        ("\ud800x", "x"),
        ("", ""),
    ],
)
def test_control_and_direction_characters_never_pass(text: str, kept: str) -> None:
    assert clean(text) == kept


def test_a_cut_text_ends_in_an_ellipsis_within_its_limit() -> None:
    assert clean("abcdef", 4) == "abc…"
    assert clean("abcd", 4) == "abcd"


def test_length_is_of_what_is_shown_in_units_that_telegram_counts() -> None:
    assert shown_length("<b>a</b> &lt;&amp; 😀") == 7
    assert shown_length('<a href="https://example.org/a">b</a>') == 1
    assert entity_count("<b>a</b><i>b</i>") == 2


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "tg://x", "data:text/html,x", "//x", "https:///x", "http://[x", ""]
)
def test_only_plain_web_addresses_become_links(url: str) -> None:
    assert safe_address(url) == ""
    assert link(url, "a<b") == "a&lt;b"


def test_a_link_escapes_its_address() -> None:
    assert link('https://example.org/?a="&b', "t") == '<a href="https://example.org/?a=&quot;&amp;b">t</a>'
    assert plain_text(link("https://example.org/?a&b", "t")) == "t (https://example.org/?a&b)"


def test_escaped_text_comes_back_whole() -> None:
    assert plain_text(esc("<b>&amp; \"'")) == "<b>&amp; \"'"


def test_unknown_figures_are_never_zero() -> None:
    assert figures.usd(NOT_GIVEN) == "cost unknown"
    assert figures.share(NOT_GIVEN) == figures.number(NOT_GIVEN) == figures.day(NOT_GIVEN) == "unknown"
    assert figures.amount(NOT_GIVEN, "EUR") == "unknown"


def test_small_costs_and_shares_are_not_rounded_to_nothing_or_certainty() -> None:
    assert figures.usd(Decimal("0.0004")) == "$0.0004"
    assert figures.usd(Decimal(0)) == "$0.00"
    assert figures.share(0.999) == "99\u202f%"
    assert figures.share(0.001) == "<\u00a01\u202f%"
    assert figures.share(1.0) == "100\u202f%"


def test_a_figure_never_breaks_over_two_lines() -> None:
    assert figures.move(Decimal("6.14"), Decimal("2.0")) == "6.1\u00a0→\u00a02.0\u202f%"
    assert figures.move(Decimal("6.14"), Decimal("6.1")) == "6.1\u202f%"
    assert figures.tidy("5 % of 12 names") == "5\u202f% of 12 names"
    assert figures.plain_spaces("6.1\u00a0→\u00a02.0\u202f%") == "6.1 → 2.0 %"
    assert clean("5\u202f%\tis\u2003wide ") == "5\u202f% is wide"


def test_large_numbers_and_exact_quantities() -> None:
    assert figures.number(Decimal("3210000000"), "USD") == "3.21 B USD"
    assert figures.number(Decimal("-4500000")) == "-4.50 M"
    assert figures.quantity(Decimal("1200.500")) == "1,200.5"
    assert figures.quantity(Decimal("1E+3")) == "1,000"
