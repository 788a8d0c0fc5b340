"""What was fetched before, in memory and within a size, so that an unchanged document is not sent twice.

Holds bodies of our own sources only; answers of models never pass here. Decisions: bodies are kept compressed
(filing lists shrink to a tenth), and the oldest used go first when the size is reached. Nothing is written to
disk.
"""

import time
import zlib
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass

DEFAULT_SIZE = 24_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """One stored answer with status 200. `checked_at`: when the host vouched for it, by the cache's clock."""

    headers: Mapping[str, str]
    packed: bytes
    url: str
    checked_at: float

    @property
    def body(self) -> bytes:
        return zlib.decompress(self.packed)


class ResponseCache:
    """Least recently used answers, at most `size` bytes compressed."""

    def __init__(self, *, size: int = DEFAULT_SIZE, clock: Callable[[], float] = time.monotonic) -> None:
        self._size = size
        self._clock = clock
        self._used = 0
        self._kept: OrderedDict[str, Kept] = OrderedDict()

    def find(self, key: str) -> Kept | None:
        kept = self._kept.get(key)
        if kept is not None:
            self._kept.move_to_end(key)
        return kept

    def age(self, kept: Kept) -> float:
        """Seconds since the host vouched for it."""
        return self._clock() - kept.checked_at

    def keep(self, key: str, *, headers: Mapping[str, str], body: bytes, url: str) -> None:
        packed = zlib.compress(body, 1)
        self._drop(key)
        if len(packed) > self._size:
            return
        self._kept[key] = Kept(headers=headers, packed=packed, url=url, checked_at=self._clock())
        self._used += len(packed)
        while self._used > self._size:
            self._drop(next(iter(self._kept)))

    def confirm(self, key: str, kept: Kept) -> None:
        """The host answered 304: the stored answer is as good as new."""
        self._kept[key] = Kept(
            headers=kept.headers, packed=kept.packed, url=kept.url, checked_at=self._clock()
        )

    def _drop(self, key: str) -> None:
        dropped = self._kept.pop(key, None)
        if dropped is not None:
            self._used -= len(dropped.packed)
