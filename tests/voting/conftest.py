"""The tests of this room read sentences as English words them."""

from collections.abc import Iterator

import pytest

from app.foundation.language import speaking


@pytest.fixture(autouse=True)
def in_english(request: pytest.FixtureRequest) -> Iterator[None]:
    if "app" not in request.fixturenames:
        yield
        return
    request.getfixturevalue("app")
    with speaking("en"):
        yield
