"""One bot per ledger on one machine, and beside it what it last did: a file that the operating system unlocks
when it dies.

Decisions: flock on a file beside the ledger, not a row in it: a row would outlive a kill and need a hand. The
same file holds when the bot last heard Telegram, looked at its schedule and tried its outbox, for `health`;
and how far the ledger had come, so that an older copy put in its place is noticed, even under the same file
number. It is rewritten in place, without a sync.
"""

import fcntl
import json
import os
import time
from datetime import datetime
from pathlib import Path
from types import TracebackType

from core.base.errors import LedgerFailed
from providers.ledger.store import from_text, to_text

LONGEST = 4096
TRIES = 4


def lock_of(ledger: Path | str) -> Path:
    """The file beside the ledger."""
    return Path(f"{ledger}.lock")


class InstanceLock:
    """Held from construction to `close`. Raises LedgerFailed, naming the process that has it. `mark` is how
    far the ledger had come when that was last noted."""

    def __init__(self, ledger: Path | str, *, now: datetime) -> None:
        path = lock_of(ledger)
        try:
            self._file: int | None = os.open(path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise LedgerFailed(f"The lock {path} could not be created: {error.strerror}.") from error
        known = _read(self._file)
        if not _locked(self._file):
            self.close()
            holder = known.get("holder") or "process unknown"
            raise LedgerFailed(
                f"Another bot already uses this ledger ({holder}). Two would make every report twice: stop "
                f"that one first."
            )
        mark = known.get("mark", 0)
        self.mark = mark if isinstance(mark, int) else 0
        self._said: dict[str, str | int] = {
            "holder": f"process {os.getpid()}, since {now:%Y-%m-%d %H:%M} UTC",
            "mark": self.mark,
        }
        self._write()

    def note(self, name: str, at: datetime) -> None:
        """What was done just now."""
        self._said[name] = to_text(at)
        self._write()

    def note_mark(self, mark: int) -> None:
        """How far the ledger has come."""
        if self._said["mark"] != mark:
            self._said["mark"] = mark
            self._write()

    def close(self) -> None:
        """Lets the next one in; a second call does nothing."""
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def _write(self) -> None:
        if self._file is None:
            return
        # Of one length, so that a reader never sees the end of an older text. A full disk changes nothing
        # here.
        text = json.dumps(self._said).ljust(LONGEST // 4)
        try:
            os.pwrite(self._file, text.encode(), 0)
            os.ftruncate(self._file, len(text.encode()))
        except OSError as error:
            raise LedgerFailed(
                f"The lock beside the ledger could not be written: {error.strerror}."
            ) from error

    def __enter__(self) -> "InstanceLock":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _locked(file: int) -> bool:
    """Whether the lock is ours now. Tried a few times: who asks for signs of life holds it an instant."""
    for left in reversed(range(TRIES)):
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        except OSError:
            time.sleep(0.05 if left else 0.0)
    return False


def signs_of(ledger: Path | str) -> dict[str, datetime] | None:
    """When the running bot last did what, by name. None when none runs. Raises LedgerFailed."""
    path = lock_of(ledger)
    try:
        file = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise LedgerFailed(f"The lock {path} could not be read: {error.strerror}.") from error
    try:
        fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        return None  # nobody holds it
    except OSError:
        said = _read(file)
        return {name: from_text(str(at)) for name, at in said.items() if name not in ("holder", "mark")}
    finally:
        os.close(file)


def _read(file: int) -> dict[str, str | int]:
    """What stands in the file; nothing, for one of before that held a sentence."""
    text = os.pread(file, LONGEST, 0).decode("utf-8", "replace").strip()
    try:
        said = json.loads(text)
    except ValueError:
        return {"holder": text} if text else {}
    return said if isinstance(said, dict) else {}
