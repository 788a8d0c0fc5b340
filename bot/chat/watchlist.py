"""Changes of the watch list as words: one wording for the chat and the command line."""

from collections.abc import Sequence
from datetime import datetime

from bot.report.markup import clean
from bot.texts import chat as texts
from core.base.errors import BadRequest
from core.base.names import fold_ticker, is_ticker
from core.ports import WatchList

# Each name is one look-up of prices and statements at each report; a larger universe is a file.
LARGEST = 100


def change(watched: WatchList, verb: str, words: Sequence[str], *, now: datetime) -> str:
    """What was done, in a sentence or two. Raises BadRequest for another verb, no ticker, or one that cannot
    be."""
    tickers = tuple(dict.fromkeys(_ticker(word) for word in words))
    if verb == "add" and tickers:
        if len({*watched.names(), *tickers}) > LARGEST:
            raise BadRequest(texts.WATCH_LIST_FULL.format(limit=LARGEST))
        done, said, unsaid = (watched.add(tickers, now=now), texts.WATCH_LIST_ADDED, texts.WATCH_LIST_KNOWN)
    elif verb == "remove" and tickers:
        done, said, unsaid = (
            watched.remove(tickers, now=now),
            texts.WATCH_LIST_REMOVED,
            texts.WATCH_LIST_UNKNOWN,
        )
    else:
        raise BadRequest(texts.UNIVERSE_HELP)
    rest = tuple(ticker for ticker in tickers if ticker not in done)
    sentences = [said.format(names=", ".join(done))] if done else []
    sentences += [unsaid.format(names=", ".join(rest))] if rest else []
    return " ".join(sentences)


def _ticker(word: str) -> str:
    if not is_ticker(word.strip(",;")):
        raise BadRequest(texts.WRONG_TICKER.format(text=clean(word, 40)))
    return fold_ticker(word.strip(",;"))
