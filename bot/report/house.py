"""What is said of the house itself: welcome and help, status, the list of earlier reports, one more look."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime, tzinfo
from decimal import Decimal

from bot.report import figures
from bot.report.facts import coverage_line, fact_line, ranked
from bot.report.markup import bold, clean, esc, italic
from bot.report.sheet import OPEN, Section, sheet_of
from bot.texts import chat as texts
from bot.texts import report as words
from core.base.errors import NotFound
from core.base.gap import Gap
from core.facts.coverage import reach
from core.facts.fact import Coverage, Fact
from core.portfolio.identities import Identity
from core.run import Closing, Run, RunState, RunSummary


def help_blocks(*, asked: int, user: int, people: int, next_line: str, rehearsal: bool) -> tuple[str, ...]:
    """Who may talk, the commands, how to read the map, the next report; and why stable is not right (law
    8)."""
    who = texts.WHO if people == 1 else texts.WHO_MANY
    head = [bold(words.REHEARSAL), esc(texts.REHEARSAL_MODEL)] if rehearsal else []
    head += [esc(texts.WELCOME.format(asked=asked)), esc(who.format(user=user, count=people))]
    commands = [
        bold(texts.COMMANDS_TITLE),
        *(f"/{name} · {esc(what)}" for name, what in texts["MENU"].items()),
    ]
    reading = [bold(texts.HOW_TO_READ_TITLE), *(esc(line) for line in texts.HOW_TO_READ.splitlines())]
    last = (italic(texts.WHY_NOT_TRUTH), esc(texts.PRIVACY), esc(next_line))
    return ("\n".join(head), "\n".join(commands), "\n".join(reading), *last)


def help_of(command: str) -> tuple[str, ...]:
    """One command in full. Raises NotFound with those that there are."""
    what = texts["MENU"]
    if command not in what:
        raise NotFound(texts.HELP_UNKNOWN.format(command=clean(command, 20), known=", ".join(what)))
    more = texts["HELP"].get(command, "").splitlines()
    return ("\n".join([f"{bold('/' + command)} · {esc(what[command])}", *map(esc, more)]),)


def next_report(next_push: datetime | Gap, zone: tzinfo) -> str:
    if isinstance(next_push, Gap):
        return texts.STATUS_NEXT_NONE.format(reason=next_push.reason)
    return texts.STATUS_NEXT.format(moment=figures.moment(next_push, zone))


def sources_lines(run: Run) -> list[str]:
    """Each source's states over all names of a report, in the order of their names."""
    snapshot = run.opening.snapshot
    seen: dict[str, Counter[str]] = {}
    covered: list[tuple[Coverage, ...]] = [d.coverage for d in snapshot.dossiers]
    covered += [name.coverage for name in (*snapshot.not_judged, *snapshot.held_not_judged)]
    for coverage in covered:
        for entry in coverage:
            seen.setdefault(entry.source, Counter())[entry.state.value] += 1
    lines = []
    for source in sorted(seen):
        states = ", ".join(
            f"{figures.counted(seen[source][state], words.NAMES)} {said}"
            for state, said in texts["STATUS_STATES"].items()
            if seen[source][state]
        )
        lines.append(texts.STATUS_SOURCE.format(source=source, states=states))
    return lines


def sides(official: Mapping[str, str]) -> dict[str, str]:
    """Official sources that are on and those that are off, each as one list in words."""
    return {
        "on": ", ".join(name for name, state in official.items() if state == "on") or texts.STATUS_NONE,
        "off": ", ".join(name for name, state in official.items() if state != "on") or texts.STATUS_NONE,
    }


def spent_line(spent: Decimal | Gap, budget: Decimal, month: str) -> str:
    known = texts.SPENT_UNKNOWN.format(reason=spent.reason) if isinstance(spent, Gap) else figures.usd(spent)
    return texts.STATUS_SPENT.format(month=month, spent=known, budget=figures.usd(budget))


