"""One bot per ledger on one machine: a lock that the operating system drops when the process dies, however it dies.

Decision: flock on a file beside the ledger, not a row in it. A row would outlive a kill and need a hand; this needs none.
"""

import fcntl
import os
from datetime import datetime
from pathlib import Path
from types import TracebackType

from core.base.errors import LedgerFailed


class InstanceLock:
    """Held from construction to `close`. Raises LedgerFailed, naming the process that has it."""

    def __init__(self, ledger: Path | str, *, now: datetime) -> None:
        path = Path(f"{ledger}.lock")
        try:
            self._file: int | None = os.open(path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise LedgerFailed(f"The lock {path} could not be created: {error.strerror}.") from error
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            holder = os.read(self._file, 200).decode("ascii", "replace").strip() or "process unknown"
            self.close()
            raise LedgerFailed(
                f"Another bot already uses this ledger ({holder}). Two would make every report twice: stop that one first."
            ) from error
        os.ftruncate(self._file, 0)
        os.write(self._file, f"process {os.getpid()}, since {now:%Y-%m-%d %H:%M} UTC\n".encode())

    def close(self) -> None:
        """Lets the next one in; a second call does nothing."""
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def __enter__(self) -> "InstanceLock":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
