"""What a run will cost and what it did cost. A limit that cannot be computed is said, never taken for
zero."""

from dataclasses import replace
from datetime import date, datetime, tzinfo
from decimal import Decimal

from core.base.errors import BadRequest
from core.base.gap import Gap
from core.brief.model import Brief
from core.engine.terms import BATCH, Doors, Terms
from core.jury.ballot import Answer, Reply, SpoiledBallot, Usage
from core.run import Purpose

# Round figures for an estimate, not measurements: figures and short headlines cut into smaller tokens than
# prose does.
CHARACTERS_PER_TOKEN = 3.4
# A ballot line with two reasons a side and its JSON is some 110 (benchmarks/brief.py); thinking models write
# as much again.
OUTPUT_TOKENS_PER_NAME = 200
# One name in the brief, before there is a brief to measure.
CHARACTERS_PER_NAME = 1_700


def estimate(
    doors: Doors, terms: Terms, *, characters: int, names: int, ballots: int, tier: str = ""
) -> Decimal | Gap:
    """US dollars for `ballots` answers to a brief of `characters`; a gap when the model's price is unknown.
    `tier` blank: the price class of what a person asks for, which is never a batch."""
    return doors.prices.estimate(
        doors.model.label,
        input_tokens=round(characters / CHARACTERS_PER_TOKEN),
        output_tokens=names * OUTPUT_TOKENS_PER_NAME,
        ballots=ballots,
        day=doors.clock.now().astimezone(terms.zone).date(),
        tier=tier or ("standard" if terms.tier == BATCH else terms.tier),
    )


def priced(doors: Doors, terms: Terms, brief: Brief, ballots: int, tier: str = "") -> Decimal | Gap:
    """The same for a brief that is there, by everything that is sent with each ballot."""
    length = len(brief.system) + len(brief.user) + len(brief.schema)
    return estimate(doors, terms, characters=length, names=len(brief.names), ballots=ballots, tier=tier)


def month_of(moment: datetime, zone: tzinfo) -> tuple[datetime, datetime]:
    """The calendar month around `moment` in `zone`, as [start, end)."""
    local = moment.astimezone(zone)
    start = local.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    year, month = (start.year + 1, 1) if start.month == 12 else (start.year, start.month + 1)
    return start, start.replace(year=year, month=month)


def check_limits(doors: Doors, terms: Terms, expected: Decimal | Gap, purpose: Purpose) -> tuple[str, ...]:
    """Remarks for the report. Raises BadRequest before anything is spent when a limit would be passed."""
    if isinstance(expected, Gap):
        return (f"The cost limits could not be applied: {expected.reason}.",)
    if expected > terms.max_cost_usd:
        raise BadRequest(
            f"Not begun: this {_what(purpose)} is estimated at ${expected:.2f}, above the limit of "
            f"${terms.max_cost_usd} for a run. "
            "Raise MAX_COST_USD, lower JURY_SIZE or choose another MODEL. Nothing was spent."
        )
    start, end = month_of(doors.clock.now(), terms.zone)
    spent = doors.ledger.spent(start, end)
    if isinstance(spent, Gap):
        return (f"The month's budget could not be applied: {spent.reason}.",)
    if spent + expected > terms.budget_usd:
        raise BadRequest(
            f"Not begun: ${spent:.2f} of this month's budget of ${terms.budget_usd} is spent and this "
            f"{_what(purpose)} is "
            f"estimated at ${expected:.2f}. Raise BUDGET_USD or wait for the next month. Nothing was spent."
        )
    return ()


def _what(purpose: Purpose) -> str:
    return "analysis" if purpose in {Purpose.REPORT, Purpose.PUSH} else "variance run"


def total_usage(answers: tuple[Answer, ...]) -> Usage:
    """Tokens of all attempts; a gap where any reply did not say. Attempts without a reply used none."""
    used = [answer.reply.usage for answer in answers if isinstance(answer.reply, Reply)]
    return Usage(
        input=_sum([usage.input for usage in used]),
        cached_read=_sum([usage.cached_read for usage in used]),
        cache_write=_sum([usage.cache_write for usage in used]),
        output=_sum([usage.output for usage in used]),
        reasoning=_sum([usage.reasoning for usage in used]),
    )


def _sum(counts: list[int | Gap]) -> int | Gap:
    total = 0
    for count in counts:
        if isinstance(count, Gap):
            return count
        total += count
    return total


def actual(doors: Doors, terms: Terms, answers: tuple[Answer, ...]) -> Decimal | Gap:
    """US dollars of all attempts, paid by attempt; a gap as soon as one is unknown."""
    day = doors.clock.now().astimezone(terms.zone).date()
    total = Decimal(0)
    for answer in answers:
        if isinstance(answer.reply, Gap):
            if _too_late(answer) and not _free(doors, day):
                return Gap(gap="an answer did not come in time, and nobody said what it used")
            continue
        cost = doors.prices.cost(doors.model.label, answer.reply.usage, day, answer.reply.tier)
        if isinstance(cost, Gap):
            return cost
        total += cost
    return total


def at_least(doors: Doors, terms: Terms, answers: tuple[Answer, ...]) -> Decimal:
    """US dollars that were certainly spent: what was not counted counts as nothing. For limits and sentences,
    never as the cost."""
    day = doors.clock.now().astimezone(terms.zone).date()
    total = Decimal(0)
    for answer in answers:
        if isinstance(answer.reply, Gap):
            continue
        used = answer.reply.usage
        counted = replace(
            used,
            input=0 if isinstance(used.input, Gap) else used.input,
            output=0 if isinstance(used.output, Gap) else used.output,
        )
        cost = doors.prices.cost(doors.model.label, counted, day, answer.reply.tier)
        total += Decimal(0) if isinstance(cost, Gap) else cost
    return total


def _too_late(answer: Answer) -> bool:
    return isinstance(answer.reading, SpoiledBallot) and answer.reading.cause == "timeout"


def _free(doors: Doors, day: date) -> bool:
    """Whether nobody sends a bill for this model, however much it writes."""
    tiny = doors.prices.estimate(doors.model.label, input_tokens=1, output_tokens=1, ballots=1, day=day)
    return tiny == 0
