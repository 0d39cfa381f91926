"""Finding commitments, their versions and their origins."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, exists, func, select, union
from sqlalchemy.orm import joinedload

from app.campaigns.models import Campaign, Theme
from app.commitments.models import (
    Commitment,
    CommitmentStep,
    Milestone,
    Origin,
    Retraction,
    Version,
)
from app.foundation.db import db
from app.groups.models import Group
from app.plans.models import Plan
from app.proposals.models import Proposal, Revision
from app.review import queries as review
from app.review.models import Conclusion, ShortlistEntry


@dataclass(frozen=True)
class Candidate:
    """A proposal with what decides whether it can be promoted."""

    proposal: Proposal
    entry: ShortlistEntry | None
    conclusion: Conclusion | None

    @property
    def campaign(self) -> Campaign:
        return self.proposal.campaign

    @property
    def group(self) -> Group | None:
        """Who reviews it: the group it was given to, else its theme's."""
        if self.entry is not None and self.entry.group is not None:
            return self.entry.group
        return self.proposal.theme.group if self.proposal.theme else None


def candidate(proposal: Proposal) -> Candidate:
    """The proposal with its place on the shortlist and the group's latest conclusion."""
    entry = review.entry_of(proposal)
    if entry is None or not entry.is_on_list:
        return Candidate(proposal, None, None)
    return Candidate(proposal, entry, review.conclusion_of(entry))


def candidates_in(campaign: Campaign) -> list[Candidate]:
    """Everything on the shortlist with its latest conclusion, in the shortlist's order."""
    entries = [entry for entry in review.entries_of(campaign) if entry.is_on_list]
    conclusions = review.latest_conclusions([entry.id for entry in entries])
    return [Candidate(entry.proposal, entry, conclusions.get(entry.id)) for entry in entries]


def groups_at_work_in(campaign: Campaign) -> Sequence[Group]:
    """The groups that review a theme or an entry of the campaign, or draft for it."""
    given = union(
        select(Theme.group_id).where(Theme.campaign_id == campaign.id),
        select(ShortlistEntry.group_id).where(ShortlistEntry.campaign_id == campaign.id),
        select(Commitment.group_id).where(Commitment.campaign_id == campaign.id),
    )
    return db.session.scalars(select(Group).where(Group.id.in_(given)).order_by(Group.id)).all()


def commitment(commitment_id: int) -> Commitment | None:
    """A commitment with its text as it stands, its campaign, plan, group and thread."""
    return db.session.scalar(
        select(Commitment)
        .where(Commitment.id == commitment_id)
        .options(
            joinedload(Commitment.campaign),
            joinedload(Commitment.plan),
            joinedload(Commitment.group),
            joinedload(Commitment.thread),
            joinedload(Commitment.current).joinedload(Version.written_by),
        )
    )


def commitments_of(campaign: Campaign) -> Sequence[Commitment]:
    """Every commitment that came out of a campaign, by number, with its text."""
    return db.session.scalars(
        select(Commitment)
        .where(Commitment.campaign_id == campaign.id)
        .options(joinedload(Commitment.current), joinedload(Commitment.group))
        .order_by(Commitment.number)
    ).all()


def commitments_of_plan(plan: Plan) -> Sequence[Commitment]:
    """Every commitment of a plan, by campaign and number, with its text."""
    return db.session.scalars(
        select(Commitment)
        .where(Commitment.plan_id == plan.id)
        .options(joinedload(Commitment.current), joinedload(Commitment.campaign))
        .order_by(Commitment.campaign_id, Commitment.number)
    ).all()


def locked(commitment: Commitment) -> Commitment:
    """The same commitment as it stands now, held against others until we are done."""
    db.session.flush()
    return db.session.scalars(
        select(Commitment)
        .where(Commitment.id == commitment.id)
        .with_for_update(of=Commitment)
        .execution_options(populate_existing=True)
    ).one()


def next_number(campaign: Campaign) -> int:
    """The number of the campaign's next commitment; holds it against others until we are done."""
    db.session.execute(
        select(Campaign.id)
        .where(Campaign.id == campaign.id)
        .with_for_update(of=Campaign, key_share=True)
    )
    highest = select(func.max(Commitment.number)).where(Commitment.campaign_id == campaign.id)
    return (db.session.scalar(highest) or 0) + 1


def version(commitment: Commitment, number: int) -> Version | None:
    return db.session.get(Version, (commitment.id, number))


def versions_of(commitment: Commitment) -> Sequence[Version]:
    """Every version, the newest first, with who wrote it."""
    return db.session.scalars(
        select(Version)
        .where(Version.commitment_id == commitment.id)
        .options(joinedload(Version.written_by))
        .order_by(Version.number.desc())
    ).all()


