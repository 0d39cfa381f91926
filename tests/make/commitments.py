"""Shortlist entries, conclusions, commitments and origins for tests, as rows."""

from typing import Any

from app.accounts.models import Account
from app.campaigns.models import Campaign
from app.comments.models import Thread
from app.commitments.models import (
    Commitment,
    CommitmentState,
    CommitmentStep,
    Field,
    Milestone,
    Origin,
    Relation,
    Retraction,
    Version,
)
from app.foundation import clock
from app.foundation.db import db
from app.foundation.text import LocalizedText
from app.groups.models import Group
from app.proposals.models import Proposal
from app.review.models import Conclusion, Recommendation, ShortlistEntry
from tests.make.accounts import account


def shortlisted(
    proposal: Proposal, group: Group | None = None, *, position: int = 1
) -> ShortlistEntry:
    """The proposal on the shortlist, by the rule."""
    entry = ShortlistEntry(
        campaign_id=proposal.campaign_id,
        proposal_id=proposal.id,
        group_id=group.id if group else None,
        position=position,
        by_rule=True,
        entered_at=clock.now(),
    )
    db.session.add(entry)
    db.session.commit()
    return entry


def concluded(
    entry: ShortlistEntry,
    recommendation: Recommendation = Recommendation.TAKE_UP,
    by: Account | None = None,
) -> Conclusion:
    """What the group concluded on an entry."""
    made = Conclusion(
        entry_id=entry.id,
        number=1,
        recommendation=recommendation,
        reasons="Tas ir vajadzīgs un paveicams.",
        language="lv",
        concluded_at=clock.now(),
        concluded_by_id=(by or account()).id,
    )
    db.session.add(made)
    db.session.commit()
    return made


def commitment(
    campaign: Campaign,
    by: Account | None = None,
    *,
    state: CommitmentState = CommitmentState.DRAFT,
    texts: dict[Field, str] | None = None,
    milestones: int = 1,
    **changes: Any,
) -> Commitment:
    """A commitment with one version, complete enough to become final, and without origins."""
    by = by or account()
    thread = Thread()
    db.session.add(thread)
    db.session.flush()
    number = changes.pop("number", 1)
    made = Commitment(
        **{
            "campaign_id": campaign.id,
            "plan_id": campaign.plan_id,
            "number": number,
            "state": state,
            "current_version": 1,
            "thread_id": thread.id,
            "created_at": clock.now(),
            "created_by_id": by.id,
            **changes,
        }
    )
    db.session.add(made)
    db.session.flush()
    words = {
        Field.TITLE: f"Apņemšanās numur {number}",
        Field.PROBLEM: "Cilvēki neuzzina, kas noticis ar viņu priekšlikumu.",
        Field.SOLUTION: "Katram priekšlikumam publicēsim pamatotu atbildi.",
        **(texts or {}),
    }
    db.session.add(
        Version(
            commitment_id=made.id,
            number=1,
            lead_institution="Valsts kanceleja",
            starts_on=clock.now().date(),
            ends_on=clock.now().date(),
            written_at=clock.now(),
            written_by_id=by.id,
            **{part.value: LocalizedText.of("lv", lv=words.get(part, "")) for part in Field},
        )
    )
    db.session.add(
        CommitmentStep(
            commitment_id=made.id,
            was=None,
            became=state,
            version=1,
            reason="",
            taken_at=clock.now(),
            taken_by_id=by.id,
        )
    )
    db.session.flush()
    for place in range(1, milestones + 1):
        db.session.add(
            Milestone(
                commitment_id=made.id,
                version=1,
                number=place,
                title=LocalizedText.of("lv", lv=f"Atskaites punkts {place}"),
            )
        )
    db.session.commit()
    return made


def origin(
    commitment: Commitment,
    proposal: Proposal,
    by: Account | None = None,
    *,
    relation: Relation = Relation.ADOPTED,
    **changes: Any,
) -> Origin:
    made = Origin(
        **{
            "commitment_id": commitment.id,
            "version": commitment.current_version,
            "proposal_id": proposal.id,
            "revision": proposal.current_revision,
            "relation": relation,
            "reason": "Doma nāk no šā priekšlikuma.",
            "written_at": clock.now(),
            "written_by_id": (by or account()).id,
            **changes,
        }
    )
    db.session.add(made)
    db.session.commit()
    return made


def retracted(origin: Origin, by: Account | None = None) -> Retraction:
    made = Retraction(
        origin_id=origin.id,
        reason="Tas bija pārpratums.",
        retracted_at=clock.now(),
        retracted_by_id=(by or account()).id,
    )
    db.session.add(made)
    db.session.commit()
    return made
