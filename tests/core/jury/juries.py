"""Small juries for the tests: briefs, answers and ballots of a given shape, in one line each."""

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from core.base.gap import Gap
from core.brief.model import AskedName, Brief
from core.jury.ballot import Answer, Ballot, Finish, Reply, SpoiledBallot, Usage
from core.jury.reading import read_ballot

UNKNOWN = Gap(gap="not said")


def asked(ticker: str, weight: str = "10", *, held: bool = True, facts: Sequence[str] = ()) -> AskedName:
    return AskedName(ticker=ticker, held=held, weight=Decimal(weight), fact_ids=tuple(facts))


def brief(*names: AskedName) -> Brief:
    return Brief(
        system="s",
        user="u",
        schema="{}",
        digest="d",
        principles_digest="p",
        names=names,
        cash_weight=Decimal(100) - sum((name.weight for name in names), Decimal(0)),
    )


def reply(text: str, *, response_id: str | Gap = UNKNOWN, finish: Finish = Finish.NATURAL) -> Reply:
    return Reply(
        text=text,
        finish=finish,
        finish_raw="stop",
        usage=Usage(
            input=UNKNOWN, cached_read=UNKNOWN, cache_write=UNKNOWN, output=UNKNOWN, reasoning=UNKNOWN
        ),
        response_id=response_id,
        model="m",
        sampling="provider default",
        mode="schema",
        first_token_s=0.1,
        seconds=1.0,
    )


def ballot_of(answer: Answer) -> Ballot:
    """The ballot of an answer that is no spoiled one."""
    assert isinstance(answer.reading, Ballot)
    return answer.reading


def reply_of(answer: Answer) -> Reply:
    """The reply of an answer that came."""
    assert isinstance(answer.reply, Reply)
    return answer.reply


def line(ticker: str, stance: Any = "hold", weight: Any = 10, **fields: Any) -> dict[str, Any]:
    made: dict[str, Any] = {
        "ticker": ticker,
        "facts": [],
        "reasons_against": ["against"],
        "reasons_for": ["for"],
        "stance": stance,
        "target_weight": weight,
    }
    return made | fields


def written(lines: Sequence[Any], cash: Any = 10, **more: Any) -> str:
    return json.dumps({"names": list(lines), "cash_target_weight": cash} | more)


def answer(
    question: Brief, votes: Mapping[str, tuple[str, float]], index: int, *, cash: float = 10, attempt: int = 1
) -> Answer:
    """An answer with its own response id: `votes` is ticker -> (stance, weight); a note makes its bytes its
    own."""
    lines = [
        line(ticker, stance, weight, reasons_for=[f"ballot {index}"])
        for ticker, (stance, weight) in votes.items()
    ]
    return cast(
        question, reply(written(lines, cash), response_id=f"id-{index}-{attempt}"), index, attempt=attempt
    )


def cast(question: Brief, given: Reply, index: int, *, attempt: int = 1) -> Answer:
    reading = read_ballot(given, question, index=index, attempt=attempt)
    return Answer(index=index, attempt=attempt, reply=given, reading=reading)


def spoiled(index: int, *, attempt: int = 1, cause: str = "timeout") -> Answer:
    reading = SpoiledBallot(index=index, attempt=attempt, cause=cause, detail="No answer came.")
    return Answer(index=index, attempt=attempt, reply=Gap(gap="no answer"), reading=reading)


def jury(
    question: Brief, ticker: str, stances: Sequence[str], weights: Sequence[float]
) -> tuple[Answer, ...]:
    """One ballot per stance on `ticker`; every other name holds its weight and cash takes the rest up to
    100."""
    answers = []
    for index, (stance, weight) in enumerate(zip(stances, weights, strict=True)):
        votes = {name.ticker: ("hold", float(name.weight)) for name in question.names}
        votes[ticker] = (stance, weight)
        cash = 100 - sum(given for _, given in votes.values())
        answers.append(answer(question, votes, index, cash=cash))
    return tuple(answers)


def read(question: Brief, text: str, **options: Any) -> Ballot | SpoiledBallot:
    return read_ballot(reply(text, **options), question, index=0, attempt=1)
