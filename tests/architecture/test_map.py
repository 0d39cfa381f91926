"""The tree that ARCHITECTURE.md draws is the tree on the disk."""

import re
from pathlib import Path

MAP = Path("ARCHITECTURE.md")
LINE = re.compile(r"^(?P<branch>[│ ]*[├└]── )(?P<name>[\w.]+/?)", re.MULTILINE)


def drawn(text: str) -> set[str]:
    """The files and folders directly below ``app/`` and one folder deeper that a text draws."""
    names: set[str] = set()
    room = ""
    for match in LINE.finditer(text):
        if len(match["branch"]) <= 4:
            room = match["name"]
            names.add(room)
        elif room.endswith("/"):
            names.add(room + match["name"])
    return names


def on_disk(below: Path) -> set[str]:
    return {
        path.name + ("/" if path.is_dir() else "")
        for path in below.iterdir()
        if not path.name.startswith(("__pycache__", "."))
    }


def test_the_map_shows_every_room_and_no_other() -> None:
    on_map = drawn(MAP.read_text())
    assert {name for name in on_map if name.count("/") == name.endswith("/")} == on_disk(
        Path("app")
    )
    assert sorted(name for name in on_map if not (Path("app") / name).exists()) == []


def test_a_tree_is_read() -> None:
    tree = (
        "app/\n├── config.py   settings\n├── foundation/  words\n│   ├── clock.py  time\n└── web/\n"
    )
    assert drawn(tree) == {"config.py", "foundation/", "foundation/clock.py", "web/"}
