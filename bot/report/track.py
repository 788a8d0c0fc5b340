"""`/track`: how earlier calls fared against the index, by stability class; and after how many months that
could prove anything.

While nothing can be looked at, only that stands there, with the day from which it can.
"""

from bot.report import figures
from bot.report.markup import bold, esc, italic
from bot.texts import laboratory as texts
from core.base.gap import Gap
from core.jury.verdict import STEADY
from core.record.track import ClassRecord, TrackRecord


def track_blocks(record: TrackRecord) -> tuple[str, ...]:
    """The sentence on what it can prove stands first."""
    head = [bold(texts.TRACK_TITLE), esc(figures.tidy(record.sentence))]
    left_out = [texts.TRACK_LEFT_OUT.format(count=count, reason=reason) for reason, count in record.left_out]
    if not record.outcomes:
        first = record.first_look
        head.append(
            esc(first.reason if isinstance(first, Gap) else texts.TRACK_FIRST.format(day=figures.day(first)))
        )
        return ("\n".join(head),)
    lines = [esc(_line(row)) for row in record.classes if row.calls or row.stability in STEADY]
    foot = [esc(_yardstick(record)), *map(esc, left_out)]
    return ("\n".join(head), "\n".join(lines), "\n".join(foot), italic(texts.TRACK_NOTE))


def _line(row: ClassRecord) -> str:
    kind = (
        row.stability.value
        if row.stability in STEADY
        else texts.TRACK_NO_CALL.format(stability=row.stability.value)
    )
    if isinstance(row.share, Gap) or isinstance(row.low, Gap) or isinstance(row.high, Gap):
        return texts.TRACK_NO_CALLS.format(stability=kind)
    return texts.TRACK_CLASS.format(
        stability=kind,
        right=row.right,
        calls=row.calls,
        share=figures.share(row.share),
        low=figures.share(row.low),
        high=figures.share(row.high),
    )


def _yardstick(record: TrackRecord) -> str:
    if isinstance(record.above_index, Gap):
        return texts.TRACK_NO_YARDSTICK.format(reason=record.above_index.reason)
    return texts.TRACK_YARDSTICK.format(share=figures.share(record.above_index), months=record.months)