def milestones_of(commitment: Commitment, version: int | None = None) -> Sequence[Milestone]:
    """The milestones as a version states them; without one, as they stand."""
    number = commitment.current_version if version is None else version
    return db.session.scalars(
        select(Milestone)
        .where(Milestone.commitment_id == commitment.id, Milestone.version == number)
        .order_by(Milestone.number)
    ).all()


def steps_of(commitment: Commitment) -> Sequence[CommitmentStep]:
    """Every change of state, the first first, with who took it."""
    return db.session.scalars(
        select(CommitmentStep)
        .where(CommitmentStep.commitment_id == commitment.id)
        .options(joinedload(CommitmentStep.taken_by))
        .order_by(CommitmentStep.id)
    ).all()


def origin(origin_id: int) -> Origin | None:
    return db.session.scalar(
        select(Origin)
        .where(Origin.id == origin_id)
        .options(joinedload(Origin.proposal), joinedload(Origin.retraction))
    )


def is_live() -> ColumnElement[bool]:
    """The condition that an origin has not been retracted."""
    return ~exists().where(Retraction.origin_id == Origin.id)


def origins_of(commitment: Commitment) -> Sequence[Origin]:
    """Every origin, retracted ones too, the first first; with proposals, authors and writers."""
    return db.session.scalars(
        select(Origin)
        .where(Origin.commitment_id == commitment.id)
        .options(
            joinedload(Origin.proposal).joinedload(Proposal.author),
            joinedload(Origin.written_by),
            joinedload(Origin.retraction).joinedload(Retraction.retracted_by),
        )
        .order_by(Origin.id)
    ).all()


def has_live_origin(commitment: Commitment) -> bool:
    return (
        db.session.scalar(
            select(Origin.id).where(Origin.commitment_id == commitment.id, is_live()).limit(1)
        )
        is not None
    )


def live_origins_of(proposal: Proposal) -> Sequence[Origin]:
    """In which commitments a proposal lives on, with their texts; the first first."""
    return db.session.scalars(
        select(Origin)
        .where(Origin.proposal_id == proposal.id, is_live())
        .options(joinedload(Origin.commitment).joinedload(Commitment.current))
        .order_by(Origin.commitment_id, Origin.id)
    ).all()


def promotion_of(proposal: Proposal) -> Origin | None:
    """The live origin that a promotion of this proposal wrote, the latest."""
    return db.session.scalar(
        select(Origin)
        .where(Origin.proposal_id == proposal.id, Origin.is_promotion, is_live())
        .options(joinedload(Origin.commitment))
        .order_by(Origin.id.desc())
        .limit(1)
    )


def promoted_in(campaign: Campaign) -> dict[int, Commitment]:
    """The proposals of a campaign that live on in a commitment, and in which (the first)."""
    rows = db.session.execute(
        select(Origin.proposal_id, Commitment)
        .join(Commitment, Commitment.id == Origin.commitment_id)
        .where(Commitment.campaign_id == campaign.id, Origin.proposal_id.is_not(None), is_live())
        .order_by(Origin.id.desc())
    )
    return {row[0]: row[1] for row in rows if row[0] is not None}


def origin_counts(campaign: Campaign) -> dict[int, int]:
    """How many proposals each commitment of a campaign comes from."""
    rows = db.session.execute(
        select(Origin.commitment_id, func.count(func.distinct(Origin.proposal_id)))
        .join(Commitment, Commitment.id == Origin.commitment_id)
        .where(Commitment.campaign_id == campaign.id, is_live())
        .group_by(Origin.commitment_id)
    )
    return {row[0]: row[1] for row in rows}


def withheld_revisions(origins: Sequence[Origin]) -> set[tuple[int, int]]:
    """Which of the quoted revisions are withheld, so that their words are not shown."""
    ids = {origin.proposal_id for origin in origins if origin.proposal_id is not None}
    if not ids:
        return set()
    rows = db.session.execute(
        select(Revision.proposal_id, Revision.number).where(
            Revision.proposal_id.in_(ids), Revision.withheld_at.is_not(None)
        )
    )
    return {(row[0], row[1]) for row in rows}


def drafts_open_to(campaign: Campaign) -> Select[Commitment]:
    """The commitments of a campaign into which a proposal can still be taken."""
    return (
        select(Commitment)
        .where(Commitment.campaign_id == campaign.id, Commitment.approved_on.is_(None))
        .options(joinedload(Commitment.current))
        .order_by(Commitment.number)
    )
