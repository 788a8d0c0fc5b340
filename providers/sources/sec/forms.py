"""Every SEC form in the house's events, and what it weighs without its text. A form that no row knows is
shown, not dropped.

`forms.txt`, one form a line: form (with "*" a family) | event | weight, behind "/" when the name filed it
about another company | role | what a person reads | why. Amendments ("/A") weigh what their form weighs. The
weights of `NT`, `25`, `15`, `SC TO-T`, `13D`, `424B5`, 10-K/10-Q/20-F, Form 4, 144, 13G and DEF 14A are the
reference's; the others are judgement. An unknown form is G2: the SEC keeps inventing reports, and a quarter
beside the name is the price of not missing one.

Roles: `items` is translated by its items, `text` by its documents, `removal` by the class of security;
`insider`, `holder`, `late` and `accounts` have readers of their own; `series` come several a week; `plain`
says all by its form.
"""

from dataclasses import dataclass
from importlib.resources import files
from typing import Final

from core.facts.events import Event, Severity

UNCLASSIFIED: Final = "unclassified official filing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """`about_other` is the weight when the name filed it about another company."""

    form: str
    event: Event
    weight: Severity
    about_other: Severity
    role: str
    label: str
    reason: str


def _form(line: str) -> Form:
    form, event, weight, role, label, reason = line.split("|")
    own, _, other = weight.partition("/")
    return Form(
        form=form,
        event=Event(event),
        weight=Severity(own),
        about_other=Severity(other or own),
        role=role,
        label=label,
        reason=reason,
    )


_LINES: Final = files(__package__).joinpath("forms.txt").read_text(encoding="utf-8").splitlines()[1:]
FORMS: Final = tuple(map(_form, _LINES))
_EXACT: Final = {row.form: row for row in FORMS if not row.form.endswith("*")}
# Longest family first, so that "10-KT*" is asked before "10-K*".
_FAMILIES: Final = tuple(
    sorted((row for row in FORMS if row.form.endswith("*")), key=lambda row: (-len(row.form), row.form))
)

# Forms that a company also files about others; the SEC lists them under both, without a file number for the
# filer.
_ABOUT_OTHERS: Final = ("SC 13", "SC TO-", "SC 14D", "SC14D", "SCHEDULE ", "13F")


def base_form(form: str) -> str:
    """`form` folded, without the "/A" of an amendment."""
    return " ".join(form.upper().split()).removesuffix("/A")


def is_amendment(form: str) -> bool:
    """Whether the form changes an earlier filing."""
    return form.upper().strip().endswith("/A")


def form_of(form: str) -> Form:
    """The row of a form; one that no row knows is an unclassified official filing, G2, never dropped."""
    # The SEC renames forms one by one: SC 13D is SCHEDULE 13D since 2024, the others may follow.
    base = base_form(form)
    if base.startswith("SCHEDULE "):
        base = f"SC {base.removeprefix('SCHEDULE ')}"
    if exact := _EXACT.get(base):
        return exact
    for row in _FAMILIES:
        if base.startswith(row.form[:-1]):
            return row
    return _form(f"{base}|other|G2|plain|{UNCLASSIFIED}|a form that no table knows is shown")


def is_accounts(form: str) -> bool:
    """Whether the form is a periodic report, whose figures the regulator publishes by themselves."""
    return form_of(form).role == "accounts"


def is_about_other(form: str, file_number: str) -> bool:
    """Whether a listed filing is the name's own paper about another company: SEC leaves its file number blank
    then.
    """
    return not file_number.strip() and base_form(form).startswith(_ABOUT_OTHERS)
