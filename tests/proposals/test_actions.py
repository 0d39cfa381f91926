"""The life of one proposal: written, submitted, sorted, and what is refused on the way."""

import unicodedata
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from app.accounts.models import Account
from app.campaigns.models import Assurance, Campaign
from app.campaigns.stages import Stage
from app.foundation import clock
from app.foundation.actors import SYSTEM, VISITOR
from app.foundation.db import db
from app.foundation.events import EventRecord
from app.foundation.refusals import Conflict, Invalid, NotAllowed, TooOften
from app.proposals import actions, queries
from app.proposals.jobs import fix_moments_of_votable, publish_what_is_undecided
from app.proposals.models import Proposal, State
from tests.make import accounts, campaigns
from tests.make import proposals as make

SITUATION = "Cilvēki neuzzina, kas noticis ar viņu priekšlikumu."
SOLUTION = "Katram priekšlikumam publicēt pamatotu atbildi."


def draft(campaign: Campaign, author: Account, **changes: Any) -> Proposal:
    written: dict[str, Any] = {
        "language": "lv",
        "title": "Atbilde uz katru priekšlikumu",
        "situation": SITUATION,
        "solution": SOLUTION,
        "values": ["accountability"],
        **changes,
    }
    return actions.start_draft(campaign, by=author, **written)


def steps(proposal: Proposal) -> list[tuple[State | None, State, str | None]]:
    return [(step.was, step.became, step.reason) for step in queries.steps_of(proposal)]


def events() -> list[str]:
    db.session.flush()
    rows = db.session.query(EventRecord).order_by(EventRecord.id).all()
    return [row.name for row in rows]


def test_a_draft_is_submitted_with_a_reference_a_step_a_revision_and_an_event(app: Flask) -> None:
    campaign, author = campaigns.campaign(), accounts.account()
    proposal = draft(campaign, author)
    assert (proposal.reference, proposal.current_revision) == (None, 0)
    actions.submit_proposal(proposal, by=author)
    assert proposal.reference == f"{campaign.reference_prefix}-0001"
    assert steps(proposal) == [(State.DRAFT, State.SUBMITTED, None)]
    assert [revision.title for revision in queries.revisions_of(proposal)] == [proposal.title]
    assert events() == ["proposal.submitted"]


def test_submitting_twice_says_so_and_gives_no_second_reference(app: Flask) -> None:
    campaign, author = campaigns.campaign(), accounts.account()
    proposal = draft(campaign, author)
    actions.submit_proposal(proposal, by=author)
    with pytest.raises(Conflict):
        actions.submit_proposal(proposal, by=author)
    assert campaign.last_number == 1


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("title", "Īss"),
        ("title", "v" * 151),
        ("title", "\u200b" * 40),
        ("title", "!!!!!!!!!!!!!"),
        ("situation", "Par maz."),
        ("situation", "v" * 10_000),
        ("solution", ""),
        ("values", []),
        ("values", ["power"]),
    ],
)
def test_an_unfinished_draft_is_kept_but_not_submitted(
    app: Flask, field: str, text: str | list[str]
) -> None:
    campaign, author = campaigns.campaign(), accounts.account()
    proposal = draft(campaign, author, **{field: text})
    with pytest.raises(Invalid) as refused:
        actions.submit_proposal(proposal, by=author)
    assert list(refused.value.faults) == [field]
    assert proposal.state is State.DRAFT


@pytest.mark.parametrize(
    "title",
    [
        "שקיפות בעיריית ריגה לכולם",
        "Atbildes 🙌🏽 katram 👩‍👩‍👧‍👦 cilvēkam",
        '"><svg onload=alert(1)> un <b>treknraksts</b>',
        "A\u0304tri un a\u0304trāk, sadaliet vārdu",
        "v" * 150,
    ],
)
def test_unusual_signs_are_taken_as_text(app: Flask, title: str) -> None:
    campaign, author = campaigns.campaign(), accounts.account()
    proposal = draft(campaign, author, title=title)
    actions.submit_proposal(proposal, by=author)
    assert unicodedata.normalize("NFC", title) == proposal.title


