"""Instants as UTC text of one width: they compare in SQL as they compare in time."""

from datetime import UTC, datetime

NEVER = datetime(1970, 1, 1, tzinfo=UTC)


def to_text(moment: datetime) -> str:
    """ISO 8601 in UTC with microseconds."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def from_text(text: str) -> datetime:
    """An aware datetime in UTC."""
    return datetime.fromisoformat(text)
