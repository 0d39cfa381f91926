"""SELECTs that only pages need, because they look at several rooms at once."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import and_, func, select

from app.answers.models import Answer
from app.campaigns.models import Campaign
from app.commitments.models import Commitment, Origin, Retraction, Version
from app.foundation.db import db
from app.foundation.text import LocalizedText
from app.plans.models import Plan
from app.proposals.models import Proposal, State


@dataclass(frozen=True)
class CommitmentLine:
    """A commitment as a list shows it: its present title, and how many proposals it came from."""

    commitment: Commitment
    title: LocalizedText
    lead_institution: str
    proposals: int


def commitment_lines(
    *, campaign: Campaign | None = None, plan: Plan | None = None
) -> list[CommitmentLine]:
    """The commitments of a campaign or of a plan, by number, in one question."""
    origins = (
        select(Origin.commitment_id, func.count(Origin.proposal_id.distinct()).label("proposals"))
        .where(Origin.id.not_in(select(Retraction.origin_id)))
        .group_by(Origin.commitment_id)
        .subquery()
    )
    query = (
        select(
            Commitment,
            Version.title,
            Version.lead_institution,
            func.coalesce(origins.c.proposals, 0),
        )
        .join(
            Version,
            and_(
                Version.commitment_id == Commitment.id,
                Version.number == Commitment.current_version,
            ),
        )
        .join(Campaign, Campaign.id == Commitment.campaign_id)
        .where(Campaign.announced_at.is_not(None))
        .outerjoin(origins, origins.c.commitment_id == Commitment.id)
        .order_by(Commitment.campaign_id, Commitment.number)
    )
    if campaign is not None:
        query = query.where(Commitment.campaign_id == campaign.id)
    if plan is not None:
        query = query.where(Commitment.plan_id == plan.id)
    return [CommitmentLine(*row) for row in db.session.execute(query)]


def count_proposals_behind(campaign: Campaign) -> int:
    """How many proposals live on in the commitments of a campaign, each counted once."""
    return (
        db.session.scalar(
            select(func.count(Origin.proposal_id.distinct()))
            .join(Commitment, Commitment.id == Origin.commitment_id)
            .where(
                Commitment.campaign_id == campaign.id,
                Origin.id.not_in(select(Retraction.origin_id)),
            )
        )
        or 0
    )


def latest_campaign_with_commitments() -> Campaign | None:
    """The campaign that last led to commitments; what the first page looks back on."""
    return db.session.scalar(
        select(Campaign)
        .where(Campaign.id.in_(select(Commitment.campaign_id)), Campaign.announced_at.is_not(None))
        .order_by(Campaign.answers_due_at.desc(), Campaign.id.desc())
        .limit(1)
    )


def latest_answers(limit: int) -> Sequence[tuple[Answer, Proposal]]:
    """The newest answers in force to proposals that stand published."""
    newest = select(func.max(Answer.id).label("id")).group_by(Answer.proposal_id).subquery()
    rows = db.session.execute(
        select(Answer, Proposal)
        .join(Proposal, Proposal.id == Answer.proposal_id)
        .join(newest, newest.c.id == Answer.id)
        .where(Proposal.state == State.PUBLISHED)
        .order_by(Answer.id.desc())
        .limit(limit)
    )
    return [(row[0], row[1]) for row in rows]
