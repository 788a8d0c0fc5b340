"""What is shown of a run: map, digest, page, picture, why, facts."""

LANGUAGE = "en"
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
UNKNOWN = "unknown"
COST_UNKNOWN = "cost unknown"
AND_MORE = "+{count} more"

# What every output says of itself.
REHEARSAL = "REHEARSAL: no model was asked"
RECORDING = "Recorded inputs: {name}"
NOT_TRUTH = "The same answer five times is stable, not right."
CONSTANT = (
    "All readable answers are identical: no variance measurable, no claim of stability. "
    "Raise TEMPERATURE, or choose a model that samples, to get variance."
)
NOT_COMPARABLE = (
    "First report with these settings ({what}): its stability is not comparable with earlier ones."
)
SETTING_MODEL = "model"
SETTING_SAMPLING = "sampling"
SETTING_JURY = "jury size"
SETTING_PRINCIPLES = "principles"
SETTING_OTHER = "settings"

# The map.
TITLE = "Stability map · {day}"
SIEVE = "{read:,} items read · {kept:,} {facts} kept · {g3:,} major"
ANSWERS = "{names} · {valid} of {asked} answers readable · {months} months"
CLASSES = {
    "steady": "Steady {count}",
    "leaning": "leaning {count}",
    "split": "split {count}",
    "constant": "constant {count}",
    "no_quorum": "no quorum {count}",
}
FACTS = ("fact", "facts")
NAMES = ("name", "names")
BALLOTS = ("ballot", "ballots")
HEADINGS = {
    "split": "◇ SPLIT, YOUR JUDGMENT",
    "no_quorum": "○ NO QUORUM",
    "constant": "≡ CONSTANT, NO VARIANCE",
    "steady_down": "▼ STEADY, DOWN",
    "steady_up": "▲ STEADY, UP",
    "steady_hold": "= STEADY, HOLD",
    "leaning": "◆ LEANING",
    "not_judged": "✕ NOT JUDGED THIS TIME",
}
VERDICTS = {
    "split": "split, your judgment decides",
    "leaning": "leaning {direction}",
    "unanimous": "unanimous {direction}",
    "consensus": "consensus {direction}",
    "constant": "constant {direction}: no variance measurable",
    "no quorum": "no quorum: too few votes to say anything",
}
DIRECTIONS = {"up": "up", "flat": "flat", "down": "down"}
STANCES = {
    "buy": "buy",
    "add": "add",
    "hold": "hold",
    "lighten": "lighten",
    "sell": "sell",
    "abstain": "abstain",
    "missing": "missing",
}
# One letter a ballot cell, so that no colour has to be told apart.
LETTERS = {"sell": "S", "lighten": "L", "hold": "H", "add": "A", "buy": "B", "abstain": "·", "missing": "?"}
ABSTAINED = "{count} abstained"
MISSING = "{count} missing"
NO_VOTE = "no vote"
REPEATS = "repeats {share}"
NOT_HELD = "not held"
CONTESTED = "⇅ contested"
NO_FACTS = "no facts"
NO_OFFICIAL = "no official fact"
NO_OFFICIAL_MARKED = "⚠ no official fact"
NO_OFFICIAL_SOURCE = "no official source"
NO_OFFICIAL_SOURCE_MARKED = "⚠ no official source"
UNREAD = ("1 source unread", "{count} sources unread")
MAJOR_FACT = "{severity} · {source} {day} · {title}"
MAJOR_COUNT = "{count}× G3"
HELD_NOT_JUDGED = "Held, not judged: {names}"
SPOILED = "{count} spoiled: {causes}"
SPOILED_CAUSE = "{cause} ×{count}"
SUMS = "Allocation sums {sums} %"
SUM_LEFT_OUT = "–"
CASH = "Cash {move}"
INCREASES_SHRUNK = "Increases shrunk to {share} of what was proposed: there was no more cash."
AGREEMENT = "Agreement {share} · unanimous {unanimous} at N = {asked}"
BASE_RATE = "All votes: {up} up · {flat} flat · {down} down"
MADE_WITH = "{model} · {sampling} · {cost}"
NEXT = "Next {moment}"
NEXT_NONE = "Next: {reason}"
REMARKS = "Remarks"
NOT_RUN = "No report"
NO_QUORUM_REPORT = "Only {valid} of {asked} answers could be read; {quorum} are needed. Nothing is claimed."
STATES = {
    "open": "This run has not ended.",
    "failed": "This run failed.",
    "cancelled": "This run was cancelled.",
    "no quorum": "Too few answers could be read for a vote.",
    "done": "Done.",
}

# Changes since the last report: for the reader, never for the model.
CHANGED = "vs {month}: {count} changed, {noise} of them on unchanged inputs"
CHANGED_NONE = "vs {month}: nothing changed"
CHANGE_LINE = "{ticker}  {before} → {after}"
CHANGE_NOISE = "noise: same inputs as last time"
CHANGE_NEWCOMER = "New on the map: {names}"
CHANGE_GONE = "No longer on the map: {names}"
CHANGE_FACT = "new {severity}: {title}"
CHANGE_FACT_GONE = "a fact aged out: {title}"
CHANGE_NUMBER = "{what} {before} → {after}"
CHANGE_INPUTS = "its inputs changed"
WHAT_TARGET = "mean target"
WHAT_PRICE = "price"
WHAT_WEIGHT = "weight"

