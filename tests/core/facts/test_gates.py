"""Three gates with tables of reasons; what they stop is named."""

import pytest

from core.facts.events import Event
from core.facts.fact import Authority, Severity
from core.facts.gates import OPINION_PUBLISHERS, Stopped, forecast, stop, stop_views
from core.facts.headlines import grade_headline
from core.facts.rule import line


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


def test_an_opinion_publisher_is_heard_only_about_an_event() -> None:
    nothing = grade_headline(line("Maker shines")).grade
    price = grade_headline(line("Maker's shares slip")).grade

    assert stop_views(Authority.OTHER, "Zacks", grade_headline(line("Maker launches tablet")).grade) is None
    assert stop_views(Authority.OTHER, "Reuters", nothing) is None
    assert stop_views(Authority.OFFICIAL, "Zacks", nothing) is None
    assert stop_views(Authority.OTHER, "Zacks", price) is not None
    assert stop_views(Authority.OTHER, "Zacks Investment Research", nothing) == Stopped(
        "opinion", "publisher of opinion: rank lists and previews made from estimates, and no event is stated"
    )


def test_every_opinion_publisher_has_a_reason() -> None:
    assert all(name == name.lower() and reason for name, reason in OPINION_PUBLISHERS.items())


def test_may_alone_is_no_forecast() -> None:
    assert forecast(line("Court may hear the case")) is None


def test_a_headline_without_an_event_is_an_anecdote() -> None:
    event = grade_headline(line("Robot beats the best human players"))

    assert event.grade.severity is Severity.G1
    assert event.grade.row == "no event row"
    assert event.two_sided is False


@pytest.mark.parametrize(
    ("headline", "severity"),
    [
        ("Software maker to acquire rival's payments business", Severity.G2),
        ("Software maker to acquire rival for $4.9 billion", Severity.G2),
        ("Software maker to acquire rival for $5 billion", Severity.G3),
        ("Software maker to acquire rival for 1 trillion dollars", Severity.G3),
        ("Software maker to acquire rival for 900 billion yen", Severity.G2),
        ("Software maker to acquire rival of 1.2.3 billion parts", Severity.G2),
    ],
)
def test_a_purchase_weighs_by_its_size(headline: str, severity: Severity) -> None:
    assert grade_headline(line(headline)).grade.severity is severity


def test_the_company_that_is_bought_changes_for_good() -> None:
    told = grade_headline(line("Software maker to acquire rival"), bought=True)

    assert told.grade.severity is Severity.G3
    assert told.grade.event is Event.DEAL_AGREED
    assert told.two_sided
