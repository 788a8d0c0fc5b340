"""Every word that a person reads, in the files beside this one: `report` for what is shown of a run,
`laboratory` for what repeating and time show, `chat` for the talk around it. A second language is a second
set of files.

A sentence is read by its name (`chat.WELCOME`), a table by `chat["MENU"]`. Templates are filled with
`str.format`; outside text that goes into them is cleaned or escaped by the caller. `one|many` are two forms
of a counted word. A name that is not there raises, and the tests hold that each name and value the code uses
is in the file, and that none is there for nothing. No template promises that a call is right: stability is
not truth."""

import tomllib
from importlib.resources import files


class Words:
    """One file of words, read at once: a bot that is being replaced goes on in the words it began with."""

    def __init__(self, name: str) -> None:
        self._name = name
        text = (files(__name__) / f"{name}.toml").read_text("utf-8")
        self._entries: dict[str, str | dict[str, str]] = tomllib.loads(text)

    def __getattr__(self, name: str) -> str:
        if isinstance(found := self._entries.get(name), str):
            return found
        raise AttributeError(f"{self._name}.toml has no sentence {name}")

    def __getitem__(self, name: str) -> dict[str, str]:
        if isinstance(found := self._entries.get(name), dict):
            return found
        raise KeyError(f"{self._name}.toml has no table {name}")


report, laboratory, chat = Words("report"), Words("laboratory"), Words("chat")
