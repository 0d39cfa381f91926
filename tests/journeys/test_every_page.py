"""Every page of the URL map, with the demonstration's content, as each kind of person sees it.

axe finds nothing against WCAG 2.2 AA, nothing scrolls sideways at 320 and 1280 px, in all three
languages; and so for each form when it is sent empty. A route of which no page was found fails:
either a link to it is missing, or it must be named below, with where it is looked at instead.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from tests import demonstration
from tests.demonstration import Demonstration, fetch

AXE = next(Path(axe_playwright_python.__file__).parent.rglob("axe.min.js")).read_text()
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDTHS = (320, 1280)
PEOPLE = ("visitor", "citizen", "moderator", "organiser", "chair", "member", "administrator")
FIRST = "lv"
OTHERS = ("lt", "en")
MOST_PAGES = 1500

ELSEWHERE = {
    "static": "files",
    "choose_language": "sends the reader on",
    "openapi.spec": "for programs",
    "health.live": "for programs",
    "health.ready": "for programs",
}
"""Routes of which no page of ours can be linked to, and why."""

FAULTLESS = """
async () => {
  const found = await axe.run(document, {runOnly: {type: 'tag', values: TAGS}});
  const where = v => v.nodes.slice(0, 3).map(n => n.target.join(' ')).join(' | ');
  return found.violations.map(v => v.id + ': ' + where(v));
}
""".replace("TAGS", str(TAGS))

SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"

FORMS = """
() => [...document.querySelectorAll('main form[method=post]')].map((form, n) =>
  form.querySelector('textarea, input[type=text], input[type=email], input:not([type])') ? n : -1
).filter(n => n >= 0)
"""

SEND_EMPTY = """
(n) => {
  const form = document.querySelectorAll('main form[method=post]')[n];
  form.noValidate = true;
  const typed = 'textarea, input[type=text], input[type=email]';
  for (const field of form.querySelectorAll(typed)) field.value = '';
  HTMLFormElement.prototype.submit.call(form);
}
"""


@dataclass
class Found:
    """Pages of one person: an address for each endpoint."""

    pages: dict[str, str] = field(default_factory=dict)
    others: set[str] = field(default_factory=set)
    """Endpoints that answered with something else than a page: files, JSON, a redirect."""


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demonstration]:
    with demonstration.running(tmp_path_factory.mktemp("demonstration")) as running:
        yield running


def _enter(browser: Browser, demo: Demonstration, person: str) -> BrowserContext:
    """A browser in which one is this kind of person."""
    context = browser.new_context()
    if person != "visitor":
        page = context.new_page()
        page.goto(f"{demo.url}/{FIRST}/demonstration/")
        page.locator(f"[data-part={person}] button").first.click()
        page.close()
    return context


def _cookie(context: BrowserContext) -> str:
    return "; ".join(f"{each['name']}={each['value']}" for each in context.cookies())


def _walk(application: Flask, demo: Demonstration, context: BrowserContext) -> Found:
    """Follow links, until every kind of page that this person can reach has been seen."""
    adapter = application.url_map.bind("127.0.0.1")
    found = Found()
    seen: set[str] = set()
    tried: dict[str, int] = {}
    waiting = [f"/{FIRST}/"]
    while waiting and len(seen) < MOST_PAGES:
        address = waiting.pop(0)
        endpoint = _endpoint(adapter, address)
        if endpoint is None or tried.get(endpoint, 0) >= 3:
            continue
        tried[endpoint] = tried.get(endpoint, 0) + 1
        answer = fetch(demo.url + address, _cookie(context))
        assert answer.status < 500, address
        if answer.status == 200 and answer.is_page:
            found.pages.setdefault(endpoint, address)
        elif answer.status < 400:
            found.others.add(endpoint)
        for link in answer.links:
            if link not in seen and not _is_elsewhere(link):
                seen.add(link)
                waiting.append(link)
    return found


def _is_elsewhere(link: str) -> bool:
    return any(link.startswith(f"/{code}/") for code in OTHERS)


def _endpoint(adapter: Any, address: str) -> str | None:
    try:
        endpoint, _values = adapter.match(address.split("?", maxsplit=1)[0], method="GET")
    except RequestRedirect as moved:
        return _endpoint(adapter, "/" + moved.new_url.split("/", 3)[3])
    except HTTPException:
        return None
    return str(endpoint)


def _faults(page: Page, address: str) -> list[str]:
    """What axe finds, and whether anything scrolls sideways, at each width."""
    found = []
    page.evaluate(AXE)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        found += [f"{address} at {width} px: {fault}" for fault in page.evaluate(FAULTLESS)]
        if (more := page.evaluate(SIDEWAYS)) > 0:
            found.append(f"{address} at {width} px: {more} px too wide")
    return found


def _in(language: str, address: str) -> str:
    return re.sub(r"^/[a-z]{2}/", f"/{language}/", address)


@pytest.fixture(scope="session")
def walked() -> dict[str, Found]:
    """What each kind of person has found, as the tests below go along."""
    return {}


@pytest.mark.parametrize("person", PEOPLE)
def test_every_page_can_be_used_by_everyone(
    application: Flask,
    demo: Demonstration,
    browser: Browser,
    walked: dict[str, Found],
    person: str,
) -> None:
    context = _enter(browser, demo, person)
    found = _walk(application, demo, context)
    known = {endpoint for other in walked.values() for endpoint in other.pages}
    walked[person] = found
    page = context.new_page()
    faults = []
    for endpoint, address in found.pages.items():
        # In other languages once, as the first kind of person who can see it.
        languages = (FIRST,) if endpoint in known else (FIRST, *OTHERS)
        for language in languages:
            here = _in(language, address)
            page.goto(demo.url + here)
            if page.locator("html").get_attribute("lang") != language:
                faults.append(f"{here}: the page says another language")
            faults += _faults(page, here)
    context.close()
    assert faults == []


@pytest.mark.parametrize("person", PEOPLE)
def test_every_form_that_is_sent_empty_can_be_used_by_everyone(
    demo: Demonstration, browser: Browser, walked: dict[str, Found], person: str
) -> None:
    context = _enter(browser, demo, person)
    page = context.new_page()
    faults, sent = [], 0
    for endpoint, address in walked[person].pages.items():
        if endpoint == "demonstration.controls":
            continue
        page.goto(demo.url + address)
        for number in page.evaluate(FORMS):
            page.goto(demo.url + address)
            with page.expect_navigation() as answered:
                page.evaluate(SEND_EMPTY, number)
            answer = answered.value
            assert answer is not None
            assert answer.status < 500, address
            if answer.status >= 400:
                sent += 1
                faults += _faults(page, f"{address} form {number}")
    context.close()
    assert faults == []
    assert sent, "no form was refused: were any sent?"


def test_no_route_is_without_a_sample(application: Flask, walked: dict[str, Found]) -> None:
    reached = {e for found in walked.values() for e in (*found.pages, *found.others)}
    routes = {
        rule.endpoint
        for rule in application.url_map.iter_rules()
        if rule.methods and "GET" in rule.methods
    }
    assert sorted(routes - reached - set(ELSEWHERE)) == []
