"""A name that no official source covers is told so, with where a person can look."""

from datetime import UTC, datetime

from core.base.gap import NOT_GIVEN
from core.facts.fact import SourceClass, State, Subject
from providers.sources.nowhere import Nowhere

NOW = datetime(2026, 11, 28, tzinfo=UTC)


async def test_every_name_is_none_with_its_country_and_a_switched_off_source_says_how_to_switch_it_on() -> (
    None
):
    bmw = Subject(ticker="BMW.DE", name="BMW", isin="DE0005190003", country="Germany")
    volvo = Subject(ticker="VOLV-B.ST", name="Volvo", isin="SE0000115446", country=NOT_GIVEN)
    source = Nowhere({"SE": ("Insynsregistret is off: why",)})

    gathering = await source.gather((bmw, volvo), NOW)

    rows = dict(gathering.coverage)
    assert source.covers(bmw)
    assert {row.state for row in rows.values()} == {State.NONE}
    assert rows["BMW.DE"].source_class is SourceClass.OFFICIAL
    assert rows["BMW.DE"].reason == (
        "no official source for Germany in this program; look at Unternehmensregister, "
        "https://www.unternehmensregister.de"
    )
    assert str(rows["VOLV-B.ST"].reason).endswith("; Insynsregistret is off: why")
    assert (gathering.read, gathering.filings) == (0, ())
