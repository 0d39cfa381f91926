"""Every page under its language: ``/lv/…``, ``/lt/…``, ``/en/…``; ``/`` chooses."""

from typing import Any

from flask import Flask, Response, g, has_request_context, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import Babel
from werkzeug.exceptions import NotFound
from werkzeug.routing import IntegerConverter, Map

from app import config
from app.config import Settings
from app.foundation import language as words
from app.http.requests import open_to_everyone

babel = Babel()


LARGEST_NUMBER = 2**31 - 1
"""The largest number that a row can have."""


class Number(IntegerConverter):
    """A number in an address. One that no row can have is no page, rather than a fault."""

    def __init__(self, addresses: Map, **options: Any) -> None:
        super().__init__(addresses, **{"max": LARGEST_NUMBER, **options})


def prepare(app: Flask, settings: Settings) -> None:
    app.url_map.converters["int"] = Number
    app.config.update(
        BABEL_DEFAULT_LOCALE=settings.default_language,
        BABEL_DEFAULT_TIMEZONE=settings.time_zone,
        BABEL_TRANSLATION_DIRECTORIES=str(app.config["ROOT"] / "translations"),
    )
    babel.init_app(app, locale_selector=language_of_page)
    catalogues = babel.domain_instance = words.Catalogues()
    environment: Any = app.jinja_env
    environment.install_gettext_callables(
        lambda text: catalogues.get_translations().ugettext(text),
        lambda one, more, n: catalogues.get_translations().ungettext(one, more, n),
        newstyle=True,
    )

    @app.url_value_preprocessor
    def take_language(endpoint: str | None, values: dict[str, Any] | None) -> None:
        if values and "language" in values:
            g.language = values.pop("language")
            if g.language not in settings.languages:
                raise NotFound

    @app.url_defaults
    def give_language(endpoint: str, values: dict[str, Any]) -> None:
        if "language" not in values and app.url_map.is_endpoint_expecting(endpoint, "language"):
            values["language"] = language_of_page()

    @app.get("/")
    @open_to_everyone
    def choose_language() -> ResponseReturnValue:
        """Send the reader to the language their browser asks for, else the first."""
        response = redirect(url_for("home.home", language=_preferred(settings)), 302)
        assert isinstance(response, Response)  # noqa: S101
        response.headers["Vary"] = "Accept-Language"
        return response


def language_of_page() -> str:
    """The language in the address; outside of pages, the one the browser asks for."""
    return str(g.get("language") or _from_path() or _preferred(config.settings()))


def _from_path() -> str | None:
    """The language that an address begins with, even when there is no such page."""
    first = request.path.split("/", 2)[1] if has_request_context() else ""
    return first if first in words.NAMES else None


def _preferred(settings: Settings) -> str:
    """What the browser asks for; where nobody browses, as in a job, the first language."""
    if not has_request_context():
        return settings.default_language
    return request.accept_languages.best_match(settings.languages) or settings.default_language


def in_other_language(code: str) -> str:
    """The address of this same page in another language."""
    if request.endpoint is None or request.view_args is None:
        return f"/{code}/"
    values = {**request.view_args, **request.args.to_dict(flat=False), "language": code}
    return url_for(request.endpoint, **values)
