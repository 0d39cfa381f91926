"""``python -m tests.routes`` writes ``table.tsv`` anew. Read what has changed before it is kept."""

import sys
from pathlib import Path

import pytest


class Writing:
    """The same test, writing down what it finds."""

    def pytest_addoption(self, parser: pytest.Parser) -> None:
        parser.addoption("--write-table", action="store_true")


if __name__ == "__main__":
    test = str(Path(__file__).with_name("test_table.py"))
    sys.exit(pytest.main([test, "--quiet", "--write-table", *sys.argv[1:]], plugins=[Writing()]))
