"""One line of an examination. Refuses to hang: a question that is not answered in its time is a failure with that reason."""

import asyncio
from collections.abc import Awaitable
from dataclasses import dataclass
from enum import StrEnum

from bot.cli.base import DONE, SOURCE_FAILED, WRONG_USE
from core.base.errors import BadRequest, CondorcetError, SourceFailed


class State(StrEnum):
    """WARNING: it works, or a report can do without it, but the owner should know."""

    OK = "ok"
    WARNING = "warning"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """`detail` is one line: what was found and, unless it is well, what to do. `exit_code` is not zero when FAILED."""

    check: str
    state: State
    detail: str
    exit_code: int = DONE


def fine(check: str, detail: str) -> Finding:
    return Finding(check=check, state=State.OK, detail=detail)


def warned(check: str, detail: str) -> Finding:
    return Finding(check=check, state=State.WARNING, detail=detail)


def wrong(check: str, detail: str) -> Finding:
    """A setting or file of the owner's that must be mended."""
    return Finding(check=check, state=State.FAILED, detail=detail, exit_code=WRONG_USE)


def unreachable(check: str, detail: str) -> Finding:
    """Something needed that cannot be had now."""
    return Finding(check=check, state=State.FAILED, detail=detail, exit_code=SOURCE_FAILED)


async def bounded(
    check: str, work: Awaitable[tuple[Finding, ...]], *, seconds: float, advice: str = ""
) -> tuple[Finding, ...]:
    """The findings of `work`, or the one that says why there are none. `advice` is what to do about a failure."""
    try:
        async with asyncio.timeout(seconds):
            return await work
    except TimeoutError:
        return (unreachable(check, _with(f"gave no answer within {seconds:g} seconds.", advice)),)
    except SourceFailed as error:
        return (unreachable(check, _with(str(error), advice)),)
    except BadRequest as error:
        return (wrong(check, str(error)),)
    except CondorcetError as error:
        return (wrong(check, _with(str(error), advice)),)


def _with(said: str, advice: str) -> str:
    return f"{said} {advice}" if advice else said


def exit_code_of(findings: tuple[Finding, ...]) -> int:
    """Wrong settings before what is unreachable: mending them comes first."""
    codes = {finding.exit_code for finding in findings if finding.state is State.FAILED}
    return WRONG_USE if WRONG_USE in codes else SOURCE_FAILED if codes else DONE
