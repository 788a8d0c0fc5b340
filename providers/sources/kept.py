"""Texts that never change, kept on disk over restarts. Only ever a cache: a file that is missing, damaged or
cannot be written costs a request, never the report.
"""

import asyncio
import contextlib
import hashlib
from pathlib import Path


class Kept:
    """Texts by name in `folder`; without one nothing is kept."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    def _file(self, name: str) -> Path | None:
        named = hashlib.sha256(name.encode()).hexdigest()[:32]
        return None if self._folder is None else self._folder / f"{named}.txt"

    async def read(self, name: str) -> str:
        """The text, or "" when it is not kept."""
        with contextlib.suppress(OSError, UnicodeDecodeError):
            if (file := self._file(name)) is not None:
                return await asyncio.to_thread(file.read_text, "utf-8")
        return ""

    async def keep(self, name: str, text: str) -> None:
        """Keeps a text that is not empty, whole or not at all."""
        file = self._file(name)
        if file is not None and text:
            await asyncio.to_thread(_write, file, text)


def _write(file: Path, text: str) -> None:
    with contextlib.suppress(OSError):
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        part = file.with_suffix(".part")
        part.write_text(text, "utf-8")
        part.replace(file)
