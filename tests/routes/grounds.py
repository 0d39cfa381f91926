"""What there is to ask for: a campaign in each stage, with everything that can stand in it."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from app.accounts.models import HouseAppointment, Session, SignInRequest
from app.accounts.proofs import hash_of
from app.answers.models import Outcome
from app.campaigns.models import Campaign, CampaignAppointment, CampaignOffice, Theme
from app.campaigns.stages import Stage
from app.foundation import clock
from app.foundation.db import db
from app.foundation.events import EventRecord
from app.groups.models import Group
from app.moderation.models import Appeal, Decision, DecisionAct, SavedPhrase
from app.notifications.tokens import unsubscribing_token
from app.proposals.models import CoAuthor, CoAuthorState, Merge, Proposal, State
from app.review.events import ShortlistPublished
from app.review.models import Assessment, Recommendation, Round
from tests.make.answers import answer
from tests.make.campaigns import appoint
from tests.make.campaigns import campaign as make_campaign
from tests.make.campaigns import theme as make_theme
from tests.make.comments import comment
from tests.make.commitments import commitment, concluded, origin, shortlisted
from tests.make.groups import group as make_group
from tests.make.groups import seat
from tests.make.plans import plan
from tests.make.proposals import proposal
from tests.make.review import tally
from tests.routes.people import OFFICES, People, settle

Ground = dict[str, Any]
"""What stands for each thing that an address names, such as ``{"published": "T3-0001"}``."""

COUNTED = (Stage.REVIEW, Stage.ANSWERING, Stage.CONCLUDED, Stage.CANCELLED)
"""Where voting is over. The cancelled campaign was cancelled while it was answering."""

REVIEWED = (Stage.ANSWERING, Stage.CONCLUDED, Stage.CANCELLED)


def laid(people: People) -> tuple[Ground, dict[Stage, Ground]]:
    """What belongs to no campaign, and what stands in a campaign of each stage."""
    house = _house(people)
    return house, {stage: _campaign_in(stage, people) for stage in Stage}


def _house(people: People) -> Ground:
    elsewhere, group = make_campaign(), make_group()
    make_theme(elsewhere, group_id=group.id)
    for office in OFFICES:
        appoint(people.elsewhere, elsewhere, office)
    seat(group, people.elsewhere, chair=True)
    beside, group_beside = make_campaign(), make_group()
    make_theme(beside, group_id=group_beside.id)
    settle(people, beside, group_beside)
    return {
        "campaign beside": beside.slug,
        "group beside": group_beside.slug,
        "plan": plan().slug,
        "person": people.stranger.id,
        "house office": db.session.scalars(
            select(HouseAppointment.id).where(HouseAppointment.account_id == people.observer.id)
        ).one(),
        "browser": _browser_of(people.author.id),
        "asked": "asked",
        "link": _link("asked"),
        "letter": unsubscribing_token(people.author.id),
    }


def _browser_of(account_id: int) -> int:
    kept = Session(
        token_hash=hash_of("another browser"),
        account_id=account_id,
        began_at=clock.now(),
        last_seen_at=clock.now(),
        expires_at=clock.now() + timedelta(days=1),
        browser="Another",
    )
    db.session.add(kept)
    db.session.commit()
    return kept.id


def _link(public_id: str) -> str:
    db.session.add(
        SignInRequest(
            public_id=public_id,
            email="newcomer@people.example",
            language="lv",
            link_hash=hash_of("link"),
            code_hash="x",
            return_to="",
            asked_at=clock.now(),
            expires_at=clock.now() + timedelta(minutes=10),
        )
    )
    db.session.commit()
    return "link"


def _campaign_in(stage: Stage, people: People) -> Ground:
    campaign, group = _campaign(stage), make_group()
    theme = make_theme(campaign, group_id=group.id)
    settle(people, campaign, group)
    ground: Ground = {
        "campaign": campaign.slug,
        "group": group.slug,
        "theme": theme.id,
        "office": db.session.scalars(
            select(CampaignAppointment.id).where(
                CampaignAppointment.campaign_id == campaign.id,
                CampaignAppointment.account_id == people.moderator.id,
                CampaignAppointment.office == CampaignOffice.MODERATOR,
            )
        ).one(),
        "seat": seat(group).id,
        "phrase": _phrase(campaign, people).id,
    }
    if stage is not Stage.DRAFT:
        draft = proposal(campaign, author=people.author, state=State.DRAFT, theme_id=theme.id)
        ground["draft"] = draft.id
    if stage not in {Stage.DRAFT, Stage.ANNOUNCED}:
        ground |= _proposals(campaign, theme, people)
    if stage in COUNTED:
        ground |= _after_voting(stage, campaign, group, theme, people)
    return ground


def _phrase(campaign: Campaign, people: People) -> SavedPhrase:
    made = SavedPhrase(
        campaign_id=campaign.id,
        name="Personas dati",
        text="Tekstā ir … personas dati.",
        language="lv",
        written_by_id=people.moderator.id,
    )
    db.session.add(made)
    db.session.commit()
    return made


def _campaign(stage: Stage) -> Campaign:
    if stage is Stage.CANCELLED:
        reason = {"cancelled_at": clock.now(), "cancel_reason": "Testam."}
        return make_campaign(Stage.ANSWERING, **reason)
    return make_campaign(stage)


def _proposals(campaign: Campaign, theme: Theme, people: People) -> Ground:
    """One in each state, all by the author; comments; what was decided about them."""
    made = {
        state: proposal(campaign, author=people.author, state=state, theme_id=theme.id)
        for state in (State.PUBLISHED, State.SUBMITTED, State.RETURNED, State.HIDDEN, State.MERGED)
    }
    published = made[State.PUBLISHED]
    for one in made.values():
        db.session.add(
            CoAuthor(
                proposal_id=one.id,
                account_id=people.suspended.id,
                state=CoAuthorState.ACCEPTED,
                since=clock.now(),
            )
        )
    merge = Merge(
        source_id=made[State.MERGED].id,
        target_id=published.id,
        revision=1,
        reason="Viens un tas pats.",
        merged_at=clock.now(),
        merged_by_id=people.moderator.id,
    )
    db.session.add(merge)
    made[State.MERGED].merged_into_id = published.id
    said = comment(published, author=people.author)
    hidden = comment(published, author=people.author)
    hidden.hidden_at = clock.now()
    decisions = [_decision(made[State.HIDDEN], people) for _ in range(2)]
    db.session.add(
        Appeal(
            decision_id=decisions[1].id,
            text="Tur nav neviena vārda.",
            language="lv",
            appealed_at=clock.now(),
            appealed_by_id=people.author.id,
        )
    )
    db.session.commit()
    return {
        **{state.value: one.reference for state, one in made.items()},
        **{f"{state.value} number": one.id for state, one in made.items()},
        "comment": said.id,
        "hidden comment": hidden.id,
        "merge": merge.id,
        "decision": decisions[0].id,
        "appealed": decisions[1].id,
        "author": people.author.id,
    }


def _decision(thing: Proposal, people: People) -> Decision:
    made = Decision(
        campaign_id=thing.campaign_id,
        subject=f"proposal:{thing.id}",
        proposal_id=thing.id,
        concerns_id=people.author.id,
        act=DecisionAct.HIDE,
        rule="personal",
        facts="Tekstā nosaukts kaimiņa vārds un adrese.",
        language="lv",
        decided_at=clock.now(),
        decided_by_id=people.moderator.id,
    )
    db.session.add(made)
    db.session.commit()
    return made


def _after_voting(
    stage: Stage, campaign: Campaign, group: Group, theme: Theme, people: People
) -> Ground:
    """A tally and two on the shortlist: one scored, concluded and promoted, the other answered."""
    listed = [proposal(campaign, author=people.author, theme_id=theme.id) for _ in range(2)]
    tally(campaign, {one: 10 - place for place, one in enumerate(listed)}, first=2)
    scoring = Round(campaign_id=campaign.id, group_id=group.id, number=1, opened_at=None)
    db.session.add(scoring)
    db.session.flush()
    db.session.add(
        EventRecord(
            name=ShortlistPublished.name,
            subject=f"campaign:{campaign.id}",
            campaign_id=campaign.id,
            details={"campaign_id": campaign.id},
            by_system=True,
            at=clock.now(),
        )
    )
    entries = [shortlisted(one, group, position=place) for place, one in enumerate(listed, start=1)]
    given = seat(group)
    for entry in entries:
        entry.round_id = scoring.id
        db.session.add(_assessment(entry.id, given.id, given.account_id))
    if stage in REVIEWED:
        scoring.opened_at = clock.now()
        concluded(entries[0], by=people.chair)
    promise = commitment(campaign, people.moderator, group_id=group.id)
    told = origin(promise, listed[0], people.moderator)
    answer(listed[1], Outcome.NOT_ADOPTED, by=people.moderator)
    return {
        "listed": listed[0].reference,
        "answered": listed[1].reference,
        "commitment": promise.id,
        "origin": told.id,
    }


def _assessment(entry_id: int, seat_id: int, account_id: int) -> Assessment:
    return Assessment(
        entry_id=entry_id,
        seat_id=seat_id,
        account_id=account_id,
        impact=3,
        feasibility=3,
        openness=3,
        clarity=3,
        recommendation=Recommendation.TAKE_UP,
        ground="Dati jau ir.",
        language="lv",
        assessed_at=clock.now(),
    )
