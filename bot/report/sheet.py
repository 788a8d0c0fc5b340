"""One report as rows: every output (digest, picture, page, terminal, JSON, buttons) reads these and words
nothing of its own.

Decisions. What needs the person comes first: undecided names, then names without a vote, then cuts, adds,
holds. Inside a section: a call that really changed, a G3 fact, the heavier weight, the ticker. Weights are
percent of the whole portfolio, cash included, as `/portfolio` shows them; the jury's own ("judged part plus
cash") are turned by one factor, here.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from bot.report import figures
from bot.report.changes import Change, Changes, changes
from bot.report.lookup import called, dossiers_of, major_of, stability_of
from bot.texts import report as texts
from core.base.gap import Gap
from core.facts.coverage import official_reach
from core.facts.fact import Fact, SourceClass, State
from core.jury.ballot import Direction
from core.jury.call import STEADY_CALLS, Call
from core.jury.verdict import Counts, StabilityMap, Verdict
from core.run import Run
from core.snapshot.model import Dossier, Snapshot


class Section(StrEnum):
    """Sections in reading order; values are the keys of the headings."""

    SPLIT = "split"
    LEANING = "leaning"
    NO_QUORUM = "no quorum"
    CONSTANT = "constant"
    CUT = "cut"
    ADD = "add"
    HOLD = "hold"


# The sections in which nothing is proposed and the person decides.
OPEN = (Section.SPLIT, Section.LEANING, Section.NO_QUORUM, Section.CONSTANT)


def section_of(verdict: Verdict) -> Section:
    """The one section in which this name is listed: its call, or why there is none."""
    call = verdict.call
    return Section(call.value if call in STEADY_CALLS else verdict.stability.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One name of the map. `now` and `then` in percent of the whole portfolio; they differ only where a move
    is proposed."""

    ticker: str
    name: str
    verdict: Verdict
    dossier: Dossier | None
    now: Decimal
    then: Decimal
    change: Change | None

    @property
    def section(self) -> Section:
        return section_of(self.verdict)

    @property
    def moves(self) -> bool:
        return self.section in {Section.CUT, Section.ADD}

    @property
    def weights(self) -> str:
        return figures.move(self.now, self.then)

    @property
    def tally(self) -> str:
        return tally(self.verdict)

    @property
    def evidence(self) -> str:
        return evidence_words(self.verdict, self.dossier)

    @property
    def weak(self) -> bool:
        return lacks_official(self.verdict)

    @property
    def flags(self) -> list[str]:
        """What else is marked behind a name of the long form."""
        contested = self.verdict.contested and self.section not in OPEN
        return [texts.CONTESTED] * contested + [texts.NOT_HELD] * (not self.verdict.held)

    @property
    def news(self) -> Change | None:
        """How its call changed, if it did, and not by noise."""
        return None if self.change is None or self.change.noise else self.change

    @property
    def major(self) -> tuple[Fact, ...]:
        return major_of(self.dossier)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A report that has a map. `sections` hold every row once and no empty section."""

    run: Run
    stability: StabilityMap
    sections: tuple[tuple[Section, tuple[Row, ...]], ...]
    changes: Changes
    scale: Decimal
    cash_now: Decimal
    cash_then: Decimal

    @property
    def rows(self) -> tuple[Row, ...]:
        return tuple(row for _section, rows in self.sections for row in rows)

    def row(self, ticker: str) -> Row | None:
        return next((row for row in self.rows if row.ticker == ticker), None)


def sheet_of(run: Run, previous: Run | None = None) -> Sheet | None:
    """The sheet of a run, None when it has no map. `previous` is the report before, for what changed."""
    stability = stability_of(run)
    if stability is None:
        return None
    found = changes(run, previous)
    changed = {change.ticker: change for change in found.changed}
    dossiers, names, scale = dossiers_of(run), called(run), whole_share(run.opening.snapshot)
    grouped: dict[Section, list[Row]] = {section: [] for section in Section}
    for verdict in stability.verdicts:
        row = Row(
            ticker=verdict.ticker,
            name=names.get(verdict.ticker, verdict.ticker),
            verdict=verdict,
            dossier=dossiers.get(verdict.ticker),
            now=verdict.current_weight * scale,
            then=verdict.target_weight * scale,
            change=changed.get(verdict.ticker),
        )
        grouped[row.section].append(row)
    return Sheet(
        run=run,
        stability=stability,
        sections=tuple(
            (section, tuple(sorted(rows, key=_rank))) for section, rows in grouped.items() if rows
        ),
        changes=found,
        scale=scale,
        cash_now=stability.cash_current_weight * scale,
        cash_then=stability.cash_target_weight * scale,
    )


def whole_share(snapshot: Snapshot) -> Decimal:
    """What part of the whole portfolio the judged names and the cash are: the factor from the jury's weights
    to a person's."""
    judged = {dossier.ticker for dossier in snapshot.dossiers}
    shares = [p.share for p in snapshot.valuation.positions if p.holding.ticker in judged]
    known = sum((share for share in shares if isinstance(share, Decimal)), snapshot.valuation.cash_share)
    return known / 100 if known > 0 else Decimal(1)


