"""What is said of repeated questions and experiments."""

TITLES = {
    "rerun": "The same question again",
    "order": "The same question, the names shuffled",
    "facts": "The same question without any facts",
    "blind": "The same question, names and tickers masked",
    "report": "Report",
    "push": "Monthly report",
}
ASKED = "{valid} of {asked} answers readable · {model} · {cost}"
SAME = "Same snapshot ({snapshot}), same prompt ({prompt}): only chance moved."
NOT_SAME = "Not the same question byte for byte (snapshot {snapshot}, prompt {prompt}): more than chance may have moved."
OTHER_MODEL = "The report was made with {model}: this compares two models, not one with itself."
STABLE = "{stable} of {names} names stable over all ballots"
STABLE_MARK = "="
FLIP_MARK = "⇄"
CAME_AGAIN = "as in the report"
WAS = "in the report {then}"
PREDICTED = " (predicted {share})"
DERAILED = "Ballot {number} off the rails: {reasons}"
AGREEMENT = "Agreement {now} (report {then})"
UNANIMOUS = "Unanimous {now} at N = {asked} (report {then} at N = {report_asked})"
REPEATS = (
    "{observed} of {names} verdicts came again; {expected} were expected, 95 % between {low} and {high}."
)
NO_REPEATS = "How many verdicts came again cannot be said: {reason}."
DEPENDS = "Depends on it: {names}"
EFFECT_REAL = "●"
EFFECT_NOISE = "○"

PICTURE_BALLOT = "ballot"
PICTURE_SUM = "sum %"
PICTURE_AGREEMENT = "agree"
PICTURE_AGREES = "Agreement {share} · {stable} of {names} names stable over all ballots"
