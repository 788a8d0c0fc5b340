"""Regulated information outside the SEC is graded by kind and title; routine notices are one fact a week."""

from datetime import date

from core.base.gap import NOT_GIVEN
from core.facts.events import Event
from core.facts.fact import Excerpt, Filing, Severity
from core.facts.filing import document_of
from core.facts.grading import grade_filing
from core.facts.sift import sift
from providers.sources.info_financiere.client import InfoFinanciere
from tests.core.facts.made import AS_OF, facts_of, gathering, story, subject

TTE = subject("TTE.PA", "TotalEnergies SE")


def notice(form: str, title: str = "", *, key: str = "1", filed: date = date(2026, 4, 20)) -> Filing:
    reported, series = InfoFinanciere.codes.translate(form, title or form)
    return Filing(
        ticker="TTE.PA",
        source="Info-financière",
        key=key,
        form=form,
        filed=filed,
        event_day=NOT_GIVEN,
        url=f"https://store.example/{key}",
        title=title or form,
        reports=(reported,),
        documents=(document_of("title", title or form),),
        series=series,
        told_twice=True,
    )


def test_the_title_can_weigh_more_than_the_kind() -> None:
    grade = grade_filing(notice("Inside information", "TotalEnergies chief executive resigns"))

    assert grade.severity is Severity.G3
    assert grade.event is Event.CHIEF_LEAVES


def test_inside_information_is_notable_whatever_its_title() -> None:
    assert grade_filing(notice("Inside information", "A letter")).severity is Severity.G2


def test_an_unknown_kind_is_unclassified_and_shown() -> None:
    (fact,) = facts_of(notice("Divers", "Une lettre"), subjects=(TTE,), ticker="TTE.PA")

    assert fact.title == "Divers: unclassified official filing"
    assert isinstance(fact.excerpt, Excerpt)
    assert fact.excerpt.text == "Une lettre"
    assert fact.severity is Severity.G2
    assert fact.source == "Info-financière"


def test_a_week_of_buy_back_notices_is_one_fact() -> None:
    notices = [notice("Rachat d'actions", key=str(day), filed=date(2026, 4, day)) for day in (13, 14, 15)]

    (fact,) = facts_of(*notices, subjects=(TTE,), ticker="TTE.PA")

    assert fact.title == "3 × Rachat d'actions in the week of 2026-04-15: buy-back notices"
    assert fact.severity is Severity.G1


def test_two_languages_and_the_news_of_one_event_are_one_fact() -> None:
    french = notice("Information privilégiée", "Chiffre d'affaires du premier trimestre", key="fr")
    english = notice("Inside information", "First quarter 2026 revenue", key="en")
    told = story("TotalEnergies reports first-quarter revenue", published=AS_OF.replace(day=20))

    (fact,) = facts_of(french, english, told, subjects=(TTE,), ticker="TTE.PA")

    assert fact.also_reported_by == ("Reuters",)


def test_a_notice_from_the_future_is_refused_by_its_title() -> None:
    sifted = sift((gathering(notice("Divers", "Une lettre", filed=date(2026, 5, 1))),), (TTE,), AS_OF)

    assert sifted.rejected[0].title == "Divers: Une lettre"
    assert sifted.rejected[0].gate == "future"
