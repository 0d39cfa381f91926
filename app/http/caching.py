"""Pages that are the same for every visitor: drawn once, then served as bytes.

How to use it: put ``@cacheable`` below ``@open_to_everyone`` on a GET view whose page depends on
nothing but its address (path and query) and on what is public::

    @bp.get("/campaigns/<slug>/")
    @open_to_everyone
    @cacheable
    def campaign(slug: str) -> ResponseReturnValue:
        ...

Nothing else changes. Whoever sends a cookie is never served from here and gets their own page
with ``private, no-store``. An answer that sets a cookie is never kept: a page with a form of ours
does so as soon as it asks for ``csrf_token()``, so show forms to people who are signed in, and
links to visitors. A page that counts something each time it is shown calls ``each_time``.

A kept page is at most `FRESH_FOR` old; once this process has taken a POST, at most `AT_LEAST`,
so that under a storm of votes each page is still drawn only a few times a second. Kept pages answer
``If-None-Match`` with 304. In tests nothing is kept unless the test asks for it (`keep_for`).

``for_a_moment`` keeps what many pages are drawn from, for visitors too, and by the same rules.
"""

import gzip
import hashlib
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import wraps
from threading import Lock
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar, cast

from flask import Flask, current_app, make_response, request
from flask.typing import ResponseReturnValue

from app.config import Settings
from app.foundation import clock
from app.http.requests import viewer

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

P = ParamSpec("P")
R = TypeVar("R")

FRESH_FOR = timedelta(seconds=30)
AT_LEAST = timedelta(milliseconds=250)
A_MOMENT = timedelta(seconds=2)
MOST_THINGS = 64
BROWSERS_KEEP_FOR = 60
"""Seconds. ``Vary: Cookie`` makes a browser ask again as soon as its owner has signed in."""
MOST_BYTES = 16_000_000
LARGEST_PAGE = 500_000

_KEEP = "talka.keep"
_EACH_TIME = "talka.each_time"


