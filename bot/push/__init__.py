"""The monthly report that never goes missing and never comes twice. `register` hangs it into the library's job queue."""

from bot.push.desk import Plan, PushDesk, PushViews, report_batch
from bot.push.heartbeat import Heartbeat, Ping, Post
from bot.push.jobs import INTERVAL, Schedule
from bot.push.reconciler import Reconciler

__all__ = [
    "INTERVAL",
    "Heartbeat",
    "Ping",
    "Plan",
    "Post",
    "PushDesk",
    "PushViews",
    "Reconciler",
    "Schedule",
    "report_batch",
]
