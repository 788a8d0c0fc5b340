"""The owner's currency, contact and portfolio. What cannot be confirmed for want of a network is kept and
said."""

from bot.cli.asking.talk import Choice, Talk, failed
from bot.cli.base import WRONG_USE
from bot.cli.checks import house, sources
from bot.cli.checks.bench import Finding, open_bench
from bot.settings import Settings
from bot.settings import values as read_value

MAIL_QUESTION = "E-mail address (Enter skips)"


def ask_currency(talk: Talk) -> None:
    """Asks until the ECB publishes a rate of it, or cannot be asked."""
    talk.terminal.say("4. The currency in which everything is valued.")
    while True:
        answer = talk.ask("BASE_CURRENCY", "Currency", read_value.currency, default="EUR")
        if not answer:
            return
        talk.answers["BASE_CURRENCY"] = read_value.currency(answer)
        found = talk.check("currency", _currency, seconds=sources.SECONDS)
        if not any(finding.exit_code == WRONG_USE for finding in found):
            return
        if talk.after_failure("BASE_CURRENCY") is not Choice.AGAIN:
            return


def ask_contact(talk: Talk) -> None:
    """Asks for the address and shows it to the SEC, as every request for filings will."""
    say = talk.terminal.say
    say(
        "5. An e-mail address for the regulators: they require one of whoever runs a program. "
        "Nobody else gets it."
    )
    while True:
        question = "E-mail address" if talk.offered("CONTACT_EMAIL") else MAIL_QUESTION
        if not talk.ask("CONTACT_EMAIL", question, read_value.email):
            say("  Skipped: no report is made without it.")
            return
        if not failed(talk.check("SEC EDGAR", _sec, seconds=sources.SECONDS)):
            return
        if talk.after_failure("CONTACT_EMAIL") is not Choice.AGAIN:
            return


def ask_portfolio(talk: Talk) -> None:
    """Asks for a file to be read at each run; without one the portfolio is kept in the ledger."""
    say = talk.terminal.say
    say("6. Your portfolio. A file named here is read at each run; without one you send it to the bot, once.")
    while True:
        question = (
            "Portfolio file (- for none)"
            if talk.offered("PORTFOLIO_FILE")
            else "Portfolio file (Enter: none)"
        )
        if not talk.ask("PORTFOLIO_FILE", question, str):
            return
        if not failed(talk.check("portfolio", _portfolio, seconds=sources.SECONDS)):
            return
        if talk.after_failure("PORTFOLIO_FILE") is not Choice.AGAIN:
            return


async def _currency(settings: Settings) -> tuple[Finding, ...]:
    async with open_bench(settings) as bench:
        return await sources.check_currency(bench)


async def _sec(settings: Settings) -> tuple[Finding, ...]:
    async with open_bench(settings) as bench:
        return await sources.check_official(bench, only="sec")


async def _portfolio(settings: Settings) -> tuple[Finding, ...]:
    return ((await house.read_portfolio(settings))[1],)
