"""Headlines against their labels: matching, the gates, and the severity of their event."""

from benchmarks.labelled.figures import Share, Table
from benchmarks.labelled.labels import NOT_HERE, Labelled, subjects
from core.facts.cleaning import clean
from core.facts.fact import Authority
from core.facts.gates import Stopped, stop, stop_views
from core.facts.headlines import grade_headline
from core.facts.matching import Matcher
from core.facts.rule import line


def measure_stories(table: Table, rows: list[Labelled] | None) -> None:
    """All figures of headlines; one line that says so where the recordings are not there."""
    if rows is None:
        for name in ("matching", "gates", "headlines"):
            table.add(name, NOT_HERE)
        return
    _matching(table, rows)
    _gates(table, rows)
    _severities(table, rows)


def _matching(table: Table, rows: list[Labelled]) -> None:
    matcher = Matcher(subjects())
    right = given = own_right = own_asked = free_right = free_asked = 0
    for row in rows:
        if row.names == {"?"}:
            continue
        found = {one.ticker for one in matcher.matches(row.story(), clean(row.headline.title), "")}
        if found != row.names:
            table.case(f"matching: {row.headline.title} | wanted {sorted(row.names)} | found {sorted(found)}")
        hits = len(found & row.names)
        right, given = right + hits, given + len(found)
        if row.label["feed"]:
            own_right, own_asked = own_right + hits, own_asked + len(row.names)
        else:
            free_right, free_asked = free_right + hits, free_asked + len(row.names)
    table.share("matching precision", Share(right, given), 0.98)
    table.share("matching recall, per-name feeds", Share(own_right, own_asked), 0.90)
    table.share("matching recall, general feeds", Share(free_right, free_asked))


def _gates(table: Table, rows: list[Labelled]) -> None:
    cases = [(row, row.label["kind"], stopped_by(row, Authority.NEWSWIRE)) for row in rows]
    for row, kind, stopped in cases:
        if (kind in ("opinion", "sourcing")) != bool(stopped):
            table.case(f"gates: {kind} | {row.headline.title} | {stopped}")
    for wanted in ("sourcing", "opinion"):
        table.share(f"{wanted} recall, all", _stopped([one for one in cases if one[1] == wanted]))
    bad = [one for one in cases if one[0].names and one[1] in ("opinion", "sourcing")]
    table.share("speculation and opinion rejected, about a name", _stopped(bad), 0.95)
    rejected = [kind for _, kind, stopped in cases if stopped]
    table.share(
        "speculation and opinion precision",
        Share(sum(kind not in ("event", "guidance") for kind in rejected), len(rejected)),
    )
    good = [one for one in cases if one[0].names and one[1] in ("event", "guidance")]
    lost = _stopped(good)
    table.share("events about a name kept", Share(lost.total - lost.hits, lost.total))
    official = [row for row in rows if stopped_by(row, Authority.OFFICIAL)]
    table.add("official items lost to a gate", len(official), "<= 0", ok=not official)


def _stopped(cases: list[tuple[Labelled, str, Stopped | None]]) -> Share:
    return Share(sum(bool(stopped) for _, _, stopped in cases), len(cases))


def stopped_by(row: Labelled, authority: Authority) -> Stopped | None:
    """The gate that stops a headline when a publisher of this authority brings it, as the sieve asks them."""
    headline = line(clean(row.headline.title))
    severity = grade_headline(headline).grade.severity
    return stop(headline, authority) or stop_views(authority, row.headline.publisher, severity)


def _severities(table: Table, rows: list[Labelled]) -> None:
    graded = [
        (row, grade_headline(line(clean(row.headline.title))).grade) for row in rows if row.label["severity"]
    ]
    for row, grade in graded:
        wanted = row.label["severity"]
        if wanted != grade.severity:
            table.case(f"headline: {row.headline.title} | {wanted} | {grade.severity.value} by {grade.row}")
    table.per_class("headline", [(row.label["severity"], grade.severity) for row, grade in graded])
