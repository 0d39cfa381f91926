"""Proposals for tests, in the state that the test needs, with the rows that come with it."""

from typing import Any

from app.accounts.models import Account
from app.campaigns.models import Campaign
from app.comments.models import Thread
from app.foundation import clock
from app.foundation.db import db
from app.proposals.models import Proposal, Revision, State, Step
from tests.make.accounts import account


def proposal(
    campaign: Campaign,
    *,
    author: Account | None = None,
    state: State = State.PUBLISHED,
    **changes: Any,
) -> Proposal:
    """A proposal with its first revision, thread and steps."""
    made = _built(campaign, author or account(), state, changes)
    db.session.commit()
    return made


def proposals(
    campaign: Campaign, count: int, *, state: State = State.PUBLISHED, **changes: Any
) -> list[Proposal]:
    """As many as one likes, by one author, stored at once."""
    author = account()
    made = [_built(campaign, author, state, changes) for _ in range(count)]
    db.session.commit()
    return made


def _built(campaign: Campaign, author: Account, state: State, changes: dict[str, Any]) -> Proposal:
    thread = Thread()
    db.session.add(thread)
    db.session.flush()
    campaign.last_number += 1
    at = clock.now()
    made = Proposal(
        **{
            "campaign_id": campaign.id,
            "reference": f"{campaign.reference_prefix}-{campaign.last_number:04}",
            "author_id": author.id,
            "language": "lv",
            "title": f"Priekšlikums numur {campaign.last_number}",
            "situation": "Cilvēki neuzzina, kas noticis ar viņu priekšlikumu.",
            "solution": "Katram priekšlikumam publicēt pamatotu atbildi.",
            "values": ["accountability"],
            "state": state,
            "current_revision": 1,
            "thread_id": thread.id,
            "created_at": at,
            "saved_at": at,
            "submitted_at": None if state is State.DRAFT else at,
            "published_at": at if state not in {State.DRAFT, State.SUBMITTED} else None,
            "votable_from": campaign.voting_opens_at if state is State.PUBLISHED else None,
            **changes,
        }
    )
    if state is State.DRAFT:
        made.reference = None
    db.session.add(made)
    db.session.flush()
    db.session.add(
        Revision(
            proposal_id=made.id,
            number=1,
            title=made.title,
            situation=made.situation,
            solution=made.solution,
            values=made.values,
            written_by_id=author.id,
            written_at=at,
        )
    )
    if state is not State.DRAFT:
        db.session.add(
            Step(
                proposal_id=made.id,
                was=State.DRAFT,
                became=State.SUBMITTED,
                taken_at=at,
                taken_by_id=author.id,
            )
        )
    if state not in {State.DRAFT, State.SUBMITTED}:
        db.session.add(Step(proposal_id=made.id, was=State.SUBMITTED, became=state, taken_at=at))
    return made
