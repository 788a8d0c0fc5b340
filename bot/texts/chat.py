"""The talk around the reports: greetings, questions, refusals, progress, buttons."""

from core.portfolio.accounts import ACCOUNT_FORMS
from core.portfolio.books import NAME_FORM
from core.portfolio.editing import FORMS

# Access.
SECOND_POLLER = "Another process polls Telegram with the same token: stop it first. This one ends."
REVOKED = "Telegram no longer accepts TELEGRAM_TOKEN. This process ends."
NOBODY_ALLOWED = (
    "TELEGRAM_ALLOWED_USER_IDS names nobody: the bot would talk to no one. "
    "Put your own Telegram user id there (a positive number); a group's id alone is not enough."
)

# /start and /help.
WELCOME = (
    "I ask one model the same question {asked} times about your portfolio and show which answers are stable. "
    "I place no order."
)
WHO = "Only you can talk to me here (user id {user})."
WHO_MANY = "Only {count} named people can talk to me; you are one of them (user id {user})."
COMMANDS_TITLE = "Commands"
HOW_TO_READ_TITLE = "How to read the map"
HOW_TO_READ = (
    "▼ cut, ▲ add, = hold: at least 80 % of the answers point that way. Only cut and add propose a weight.",
    "◇ your judgment: split (no direction has more than half) or leaning (more than half, under 80 %).",
    "5/5: five of five answers point the same way. It says how often the model repeats itself.",
    "⚠ a call with no official fact behind it: the most dangerous line of the map.",
)
WHY_NOT_TRUTH = (
    "Stable is not right. One model asked five times shares its own errors five times: it can agree with itself and be wrong. "
    "That is why the facts, a second source, stand beside each call and must confirm it."
)
PRIVACY = "The model sees tickers, weights, public numbers and facts. Never amounts, share counts, prices you paid or notes."
REHEARSAL_MODEL = "MODEL is the rehearsal jury: no model is asked, and its calls mean nothing."
MENU = (
    ("analyze", "Fresh snapshot, the jury votes, the stability map"),
    ("why", "The vote on one name, dissent first"),
    ("facts", "The verified facts of one name"),
    ("variance", "The same question again: what moves"),
    ("portfolio", "Positions; import, add, remove, cash, export"),
    ("universe", "The scored shortlist of names not held; watch list"),
    ("report", "The last report again"),
    ("settings", "Push day, limits, quiet hours, what rings"),
    ("track", "How earlier calls fared, and what that proves"),
    ("status", "Next push, model, sources, spend"),
    ("history", "Earlier reports"),
    ("cancel", "Stop the running analysis"),
    ("help", "Commands, and how to read the map"),
)

# Long work.
STARTING = "Started. {ballots} ballots, {cost}."
STARTING_COST = "about {cost}"
STARTING_UNKNOWN = "cost not known beforehand"
STARTING_REHEARSAL = "rehearsal, no model is asked"
ASK_COST = "This would cost about {cost} ({ballots} ballots with {model}). Run it?"
RUN_IT = "Run"
LEAVE_IT = "Don't"
NOT_RUN = "Not run. Nothing was spent."
QUESTION_GONE = "This question is no longer open. Send the command again."
QUESTION_USED = "Already answered: it runs once."
BUSY = "A run is on: {progress}. /cancel stops it; everything else works meanwhile."
STOP = "Cancel"
STOPPING = "Stopping…"
NOTHING_RUNS = "Nothing is running."
STOPPED = "Cancelled. {paid}"
CANCELLED = "Cancelled"
PAID = "Paid: {cost}."
PARKED = "It goes on at the next start."
PLACEHOLDER = "The report is coming…"
PAID_NOTHING = "Nothing was spent."
FINISHED = "Done in {seconds:.0f} s; it arrives here by itself."
MADE_NOT_SHOWN = (
    "The answers are here and kept",
    "Only showing them went wrong; it was logged. /history opens the report, /why a name.",
)
FAILED = "No report"
FAILED_SOURCES = "What failed:"
FAILED_INTERNAL = "Something went wrong on my side. It was logged; what was paid for is kept."
TRY_AGAIN = "Try again"
SECONDS = "{seconds:.0f} s"
STAGES = {"holdings": "portfolio", "prices": "prices", "facts": "facts", "ballots": "ballots", "done": "done"}
STEP = "{stage} {done}/{total}"
STEP_SPOILED = "{count} spoiled"
STEP_ANSWERING = "{count} answering"
STEP_TOKENS = "{count:,} tokens"
REPORT_FILE_CAPTION = "The full report: every name, its ballots, its facts. Opens in any browser."
REPORT_BUTTONS = "Why? Choose a name."
PICTURE_FAILED = "The picture could not be sent; the full report has the same map."

