from dataclasses import replace
from decimal import Decimal

from bot.report.proposal import proposal_lines
from tests.bot.report.made_run import made_run


def test_less_frees_cash_and_more_takes_it():
    run = made_run()

    (less,) = proposal_lines(run, "INTC", fractional=True)
    (more,) = proposal_lines(run, "GE", fractional=True)

    assert less.startswith("In shares: ")
    assert "that frees " in less
    assert "instead of 0; that takes " in more
    assert "-" not in less + more
    assert less.endswith("Not an order: nothing is traded here.")


def test_a_share_too_dear_for_its_target_says_so_in_a_sentence_of_its_own():
    run = made_run()
    dossiers = tuple(
        replace(one, quote=replace(one.quote, price=Decimal(9000))) if one.ticker == "GE" else one
        for one in run.opening.snapshot.dossiers
    )
    run = replace(
        run, opening=replace(run.opening, snapshot=replace(run.opening.snapshot, dossiers=dossiers))
    )

    same, remark = proposal_lines(run, "GE", fractional=False)

    assert same == "In shares: 0 as now."
    assert remark.startswith("One share of GE is ")
    assert remark.endswith("it stays at 0.0 %.")


def test_a_verdict_without_a_move_proposes_nothing():
    assert proposal_lines(made_run(), "COST", fractional=True) == ()
