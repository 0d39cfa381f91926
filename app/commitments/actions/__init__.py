"""What can be done to a commitment: promote into it, draft it, trace it, consult, approve."""

from app.commitments.actions.approving import (
    approve_commitment,
    comment_on_draft,
    make_final,
    open_consultation,
)
from app.commitments.actions.drafting import save_version
from app.commitments.actions.origins import add_origin, retract_origin
from app.commitments.actions.promoting import promote_proposal

__all__ = [
    "add_origin",
    "approve_commitment",
    "comment_on_draft",
    "make_final",
    "open_consultation",
    "promote_proposal",
    "retract_origin",
    "save_version",
]
