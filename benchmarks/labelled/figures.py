"""Printed figures: shares with their Wilson interval at 95 %, and whether a limit was missed."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from core.facts.fact import Severity


@dataclass(frozen=True, slots=True)
class Share:
    """Hits of a number; no case at all counts as met and is printed as such."""

    hits: int
    total: int

    @property
    def value(self) -> float:
        return self.hits / self.total if self.total else 1.0

    def __str__(self) -> str:
        if not self.total:
            return "no case"
        z, n, p = 1.96, self.total, self.value
        middle = (p + z * z / (2 * n)) / (1 + z * z / n)
        half = z * sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
        return f"{p:.3f} [{middle - half:.3f}, {middle + half:.3f}] {self.hits}/{n}"


class Table:
    """The printed lines "name | measured | limit | ok/over". `show`: also print every case that went
    wrong."""

    def __init__(self, *, show: bool) -> None:
        self.over = False
        self.lines: list[str] = []
        self.show = show

    def add(self, name: str, measured: object, limit: str = "-", *, ok: bool = True) -> None:
        self.lines.append(f"{name} | {measured} | {limit} | {'ok' if ok else 'over'}")
        print(self.lines[-1])
        self.over |= not ok

    def share(self, name: str, share: Share, at_least: float | None = None) -> None:
        if at_least is None:
            self.add(name, share)
        else:
            self.add(name, share, f">= {at_least}", ok=share.value >= at_least)

    def per_class(
        self, what: str, pairs: Sequence[tuple[str, Severity]], g3_recall: float | None = None
    ) -> None:
        """Recall and precision of each severity over (wanted, found) pairs."""
        for severity in reversed(Severity):
            asked = [found for wanted, found in pairs if wanted == severity]
            given = [wanted for wanted, found in pairs if found is severity]
            limit = g3_recall if severity is Severity.G3 else None
            self.share(
                f"{what} {severity.value} recall",
                Share(sum(one is severity for one in asked), len(asked)),
                limit,
            )
            self.share(
                f"{what} {severity.value} precision", Share(sum(one == severity for one in given), len(given))
            )

    def case(self, told: str) -> None:
        """One case that went wrong, when cases are wanted."""
        if self.show:
            print(f"   {told}")
