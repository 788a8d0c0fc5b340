"""The report's digest: one phone screen, at most 24 lines of 38 characters. What needs the person comes
first.

Decisions. Every heading's count equals the names listed under it plus "+n more"; held names alone are only
counted, unless their call really changed. Where all of it does not fit, names come before what is said of
them: open ones share lines, the lines that are left are shared out block by block, and what stands below a
name comes last; when even one name each does not fit, blank lines go first, the major facts last. A line is
broken here, at 38 characters or where a phone of 360 px would break it, and never inside a figure. What does
not need the person (sums, price ages, funds) stands in the page. A run without a map says why.
"""

from dataclasses import dataclass, replace
from datetime import datetime, tzinfo

from bot.report import figures, labels
from bot.report.lookup import called, saying, stability_of
from bot.report.markup import bold, clean, esc
from bot.report.phone import Bold, Line, cut, fits, fits_line, held_to_a_line, html_of, wrapped
from bot.report.sheet import OPEN, Row, Section, Sheet, mark, sheet_of, short_tally
from bot.texts import report as texts
from core.base.gap import NOT_GIVEN, Gap
from core.facts.fact import Fact
from core.run import Run, RunState

LINES = 24
MAJOR_LINES = 2  # of one major fact; the whole excerpt stands in the page and in /facts


@dataclass(frozen=True, slots=True)
class _Block:
    """A heading that counts `count` things, and lines for some of them, of which the first `shown` stand
    there, the first `full` of these with all their lines, the others with their first one.

    `short`: the same items so short that several share a line where `packs` says so. `inline`: the first item
    begins on the heading's own line. `only_counted`: its names give way to all others.
    """

    heading: tuple[Line, ...]
    items: tuple[tuple[Line, ...], ...]
    count: int
    short: tuple[Line, ...] = ()
    inline: bool = False
    packs: bool = False
    only_counted: bool = False
    shown: int = 0
    full: int = 0

    def lines(self) -> list[Line]:
        listed: list[Line] = []
        if self.packs:
            for item in self.short[: self.shown]:
                together = (*listed[-1], " · ", *item) if listed else item
                if fits_line(together):
                    listed[-1:] = [together]
                else:
                    listed.append(item)
        else:
            for place, lines_of in enumerate(self.items[: self.shown]):
                listed += lines_of if place < self.full else lines_of[:1]
        lines = [*self.heading, *listed]
        if self.inline and listed:
            lines[:2] = [(*lines[0], " ", *lines[1])]
        if self.items and self.count > self.shown:
            more = texts.AND_MORE.format(count=self.count - self.shown)
            behind = (*lines[-1], "  ", more)
            lines[-1:] = [behind] if listed and fits_line(behind) else [lines[-1], (more,)]
        return lines


def digest(
    run: Run, previous: Run | None = None, *, zone: tzinfo, next_push: datetime | Gap = NOT_GIVEN
) -> tuple[str, ...]:
    """The digest as blocks. `previous` is the report before this one, for the reader's comparison only."""
    sheet = sheet_of(run, previous)
    foot = _foot(run, zone, next_push)
    if sheet is None or labels.state_of(run) is not RunState.DONE:
        return ("\n".join([*_title(run), *_failure(run)]), "\n".join(map(esc, foot)))
    head = [*_title(run), *map(esc, _counts(sheet, previous))]
    foot = [*map(esc, [*_noise(sheet), labels.not_truth(sheet.stability), *foot])]
    calls, besides = _calls(sheet), _besides(sheet)
    blocks, blanks = _shared_out(calls, besides, LINES - len(head) - len(foot))
    middle = [html_of(line) for block in blocks[: len(calls)] for line in block.lines()]
    tail = [html_of(line) for block in blocks[len(calls) :] for line in block.lines()]
    parts = [head, middle, [*tail, *foot]] if blanks else [[*head, *middle, *tail, *foot]]
    return tuple("\n".join(part) for part in parts if part)


def _title(run: Run) -> list[str]:
    title = texts.TITLE.format(day=figures.day(run.opening.snapshot.day))
    return [esc(line) for label in labels.short(run) for line in wrapped(label)] + [bold(title)]


