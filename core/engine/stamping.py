"""What a run is made with: its question and its stamp, and which settings are no longer those of an
interrupted run."""

from dataclasses import dataclass
from datetime import timedelta

from core.base.canonical import digest, dumps
from core.base.gap import NOT_GIVEN, Gap
from core.brief.model import Brief
from core.brief.render import render
from core.engine.terms import BATCH, Doors, Terms
from core.run import ONE_SIZE, Purpose, Run, Stamp
from core.snapshot.codec import snapshot_digest
from core.snapshot.model import Snapshot

# The errand of a jury of a plan: only the plan, started again, goes on with it.
PLAN = "plan"
REPORTS = frozenset({Purpose.REPORT, Purpose.PUSH})
# An interrupted run on an older snapshot is given up: yesterday's prices are not today's.
FRESH = timedelta(days=1)
# How long a batch may take: a service has 25 hours for it, and what is missing is then asked in the standard
# way.
BATCH_LASTS = timedelta(hours=28)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What a jury is asked and why. `ballots` is N, or the most where a jury may end with fewer (`least`).
    `patient`: it may take a day, at half the price. `id` blank: a new one."""

    purpose: Purpose
    snapshot: Snapshot
    brief: Brief
    ballots: int
    period: str | Gap = NOT_GIVEN
    parent: str | Gap = NOT_GIVEN
    least: int | Gap = ONE_SIZE
    patient: bool = False
    id: str = ""


def unfit(doors: Doors, terms: Terms, run: Run, errand: str) -> str:
    """Why an interrupted run is not gone on with, or "". A plan asks about its snapshots however old."""
    longest = BATCH_LASTS if run.opening.stamp.tier == BATCH else FRESH
    if errand != PLAN and doors.clock.now() - run.opening.opened > longest:
        return "interrupted, and its snapshot is more than a day old"
    names = changed(doors, terms, run)
    return f"interrupted, and {', '.join(names)} changed since" if names else ""


def changed(doors: Doors, terms: Terms, run: Run) -> tuple[str, ...]:
    """The settings, by name, that are no longer those with which this run was begun. Only without any may it
    go on: a jury of two models, or of two questions, measures nothing."""
    opening, stamp = run.opening, run.opening.stamp
    is_report = opening.purpose in REPORTS
    brief = render(opening.snapshot, terms.principles) if is_report else opening.brief
    question = Question(
        purpose=opening.purpose,
        snapshot=opening.snapshot,
        brief=brief,
        ballots=terms.jury.most if is_report else stamp.asked,
        least=least_of(terms) if is_report else stamp.least,
        period=opening.period,
        parent=opening.parent,
        patient=opening.purpose is Purpose.PUSH or stamp.tier == BATCH,
    )
    now = stamp_of(doors, terms, question)
    horizon = terms.horizon_months if is_report else opening.snapshot.horizon_months
    same = {
        "MODEL": now.model == stamp.model,
        "MODEL_BASE_URL": now.address == stamp.address,
        "TEMPERATURE": now.temperature == stamp.temperature,
        "JURY_SIZE": (now.asked, now.least) == (stamp.asked, stamp.least),
        "MODEL_TIER": now.tier == stamp.tier,
        "PRINCIPLES_FILE": now.principles_digest == stamp.principles_digest,
        "HORIZON_MONTHS": horizon == opening.snapshot.horizon_months,
        "the inputs": now.snapshot_digest == stamp.snapshot_digest,
    }
    names = tuple(name for name, unchanged in same.items() if not unchanged)
    # The principles are part of the prompt; a prompt that differs by itself is of another version of the
    # program.
    return names or (() if now.prompt_digest == stamp.prompt_digest else ("the program",))


def least_of(terms: Terms) -> int | Gap:
    """The least number of ballots, where a jury may end early."""
    return ONE_SIZE if terms.jury.least == terms.jury.most else terms.jury.least


def tier_of(doors: Doors, terms: Terms, question: Question) -> str:
    """The price class of a run: batches are for those that have a day's time."""
    if terms.tier != BATCH:
        return terms.tier
    return BATCH if question.patient and not isinstance(doors.batches, Gap) else "standard"


def stamp_of(doors: Doors, terms: Terms, question: Question) -> Stamp:
    """The stamp of a run that is begun now."""
    temperature = "own" if isinstance(terms.temperature, Gap) else str(terms.temperature)
    settings = {
        "model": doors.model.label,
        "temperature": temperature,
        "asked": question.ballots,
        **({} if isinstance(question.least, Gap) else {"least": question.least}),
        **({"address": terms.model_address} if terms.model_address else {}),
        "principles": question.brief.principles_digest,
    }
    return Stamp(
        model=doors.model.label,
        rehearsal=doors.model.rehearsal,
        temperature=terms.temperature,
        asked=question.ballots,
        least=question.least,
        principles_digest=question.brief.principles_digest,
        prompt_digest=question.brief.digest,
        snapshot_digest=snapshot_digest(question.snapshot),
        settings_digest=digest(dumps(settings)),
        version=terms.version,
        tier=tier_of(doors, terms, question),
        address=terms.model_address,
    )
