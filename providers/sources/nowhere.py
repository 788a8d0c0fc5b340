"""What is said of a name that no official source covers: which country has none here, and where a person can
look.

It answers for every name, and `core.facts.coverage` keeps its row only where nothing official was read or
tried. A country whose source is built in but switched off is told apart from one that has none: the owner can
do something about the first.
"""

from collections.abc import Mapping
from datetime import datetime

from core.facts.coverage import NOWHERE
from core.facts.fact import Coverage, Gathering, SourceClass, State, Subject
from core.facts.stores import stores_of, where_to_look


class Nowhere:
    """FactSource that never has a filing. `off` says by country which sources are built in and why each is
    off; `read` are the countries of which a source is on. `recorded`: sources answer from a recording."""

    name = NOWHERE
    source_class = SourceClass.OFFICIAL

    def __init__(
        self,
        off: Mapping[str, tuple[str, ...]],
        read: frozenset[str] = frozenset(),
        *,
        recorded: bool = False,
    ) -> None:
        self._off = off
        self._read = read
        self._recorded = recorded

    def covers(self, subject: Subject) -> bool:
        return True

    async def gather(self, subjects: tuple[Subject, ...], as_of: datetime) -> Gathering:
        """NONE for each, with where to look. Asks nobody."""
        return Gathering(
            source=NOWHERE,
            source_class=SourceClass.OFFICIAL,
            coverage=tuple((subject.ticker, self._row(subject)) for subject in subjects),
        )

    def _row(self, subject: Subject) -> Coverage:
        if self._recorded:
            told = where_to_look(subject).partition("; ")[2]
            reason = f"nothing official was recorded of it for the demo; {told}".rstrip("; ")
            return self._none(reason)
        homes = stores_of(subject)[:1]
        off = [said for home in homes for said in self._off.get(home.code, ())]
        return self._none("; ".join([where_to_look(subject, self._read), *off]))

    def _none(self, reason: str) -> Coverage:
        return Coverage(source=NOWHERE, source_class=SourceClass.OFFICIAL, state=State.NONE, reason=reason)
