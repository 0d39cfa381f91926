"""Pages to read: help, privacy, accessibility, rules, about. Their words are the templates'."""

from datetime import date

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from app import config
from app.accounts import identity, proofs
from app.http.caching import cacheable
from app.http.requests import open_to_everyone

bp = Blueprint("reading", __name__)

ASSESSED_ON = date(2026, 11, 20)
"""When the accessibility statement's findings were last looked at; change it with the findings."""

NOTICE_OF = date(2026, 11, 20)
"""Since when the privacy notice and the rules stand as they are; change it with their words."""


@bp.get("/help")
@open_to_everyone
@cacheable
def help_page() -> ResponseReturnValue:
    return _page("help", here="help", minutes=int(proofs.LASTS.total_seconds() // 60))


@bp.get("/privacy")
@open_to_everyone
@cacheable
def privacy() -> ResponseReturnValue:
    return _page("privacy", since_day=NOTICE_OF)


@bp.get("/accessibility")
@open_to_everyone
@cacheable
def accessibility() -> ResponseReturnValue:
    return _page("accessibility", assessed_on=ASSESSED_ON)


@bp.get("/about")
@open_to_everyone
@cacheable
def about() -> ResponseReturnValue:
    return _page("about")


@bp.get("/rules")
@open_to_everyone
@cacheable
def rules() -> ResponseReturnValue:
    return _page("rules", since_day=NOTICE_OF)


def _page(name: str, here: str = "", **values: object) -> ResponseReturnValue:
    settings = config.settings()
    return render_template(
        f"reading/{name}.html",
        here=here,
        contact=settings.contact_email or settings.mail_from,
        keeper_name=settings.keeper,
        verification=identity.offers_verification(),
        **values,
    )
