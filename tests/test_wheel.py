"""The installed command does what `python -m bot` does, recordings and tables included, from a folder that
holds nothing."""

import json
import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def condorcet(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command, installed from a wheel into an environment of its own; the libraries are borrowed from
    this one."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "-q",
        "--no-deps",
        "--no-build-isolation",
        "-w",
        str(folder),
    ]
    subprocess.run([*build, str(ROOT)], check=True, capture_output=True, timeout=120)
    venv.create(folder / "env", with_pip=False)
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    site = folder / "env" / "lib" / version / "site-packages"
    (site / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    install = [
        sys.executable,
        "-m",
        "pip",
        "--python",
        str(folder / "env" / "bin" / "python"),
        "install",
        "-q",
    ]
    wheel = next(folder.glob("condorcet-*.whl"))
    subprocess.run([*install, "--no-deps", str(wheel)], check=True, capture_output=True, timeout=120)
    return folder / "env" / "bin" / "condorcet"


def ask(command: Path, folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    # Without the checkout on any path and without settings of whoever runs this.
    env = {"PATH": os.environ["PATH"], "HOME": str(folder)}
    return subprocess.run(
        [command, *words], cwd=folder, env=env, capture_output=True, text=True, timeout=120, check=False
    )


def test_the_installed_command_makes_the_demos_report_from_an_empty_folder(
    condorcet: Path, tmp_path: Path
) -> None:
    done = ask(condorcet, tmp_path, "analyze", "--demo", "--json")

    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert report["rehearsal"] is True
    assert len(report["names"]) > 20


def test_wrong_use_names_the_installed_command(condorcet: Path, tmp_path: Path) -> None:
    done = ask(condorcet, tmp_path, "analyse")

    assert done.returncode == 2
    assert "See `condorcet --help`" in done.stderr


def test_setup_finds_its_pattern_in_the_wheel(condorcet: Path) -> None:
    packages = next(condorcet.parents[1].glob("lib/*/site-packages"))

    kept = (packages / "bot" / "cli" / "asking" / "example.env").read_text(encoding="utf-8")

    assert kept == (ROOT / ".env.example").read_text(encoding="utf-8")
