"""What a verdict would mean in shares, for `/why` only: never in the report, where counts of shares read like orders."""

from bot.report import figures
from bot.report.lookup import dossier_of, verdict_of
from bot.texts import report as texts
from core.base.gap import Gap
from core.portfolio.proposals import Proposal, propose
from core.run import Run


def proposal_lines(run: Run, ticker: str, *, fractional: bool) -> tuple[str, ...]:
    """Plain sentences, or none where the verdict proposes no change."""
    verdict, dossier = verdict_of(run, ticker), dossier_of(run, ticker)
    if verdict is None or dossier is None or verdict.target_weight == verdict.current_weight:
        return ()
    snapshot = run.opening.snapshot
    proposal = propose(
        snapshot.valuation,
        snapshot.fx,
        dossier.quote,
        judged=tuple(one.ticker for one in snapshot.dossiers),
        target_weight=verdict.target_weight,
        fractional=fractional,
    )
    if isinstance(proposal, Gap):
        return (texts.PROPOSAL_UNKNOWN.format(reason=proposal.reason),)
    lines = [_sentence(proposal)]
    if not isinstance(proposal.remark, Gap):
        lines.append(f"{proposal.remark[:1].upper()}{proposal.remark[1:]}.")
    return tuple(lines)


def _sentence(proposal: Proposal) -> str:
    said = texts.PROPOSAL_SAME
    if proposal.change:
        said = texts.PROPOSAL_LESS if proposal.change < 0 else texts.PROPOSAL_MORE
    return said.format(
        now=figures.quantity(proposal.shares_now),
        then=figures.quantity(proposal.shares_then),
        cash=figures.amount(abs(proposal.cash_effect), proposal.currency),
    )
