"""`doctor`: each check says ok, warning or failed with what to do, and no secret stands in any of it."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.cli.base import main
from bot.settings import Settings
from providers.sources.registry import ROWS
from tests.bot.cli.services_side import KEY, Services, clean_environment, running_services

ROOT = Path(__file__).resolve().parents[3]
Doctor = Callable[..., tuple[int, dict[str, list[tuple[str, str]]], str]]


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    with running_services(tmp_path) as found:
        yield found


@pytest.fixture
def doctor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Doctor:
    """Runs it with these settings: exit code, check → (state, detail) in order, and everything it printed."""
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.chdir(home)
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.delenv("DYNO", raising=False)

    def examine(**settings: str) -> tuple[int, dict[str, list[tuple[str, str]]], str]:
        for name, value in settings.items():
            monkeypatch.setenv(name, value)
        code = main(["doctor", "--json"])
        printed = capsys.readouterr()
        answer = json.loads(printed.out)
        found: dict[str, list[tuple[str, str]]] = {}
        for row in answer["checks"]:
            assert set(row) == {"check", "state", "detail"}
            assert "\n" not in row["detail"]
            found.setdefault(row["check"], []).append((row["state"], row["detail"]))
        assert ("error" in answer) == (code != 0)
        if code:
            assert answer["error"]["code"] == code
        for secret in (KEY, "local-rehearsal-no-secret"):
            assert secret not in printed.out + printed.err
        return code, found, printed.out

    return examine


def test_all_is_well_with_a_model_that_refuses_temperature(services: Services, doctor: Doctor) -> None:
    code, found, _ = doctor(**services.environment, TEMPERATURE="0")

    assert code == 0
    state, detail = found["model"][0]
    assert state == "ok"
    assert "structured mode schema, sampling provider default" in detail
    assert "120 tokens in, 8 out, $0.0" in detail
    assert "refused the temperature 0" in detail
    assert len(services.model.asked) == 2
    assert found["telegram"] == [("ok", "the token is that of @condorcet_bot.")]
    assert found["telegram owner"] == [("ok", "42 can be written to.")]
    assert found["SEC EDGAR"][0][0] == "ok"
    assert "1 tickers; newest filing of AAPL: 20" in found["SEC EDGAR"][0][1]
    assert found["feed 1 The Wire"] == [("ok", "1 items.")]
    assert found["news search"] == [("ok", "1 items.")]
    assert found["market"][0][1].startswith("AAPL 271.5 USD of 20")
    assert found["index"][0][1].startswith("^GSPC 6900 USD of 20")
    assert found["currency"][0][1].startswith("2 rates of 20")
    assert found["portfolio"][0][1].startswith("1 positions from")
    assert not any(state == "failed" for rows in found.values() for state, _ in rows)


def test_every_official_source_has_its_line_and_one_that_is_off_says_why(
    services: Services, doctor: Doctor
) -> None:
    _, found, _ = doctor(**services.environment | {"INFO_FINANCIERE_URL": "off"})

    assert {row.terms.name for row in ROWS} <= set(found)
    state, detail = found["Info-financière"][0]
    assert state == "ok"
    assert detail.startswith("switched off by INFO_FINANCIERE_URL=off. Terms (")
    assert "On: its fair-access rule welcomes programs" in found["SEC EDGAR"][0][1]


def test_the_examination_makes_no_ledger(services: Services, doctor: Doctor) -> None:
    _, found, _ = doctor(**services.environment)

    assert found["ledger"][0][1].endswith("ledger.sqlite will be made at the first run.")
    assert not (services.folder / "ledger.sqlite").exists()


def test_missing_settings_are_each_named_and_the_rest_is_still_examined(
    services: Services, doctor: Doctor
) -> None:
    code, found, _ = doctor(**services.addresses)

    assert code == 2
    assert [detail.split()[0] for _, detail in found["settings"]] == [
        "TELEGRAM_TOKEN",
        "TELEGRAM_ALLOWED_USER_IDS",
        "MODEL",
        "CONTACT_EMAIL",
    ]
    assert found["currency"][0][0] == "ok"
    ((state, detail),) = found["SEC EDGAR"]
    assert state == "warning"
    assert detail.startswith("not asked: CONTACT_EMAIL is missing, and the SEC wants one. On: ")
    for row in ROWS:
        read = "never read" if row.terms.checked is None else row.terms.checked
        assert found[row.terms.name][0][1].endswith(f" Terms ({read}): {row.terms.licence}.")
    assert found["model"] == [("warning", "not asked: MODEL missing.")]


def test_a_wrong_setting_is_named_without_its_value(services: Services, doctor: Doctor) -> None:
    code, found, printed = doctor(**services.environment | {"JURY_SIZE": "9999"})

    assert code == 2
    assert found["settings"] == [
        ("failed", "JURY_SIZE must be a number from 3 to 31, or a range of them (as in 3-9).")
    ]
    assert "9999" not in printed
    assert found["model"][0][0] == "ok"


def test_sources_that_are_down_are_unreachable_with_what_to_do(services: Services, doctor: Doctor) -> None:
    down = "http://127.0.0.1:9"
    settings = services.environment | {"SEC_BASE_URL": down, "FX_URL": down, "TELEGRAM_BASE_URL": down}

    code, found, _ = doctor(**settings)

    assert code == 3
    for check in ("SEC EDGAR", "currency", "telegram"):
        assert found[check][0][0] == "failed"
        assert (
            "could not be reached. Check the network and the address in the settings." in found[check][0][1]
        )


def test_one_dead_feed_is_a_warning_and_all_dead_feeds_are_a_failure(
    services: Services, doctor: Doctor
) -> None:
    feeds = services.folder / "feeds.csv"
    feeds.write_text(f"address,publisher\n{services.sources}/feed.xml,A\n{services.sources}/gone.xml,B\n")
    one_dead, found, _ = doctor(**services.environment)
    feeds.write_text(f"address,publisher\n{services.sources}/gone.xml,B\n")
    all_dead, found_after, _ = doctor(**services.environment)

    assert (one_dead, all_dead) == (0, 3)
    assert [found["feed 1 A"][0][0], found["feed 2 B"][0][0]] == ["ok", "warning"]
    assert found_after["feed 1 B"][0][0] == "failed"


def test_a_search_that_is_down_matters_only_for_names_abroad(services: Services, doctor: Doctor) -> None:
    (services.folder / "web/rss/search").unlink()
    at_home, found, _ = doctor(**services.environment)
    (services.folder / "portfolio.csv").write_text("ticker,quantity,currency,name\nSAP.DE,1,EUR,SAP SE\n")
    (services.folder / "market.csv").write_text("ticker,currency,price,day\n^GSPC,USD,1,2020-01-01\n")
    abroad, found_abroad, _ = doctor(**services.environment)

    assert (at_home, abroad) == (0, 3)
    assert found["news search"][0][0] == "warning"
    assert found_abroad["news search"][0][0] == "failed"


def test_nothing_is_sent_to_the_heartbeat(services: Services, doctor: Doctor) -> None:
    settings = services.environment | {"HEARTBEAT_URL": f"{services.telegram.base_url}/canary-uuid"}

    code, found, printed = doctor(**settings)

    assert code == 0
    assert found["heartbeat"][0][1].startswith("127.0.0.1 takes connections; nothing was sent")
    assert "canary-uuid" not in printed


def test_a_settings_file_that_others_can_read_and_one_that_is_overruled_are_warnings(
    services: Services, doctor: Doctor
) -> None:
    Path(".env").write_text("JURY_SIZE=7\n")
    os.chmod(".env", 0o644)

    code, found, _ = doctor(**services.environment | {"JURY_SIZE": "5"})

    assert code == 0
    assert found["settings file"][0][0] == "warning"
    assert "chmod 600 .env" in found["settings file"][0][1]
    assert found["environment"][0][1].endswith("and wins: JURY_SIZE.")


def test_a_settings_file_that_is_no_text_ends_the_examination_with_its_sentence(doctor: Doctor) -> None:
    Path(".env").write_bytes(b"MODEL=\xff\n")

    code, found, _ = doctor()

    assert code == 2
    assert found == {"settings": [("failed", "The settings file .env is not UTF-8 text.")]}


def test_a_ledger_that_is_damaged_or_in_no_folder_is_told(services: Services, doctor: Doctor) -> None:
    damaged = services.folder / "damaged.sqlite"
    damaged.write_bytes(b"SQLite format 3\0" + b"x" * 5000)
    damaged.chmod(0o600)
    code, found, _ = doctor(**services.environment | {"DATABASE": str(damaged)})
    homeless, found_homeless, _ = doctor(**services.environment | {"DATABASE": "/nowhere/l.sqlite"})

    assert (code, homeless) == (2, 2)
    assert found["ledger"][0][0] == "failed"
    assert "the folder /nowhere does not exist" in found_homeless["ledger"][0][1]


def test_a_host_that_forgets_its_disk_is_told(
    services: Services, doctor: Doctor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DYNO", "worker.1")

    _, found, _ = doctor(**services.environment)

    assert found["disk"][0][0] == "warning"
    assert found["disk"][0][1].startswith("Heroku empties this disk at each restart")


def test_principles_with_a_number_are_a_wrong_setting(services: Services, doctor: Doctor) -> None:
    principles = services.folder / "p.md"
    principles.write_text("- Sell everything above 30 percent.\n")

    code, found, _ = doctor(**services.environment | {"PRINCIPLES_FILE": str(principles)})

    assert code == 2
    assert found["principles"][0][0] == "failed"


def test_the_command_prints_one_line_a_check_and_its_exit_code(services: Services) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bot", "doctor"],
        cwd=services.folder,
        env=clean_environment(PYTHONPATH=str(ROOT), **services.environment),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    lines = done.stdout.splitlines()
    assert done.returncode == 0
    assert done.stderr == ""
    assert "ok       telegram: the token is that of @condorcet_bot." in lines
    assert any(
        line.startswith("ok       model: openai:gpt-6-luna answers: structured mode schema") for line in lines
    )
    assert lines[-1].endswith("checks: 0 failed, 1 warnings.")