def cacheable(page: Callable[P, ResponseReturnValue]) -> Callable[P, ResponseReturnValue]:
    """This page is the same for every visitor without cookies; see the module's docstring."""

    @wraps(page)
    def kept(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
        response = make_response(page(*args, **kwargs))
        if _is_visitor(request.environ) and response.status_code == 200:
            response.headers["Cache-Control"] = f"public, max-age={BROWSERS_KEEP_FOR}"
            request.environ[_KEEP] = True
        return response

    cast(Any, kept).is_cacheable = True
    return kept


def each_time(count: Callable[[], None]) -> None:
    """Call this whenever the page being drawn is served, from the kept bytes too.

    It runs in the web process, outside of any transaction, and must take no time.
    """
    request.environ.setdefault(_EACH_TIME, []).append(count)
    count()


def for_a_moment(key: tuple[object, ...], make: Callable[[], R]) -> R:
    """What ``make`` gives for this key, at most `A_MOMENT` old; for whoever signs in, always new.

    For plain values, such as ids, that are dear to read and the same for every visitor.
    """
    pages = cast(Pages, current_app.extensions["pages"])
    if not pages.fresh_for or viewer() is not None:
        return make()
    thing = pages.things.get(key)
    if thing is None or not pages.is_fresh(thing.made_at, A_MOMENT):
        made_at = clock.now()
        thing = Thing(make(), made_at)
        with pages.lock:
            pages.things[key] = thing
            while len(pages.things) > MOST_THINGS:
                pages.things.popitem(last=False)
    return cast(R, thing.value)


def _is_visitor(environ: "WSGIEnvironment") -> bool:
    return (
        environ["REQUEST_METHOD"] in {"GET", "HEAD"}
        and not environ.get("HTTP_COOKIE")
        and "HTTP_AUTHORIZATION" not in environ
    )


@dataclass
class Kept:
    """One page as it was sent, and compressed."""

    headers: list[tuple[str, str]]
    etag: str
    body: bytes
    compressed: bytes
    drawn_at: datetime
    counts: list[Callable[[], None]]
    is_being_drawn: bool = False

    @property
    def size(self) -> int:
        return len(self.body) + len(self.compressed)


@dataclass(frozen=True)
class Thing:
    """Something that pages are drawn from."""

    value: object
    made_at: datetime


class Pages:
    """A WSGI layer around the application, so that a kept page costs next to nothing."""

    def __init__(self, application: "WSGIApplication", fresh_for: timedelta) -> None:
        self.application = application
        self.fresh_for = fresh_for
        self.kept: OrderedDict[tuple[str, ...], Kept] = OrderedDict()
        self.things: OrderedDict[tuple[object, ...], Thing] = OrderedDict()
        self.size = 0
        self.last_post = datetime.min.replace(tzinfo=clock.now().tzinfo)
        self.lock = Lock()

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] not in {"GET", "HEAD"}:
            self.last_post = clock.now()
            try:
                return self.application(environ, start_response)
            finally:
                self.last_post = clock.now()
        if not self.fresh_for or not _is_visitor(environ):
            return self.application(environ, start_response)
        key = _key(environ)
        if page := self._fresh(key):
            for count in page.counts:
                count()
            return _send(page, environ, start_response)
        return self._draw(key, environ, start_response)

    def _fresh(self, key: tuple[str, ...]) -> Kept | None:
        """The kept page, unless it is too old; then this caller, and no other, draws it anew."""
        page = self.kept.get(key)
        if page is None:
            return None
        if self.is_fresh(page.drawn_at, self.fresh_for):
            return page
        age = clock.now() - page.drawn_at
        with self.lock:
            if page.is_being_drawn and timedelta() <= age < 2 * self.fresh_for:
                return page
            page.is_being_drawn = True
        return None

    def is_fresh(self, at: datetime, fresh_for: timedelta) -> bool:
        """Whether what was made at this moment still stands; the clock may have been put back."""
        limit = AT_LEAST if self.last_post >= at else fresh_for
        return timedelta() <= clock.now() - at < limit

    def _draw(
        self,
        key: tuple[str, ...],
        environ: "WSGIEnvironment",
        start_response: "StartResponse",
    ) -> Iterable[bytes]:
        began = clock.now()
        said: list[Any] = []

        def remember(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            said[:] = [status, headers, *more]

        body = self.application(environ, cast("StartResponse", remember))
        if not environ.get(_KEEP) or environ["REQUEST_METHOD"] != "GET" or not _may_keep(*said):
            self._forget(key)
            start_response(*said)
            return body
        try:
            whole = b"".join(body)
        finally:
            if hasattr(body, "close"):
                body.close()
        page = _kept(said[1], whole, began, environ.get(_EACH_TIME, []))
        if len(whole) <= LARGEST_PAGE:
            self._keep(key, page)
        return _send(page, environ, start_response)

    def _keep(self, key: tuple[str, ...], page: Kept) -> None:
        with self.lock:
            self._drop(key)
            self.kept[key] = page
            self.size += page.size
            while self.size > MOST_BYTES:
                self._drop(next(iter(self.kept)))

    def _forget(self, key: tuple[str, ...]) -> None:
        if key in self.kept:
            with self.lock:
                self._drop(key)

    def _drop(self, key: tuple[str, ...]) -> None:
        if page := self.kept.pop(key, None):
            self.size -= page.size


def _key(environ: "WSGIEnvironment") -> tuple[str, ...]:
    """What a visitor's page may depend on: where it was asked for, and its address."""
    return (
        environ["wsgi.url_scheme"],
        environ.get("HTTP_HOST", ""),
        environ.get("PATH_INFO", ""),
        environ.get("QUERY_STRING", ""),
    )


def _may_keep(status: str, headers: list[tuple[str, str]], *more: object) -> bool:
    names = {name.lower() for name, _ in headers}
    return status.startswith("200") and not names & {"set-cookie", "content-encoding"}


def _kept(
    headers: list[tuple[str, str]], body: bytes, at: datetime, counts: list[Callable[[], None]]
) -> Kept:
    left_out = {"etag", "content-length"}
    return Kept(
        headers=[(name, value) for name, value in headers if name.lower() not in left_out],
        etag=f'W/"{hashlib.sha256(body).hexdigest()[:20]}"',
        body=body,
        compressed=gzip.compress(body, 6, mtime=0),
        drawn_at=at,
        counts=list(counts),
    )


def _send(
    page: Kept, environ: "WSGIEnvironment", start_response: "StartResponse"
) -> Iterable[bytes]:
    headers = [*page.headers, ("ETag", page.etag), ("Vary", "Accept-Encoding")]
    if page.etag in environ.get("HTTP_IF_NONE_MATCH", ""):
        start_response("304 Not Modified", headers)
        return []
    body = page.body
    if "gzip" in environ.get("HTTP_ACCEPT_ENCODING", ""):
        headers.append(("Content-Encoding", "gzip"))
        body = page.compressed
    headers.append(("Content-Length", str(len(body))))
    start_response("200 OK", headers)
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]


def prepare(app: Flask, settings: Settings) -> None:
    """Put the layer around the application; in tests it lies there and keeps nothing."""
    pages = Pages(app.wsgi_app, timedelta() if settings.testing else FRESH_FOR)
    app.extensions["pages"] = pages
    app.wsgi_app = pages  # type: ignore[method-assign]


def keep_for(app: Flask, time: timedelta) -> None:
    """Keep pages so long from now on, and forget those that are kept. For tests."""
    pages = cast(Pages, app.extensions["pages"])
    with pages.lock:
        pages.fresh_for = time
        pages.kept.clear()
        pages.things.clear()
        pages.size = 0
