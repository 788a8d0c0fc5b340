from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from bot.report.changes import changes
from bot.report.labels import settings_changed
from core.base.gap import NOT_GIVEN, Gap
from core.facts.fact import Severity
from core.jury.call import Call
from core.jury.verdict import Stability
from core.market.quote import Consensus
from core.run import Run
from tests.bot.report.made_run import ROWS, fact, made_run, snapshot, verdict


def earlier(*, dossier: dict[str, Any] | None = None, **verdicts: dict[str, Any]) -> Run:
    """The report before: the same, but for the named verdicts and ASML's dossier."""
    rows = tuple(verdict(ticker, **verdicts.get(ticker, {})) for ticker in sorted(ROWS))
    frozen = {}
    if dossier:
        frozen["dossiers"] = tuple(
            replace(taken, **dossier) if taken.ticker == "ASML" else taken for taken in snapshot().dossiers
        )
    return made_run(stability={"verdicts": rows}, frozen=frozen)


SPLIT = {"stability": Stability.SPLIT, "direction": Gap(gap="split")}


def test_another_call_on_the_same_dossier_is_noise() -> None:
    found = changes(made_run(), earlier(INTC=SPLIT))

    assert [(change.ticker, change.noise) for change in found.changed] == [("INTC", True)]
    assert (found.changed[0].before, found.changed[0].after) == (Call.UNDECIDED, Call.CUT)
    assert (found.noise, found.news) == (1, ())


@pytest.mark.parametrize(
    "before",
    [
        {"INTC": {"stability": Stability.CONSENSUS}},
        {"INTC": {"action": Gap(gap="x")}},
        {"HD": SPLIT},
        {"INTC": {"stability": Stability.NO_QUORUM, "direction": Gap(gap="none")}},
    ],
)
def test_unanimous_to_consensus_the_degree_split_to_leaning_and_a_missing_call_are_no_change(
    before: Any,
) -> None:
    assert changes(made_run(), earlier(**before)).changed == ()


def test_a_new_fact_is_the_news_and_no_noise() -> None:
    found = changes(made_run(), earlier(ASML=SPLIT, dossier={"facts": ()}))

    assert found.noise == 0
    assert found.changed[0].news == "new G2: ASML reports item 1"


def test_a_fact_that_aged_out_and_the_number_that_moved_furthest_are_named() -> None:
    aged = fact("ASML", 7, severity=Severity.G3, title="Old fire")
    gone = changes(made_run(), earlier(ASML=SPLIT, dossier={"facts": (fact("ASML", 1), aged)}))
    old = {one.ticker: one for one in snapshot().dossiers}["ASML"]
    assert isinstance(old.consensus, Consensus)
    consensus = replace(old.consensus, mean=Decimal(90))

    moved = changes(
        made_run(),
        earlier(
            ASML=SPLIT, dossier={"consensus": consensus, "quote": replace(old.quote, price=Decimal(100))}
        ),
    )

    assert gone.changed[0].news == "too old by now: Old fire"
    assert moved.changed[0].news == "mean target 90 → 120"


def test_a_number_that_came_or_went_is_named_before_any_that_moved() -> None:
    old = {one.ticker: one for one in snapshot().dossiers}["ASML"]

    found = changes(
        made_run(),
        earlier(
            ASML=SPLIT,
            dossier={"consensus": Gap(gap="no analysts"), "quote": replace(old.quote, price=Decimal(1))},
        ),
    )

    assert found.changed[0].news == "mean target unknown → 120"


def test_names_on_one_map_only_are_listed_and_not_called_changed() -> None:
    found = changes(made_run(), made_run(tickers=("HD", "COST")))

    assert found.changed == ()
    assert "NVDA" in found.appeared
    assert found.gone == ()


def test_the_first_report_after_other_settings_names_what_changed() -> None:
    other = made_run(stamp={"settings_digest": "e" * 64, "model": "openai:x", "asked": 9})

    said = settings_changed(made_run(), other)

    assert said == (
        "First report with these settings (model, jury size): "
        "its stability is not comparable with earlier ones."
    )
    assert settings_changed(made_run(), made_run()) is None
    assert settings_changed(made_run(), None) is None


def test_sampling_that_a_service_no_longer_takes_is_a_change_although_the_settings_are_the_same() -> None:
    refused = made_run(closing={"sampling": "provider default"})
    taken = made_run(closing={"sampling": "T=0"})

    assert settings_changed(refused, taken) == (
        "First report with these settings (sampling): its stability is not comparable with earlier ones."
    )
    assert settings_changed(made_run(closing={"sampling": NOT_GIVEN}), taken) is None
    assert settings_changed(taken, made_run(closing={"sampling": NOT_GIVEN})) is None


def test_a_run_without_a_map_has_no_changes() -> None:
    assert changes(made_run(), made_run(closing={"stability": NOT_GIVEN})).changed == ()
