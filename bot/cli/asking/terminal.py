"""Asking a person. A question shows its default; a secret is neither shown while it is typed nor offered in clear."""

from collections.abc import Callable
from dataclasses import dataclass

from core.base.errors import BadRequest

HIDDEN = "****"


@dataclass(frozen=True, slots=True, kw_only=True)
class Terminal:
    """`read` and `read_secret` take a prompt and return a line; `write` takes one line. Ctrl-C passes through."""

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
            self.say("Please answer y or n.")

    def _line(self, read: Callable[[str], str], prompt: str) -> str:
        try:
            return read(prompt).strip()
        except EOFError as error:
            raise BadRequest("The input ended before everything was asked. Nothing was written.") from error
