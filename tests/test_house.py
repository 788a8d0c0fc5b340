"""The house itself: rooms that import in one direction, files one can read, locks one can trust, a README
that tells the truth."""

import ast
import importlib.util
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.app import VERSION
from bot.cli.base import COMMANDS, IN
from bot.settings import Settings

ROOT = Path(__file__).parents[1]
ROOMS = ("core", "providers", "bot")
LONGEST, WIDEST = 300, 110
TOP = {
    "pyproject.toml",
    "bot",
    "core",
    "providers",
    "tests",
    ".env.example",
    "Procfile",
    "README.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "SECURITY.md",
    "docs",
    "compose.yaml",
    ".github",
    ".pre-commit-config.yaml",
    ".dockerignore",
    "LICENSE",
    "Makefile",
    "Dockerfile",
    "requirements.lock",
    "requirements-dev.lock",
    ".ci",
    "benchmarks",
    ".gitignore",
}
README = (ROOT / "README.md").read_text(encoding="utf-8")
LINT = "import sys; from importlinter import cli; sys.exit(cli.lint_imports(no_cache=True, no_logo=True))"
# The contract's name, a file that breaks it alone, the import that does, and what the report must say.
BREACHES = (
    (
        "bot speaks, providers touch the world",
        "providers/http/terms.py",
        "bot.texts",
        "providers.http.terms -> bot.texts",
    ),
    ("inside core, the walk", "core/base/gap.py", "core.jury.ballot", "core.base.gap -> core.jury.ballot"),
    ("core touches no network", "core/base/names.py", "random", "core.base.names -> random"),
    (
        "adapters do not know each other",
        "providers/sources/stories/dates.py",
        "providers.models.services",
        "providers.sources.stories.dates -> providers.models.services",
    ),
    ("inside bot, wiring above words", "bot/texts/__init__.py", "bot.report", "bot.texts -> bot.report"),
    (
        "bot.app alone knows the providers",
        "bot/report/labels.py",
        "providers.http",
        "bot.report.labels -> providers.http",
    ),
)


def _lint(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", LINT],
        cwd=folder,
        env={"PYTHONPATH": str(folder), "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The rooms and their contracts, to be broken."""
    for room in ROOMS:
        shutil.copytree(
            ROOT / room, tmp_path / room, ignore=shutil.ignore_patterns("__pycache__", "recordings")
        )
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_every_import_contract_holds_and_each_fails_when_it_alone_is_broken(copy: Path) -> None:
    sound = _lint(copy)
    for _, file, module, _ in BREACHES:
        with (copy / file).open("a", encoding="utf-8") as source:
            source.write(f"\nimport {module}\n")
    broken = _lint(copy)

    assert sound.returncode == 0, sound.stdout + sound.stderr
    assert f"Contracts: {len(BREACHES)} kept, 0 broken" in sound.stdout
    assert broken.returncode != 0
    assert f"Contracts: 0 kept, {len(BREACHES)} broken" in broken.stdout
    for name, _, _, said in BREACHES:
        section = broken.stdout.split("Broken contracts")[1].split(name)[1].split("-----\n", 1)[1]
        assert said in section.split("\n---")[0], name


@pytest.mark.parametrize("room", ROOMS)
def test_a_new_file_without_a_place_fails_the_build(copy: Path, room: str) -> None:
    (copy / room / "novelty.py").touch()

    said = _lint(copy)

    assert said.returncode != 0
    assert f"{room}.novelty" in said.stdout


def test_no_line_is_wider_than_a_screen_not_even_one_that_the_linter_lets_pass() -> None:
    wide = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in _sources(*ROOMS, "benchmarks")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if len(line) > WIDEST and "http" not in line
    ]

    assert wide == []


def test_no_file_of_the_rooms_is_longer_than_the_ceiling() -> None:
    lengths = {str(path.relative_to(ROOT)): _length(path) for path in _sources(*ROOMS)}

    assert len(lengths) > 100
    assert {name: length for name, length in lengths.items() if length > LONGEST} == {}


def _length(path: Path) -> int:
    return path.read_bytes().count(b"\n")


def _sources(*folders: str) -> Iterator[Path]:
    for folder in folders:
        yield from sorted(path for path in (ROOT / folder).rglob("*.py") if "__pycache__" not in path.parts)


def test_every_module_of_the_rooms_opens_with_its_promise() -> None:
    without = [
        str(path.relative_to(ROOT))
        for path in _sources(*ROOMS)
        if _length(path) > 0 and not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]

    assert without == []


def test_nothing_is_left_to_do_and_nothing_is_silenced_without_a_reason() -> None:
    left = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|XX" + r"X|HA" + r"CK)\b")
    silenced = re.compile(
        r"#\s*(?:type: ignore(?:\[[\w\-, ]+\])?|noqa(?:: ?[A-Z]+\d+(?:, ?[A-Z]+\d+)*)?)\s*$"
    )
    found = []
    for path in _sources(*ROOMS, "tests", "benchmarks"):
        lines = path.read_text(encoding="utf-8").splitlines()
        for place, line in enumerate(lines):
            # The reason stands beside it or in a comment just above the statement.
            reasoned = any(above.lstrip().startswith("#") for above in lines[max(0, place - 5) : place])
            ours = path.relative_to(ROOT).parts[0] in ROOMS
            if left.search(line) or (ours and silenced.search(line) and not reasoned):
                found.append(f"{path.relative_to(ROOT)}:{place + 1}: {line.strip()}")

    assert found == []


