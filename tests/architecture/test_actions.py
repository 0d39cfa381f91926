"""Every action says who may do it, so that no edge has to remember."""

import ast
from pathlib import Path

import pytest


def actions(source: Path) -> list[tuple[str, ast.FunctionDef]]:
    """Every public function of every room's ``actions.py`` or ``actions/``."""
    files = [*source.rglob("actions.py"), *source.rglob("actions/*.py")]
    return [
        (f"{path.relative_to(source)}:{function.name}", function)
        for path in sorted(files)
        for function in ast.parse(path.read_text()).body
        if isinstance(function, ast.FunctionDef) and not function.name.startswith("_")
    ]


def misses(function: ast.FunctionDef) -> list[str]:
    """What keeps this function from being an action."""
    takes = {argument.arg for argument in function.args.kwonlyargs}
    calls = {
        node.func.id if isinstance(node.func, ast.Name) else node.func.attr
        for node in ast.walk(function)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute)
    }
    return [
        *([] if "by" in takes else ["takes no keyword-only `by`"]),
        *([] if "authorise" in calls else ["does not call `authorise`"]),
    ]


ACTIONS = actions(Path("app"))


@pytest.mark.parametrize("function", [f for _, f in ACTIONS], ids=[name for name, _ in ACTIONS])
def test_takes_an_actor_and_authorises_them(function: ast.FunctionDef) -> None:
    assert misses(function) == []


def test_an_action_that_asks_nobody_is_found(tmp_path: Path) -> None:
    (tmp_path / "actions.py").write_text("def publish(proposal, by):\n    proposal.publish()\n")
    [(name, function)] = actions(tmp_path)
    assert name == "actions.py:publish"
    assert len(misses(function)) == 2
