"""A value that is not there, with the reason. Never 0, None, an empty text or NaN: those could be read as
data."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """`reason` completes the sentence "unknown: …" for a person."""

    gap: str

    @property
    def reason(self) -> str:
        return self.gap


NOT_GIVEN = Gap(gap="not given")
