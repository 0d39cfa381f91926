"""The import contracts hold, and cover every room that there is."""

import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

CONTRACTS: list[dict[str, Any]] = tomllib.loads(Path("pyproject.toml").read_text())["tool"][
    "importlinter"
]["contracts"]

NOT_RIVER = {"foundation", "notifications", "audit", "search", "trace", "http", "web", "api", "cli"}


def rooms() -> set[str]:
    """The folders of the domain: those of the river."""
    return {path.parent.name for path in Path("app").glob("*/__init__.py")} - NOT_RIVER - {"demo"}


def test_every_contract_is_kept() -> None:
    run = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout


def test_the_layers_say_of_every_folder_where_it_stands() -> None:
    assert CONTRACTS[0]["exhaustive"] is True


@pytest.mark.parametrize(
    ("contract", "words"),
    [
        ("Every room is furnished alike", "containers"),
        ("The domain has never heard", "source_modules"),
    ],
)
def test_the_contract_covers_every_room(contract: str, words: str) -> None:
    [found] = [each for each in CONTRACTS if each["name"].startswith(contract)]
    covered = {name.strip("()").removeprefix("app.") for name in found[words]}
    assert rooms() - covered == set()
