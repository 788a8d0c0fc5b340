"""Which name of a report a person means. Trimmed and case-folded; what does not exist is answered by the nearest that do."""

from difflib import SequenceMatcher

from bot.report.changes import dossiers_of
from bot.report.markup import clean
from bot.texts import report as texts
from core.base.errors import NotFound
from core.base.gap import Gap
from core.base.names import fold_ticker
from core.jury.verdict import Verdict
from core.run import Closing, Run
from core.snapshot.model import Dossier, NotJudged

NEAREST = 3
CLOSE = 0.5  # below half of the letters in common, a guess is noise and none is shown
LONGEST = 60  # an entered word is shown back up to here: 4,096 letters would be the whole message


def names_of(run: Run) -> tuple[str, ...]:
    """Every ticker that this run can say something about, judged ones first, each group in its order."""
    snapshot = run.opening.snapshot
    others = (*snapshot.not_judged, *snapshot.held_not_judged)
    return tuple(dict.fromkeys([d.ticker for d in snapshot.dossiers] + [name.ticker for name in others]))


def resolve(run: Run, entered: str) -> str:
    """The ticker that `entered` means. Raises NotFound with the nearest that exist, by ticker or by company name."""
    wanted = fold_ticker(clean(entered[: LONGEST * 2]))
    known = names_of(run)
    if wanted in known:
        return wanted
    called = {dossier.ticker: dossier.name for dossier in run.opening.snapshot.dossiers}
    scored = sorted((-_closeness(wanted, ticker, called.get(ticker, "")), ticker) for ticker in known)
    nearest = tuple(ticker for closeness, ticker in scored if -closeness >= CLOSE)[:NEAREST]
    raise NotFound(texts.UNKNOWN_NAME.format(name=clean(entered, LONGEST)), nearest=nearest)


def _closeness(wanted: str, ticker: str, name: str) -> float:
    company = name.upper()
    if wanted and (company.startswith(wanted) or wanted in company.split()):
        return 1.0
    return max(
        SequenceMatcher(None, wanted, ticker).ratio(),
        SequenceMatcher(None, wanted, ticker.partition(".")[0]).ratio(),
        SequenceMatcher(None, wanted, company[: len(wanted)]).ratio(),
    )


def verdict_of(run: Run, ticker: str) -> Verdict | None:
    if not isinstance(run.closing, Closing) or isinstance(run.closing.stability, Gap):
        return None
    return next((v for v in run.closing.stability.verdicts if v.ticker == ticker), None)


def dossier_of(run: Run, ticker: str) -> Dossier | None:
    return dossiers_of(run).get(ticker)


def not_judged_of(run: Run, ticker: str) -> NotJudged | None:
    snapshot = run.opening.snapshot
    return next((n for n in (*snapshot.not_judged, *snapshot.held_not_judged) if n.ticker == ticker), None)
