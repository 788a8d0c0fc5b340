"""What is due, and when: months that owe a report, the next step of a push, messages that must be sent.
Pure."""

from core.due.period import Period, due_period, next_period, periods_after, upcoming

__all__ = ["Period", "due_period", "next_period", "periods_after", "upcoming"]
