"""What each experiment changes, and nothing else: the order of the names, the facts, the brand, or all the
data. Pure.

Promise: an experiment differs from the report in one respect only. So facts and blind keep the report's order
of names, which would else change when the facts that decide it are gone. The memory probe leaves names and
day alone: what a model still says then, it says from memory. Refused: an experiment that could change
nothing, before any money is spent. Chance comes from a seed through SHA-256: the same seed gives the same
order on any machine.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from core.base.canonical import digest
from core.base.errors import BadRequest
from core.base.gap import Gap
from core.brief.model import Brief
from core.brief.render import render
from core.facts.fact import Coverage, State
from core.laboratory.masking import Mask, masked
from core.run import Purpose
from core.snapshot.model import Snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """What to render for an experiment: `setup.brief(principles)`.

    `bare` shows names and day only; `mask` turns the answers of a blind run back into real tickers; a gap for
    the other experiments.
    """

    purpose: Purpose
    snapshot: Snapshot
    order: tuple[str, ...]
    mask: Mask | Gap
    bare: bool = False

    def brief(self, principles: str) -> Brief:
        return render(self.snapshot, principles, order=self.order, bare=self.bare)


EXPERIMENTS: Mapping[str, Purpose] = {
    purpose.value: purpose for purpose in (Purpose.ORDER, Purpose.FACTS, Purpose.BLIND, Purpose.MEMORY)
}
UNMASKED = Gap(gap="this experiment masks nothing")


def prepare(purpose: Purpose, snapshot: Snapshot, brief: Brief, *, seed: int) -> Setup:
    """The setup of `purpose` (one of the experiments) on a report's snapshot and brief. `seed` matters for
    order only.

    Raises BadRequest with a sentence when the experiment could change nothing, or is none.
    """
    order = tuple(name.ticker for name in brief.names)
    if purpose is Purpose.ORDER:
        if len(order) < 2:
            raise BadRequest("There is only one name: its position cannot change.")
        return Setup(purpose=purpose, snapshot=snapshot, order=shuffled(order, seed), mask=UNMASKED)
    if purpose is Purpose.FACTS:
        if not any(dossier.facts for dossier in snapshot.dossiers):
            raise BadRequest("There are no facts in this snapshot that could be removed.")
        return Setup(purpose=purpose, snapshot=without_facts(snapshot), order=order, mask=UNMASKED)
    if purpose is Purpose.BLIND:
        hidden, mask = masked(snapshot, order)
        return Setup(purpose=purpose, snapshot=hidden, order=mask.aliases, mask=mask)
    if purpose is Purpose.MEMORY:
        return Setup(purpose=purpose, snapshot=without_facts(snapshot), order=order, mask=UNMASKED, bare=True)
    raise BadRequest(f"{purpose.value} is no experiment: {', '.join(EXPERIMENTS)} are.")


def shuffled(order: tuple[str, ...], seed: int) -> tuple[str, ...]:
    """`order` shuffled by `seed`; never the same order again when there are at least two names."""

    def place(ticker: str) -> str:
        return digest(f"{seed}\n{ticker}")

    mixed = tuple(sorted(order, key=place))
    return (*mixed[1:], mixed[0]) if mixed == order else mixed


def without_facts(snapshot: Snapshot) -> Snapshot:
    """The placebo arm: as if nothing had been published. Never to become a report.

    Sources that were read then say "empty", as they would have: a source that reads "ok" beside no fact would
    itself be a hint that something was taken away.
    """
    dossiers = tuple(
        replace(dossier, facts=(), coverage=tuple(_emptied(row) for row in dossier.coverage))
        for dossier in snapshot.dossiers
    )
    return replace(snapshot, dossiers=dossiers, sieve=replace(snapshot.sieve, kept=0, g3=0))


def _emptied(row: Coverage) -> Coverage:
    return replace(row, state=State.EMPTY) if row.state is State.OK else row