def _rank(row: Row) -> tuple[bool, int, float, str]:
    return (row.news is None, -row.verdict.evidence.g3, -float(row.now), row.ticker)


# --- the two axes in words
# -------------------------------------------------------------------------------------------


def directions(counts: Counts) -> dict[Direction, int]:
    """Votes per direction, from up to down."""
    return {
        Direction.UP: counts.buy + counts.add,
        Direction.FLAT: counts.hold,
        Direction.DOWN: counts.lighten + counts.sell,
    }


def short_tally(verdict: Verdict) -> str:
    """For a phone: `5/5`, `4/5`; where nothing is called, every side: `2▲ 1= 2▼`."""
    by_direction = directions(verdict.counts)
    if verdict.call in STEADY_CALLS and not isinstance(verdict.direction, Gap):
        return f"{by_direction[verdict.direction]}/{verdict.valid}"
    sides = [f"{count}{texts['ARROWS'][way]}" for way, count in by_direction.items() if count]
    return figures.HARD.join(sides) or texts.NO_VOTE


def tally(verdict: Verdict) -> str:
    """`5/5`, `4/5, 1 flat`, or without a call `3 down · 2 flat`; abstentions and missing lines behind it."""
    by_direction = directions(verdict.counts)
    cast = {way: count for way, count in by_direction.items() if count}
    if isinstance(verdict.direction, Gap) or verdict.call not in STEADY_CALLS:
        text = (
            " · ".join(f"{count} {texts['DIRECTIONS'][way]}" for way, count in cast.items()) or texts.NO_VOTE
        )
    else:
        against = [f"{n} {texts['DIRECTIONS'][way]}" for way, n in cast.items() if way != verdict.direction]
        text = ", ".join([f"{by_direction[verdict.direction]}/{verdict.valid}", *against])
    for count, words in ((verdict.counts.abstain, texts.ABSTAINED), (verdict.counts.missing, texts.MISSING)):
        if count:
            text += ", " + words.format(count=count)
    return text


def call_words(call: Call | Gap) -> str:
    return texts.NO_CALL if isinstance(call, Gap) else texts["CALLS"][call]


def verdict_words(verdict: Verdict) -> str:
    """The call and how it came about: `cut (consensus)`, `undecided (split: your judgment decides)`."""
    way = "" if isinstance(verdict.direction, Gap) else texts["DIRECTIONS"][verdict.direction]
    return f"{call_words(verdict.call)} ({texts['VERDICTS'][verdict.stability].format(direction=way)})"


def lacks_official(verdict: Verdict) -> bool:
    """The most dangerous line of the map: a steady call, and nothing official stands behind it."""
    return verdict.call in STEADY_CALLS and verdict.evidence.official == 0


def evidence_words(verdict: Verdict, dossier: Dossier | None) -> str:
    """The second axis: `2 official, 1 newswire`. Without an official fact it says whether a source was read,
    is an old copy, could not be read, or does not exist here; the others that could not be read in full are
    counted."""
    seen, coverage = verdict.evidence, dossier.coverage if dossier else ()
    counted = ((seen.official, "official"), (seen.newswire, "newswire"), (seen.other, "other"))
    words = ", ".join(f"{count} {texts['AUTHORITIES'][kind]}" for count, kind in counted if count)
    if not seen.official:
        words = f"{words or texts.NO_FACT} · {texts['NO_OFFICIAL'][official_reach(coverage)]}"
    if lacks_official(verdict):
        words = f"{texts.WARNING} {words}"
    rest = [one.state for one in coverage if seen.official or one.source_class is not SourceClass.OFFICIAL]
    for state, said in ((State.FAILED, texts.UNREAD), (State.STALE, texts.OLD_COPIES)):
        if count := rest.count(state):
            words += f" · {figures.counted(count, said)}"
    return words


def evidence_short(verdict: Verdict, dossier: Dossier | None) -> str:
    """The same for a narrow column: `4 official`, else `old copy` or `not read`, else the press (with a sign
    where no official source exists here), else `no fact` or `no source`."""
    seen, state = verdict.evidence, official_reach(dossier.coverage if dossier else ())
    press = next((kind for kind in ("newswire", "other") if getattr(seen, kind)), "")
    if seen.official:
        shown = f"{seen.official} {texts['AUTHORITIES']['official']}"
    elif press and state not in {State.FAILED, State.STALE}:
        sign = texts.NO_SOURCE_SIGN if state is State.NONE else ""
        shown = f"{getattr(seen, press)} {texts['AUTHORITIES'][press]}{sign}"
    else:
        shown = texts["NO_OFFICIAL_SHORT"][state]
    return f"{texts.WARNING} {shown}" if lacks_official(verdict) else shown


def mark(row: Row) -> str:
    """The phone's short mark of `lacks_official`, blank elsewhere: the picture's words, but `press only` for
    any press."""
    if not lacks_official(row.verdict):
        return ""
    state = official_reach(row.dossier.coverage if row.dossier else ())
    press = row.verdict.evidence.newswire or row.verdict.evidence.other
    read = state in {State.OK, State.EMPTY}
    return f"{texts.WARNING} {texts.PRESS_ONLY if press and read else texts['NO_OFFICIAL_SHORT'][state]}"
