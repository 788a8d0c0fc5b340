"""The talk around the reports: greetings, questions, refusals, progress, buttons."""

# Access.
NOBODY_ALLOWED = (
    "TELEGRAM_ALLOWED_USER_IDS names nobody: the bot would talk to no one. "
    "Put your own Telegram user id there (a positive number); a group's id alone is not enough."
)
