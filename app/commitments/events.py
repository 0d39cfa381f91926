"""What happens to a commitment. Ids only: the words lie in versions, origins and steps."""

from dataclasses import dataclass

from app.foundation.events import Event


@dataclass(frozen=True)
class ProposalPromoted(Event, name="proposal.promoted", about="proposal_id"):
    """A shortlisted proposal became a draft commitment, or a part of one."""

    proposal_id: int
    commitment_id: int
    campaign_id: int


@dataclass(frozen=True)
class VersionSaved(Event, name="commitment.version_saved", about="commitment_id"):
    commitment_id: int
    version: int
    campaign_id: int


@dataclass(frozen=True)
class OriginWritten(Event, name="origin.written", about="commitment_id"):
    """``proposal_id`` is None where the commitment comes from something else."""

    commitment_id: int
    origin_id: int
    proposal_id: int | None
    campaign_id: int


@dataclass(frozen=True)
class OriginRetracted(Event, name="origin.retracted", about="commitment_id"):
    commitment_id: int
    origin_id: int
    proposal_id: int | None
    campaign_id: int


@dataclass(frozen=True)
class ConsultationOpened(Event, name="commitment.consultation_opened", about="commitment_id"):
    """Everybody may comment on the draft until its consultation closes."""

    commitment_id: int
    campaign_id: int


@dataclass(frozen=True)
class DraftCommented(Event, name="commitment.commented", about="commitment_id"):
    comment_id: int
    commitment_id: int
    campaign_id: int


@dataclass(frozen=True)
class CommitmentFinal(Event, name="commitment.final", about="commitment_id"):
    commitment_id: int
    campaign_id: int


@dataclass(frozen=True)
class CommitmentApproved(Event, name="commitment.approved", about="commitment_id"):
    commitment_id: int
    campaign_id: int
