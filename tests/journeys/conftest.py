"""What every story may ask for: the house, and how it says something in Latvian."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser

from app.foundation.language import speaking
from tests.journeys.steps import House
from tests.live import LiveServer
from tests.postbox import Postbox


@pytest.fixture(params=[True, False], ids=["with script", "without script"])
def house(
    request: pytest.FixtureRequest, live_server: LiveServer, browser: Browser, smtp_server: Postbox
) -> Iterator[House]:
    """The live installation; each story that asks for it is told with script and without."""
    made = House(live_server, browser, smtp_server, scripts=request.param)
    yield made
    made.close()


@pytest.fixture
def latvian(application: Flask) -> Callable[[Any], str]:
    """How the application itself says something in Latvian."""

    def say(sentence: Any) -> str:
        with application.app_context(), speaking("lv"):
            return str(sentence)

    return say
