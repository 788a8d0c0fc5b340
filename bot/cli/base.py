"""The frame of the command line: its commands, how each ends, and the options that many share.

A command stands in a module of this folder (click; its function returns its exit code) that is imported when
it is asked for, so `--help` loads none. An error of the house becomes one sentence, an exit code and, with
--json, one object on stdout. A failure that is no error of the house is a bug and keeps its traceback: hiding
it would help nobody.
"""

import difflib
import functools
import importlib
import json
import os
import signal
import sys
from collections.abc import Callable, Coroutine, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

from core.base.errors import CondorcetError, NotFound, QuorumNotMet, SourceFailed, SourcesFailed

T = TypeVar("T")
DONE, WRONG_USE, SOURCE_FAILED, NO_QUORUM = 0, 2, 3, 4
PROGRAM = "python -m bot"
# What shells report of a program that Ctrl-C ended.
INTERRUPTED = 130

# Command (and module of this folder), one line of help.
COMMANDS = (
    ("analyze", "freeze, ask the model N times, print the stability map"),
    ("why", "the vote on one name, dissent first, from the ledger"),
    ("facts", "the verified facts of one name, what was rejected, and coverage"),
    ("variance", "ask again on the same frozen snapshot and show what moved"),
    ("portfolio", "show, import, export or restore the portfolio"),
    ("universe", "the scored shortlist of names not held"),
    ("identities", "who each name is at regulators, how sure that is; SCHEME=VALUE corrects it"),
    ("laboratory", "bulk experiments: snapshots × experiments × ballots, resumable"),
    ("brief", "what the model sees, with tokens by part"),
    ("track", "how earlier calls fared against the index"),
    ("history", "earlier reports; `history RUN` opens one"),
    ("status", "last and next push, sources, spend, version"),
    ("demo", "everything local: the recorded day with the rehearsal jury, then the chat page"),
    ("setup", "asks for what is needed, checks it, writes .env"),
    ("doctor", "is everything reachable and right?"),
    ("health", "is the running bot alive and working? (for containers)"),
    ("export", "everything in the ledger as JSON and CSV"),
    ("backup", "a consistent copy of the ledger while the bot runs"),
    ("restore", "put a backup in the ledger's place"),
    ("forget", "erase the ledger's contents for good"),
)

# Commands that share a module, where each has its own name; every other is `command` in the module of its
# name.
IN = {
    **dict.fromkeys(("why", "facts", "universe", "track", "history", "status"), "past"),
    **dict.fromkeys(("export", "backup", "restore", "forget"), "keeping"),
}

# What a command answers: the object of --json, and what makes its text for people.
Answer = tuple[object, Callable[[], str]]

json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
demo_option = click.option("--demo", is_flag=True, help="The demo's ledger and recordings.")


def answering(command: Callable[..., Answer]) -> Callable[..., int]:
    """A command that has --demo and --json and only says something: it is given `demo` and returns its
    answer."""

    @demo_option
    @json_option
    @functools.wraps(command)
    def answered(*, as_json: bool, **given: Any) -> int:
        data, text = command(**given)
        if as_json:
            say_json(data)
        else:
            print(text())
        return DONE

    return answered


class Commands(click.Group):
    """Loads a command's module when the command is named. Takes options and commands whole: a shortened one
    is a guess."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [name for name, _ in COMMANDS]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.list_commands(ctx):
            return None
        module = importlib.import_module(f"bot.cli.{IN.get(cmd_name, cmd_name)}")
        command: click.Command = getattr(module, cmd_name if cmd_name in IN else "command")
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        if name.startswith("-") or name in self.list_commands(ctx):
            return super().resolve_command(ctx, args)
        near = difflib.get_close_matches(name, self.list_commands(ctx), n=1)
        meant = f"; did you mean {near[0]}?" if near else ""
        raise click.UsageError(f"there is no command {name!r}{meant}", ctx)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(COMMANDS)


@click.group(
    cls=Commands,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    help="Condorcet. Without a command: the bot itself.",
)
@click.pass_context
def commands(ctx: click.Context) -> int:
    """The bot itself, when no command is given."""
    if ctx.invoked_subcommand is not None:
        return DONE
    serve: Callable[[], None] = importlib.import_module("bot.cli.serve").serve_bot
    serve()
    return DONE


def main(argv: Sequence[str] | None = None) -> int:
    """The exit code of these words (default: those of the process)."""
    words = list(sys.argv[1:] if argv is None else argv)
    program = "condorcet" if Path(sys.argv[0]).stem == "condorcet" else PROGRAM

    def command() -> int:
        return int(commands.main(args=words, prog_name=program, standalone_mode=False) or DONE)

    return guarded(command, as_json="--json" in words)


def guarded(command: Callable[[], int], *, as_json: bool) -> int:
    """Runs `command`; wrong use and an error of the house become a sentence and an exit code."""
    try:
        return command()
    except click.ClickException as error:
        path = error.ctx.command_path if isinstance(error, click.UsageError) and error.ctx else PROGRAM
        said = error.format_message()
        end = "" if said.endswith((".", "?", "!")) else "."
        return say_failure(f"{said}{end} See `{path} --help`.", WRONG_USE, as_json=as_json)
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
    except (KeyboardInterrupt, click.Abort):
        return say_failure("Interrupted.", INTERRUPTED, as_json=as_json)
    except BrokenPipeError:
        # Whoever read our output has gone (`| head`): nothing is left to say, and Python must not complain at
        # exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE


def run(work: Coroutine[Any, Any, T]) -> T:
    """What `work` gives. SIGTERM interrupts it as Ctrl-C does, so a run under way is closed with what it
    cost."""
    import asyncio  # not for `--help`

    async def interruptible() -> T:
        task = asyncio.ensure_future(work)
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
        return await task

    try:
        return asyncio.run(interruptible())
    except asyncio.CancelledError:
        raise KeyboardInterrupt from None


def say_failure(message: str, exit_code: int, *, as_json: bool, sources: tuple[str, ...] = ()) -> int:
    """Prints the failure where a reader of this output looks for it and returns `exit_code`."""
    if as_json:
        error: dict[str, object] = {"code": exit_code, "message": message}
        if sources:
            error["sources"] = list(sources)
        say_json({"error": error})
    else:
        print(message, file=sys.stderr)
    return exit_code


def say_json(data: object) -> None:
    """One JSON object on one line."""
    print(json.dumps(data, ensure_ascii=False))


def confirmed(question: str) -> bool:
    """A yes at the terminal. Without a terminal nobody can say yes."""
    return sys.stdin.isatty() and click.confirm(question, err=True)
