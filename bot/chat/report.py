"""A finished run as messages for the outbox: digest, picture, page, buttons by name.

Decisions: Telegram scales a photo to 1,280 px on its longer side, so beyond 26 names a picture goes as a
file, which keeps its size. Picture and page are made off the event loop, the picture in a process of its own.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, tzinfo
from functools import partial
from typing import TYPE_CHECKING

from bot.chat import buttons
from bot.chat.drawing import Draw, NotDrawn, in_own_process
from bot.report import figures, labels
from bot.report.digest import digest
from bot.report.labels import state_of
from bot.report.lookup import stability_of
from bot.report.markup import esc, plain_text
from bot.report.picture import picture
from bot.report.report_html import report_html
from bot.report.splitting import CAPTION, TEXT, split
from bot.telegram import Attachment, Buttons, NotSent
from bot.texts import chat as texts
from bot.texts import report as words
from core.base.gap import Gap
from core.due.message import Message, MessageKind
from core.run import Run, RunState

if TYPE_CHECKING:
    from bot.chat.context import Desk

logger = logging.getLogger(__name__)
# Telegram scales a photo to 1,280 px of height: at 32 names the 720 px of width become 620, still more than a
# phone shows.
PHOTO_NAMES = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """Everything a report is made of. `picture` is None for a run that has no map."""

    digest: tuple[str, ...]
    caption: tuple[str, ...]
    picture: Attachment | None
    page: Attachment


def make_parts(
    run: Run,
    previous: Run | None,
    *,
    zone: tzinfo,
    next_push: datetime | Gap,
    draw: Draw = in_own_process,
    dark: bool = False,
) -> Parts:
    """Blocking, a second or two: call it off the event loop. A picture that cannot be drawn is left out: the
    page has its map."""
    stability = stability_of(run)
    day = run.opening.snapshot.day
    drawn = None
    if stability is not None:
        photo = len(stability.verdicts) <= PHOTO_NAMES
        try:
            content = draw(partial(picture, run, dark))
        except NotDrawn as error:
            logger.warning("%s", error)
        else:
            drawn = Attachment(name=f"condorcet-{day}.png", content=content, photo=photo)
    page = report_html(run, previous, zone=zone, next_push=next_push).encode("utf-8")
    return Parts(
        digest=digest(run, previous, zone=zone, next_push=next_push),
        caption=caption(run),
        picture=drawn,
        page=Attachment(name=f"condorcet-{day}.html", content=page),
    )


def caption(run: Run) -> tuple[str, ...]:
    """Stands under the picture: what it is, and what it is not. What must be said of the run stands in the
    picture itself."""
    title = words.TITLE.format(day=figures.day(run.opening.snapshot.day))
    return ("\n".join([esc(title), esc(labels.not_truth(stability_of(run)))]),)


def is_report(message: Message) -> bool:
    """Whether this is the digest of a report, as `PushMessages` makes it: what is worth pinning."""
    begins = words.TITLE.partition("{")[0]
    whole = message.batch.startswith(("push:", "run:")) and message.position == 0
    return whole and message.kind is MessageKind.TEXT and f"\n{begins}" in f"\n{message.plain}"


async def deliver_files(desk: "Desk", chat_id: int, run: Run, parts: Parts, *, dark: bool) -> None:
    """Picture and page."""
    try:
        if parts.picture is not None:
            below = buttons.below_picture(run, dark=dark) if parts.picture.photo else ()
            await desk.sender.attach(chat_id, parts.picture, caption=parts.caption, buttons=below)
    except NotSent as error:
        logger.warning("the picture was not sent: %s", error)
        await desk.sender.send(chat_id, (esc(texts.PICTURE_FAILED),))
    await desk.sender.attach(chat_id, parts.page, caption=(esc(texts.REPORT_FILE_CAPTION),))


class PushMessages:
    """The same report as messages for the push's outbox (`bot.push.desk.PushViews`)."""

    def __init__(
        self,
        previous: Callable[[Run], Run | None],
        zone: Callable[[], tzinfo],
        *,
        draw: Draw = in_own_process,
        asked: bool = False,
        dark: Callable[[], bool] = lambda: False,
    ) -> None:
        self._asked = asked
        self._dark = dark
        self._previous = previous
        self._draw = draw
        self._zone = zone

    def report(
        self, run: Run, *, batch: str, chat_id: int, remarks: tuple[str, ...], next_due: datetime | Gap
    ) -> tuple[Message, ...]:
        """Blocking. Quiet, but for the digest of a report that was asked for, has a major fact or no map. The
        same run gives the same messages."""
        dark = self._dark()
        parts = make_parts(
            run, self._previous(run), zone=self._zone(), next_push=next_due, draw=self._draw, dark=dark
        )
        quiet = not self._asked and stability_of(run) is not None and not run.opening.snapshot.sieve.g3
        said = ("\n".join(esc(remark) for remark in remarks),) if remarks else ()
        made: list[Message] = []

        def add(html: str, file: Attachment | None = None, below: Buttons = ()) -> None:
            made.append(message(batch, len(made), chat_id, html, file=file, below=below, silent=quiet))

        below = () if state_of(run) is RunState.DONE else buttons.try_again(run.opening.purpose)
        for place, part in enumerate(parted := split((*said, *parts.digest), TEXT), start=1):
            add(part, below=below if place == len(parted) else ())
        if parts.picture is not None:
            below = buttons.below_picture(run, dark=dark) if parts.picture.photo else ()
            add(split(parts.caption, CAPTION)[0], parts.picture, below)
        add(esc(texts.REPORT_FILE_CAPTION), parts.page)
        if stability_of(run) is not None:
            add(esc(texts.REPORT_BUTTONS), below=buttons.names(run))
        return tuple(made)


def message(
    batch: str,
    position: int,
    chat_id: int,
    html: str,
    *,
    file: Attachment | None = None,
    below: Buttons = (),
    silent: bool = False,
) -> Message:
    """One message of a batch. Its first one rings, unless it is `silent`: somebody waits for it."""
    kind = MessageKind.TEXT
    if file is not None:
        kind = MessageKind.PHOTO if file.photo else MessageKind.DOCUMENT
    return Message(
        key=f"{batch}:{position}",
        batch=batch,
        position=position,
        chat_id=chat_id,
        kind=kind,
        placeholder=texts.PLACEHOLDER,
        html=html,
        plain=plain_text(html)[: TEXT if file is None else CAPTION],
        buttons=tuple(tuple(row) for row in below),
        silent=silent or position > 0,
        filename=file.name if file else "",
        content=file.content if file else b"",
    )
