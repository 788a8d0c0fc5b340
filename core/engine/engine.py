"""The engine: analyze, why, facts, variance. Each method is the sentence of the walk that it performs.

Stateless towards the model (law 5): a brief is rendered from one snapshot and the principles, and from
nothing else.
"""

import asyncio
from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from functools import partial

from core.base.errors import BadRequest, NotFound
from core.base.gap import NOT_GIVEN, Gap
from core.base.progress import Sink, Stage, Step
from core.brief.render import render
from core.engine.asking import LEASE, Publish, abandon, open_run, sit, unbroken, unsaid
from core.engine.bulk import Plan, Tell, run_plan
from core.engine.cost import CHARACTERS_PER_NAME, estimate, priced
from core.engine.freezing import remember, take_snapshot
from core.engine.laboratory import compared, expected_cost, variance
from core.engine.looking import Look, Sighting, look, sight
from core.engine.past import laboratory_record, track_record
from core.engine.stamping import PLAN, Question, least_of, unfit
from core.engine.terms import Doors, Sources, Terms
from core.laboratory.earlier import AskedAgain
from core.laboratory.result import VarianceResult
from core.ports import Ledger
from core.record.track import TrackRecord
from core.run import Lease, Purpose, Run
from core.snapshot.model import Dossier, Snapshot


def silent(_: Step) -> None:
    """A progress sink for callers that show none."""


