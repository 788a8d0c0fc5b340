"""/settings: what is in force, changed by a button or by words (`/settings time 07:30`); kept in the ledger.
And the keyboard of the favourite commands, which can be hidden. A line in `.env` wins and is shown as
such."""

from telegram import Update

from bot.chat.context import Desk
from bot.chat.reply import Context, chat_of, put, typed
from bot.chat.routes import Route, data
from bot.report.markup import bold, esc
from bot.settings.choices import BY_KEY, CHOICES, OFF
from bot.telegram import Buttons, escaped
from bot.texts import chat as texts

A_ROW = 3
# What a person types most, one tap each.
FAVOURITES = (("/analyze", "/report", "/why", "/help"),)


class Choosing:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def settings(self, update: Update, context: Context) -> None:
        """All of them, or one changed: `/settings KEY VALUE`; `/settings KEY` offers values."""
        key, _, value = typed(update).partition(" ")
        chat_id, key = chat_of(update), key.casefold()
        if not key:
            await self._desk.sender.send(chat_id, self._blocks(), buttons=self._keys())
        elif not value.strip() and key in BY_KEY:
            await self._desk.sender.send(chat_id, (self._line(key, hint=True),), buttons=self._offers(key))
        else:
            await self._desk.sender.send(chat_id, escaped(await self._put(chat_id, key, value)))

    async def open(self, update: Update, context: Context, route: Route) -> str:
        """The values that one choice offers, in the place of the list; or the list again."""
        if not route.parts:
            await put(self._desk, update, self._blocks(), self._keys())
        elif (key := route.parts[0]) in BY_KEY:
            await put(self._desk, update, (self._line(key, hint=True),), self._offers(key))
        return ""

    async def pick(self, update: Update, context: Context, route: Route) -> str:
        """A value by its place among the offers; the list comes back."""
        key, place = route.parts[0], int(route.parts[1])
        choice = BY_KEY.get(key)
        if choice is None or place >= len(choice.offers):
            return texts.BUTTON_OLD
        said = await self._put(chat_of(update), key, choice.offers[place])
        await put(self._desk, update, self._blocks(), self._keys())
        return said

    async def keyboard(self, chat_id: int, words: str) -> None:
        """Shows or hides the favourite commands, as chosen; `words` go with it."""
        rows = () if self._desk.choices.text("keyboard") == OFF else FAVOURITES
        await self._desk.sender.send(chat_id, escaped(words), favourites=rows)

    async def _put(self, chat_id: int, key: str, value: str) -> str:
        kept = self._desk.choices.put(key, value, now=self._desk.clock())
        said = texts.CHOSEN.format(label=BY_KEY[key].label, value=kept)
        if key == "keyboard":
            await self.keyboard(chat_id, said)
        return said

    def _blocks(self) -> tuple[str, ...]:
        lines = [bold(texts.SETTINGS), *(self._line(choice.key) for choice in CHOICES)]
        return ("\n".join(lines), esc(texts.SETTINGS_HELP))

    def _line(self, key: str, *, hint: bool = False) -> str:
        choice, choices = BY_KEY[key], self._desk.choices
        line = f"{esc(choice.label)}: {bold(choices.text(key))}"
        if choices.pinned(key):
            return f"{line} · {esc(texts.SETTINGS_PINNED.format(name=choice.field.upper()))}"
        if hint and choice.hint:
            line += f"\n{esc(texts.SETTINGS_HINT.format(key=key, hint=choice.hint))}"
        return line

    def _keys(self) -> Buttons:
        free = [choice for choice in CHOICES if not self._desk.choices.pinned(choice.key)]
        made = [(choice.label, data("choose", choice.key)) for choice in free]
        return tuple(tuple(made[at : at + 2]) for at in range(0, len(made), 2))

    def _offers(self, key: str) -> Buttons:
        offers = () if self._desk.choices.pinned(key) else BY_KEY[key].offers
        made = [(offer, data("choice", key, place)) for place, offer in enumerate(offers)]
        rows = [tuple(made[at : at + A_ROW]) for at in range(0, len(made), A_ROW)]
        return (*rows, ((texts.TO_SETTINGS, data("settings")),))