# /why
WHY_TITLE = "{ticker} · {name}"
WHY_VOTE = "{verdict} · {votes}"
WHY_DEGREE = "Degree: {action}"
WHY_TIE = "a tie in the degree: the milder was taken"
WHY_TARGET = "Weight {move} of the judged part"
WHY_KEEPS = "Keeps its weight: only steady up or down proposes one"
WHY_REPEATS = "A second jury would repeat this with {share}"
WHY_EVIDENCE = "Evidence: {official} official · {newswire} newswire · {other} other · {g3} G3"
WHY_BALLOT = "Ballot {number}: {stance}, target {target} %"
WHY_DIVIDED = "(divided by the ballot's sum: {target} %)"
WHY_ABSTAINED = "Ballot {number}: abstains"
WHY_IMPOSSIBLE = "Ballot {number}: {stance} of a name that is not held: counted as an abstention"
WHY_MISSING = "Ballot {number}: says nothing of this name"
WHY_SPOILED = "Ballot {number}: spoiled ({cause}). {detail}"
WHY_INCONSISTENT = "its target goes against its own stance: the vote counts, the weight does not"
WHY_WEIGHTS_OUT = "names were missing in this ballot: its weights are left out"
WHY_AGAINST = "against: {reason}"
WHY_FOR = "for: {reason}"
WHY_CITES = "cites {facts}"
WHY_CITES_NONE = "cites no fact"
WHY_FALSE = "✕ false citation: {facts}"
WHY_DISSENT = "dissent"
WHY_FACTS = "Facts it could cite"
WHY_NO_FACTS = "No fact stood beside this name."
WHY_NOT_JUDGED = "{ticker} was not put to the vote: {reason}"

# /facts
FACTS_TITLE = "Facts · {ticker} · {name}"
FACTS_SEEN = "As of {day}. {facts} kept, {rejected} rejected."
FACTS_NONE = "Looked everywhere that could be read: nothing that counts as a fact."
FACTS_NOT_LOOKED = "No fact, but not every source could be read: see the sources below."
FACTS_GROUP = "{severity}, {authority}"
SEVERITIES = {"G3": "G3 changes the thesis", "G2": "G2 notable", "G1": "G1 anecdotal"}
AUTHORITIES = {"official": "official", "newswire": "newswire", "other": "other"}
FACTS_ALSO = "also {publishers}"
TAGS = {
    "forecast": "the issuer's own forecast",
    "amendment": "amends an earlier filing",
    "shared": "about several names",
    "text-not-read": "graded without its text",
    "time-unknown": "hour unknown, may be later than the report",
}
FACTS_REJECTED = "Rejected ({count})"
FACTS_COVERAGE = "Sources"
FACTS_COVERAGE_NONE = "No source covers this name."
COVERAGE = {
    "none": "none",
    "ok": "read",
    "empty": "looked, nothing there",
    "stale": "old copy",
    "failed": "could not look",
}
UNKNOWN_NAME = "“{name}” is not a name of the last report."

# The report's page.
PAGE_NAMES = "Name by name"
PAGE_JURY = "The jury"
PAGE_HELD = "HELD, NOT JUDGED"
PAGE_CHANGES = "Changed since the last report"
PAGE_BALLOT = "Ballot"
PAGE_BALLOTS = "What each ballot said, dissent first"
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
NUMBER_WEIGHT = "Weight in the judged part"
NUMBER_RELIABILITY = "Consensus reliability"
NUMBER_UPSIDE = "Upside to the mean target"
NUMBER_ADJUSTED = "Upside, adjusted for reliability"
NUMBER_FLAG = "flag"
NUMBER_CONSENSUS = "Consensus"
NUMBER_MEAN = "Mean target"
NUMBER_MEDIAN = "Median target"
NUMBER_HIGH = "Highest target"
NUMBER_LOW = "Lowest target"
NUMBER_ANALYSTS = "Analysts"
NUMBER_TARGETS_OF = "Targets of"
NUMBER_SCORE = "Universe score (rank)"

# The picture.
CONSTANT_SHORT = "no variance measurable"
PICTURE_CELLS = "ballots, sell to buy"
PICTURE_EVIDENCE = "evidence"
PICTURE_WEIGHT = "weight"
PICTURE_PRESS = "press {count}"
PICTURE_NONE = "none"

PROPOSAL_LESS = "In shares: {then} instead of {now}; that frees {cash}. Not an order: nothing is traded here."
PROPOSAL_MORE = "In shares: {then} instead of {now}; that takes {cash}. Not an order: nothing is traded here."
PROPOSAL_SAME = "In shares: {now} as now."
PROPOSAL_UNKNOWN = "In shares: unknown ({reason})."
REST_IN_FILE = "… the rest stands in the report's file."