def _failure(run: Run) -> list[str]:
    lines = [bold(texts.NOT_RUN), esc(labels.failure_of(run))]
    if labels.state_of(run) is RunState.NO_QUORUM and (quorum := labels.no_quorum(run)):
        lines.append(esc(quorum))
    if (stability := stability_of(run)) is not None and stability.spoiled:
        lines.append(esc(labels.spoiled(stability)))
    return lines


def _counts(sheet: Sheet, previous: Run | None) -> list[str]:
    """What was asked and answered, and what cash does; lines that a reader must not miss behind them."""
    lines = [
        *wrapped(labels.counts(sheet.stability)),
        texts.CASH.format(move=figures.move(sheet.cash_now, sheet.cash_then)),
    ]
    if sheet.stability.increase_factor < 1:
        share = figures.share(float(sheet.stability.increase_factor))
        lines.append(texts.INCREASES_SHRUNK.format(share=share))
    if sheet.stability.spoiled:
        lines += wrapped(labels.spoiled(sheet.stability))
    return lines + wrapped(labels.settings_changed(sheet.run, previous) or "")


def _calls(sheet: Sheet) -> list[_Block]:
    """Your judgment, cut, add, hold."""
    grouped = dict(sheet.sections)
    blocks = []
    undecided = [(section, grouped[section]) for section in OPEN if section in grouped]
    if undecided:
        rows = tuple(row for _section, listed in undecided for row in listed)
        kinds = ", ".join(f"{len(rows)} {texts['JUDGMENT_KINDS'][section]}" for section, rows in undecided)
        kinds = kinds if fits(f"{texts.JUDGMENT} ({kinds})", heavy=texts.JUDGMENT) else str(len(rows))
        block = _block(texts.JUDGMENT, kinds, rows, len(rows))
        short = tuple((Bold(row.name), " ", short_tally(row.verdict)) for row in rows)
        blocks.append(replace(block, short=tuple(map(held_to_a_line, short))))
    for section in (Section.CUT, Section.ADD, Section.HOLD):
        if rows := grouped.get(section, ()):
            listed = tuple(row for row in rows if row.news) if section is Section.HOLD else rows
            block = _block(texts["HEADINGS"][section], str(len(rows)), listed, len(rows))
            blocks.append(replace(block, only_counted=section is Section.HOLD))
    return blocks


def _block(title: str, counted: str, listed: tuple[Row, ...], count: int) -> _Block:
    heading = ((Bold(title), f" ({counted})"),)
    return _Block(heading=heading, items=tuple(map(_item, listed)), count=count)


def _item(row: Row) -> tuple[Line, ...]:
    """`Intel  5/5  6.1 → 2.0 %  ⚠ no fact`, and below it why its call really changed."""
    parts = [short_tally(row.verdict), *([row.weights] if row.moves else []), mark(row)]
    change = row.news
    was = "" if change is None else texts.CHANGE_WAS.format(before=texts["CALLS"][change.before])
    if was and fits(" ".join([row.name, *filter(None, parts), was])):
        parts, was = [*parts, was], ""
    line = _fitted(row.name, [part for part in parts if part])
    if change is None:
        return (line,)
    cause = f"  {was}: {change.news}" if was else f"  {change.news}"
    return (line, ("  ", cut(clean(cause), behind="  ")))


def _fitted(name: str, parts: list[str]) -> Line:
    """The name with its parts on one line: single blanks before a shorter name, a shorter name before a
    broken line."""
    glue = "  " if fits("  ".join([name, *parts]), heavy=name) else " "
    return held_to_a_line((name, *(f"{glue}{part}" for part in parts)))


