"""Words of `/track`."""

TITLE = "Earlier verdicts against the index"
CLASS = "{stability}: {right} of {calls} right ({share}; 95 % interval {low} to {high})"
NO_CALLS = "{stability}: no call has an outcome yet"
YARDSTICK = (
    "Yardstick: {share} of all judged names beat the index over the same spans ({months} months of reports)."
)
NO_YARDSTICK = "Yardstick: unknown ({reason})."
LEFT_OUT = "{count} calls left out: {reason}"
NOTE = "Stability is not truth: this is the only place where being right is counted, and it takes years to mean anything."
