"""The report's digest: one phone screen, at most 24 lines of 38 characters. What needs the person comes
first.

Decisions. Every heading's count equals the names listed under it plus "+n more"; held names alone are only
counted, unless their call really changed. Lines that are left are shared out block by block, so no block goes
unmentioned; when even one name each does not fit, blank lines go first, then what stands below a name, the
major facts last. A line is broken here, at 38 characters or where a phone of 360 px would break it, and never
inside a figure. What does not need the person (sums, price ages, funds) stands in the page. A run without a
map says why.
"""

import unicodedata
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo

from bot.report import figures, labels
from bot.report.lookup import called, saying, stability_of
from bot.report.markup import bold, clean, esc
from bot.report.sheet import OPEN, Row, Section, Sheet, mark, sheet_of, short_tally
from bot.texts import report as texts
from core.base.gap import NOT_GIVEN, Gap
from core.facts.fact import Fact
from core.run import Run, RunState

LINES, WIDTH = 24, 38
# Widths of letters in ems, rounded up from a wide phone font; a line of a bubble at 360 px holds EMS of them.
EMS, BOLD = 20.2, 1.1
WIDTHS = ((" .,:;'’|!ijlft()·-\u202f\u00a0“”", 0.33), ("mw→=▲▼◇✕⚠&…%", 0.84), ("MW@", 1.0))
CAPITAL, OTHER, ASIAN = 0.67, 0.56, 1.0
MAJOR_LINES = 2  # of one major fact; the whole excerpt stands in the page and in /facts


@dataclass(frozen=True, slots=True)
class _Block:
    """A heading that counts `count` things, and lines for some of them, of which the first `shown` stand
    there.

    `inline`: the first item begins on the heading's own line. `brief` are the same items in one line each.
    """

    heading: tuple[str, ...]
    items: tuple[tuple[str, ...], ...]
    brief: tuple[tuple[str, ...], ...]
    count: int
    shown: int
    inline: bool = False

    def lines(self) -> list[str]:
        more = self.count - self.shown
        listed = [*self.heading, *(line for item in self.items[: self.shown] for line in item)]
        if self.inline and self.shown:
            listed[:2] = [" ".join(listed[:2])]
        return [*listed, *([texts.AND_MORE.format(count=more)] if more and self.items else [])]


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
    # What gives way first: what stands below held names, then below added, cut and open ones; the major facts
    # last.
    yielding = [*reversed(range(len(calls))), *reversed(range(len(calls), len(calls) + len(besides)))]
    blocks, blanks = _shared_out([*calls, *besides], yielding, LINES - len(head) - len(foot))
    middle = [line for block in blocks[: len(calls)] for line in block.lines()]
    tail = [line for block in blocks[len(calls) :] for line in block.lines()]
    parts = [head, middle, [*tail, *foot]] if blanks else [[*head, *middle, *tail, *foot]]
    return tuple("\n".join(part) for part in parts if part)


def _title(run: Run) -> list[str]:
    title = texts.TITLE.format(day=figures.day(run.opening.snapshot.day))
    return [esc(line) for label in labels.short(run) for line in _wrapped(label)] + [bold(title)]


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
        *_wrapped(labels.counts(sheet.stability)),
        texts.CASH.format(move=figures.move(sheet.cash_now, sheet.cash_then)),
    ]
    if sheet.stability.increase_factor < 1:
        share = figures.share(float(sheet.stability.increase_factor))
        lines.append(texts.INCREASES_SHRUNK.format(share=share))
    if sheet.stability.spoiled:
        lines += _wrapped(labels.spoiled(sheet.stability))
    return lines + _wrapped(labels.settings_changed(sheet.run, previous) or "")


def _calls(sheet: Sheet) -> list[_Block]:
    """Your judgment, cut, add, hold."""
    grouped = dict(sheet.sections)
    blocks = []
    undecided = [(section, grouped[section]) for section in OPEN if section in grouped]
    if undecided:
        kinds = ", ".join(f"{len(rows)} {texts['JUDGMENT_KINDS'][section]}" for section, rows in undecided)
        rows = tuple(row for _section, listed in undecided for row in listed)
        blocks.append(_block(texts.JUDGMENT, kinds, rows, len(rows)))
    for section in (Section.CUT, Section.ADD, Section.HOLD):
        if rows := grouped.get(section, ()):
            listed = tuple(row for row in rows if row.news) if section is Section.HOLD else rows
            blocks.append(_block(texts["HEADINGS"][section], str(len(rows)), listed, len(rows)))
    return blocks


def _block(title: str, counted: str, listed: tuple[Row, ...], count: int) -> _Block:
    items = tuple(_item(row) for row in listed)
    heading = _wrapped(f"{title} ({counted})")
    marked = (esc(heading[0]).replace(esc(title), bold(title), 1), *map(esc, heading[1:]))
    return _Block(marked, items, tuple(item[:1] for item in items), count, min(1, len(items)))


def _item(row: Row) -> tuple[str, ...]:
    """`Intel  5/5  6.1 → 2.0 %  ⚠ no fact`, and below it why its call really changed."""
    parts = [short_tally(row.verdict), *([row.weights] if row.moves else []), mark(row)]
    change = row.news
    was = "" if change is None else texts.CHANGE_WAS.format(before=texts["CALLS"][change.before])
    if was and _fits(" ".join([row.name, *filter(None, parts), was])):
        parts, was = [*parts, was], ""
    line = _fitted(row.name, [part for part in parts if part])
    if change is None:
        return (line,)
    cause = f"  {was}: {change.news}" if was else f"  {change.news}"
    return (line, f"  {esc(_cut(clean(cause), behind='  '))}")