def _besides(sheet: Sheet) -> list[_Block]:
    """Major facts in their own words, and names that could not be judged."""
    facts = [(row, fact) for row in sheet.rows for fact in row.major]
    blocks = []
    if facts:
        heading = texts.MAJOR.format(count=len(facts))
        items: list[tuple[Line, ...]] = []
        for row, fact in facts:
            indent = "" if items else "_" * len(heading) + " "
            items.append(tuple((line,) for line in _major(row.name, fact, indent)))
        items[0] = ((items[0][0][0][len(heading) + 1 :],), *items[0][1:])
        blocks.append(_Block(heading=((Bold(heading),),), items=tuple(items), count=len(items), inline=True))
    if left := sheet.run.opening.snapshot.not_judged:
        names = called(sheet.run)
        lines = tuple(((cut(clean(f"{names[one.ticker]}: {one.reason}")),),) for one in left)
        title = (Bold(texts["HEADINGS"]["not_judged"]), f" ({len(left)})")
        blocks.append(_Block(heading=(title,), items=lines, count=len(lines)))
    return blocks


def _major(name: str, fact: Fact, indent: str) -> list[str]:
    """What a major fact says, in few lines, its source always behind it; the name before it unless it begins
    with it."""
    words, end = clean(saying(fact)).split(" "), texts.MAJOR_SOURCE.format(source=clean(fact.source, 16))
    head = "" if words[0].strip("“").casefold() == name.split()[0].casefold() else f"{name}: "
    closed = "”" if words[-1].endswith("”") else ""
    lines = wrapped(f"{head}{' '.join(words)}{end}", indent=indent)
    while len(lines) > MAJOR_LINES and len(words) > 1:
        words = words[:-1]
        lines = wrapped(f"{head}{' '.join(words)} …{closed}{end}", indent=indent)
    return lines


def _noise(sheet: Sheet) -> list[str]:
    """How many calls changed by chance alone: they are counted and nothing else."""
    words = texts.CHANGED_NOISE_MORE if sheet.changes.news else texts.CHANGED_NOISE
    return [figures.counted(sheet.changes.noise, words)] if sheet.changes.noise else []


def _foot(run: Run, zone: tzinfo, next_push: datetime | Gap) -> list[str]:
    """`model · cost · next 22 Dec`, on two lines where it is too long for one."""
    model = run.opening.stamp.model.partition(":")[2] or run.opening.stamp.model
    cost = labels.cost_of(run)
    if isinstance(next_push, Gap):
        return wrapped(texts.DIGEST_MADE.format(model=model, cost=cost))
    day = figures.short_day(figures.local_day(next_push, zone)).replace(" ", figures.HARD)
    made, following = texts.DIGEST_MADE.format(model=model, cost=cost), texts.DIGEST_NEXT.format(day=day)
    whole = f"{made} · {following}"
    return [whole] if fits(whole) else [*wrapped(made), following]


def _shared_out(calls: list[_Block], besides: list[_Block], room: int) -> tuple[list[_Block], int]:
    """The blocks within `room` lines, and how many blank lines may stand between their groups: two, or none
    in need."""

    def size(blocks: list[_Block]) -> int:
        return sum(len(block.lines()) for block in blocks)

    blocks = [replace(one, shown=len(one.items), full=len(one.items)) for one in (*calls, *besides)]
    if size(blocks) + 2 <= room:
        return blocks, 2
    major = range(len(calls), len(blocks))
    for place, block in enumerate(blocks):
        one = min(1, len(block.items))
        blocks[place] = replace(block, packs=bool(block.short), shown=one, full=one * (place in major))
    blanks = 2 if size(blocks) + 2 <= room else 0
    for place in (*reversed(range(len(calls))), *reversed(major)):
        if size(blocks) + blanks > room:
            blocks[place] = replace(blocks[place], shown=0)
    for others_first in (True, False):
        grown = True
        while grown:
            grown = False
            for place, block in enumerate(blocks):
                more = replace(block, shown=block.shown + 1, full=block.full + (place in major))
                larger = [*blocks[:place], more, *blocks[place + 1 :]]
                waits = others_first and block.only_counted
                if not waits and block.shown < len(block.items) and size(larger) + blanks <= room:
                    blocks, grown = larger, True
    for place, block in enumerate(blocks):
        for full in range(1, block.shown + 1 if place < len(calls) and not block.packs else 0):
            larger = [*blocks[:place], replace(block, full=full), *blocks[place + 1 :]]
            blocks = larger if size(larger) + blanks <= room else blocks
    return blocks, blanks