@pytest.mark.parametrize("stage", [Stage.ANNOUNCED, Stage.SORTING, Stage.VOTING])
def test_nothing_is_submitted_outside_of_submission(app: Flask, stage: Stage) -> None:
    campaign, author = campaigns.campaign(stage), accounts.account()
    proposal = make.proposal(campaign, author=author, state=State.DRAFT)
    with pytest.raises(NotAllowed):
        actions.submit_proposal(proposal, by=author)


def test_the_last_moment_counts_and_the_first_too_late_does_not(app: Flask) -> None:
    author = accounts.account()
    closes = clock.now() + timedelta(seconds=30)
    campaign = campaigns.campaign(submission_closes_at=closes)
    proposal = draft(campaign, author)
    actions.submit_proposal(proposal, by=author)
    late = draft(campaign, author)
    clock.set_offset(timedelta(seconds=31))
    with pytest.raises(NotAllowed):
        actions.submit_proposal(late, by=author)


def test_a_campaign_may_ask_for_a_proven_identity(app: Flask) -> None:
    campaign = campaigns.campaign(to_propose=Assurance.VERIFIED)
    with pytest.raises(NotAllowed):
        draft(campaign, accounts.account())
    proposal = draft(campaign, accounts.account(verified=True))
    actions.submit_proposal(proposal, by=proposal.author)


def test_only_the_writers_may_touch_a_draft_and_nobody_else_sees_it(app: Flask) -> None:
    campaign, author, other = campaigns.campaign(), accounts.account(), accounts.account()
    moderator = campaigns.moderator(campaign)
    proposal = draft(campaign, author)
    for somebody in (other, moderator, VISITOR):
        with pytest.raises(NotAllowed):
            actions.submit_proposal(proposal, by=somebody)
        seen = db.session.scalars(queries.visible_to(somebody)).all()
        assert proposal not in seen
    assert proposal in db.session.scalars(queries.visible_to(author)).all()


def test_too_many_submissions_in_a_day_are_refused(app: Flask) -> None:
    campaign, author = campaigns.campaign(), accounts.account()
    for _ in range(20):
        actions.submit_proposal(draft(campaign, author), by=author)
    with pytest.raises(TooOften):
        actions.submit_proposal(draft(campaign, author), by=author)


def test_a_moderator_publishes_and_takes_it_back_within_ten_minutes(app: Flask) -> None:
    campaign = campaigns.campaign()
    moderator, other = campaigns.moderator(campaign), campaigns.moderator(campaign)
    proposal = make.proposal(campaign, state=State.SUBMITTED)
    actions.publish_proposal(proposal, by=moderator)
    assert proposal.published_at is not None
    with pytest.raises(Conflict):
        actions.publish_proposal(proposal, by=moderator)
    with pytest.raises(Conflict):
        actions.take_back_publication(proposal, by=other)
    actions.take_back_publication(proposal, by=moderator)
    assert proposal.published_at is None
    actions.publish_proposal(proposal, by=moderator)
    clock.set_offset(timedelta(minutes=11))
    with pytest.raises(Conflict):
        actions.take_back_publication(proposal, by=moderator)


def test_a_returned_proposal_is_revised_and_submitted_again_under_its_reference(
    app: Flask,
) -> None:
    campaign, author = campaigns.campaign(Stage.SORTING), accounts.account()
    moderator = campaigns.moderator(campaign)
    proposal = make.proposal(campaign, author=author, state=State.SUBMITTED)
    reference = proposal.reference
    actions.return_proposal(proposal, reason="Lūdzu, izņemiet tālruņa numuru.", by=moderator)
    assert proposal.state_reason == "Lūdzu, izņemiet tālruņa numuru."
    actions.revise_proposal(
        proposal,
        title="Atbilde uz katru priekšlikumu laikus",
        situation=SITUATION,
        solution=SOLUTION,
        values=["accountability", "transparency"],
        note="Bez tālruņa",
        by=author,
    )
    actions.submit_proposal(proposal, by=author)
    assert (proposal.reference, proposal.current_revision) == (reference, 2)
    assert proposal.state is State.SUBMITTED and proposal.state_reason is None


