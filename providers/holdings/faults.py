"""Why one row cannot be read. It never leaves this room: it becomes a RejectedRow with its line."""


class RowFault(ValueError):
    """`str(fault)` completes "line 7: …"."""
