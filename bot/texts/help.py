"""Words of `/settings`, of the keyboard of favourites, and of `/help COMMAND`."""

# /settings
SETTINGS = "Settings"
SETTINGS_HELP = (
    "Press one to change it, or write /settings time 07:30. They are kept in the ledger and hold at once."
)
SETTINGS_PINNED = "{name} in .env wins"
SETTINGS_HINT = "Or write /settings {key} followed by: {hint}"
TO_SETTINGS = "‹ Settings"
CHOSEN = "{label}: {value}"
KEYBOARD_SHOWN = (
    "Try first: /analyze. Then press a name under the report, or write /why apple. What moves by chance alone: /variance. "
    "Earlier months: /history and /track. (/settings keyboard off hides the buttons below.)"
)

# /help COMMAND
HELP_UNKNOWN = "“{command}” is not a command. There are: {known}."
HELP = {
    "analyze": (
        "Freezes portfolio, prices, filings and news, asks the model several times, and sends the map: one screen, a picture, "
        "the full report, a button a name.",
        "It asks first when the estimate is above the limit (/settings ask). Cancel stops it; what was paid is said.",
    ),
    "why": (
        "/why apple, /why AAPL: the votes with dissent first, shared reasons once, the facts cited by how many, the numbers that "
        "the model saw, and the calls of the last twelve reports.",
    ),
    "facts": (
        "/facts apple: what was found, in its own words; what was rejected and why; a button that looks again now.",
    ),
    "variance": (
        "/variance asks the last report's question again: what moves is noise. /variance apple shows one name in full.",
        "/variance order, facts, blind, memory: the names shuffled, all facts removed, names masked, no data at all. "
        "/variance history lists earlier ones.",
    ),
    "portfolio": (
        "Send a CSV or JSON file to import it. /portfolio add AAPL 3, remove AAPL, cash EUR 500, lock AAPL, export.",
    ),
    "universe": ("/universe add TICKER and /universe remove TICKER change the watch list.",),
    "settings": (
        "/settings shows all; /settings quiet 22:00-07:00 changes one. A line in .env wins and says so.",
    ),
    "track": ("Says how many months it takes until being right or wrong could be told from chance.",),
}
