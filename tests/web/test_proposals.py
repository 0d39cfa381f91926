"""The list, the page of a proposal, its comments and revisions, as a browser gets them."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from app.campaigns.stages import Stage
from app.comments.models import Position
from app.foundation.db import db
from app.proposals import actions
from app.proposals.models import State
from tests.make import accounts, campaigns
from tests.make import proposals as make
from tests.make.browsing import post, signed_in_client
from tests.make.comments import comment


@contextmanager
def counted() -> Iterator[list[str]]:
    """Every statement that the database is asked meanwhile."""
    asked: list[str] = []

    def note(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
        if statement.lstrip().upper().startswith(("SELECT", "INSERT", "UPDATE", "DELETE", "WITH")):
            asked.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def listed(page: str) -> list[str]:
    """The references of a list, in its order."""
    return re.findall(r'<h3[^>]*><a href="/../proposals/([^/]+)/"', page)


def test_the_list_shows_what_is_published_and_nothing_else(client: FlaskClient) -> None:
    campaign = campaigns.campaign()
    shown = make.proposal(campaign, title="Redzams visiem cilvēkiem")
    for state in (State.SUBMITTED, State.RETURNED, State.DRAFT, State.HIDDEN, State.WITHDRAWN):
        make.proposal(campaign, state=state, title="Nav redzams nevienam")
    page = client.get(f"/en/campaigns/{campaign.slug}/proposals/")
    assert listed(page.text) == [shown.reference]
    assert "Nav redzams" not in page.text
    every = client.get(f"/en/campaigns/{campaign.slug}/proposals/?state=all").text
    assert len(listed(every)) == 3
    assert "Nav redzams" not in every


def test_the_list_is_narrowed_by_theme_language_state_and_words(client: FlaskClient) -> None:
    campaign = campaigns.campaign()
    theme = campaigns.theme(campaign)
    a = make.proposal(campaign, title="Sabiedrības līdzdalība tiešsaistē", theme=theme)
    b = make.proposal(campaign, title="Viešieji pirkimai atvirai", language="lt")
    c = make.proposal(campaign, title="100 % atklāti_dati")
    address = f"/en/campaigns/{campaign.slug}/proposals/"

    def found(question: str) -> set[str | None]:
        return set(listed(client.get(f"{address}?{question}").text))

    assert found("theme=dati") == {a.reference}
    assert found("written_in=lt") == {b.reference}
    assert found("q=SABIEDRIBAS+lidzdaliba") == {a.reference}
    assert found("q=100+%25") == {c.reference}
    assert found("q=i_d") == {c.reference}
    assert found("q=%25") == {c.reference}
    assert found("state=merged") == set()
    assert found("theme=no-such&state=x&written_in=x&order=x&page=-1&from=x") == {
        a.reference,
        b.reference,
        c.reference,
    }
    assert "No proposal fits" in client.get(f"{address}?q=zzzz").text


def test_while_people_vote_a_visitor_is_sent_to_a_place_and_can_read_on(
    client: FlaskClient,
) -> None:
    campaign = campaigns.campaign(Stage.VOTING)
    all_of_them = {proposal.reference for proposal in make.proposals(campaign, 45)}
    sent = client.get(f"/en/campaigns/{campaign.slug}/proposals/")
    assert sent.status_code == 302
    assert "no-store" in sent.headers["Cache-Control"]
    assert re.search(r"from=\d+-\d+$", sent.location)
    pages = [listed(client.get(f"{sent.location}&page={n}").text) for n in (1, 2, 3)]
    assert [len(page) for page in pages] == [20, 20, 5]
    assert {reference for page in pages for reference in page} == all_of_them
    assert listed(client.get(sent.location).text) == pages[0]
    assert "no-store" not in client.get(sent.location).headers["Cache-Control"]


def test_over_all_places_every_proposal_is_on_page_one_equally_often(
    client: FlaskClient,
) -> None:
    campaign = campaigns.campaign(Stage.VOTING)
    make.proposals(campaign, 24)
    sent = client.get(f"/en/campaigns/{campaign.slug}/proposals/").location
    shares = Counter(
        reference
        for place in range(24)
        for reference in listed(client.get(re.sub(r"-\d+$", f"-{place}", sent)).text)
    )
    assert len(shares) == 24
    assert set(shares.values()) == {20}


def test_the_newest_and_the_most_commented_come_first_when_asked_for(
    client: FlaskClient,
) -> None:
    campaign = campaigns.campaign(Stage.VOTING)
    first, second = make.proposals(campaign, 2)
    comment(first)
    address = f"/en/campaigns/{campaign.slug}/proposals/"
    newest = listed(client.get(f"{address}?order=newest").text)
    assert newest == [second.reference, first.reference]
    commented = listed(client.get(f"{address}?order=commented").text)
    assert commented == [first.reference, second.reference]


@pytest.mark.parametrize("stage", [Stage.SUBMISSION, Stage.VOTING])
def test_the_list_costs_the_same_whatever_its_length(client: FlaskClient, stage: Stage) -> None:
    campaign = campaigns.campaign(stage)
    address = f"/en/campaigns/{campaign.slug}/proposals/"
    costs = []
    for more in (20, 180):
        make.proposals(campaign, more)
        sent = client.get(address)
        with counted() as asked:
            assert client.get(sent.location or address).status_code == 200
        costs.append(len(asked))
    assert costs[0] == costs[1] < 12


def test_the_page_costs_the_same_whatever_is_said(app: Flask, client: FlaskClient) -> None:
    campaign = campaigns.campaign()
    proposal = make.proposal(campaign)
    reader = signed_in_client(app, accounts.account())
    costs: dict[str, list[int]] = {"visitor": [], "reader": []}
    person = accounts.account()
    address = f"/en/proposals/{proposal.reference}/?comments=4"
    for more in (20, 180):
        parent = comment(proposal, author=person)
        for number in range(more - 1):
            comment(
                proposal,
                author=person,
                text=f"Nr. {number}",
                parent=parent if number % 3 == 0 else None,
                at_once=False,
            )
        db.session.commit()
        for who, browser in (("visitor", client), ("reader", reader)):
            with counted() as asked:
                assert browser.get(address).status_code == 200
            costs[who].append(len(asked))
    assert costs["visitor"][0] == costs["visitor"][1] < 10
    assert costs["reader"][0] == costs["reader"][1] < 16


def test_the_same_selection_comes_as_csv_and_json_without_formulas_or_hidden_words(
    client: FlaskClient,
) -> None:
    campaign = campaigns.campaign()
    make.proposal(campaign, title='=HYPERLINK("http://x") un "citi", vārdi')
    hidden = make.proposal(campaign, title="Slepens", state=State.HIDDEN, state_reason="Dati.")
    address = f"/en/campaigns/{campaign.slug}/proposals"
    sheet = client.get(f"{address}.csv?state=all")
    assert sheet.headers["Content-Type"].startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(sheet.text.lstrip("\ufeff"))))
    assert {row["title"] for row in rows} == {"", '\'=HYPERLINK("http://x") un "citi", vārdi'}
    assert "Slepens" not in sheet.text
    content = client.get(f"{address}.json?state=hidden").json
    assert content is not None
    [only] = content["proposals"]
    assert (only["reference"], only["title"], only["state_reason"]) == (
        hidden.reference,
        None,
        "Dati.",
    )


def test_the_page_shows_text_life_and_comments(client: FlaskClient) -> None:
    campaign = campaigns.campaign()
    proposal = make.proposal(campaign, title='Ar <b>zīmēm</b> & "pēdiņām"')
    said = comment(proposal, text="<script>alert(1)</script>", position=Position.AGAINST)
    comment(proposal, text="Jautājums jums", position=Position.QUESTION)
    page = client.get(f"/en/proposals/{proposal.reference}/")
    assert page.status_code == 200
    assert "&lt;b&gt;zīmēm&lt;/b&gt;" in page.text
    assert "<script>alert" not in page.text
    assert 'property="og:title"' in page.text
    assert "Set-Cookie" not in page.headers
    against = client.get(f"/en/proposals/{proposal.reference}/?position=against").text
    assert f"comment-{said.id}" in against and "Jautājums jums" not in against


def test_hidden_and_withdrawn_leave_a_stub_with_the_reason(app: Flask, client: FlaskClient) -> None:
    campaign = campaigns.campaign()
    moderator = campaigns.moderator(campaign)
    hidden, withdrawn = make.proposals(campaign, 2, title="Šos vārdus vairs neredz")
    said = comment(hidden)
    actions.hide_proposal(hidden, reason="5. noteikums: reklāma.", by=moderator)
    actions.withdraw_proposal(withdrawn, reason="Jau izdarīts.", by=withdrawn.author)
    for proposal, reason in ((hidden, "5. noteikums: reklāma."), (withdrawn, "Jau izdarīts.")):
        page = client.get(f"/en/proposals/{proposal.reference}/")
        assert page.status_code == 200
        assert reason in page.text
        assert "Šos vārdus" not in page.text
        assert client.get(f"/en/proposals/{proposal.reference}/revisions/").status_code == 404
    assert client.get(f"/en/proposals/{hidden.reference}/comments/{said.id}").status_code == 404
    own = signed_in_client(app, hidden.author).get(f"/en/proposals/{hidden.reference}/")
    assert "Šos vārdus" in own.text


def test_a_merged_one_says_where_it_went_and_the_target_what_came(client: FlaskClient) -> None:
    campaign = campaigns.campaign(Stage.SORTING)
    moderator = campaigns.moderator(campaign)
    source, target = make.proposal(campaign), make.proposal(campaign)
    actions.merge_proposals([source], into=target, reason="Viens un tas pats.", by=moderator)
    page = client.get(f"/en/proposals/{source.reference}/").text
    assert target.reference is not None and target.reference in page
    assert "Viens un tas pats." in page
    gathered = client.get(f"/en/proposals/{target.reference}/").text
    assert source.title in gathered
    assert source.author.display_name in gathered


def test_what_is_not_public_is_not_found(app: Flask, client: FlaskClient) -> None:
    campaign = campaigns.campaign()
    waiting = make.proposal(campaign, state=State.SUBMITTED)
    gone = make.proposal(campaign, state=State.WITHDRAWN, published_at=None)
    for reference in (waiting.reference, gone.reference, "T-9999", "x" * 300, "%00"):
        for path in ("", "revisions/", "comments/1"):
            assert client.get(f"/en/proposals/{reference}/{path}").status_code == 404
    own = signed_in_client(app, waiting.author)
    assert own.get(f"/en/proposals/{waiting.reference}/").status_code == 200


def test_the_short_address_leads_to_the_readers_language(client: FlaskClient) -> None:
    proposal = make.proposal(campaigns.campaign())
    sent = client.get(f"/p/{proposal.reference}", headers={"Accept-Language": "lt, en;q=0.5"})
    assert sent.location == f"/lt/proposals/{proposal.reference}/"
    assert client.get(f"/p/{(proposal.reference or '').lower()}").status_code == 302
    assert client.get("/p/NO-1").status_code == 404


def test_a_comment_is_written_replied_to_and_mended(app: Flask) -> None:
    proposal = make.proposal(campaigns.campaign())
    browser = signed_in_client(app, accounts.account("Mārtiņš"))
    page = f"/en/proposals/{proposal.reference}/"
    sent = post(
        browser, page + "comments", {"text": "Vai arī pašvaldībām?", "position": "question"}
    )
    assert sent.status_code == 303
    number = int(sent.location.rpartition("-")[2])
    assert "Your reply" in browser.get(f"{page}?reply={number}").text
    reply = post(browser, page + "comments", {"text": "Jā.", "parent": str(number)})
    assert reply.status_code == 303
    shown = browser.get(page).text
    assert "Vai arī pašvaldībām?" in shown and "Jā." in shown
    changed = post(
        browser,
        f"{page}comments/{number}",
        {"text": "Vai visām?", "position": "plain"},
        follow=True,
    )
    assert "Vai visām?" in changed.text


def test_a_comment_that_cannot_be_taken_comes_back_as_typed(app: Flask) -> None:
    proposal = make.proposal(campaigns.campaign())
    browser = signed_in_client(app, accounts.account())
    page = f"/en/proposals/{proposal.reference}/comments"
    refused = post(browser, page, {"text": "v" * 3001, "position": "for"})
    assert refused.status_code == 422
    assert "v" * 3001 in refused.text
    said = comment(proposal)
    lost = post(browser, page, {"text": "", "parent": str(said.id)})
    assert lost.status_code == 422 and "Write what you want to say" in lost.text
    assert post(browser, page, {"text": "Jā", "parent": "999999"}).status_code == 404
    visitor = post(app.test_client(), page, {"text": "Manis te nav"})
    assert visitor.status_code == 401 and "Manis te nav" in visitor.text


def test_long_threads_are_shown_fifty_at_a_time(client: FlaskClient) -> None:
    proposal = make.proposal(campaigns.campaign())
    person = accounts.account()
    for number in range(60):
        comment(proposal, author=person, text=f"Komentārs numur {number}.", at_once=False)
    page = client.get(f"/en/proposals/{proposal.reference}/").text
    assert page.count("Komentārs numur") == 50
    assert "Show 10 more" in page
    assert (
        client.get(f"/en/proposals/{proposal.reference}/?comments=2").text.count("Komentārs numur")
        == 60
    )
    for nonsense in ("0", "-1", "x", "9999999"):
        path = f"/en/proposals/{proposal.reference}/?comments={nonsense}&reply=x&position=y"
        assert client.get(path).status_code == 200


def test_revisions_are_told_word_by_word_and_withheld_ones_by_their_reason(
    client: FlaskClient,
) -> None:
    campaign = campaigns.campaign()
    moderator = campaigns.moderator(campaign)
    proposal = make.proposal(campaign, situation="Zvaniet Jānim uz 20000000, viņš visu zina.")
    actions.withhold_revision(
        proposal,
        1,
        reason="Personas dati.",
        situation="Zvaniet Jānim, viņš visu zina un pastāstīs.",
        by=moderator,
    )
    actions.revise_proposal(
        proposal,
        title=proposal.title + " no jauna",
        situation=proposal.situation,
        solution=proposal.solution,
        values=["transparency"],
        note="Skaidrāks nosaukums",
        by=proposal.author,
    )
    page = client.get(f"/en/proposals/{proposal.reference}/revisions/")
    assert "20000000" not in page.text
    assert "Personas dati." in page.text
    assert re.search(r"<ins>.*no jauna</ins>", page.text)
    assert "Skaidrāks nosaukums" in page.text


def test_following_is_one_press_and_twice_is_once(app: Flask) -> None:
    proposal = make.proposal(campaigns.campaign())
    browser = signed_in_client(app, accounts.account())
    address = f"/en/proposals/{proposal.reference}/"
    assert "Follow this proposal" in browser.get(address).text
    post(browser, address + "follow")
    post(browser, address + "follow")
    assert "Stop following" in browser.get(address).text
    post(browser, address + "follow", {"stop": "1"})
    assert "Follow this proposal" in browser.get(address).text


def test_who_has_left_has_no_name_on_any_page(app: Flask, client: FlaskClient) -> None:
    author = accounts.account("Aizgājējs Jānis")
    proposal = make.proposal(campaigns.campaign(), author=author)
    comment(proposal, author=author)
    author.erased_at = proposal.created_at
    db.session.commit()
    for path in ("", "revisions/"):
        page = client.get(f"/en/proposals/{proposal.reference}/{path}").text
        assert "Aizgājējs" not in page
        assert "A person who has left" in page
    assert "Aizgājējs" not in client.get(f"/en/campaigns/{proposal.campaign.slug}/proposals/").text
