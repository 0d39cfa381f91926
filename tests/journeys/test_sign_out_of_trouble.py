"""What goes wrong in browsers: nothing typed is lost, nothing is done twice, no page breaks."""

import subprocess
import sys

import pytest

from tests.journeys import steps
from tests.journeys.furnish import (
    CANDIDATE,
    CITIZEN,
    MODERATOR,
    SUBMISSION,
    SUBMITTED,
    VOTING,
)
from tests.journeys.steps import House, Person

pytestmark = pytest.mark.journey

COMMENT = "Trīs teikumi, kurus negribas rakstīt vēlreiz. <b>Un</b> zīme & beigās 😀"


@pytest.fixture(autouse=True)
def furnished(house: House) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.journeys.furnish"],
        env=house.server.environment,
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr


@pytest.fixture
def zane(house: House) -> Person:
    person = house.newcomer(CITIZEN)
    steps.sign_in(person)
    return person


@pytest.fixture
def marta(house: House) -> Person:
    person = house.newcomer(MODERATOR)
    steps.sign_in(person)
    return person


def press(person: Person, holding: str, button: str = "button.is-main") -> int:
    """Send a form whatever comes of it; the status of the answer."""
    form = person.page.locator(f"main form:has({holding})").first
    with person.page.expect_navigation() as navigation:
        form.locator(button).first.click()
    answer = navigation.value
    assert answer is not None
    assert person.page.locator("html").get_attribute("lang") == "lv"
    return int(answer.status)


def test_an_expired_form_comes_back_as_it_was_typed(house: House) -> None:
    visitor = house.newcomer("Jānis Bērziņš")
    visitor.goes("sign-in")
    visitor.writes(email=visitor.email)
    visitor.context.clear_cookies()
    assert press(visitor, "[name=email]") == 422
    assert visitor.field("email").input_value() == visitor.email
    assert press(visitor, "[name=email]") == 200
    assert "/sign-in/code/" in visitor.path


def test_whoever_lost_the_session_while_writing_a_comment_keeps_the_text(zane: Person) -> None:
    zane.goes(f"proposals/{CANDIDATE}/")
    zane.picks("position", "against")
    zane.page.locator("#write-comment [name=text]").fill(COMMENT)
    zane.context.clear_cookies()
    assert press(zane, "[name=text]", "button[type=submit]") == 401
    assert zane.field("text").input_value() == COMMENT
    signs_in_in_another_tab(zane)
    if press(zane, "[name=text]") == 422:  # Its token was of the lost session: press once more.
        assert zane.field("text").input_value() == COMMENT
        assert press(zane, "[name=text]", "button[type=submit]") == 200
    assert zane.page.locator("li.comment", has_text=COMMENT).count() == 1


def test_whoever_lost_the_session_while_proposing_keeps_the_draft(zane: Person) -> None:
    zane.goes(f"campaigns/{SUBMISSION}/propose")
    zane.writes(title="Sēžu ieraksti visiem", situation=COMMENT, solution=COMMENT)
    zane.picks("values", "transparency")
    zane.picks("values", "accountability")
    zane.context.clear_cookies()
    assert press(zane, "[name=situation]", "button[name=save]") == 401
    assert zane.field("situation").input_value() == COMMENT
    signs_in_in_another_tab(zane)
    if press(zane, "[name=situation]") == 422:
        assert press(zane, "[name=situation]", "button[name=save]") == 200
    assert "/drafts/" in zane.path
    assert zane.field("situation").input_value() == COMMENT
    ticked = zane.page.locator("[name=values]:checked")
    assert [box.get_attribute("value") for box in ticked.all()] == [
        "transparency",
        "accountability",
    ]


def signs_in_in_another_tab(person: Person) -> None:
    first, person.page = person.page, person.context.new_page()
    steps.sign_in(person)
    person.page.close()
    person.page = first


def test_a_double_click_on_support_leaves_one(house: House, zane: Person) -> None:
    zane.goes(f"proposals/{CANDIDATE}/")
    box = zane.page.locator(f"#support-{CANDIDATE}")
    box.locator("[name=consent]").check()
    box.locator("button.is-main").dblclick(no_wait_after=True)
    zane.page.locator("main .code").first.wait_for()
    zane.page.wait_for_load_state()
    zane.goes(f"campaigns/{VOTING}/my-support")
    assert zane.page.locator("tr", has_text=CANDIDATE).count() == 1
    zane.goes(f"proposals/{CANDIDATE}/")
    assert box.locator(".code").count() == 1


def test_support_in_two_tabs_is_given_once_and_the_second_says_so(zane: Person) -> None:
    zane.goes(f"proposals/{CANDIDATE}/")
    other = zane.context.new_page()
    other.goto(zane.page.url)
    for page in (zane.page, other):
        page.locator(f"#support-{CANDIDATE} [name=consent]").check()
        page.locator(f"#support-{CANDIDATE} button.is-main").click()
        page.locator("main .code").first.wait_for()
    zane.goes(f"campaigns/{VOTING}/my-support")
    assert zane.page.locator("tr", has_text=CANDIDATE).count() == 1


def test_back_and_publish_again_is_harmless(marta: Person) -> None:
    steps.open_at_desk(marta, SUBMISSION, SUBMITTED)
    marta.leaves_by(marta.page.locator("#opened button[value=publish]").click)
    marta.page.go_back()
    button = marta.page.locator("#opened button[value=publish]")
    if button.count():
        with marta.page.expect_navigation() as navigation:
            button.click()
        assert navigation.value is not None
        assert navigation.value.status < 500
    marta.goes(f"proposals/{SUBMITTED}/")
    marta.follows_link(f"/{SUBMITTED}/trace")
    assert steps.knots(marta).count("published") == 1


@pytest.mark.parametrize("house", [False], ids=["without script"], indirect=True)
def test_nonsense_in_an_address_is_a_page_all_the_same(zane: Person, marta: Person) -> None:
    for number in ("-1", "0", "99999999999999999999", "1e9", "%00", "ļ"):
        for path in (
            f"campaigns/{SUBMISSION}/proposals/",
            f"campaigns/{VOTING}/proposals/",
            "campaigns/",
            "groups/",
            "plans/",
            "my/inbox/",
            f"search?q=sēžu&page={number}",
        ):
            answer = zane.page.goto(
                f"{zane.house.server.url}/lv/{path}{'&' if '?' in path else '?'}page={number}"
            )
            assert answer is not None
            assert answer.status in ({404} if number == "%00" else {200}), (path, number)
    answer = marta.page.goto(f"{marta.house.server.url}/lv/moderating/{SUBMISSION}/?page=-1")
    assert answer is not None
    assert answer.status == 200


@pytest.mark.parametrize("house", [False], ids=["without script"], indirect=True)
def test_json_on_the_address_of_a_form_is_refused_with_a_page(zane: Person) -> None:
    for path in (
        "sign-in",
        f"campaigns/{SUBMISSION}/propose",
        f"campaigns/{VOTING}/support",
        f"proposals/{CANDIDATE}/comments",
        f"proposals/{CANDIDATE}/follow",
        "my/notices",
    ):
        answer = zane.context.request.post(
            f"{zane.house.server.url}/lv/{path}",
            data={"title": ["x"], "proposal": {"a": 1}},
            headers={"Content-Type": "application/json"},
        )
        assert answer.status == 415, (path, answer.status)
        assert 'lang="lv"' in answer.text(), path
