"""The monthly report that never goes missing and never comes twice. Loops that must not end."""

from bot.push.desk import Plan, PushDesk, PushViews, report_batch
from bot.push.heartbeat import Heartbeat, Ping, Post
from bot.push.reconciler import Reconciler
from bot.push.schedule import INTERVAL, Schedule

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
