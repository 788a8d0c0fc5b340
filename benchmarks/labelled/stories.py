"""Headlines against their labels by the live path alone: feed bytes, parser, reader, sieve."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from benchmarks.labelled.figures import Share, Table
from benchmarks.labelled.labels import AS_OF, NOT_HERE, Labelled, invented, subjects
from core.facts.fact import Gathering, Severity, SourceClass, Subject
from core.facts.rule import line
from core.facts.sift import sift

FOLDS = 5
ENGLISH = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What the sieve made of one headline: the severity of its fact per name, and the gate that stopped it
    per name.
    """

    row: Labelled
    facts: dict[str, Severity]
    stopped: dict[str, str]

    @property
    def found(self) -> frozenset[str]:
        """The names it was matched to, kept or not. In a name's own feed the project's labels speak of that
        name only.
        """
        found = frozenset({*self.facts, *self.stopped})
        feed = self.row.label["feed"]
        return found & {feed} if feed and self.row.label["part"] != "others" else found

    @property
    def english(self) -> bool:
        return ENGLISH in line(self.row.story.title).languages


def outcomes(rows: Iterable[Labelled], *, asked: frozenset[str] | None = None) -> list[Outcome]:
    """Each headline through the sieve by itself, for all names of the labels or those of `asked`."""
    known = tuple(one for one in subjects() if asked is None or one.ticker in asked)
    return [_outcome(row, known) for row in rows]


def _outcome(row: Labelled, known: tuple[Subject, ...]) -> Outcome:
    gathering = Gathering(
        source="feed", source_class=SourceClass.NEWSWIRE, coverage=(), stories=(row.story,), read=1
    )
    sifted = sift((gathering,), known, AS_OF)
    return Outcome(
        row=row,
        facts={ticker: facts[0].severity for ticker, facts in sifted.facts if facts},
        stopped={
            one.ticker: f"{one.gate}: {one.reason}"
            for one in sifted.rejected
            if isinstance(one.ticker, str) and one.gate != "name"
        },
    )


def measure_stories(table: Table, rows: list[Labelled] | None, others: list[Labelled] | None) -> None:
    """All figures of headlines; one line that says so where the recordings are not there."""
    if rows is None:
        table.add("headlines", NOT_HERE)
        return
    _measure(table, "own labels", outcomes(rows))
    if others is not None:
        asked = frozenset(name for row in others for name in row.names)
        _measure(table, "another reader's labels", outcomes(others, asked=asked))


def _measure(table: Table, whose: str, all_of_them: list[Outcome]) -> None:
    decided = [one for one in all_of_them if one.row.names != {"?"}]
    right = sum(len(one.found & one.row.names) for one in decided)
    given = sum(len(one.found) for one in decided)
    table.share(f"{whose}: matching precision", Share(right, given), 0.97)
    for feed, where, limit in ((True, "own feeds", 0.92), (False, "general feeds", 0.88)):
        some = [one for one in decided if bool(one.row.label["feed"]) is feed]
        asked = sum(len(one.row.names) for one in some)
        hits = sum(len(one.found & one.row.names) for one in some)
        table.share(f"{whose}: matching recall, {where}", Share(hits, asked), limit)
    for one in decided:
        if one.found != one.row.names:
            table.case(f"matching: {one.row.story.title} | {sorted(one.row.names)} | {sorted(one.found)}")
    about = [one for one in decided if one.row.names & one.found]
    views = [one for one in about if one.row.label["kind"] in ("opinion", "sourcing")]
    rejected = [one for one in views if not one.facts.keys() & one.row.names]
    table.share(f"{whose}: opinion and rumour rejected", Share(len(rejected), len(views)), 0.95)
    events = [one for one in about if one.row.label["kind"] in ("event", "guidance")]
    kept = [one for one in events if one.facts.keys() & one.row.names]
    table.share(f"{whose}: events kept by the gates", Share(len(kept), len(events)), 0.98)
    for one in views:
        if one.facts.keys() & one.row.names:
            table.case(f"{one.row.label['kind']} kept: {one.row.story.title}")
    for one in events:
        if not one.facts.keys() & one.row.names:
            table.case(f"event lost: {one.row.story.title} | {one.stopped}")
    for english, language in ((True, "English"), (False, "other languages")):
        _severity(table, f"{whose}: G3 in {language}", [one for one in decided if one.english is english])


