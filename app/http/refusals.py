"""Every no as a page (or as JSON): a sentence, what to do next, and what was typed still there."""

import logging

from flask import Flask, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.exceptions import HTTPException

from app.foundation.language import spoken
from app.foundation.refusals import Conflict, Invalid, NotAllowed, NotFound, Refusal, TooOften
from app.foundation.transactions import transaction
from app.http.requests import NotGenuine, SignInFirst

log = logging.getLogger(__name__)

STATUS: dict[type[Refusal], int] = {
    NotAllowed: 403,
    NotFound: 404,
    Conflict: 409,
    Invalid: 422,
    TooOften: 429,
}
UNTYPED = {"csrf_token", "submit"}
"""Fields that nobody typed."""


def prepare(app: Flask) -> None:
    app.register_error_handler(Refusal, refused)
    app.register_error_handler(NotGenuine, not_genuine)
    app.register_error_handler(SignInFirst, sign_in_first)
    app.register_error_handler(HTTPException, page_error)
    app.register_error_handler(Exception, broken)


def refused(refusal: Refusal) -> ResponseReturnValue:
    status = next(code for kind, code in STATUS.items() if isinstance(refusal, kind))
    return _page(status, str(refusal.reason))


def not_genuine(problem: NotGenuine) -> ResponseReturnValue:
    return _page(
        400,
        _("This page was open for a long time, so we did not take it yet. Please press once more."),
        typed=_typed(),
    )


def sign_in_first(problem: SignInFirst) -> ResponseReturnValue:
    if request.method in {"GET", "HEAD"} and not _wants_json():
        return redirect(url_for("signing_in.sign_in", return_to=request.full_path.rstrip("?")), 303)
    return _page(
        401,
        _("You are not signed in any more. What you wrote is below: sign in, then send it again."),
        typed=_typed(),
    )


def page_error(problem: HTTPException) -> ResponseReturnValue:
    status = problem.code or 500
    if status < 400:
        return problem
    sentences = {
        404: _("We could not find this page. The address may be mistyped, or it has moved."),
        405: _("This address does not take what was sent to it."),
        413: _("This is too large to be taken."),
        415: _("This address takes forms, not other kinds of content."),
        429: _("You have done this very often in a short time. Try again later."),
    }
    return _page(status, sentences.get(status, _("The request could not be understood.")))


def broken(problem: Exception) -> ResponseReturnValue:
    """Our own mistake: logged with its trace, and said without blaming the reader."""
    log.error("a page broke", exc_info=problem)
    return _page(500, _("Something went wrong on our side. Nothing was lost; please try again."))


def _typed() -> list[tuple[str, str]]:
    """What was typed, field by field, so that nothing of it is lost."""
    return [
        (name, value)
        for name, value in request.form.items(multi=True)
        if name not in UNTYPED and value
    ]


def _wants_json() -> bool:
    return request.path.startswith("/api/")


def _page(
    status: int, sentence: str, typed: list[tuple[str, str]] | None = None
) -> ResponseReturnValue:
    if _wants_json():
        problem = {"type": "about:blank", "status": status, "detail": sentence}
        return problem, status, {"Content-Type": "application/problem+json"}
    try:
        with transaction(writes=False):
            page = render_template(
                "layouts/refusal.html", status=status, sentence=sentence, typed=typed
            )
    except Exception:
        if status < 500:
            raise
        log.exception("the page that says so broke too")
        page = _plain_page(sentence)
    return page, status


def _plain_page(sentence: str) -> str:
    """What can be said when neither the database nor the session answers."""
    template = current_app.jinja_env.get_template("layouts/broken.html")
    return template.render(sentence=sentence, language=spoken())
