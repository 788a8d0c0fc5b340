"""Who a name is: shown from the ledger, corrected by the owner, forgotten on demand."""

import json
from pathlib import Path

import pytest

from bot.cli.base import main
from bot.settings import Settings

LEI = "529900D6BF99LW9R2E68"


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)


def said(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = main(["identities", *words])
    printed = capsys.readouterr()
    return code, printed.out, printed.err


def test_the_owners_word_is_kept_shown_and_forgotten(capsys: pytest.CaptureFixture[str]) -> None:
    first = said(capsys, "sap.de", f"lei={LEI.lower()}", "cik=1000184")
    shown = said(capsys, "SAP.DE", "--json")
    forgotten = said(capsys, "SAP.DE", "lei=", "cik=")

    assert first[0] == 0
    assert f"SAP.DE: lei {LEI} (the owner said so; the owner: " in first[1]
    assert [row["scheme"] for row in json.loads(shown[1])["names"]["SAP.DE"]] == ["cik", "lei"]
    assert json.loads(shown[1])["names"]["SAP.DE"][1]["certainty"] == "the owner said so"
    assert forgotten == (
        0,
        "SAP.DE: nothing is known yet; sources that go by a number ask at the next look.\n",
        "",
    )


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ("lei=529900D6BF99LW9R2E69", "is no lei"),
        ("cik=12a", "is no cik"),
        ("isin=DE0007164600", "is not SCHEME=VALUE with one of lei, cik, info_financiere"),
        ("lei", "is not SCHEME=VALUE"),
    ],
)
def test_what_cannot_be_right_is_refused(
    change: str, reason: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = said(capsys, "SAP.DE", change)

    assert (code, out) == (2, "")
    assert reason in err


def test_without_a_report_and_a_ticker_it_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = said(capsys)

    assert code == 2
    assert "report" in err


def test_status_tells_which_official_sources_are_on(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCES", "default,nl_afm")

    code = main(["status", "--json"])
    states = json.loads(capsys.readouterr().out)["official_sources"]
    main(["status"])
    said = capsys.readouterr().out

    assert code == 0
    assert (states["SEC EDGAR"], states["AFM"]) == ("on", "on")
    assert states["EDINET"] == "off: it needs EDINET_KEY"
    assert states["NewsWeb"].startswith("off: Euronext documents no programming interface")
    assert "Official sources on: SEC EDGAR, Info-financière, AFM; off: FCA National Storage Mechanism" in said
