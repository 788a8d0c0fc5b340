"""Three gates with tables of reasons; what they stop is named."""

import pytest

from core.facts.fact import Authority, Severity
from core.facts.gates import (
    FORECAST,
    OPINION,
    OPINION_PUBLISHERS,
    SOURCING,
    Stopped,
    forecast,
    stop,
    stop_views,
)
from core.facts.headlines import EVENTS, grade_headline
from core.facts.rule import Rule, line, table


@pytest.mark.parametrize("row", SOURCING, ids=lambda row: row.name)
def test_every_sourcing_row_finds_its_example(row: Rule) -> None:
    assert table([row]).first(line(row.example)) is row


@pytest.mark.parametrize("row", OPINION, ids=lambda row: row.name)
def test_every_opinion_row_finds_its_example(row: Rule) -> None:
    assert table([row]).first(line(row.example)) is row


@pytest.mark.parametrize("row", FORECAST, ids=lambda row: row.name)
def test_every_forecast_row_finds_its_example(row: Rule) -> None:
    assert table([row]).first(line(row.example)) is row


@pytest.mark.parametrize("row", EVENTS, ids=lambda row: f"{row.event}-{row.severity.value}")
def test_every_event_row_grades_its_example(row: object) -> None:
    assert row in EVENTS
    event = next(one for one in EVENTS if one is row)

    assert grade_headline(line(event.rule.example)).grade.severity is event.severity
    assert grade_headline(line(event.rule.example)).grade.label == event.event


@pytest.mark.parametrize(
    ("headline", "gate"),
    [
        ("Carmaker to cut jobs, sources say", "sourcing"),
        ("Bank weighs sale of its insurance arm", "sourcing"),
        ("Exclusive: firms in advanced talks, people familiar with the matter say", "sourcing"),
        ("Cession en vue, selon des sources proches du dossier", "sourcing"),
        ("Morgan Stanley upgrades Visa to overweight", "opinion"),
        ("Faut-il acheter l'action TotalEnergies après les résultats", "opinion"),
        ("7 dividend stocks to buy and hold", "opinion"),
        ("Is it time to sell Tesla?", "opinion"),
        ("Nvidia price target raised to $250 at Citi", "opinion"),
        ("I tried Tencent's new agent for a day: where it stumbled", "opinion"),
        ("Instagram is the best and worst thing for desserts, says world-famous pastry chef", "opinion"),
    ],
)
def test_what_nobody_vouches_for_and_what_is_a_view_is_stopped(headline: str, gate: str) -> None:
    stopped = stop(line(headline), Authority.NEWSWIRE)

    assert stopped is not None
    assert stopped.gate == gate
    assert stopped.reason


@pytest.mark.parametrize(
    "headline",
    [
        "Dutch regulator fines Uber $966 million for automating driver suspensions",
        "Retailer sees sales drop as shoppers stay at home",
        "Company may not appeal, court rules",
        "At least 109 workers harassed colleagues in a year, mining company says",
        "I Squared Capital buys a stake in a port",
        "Fitch downgrades carmaker's credit rating",
        "Agency says 3 workers killed in plant fire",
        "Leak at gas pipeline halts refinery",
    ],
)
def test_what_happened_passes(headline: str) -> None:
    assert stop(line(headline), Authority.NEWSWIRE) is None


@pytest.mark.parametrize("row", [*SOURCING, *OPINION], ids=lambda row: row.name)
def test_an_official_item_passes_whatever_its_words(row: Rule) -> None:
    assert stop(line(row.example), Authority.OFFICIAL) is None


def test_an_opinion_publisher_is_heard_only_about_a_weighty_event() -> None:
    assert stop_views(Authority.OTHER, "Zacks", Severity.G2) is None
    assert stop_views(Authority.OTHER, "Reuters", Severity.G1) is None
    assert stop_views(Authority.OTHER, "Zacks Investment Research", Severity.G1) == Stopped(
        "opinion",
        "publisher of opinion: rank lists and previews made from estimates, and no event of weight is stated",
    )


def test_every_opinion_publisher_has_a_reason() -> None:
    assert all(name == name.lower() and reason for name, reason in OPINION_PUBLISHERS)


def test_may_alone_is_no_forecast() -> None:
    assert forecast(line("Court may hear the case")) is None


def test_a_headline_without_an_event_is_an_anecdote() -> None:
    event = grade_headline(line("Robot beats the best human players"))

    assert event.grade.severity is Severity.G1
    assert event.grade.row == "no event row"
    assert event.two_sided is False


def test_a_purchase_of_a_business_weighs_less_than_one_of_a_company() -> None:
    assert grade_headline(line("Software house to acquire rival")).grade.severity is Severity.G3
    assert (
        grade_headline(line("Software house to acquire rival's payments business")).grade.severity
        is Severity.G2
    )
