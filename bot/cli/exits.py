"""How a command ends: an error of the tree becomes one sentence, an exit code and, with --json, one object on stdout.

A failure that is not of the tree is a bug and keeps its traceback: hiding it would help nobody.
"""

import argparse
import json
import os
import sys
from collections.abc import Callable

from core.base.errors import CondorcetError, NotFound, QuorumNotMet, SourceFailed, SourcesFailed

DONE, WRONG_USE, SOURCE_FAILED, NO_QUORUM = 0, 2, 3, 4
# What shells report of a program that Ctrl-C ended.
INTERRUPTED = 130


def guarded(command: Callable[[argparse.Namespace], int], args: argparse.Namespace) -> int:
    """Runs `command`; an error of the tree becomes its sentence and exit code."""
    as_json = bool(getattr(args, "json", False))
    try:
        return command(args)
    except QuorumNotMet as error:
        return say_failure(str(error), NO_QUORUM, as_json=as_json)
    except SourcesFailed as error:
        sources = tuple(sorted({source for source, _ in error.failures}))
        return say_failure(str(error), SOURCE_FAILED, as_json=as_json, sources=sources)
    except SourceFailed as error:
        return say_failure(str(error), SOURCE_FAILED, as_json=as_json, sources=(error.source,))
    except NotFound as error:
        near = f" The nearest: {', '.join(error.nearest)}." if error.nearest else ""
        return say_failure(f"{error}{near}", WRONG_USE, as_json=as_json)
    except CondorcetError as error:
        return say_failure(str(error), WRONG_USE, as_json=as_json)
    except KeyboardInterrupt:
        return say_failure("Interrupted.", INTERRUPTED, as_json=as_json)
    except BrokenPipeError:
        # Whoever read our output has gone (`| head`): nothing is left to say, and Python must not complain at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE


def say_failure(message: str, exit_code: int, *, as_json: bool, sources: tuple[str, ...] = ()) -> int:
    """Prints the failure where a reader of this output looks for it and returns `exit_code`."""
    if as_json:
        error: dict[str, object] = {"code": exit_code, "message": message}
        if sources:
            error["sources"] = list(sources)
        print(json.dumps({"error": error}, ensure_ascii=False))
    else:
        print(message, file=sys.stderr)
    return exit_code
