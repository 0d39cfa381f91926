"""Static files under names that change with their content, so that browsers may keep them."""

import hashlib
from functools import cache
from pathlib import Path

from flask import url_for

STATIC = Path(__file__).parent / "static"


@cache
def fingerprint(name: str) -> str:
    """Eight signs that change whenever the file does."""
    return hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:8]


def asset(name: str) -> str:
    """The address of a static file, as in ``asset("css/talka.css")``."""
    return url_for("static", filename=name, v=fingerprint(name))