def test_texts_stand_from_three_days_before_voting(app: Flask) -> None:
    campaign, author = campaigns.campaign(Stage.SORTING), accounts.account()
    proposal = make.proposal(campaign, author=author)
    clock.set_offset(campaign.voting_opens_at - clock.now() - timedelta(days=2))
    with pytest.raises(NotAllowed):
        actions.revise_proposal(
            proposal,
            title="Cits, pavisam cits nosaukums",
            situation=SITUATION,
            solution=SOLUTION,
            values=["transparency"],
            note="",
            by=author,
        )


def test_side_by_side_a_published_text_stands_and_can_be_supported_at_once(app: Flask) -> None:
    campaign, author = campaigns.side_by_side(), accounts.account()
    moderator = campaigns.moderator(campaign)
    proposal = make.proposal(campaign, author=author, state=State.SUBMITTED)
    other = make.proposal(campaign)
    actions.publish_proposal(proposal, by=moderator)
    assert proposal.votable_from == proposal.published_at
    with pytest.raises(NotAllowed):
        actions.revise_proposal(
            proposal,
            title="Pavisam cits teksts",
            situation=SITUATION,
            solution=SOLUTION,
            values=["transparency"],
            note="",
            by=author,
        )
    with pytest.raises(NotAllowed):
        actions.withdraw_proposal(proposal, reason="Pārdomāju.", by=author)
    with pytest.raises(NotAllowed):
        actions.merge_proposals([proposal], into=other, reason="Tas pats.", by=moderator)


def test_withdrawing_takes_a_reason_and_is_over_as_voting_opens(app: Flask) -> None:
    campaign, author = campaigns.campaign(), accounts.account()
    proposal = make.proposal(campaign, author=author)
    with pytest.raises(Invalid):
        actions.withdraw_proposal(proposal, reason="  ", by=author)
    actions.withdraw_proposal(proposal, reason="Jau izdarīts.", by=author)
    assert (proposal.state, proposal.state_reason) == (State.WITHDRAWN, "Jau izdarīts.")
    voted = make.proposal(campaigns.campaign(Stage.VOTING), author=author)
    with pytest.raises(NotAllowed):
        actions.withdraw_proposal(voted, reason="Pārdomāju.", by=author)


def test_what_is_hidden_comes_back_where_it_stood(app: Flask) -> None:
    campaign = campaigns.campaign()
    moderator = campaigns.moderator(campaign)
    for state in (State.SUBMITTED, State.PUBLISHED):
        proposal = make.proposal(campaign, state=state)
        actions.hide_proposal(proposal, reason="5. noteikums: reklāma.", by=moderator)
        with pytest.raises(Conflict):
            actions.hide_proposal(proposal, reason="Vēlreiz.", by=moderator)
        actions.restore_proposal(proposal, reason="Tomēr nav reklāma.", by=moderator)
        assert proposal.state is state
        assert not proposal.was_restored_after_opening


def test_what_is_restored_after_voting_opened_is_marked(app: Flask) -> None:
    campaign = campaigns.campaign(Stage.VOTING)
    moderator = campaigns.moderator(campaign)
    proposal = make.proposal(campaign)
    actions.hide_proposal(proposal, reason="Personas dati.", by=moderator)
    actions.restore_proposal(proposal, reason="Dati izņemti.", by=moderator)
    assert proposal.state is State.PUBLISHED and proposal.was_restored_after_opening