def _fitted(name: str, parts: list[str]) -> str:
    """The name with its parts on one line: single blanks before a shorter name, a shorter name before a
    broken line."""
    glue = "  " if _fits("  ".join([name, *parts]), heavy=name) else " "
    behind = glue.join(["", *parts])
    return glue.join([bold(_cut(name, behind=behind, heavy=True)), *map(esc, parts)])


def _besides(sheet: Sheet) -> list[_Block]:
    """Major facts in their own words, and names that could not be judged."""
    facts = [(row, fact) for row in sheet.rows for fact in row.major]
    blocks = []
    if facts:
        heading = texts.MAJOR.format(count=len(facts))
        items: list[tuple[str, ...]] = []
        for row, fact in facts:
            indent = "" if items else "_" * len(heading) + " "
            items.append(tuple(_major(row.name, fact, indent)))
        items[0] = (items[0][0][len(heading) + 1 :], *items[0][1:])
        escaped = tuple(tuple(map(esc, item)) for item in items)
        brief = tuple((esc(_cut(row.name, behind=heading)),) for row, _fact in facts)
        blocks.append(_Block((bold(heading),), escaped, brief, len(items), 1, inline=True))
    if left := sheet.run.opening.snapshot.not_judged:
        names = called(sheet.run)
        lines = tuple((esc(_cut(clean(f"{names[one.ticker]}: {one.reason}"))),) for one in left)
        heading = bold(texts["HEADINGS"]["not_judged"]) + f" ({len(left)})"
        blocks.append(_Block((heading,), lines, lines, len(lines), 1))
    return blocks


def _major(name: str, fact: Fact, indent: str) -> list[str]:
    """What a major fact says, in few lines, its source always behind it; the name before it unless it begins
    with it."""
    words, end = clean(saying(fact)).split(" "), texts.MAJOR_SOURCE.format(source=clean(fact.source, 16))
    head = "" if words[0].strip("“").casefold() == name.split()[0].casefold() else f"{name}: "
    closed = "”" if words[-1].endswith("”") else ""
    lines = _wrapped(f"{head}{' '.join(words)}{end}", indent=indent)
    while len(lines) > MAJOR_LINES and len(words) > 1:
        words = words[:-1]
        lines = _wrapped(f"{head}{' '.join(words)} …{closed}{end}", indent=indent)
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
        return _wrapped(texts.DIGEST_MADE.format(model=model, cost=cost))
    day = figures.short_day(figures.local_day(next_push, zone)).replace(" ", figures.HARD)
    made, following = texts.DIGEST_MADE.format(model=model, cost=cost), texts.DIGEST_NEXT.format(day=day)
    whole = f"{made} · {following}"
    return [whole] if _fits(whole) else [*_wrapped(made), following]


def _shared_out(blocks: list[_Block], yielding: list[int], room: int) -> tuple[list[_Block], int]:
    """The blocks within `room` lines, and how many blank lines may stand between their groups: two, or none
    in need. In need the blocks give way in the order `yielding`."""

    def size(blocks: list[_Block]) -> int:
        return sum(len(block.lines()) for block in blocks)

    blanks = 2 if size(blocks) + 2 <= room else 0
    for last in (False, True):
        for place in yielding:
            if size(blocks) + blanks > room:
                block = blocks[place]
                blocks[place] = replace(block, items=block.brief, shown=0 if last else block.shown)
    grown = True
    while grown:
        grown = False
        for place, block in enumerate(blocks):
            larger = [*blocks[:place], replace(block, shown=block.shown + 1), *blocks[place + 1 :]]
            if block.shown < len(block.items) and size(larger) + blanks <= room:
                blocks, grown = larger, True
    return blocks, blanks


# --- lines that a phone does not break
# ----------------------------------------------------------------------------------


def _ems(text: str) -> float:
    return sum(_wide(letter) for letter in text)


def _wide(letter: str) -> float:
    for letters, width in WIDTHS:
        if letter in letters:
            return width
    if unicodedata.east_asian_width(letter) in "WF":
        return ASIAN
    return CAPITAL if letter.isupper() else OTHER


def _fits(line: str, *, heavy: str = "") -> bool:
    """Whether a phone shows it on one line; the part `heavy` of it is bold."""
    return len(line) <= WIDTH and _ems(line) + (BOLD - 1) * _ems(heavy) <= EMS


def _cut(text: str, *, behind: str = "", heavy: bool = False) -> str:
    """As much of `text` as fits on one line before `behind`, with an ellipsis where it is not all."""
    for length in range(len(text), 1, -1):
        cut = clean(text, length)
        if _fits(cut + behind, heavy=cut if heavy else ""):
            return cut
    return clean(text, 2)


def _wrapped(text: str, lines: int = 0, indent: str = "") -> list[str]:
    """Lines that fit, broken at plain blanks; at most `lines` of them, the last one with an ellipsis. The
    first begins with `indent`."""
    made = [indent]
    for word in text.split(" "):
        longer = f"{made[-1]} {word}" if made[-1].strip() and made[-1] != indent else made[-1] + word
        if not _fits(longer) and made[-1] and made[-1] != indent:
            made.append(word)
        else:
            made[-1] = longer
    made = [_cut(line) for line in made if line]
    return made if not lines or len(made) <= lines else [*made[: lines - 1], _cut(f"{made[lines - 1]} …")]
