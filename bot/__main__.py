"""`python -m bot`: the bot itself, and its commands. Nothing heavy is imported before it is known what is asked.

Exit codes of every command: 0 done, 2 wrong use or settings, 3 a source failed (no report), 4 no quorum.
"""

import argparse
import difflib
import importlib
import io
import os
import sys
from collections.abc import Sequence
from typing import Any, NoReturn

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
    """Says wrong use in one line. Takes options whole: a shortened one is a guess."""

    as_json = False

    def __init__(self, **options: Any) -> None:
        super().__init__(allow_abbrev=False, **options)

    def error(self, message: str) -> NoReturn:
        text = f"{message}. See `{self.prog} --help`."
        raise SystemExit(say_failure(text, WRONG_USE, as_json=self.as_json))


class JsonParser(Parser):
    """Says it as JSON, where JSON was asked for."""

    as_json = True


def parser(words: Sequence[str]) -> argparse.ArgumentParser:
    """The command line for these words. Only the chosen command's module is imported, for its arguments."""
    kind: type[Parser] = JsonParser if "--json" in words else Parser
    chosen = next((word for word in words if not word.startswith("-")), None)
    top = kind(prog="python -m bot", description="Condorcet. Without a command: the bot itself.")
    commands = top.add_subparsers(dest="command", metavar="COMMAND", parser_class=kind)
    for name, module, line in COMMANDS:
        sub = commands.add_parser(name, help=line, description=line)
        if name == chosen:
            importlib.import_module(f"bot.cli.{module}").arguments(sub)
    if chosen is not None and chosen not in commands.choices:
        near = difflib.get_close_matches(chosen, commands.choices, n=1)
        meant = f"; did you mean {near[0]}?" if near else ""
        top.error(f"there is no command {chosen!r}{meant}")
    return top


def main(argv: Sequence[str] | None = None) -> int:
    """The exit code. Raises SystemExit for wrong use and for --help, as argparse does."""
    words = list(sys.argv[1:] if argv is None else argv)
    args = parser(words).parse_args(words)
    module = {name: module for name, module, _ in COMMANDS}.get(args.command, "serve")
    return guarded(importlib.import_module(f"bot.cli.{module}").run, args)


if __name__ == "__main__":
    # What this program writes is its owner's alone: reports, exports and backups hold the portfolio.
    os.umask(0o077)
    for stream in (sys.stdout, sys.stderr):
        # A terminal without UTF-8 shows a mark in place of a sign, instead of ending the program.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    sys.exit(main())
