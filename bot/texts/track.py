"""Words of `/track`."""

TITLE = "Earlier calls against the index"
FIRST = "The first report can be looked at from {day} on."
CLASS = "{stability}: {right} of {calls} right ({share}; 95 % interval {low} to {high})"
NO_CALL = "{stability} (no call; for comparison)"
NO_CALLS = "{stability}: no call has an outcome yet"
YARDSTICK = (
    "Yardstick: {share} of all judged names beat the index over the same spans ({months} months of reports)."
)
NO_YARDSTICK = "Yardstick: unknown ({reason})."
LEFT_OUT = "{count} left out: {reason}"
NOTE = "Stability is not truth: this is the only place where being right is counted, and it takes years to mean anything."
