"""Texts that never change, kept on disk over restarts. Only ever a cache: a file that is missing, foreign,
damaged or cannot be written costs a request, never the report.
"""

import asyncio
import contextlib
import hashlib
import zlib
from pathlib import Path
from typing import Final

# What a damaged or foreign file on disk may unpack to: a day of EDINET's lists has some 400,000 characters.
UNPACKED_LIMIT: Final = 4_000_000


class Kept:
    """Texts by name in `folder`; without one nothing is kept."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    def _file(self, name: str) -> Path | None:
        plain = name.isascii() and name.replace("-", "").isalnum() and len(name) <= 64
        named = name if plain else hashlib.sha256(name.encode()).hexdigest()[:32]
        return None if self._folder is None else self._folder / f"{named}.z"

    async def read(self, name: str) -> str:
        """The text, or "" when it is not kept."""
        with contextlib.suppress(OSError, zlib.error, UnicodeDecodeError):
            if (file := self._file(name)) is not None:
                packed = await asyncio.to_thread(file.read_bytes)
                return zlib.decompressobj().decompress(packed, UNPACKED_LIMIT).decode()
        return ""

    async def keep(self, name: str, text: str) -> None:
        """Keeps a text that is not empty, whole or not at all."""
        file = self._file(name)
        if file is not None and text:
            await asyncio.to_thread(_write, file, zlib.compress(text.encode()))


def _write(file: Path, packed: bytes) -> None:
    # A full or read-only disk costs a request next time.
    with contextlib.suppress(OSError):
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        part = file.with_suffix(".part")
        part.write_bytes(packed)
        part.replace(file)