# Names, buttons, reports.
NO_REPORT = "There is no report yet. /analyze makes the first one."
ANALYZE_NOW = "Analyze now"
CHOOSE_NAME = {
    "why": "Why? Choose a name. (Report of {day})",
    "facts": "Whose facts? Choose a name. (Report of {day})",
}
NEAREST = "Did you mean one of these?"
REPORT_GONE = "That report is no longer there. /history lists those that are."
BUTTON_OLD = "This button is of an older version. Send the command again."
EDITED = "I read new messages only: send it again as a new one."
UNKNOWN_COMMAND = "I don't know that command. /help lists those I know."
UNKNOWN_TEXT = (
    "Send /analyze for a report, or /help for everything I can do. A portfolio file can be sent as it is."
)
TO_FACTS = "Facts"
TO_WHY = "Why"
DRAWING = "Drawing; it takes this picture's place in a moment."
LIGHT_PICTURE = "◑ light"
DARK_PICTURE = "◐ dark"
OPEN_FILE = "Picture and file"
TO_NAMES = "‹ Names"
TO_HISTORY = "‹ History"
NEXT_PAGE = "more ›"
PREVIOUS_PAGE = "‹ back"
SHOW_REJECTED = "Rejected ({count})"
LOOK_AGAIN = "Look again now"
LOOKING = "Looking…"
LOOKED = "Looked again at {moment}, without any model."
LOOKED_NEW = "New since the report ({count})"
LOOKED_NOTHING = "Nothing new since the report."
CANNOT_LOOK = "Could not look: {reason}"

# /history
HISTORY = "Earlier reports"
HISTORY_LINE = "{day} · {names} · {valid} of {asked} readable · {cost}"
HISTORY_REHEARSAL = "rehearsal"
HISTORY_STATE = "{day} · {state}"
HISTORY_MADE = "made {day}"
PURPOSES = {
    "report": "",
    "push": "monthly",
    "rerun": "variance",
    "order": "order",
    "facts": "facts",
    "blind": "blind",
    "memory": "memory",
}

# /status
STATUS = "Status"
STATUS_NEXT = "Next report: {moment}"
STATUS_NEXT_NONE = "Next report: {reason}"
STATUS_LAST_PUSH_NONE = "No monthly report yet."
STATUS_MODEL = "Model: {model} · {asked} ballots"
STATUS_SPENT = "Spent in {month}: {spent} of {budget}"
STATUS_SOURCES = "Sources at the last report ({day}):"
STATUS_SOURCE = "{source}: {states}"
STATUS_NONE = "none"
STATUS_OFFICIAL = "Official sources on: {on}; off: {off} (`doctor` says why)."
STATUS_RUNNING = "Running now: {progress}"
STATUS_VERSION = "Version {version}"
MONTH_OVERDUE = "REPORT FOR {month} OVERDUE (due {due}) and not begun: the bot makes it as soon as it runs."
MONTH_MAKING = "Report for {month}: begun, not finished yet (due {due})"
MONTH_SENDING = "Report for {month}: made, on its way to the chat (due {due})"
MONTH_DELIVERED = "Report for {month}: delivered (due {due})"
MONTH_AGAIN = (
    "NO REPORT FOR {month} YET (due {due}, {tries}): {reason} Next try {next_try}; /analyze makes one now."
)
MONTH_NONE = "NO REPORT FOR {month} ({state}, due {due}): {reason} /analyze makes one now."
MONTH_TRIES = ("failure", "failures")
HEARTBEAT_OFF = "Heartbeat: off (HEARTBEAT_URL is not set)"
HEARTBEAT_SILENT = "Heartbeat: set, nothing sent yet"
HEARTBEAT = "Heartbeat: {pings}"
PING = "{kind} {moment}"
PING_FAILED = "{kind} {moment} FAILED ({failure})"
WATCH_OFF = "Daily watch: off"
WATCH = "Daily watch: at {at}, last read {read}"
WATCH_NONE = "not yet"
WATCH_FAILING = "Daily watch: {count} since {moment} ({reason}), last read {read}"
WATCH_FAILURES = ("failure", "failures")
SPENT_UNKNOWN = "unknown ({reason})"

