"""The files of words and the code that reads them agree: no word is missing, none is there for nothing."""

import ast
import string
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.texts import chat, report

ROOT = Path(__file__).parents[3]
FILES = {path.stem: tomllib.loads(path.read_text("utf-8")) for path in (ROOT / "bot/texts").glob("*.toml")}
PAGE = (ROOT / "bot/report/templates/page.html").read_text("utf-8")


def _modules() -> Iterator[tuple[str, ast.Module, dict[str, str]]]:
    """Each module that reads words: its name, its tree, and the name under which it knows each file."""
    for path in sorted((ROOT / "bot").rglob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        known = {
            alias.asname or alias.name: alias.name
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom) and node.module == "bot.texts"
            for alias in node.names
        }
        if known:
            yield str(path.relative_to(ROOT)), tree, known


def _read(tree: ast.AST, known: dict[str, str]) -> Iterator[tuple[str, str, type]]:
    """Every (file, name, kind) that is read: a sentence as an attribute, a table by its key."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in known:
            yield known[node.value.id], node.attr, str
        elif isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name) and node.value.id in known:
            assert isinstance(node.slice, ast.Constant)
            yield known[node.value.id], str(node.slice.value), dict


def test_every_name_that_the_code_reads_is_in_its_file() -> None:
    found = [(where, *one) for where, tree, known in _modules() for one in _read(tree, known)]

    assert len(found) > 400
    missing = [one for one in found if not isinstance(FILES[one[1]].get(one[2]), one[3])]
    assert missing == []


def test_no_word_is_there_for_nothing() -> None:
    read = {one[:2] for _where, tree, known in _modules() for one in _read(tree, known)}

    idle = [
        f"{file} {name}"
        for file, words in FILES.items()
        for name in words
        if (file, name) not in read and not (file == "report" and name in PAGE)
    ]
    assert idle == []


def test_a_template_gets_exactly_the_values_that_it_asks_for() -> None:
    wrong, checked = [], 0
    for where, tree, known in _modules():
        for node in ast.walk(tree):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                continue
            if node.func.attr != "format" or any(keyword.arg is None for keyword in node.keywords):
                continue
            given = {keyword.arg for keyword in node.keywords}
            for file, name, kind in _read(node.func.value, known):
                checked += 1
                if kind is str and _asked(FILES[file][name]) - given:
                    wrong.append((where, name, _asked(FILES[file][name]), given))

    assert checked > 100
    assert wrong == []


def _asked(template: str) -> set[str]:
    return {field for _text, field, _form, _how in string.Formatter().parse(template) if field}


def test_a_word_that_is_not_there_is_an_error_and_never_blank() -> None:
    with pytest.raises(AttributeError, match=r"chat.toml has no sentence NOWHERE"):
        _ = chat.NOWHERE
    with pytest.raises(KeyError, match=r"report.toml has no table TITLE"):
        _ = report["TITLE"]


def test_no_line_of_the_words_is_longer_than_a_line_of_code() -> None:
    long = [
        f"{path.name}:{number}"
        for path in (ROOT / "bot/texts").glob("*.toml")
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
        if len(line) > 110
    ]

    assert long == []
