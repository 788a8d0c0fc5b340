"""What is known so far, and the checks that a question needs. Nothing is written before the last question is
answered.

A question shows its default; a secret is neither shown while it is typed nor offered in clear.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from bot.cli.checks.bench import Finding, State, bounded
from bot.logs import Redaction
from bot.settings import Settings, read, secrets_of
from core.base.errors import BadRequest

CLEAR = "-"
HIDDEN = "****"


@dataclass(frozen=True, slots=True, kw_only=True)
class Terminal:
    """`read` and `read_secret` take a prompt and return a line; `write` takes one line. Ctrl-C passes
    through."""

    read: Callable[[str], str]
    read_secret: Callable[[str], str]
    write: Callable[[str], None]

    def say(self, text: str = "") -> None:
        self.write(text)

    def ask(self, question: str, *, default: str = "") -> str:
        """The answer, trimmed; Enter gives the default."""
        shown = f" [{default}]" if default else ""
        return self._line(self.read, f"{question}{shown}: ") or default

    def secret(self, question: str, *, kept: str = "") -> str:
        """The secret, trimmed; Enter gives the kept one, which is not shown."""
        shown = f" [{HIDDEN}, Enter keeps it]" if kept else ""
        return self._line(self.read_secret, f"{question}{shown}: ") or kept

    def yes(self, question: str, *, default: bool = True) -> bool:
        """Until it is clear: yes, no, or Enter for the default."""
        while True:
            answer = self._line(self.read, f"{question} [{'Y/n' if default else 'y/N'}]: ").casefold()
            if answer in {"", "y", "yes", "n", "no"}:
                return default if not answer else answer.startswith("y")
            self.say("The answer is y or n.")

    def _line(self, read: Callable[[str], str], prompt: str) -> str:
        try:
            return read(prompt).strip()
        except EOFError as error:
            raise BadRequest("The input ended before everything was asked. Nothing was written.") from error


class Choice(StrEnum):
    """What to do after a failed check."""

    AGAIN = "again"
    KEEP = "keep"
    LEAVE = "leave"


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """`kept` is what the old file says; `answers` what was answered now, where an empty text unsets."""

    terminal: Terminal
    env_file: Path
    kept: dict[str, str]
    answers: dict[str, str] = field(default_factory=dict)
    refused: set[tuple[str, str]] = field(default_factory=set)

    def value(self, name: str) -> str:
        """What stands for a setting now: the answer, else what the old file says."""
        return self.answers.get(name, self.kept.get(name, "")).strip()

    def offered(self, name: str) -> str:
        """What Enter takes: the value that stands, unless a service has just refused it."""
        value = self.value(name)
        return "" if (name, value) in self.refused else value

    def unset(self, name: str) -> None:
        """Takes back what was said of a setting; the environment may still say something."""
        self.answers.pop(name, None)
        if name in self.kept:
            self.answers[name] = ""

    def settings(self) -> Settings:
        """As the bot would read them, were the answers written; defaults in place of wrong ones."""
        return read(self.answers, env_file=self.env_file)[0]

    def ask(self, name: str, question: str, reader: Callable[[str], object], *, default: str = "") -> str:
        """Asks for a setting until `reader` takes the answer. `-` clears it, and so does Enter without a
        default."""
        # What was refused a moment ago is not offered again, not even as the usual default: Enter would never
        # lead out.
        usual = "" if (name, default) in self.refused else default
        while True:
            answer = self.terminal.ask(question, default=self.offered(name) or usual)
            answer = "" if answer == CLEAR else answer
            if not answer:
                break
            try:
                reader(answer)
                break
            except ValueError as error:
                self.terminal.say(f"  It {error}.")
        if answer:
            self.answers[name] = answer
        else:
            self.unset(name)
        return answer

    def check(
        self, name: str, work: Callable[[Settings], Awaitable[tuple[Finding, ...]]], *, seconds: float
    ) -> tuple[Finding, ...]:
        """Runs one check on the settings as they stand, and says what it found, without secrets."""
        settings = self.settings()
        found = asyncio.run(bounded(name, work(settings), seconds=seconds))
        mask = Redaction(secrets_of(settings))
        for finding in found:
            self.terminal.say(
                f"  {finding.check} {finding.state}: {mask.clean(' '.join(finding.detail.split()))}"
            )
        return found

    def after_failure(self, *names: str) -> Choice:
        """Whether to ask for `names` again, to keep what could not be confirmed, or to leave them unset (done
        here)."""
        answer = self.terminal.ask("Enter asks again, k keeps it all the same, n leaves it out").casefold()
        if answer in {"k", "keep", "y", "yes"}:
            return Choice.KEEP
        self.refused.update((name, self.value(name)) for name in names)
        if answer not in {"n", "no"}:
            return Choice.AGAIN
        for name in names:
            self.unset(name)
        return Choice.LEAVE


def failed(found: tuple[Finding, ...]) -> bool:
    return any(finding.state is State.FAILED for finding in found)
