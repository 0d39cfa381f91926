"""What every page's layout needs: language links, menus, who is looking."""

from typing import Any

from flask import Flask, get_flashed_messages, request, url_for
from flask_babel import gettext as _

from app import config
from app.foundation import clock, language
from app.foundation.markdown import to_html
from app.foundation.text import LocalizedText, Wording
from app.http.requests import viewer
from app.web import assets, figures, moments
from app.web.addresses import in_other_language, language_of_page
from app.web.assets import asset
from app.web.navigation import footer_links, menu, viewer_links


def prepare(app: Flask) -> None:
    assets.prepare(app)
    app.context_processor(_for_every_page)
    app.jinja_env.globals["asset"] = asset  # also where no page is drawn, as when all is broken
    app.jinja_env.filters["markdown"] = to_html
    app.jinja_env.filters["in_language"] = in_language
    app.jinja_env.filters.update(moments.FILTERS | figures.FILTERS)


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
        "canonical": settings.site_address + request.path,
        "zone": settings.zone,
        "now": clock.now(),
        "viewer": person,
        "menu": menu(),
        "footer_links": footer_links(),
        "sign_in": _sign_in(),
        "viewer_links": viewer_links(person) if person else [],
        "asset": asset,
        "keeper": _("This site is run by %(keeper)s.", keeper=settings.keeper)
        if settings.keeper
        else None,
        "demo_label": _("Demonstration: people and figures are invented.")
        if settings.demo
        else None,
        "demo_controls": url_for("demonstration.controls") if settings.demo else None,
        "flashes": get_flashed_messages(with_categories=True) if _has_session() else [],
    }


def _sign_in() -> str:
    """Where a visitor signs in, to come back to this page; pages of the sign-in lead nowhere."""
    if request.method != "GET" or request.endpoint is None or request.blueprint == "signing_in":
        return url_for("signing_in.sign_in")
    return url_for("signing_in.sign_in", return_to=request.full_path.rstrip("?"))


def _has_session() -> bool:
    """Reading the flashes of a visitor without a cookie would set one."""
    return bool(request.cookies)
