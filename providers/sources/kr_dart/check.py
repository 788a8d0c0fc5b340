"""How `doctor` asks DART: the documents of one name."""

from core.facts.fact import Subject
from providers.sources.kr_dart.client import Dart
from providers.sources.shape import asked_about

STAND_IN = Subject(
    ticker="005930.KS", name="Samsung Electronics Co., Ltd.", isin="KR7005930003", country="KR"
)
check = asked_about(Dart, STAND_IN)
