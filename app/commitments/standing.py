"""What a commitment's state and the clock allow at a moment."""

from datetime import datetime

from app.commitments.models import Commitment, CommitmentState

IN_WORK = frozenset({CommitmentState.DRAFT, CommitmentState.REVISED})


def takes_comments(commitment: Commitment, at: datetime) -> bool:
    """While its public consultation is open: the clock decides."""
    opens, closes = commitment.consultation_opens_at, commitment.consultation_closes_at
    return opens is not None and closes is not None and opens <= at < closes


def consultation_is_over(commitment: Commitment, at: datetime) -> bool:
    closes = commitment.consultation_closes_at
    return closes is not None and closes <= at


def takes_versions(commitment: Commitment, at: datetime) -> bool:
    """Not while people comment on this very text, and not once it is approved."""
    if commitment.state is CommitmentState.CONSULTATION:
        return consultation_is_over(commitment, at)
    return commitment.state is not CommitmentState.APPROVED


def may_be_final(commitment: Commitment, at: datetime) -> bool:
    """After its consultation, revised or as it was."""
    return commitment.state is CommitmentState.REVISED or (
        commitment.state is CommitmentState.CONSULTATION and consultation_is_over(commitment, at)
    )
