"""The moderator's desk as a moderator uses it, and as nobody else can."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select

from app.accounts.models import Account
from app.campaigns.models import Campaign
from app.campaigns.stages import Stage
from app.foundation import clock
from app.foundation.db import db
from app.moderation.actions import appeal, claim
from app.moderation.models import Appeal, Decision, DecisionAct, SavedPhrase
from app.proposals.models import Proposal, State
from tests.make import moderation as make
from tests.make.accounts import account, administrator
from tests.make.browsing import post, signed_in_client
from tests.make.campaigns import campaign, moderator, organiser, theme
from tests.make.proposals import proposal


@pytest.fixture
def here(app: Flask) -> Campaign:
    return campaign(Stage.SORTING, slug="sorting")


@pytest.fixture
def anna(here: Campaign) -> Account:
    return moderator(here, "Anna")


@pytest.fixture
def desk(app: Flask, anna: Account) -> FlaskClient:
    return signed_in_client(app, anna)


def page(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return answer.get_data(as_text=True)


def state_of(proposal_id: int) -> State:
    db.session.expire_all()
    return db.session.get_one(Proposal, proposal_id).state


def text_of(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def heads_of(html: str) -> list[str]:
    """What the queue shows, row by row."""
    return re.findall(r'<th scope="row"[^>]*><a[^>]*>([^<]+)', html)


# ── The queue ────────────────────────────────────────────────────────────────────────────────


def test_the_oldest_promise_comes_first_whatever_it_is(
    here: Campaign, anna: Account, desk: FlaskClient
) -> None:
    author = account()
    shown = proposal(here, title="Paziņots priekšlikums", author=author)
    hidden = proposal(here, title="Apstrīdēts priekšlikums", author=author)
    appeal(make.decision(hidden, by=anna), text="Nav taisnība, lūdzu pārskatīt.", by=author)
    make.report(shown)
    proposal(here, state=State.SUBMITTED, title="Jaunākais priekšlikums")
    old = proposal(here, state=State.SUBMITTED, title="Vecākais priekšlikums")
    old.submitted_at = clock.now() - timedelta(days=9)
    html = page(desk, "/en/moderating/sorting/")
    assert "4 things wait for you" in html
    assert heads_of(html) == [
        "Vecākais priekšlikums",
        "Decision No. 1",
        "Paziņots priekšlikums",
        "Jaunākais priekšlikums",
    ]
    assert "late" in html


def test_filters_show_what_they_say(here: Campaign, anna: Account, desk: FlaskClient) -> None:
    data = theme(here)
    proposal(here, state=State.SUBMITTED, title="Ar tēmu dati", theme_id=data.id)
    mine = proposal(here, state=State.SUBMITTED, title="Ko es ņemu")
    proposal(here, state=State.RETURNED, title="Atgrieztais te")
    claim(f"proposal:{mine.id}", here, by=anna)
    db.session.commit()

    def heads(query: str) -> list[str]:
        return heads_of(page(desk, f"/en/moderating/sorting/?{query}"))

    assert heads(f"theme={data.id}") == ["Ar tēmu dati"]
    assert heads("mine=1") == ["Ko es ņemu"]
    assert heads("show=returned") == ["Atgrieztais te"]
    assert heads("words=temu") == ["Ar tēmu dati"]
    assert heads(f"words={mine.reference}") == ["Ko es ņemu"]
    assert len(heads("show=nonsense&theme=x&page=-1")) == 2


def test_a_desk_costs_the_same_number_of_queries_whatever_lies_on_it(
    here: Campaign, anna: Account, desk: FlaskClient
) -> None:
    def fill(number: int) -> None:
        for _each in range(number):
            author = account()
            proposal(here, state=State.SUBMITTED, author=author)
            make.report(make.comment(proposal(here, author=author)))
            hidden = proposal(here, author=author)
            appeal(make.decision(hidden, by=anna), text="Nav taisnība, skatīt.", by=author)

    def count() -> int:
        statements: list[str] = []

        def note(connection: object, cursor: object, statement: str, *rest: object) -> None:
            statements.append(statement)

        event.listen(db.engine, "before_cursor_execute", note)
        page(desk, "/en/moderating/sorting/")
        event.remove(db.engine, "before_cursor_execute", note)
        return len(statements)

    fill(2)
    few = count()
    fill(9)
    assert count() == few
    assert few <= 30


# ── Acts ─────────────────────────────────────────────────────────────────────────────────────


def test_publishing_goes_on_to_the_next_and_can_be_undone(
    here: Campaign, desk: FlaskClient
) -> None:
    first = proposal(here, state=State.SUBMITTED, title="Pirmais gaida")
    proposal(here, state=State.SUBMITTED, title="Otrais gaida")
    html = page(desk, "/en/moderating/sorting/")
    address = re.search(r'action="(/en/moderating/sorting/proposal/\d+\?next=[^"]+)"', html)
    assert address
    answer = post(desk, address[1].replace("&amp;", "&"), {"act": "publish"}, follow=True)
    html = answer.get_data(as_text=True)
    assert state_of(first.id) is State.PUBLISHED
    assert "Otrais gaida</h2>" in html
    assert "Published: " in html
    undo = re.search(r'action="(/en/moderating/sorting/undo/publication/\d+)"', html)
    assert undo
    for _twice in range(2):
        assert post(desk, undo[1]).status_code == 303
    assert state_of(first.id) is State.SUBMITTED


def test_what_is_taken_back_keeps_its_place(here: Campaign, desk: FlaskClient) -> None:
    first = proposal(here, state=State.SUBMITTED, title="Pirmais gaida")
    proposal(here, state=State.SUBMITTED, title="Otrais gaida")
    address = f"/en/moderating/sorting/proposal/{first.id}"
    post(desk, address, {"act": "publish"})
    post(desk, f"/en/moderating/sorting/undo/publication/{first.id}")
    html = page(desk, "/en/moderating/sorting/")
    assert heads_of(html) == ["Pirmais gaida", "Otrais gaida"]


def test_every_act_has_its_key_beside_it(here: Campaign, desk: FlaskClient) -> None:
    proposal(here, state=State.SUBMITTED)
    html = page(desk, "/en/moderating/sorting/")
    assert "data-keys" in html
    for key in "PMRHC":
        assert f'aria-keyshortcuts="{key}"' in html
        assert f"<kbd>{key}</kbd>" in html


def test_a_reason_is_asked_for_and_what_was_typed_stays(here: Campaign, desk: FlaskClient) -> None:
    waiting = proposal(here, state=State.SUBMITTED)
    address = f"/en/moderating/sorting/proposal/{waiting.id}"
    answer = post(desk, address, {"act": "return", "rule": "unclear", "facts": "Nav … skaidrs."})
    html = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "Replace each" in html
    assert "Nav … skaidrs." in html
    assert post(desk, address, {"act": "return", "facts": "Nav skaidrs."}).status_code == 422
    assert post(desk, address, {"act": "explode"}).status_code == 422
    assert state_of(waiting.id) is State.SUBMITTED


def test_a_saved_phrase_is_put_below_what_is_typed(
    here: Campaign, anna: Account, desk: FlaskClient
) -> None:
    waiting = proposal(here, state=State.SUBMITTED)
    saved = make.phrase(here, by=anna)
    address = f"/en/moderating/sorting/proposal/{waiting.id}"
    typed = {"phrase": saved.id, "rule": "unclear", "facts": "Mans sākums."}
    html = post(desk, address, typed).get_data(as_text=True)
    assert re.search(r"Mans sākums\.\s+Tekstā ir … personas dati\.", html)
    assert '<option selected value="unclear">' in html
    assert state_of(waiting.id) is State.SUBMITTED


def test_two_tabs_the_second_says_who_decided(
    app: Flask, here: Campaign, anna: Account, desk: FlaskClient
) -> None:
    other = signed_in_client(app, moderator(here, "Boriss"))
    waiting = proposal(here, state=State.SUBMITTED)
    address = f"/en/moderating/sorting/proposal/{waiting.id}"
    assert post(desk, address, {"act": "publish"}).status_code == 303
    assert post(desk, address, {"act": "publish"}).status_code == 303
    answer = post(other, address, {"act": "return", "rule": "unclear", "facts": "Neskaidrs."})
    assert answer.status_code == 409
    assert "Anna decided this" in text_of(answer.get_data(as_text=True))
    assert state_of(waiting.id) is State.PUBLISHED


def test_what_another_works_on_shows_no_buttons(
    app: Flask, here: Campaign, anna: Account, desk: FlaskClient
) -> None:
    waiting = proposal(here, state=State.SUBMITTED)
    address = f"/en/moderating/sorting/proposal/{waiting.id}"
    assert post(desk, f"{address}/claim").status_code == 303
    assert "Yours until" in page(desk, address)
    other = signed_in_client(app, moderator(here, "Boriss"))
    html = page(other, address)
    assert "Anna is working on this." in html
    assert 'value="publish"' not in html
    assert post(other, f"{address}/claim").status_code == 409
    assert post(desk, f"{address}/release").status_code == 303
    assert 'value="publish"' in page(other, address)


def test_a_reported_comment_is_kept_or_hidden_once(here: Campaign, desk: FlaskClient) -> None:
    said = make.comment(proposal(here), "Slikts komentārs ar <b>zīmēm</b>")
    make.report(said)
    make.report(said, text="Arī man nepatīk.")
    html = page(desk, "/en/moderating/sorting/?show=reported")
    assert "2 reports" in html
    assert "&lt;b&gt;" in html
    address = f"/en/moderating/sorting/comment/{said.id}"
    decided = {"act": "keep", "rule": "insult", "facts": "Rupjš vārds tur nav."}
    assert post(desk, address, decided).status_code == 303
    [kept] = db.session.scalars(select(Decision)).all()
    assert (kept.act, kept.concerns_id) == (DecisionAct.KEEP, None)
    assert "Nothing here" in page(desk, "/en/moderating/sorting/?show=reported")


def test_an_appeal_is_decided_by_another(app: Flask, here: Campaign, anna: Account) -> None:
    author = account("Autore")
    hidden = proposal(here, author=author)
    made = make.decision(hidden, by=anna)
    appeal(made, text="Tas ir mans pašas vārds.", by=author)
    db.session.commit()
    address = f"/en/moderating/sorting/decision/{made.id}"
    own = signed_in_client(app, anna)
    html = page(own, address)
    assert "another moderator decides the appeal" in html
    assert 'value="appeal"' not in html
    decided = {"act": "appeal", "outcome": "upheld", "reasons": "Vārds ir autores pašas."}
    assert post(own, address, decided).status_code == 403
    other = signed_in_client(app, moderator(here, "Boriss"))
    assert "Tas ir mans pašas vārds." in page(other, address)
    assert post(other, address, {"act": "appeal", "reasons": "Jā."}).status_code == 422
    assert post(other, address, decided).status_code == 303
    assert state_of(hidden.id) is State.PUBLISHED
    assert db.session.scalars(select(Appeal.outcome)).all() == ["upheld"]


def test_merging_from_the_desk(here: Campaign, desk: FlaskClient) -> None:
    same = "Publicēt pamatotu atbildi katram priekšlikumam portālā"
    target = proposal(here, title=same)
    source = proposal(here, title=same, state=State.SUBMITTED)
    assert "Merge into this one" in page(desk, f"/en/moderating/sorting/proposal/{source.id}")
    address = f"/en/moderating/sorting/proposal/{source.id}/merge"
    assert f"into={target.id}" in page(desk, address)
    assert f"into={target.id}" in page(desk, f"{address}?words=pamatotu")
    html = page(desk, f"{address}?into={target.id}")
    assert target.situation in html
    text = {
        "title": "Publicēt pamatotu atbildi katram",
        "situation": target.situation,
        "solution": target.solution,
    }
    assert post(desk, f"{address}?into={target.id}", text).status_code == 422
    reason = {"reason": "Abi prasa vienu un to pašu."}
    for _twice in range(2):
        assert post(desk, f"{address}?into={target.id}", text | reason).status_code == 303
    assert state_of(source.id) is State.MERGED
    html = page(desk, "/en/moderating/sorting/")
    undo = re.search(r'action="(/en/moderating/sorting/undo/merge/\d+)"', html)
    assert undo
    assert post(desk, undo[1]).status_code == 303
    assert state_of(source.id) is State.SUBMITTED


def test_a_passage_is_withheld_from_the_desk(here: Campaign, desk: FlaskClient) -> None:
    shown = proposal(here)
    address = f"/en/moderating/sorting/proposal/{shown.id}/withhold"
    assert shown.solution in page(desk, address)
    text = {"title": shown.title, "situation": shown.situation, "solution": shown.solution}
    reason = {"rule": "personal", "facts": "Tekstā bija privātpersonas vārds."}
    assert post(desk, address, text | reason).status_code == 409
    text["solution"] = "Publicēt pamatotas atbildes, nevienu nenosaucot."
    assert post(desk, address, text | reason).status_code == 303
    assert "A passage withheld" in page(desk, "/en/campaigns/sorting/decisions/")
    assert page(desk, f"{address}?revision=1")
    assert desk.get(f"{address}?revision=99").status_code == 404


def test_suspending_and_lifting(here: Campaign, desk: FlaskClient) -> None:
    rude = proposal(here).author
    address = f"/en/moderating/sorting/people/{rude.id}"
    assert "proposals 1, comments 0" in page(desk, address)
    reason = {"rule": "insult", "facts": "Draud citiem."}
    assert post(desk, address, reason | {"act": "suspend"}).status_code == 303
    assert "Lift the suspension" in page(desk, address)
    assert post(desk, address, reason | {"act": "lift", "facts": "Atvainojās."}).status_code == 303
    assert "Suspend the account" in page(desk, address)
    assert desk.get(f"/en/moderating/sorting/people/{account().id}").status_code == 404


def test_phrases_are_saved_changed_and_removed(here: Campaign, desk: FlaskClient) -> None:
    address = "/en/moderating/sorting/phrases/"
    without = {"name": "Dati", "text": "Nav vietas konkrētajam.", "language": "lv"}
    assert "the specific must be said" in post(desk, address, without).get_data(as_text=True)
    assert post(desk, address, without | {"text": "Tekstā ir ... dati."}).status_code == 303
    [number] = db.session.scalars(select(SavedPhrase.id)).all()
    assert "Tekstā ir … dati." in page(desk, f"{address}{number}")
    changed = without | {"text": "Tas: …"}
    assert post(desk, f"{address}{number}", changed).status_code == 303
    for _twice in range(2):
        assert post(desk, f"{address}{number}/remove").status_code == 303
    assert db.session.scalars(select(SavedPhrase)).all() == []


# ── Who may ──────────────────────────────────────────────────────────────────────────────────


def test_nobody_else_sees_or_does_anything_at_the_desk(app: Flask, here: Campaign) -> None:
    waiting = proposal(here, state=State.SUBMITTED)
    comes_from = moderator(campaign(Stage.SORTING))
    base = "/en/moderating/sorting/"
    pages = [
        base,
        f"{base}proposal/{waiting.id}",
        f"{base}proposal/{waiting.id}/merge",
        f"{base}proposal/{waiting.id}/withhold",
        f"{base}people/{waiting.author_id}",
        f"{base}phrases/",
    ]
    acts = [
        f"{base}proposal/{waiting.id}",
        f"{base}proposal/{waiting.id}/claim",
        f"{base}proposal/{waiting.id}/release",
        f"{base}proposal/{waiting.id}/merge?into=1",
        f"{base}undo/publication/{waiting.id}",
        f"{base}people/{waiting.author_id}",
        f"{base}phrases/",
    ]
    for stranger in (account(), comes_from, waiting.author, administrator()):
        client = signed_in_client(app, stranger)
        for address in pages:
            assert client.get(address).status_code == 403, address
        for address in acts:
            assert post(client, address, {"act": "publish"}).status_code == 403, address
    assert state_of(waiting.id) is State.SUBMITTED
    visitor = app.test_client()
    assert all(visitor.get(address).status_code == 303 for address in pages)


def test_an_organiser_looks_but_does_not_decide(app: Flask, here: Campaign) -> None:
    waiting = proposal(here, state=State.SUBMITTED)
    client = signed_in_client(app, organiser(here))
    html = page(client, f"/en/moderating/sorting/proposal/{waiting.id}")
    assert "Only the moderators of this campaign can do this." in html
    assert 'value="publish"' not in html
    answer = post(client, f"/en/moderating/sorting/proposal/{waiting.id}", {"act": "publish"})
    assert answer.status_code == 403


def test_a_desk_reaches_nothing_of_another_campaign(
    app: Flask, here: Campaign, anna: Account, desk: FlaskClient
) -> None:
    elsewhere = campaign(Stage.SORTING)
    foreign = proposal(elsewhere, state=State.SUBMITTED)
    made = make.decision(proposal(elsewhere), by=moderator(elsewhere))
    base = "/en/moderating/sorting/"
    assert desk.get(f"{base}proposal/{foreign.id}").status_code == 404
    assert desk.get(f"{base}decision/{made.id}").status_code == 404
    assert post(desk, f"{base}proposal/{foreign.id}", {"act": "publish"}).status_code == 404
    assert post(desk, f"{base}undo/decision/{made.id}").status_code == 404
    assert post(desk, f"{base}proposal/{foreign.id}/claim").status_code == 404
    draft = proposal(here, state=State.DRAFT)
    assert desk.get(f"{base}proposal/{draft.id}").status_code == 404


def test_the_list_of_desks(app: Flask, here: Campaign, anna: Account, desk: FlaskClient) -> None:
    assert desk.get("/en/moderating/").status_code == 303
    second = campaign(Stage.SUBMISSION)
    make.appoint(anna, second)
    proposal(second, state=State.SUBMITTED)
    assert "1 thing waits" in page(desk, "/en/moderating/")
    stranger = signed_in_client(app, account())
    assert "No desk yet" in page(stranger, "/en/moderating/")


# ── What nobody means ────────────────────────────────────────────────────────────────────────


def test_a_number_that_no_row_can_have_is_no_page(desk: FlaskClient) -> None:
    huge = "9" * 30
    for address in (
        f"/en/decisions/{huge}",
        f"/en/report/comment/{huge}",
        f"/en/moderating/sorting/proposal/{huge}",
        f"/en/moderating/sorting/people/{2**31}",
    ):
        assert desk.get(address).status_code == 404


def test_nonsense_in_an_address_shows_the_desk(here: Campaign, desk: FlaskClient) -> None:
    one = proposal(here, state=State.SUBMITTED)
    huge = "9" * 30
    for query in (f"page={huge}", f"theme={huge}", "words=%25_", "words=" + "a" * 3000, "mine=x"):
        page(desk, f"/en/moderating/sorting/?{query}")
    page(desk, f"/en/moderating/sorting/proposal/{one.id}/merge?into={huge}&words=%F0%9F%98%80")
    page(desk, f"/en/moderating/sorting/proposal/{one.id}/withhold?revision={huge}")


def test_what_people_write_is_never_markup_on_the_desk(here: Campaign, desk: FlaskClient) -> None:
    nasty = '"><svg onload=alert(1)>'
    author = account(nasty)
    one = proposal(here, state=State.SUBMITTED, title=nasty, situation=nasty, author=author)
    address = f"/en/moderating/sorting/proposal/{one.id}"
    answer = post(desk, address, {"act": "hide", "rule": nasty, "facts": nasty})
    html = answer.get_data(as_text=True) + page(desk, "/en/moderating/sorting/")
    assert "<svg onload" not in html
    fields = {"act": "hide", "rule": "insult", "facts": nasty}
    html = post(desk, address, fields, follow=True).get_data(as_text=True)
    html += page(desk, "/en/decisions/1") + page(desk, "/en/campaigns/sorting/decisions/")
    assert "<svg onload" not in html
