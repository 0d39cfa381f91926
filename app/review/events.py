"""What happened to the shortlist and in the groups' review of it."""

from dataclasses import dataclass

from app.foundation.events import Event


@dataclass(frozen=True)
class ShortlistPublished(Event, name="shortlist.published", about="campaign_id"):
    campaign_id: int


@dataclass(frozen=True)
class ShortlistChanged(Event, name="shortlist.changed", about="proposal_id"):
    """A moderator added or took off a proposal, or it left or came back with its own state."""

    proposal_id: int
    change_id: int
    campaign_id: int


@dataclass(frozen=True)
class ReviewAssigned(Event, name="review.assigned", about="proposal_id"):
    """A proposal was given to a group, or to another one."""

    proposal_id: int
    group_id: int
    campaign_id: int


@dataclass(frozen=True)
class ConflictDeclared(Event, name="review.conflict_declared", about="proposal_id"):
    proposal_id: int
    conflict_id: int
    campaign_id: int


@dataclass(frozen=True)
class ConflictWithdrawn(Event, name="review.conflict_withdrawn", about="proposal_id"):
    proposal_id: int
    conflict_id: int
    campaign_id: int


@dataclass(frozen=True)
class ProposalAssessed(Event, name="review.proposal_assessed", about="proposal_id"):
    """A member scored a proposal; the scores stand elsewhere, sealed."""

    proposal_id: int
    campaign_id: int


@dataclass(frozen=True)
class ScoresOpened(Event, name="review.scores_opened", about="group_id"):
    group_id: int
    round_id: int
    campaign_id: int


@dataclass(frozen=True)
class ProposalConcluded(Event, name="review.proposal_concluded", about="proposal_id"):
    proposal_id: int
    conclusion_id: int
    campaign_id: int
