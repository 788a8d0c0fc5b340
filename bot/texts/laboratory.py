"""What is said of repeated questions and experiments."""

TITLES = {
    "rerun": "The same question again",
    "order": "The same question, the names shuffled",
    "facts": "The same question without any facts",
    "blind": "The same question, names and tickers masked",
    "memory": "The same question without any data, names and day only",
    "report": "Report",
    "push": "Monthly report",
}
ASKED = "{valid} of {asked} answers readable · {model} · {cost}"
SAME = "Same snapshot ({snapshot}), same prompt ({prompt}): only chance moved."
NOT_SAME = "Not the same question byte for byte (snapshot {snapshot}, prompt {prompt}): more than chance may have moved."
OTHER_MODEL = "The report was made with {model}: this compares two models, not one with itself."
MOVED = "MOVED: another call than in the report"
MOVED_NONE = "No call moved: every one that could be compared came again."
WAVERED = "SAME CALL, ballots differ"
UNCOMPARED = "NOT COMPARED"
PREDICTED = " (expected again: {share})"
DISTINCT = "{distinct} of {valid} answers different (report {then})"
STABLE = "{stable} of {names} names: every ballot the same way"
DERAILED = "Ballot {number} off the rails: {reasons}"
AGREEMENT = "Agreement {now} (report {then})"
UNANIMOUS = "Unanimous {now} at N = {asked} (report {then} at N = {report_asked})"
REPEATS = "{observed} of {names} calls came again; {expected} were expected, 95 % between {low} and {high}."
NO_REPEATS = "How many calls came again cannot be said: {reason}."
CHANGED_THING = {
    "order": "the order of the names",
    "facts": "the facts",
    "blind": "names and tickers",
    "memory": "the data",
}
DEPENDS = "Depends on {on}: {names}"
EFFECT = "The votes depend on {on}; no single name could be told apart."
NOISE = "Noise: nothing could be shown to depend on {on}."
EFFECT_REAL = "●"
EFFECT_NOISE = "○"
LETTERS = "S sell · L lighten · H hold · A add · B buy · ? missing"

PICTURE_BALLOT = "ballot"
PICTURE_SUM = "sum %"
PICTURE_AGREEMENT = "agree"
PICTURE_AGREES = "Agreement {share} · {stable} of {names} names: every ballot the same way"

# /variance history
RUNS = "Earlier variance runs"
RUNS_READ = "Agreement may be compared between any runs. The unanimous share falls as N grows: compare it at the same N only."
NO_RUNS = "There is no variance run yet. /variance makes one (`python -m bot variance` on the command line)."
QUESTION = "Question of {day} · snapshot {snapshot}"
SHORT = {
    "report": "report",
    "push": "monthly report",
    "rerun": "again",
    "order": "order shuffled",
    "facts": "without facts",
    "blind": "masked",
    "memory": "from memory",
}
RUN_HEAD = "{what} · {moment} · {model} · {cost}"
RUN_FIGURES = (
    "agreement {agreement} · unanimous {unanimous} at N = {asked} ({valid} readable) · "
    "{stable} of {names} stable · {marked}"
)
RUN_CONSTANT = "all {valid} readable ballots of {asked} identical: no variance measurable"
MARKED_SUMS = ("marked sum", "marked sums")

# On the command line, before anyone is asked.
BEFORE = "{ballots} ballots of {model}, {cost}."
BEFORE_COST = "about {cost}"
BEFORE_UNKNOWN = "cost not known beforehand"
BEFORE_REHEARSAL = "{ballots} ballots of the rehearsal jury: no model is asked."
