"""`python -m bot`: the bot itself, and its commands. Nothing heavy is imported before it is known what is asked.

Exit codes of every command: 0 done, 2 wrong use or settings, 3 a source failed (no report), 4 no quorum.
"""

import argparse
import importlib
import sys
from collections.abc import Sequence
from typing import NoReturn

from bot.cli.exits import WRONG_USE, guarded, say_failure

# Command, module under bot.cli, one line of help. The module's `arguments(parser)` declares, its `run(args)` does.
COMMANDS = (
    ("analyze", "analyze", "freeze, ask the model N times, print the stability map"),
    ("why", "why", "the vote on one name, dissent first, from the ledger"),
    ("facts", "facts", "the verified facts of one name, what was rejected, and coverage"),
    ("variance", "variance", "ask again on the same frozen snapshot and show what moved"),
    ("portfolio", "portfolio", "show, import, export or restore the portfolio"),
    ("universe", "universe", "the scored shortlist of names not held"),
    ("track", "track", "how earlier verdicts fared against the index"),
    ("history", "history", "earlier reports; `history RUN` opens one"),
    ("status", "status", "last and next push, sources, spend, version"),
    ("demo", "demo", "everything local: the recorded day with the rehearsal jury, then the chat page"),
    ("setup", "setup", "asks for what is needed, checks it, writes .env"),
    ("doctor", "doctor", "is everything reachable and right?"),
    ("export", "export", "everything in the ledger as JSON and CSV"),
    ("backup", "backup", "a consistent copy of the ledger while the bot runs"),
    ("restore", "restore", "put a backup in the ledger's place"),
    ("forget", "forget", "erase the ledger's contents for good"),
)


class Parser(argparse.ArgumentParser):
    """Says wrong use in one line, and as JSON when JSON was asked for."""

    def error(self, message: str) -> NoReturn:
        text = f"{message}. See `{self.prog} --help`."
        raise SystemExit(say_failure(text, WRONG_USE, as_json="--json" in sys.argv))


def parser(chosen: str | None) -> argparse.ArgumentParser:
    """The command line. Only the chosen command's module is imported, for its arguments."""
    top = Parser(prog="python -m bot", description="Condorcet. Without a command: the bot itself.")
    commands = top.add_subparsers(dest="command", metavar="COMMAND", parser_class=Parser)
    for name, module, line in COMMANDS:
        sub = commands.add_parser(name, help=line, description=line)
        if name == chosen:
            importlib.import_module(f"bot.cli.{module}").arguments(sub)
    return top


def main(argv: Sequence[str] | None = None) -> int:
    """The exit code."""
    words = list(sys.argv[1:] if argv is None else argv)
    chosen = next((word for word in words if not word.startswith("-")), None)
    args = parser(chosen).parse_args(words)
    module = {name: module for name, module, _ in COMMANDS}.get(args.command, "serve")
    return guarded(importlib.import_module(f"bot.cli.{module}").run, args)


if __name__ == "__main__":
    sys.exit(main())
