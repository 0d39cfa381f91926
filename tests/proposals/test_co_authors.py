"""Being named beside an author: asked, agreed, declined."""

import pytest
from flask import Flask

from app.foundation.refusals import Invalid, NotAllowed
from app.proposals import actions, queries
from app.proposals.models import CoAuthorState, State
from tests.make import accounts, campaigns
from tests.make import proposals as make

TEXT = {
    "title": "Atbilde uz katru priekšlikumu",
    "situation": "Cilvēki neuzzina, kas noticis ar viņu priekšlikumu.",
    "solution": "Katram priekšlikumam publicēt pamatotu atbildi.",
}


def test_somebody_is_asked_by_address_and_may_write_once_they_agree(app: Flask) -> None:
    friend = accounts.account(email="Draugs@people.example")
    proposal = make.proposal(campaigns.campaign(), state=State.DRAFT)
    actions.invite_co_author(proposal, who=" DRAUGS@people.example ", by=proposal.author)
    with pytest.raises(NotAllowed):
        actions.save_draft(proposal, language="lv", theme=None, by=friend, **TEXT)
    actions.accept_co_authorship(proposal, by=friend)
    actions.accept_co_authorship(proposal, by=friend)
    actions.save_draft(proposal, language="lv", theme=None, by=friend, **TEXT)
    [named] = queries.co_authors_of(proposal)
    assert named.state is CoAuthorState.ACCEPTED


def test_an_unknown_address_is_taken_without_a_word(app: Flask) -> None:
    proposal = make.proposal(campaigns.campaign())
    actions.invite_co_author(proposal, who="nobody@people.example", by=proposal.author)
    assert queries.co_authors_of(proposal) == []


def test_a_name_must_be_somebodys_and_nobody_elses(app: Flask) -> None:
    proposal = make.proposal(campaigns.campaign())
    with pytest.raises(Invalid):
        actions.invite_co_author(proposal, who="Nav Tāda", by=proposal.author)
    accounts.account("Anna")
    actions.invite_co_author(proposal, who="Anna", by=proposal.author)
    accounts.account("Anna")
    with pytest.raises(Invalid):
        actions.invite_co_author(proposal, who="Anna", by=proposal.author)
    assert len(queries.co_authors_of(proposal)) == 1


def test_who_declined_is_not_asked_again(app: Flask) -> None:
    friend = accounts.account()
    proposal = make.proposal(campaigns.campaign())
    actions.invite_co_author(proposal, who=friend, by=proposal.author)
    actions.decline_co_authorship(proposal, by=friend)
    actions.invite_co_author(proposal, who=friend, by=proposal.author)
    [named] = queries.co_authors_of(proposal)
    assert named.state is CoAuthorState.DECLINED


def test_only_the_author_invites_and_nobody_agrees_unasked(app: Flask) -> None:
    proposal, stranger = make.proposal(campaigns.campaign()), accounts.account()
    with pytest.raises(NotAllowed):
        actions.invite_co_author(proposal, who=stranger, by=stranger)
    with pytest.raises(NotAllowed):
        actions.accept_co_authorship(proposal, by=stranger)