def _severity(table: Table, name: str, some: list[Outcome]) -> None:
    """Recall over headlines that change a thesis, from the feed to the fact: a miss of matching or a gate
    counts.
    """
    heavy = [one for one in some if one.row.label["severity"] == "G3" and one.row.names]
    hits = [one for one in heavy if any(one.facts.get(name) is Severity.G3 for name in one.row.names)]
    graded = [one for one in some if one.row.label["severity"]]
    given = [one for one in graded if Severity.G3 in one.facts.values()]
    table.share(f"{name}, recall", Share(len(hits), len(heavy)))
    table.share(
        f"{name}, precision", Share(sum(one.row.label["severity"] == "G3" for one in given), len(given))
    )
    for one in heavy:
        if one not in hits:
            table.case(f"G3 missed: {one.row.story.title} | {dict(one.facts)} {one.stopped}")
    for one in given:
        if one.row.label["severity"] != "G3":
            table.case(f"false G3: {one.row.story.title} | {dict(one.facts)}")


def measure_invented(table: Table) -> None:
    """Headlines of the project's own making, set by set and by language: the G3 that reach the name, and
    false ones.
    """
    found: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for row, story, subject in invented():
        gathering = Gathering(
            source="feed", source_class=SourceClass.NEWSWIRE, coverage=(), stories=(story,), read=1
        )
        ((_, facts),) = sift((gathering,), (subject,), AS_OF).facts
        got = facts[0].severity.value if facts else "-"
        found.setdefault((row["set"], row["language"]), []).append((row["severity"], got))
        if (row["severity"] == "G3") is not (got == "G3"):
            table.case(f"set {row['set']} {row['language']}: {row['severity']}, found {got}: {row['title']}")
    for number in sorted({number for number, _ in found}):
        mine = {language: pairs for (of, language), pairs in found.items() if of == number}
        foreign = [pair for language, pairs in mine.items() if language != ENGLISH for pair in pairs]
        for language, pairs in (*mine.items(), ("other languages", foreign)):
            heavy = [got for wanted, got in pairs if wanted == "G3"]
            given = [wanted for wanted, got in pairs if got == "G3"]
            table.share(f"invented {number}, {language}: G3 recall", Share(heavy.count("G3"), len(heavy)))
            table.share(f"invented {number}, {language}: G3 precision", Share(given.count("G3"), len(given)))


def by_fold(rows: list[Outcome], key: Callable[[Outcome], str]) -> list[list[Outcome]]:
    """Outcomes in five parts about equally large, all of one company (or publisher) in the same part."""
    sizes = Counter(key(one) for one in rows)
    place: dict[str, int] = {}
    filled = [0] * FOLDS
    for name, size in sorted(sizes.items(), key=lambda item: (-item[1], item[0])):
        place[name] = filled.index(min(filled))
        filled[place[name]] += size
    return [[one for one in rows if place[key(one)] == fold] for fold in range(FOLDS)]


def measure_folds(table: Table, rows: list[Labelled] | None, others: list[Labelled] | None) -> None:
    """The same figures per fold of companies and of publishers: how far they lie apart is what one set may
    hide.
    """
    if rows is None or others is None:
        table.add("folds", NOT_HERE)
        return
    asked = frozenset(name for row in others for name in row.names)
    all_of_them = [*outcomes(rows), *outcomes(others, asked=asked)]
    for what, key in (("company", _company), ("publisher", _publisher)):
        for number, fold in enumerate(by_fold(all_of_them, key), 1):
            _fold(table, f"{what} fold {number}", fold)


def _fold(table: Table, name: str, fold: list[Outcome]) -> None:
    decided = [one for one in fold if one.row.names != {"?"}]
    right = sum(len(one.found & one.row.names) for one in decided)
    about = [one for one in decided if one.row.names & one.found]
    views = [one for one in about if one.row.label["kind"] in ("opinion", "sourcing")]
    events = [one for one in about if one.row.label["kind"] in ("event", "guidance")]
    heavy = [one for one in decided if one.row.label["severity"] == "G3" and one.row.names]
    shares = (
        Share(right, sum(len(one.found) for one in decided)),
        Share(right, sum(len(one.row.names) for one in decided)),
        Share(sum(not one.facts.keys() & one.row.names for one in views), len(views)),
        Share(sum(bool(one.facts.keys() & one.row.names) for one in events), len(events)),
        Share(sum(Severity.G3 in one.facts.values() for one in heavy), len(heavy)),
    )
    told = " · ".join(f"{share.value:.3f} ({share.hits}/{share.total})" for share in shares)
    table.add(f"{name}: precision, recall, views rejected, events kept, G3 recall", told)


def _company(one: Outcome) -> str:
    return min(one.row.names, default="-")


def _publisher(one: Outcome) -> str:
    return one.row.publisher or one.row.label.get("source", "-")