def history_label(run: Run, zone: tzinfo) -> str:
    """A button of `/history` that differs from its neighbours: the report's day, what it called, or why it
    has no map."""
    day = figures.day(run.opening.snapshot.day)
    sheet = sheet_of(run)
    if sheet is None or not isinstance(run.closing, Closing) or run.closing.state is not RunState.DONE:
        state = run.closing.state if isinstance(run.closing, Closing) else RunState.OPEN
        return texts.HISTORY_STATE.format(
            day=figures.long_moment(run.opening.opened, zone), state=state.value
        )
    counts = Counter(
        words["MARKS"][Section.SPLIT if section in OPEN else section]
        for section, rows in sheet.sections
        for _row in rows
    )
    return " ".join([day, "·", *(f"{mark}{counts[mark]}" for mark in ("◇", "▼", "▲", "=") if counts[mark])])


def history_line(summary: RunSummary, zone: tzinfo, run: Run | None = None) -> str:
    """One earlier report; a rehearsal says so in its line. With `run` its own day stands first, and when it
    was made behind."""
    made = figures.day(figures.local_day(summary.opened, zone))
    day = made if run is None else figures.day(run.opening.snapshot.day)
    if summary.state is not RunState.DONE:
        line = texts.HISTORY_STATE.format(day=day, state=words["STATES"][summary.state])
    else:
        line = texts.HISTORY_LINE.format(
            day=day,
            names=figures.counted(summary.names, words.NAMES),
            valid=words.UNKNOWN if isinstance(summary.valid, Gap) else summary.valid,
            asked=summary.asked,
            cost=figures.usd(summary.cost_usd),
        )
    said = [texts["PURPOSES"][summary.purpose]] if texts["PURPOSES"][summary.purpose] else []
    if run is not None and made != day:
        said.append(texts.HISTORY_MADE.format(day=made))
    rehearsed = words.REHEARSAL if run is None else texts.HISTORY_REHEARSAL
    return " · ".join([line, *said, *([rehearsed] if summary.rehearsal else [])])


def looked_block(
    before: Iterable[Fact] | None,
    now: Iterable[Fact],
    coverage: tuple[Coverage, ...],
    moment: str,
    today: date,
) -> str:
    """What one more look brought that the report did not have, and how far each source could be read.
    `before` is None for a name of no report."""
    known = {(fact.key, fact.url) for fact in before or ()}
    fresh = ranked(tuple(fact for fact in now if (fact.key, fact.url) not in known))
    lines = [bold(texts.LOOKED.format(moment=moment))]
    if fresh:
        found = texts.LOOKED_FOUND if before is None else texts.LOOKED_NEW
        lines.append(bold(found.format(count=len(fresh))))
        lines += [fact_line(fact, today) for fact in fresh]
    else:
        nothing = words["FACTS_NONE"] if before is None else texts["LOOKED_NOTHING"]
        lines.append(esc(nothing[reach(coverage)]))
    lines += [esc(coverage_line(entry), 200) for entry in coverage]
    return "\n".join(lines)


def identity_lines(identity: Identity) -> list[str]:
    """Who a name is at regulators: each number with how sure it is, where it came from, and what spoke for
    it."""
    if not identity.known:
        return [texts.IDENTITY_NOTHING.format(ticker=identity.ticker)]
    return [
        texts.IDENTITY_LINE.format(
            ticker=identity.ticker,
            scheme=one.scheme,
            value=one.value,
            certainty=one.certainty.value,
            source=one.source,
            signs="; ".join(one.signs),
        )
        for one in identity.known
    ]


def identity_block(identity: Identity) -> str:
    """The same for the chat, with how the owner corrects it."""
    lines = [esc(line, 300) for line in identity_lines(identity)]
    title = bold(texts.IDENTITY_TITLE.format(ticker=identity.ticker))
    return "\n".join([title, *lines, italic(texts.IDENTITY_CORRECT.format(ticker=identity.ticker))])
