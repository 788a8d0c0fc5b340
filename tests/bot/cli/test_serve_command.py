"""`python -m bot` as a process: where the ledger would be forgotten it does not start, and wrong settings
name themselves."""

from pathlib import Path

import pytest

from tests.journeys.house import Said, bot

TOKEN = "7000000001:loopback-token-loopback-token-loopback"
NOBODY = "http://127.0.0.1:9"
SET = {
    "TELEGRAM_TOKEN": TOKEN,
    "TELEGRAM_ALLOWED_USER_IDS": "42",
    "TELEGRAM_BASE_URL": NOBODY,
    "MODEL": "rehearsal",
    "CONTACT_EMAIL": "reader@example.org",
}


def start(folder: Path, **more: str) -> Said:
    return bot(folder, SET | more)


def test_a_host_that_empties_its_disk_is_refused_without_an_explicit_ledger(tmp_path: Path) -> None:
    said = start(tmp_path, DYNO="worker.1")

    assert said.code == 2
    assert said.err.strip() == (
        "Heroku empties this disk at each restart, and with it the ledger: set DATABASE to a "
        "file on a disk that lasts."
    )
    assert list(tmp_path.iterdir()) == []


def test_an_explicit_ledger_is_believed_on_any_host(tmp_path: Path) -> None:
    (tmp_path / "lasting.sqlite").write_bytes(b"no ledger at all, but it was looked at" * 40)
    (tmp_path / "lasting.sqlite").chmod(0o600)

    said = start(tmp_path, DYNO="worker.1", DATABASE=str(tmp_path / "lasting.sqlite"))

    assert said.code == 2
    assert "lasting.sqlite is damaged or no ledger" in said.err


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("PUSH_DAY", "0", "PUSH_DAY"),
        ("PUSH_DAY", "32", "PUSH_DAY"),
        ("PUSH_DAY", "last", "PUSH_DAY"),
        ("PUSH_TIME", "25:00", "PUSH_TIME"),
        ("TIMEZONE", "Europe/Atlantis", "TIMEZONE"),
        ("TIMEZONE", "../etc/passwd", "TIMEZONE"),
        ("HEARTBEAT_URL", "hc-ping.com/secret-uuid", "HEARTBEAT_URL"),
        ("HEARTBEAT_URL", "ftp://hc-ping.com/secret-uuid", "HEARTBEAT_URL"),
    ],
)
def test_a_wrong_schedule_is_named_before_anything_starts(
    tmp_path: Path, name: str, value: str, says: str
) -> None:
    said = start(tmp_path, **{name: value})

    assert said.code == 2
    assert says in said.err
    assert "secret-uuid" not in said.err
    assert list(tmp_path.iterdir()) == []
