"""What is shown of a run: map, digest, page, picture, why, facts."""

LANGUAGE = "en"
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
UNKNOWN = "unknown"
COST_UNKNOWN = "cost unknown"
AND_MORE = "+{count} more"

SEVERAL = "Several"
# What every output says of itself.
REHEARSAL = "REHEARSAL: no model was asked"
RECORDING = "Recorded inputs: {name}"
REHEARSAL_SHORT = "REHEARSAL · {name}"
NOT_TRUTH = "{count} equal answers are stable, not right."
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
COUNTS = "{names} · {answers} · {distinct} different"
COUNTS_OLD = "{names} · {answers}"
ANSWERS_ALL = ("answer", "answers")
ANSWERS_SOME = "{valid} of {asked} answers"
SIEVE = "{read:,} items read · {kept:,} {facts} kept · {g3:,} major · {months} months"
FACTS = ("fact", "facts")
NAMES = ("name", "names")
JUDGMENT = "◇ YOUR JUDGMENT"
JUDGMENT_KINDS = {"split": "split", "leaning": "leaning", "no quorum": "no quorum", "constant": "constant"}
HEADINGS = {
    "split": "◇ YOUR JUDGMENT: SPLIT",
    "leaning": "◇ YOUR JUDGMENT: LEANING",
    "no quorum": "○ NO QUORUM",
    "constant": "≡ CONSTANT: NO VARIANCE",
    "cut": "▼ CUT",
    "add": "▲ ADD",
    "hold": "= HOLD",
    "not_judged": "✕ NOT JUDGED",
}
MARKS = {"split": "◇", "leaning": "◆", "no quorum": "○", "constant": "≡", "cut": "▼", "add": "▲", "hold": "="}
CALLS = {"add": "add", "hold": "hold", "cut": "cut", "undecided": "undecided"}
NO_CALL = "no call"
VERDICTS = {
    "split": "split: your judgment decides",
    "leaning": "leaning {direction}: your judgment decides",
    "unanimous": "unanimous",
    "consensus": "consensus",
    "constant": "constant {direction}: no variance measurable",
    "no quorum": "no quorum: too few votes to say anything",
}
DIRECTIONS = {"up": "up", "flat": "flat", "down": "down"}
ARROWS = {"up": "▲", "flat": "=", "down": "▼"}
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
REPEATS = "same call again: {share}"
NOT_HELD = "not held"
CONTESTED = "⇅ contested"
WARNING = "⚠"
NO_FACT = "no fact"
NO_OFFICIAL = "no official fact"
NO_OFFICIAL_SOURCE = "no official source"
MARK_NO_FACT = "⚠ no fact"
MARK_PRESS = "⚠ press only"
UNREAD = ("source unread", "sources unread")
MAJOR = "MAJOR ({count})"
MAJOR_SOURCE = " · {source}"
MAJOR_FACT = "G3 · {source} {day} · {said}"
QUOTED = "“{text}”"
HELD_NOT_JUDGED = "Held, not judged: {names}"
SPOILED = "{count} spoiled: {causes}"
SPOILED_CAUSE = "{cause} ×{count}"
SUMS = "Allocation sums {sums} %"
SUM_LEFT_OUT = "–"
CASH = "Cash {move}"
INCREASES_SHRUNK = "Increases cut to {share}: no more cash."
AGREEMENT = "Agreement {share} · unanimous {unanimous} at N = {asked}"
BASE_RATE = "All votes: {up} up · {flat} flat · {down} down"
MADE_WITH = "{model} · {sampling} · {cost}"
NEXT = "Next {moment}"
NEXT_NONE = "Next: {reason}"
DIGEST_MADE = "{model} · {cost}"
DIGEST_NEXT = "next {day}"
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

# Changes since the last report: for the reader, never for the model. "Changed" is always about the call.
CHANGED = "Since {day}: {calls} changed, {noise} of them only noise"
CHANGED_NONE = "Since {day}: no call changed"
CALLS_COUNTED = ("call", "calls")
CHANGED_NOISE = ("call changed: only noise", "calls changed: only noise")
CHANGED_NOISE_MORE = ("more call changed: only noise", "more calls changed: only noise")
CHANGE_WAS = "was {before}"
CHANGE_LINE = "{name}: {before} → {after}"
CHANGE_NOISE = "noise: its dossier is the same, byte for byte"
CHANGE_NEWCOMER = "New on the map: {names}"
CHANGE_GONE = "No longer on the map: {names}"
CHANGE_FACT = "new {severity}: {said}"
CHANGE_FACT_GONE = "too old by now: {said}"
CHANGE_NUMBER = "{what} {before} → {after}"
CHANGE_INPUTS = "only its weight or its sources changed"
WHAT_TARGET = "mean target"
WHAT_PRICE = "price"
WHAT_MEASURES = {
    "price_year": "price in a year",
    "pe": "P/E",
    "forward_pe": "forward P/E",
    "roe": "return on equity",
}