# /universe
UNIVERSE = "Shortlist of names not held · {day}"
UNIVERSE_EMPTY = "The last report had no name that is not held."
UNIVERSE_READ = "Scores of value, quality and momentum; 0 is the middle of all names scored, held ones too: so places are missing here."
UNIVERSE_LINE = "{name} · {ticker} · score {score} · place {rank}"
UNIVERSE_COMPONENT = "{name} {score}"
UNIVERSE_MISSING = "missing: {fields}"
UNIVERSE_NONE = "no score: {reason}"
UNIVERSE_LEFT_OUT = "Left out ({count})"
UNIVERSE_LEFT_OUT_LINE = "{ticker}: {reason}"
UNIVERSE_HELP = (
    "/universe shows the shortlist and the watch list. /universe add TICKER puts names on the watch list, "
    "/universe remove TICKER takes them off; several may stand behind each other."
)
WATCH_LIST = "Watch list ({count})"
WATCH_LIST_EMPTY = (
    "The watch list is empty: /universe add TICKER puts a name on it, and the next report scores it."
)
WATCH_LIST_NEXT = "Scored at the next report: {names}"
WATCH_LIST_PINNED = "UNIVERSE_FILE is set and wins: its names are scored, those of the watch list are not."
WATCH_LIST_ADDED = "On the watch list now: {names}."
WATCH_LIST_KNOWN = "There before: {names}."
WATCH_LIST_REMOVED = "Off the watch list: {names}."
WATCH_LIST_UNKNOWN = "Not on the watch list: {names}."
WATCH_LIST_FULL = "The watch list holds at most {limit} names. For more, name a file in UNIVERSE_FILE."

# /portfolio
PORTFOLIO = "Portfolio"
PORTFOLIO_NONE = (
    "There is no portfolio yet. Send me a CSV or JSON file, or use /portfolio add TICKER QUANTITY."
)
PORTFOLIO_PINNED = (
    "Read from the file that PORTFOLIO_FILE names: change that file, nothing is imported or changed here."
)
PORTFOLIO_VALUED = "Values of {day}: {total}"
PORTFOLIO_NOT_VALUED = "Not valued yet: the next report does that."
PORTFOLIO_CASH = "Cash · {amount}"
PORTFOLIO_LOCKED = "locked"
PORTFOLIO_ACCOUNT = "Account {name}: {count}"
PORTFOLIO_HELP = "Send a file to import it. /portfolio " + " · ".join(
    [*(form for form, _ in (*FORMS.values(), NAME_FORM, *ACCOUNT_FORMS)), "export"]
)
PORTFOLIO_READ = "Read as {format}: {holdings}, {cash}."
PORTFOLIO_REJECTED = "Rejected rows ({count})"
PORTFOLIO_REJECTED_LINE = "line {line}: {reason}: {text}"
PORTFOLIO_REPLACE = "Replace my portfolio"
PORTFOLIO_IMPORT = "Import it"
PORTFOLIO_REPLACE_ONE = "Replace only {names}"
PORTFOLIO_BESIDE = "Add as {names}"
PORTFOLIO_KEEP = "Keep the old one"
PORTFOLIO_NOTHING_READ = "Nothing was replaced: the file leaves no open position."
PORTFOLIO_ASK = "Replace the portfolio by this?"
PORTFOLIO_ASK_ACCOUNT = "This is the account {names}. You also have {others}; the portfolio is their sum."
PORTFOLIO_DOUBLES = "⚠ {others} already holds much of this: beside it, the same shares would count twice."
PORTFOLIO_REPLACED = "Replaced. /portfolio undo brings the earlier one back."
PORTFOLIO_KEPT = "Nothing was changed."
PORTFOLIO_CHANGED = "Changed."
PORTFOLIO_NAMING = "No ticker is given for {count}. Is this the right listing?"
PORTFOLIO_OFFER = "{name} → {ticker} · {exchange} · {price}"
PORTFOLIO_NO_OFFER = "{name}: no listing was found. /portfolio name {identity} = TICKER"
PORTFOLIO_USE_ALL = "Use these {count}"
PORTFOLIO_OTHER = "Other: {name}"
PORTFOLIO_LEAVE = "Go on without"
PORTFOLIO_NAMED = "Kept: {listed}. Later imports use it."
PORTFOLIO_FIND = "Find the tickers of {count}"
PORTFOLIO_MOVED = "Splits and new tickers"
PORTFOLIO_NOTHING_MOVED = "Nothing has moved since the import: no split, no new ticker."
PORTFOLIO_APPLY = "Change it"
PORTFOLIO_SETTLE = "Leave it: it counts already"
PORTFOLIO_NO_PRICE = "no price found"
INSTRUMENTS = ("instrument", "instruments")
PORTFOLIO_UNKNOWN = "Nothing was changed: the source of prices does not know {ticker} ({reason})."
PORTFOLIO_UNCHECKED = "{ticker} could not be looked up ({reason})."
PORTFOLIO_EXPORT = "Your portfolio. Send it back to import it."
POSITIONS = ("position", "positions")
CASHES = ("cash line", "cash lines")
WRONG_TICKER = "“{text}” cannot be a ticker."
FILE_TOO_BIG = "This file has {size}; a portfolio of at most {limit} is read."
FILE_KIND = "I read portfolio files that end in {kinds}. This one ends in “{ending}”."
FILE_GONE = "The file could not be fetched from Telegram. Send it again."

# /variance
VARIANCE_WRONG = (
    "“{text}” is neither a name of the last report nor one of order, facts, blind, memory, history."
)
HEATMAP_FAILED = "The picture could not be sent; everything in it stands in the text."
