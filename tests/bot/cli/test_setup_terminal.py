"""`setup` in a real terminal (a pseudo-terminal of the system), and without one."""

import fcntl
import os
import pty
import re
import select
import signal
import stat
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.settings import load
from tests.bot.cli.services_side import KEY, Services, clean_environment, running_services

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    with running_services(tmp_path) as found:
        yield found


class Screen:
    """A process on a terminal of its own: what it shows, and keys pressed."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self._master, slave = pty.openpty()
        self.text = ""

        def take_terminal() -> None:
            fcntl.ioctl(0, termios.TIOCSCTTY, 0)

        self.process = subprocess.Popen(
            [sys.executable, "-m", "bot", "setup"],
            cwd=folder,
            env=environment,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            start_new_session=True,
            preexec_fn=take_terminal,
        )
        os.close(slave)

    def wait_for(self, fragment: str, seconds: float = 20) -> str:
        """All text up to now, once `fragment` stands in what came since the last call."""
        end, new = time.monotonic() + seconds, ""
        while fragment not in new:
            ready, _, _ = select.select([self._master], [], [], max(0.0, end - time.monotonic()))
            assert ready, f"{fragment!r} did not appear; seen: {self.text[-500:]!r}"
            try:
                part = os.read(self._master, 4096).decode()
            except OSError:  # Linux ends a terminal whose process is gone with an error
                part = ""
            assert part or fragment in new, f"{fragment!r} did not appear; seen: {self.text[-500:]!r}"
            new += part
            self.text += part
        return self.text

    def type(self, line: str) -> None:
        os.write(self._master, (line + "\r").encode())

    def end(self) -> int:
        """The exit code, once the process has ended by itself."""
        return self.process.wait(20)

    def close(self) -> None:
        """Ends what a failed test left running."""
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait(20)
        os.close(self._master)


@pytest.fixture
def screen(services: Services) -> Iterator[Screen]:
    (services.folder / "home").mkdir()
    opened = Screen(services.folder / "home", clean_environment(PYTHONPATH=str(ROOT), **services.addresses))
    yield opened
    opened.close()


def test_a_person_is_led_through_to_a_file_and_no_secret_is_echoed(
    services: Services, screen: Screen
) -> None:
    home = services.folder / "home"
    owner = services.person(4242, "Grace")

    screen.wait_for("Telegram token (Enter skips): ")
    screen.type(services.telegram.token)
    screen.wait_for("message to the bot [m]: ")
    screen.type("")
    shown = screen.wait_for("Waiting up to")
    code = re.search(r"send this code to @condorcet_bot: (\S+)", shown)
    assert code is not None
    services.on_loop(lambda: owner.says(code[1]))
    screen.wait_for("Is that you? [Y/n]: ")
    screen.type("y")
    screen.wait_for("Model (- skips) [anthropic:")
    screen.type("openai:gpt-6-luna")
    screen.wait_for("OPENAI_API_KEY (hidden while you type): ")
    screen.type(KEY)
    screen.wait_for("tiny call (at most about $0.")
    screen.type("")
    screen.wait_for("Currency [EUR]: ")
    screen.type("")
    screen.wait_for("E-mail address (Enter skips): ")
    screen.type("ada@example.org")
    screen.wait_for("Portfolio file (Enter: none): ")
    screen.type("")
    screen.wait_for("PUSH_DAY, PUSH_TIME and TIMEZONE change that.")
    ended = screen.end()

    assert ended == 0
    assert KEY not in screen.text
    assert services.telegram.token not in screen.text
    settings = load(("TELEGRAM_TOKEN", "TELEGRAM_ALLOWED_USER_IDS", "MODEL"), env_file=home / ".env")
    assert settings.telegram_allowed_user_ids == (4242,)
    assert stat.S_IMODE((home / ".env").stat().st_mode) == 0o600


def test_ctrl_c_leaves_everything_as_it_was(services: Services, screen: Screen) -> None:
    home = services.folder / "home"

    screen.wait_for("Telegram token (Enter skips): ")
    screen.type(services.telegram.token)
    screen.wait_for("message to the bot [m]: ")
    screen.type("m")
    screen.wait_for("Ctrl-C ends the setup")
    time.sleep(0.3)
    os.killpg(screen.process.pid, signal.SIGINT)
    screen.wait_for("Interrupted. Nothing was written.")
    ended = screen.end()

    assert ended == 130
    assert "Traceback" not in screen.text
    assert list(home.iterdir()) == []


def test_without_a_terminal_it_says_what_to_do_instead(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bot", "setup"],
        cwd=tmp_path,
        env=clean_environment(PYTHONPATH=str(ROOT)),
        input="token\n",
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )

    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr == (
        "setup asks questions and needs a terminal. Without one, copy .env.example to .env and fill it in.\n"
    )
    assert list(tmp_path.iterdir()) == []
