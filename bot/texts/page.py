"""What only the report's page says: headings, its legend, the stamp, the numbers that the model saw."""

PAGE_NAMES = "Name by name"
PAGE_JURY = "The jury"
PAGE_HELD = "HELD, NOT JUDGED"
PAGE_CHANGES = "Changed since the last report"
PAGE_BALLOT = "Ballot"
PAGE_CONTENTS = "Contents"
PAGE_MAP = "The map"
PAGE_LEGEND = "How to read it"
PAGE_WEIGHTS = (
    "Weights are percent of the whole portfolio, cash included. The model was asked about the judged names and the cash, "
    "which are {share} of it."
)
PAGE_JUDGED_PART = "In the judged part plus cash, as the model was asked: {move}"
PAGE_FURTHER = "{count} more facts, not in the brief"
LEGEND = (
    (
        "5/5, 4/5",
        "So many of the answers that voted on this name point the same way. It measures how often one model repeats "
        "itself, not whether it is right: one model shares its own errors.",
    ),
    (
        "▼ cut, ▲ add, = hold",
        "The call: at least 80 % of the answers agree on the direction. Only cut and add propose a weight.",
    ),
    (
        "◇ your judgment",
        "Split (no direction has more than half) or leaning (more than half, under 80 %). Nothing is proposed.",
    ),
    (
        "same call again",
        "The chance that a second jury of this model, asked the same, comes to the same call. It says nothing "
        "about being right.",
    ),
    (
        "official, newswire, other",
        "How many facts stand behind a name, by who says them: a regulator or the company's own filing, "
        "an established newswire, anyone else.",
    ),
    ("⚠", "A call without any official fact behind it: the most dangerous line of the map."),
    ("G3, G2, G1", "A fact that changes the thesis, a notable one, an anecdote."),
    (
        "changed",
        "Another call than in the report before. Where the name's inputs are the same, it is noise and only counted.",
    ),
)
PAGE_SUM = "Allocation sum"
PAGE_NUMBERS = "The numbers the model saw"
PAGE_SPOILED = "Spoiled answers"
PAGE_SPOILED_COLUMNS = ("Ballot", "Attempt", "Cause", "What happened")
PAGE_STAMP = "Made with"
STAMP_RUN = "Run"
STAMP_MADE = "As of"
STAMP_MODEL = "Model"
STAMP_TEMPERATURE = "Temperature asked for"
STAMP_ASKED = "Ballots asked (N)"
STAMP_VALID = "Answers read"
STAMP_DISTINCT = "Different answers"
STAMP_PRINCIPLES = "Principles digest"
STAMP_PROMPT = "Prompt digest"
STAMP_SNAPSHOT = "Snapshot digest"
STAMP_SETTINGS = "Settings digest"
STAMP_VERSION = "Version"
STAMP_SAMPLING = "Sampling"
STAMP_MODE = "Answer format"
STAMP_INPUT = "Tokens in"
STAMP_CACHED = "of them from cache"
STAMP_OUTPUT = "Tokens out"
STAMP_COST = "Cost"
STAMP_SECONDS = "Took"
NUMBER_PRICE = "Price"
NUMBER_RELIABILITY = "Consensus reliability"
NUMBER_UPSIDE = "Upside to the mean target"
NUMBER_ADJUSTED = "Upside, adjusted for reliability"
NUMBER_REMARK = "Remark"
NUMBER_CONSENSUS = "Consensus"
NUMBER_ANALYSTS = "Analysts"
NUMBER_TARGETS_OF = "Targets of"
NUMBER_SCORE = "Universe score (rank)"