# /why
WHY_TITLE = "{name} · {ticker}"
WHY_VOTE = "{verdict} · {votes}"
WHY_TIE = "A tie in the degree: the milder was taken ({action})"
WHY_TARGET = "Weight {move} of the whole portfolio"
WHY_KEEPS = "Keeps its {move}: only cut and add propose a weight"
WHY_REPEATS = "A second jury would call it “{call}” again with {share}"
WHY_EVIDENCE = "Evidence: {words}"
WHY_CONTESTED = "⇅ contested: votes both up and down"
WHY_STRIP = "Last {count} calls, oldest first: {marks}"
WHY_SIDE = "{count} of {of}: {way}"
WHY_DISSENT = "dissent"
WHY_OF = "{count} of {of}: "
WHY_CITED = "cited by {count} of {of}"
WHY_BALLOTS = "Ballots"
WHY_BALLOT = "{number} · {stance} → {target}"
WHY_ABSTAINED = "{number} · abstains"
WHY_IMPOSSIBLE = "{number} · {stance} of a name that is not held: counted as an abstention"
WHY_MISSING = "{number} · says nothing of this name"
WHY_SPOILED = "{number} · spoiled ({cause}). {detail}"
WHY_INCONSISTENT = "its target goes against its own stance: the vote counts, the weight does not"
WHY_WEIGHTS_OUT = "weights left out: names were missing in this ballot"
WHY_FALSE = "✕ false citation: {facts}"
WHY_FACTS = "Facts in the brief ({count})"
WHY_FACTS_MORE = "{count} more known, not in the brief: /facts shows them."
WHY_NO_FACTS = "No fact stood beside this name."
WHY_NOT_JUDGED = "{name} was not put to the vote: {reason}"

# /facts
FACTS_TITLE = "Facts · {name} · {ticker}"
FACTS_SEEN = "As of {day}: {facts}, {rejected} rejected."
FACTS_NONE = "Looked everywhere that could be read: nothing that counts as a fact."
FACTS_NONE_UNREAD = "No fact, and not every source could be read: that is not the same as nothing there."
FACTS_GROUP = "{severity}, {authority}"
SEVERITIES = {"G3": "G3 changes the thesis", "G2": "G2 notable", "G1": "G1 anecdotal"}
AUTHORITIES = {"official": "official", "newswire": "newswire", "other": "other"}
FACTS_ALSO = "also {publishers}"
FACTS_AGE = ("a month old", "{count} months old")
TAGS = {
    "forecast": "the issuer's own forecast",
    "amendment": "amends an earlier filing",
    "shared": "about several names",
    "text-not-read": "graded without its text",
    "time-unknown": "hour unknown, may be later than the report",
    "made": "made of the form's fields",
}
FACTS_REJECTED = "Rejected ({count})"
FACTS_REJECTED_ALL = "Rejected ({count}), newest first"
FACTS_NO_REJECTED = "Nothing was rejected."
FACTS_TO = "{first} to {last} of {count}"
# A gate's word, as a person reads it; a gate that is not here says its own.
GATES = {
    "window": "too old",
    "opinion": "opinion, not an event",
    "name": "not about this name",
    "date": "no usable date",
    "duplicate": "said before",
}
FACTS_COVERAGE = "Sources"
FACTS_COVERAGE_NONE = "No source covers this name."
COVERAGE = {
    "ok": "read",
    "empty": "looked, nothing there",
    "stale": "old copy",
    "failed": "could not look",
    "none": "none",
}
UNKNOWN_NAME = "“{name}” is not a name of the last report."

# The picture.
CONSTANT_SHORT = "Identical answers: no variance measured"
PICTURE_CELLS = "ballots, sell to buy"
PICTURE_EVIDENCE = "evidence"
PICTURE_WEIGHT = "weight"
NONE = "none"
NO_SOURCE_SHORT = "no source"
NOT_READ_SHORT = "not read"
G3_HERE = "G3: see the report"

PROPOSAL_LESS = "In shares: {then} instead of {now}; that frees {cash}. Not an order: nothing is traded here."
PROPOSAL_MORE = "In shares: {then} instead of {now}; that takes {cash}. Not an order: nothing is traded here."
PROPOSAL_SAME = "In shares: {now} as now."
PROPOSAL_UNKNOWN = "In shares: unknown ({reason})."
REST_IN_FILE = "… the rest stands in the report's file."
