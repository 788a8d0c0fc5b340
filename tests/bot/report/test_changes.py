from dataclasses import replace
from decimal import Decimal
from zoneinfo import ZoneInfo

from bot.report.changes import changes
from bot.report.digest import digest
from bot.report.labels import settings_changed
from bot.report.markup import shown_text
from core.base.gap import NOT_GIVEN, Gap
from core.facts.fact import Severity
from core.jury.verdict import Stability
from tests.bot.report.made_run import ROWS, fact, made_run, snapshot, verdict


def earlier(*, dossier=None, **verdicts):
    """The report before: the same, but for the named verdicts and HD's dossier."""
    rows = tuple(verdict(ticker, **verdicts.get(ticker, {})) for ticker in sorted(ROWS))
    frozen = {}
    if dossier:
        frozen["dossiers"] = tuple(
            replace(taken, **dossier) if taken.ticker == "HD" else taken for taken in snapshot().dossiers
        )
    return made_run(stability={"verdicts": rows}, frozen=frozen)


SPLIT = {"stability": Stability.SPLIT, "direction": Gap(gap="split")}


def test_another_verdict_on_the_same_dossier_is_noise():
    found = changes(made_run(), earlier(HD=SPLIT))

    assert [(change.ticker, change.noise) for change in found.changed] == [("HD", True)]
    assert found.changed[0].before == "split, your judgment decides"
    assert found.changed[0].after == "leaning up"
    assert found.noise == 1


def test_a_new_fact_is_the_news_and_no_noise():
    found = changes(made_run(), earlier(HD=SPLIT, dossier={"facts": ()}))

    assert found.noise == 0
    assert found.changed[0].news == "new G2: HD reports item 1"


def test_a_fact_that_aged_out_and_a_moved_target_are_named():
    aged = fact("HD", 7, severity=Severity.G3, title="Old fire")
    gone = changes(made_run(), earlier(HD=SPLIT, dossier={"facts": (fact("HD", 1), aged)}))
    consensus = replace(snapshot().dossiers[4].consensus, mean=Decimal(90))

    moved = changes(made_run(), earlier(HD=SPLIT, dossier={"consensus": consensus}))

    assert gone.changed[0].news == "a fact aged out: Old fire"
    assert moved.changed[0].news == "mean target 90 → 120"


def test_the_degree_alone_is_no_change():
    assert changes(made_run(), earlier(INTC={"action": Gap(gap="x")})).changed == ()


def test_names_on_one_map_only_are_listed_and_not_called_changed():
    found = changes(made_run(), made_run(tickers=("HD", "COST")))

    assert found.changed == ()
    assert "NVDA" in found.appeared
    assert found.gone == ()


def test_the_digest_counts_changes_and_noise():
    text = shown_text("\n".join(digest(made_run(), earlier(HD=SPLIT), zone=ZoneInfo("UTC"))))

    assert "vs 22 Nov: 1 changed, 1 of them on unchanged inputs" in text


def test_the_first_report_after_other_settings_names_what_changed():
    other = made_run(stamp={"settings_digest": "e" * 64, "model": "openai:x", "asked": 9})

    said = settings_changed(made_run(), other)

    assert said == (
        "First report with these settings (model, jury size): "
        "its stability is not comparable with earlier ones."
    )
    assert settings_changed(made_run(), made_run()) is None
    assert settings_changed(made_run(), None) is None


def test_sampling_that_a_service_no_longer_takes_is_a_change_although_the_settings_are_the_same():
    refused = made_run(closing={"sampling": "provider default"})
    taken = made_run(closing={"sampling": "T=0"})

    assert settings_changed(refused, taken) == (
        "First report with these settings (sampling): its stability is not comparable with earlier ones."
    )
    assert settings_changed(made_run(closing={"sampling": NOT_GIVEN}), taken) is None
    assert settings_changed(taken, made_run(closing={"sampling": NOT_GIVEN})) is None


def test_a_run_without_a_map_has_no_changes():
    assert changes(made_run(), made_run(closing={"stability": NOT_GIVEN})).changed == ()