class Engine:
    """One per process. `parking` set before a cancellation leaves the run open for the next start."""

    def __init__(self, doors: Doors, terms: Terms) -> None:
        self.doors = doors
        self.terms = terms
        self.parking = asyncio.Event()

    @property
    def ledger(self) -> Ledger:
        return self.doors.ledger

    async def freeze(self, progress: Sink = silent) -> Snapshot:
        """A fresh snapshot, no model. Raises SourcesFailed or SourceFailed (exit 3), BadRequest (exit 2)."""
        return await take_snapshot(self._sources(), self._now(), self.terms, progress, self.doors.notes)

    async def analyze(
        self,
        *,
        purpose: Purpose = Purpose.REPORT,
        period: str | Gap = NOT_GIVEN,
        snapshot: Snapshot | None = None,
        progress: Sink = silent,
        errand: str = "",
        publish: Publish = unsaid,
    ) -> Run:
        """Freeze (unless `snapshot` is given), ask, vote, store. Raises as `freeze` does, BadRequest for a
        cost limit, and QuorumNotMet after the run was stored. `publish` writes down what is to be said of the
        run, beside its closing."""
        frozen = await self.freeze(progress) if snapshot is None else snapshot
        question = Question(
            purpose=purpose,
            snapshot=frozen,
            brief=await asyncio.to_thread(render, frozen, self.terms.principles),
            ballots=self.terms.jury.most,
            period=period,
            patient=purpose is Purpose.PUSH,
            least=least_of(self.terms),
        )
        return await self.ask(question, progress, errand=errand, publish=publish)

    async def ask(
        self, question: Question, progress: Sink = silent, *, errand: str = "", publish: Publish = unsaid
    ) -> Run:
        """One jury on one question, stored. Raises BadRequest for a cost limit and QuorumNotMet after the run
        was stored."""
        asked_for = errand or (PLAN if question.id else "")
        opening, lease, remarks = await unbroken(
            partial(open_run, self.doors, self.terms, question, errand=asked_for)
        )
        run = await sit(
            self.doors,
            self.terms,
            opening,
            lease,
            progress,
            parking=self.parking,
            publish=publish,
            remarks=remarks,
        )
        progress(Step(stage=Stage.DONE, done=1, total=1))
        return run

    async def resume(self, run_id: str, progress: Sink = silent, *, publish: Publish = unsaid) -> Run:
        """Goes on with an interrupted run: only ballots without a stored end are asked. Where model,
        sampling, principles, question or jury size are no longer the stamped ones, or its snapshot is too
        old, it is abandoned instead (then the closing is FAILED). A closed run is returned as it is. Raises
        LeaseLost while another process has it."""
        lease = self._take(run_id)
        run = self.ledger.run(run_id)
        if lease is None:
            return run
        if reason := await asyncio.to_thread(unfit, self.doors, self.terms, run, lease.errand):
            return await abandon(self.doors, self.terms, run, lease, reason, publish)
        return await sit(
            self.doors,
            self.terms,
            run.opening,
            lease,
            progress,
            parking=self.parking,
            publish=publish,
            already=run.answers,
        )

    async def abandon(self, run_id: str, reason: str, *, publish: Publish = unsaid) -> None:
        """Closes an open run as failed, with the reason; what it cost is added up. A closed run stays as it
        is. Raises LeaseLost while another process has it."""
        if (lease := self._take(run_id)) is not None:
            await abandon(self.doors, self.terms, self.ledger.run(run_id), lease, reason, publish)

    def _take(self, run_id: str) -> Lease | None:
        now = self.doors.clock.now()
        return self.ledger.take(run_id, holder=self.doors.holder, now=now, until=now + LEASE)

    async def variance(
        self,
        *,
        purpose: Purpose = Purpose.RERUN,
        ballots: int | None = None,
        snapshot: Snapshot | None = None,
        progress: Sink = silent,
        errand: str = "",
        publish: Publish = unsaid,
    ) -> VarianceResult:
        """The last report's question (or `snapshot`'s) asked again; see `core.engine.laboratory`. `publish`
        is given the run of the question that was asked for."""

        async def ask(question: Question, progress: Sink, wanted: bool) -> Run:
            if not wanted:
                return await self.ask(question, progress)
            return await self.ask(question, progress, errand=errand, publish=publish)

        return await variance(
            self.doors,
            self.terms,
            ask,
            purpose=purpose,
            ballots=ballots,
            snapshot=snapshot,
            progress=progress,
        )

    async def bulk(
        self, plan: Plan, snapshots: Iterable[Snapshot], tell: Tell, progress: Sink = silent
    ) -> None:
        """A plan of experiments; see `core.engine.bulk`. A cancellation leaves the rest for the next time."""
        self.parking.set()
        await run_plan(self.doors, self.terms, self.ask, self.resume, plan, snapshots, tell, progress)

    def compared(self, run: Run) -> VarianceResult:
        """A laboratory run beside the one that it repeats, from the ledger alone. Raises NotFound."""
        return compared(self.ledger, run)

    async def variance_cost(
        self,
        *,
        purpose: Purpose = Purpose.RERUN,
        ballots: int | None = None,
        snapshot: Snapshot | None = None,
    ) -> tuple[Decimal | Gap, int]:
        """US dollars that `variance` would cost now, and how many ballots it would ask for. Raises as
        `variance` does before it asks anyone."""
        return await asyncio.to_thread(
            expected_cost, self.doors, self.terms, purpose=purpose, ballots=ballots, snapshot=snapshot
        )

    async def look_again(self, ticker: str) -> Look:
        """The facts of one name as they stand now, without a model: one of the last report, or one that the
        price source knows by name. Raises NotFound for any other, SourceFailed when the price source could
        not say."""
        sources, now = self._sources(), self._now()
        for dossier in self._reported():
            if dossier.ticker == ticker:
                return await look(sources, dossier, now)
        (record,) = await sources.market.look_up((ticker,), now.astimezone(self.terms.zone).date())
        if isinstance(record.name, Gap):
            raise NotFound(
                f"{ticker} is not a name of the last report, and the price source does not know it."
            )
        return await look(sources, record, now)

    def track(self) -> TrackRecord:
        """How earlier verdicts fared, from the ledger alone."""
        return track_record(self.ledger, today=self.doors.clock.now().astimezone(self.terms.zone).date())

    def laboratory(self) -> tuple[AskedAgain, ...]:
        """Earlier laboratory runs, each under the report it repeats, from the ledger alone."""
        return laboratory_record(self.ledger)

    async def watch(self) -> Sighting:
        """The official facts of the held names as they stand now, without a model. Raises NotFound without a
        portfolio."""
        now = self._now()
        seen = await sight(self._sources(), self._reported(), now)
        remember(self.doors.notes, seen.gatherings, now)
        return seen

    def _reported(self) -> tuple[Dossier, ...]:
        """The names of the last report; none before the first."""
        try:
            return self.last_report().opening.snapshot.dossiers
        except NotFound:
            return ()

    def _now(self) -> datetime:
        return self.doors.clock.now() if isinstance(self.terms.frozen_at, Gap) else self.terms.frozen_at

    async def estimate(self) -> Decimal | Gap:
        """US dollars that `analyze` would cost now, by the last report's brief or the portfolio's length."""
        ballots = self.terms.jury_size
        try:
            last = await asyncio.to_thread(self.ledger.last_report)
        except NotFound:
            names = len((await self._sources().holdings.portfolio()).holdings) + self.terms.candidates
            length = names * CHARACTERS_PER_NAME
            return estimate(self.doors, self.terms, characters=length, names=names, ballots=ballots)
        return priced(self.doors, self.terms, last.opening.brief, ballots)

    def _sources(self) -> Sources:
        if isinstance(self.doors.sources, Gap):
            raise BadRequest(f"No fresh snapshot can be taken: {self.doors.sources.reason}.")
        return self.doors.sources

    def last_report(self) -> Run:
        """The newest finished report. Raises NotFound when there is none yet."""
        return self.ledger.last_report()

    def previous_report(self, run: Run) -> Run | None:
        """The report before `run`, for the reader only, never for the model."""
        try:
            return self.ledger.last_report(before=run.opening.id)
        except NotFound:
            return None
