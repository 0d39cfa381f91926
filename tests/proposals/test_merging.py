"""Several proposals that say the same become one, and can come apart again."""

import pytest
from flask import Flask

from app.accounts.models import Account
from app.campaigns.models import Campaign
from app.campaigns.stages import Stage
from app.foundation import clock
from app.foundation.db import db
from app.foundation.refusals import Conflict, Invalid, NotAllowed
from app.proposals import actions, queries
from app.proposals.models import CoAuthorState, Proposal, RevisionKind, State
from app.proposals.roles import AUTHOR, WRITER
from tests.make import accounts, campaigns
from tests.make import proposals as make

REASON = "Visi lūdz vienu un to pašu."


@pytest.fixture
def campaign(app: Flask) -> Campaign:
    return campaigns.campaign(Stage.SORTING)


@pytest.fixture
def moderator(campaign: Campaign) -> Account:
    return campaigns.moderator(campaign)


def named(proposal: Proposal) -> dict[int, CoAuthorState]:
    return {one.account_id: one.state for one in queries.co_authors_of(proposal)}


def test_the_target_gets_a_revision_the_sources_a_reason_and_their_authors_credit(
    campaign: Campaign, moderator: Account
) -> None:
    target = make.proposal(campaign, values=["accountability"])
    one = make.proposal(campaign, values=["transparency"])
    two = make.proposal(campaign, state=State.SUBMITTED)
    merges = actions.merge_proposals(
        [one, two], into=target, reason=REASON, title="Viena atbilde visiem trim", by=moderator
    )
    assert len(merges) == 2
    assert target.title == "Viena atbilde visiem trim"
    assert target.values == ["transparency", "accountability"]
    assert [revision.kind for revision in queries.revisions_of(target)] == [
        RevisionKind.MERGE,
        RevisionKind.AUTHOR,
    ]
    for source in (one, two):
        assert (source.state, source.state_reason) == (State.MERGED, REASON)
        assert source.merged_into is target
        assert AUTHOR.held_by(source.author, target)
        assert not WRITER.held_by(source.author, target)
    assert set(named(target).values()) == {CoAuthorState.ACCEPTED}


def test_undoing_brings_back_states_text_and_takes_the_credit(
    campaign: Campaign, moderator: Account
) -> None:
    target = make.proposal(campaign)
    before = target.title
    one = make.proposal(campaign)
    two = make.proposal(campaign, state=State.SUBMITTED)
    first, second = actions.merge_proposals(
        [one, two], into=target, reason=REASON, title="Viena atbilde visiem trim", by=moderator
    )
    actions.undo_merge(first, reason="Autors iebilda.", by=moderator)
    assert first.source.state is State.PUBLISHED
    assert target.title == "Viena atbilde visiem trim"
    actions.undo_merge(second, reason="Autors iebilda.", by=moderator)
    assert second.source.state is State.SUBMITTED
    assert target.title == before
    assert target.current_revision == 4
    assert named(target) == {}
    with pytest.raises(Conflict):
        actions.undo_merge(second, reason="Vēlreiz.", by=moderator)


def test_what_people_wrote_after_the_merge_stays_when_it_is_undone(
    campaign: Campaign, moderator: Account
) -> None:
    target, source = make.proposal(campaign), make.proposal(campaign)
    [merge] = actions.merge_proposals([source], into=target, reason=REASON, by=moderator)
    actions.revise_proposal(
        target,
        title="Autores pašas jaunais nosaukums",
        situation=target.situation,
        solution=target.solution,
        values=target.values,
        note="",
        by=target.author,
    )
    actions.undo_merge(merge, reason="Autors iebilda.", by=moderator)
    assert target.title == "Autores pašas jaunais nosaukums"


