"""Pages kept for visitors: who is served from them, for how long, and who never is."""

import gzip
from collections.abc import Iterator
from datetime import timedelta
from itertools import count

import pytest
from flask import Flask, request, session
from flask.testing import FlaskClient

from app.foundation import clock
from app.http import caching
from app.http.caching import cacheable, each_time, keep_for

drawn = count(1)
shown = count()


def count_one() -> None:
    next(shown)


@pytest.fixture
def pages(application: Flask) -> Iterator[FlaskClient]:
    """A small application behind the same layer, with a page that says how often it was drawn."""
    small = Flask("small")
    small.secret_key = "for tests"

    @small.get("/page")
    @cacheable
    def page() -> str:
        return f"drawn {next(drawn)} times for {request.query_string.decode()}"

    @small.get("/form")
    @cacheable
    def form() -> str:
        session["token"] = "x"
        return f"drawn {next(drawn)} times"

    @small.get("/counted")
    @cacheable
    def counted() -> str:
        each_time(count_one)
        return "counted"

    @small.post("/post")
    def post() -> str:
        return "done"

    caching.prepare(small, application_settings(application))
    keep_for(small, timedelta(seconds=30))
    try:
        yield small.test_client()
    finally:
        clock.set_offset(timedelta())


def application_settings(application: Flask):  # type: ignore[no-untyped-def]
    from app import config  # noqa: PLC0415

    return config.settings()


def test_a_visitor_is_served_the_same_bytes_without_drawing(pages: FlaskClient) -> None:
    first, second = pages.get("/page?a=1"), pages.get("/page?a=1")
    assert first.data == second.data
    assert first.headers["Cache-Control"] == "public, max-age=60"
    assert second.headers["ETag"] == first.headers["ETag"]


def test_another_address_is_another_page(pages: FlaskClient) -> None:
    assert pages.get("/page?a=1").data != pages.get("/page?a=2").data


def test_whoever_has_the_page_is_told_so(pages: FlaskClient) -> None:
    etag = pages.get("/page").headers["ETag"]
    answer = pages.get("/page", headers={"If-None-Match": etag})
    assert (answer.status_code, answer.data) == (304, b"")


def test_the_page_comes_compressed_to_whoever_understands_it(pages: FlaskClient) -> None:
    plain = pages.get("/page").data
    answer = pages.get("/page", headers={"Accept-Encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(answer.data) == plain


def test_a_cookie_of_any_kind_gets_a_page_of_its_own(pages: FlaskClient) -> None:
    kept = pages.get("/page").data
    pages.set_cookie("talka", "somebody")
    answer = pages.get("/page")
    assert answer.data != kept
    assert "public" not in answer.headers.get("Cache-Control", "")


def test_a_page_that_sets_a_cookie_is_never_kept(pages: FlaskClient) -> None:
    first = pages.get("/form")
    pages.delete_cookie("session")
    assert pages.get("/form").data != first.data


def test_after_thirty_seconds_it_is_drawn_anew(pages: FlaskClient) -> None:
    first = pages.get("/page").data
    clock.set_offset(timedelta(seconds=29))
    assert pages.get("/page").data == first
    clock.set_offset(timedelta(seconds=31))
    assert pages.get("/page").data != first


def test_after_a_post_it_is_drawn_anew_within_a_second(pages: FlaskClient) -> None:
    first = pages.get("/page").data
    pages.post("/post")
    clock.set_offset(timedelta(seconds=1))
    assert pages.get("/page").data != first


def test_when_time_goes_back_it_is_drawn_anew(pages: FlaskClient) -> None:
    clock.set_offset(timedelta(days=2))
    first = pages.get("/page").data
    clock.set_offset(timedelta())
    assert pages.get("/page").data != first


def test_head_is_answered_without_a_body(pages: FlaskClient) -> None:
    pages.get("/page")
    answer = pages.head("/page")
    assert (answer.status_code, answer.data) == (200, b"")


def test_what_counts_itself_is_counted_from_the_kept_page_too(pages: FlaskClient) -> None:
    before = next(shown)
    for _ in range(3):
        pages.get("/counted")
    assert next(shown) - before == 4


def test_it_holds_no_more_than_it_may(pages: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(caching, "MOST_BYTES", 1000)
    for number in range(200):
        pages.get(f"/page?a={number}")
    assert pages.application.extensions["pages"].size <= 1000


def test_tests_keep_nothing_unless_they_ask(app: Flask) -> None:
    assert app.extensions["pages"].fresh_for == timedelta()
