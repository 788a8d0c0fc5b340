"""`/track`: how earlier up and down verdicts fared against the index, by stability class; and why that proves little yet."""

from bot.report import figures
from bot.report.markup import bold, esc, italic, plain_text
from bot.texts import report as words
from bot.texts import track as texts
from core.base.gap import Gap
from core.record.track import ClassRecord, TrackRecord


def track_blocks(record: TrackRecord) -> tuple[str, ...]:
    """The sentence on what it can prove stands first; classes without a call are listed as such."""
    head = [bold(words.REHEARSAL)] if record.rehearsal else []
    head += [bold(texts.TITLE), esc(record.sentence)]
    lines = [esc(_line(row)) for row in record.classes]
    foot = [esc(_yardstick(record))]
    foot += [esc(texts.LEFT_OUT.format(count=count, reason=reason)) for reason, count in record.left_out]
    return ("\n".join(head), "\n".join(lines), "\n".join(foot), italic(texts.NOTE))


def track_text(record: TrackRecord) -> str:
    """The same for a terminal."""
    return "\n\n".join(plain_text(block) for block in track_blocks(record) if block)


def _line(row: ClassRecord) -> str:
    if isinstance(row.share, Gap) or isinstance(row.low, Gap) or isinstance(row.high, Gap):
        return texts.NO_CALLS.format(stability=row.stability.value)
    return texts.CLASS.format(
        stability=row.stability.value,
        right=row.right,
        calls=row.calls,
        share=figures.share(row.share),
        low=figures.share(row.low),
        high=figures.share(row.high),
    )


def _yardstick(record: TrackRecord) -> str:
    if isinstance(record.above_index, Gap):
        return texts.NO_YARDSTICK.format(reason=record.above_index.reason)
    return texts.YARDSTICK.format(share=figures.share(record.above_index), months=record.months)
