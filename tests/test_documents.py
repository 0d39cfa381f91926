"""What the documents tell people to type really works."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
BLOCK = re.compile(r"```sh\n(.*?)```", re.DOTALL)


def commands() -> list[str]:
    """Every line that a document says to type, once each."""
    blocks = [block for path in DOCUMENTS for block in BLOCK.findall(path.read_text())]
    return list(dict.fromkeys(line for block in blocks for line in block.splitlines() if line))


MAKES = [line for line in commands() if line.startswith("make ")]
OTHERS = [line for line in commands() if not line.startswith("make ")]


@pytest.mark.parametrize("line", MAKES)
def test_make_knows_what_a_document_asks_of_it(line: str) -> None:
    done = subprocess.run(
        [*shlex.split(line), "-n"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_every_other_command_of_a_document_runs_in_its_order(tmp_path: Path) -> None:
    environment = os.environ | {"TALKA_HOME": str(tmp_path), "FLASK_APP": "wsgi"}
    environment.pop("DATABASE_URL", None)
    for line in OTHERS:
        program, *words = shlex.split(line)
        assert program.startswith(".venv/bin/"), line
        installed = Path(sys.executable).parent / Path(program).name
        done = subprocess.run(
            [str(installed), *words],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, (line, done.stdout, done.stderr)


def test_every_setting_is_documented() -> None:
    read = set(
        re.findall(r'environ(?:\.get\(|\[)"([A-Z_]+)"', (ROOT / "app/config.py").read_text())
    )
    documented = (ROOT / "docs" / "operator.md").read_text()
    assert sorted(name for name in read if f"`{name}`" not in documented) == []


def test_every_document_that_another_names_is_there() -> None:
    for path in DOCUMENTS:
        for link in re.findall(r"\]\(([^)#:]+)\)", path.read_text()):
            assert (path.parent / link).exists(), (path.name, link)
