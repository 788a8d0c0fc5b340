"""The monthly report that never goes missing and never comes twice. `register` hangs it into the library's job queue."""

from bot.schedule.desk import Plan, PushDesk, PushEngine, PushViews, report_batch
from bot.schedule.heartbeat import Heartbeat, Ping, Post
from bot.schedule.jobs import INTERVAL, Schedule
from bot.schedule.reconciler import Reconciler

__all__ = [
    "INTERVAL",
    "Heartbeat",
    "Ping",
    "Plan",
    "Post",
    "PushDesk",
    "PushEngine",
    "PushViews",
    "Reconciler",
    "Schedule",
    "report_batch",
]
