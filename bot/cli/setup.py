"""`setup`: asks for what is needed, checks each answer against the real service, writes `.env`.

Promises: nothing is written before the last answer, then the whole file at once with mode 0600 and the former
one beside it; no secret is ever shown. Each question has a default, and can be skipped where the bot can do
without. Refuses to run without a terminal: answers from a pipe would be typed into the wrong question.
"""

import getpass
import sys
from pathlib import Path

import click

from bot.cli.asking.env_file import check_place, composed, example_text, write
from bot.cli.asking.talk import Talk, Terminal
from bot.cli.base import DONE, INTERRUPTED, say_failure
from bot.settings import ENV_FILE, NEEDS_BOT, Settings, missing, nearest, overridden, read, read_file
from core.base.errors import BadRequest


@click.command
def command() -> int:
    """Asks for what is needed, checks each answer against the real service, writes .env."""
    if not sys.stdin.isatty():
        raise BadRequest(
            "setup asks questions and needs a terminal. Without one, copy .env.example to .env and "
            "fill it in."
        )
    terminal = Terminal(read=input, read_secret=getpass.getpass, write=print)
    try:
        converse(terminal, ENV_FILE)
    except KeyboardInterrupt:
        print()
        return say_failure("Interrupted. Nothing was written.", INTERRUPTED, as_json=False)
    return DONE


def converse(terminal: Terminal, env_file: Path) -> None:
    """All questions, then the file, then what to do next. Raises BadRequest when the file cannot be read or
    written."""
    from bot.cli.asking.model import ask_model
    from bot.cli.asking.owner import ask_contact, ask_currency, ask_portfolio
    from bot.cli.asking.telegram import ask_owner, ask_token

    example = example_text()
    check_place(env_file)
    kept, unread = read_file(env_file)
    ours = {name.upper() for name in Settings.model_fields}
    talk = Talk(
        terminal=terminal,
        env_file=env_file,
        kept={name: value for name, value in kept.items() if name in ours and value},
    )
    terminal.say("Six questions. Enter takes what stands in [brackets]; Ctrl-C leaves everything as it was.")
    if kept:
        terminal.say(f"{env_file} is there already: what it says is offered, secrets as ****.")
    terminal.say()
    ask_owner(talk, ask_token(talk))
    ask_model(talk)
    ask_currency(talk)
    ask_contact(talk)
    ask_portfolio(talk)
    backup = write(env_file, composed(example, talk.kept | talk.answers))
    terminal.say()
    terminal.say(f"{env_file} is written, readable by you alone.")
    if backup is not None:
        terminal.say(f"The former one is {backup.name}, beside it.")
    for name in (name for name in kept if name not in ours):
        near = nearest(name)
        meant = f" (did you mean {near}?)" if near else ""
        terminal.say(f"Left out, because it is no setting: {name}{meant}.")
    if unread:
        terminal.say(f"Left out, because they cannot be read: {len(unread)} lines.")
    _say_what_is_next(terminal, env_file)


def _say_what_is_next(terminal: Terminal, env_file: Path) -> None:
    settings, faults = read(env_file=env_file)
    for fault in faults:
        terminal.say(f"Still to mend: {fault}.")
    for name in missing(settings, NEEDS_BOT):
        terminal.say(f"Still to set: {name}.")
    if overruled := overridden(env_file):
        terminal.say(f"The environment holds other values, and wins: {', '.join(overruled)}.")
    terminal.say()
    terminal.say("Next:")
    terminal.say("  python -m bot doctor    is everything reachable and right?")
    terminal.say("  python -m bot           the bot")
    terminal.say(
        f"The monthly push comes on day {settings.push_day} at {settings.push_time:%H:%M} "
        f"({settings.timezone}); "
        "PUSH_DAY, PUSH_TIME and TIMEZONE change that."
    )
