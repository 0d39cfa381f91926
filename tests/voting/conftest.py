"""The tests of this room read sentences as English words them."""

from collections.abc import Iterator

import pytest
from flask import Flask

from app.foundation.language import speaking


@pytest.fixture(autouse=True)
def in_english(app: Flask) -> Iterator[None]:
    with speaking("en"):
        yield