def test_chains_circles_and_strangers_are_refused(campaign: Campaign, moderator: Account) -> None:
    a, b, c = (make.proposal(campaign) for _ in range(3))
    actions.merge_proposals([a], into=b, reason=REASON, by=moderator)
    with pytest.raises(Conflict):
        actions.merge_proposals([b], into=c, reason=REASON, by=moderator)
    with pytest.raises(Conflict):
        actions.merge_proposals([c], into=a, reason=REASON, by=moderator)
    with pytest.raises(Conflict):
        actions.merge_proposals([a], into=c, reason=REASON, by=moderator)
    with pytest.raises(Invalid):
        actions.merge_proposals([c], into=c, reason=REASON, by=moderator)
    with pytest.raises(Invalid):
        actions.merge_proposals([], into=c, reason=REASON, by=moderator)
    with pytest.raises(Invalid):
        actions.merge_proposals([c], into=b, reason=" ", by=moderator)
    elsewhere = make.proposal(campaigns.campaign(Stage.SORTING))
    with pytest.raises(NotAllowed):
        actions.merge_proposals([elsewhere], into=b, reason=REASON, by=moderator)
    waiting = make.proposal(campaign, state=State.SUBMITTED)
    with pytest.raises(Conflict):
        actions.merge_proposals([c], into=waiting, reason=REASON, by=moderator)
    assert c.state is State.PUBLISHED


def test_who_wrote_two_sources_stays_named_until_both_are_out(
    campaign: Campaign, moderator: Account
) -> None:
    author = accounts.account()
    target = make.proposal(campaign)
    one, two = make.proposal(campaign, author=author), make.proposal(campaign, author=author)
    first, second = actions.merge_proposals([one, two], into=target, reason=REASON, by=moderator)
    actions.undo_merge(first, reason="Autors iebilda.", by=moderator)
    assert named(target) == {author.id: CoAuthorState.ACCEPTED}
    actions.undo_merge(second, reason="Autors iebilda.", by=moderator)
    assert named(target) == {}


def test_whoever_is_credited_may_decline_for_good(campaign: Campaign, moderator: Account) -> None:
    target, source = make.proposal(campaign), make.proposal(campaign)
    actions.merge_proposals([source], into=target, reason=REASON, by=moderator)
    actions.decline_co_authorship(target, by=source.author)
    assert named(target) == {source.author_id: CoAuthorState.DECLINED}
    assert not AUTHOR.held_by(source.author, target)
    assert source.author_id not in {row[0] for row in _holders(target)}


def _holders(proposal: Proposal) -> list[tuple[int]]:
    return [(row[0],) for row in db.session.execute(AUTHOR.holders(proposal))]


def test_roles_read_the_same_from_both_ends(campaign: Campaign, moderator: Account) -> None:
    target, source = make.proposal(campaign), make.proposal(campaign)
    actions.merge_proposals([source], into=target, reason=REASON, by=moderator)
    people = [target.author, source.author, moderator, accounts.account()]
    held = {person.id for person in people if AUTHOR.held_by(person, target)}
    assert held == {row[0] for row in _holders(target)} == {target.author_id, source.author_id}


def test_what_holds_others_ideas_is_not_its_authors_alone_to_withdraw(
    campaign: Campaign, moderator: Account
) -> None:
    target, source = make.proposal(campaign), make.proposal(campaign)
    actions.merge_proposals([source], into=target, reason=REASON, by=moderator)
    with pytest.raises(Conflict):
        actions.withdraw_proposal(target, reason="Pārdomāju.", by=target.author)


def test_nothing_is_merged_or_taken_apart_once_voting_is_open(
    campaign: Campaign, moderator: Account
) -> None:
    target, source, other = (make.proposal(campaign) for _ in range(3))
    [merge] = actions.merge_proposals([source], into=target, reason=REASON, by=moderator)
    clock.set_offset(campaign.voting_opens_at - clock.now())
    with pytest.raises(NotAllowed):
        actions.undo_merge(merge, reason="Par vēlu.", by=moderator)
    with pytest.raises(NotAllowed):
        actions.merge_proposals([other], into=target, reason=REASON, by=moderator)


def test_a_merged_proposal_that_was_hidden_and_restored_can_still_come_out(
    campaign: Campaign, moderator: Account
) -> None:
    target, source = make.proposal(campaign), make.proposal(campaign)
    [merge] = actions.merge_proposals([source], into=target, reason=REASON, by=moderator)
    actions.hide_proposal(source, reason="Personas dati.", by=moderator)
    with pytest.raises(Conflict):
        actions.undo_merge(merge, reason="Autors iebilda.", by=moderator)
    actions.restore_proposal(source, reason="Nebija personas dati.", by=moderator)
    assert (source.state, source.state_reason) == (State.MERGED, REASON)
    actions.undo_merge(merge, reason="Autors iebilda.", by=moderator)
    assert source.state is State.PUBLISHED