def test_everything_is_caught_only_where_it_is_raised_again_or_the_line_says_why() -> None:
    found = []
    for path in _sources(*ROOMS):
        text = path.read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(text)):
            if not isinstance(node, ast.ExceptHandler):
                continue
            broad = node.type is None or ast.unparse(node.type) in {"Exception", "BaseException"}
            again = isinstance(node.body[-1], ast.Raise)
            head = text.splitlines()[node.lineno - 1 : node.body[0].lineno - 1]
            if broad and not again and not any("#" in line for line in head):
                found.append(f"{path.relative_to(ROOT)}:{node.lineno}")

    assert found == []


def test_every_skipped_test_says_why() -> None:
    silent = []
    for path in _sources("tests"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            called = ast.unparse(node.func) if isinstance(node, ast.Call) else ""
            args, keywords = (node.args, node.keywords) if isinstance(node, ast.Call) else ([], [])
            marked = [ast.unparse(one) for one in getattr(node, "decorator_list", ())]
            wordless = called == "pytest.skip" and not (args or keywords)
            wordless |= called in {"pytest.mark.skip", "pytest.mark.skipif", "pytest.mark.xfail"} and not any(
                keyword.arg == "reason" for keyword in keywords
            )
            if wordless or {"pytest.mark.skip", "pytest.mark.xfail"} & set(marked):
                silent.append(f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}")

    assert silent == []


def test_no_package_of_tests_shadows_a_room() -> None:
    assert [path for path in _sources("tests") if path.name == "__init__.py"] == []


# What is committed.


@pytest.fixture(scope="module")
def committed() -> tuple[str, ...]:
    """The names of all committed files."""
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        pytest.skip("not a git checkout: what is committed cannot be told from what lies about")
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    return tuple(name for name in listed.stdout.split("\0") if name and (ROOT / name).exists())


def test_the_top_level_holds_only_what_belongs_there(committed: tuple[str, ...]) -> None:
    assert {name.split("/")[0] for name in committed} - TOP == set()


def test_no_registry_no_machine_path_and_no_local_file_is_committed(committed: tuple[str, ...]) -> None:
    registries = (
        "py" + "pi.org",
        "python" + "hosted",
        "npm" + "js.",
        "crates" + ".io",
        "rubygems" + ".org",
        "proxy.golang" + ".org",
    )
    # Folders of one machine; a project's own addresses may well hold such words behind a host.
    machine = re.compile(r"(?<![\w.~*}\])>])/(?:home|root|work|Users)/\w")
    found = []
    for name in committed:
        if name.endswith((".png", ".sqlite", ".gz")):
            continue
        text = (ROOT / name).read_text(encoding="utf-8", errors="replace")
        found += [f"{name}: {registry}" for registry in registries if registry in text]
        found += [f"{name}: {match.group()}" for match in machine.finditer(text)]

    assert found == []
    assert [
        name for name in committed if name.endswith((".env", ".sqlite", ".pyc")) or "/build/" in name
    ] == []


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_locks_carry_hashes_and_no_addresses(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")

    pinned = re.findall(
        (
            r"^([A-Za-z0-9][\w.\-]*)(?:\[[\w,\-]+\])?==[^\s;]+[^\n]*\\\n((?:    "
            r"--hash=sha256:[0-9a-f]{64}[^\n]*\n)+)"
        ),
        text,
        re.MULTILINE,
    )
    names = re.findall(r"^([A-Za-z0-9][\w.\-]*)(?:\[[\w,\-]+\])?\s*(?:==|@|>=)", text, re.MULTILINE)

    assert len(pinned) > 20
    assert [name for name, _ in pinned] == names
    assert "://" not in text
    assert not re.search(
        r"^\s*(?:-i|--index-url|--extra-index-url|--find-links|--trusted-host)", text, re.MULTILINE
    )


# What the README says.


def test_every_make_target_of_the_readme_exists() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z][\w-]*):", makefile, re.MULTILINE))

    named = set(re.findall(r"(?:^|`)make ([a-z][\w-]*)", README, re.MULTILINE))

    assert {"demo", "test"} <= named
    assert named - targets == set()


