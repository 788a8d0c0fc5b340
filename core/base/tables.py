"""Tables that stand as CSV beside the module that reads them: a row a line, for a person to review."""

import csv
from importlib.resources import files


def table(package: str, name: str) -> tuple[dict[str, str], ...]:
    """The rows of NAME.csv in `package`, by the words of its first line."""
    return tuple(csv.DictReader(files(package).joinpath(f"{name}.csv").read_text("utf-8").splitlines()))
