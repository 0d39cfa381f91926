"""What every page's layout needs: language links, menus, who is looking."""

from collections.abc import Callable
from typing import Any

from flask import Flask, get_flashed_messages, request, url_for
from flask_babel import gettext as _

from app import config
from app.foundation import clock, language
from app.foundation.markdown import to_html
from app.foundation.text import LocalizedText, Wording
from app.http.requests import viewer
from app.web import figures, moments
from app.web.addresses import in_other_language, language_of_page
from app.web.assets import asset
from app.web.navigation import footer_links, menu, viewer_links


def prepare(app: Flask) -> None:
    app.context_processor(_for_every_page)
    app.jinja_env.filters["markdown"] = to_html
    app.jinja_env.filters["in_language"] = in_language
    for module in (moments, figures):
        for name, function in _public(module):
            app.jinja_env.globals[name] = function


def _public(module: Any) -> list[tuple[str, Callable[..., Any]]]:
    return [
        (name, thing)
        for name, thing in vars(module).items()
        if callable(thing) and not name.startswith("_") and thing.__module__ == module.__name__
    ]


def in_language(text: LocalizedText | None) -> Wording:
    """The wording of a text for this page's reader, knowing its language."""
    code = language_of_page()
    return text.best_for(code) if text else Wording("", code, True)


def _for_every_page() -> dict[str, Any]:
    settings = config.settings()
    code = language_of_page()
    person = viewer()
    return {
        "language": code,
        "languages": [
            (other, language.NAMES[other], in_other_language(other)) for other in settings.languages
        ],
        "site_name": settings.site_name,
        "site_address": settings.site_address,
        "zone": settings.zone,
        "now": clock.now(),
        "viewer": person,
        "menu": menu(),
        "footer_links": footer_links(),
        "viewer_links": viewer_links(person) if person else [],
        "asset": asset,
        "demo_label": _("Demonstration: people and figures are invented.")
        if settings.demo
        else None,
        "demonstration.controls": url_for("demo.controls") if settings.demo else None,
        "flashes": get_flashed_messages(with_categories=True) if _has_session() else [],
    }


def _has_session() -> bool:
    """Reading the flashes of a visitor without a cookie would set one."""
    return bool(request.cookies)