def test_every_command_of_the_readme_exists_and_every_command_has_its_module() -> None:
    named = set(re.findall(r"python -m bot ([a-z]+)", README))

    assert named - {name for name, _ in COMMANDS} == set()
    assert [
        name for name, _ in COMMANDS if importlib.util.find_spec(f"bot.cli.{IN.get(name, name)}") is None
    ] == []


def test_every_setting_the_readme_names_is_one_and_nothing_is_left_to_fill_in() -> None:
    words = set(re.findall(r"\b[A-Z]+(?:_[A-Z]+)+\b", README))

    assert words - {name.upper() for name in Settings.model_fields} == set()


def test_every_file_the_readme_points_to_exists() -> None:
    linked = [target for target in re.findall(r"\]\(([^)#\s]+)", README) if "://" not in target]
    quoted = re.findall(r"`((?:bot|core|providers|tests|benchmarks)/[\w./-]*\w/?)`", README)

    assert [target for target in (*linked, *quoted) if not (ROOT / target).exists()] == []


def test_the_example_settings_name_every_setting_once_with_a_comment() -> None:
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()

    names = [line.partition("=")[0] for line in lines if "=" in line and not line.startswith("#")]

    assert sorted(names) == sorted(name.upper() for name in Settings.model_fields)


def test_the_changelog_has_the_version() -> None:
    assert VERSION in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f'version = "{VERSION}"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")


def test_nothing_heavy_is_loaded_before_it_is_known_what_is_asked() -> None:
    program = (
        "import contextlib, io, sys; import bot, bot.__main__\n"
        "with contextlib.redirect_stdout(io.StringIO()) as help:\n"
        "    bot.__main__.main(['analyze', '--help'])\n"
        "assert '--save-snapshot' in help.getvalue()\n"
        "print(sorted({name.partition('.')[0] for name in sys.modules}))"
    )

    said = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )

    loaded = set(ast.literal_eval(said.stdout))
    assert "click" in loaded
    assert loaded & {"pandas", "telegram", "anthropic", "openai", "matplotlib", "feedparser"} == set()