def test_a_moderator_of_another_campaign_decides_nothing_here(app: Flask) -> None:
    proposal = make.proposal(campaigns.campaign(), state=State.SUBMITTED)
    stranger = campaigns.moderator(campaigns.campaign())
    with pytest.raises(NotAllowed):
        actions.publish_proposal(proposal, by=stranger)
    with pytest.raises(NotAllowed):
        actions.return_proposal(proposal, reason="Nē.", by=stranger)
    with pytest.raises(NotAllowed):
        actions.hide_proposal(proposal, reason="Nē.", by=stranger)
    with pytest.raises(NotAllowed):
        actions.withhold_revision(proposal, 1, reason="Nē.", by=stranger)
    assert steps(proposal) == [(State.DRAFT, State.SUBMITTED, None)]


def state_of(proposal: Proposal) -> State:
    """As it is now; a comparison with the attribute would be remembered by the type checker."""
    return proposal.state


def test_what_nobody_decided_is_published_as_not_checked(app: Flask) -> None:
    campaign = campaigns.campaign(Stage.SORTING)
    proposal = make.proposal(campaign, state=State.SUBMITTED)
    returned = make.proposal(campaign, state=State.RETURNED)
    publish_what_is_undecided()
    assert state_of(proposal) is State.SUBMITTED
    clock.set_offset(campaign.voting_opens_at - clock.now() - timedelta(days=3))
    publish_what_is_undecided()
    publish_what_is_undecided()
    assert state_of(proposal) is State.PUBLISHED and not proposal.is_checked
    assert returned.state is State.RETURNED
    assert events() == ["proposal.published"]


def test_as_voting_nears_it_is_fixed_what_can_be_supported(app: Flask) -> None:
    campaign = campaigns.campaign(Stage.SORTING)
    proposal = make.proposal(campaign, votable_from=None)
    restored = make.proposal(campaign, votable_from=None, was_restored_after_opening=True)
    fix_moments_of_votable()
    assert proposal.votable_from is None
    clock.set_offset(campaign.voting_opens_at - clock.now() - timedelta(days=3))
    fix_moments_of_votable()
    assert proposal.votable_from == campaign.voting_opens_at
    campaign.voting_opens_at += timedelta(hours=1)
    clock.set_offset(campaign.voting_opens_at - clock.now() - timedelta(hours=1))
    fix_moments_of_votable()
    assert proposal.votable_from == campaign.voting_opens_at
    assert restored.votable_from is None


def test_withholding_the_text_that_stands_takes_a_clean_wording(app: Flask) -> None:
    campaign = campaigns.campaign(Stage.VOTING)
    moderator = campaigns.moderator(campaign)
    proposal = make.proposal(campaign, situation="Zvaniet Jānim pa tālruni 20000000 jebkurā laikā.")
    with pytest.raises(Conflict):
        actions.withhold_revision(proposal, 1, reason="Personas dati.", by=moderator)
    actions.withhold_revision(
        proposal, 1, reason="Personas dati.", situation=SITUATION, by=moderator
    )
    fresh, withheld = queries.revisions_of(proposal)
    assert fresh.situation == proposal.situation == SITUATION
    assert withheld.withheld_reason == "Personas dati."


def test_who_leaves_takes_drafts_along_and_withdraws_what_was_never_public(app: Flask) -> None:
    campaign, author = campaigns.campaign(), accounts.account()
    gone = make.proposal(campaign, author=author, state=State.DRAFT)
    gone_id = gone.id
    submitted = make.proposal(campaign, author=author, state=State.SUBMITTED)
    public = make.proposal(campaign, author=author, on_behalf_of="Biedrība")
    actions.let_go_of_proposals(author.id, by=SYSTEM)
    actions.let_go_of_proposals(author.id, by=SYSTEM)
    assert queries.proposal(gone_id) is None
    assert submitted.state is State.WITHDRAWN
    assert public.state is State.PUBLISHED and public.on_behalf_of is None
