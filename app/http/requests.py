"""What HTML pages and the JSON API share: the request as one transaction, and who is asking."""

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar, cast

from apiflask import APIFlask
from flask import g, request
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug.exceptions import NotFound as PageNotFound
from werkzeug.exceptions import UnsupportedMediaType

from app.accounts.models import Account
from app.foundation.actors import VISITOR, Actor
from app.foundation.permissions import Permission
from app.foundation.refusals import NotAllowed
from app.foundation.transactions import transaction

READING = {"GET", "HEAD", "OPTIONS"}
FORMS = {"", "application/x-www-form-urlencoded", "multipart/form-data"}
"""What a page's POST may be sent as; without content it has no kind."""


class App(APIFlask):
    """An application in which every request is one transaction.

    A response below 400 keeps what was done; anything else, and a POST whose form could not
    prove where it came from, keeps nothing.
    """

    def dispatch_request(self) -> ResponseReturnValue:
        reads = request.method in READING
        _refuse_zero_bytes()
        _refuse_what_is_no_form()
        with transaction(writes=not reads) as work:
            response = self.make_response(super().dispatch_request())
            if response.status_code >= 400 or (not reads and not g.get("is_genuine", False)):
                work.abandon()
        if not reads and response.status_code < 400 and not g.get("is_genuine", False):
            raise NotGenuine
        return response


def _refuse_zero_bytes() -> None:
    """No address of ours holds one, and PostgreSQL cannot even look for it."""
    if "\0" in request.path or any("\0" in word for word in request.args.values()):
        raise PageNotFound


def _refuse_what_is_no_form() -> None:
    """Pages take forms. Flask-WTF would read JSON too, whose values need not be words at all."""
    is_api = request.path.startswith("/api/")
    if request.method not in READING and not is_api and request.mimetype not in FORMS:
        raise UnsupportedMediaType


class NotGenuine(Exception):
    """A POST without a valid token. What was typed is shown again, with a fresh one."""


class SignInFirst(Exception):
    """Only somebody who is signed in may ask this. A GET is sent to sign in; a POST keeps
    what was typed."""


def viewer() -> Account | None:
    """Whoever is signed in, as a plain Account rather than flask-login's proxy."""
    account = current_user._get_current_object()
    return account if isinstance(account, Account) else None


def actor() -> Actor:
    """Whoever is asking, signed in or not."""
    return viewer() or VISITOR


def signed_in() -> Account:
    """Whoever is signed in, or raise SignInFirst."""
    account = viewer()
    if account is None:
        raise SignInFirst
    return account


P = ParamSpec("P")
R = TypeVar("R")

EVERYONE = "everyone"
SIGNED_IN = "signed in"


def open_to_everyone(page: Callable[P, R]) -> Callable[P, R]:
    """This route may be asked by anybody; what it shows still passes ``authorise``."""
    cast(Any, page).who = EVERYONE
    return page


def sign_in_required(page: Callable[P, R]) -> Callable[P, R]:
    """This route is for those who are signed in."""

    @wraps(page)
    def protected(*args: P.args, **kwargs: P.kwargs) -> R:
        signed_in()
        return page(*args, **kwargs)

    cast(Any, protected).who = SIGNED_IN
    return protected


def permission_required(permission: Permission) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """This route authorises with this permission; said here so that the route table can tell.

    The page itself calls ``authorise`` (or an action that does) with the subject it loads.
    """

    def mark(page: Callable[P, R]) -> Callable[P, R]:
        @wraps(page)
        def protected(*args: P.args, **kwargs: P.kwargs) -> R:
            signed_in()
            return page(*args, **kwargs)

        cast(Any, protected).who = permission.name
        return protected

    return mark


def proven_by_token() -> None:
    """This POST carries its own proof, a token that we signed, and needs no form token beside it.

    Call it only once the token has been checked.
    """
    g.is_genuine = True


def found(thing: R | None) -> R:
    """The thing, or a 404 in the reader's language."""
    if thing is None:
        raise PageNotFound
    return thing


def may_see(permission: Permission, thing: R | None) -> R:
    """The thing, or a 404: who may not see it does not learn that it is there."""
    if thing is None or not permission.allows(actor(), thing):
        raise PageNotFound
    return thing


def page_number() -> int:
    """The page asked for; nonsense is the first page."""
    word = request.args.get("page", "1")
    return min(int(word), 100_000) if word.isdecimal() and len(word) < 10 else 1


def refuse_unless(condition: bool, reason: Any) -> None:
    """Raise NotAllowed with this sentence unless the condition holds."""
    if not condition:
        raise NotAllowed(reason)
