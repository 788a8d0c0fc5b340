"""Words of Korean disclosure titles in the house's events; a title that no row knows is open and G2."""

from typing import Final

from core.facts.events import Event, Severity
from providers.sources.kinds import Kind, kind

KINDS: Final[tuple[Kind, ...]] = (
    kind(
        Event.INSOLVENCY, Severity.G3, "insolvency",
        r"회생절차",
        r"부도발생",
        r"파산",
        reason="the equity is impaired",
        example="회생절차개시신청",
        counter="생산재개",
    ),
    kind(
        Event.DEAL_AGREED, Severity.G2, "merger or division",
        r"회사합병결정",
        r"회사분할결정",
        reason="the shape of the company changes",
        example="주요사항보고서(회사합병결정)",
        counter="합병등종료보고서",
    ),
    kind(
        Event.BUYBACK, Severity.G2, "own shares",
        r"자기주식\s*취득\s*결정",
        reason="a decision of the board, not a daily notice",
        example="주요사항보고서(자기주식취득결정)",
        counter="자기자본 현황",
    ),
    kind(
        Event.INSIDER, Severity.G1, "managers' dealings",
        r"임원[ㆍ·]주요주주",
        reason="routine",
        example="임원ㆍ주요주주특정증권등소유상황보고서",
        counter="임원 보수",
        weekly=True,
    ),
    kind(
        Event.HOLDING, Severity.G1, "large holding",
        r"주식등의대량보유",
        r"최대주주등소유주식변동",
        reason="passive and periodic",
        example="주식등의대량보유상황보고서(일반)",
        counter="대량 생산",
        weekly=True,
    ),
    kind(
        Event.RESULTS, Severity.G2, "report or figures",
        r"사업보고서",
        r"반기보고서",
        r"분기보고서",
        r"영업\(잠정\)실적",
        reason="figures of the period",
        example="분기보고서 (2024.03)",
        counter="사업장 이전",
    ),
    kind(
        Event.OTHER, Severity.G1, "dealing inside the group",
        r"특수관계인과의\s*내부거래",
        r"계열회사와의",
        reason="routine of a large group",
        example="특수관계인과의내부거래",
        counter="내부통제",
        weekly=True,
    ),
)  # fmt: skip
