"""EDINET's kinds of documents and the legal reason of extraordinary reports in the house's events.

Codes as they stand in recorded lists; the words of the description decide for the others. An extraordinary report names the
paragraph that demanded it: only the one that was recorded is translated, every other stays open and is G2.
"""

from typing import Final

from core.facts.events import Event, Severity
from core.facts.filing import Reported
from providers.sources.kinds import Kind, kind, translate

KINDS: Final[tuple[Kind, ...]] = (
    kind(
        Event.BID_RECEIVED, Severity.G3, "tender offer",
        r"公開買付届出書",
        r"公開買付報告書",
        r"意見表明報告書",
        reason="who owns what changes",
        example="公開買付届出書",
        counter="公開買付けに関する社内規程",
    ),
    kind(
        Event.BUYBACK, Severity.G1, "own shares",
        r"自己株券買付状況報告書",
        reason="monthly and routine",
        example="自己株券買付状況報告書（法24条の6第1項に基づくもの）",
        counter="自己点検報告書",
        weekly=True,
    ),
    kind(
        Event.HOLDING, Severity.G1, "large holding",
        r"大量保有報告書",
        r"変更報告書",
        reason="passive and periodic",
        example="大量保有報告書",
        counter="保有資産の内訳",
        weekly=True,
    ),
    kind(
        Event.OTHER, Severity.G2, "extraordinary report",
        r"臨時報告書",
        reason="the law demands it at once; its reason says which paragraph",
        example="臨時報告書",
        counter="定期報告書",
        titled=True,
    ),
    kind(
        Event.RESULTS, Severity.G2, "securities report",
        r"有価証券報告書",
        r"半期報告書",
        r"四半期報告書",
        reason="accounts of the period",
        example="訂正有価証券報告書－第157期(2024/04/01－2025/03/31)",
        counter="有価証券届出",
    ),
    kind(
        Event.CAPITAL_RAISED, Severity.G2, "securities registered",
        r"有価証券届出書",
        r"発行登録",
        reason="new papers are offered",
        example="有価証券届出書（新規公開時）",
        counter="登録商標",
    ),
    kind(
        Event.OTHER, Severity.G1, "a certificate",
        r"確認書",
        r"内部統制報告書",
        reason="filed beside every report",
        example="確認書",
        counter="確認できない事項",
    ),
)  # fmt: skip

# currentReportReason → event, weight, label.
REASONS: Final = {
    "第19条第2項第9号の2": (Event.MEETING, Severity.G1, "extraordinary report: votes of the general meeting")
}


def translated(code: str, description: str, reason: str) -> tuple[Reported, str]:
    """What a document reports, and its series."""
    if reason in REASONS:
        event, weight, label = REASONS[reason]
        return Reported(event=event, label=label, code=f"{code} {reason}", weight=weight), ""
    reported, series = translate(KINDS, code, description)
    said = f" ({reason})" if reason else ""
    return Reported(
        event=reported.event,
        label=f"{reported.label}{said}",
        code=code,
        weight=reported.weight,
        open=reported.open,
    ), series
