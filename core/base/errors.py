"""The error tree. Foreign exceptions end in their adapter; whoever catches one of these answers the user.

CondorcetError
├── SourceFailed(source, permanent)   we could not ask
│   └── ModelFailed(retry_after)      the model could not be asked
├── SourcesFailed(failures)           several sources together rule out a report
├── NotFound                          we asked; it does not exist
├── BadRequest                        asked wrongly; the message is the reply
├── QuorumNotMet(valid, asked)        too few readable ballots
├── LeaseLost                         the run is another process's now; this one writes nothing more
└── LedgerFailed                      we could not remember
"""


class CondorcetError(Exception):
    """Root of every error this house raises on purpose. `str(error)` is one sentence for a person."""


class SourceFailed(CondorcetError):
    """We could not ask `source`. `permanent` means that asking again without a change is pointless."""

    def __init__(self, message: str, *, source: str, permanent: bool = False) -> None:
        super().__init__(message)
        self.source = source
        self.permanent = permanent


class ModelFailed(SourceFailed):
    """The model gave no answer. `retry_after` is the wait in seconds that it asked for, if any.

    `cause` is a short stable word for tables (`rate_limited`, `overloaded`, `timeout`, `bad_key`, …).
    `partial` is the Reply as far as it came before it broke off, where that is known: what it used was paid.
    """

    def __init__(
        self,
        message: str,
        *,
        source: str,
        cause: str,
        permanent: bool = False,
        retry_after: float | None = None,
        partial: object = None,
    ) -> None:
        super().__init__(message, source=source, permanent=permanent)
        self.cause = cause
        self.retry_after = retry_after
        self.partial = partial


class SourcesFailed(CondorcetError):
    """Law 4: no facts, no report. `failures` holds (source, reason) for every source that rules it out."""

    def __init__(self, message: str, *, failures: tuple[tuple[str, str], ...]) -> None:
        super().__init__(message)
        self.failures = failures


class NotFound(CondorcetError):
    """We asked and it does not exist. `nearest` holds names that do exist, best first."""

    def __init__(self, message: str, *, nearest: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.nearest = nearest


class BadRequest(CondorcetError):
    """Asked wrongly (a command, a setting, a file). The message says what, where and what to do."""


class QuorumNotMet(CondorcetError):
    """Too few readable ballots for a vote. The run is kept for reading."""

    def __init__(self, message: str, *, valid: int, asked: int, run_id: str) -> None:
        super().__init__(message)
        self.valid = valid
        self.asked = asked
        self.run_id = run_id


class LeaseLost(CondorcetError):
    """Another process has the run, or has closed it. Whoever hears this stops without a word to the person:
    nothing was written, and the other one answers."""


class LedgerFailed(CondorcetError):
    """We could not remember: full disk, lock, damaged or newer file. Nothing was half-written."""
