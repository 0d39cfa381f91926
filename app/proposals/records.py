"""A proposal as public data: the same fields in CSV and JSON, from every edge.

Whatever is public on a page is public as data, and no more: a hidden or withdrawn proposal
keeps its reason and loses its words; who has left has no name.
"""

from datetime import datetime
from typing import Any

from app.accounts.models import Account
from app.proposals.models import Proposal
from app.proposals.standing import shows_text

FIELDS = (
    "reference",
    "external_reference",
    "state",
    "state_reason",
    "merged_into",
    "title",
    "situation",
    "solution",
    "values",
    "language",
    "theme",
    "author",
    "on_behalf_of",
    "channel",
    "is_checked",
    "was_restored_after_opening",
    "revision",
    "comments",
    "submitted_at",
    "published_at",
    "votable_from",
)


def record(proposal: Proposal) -> dict[str, Any]:
    """The fields of one proposal, in the order of ``FIELDS``."""
    shown = shows_text(proposal)
    found: dict[str, Any] = {
        "reference": proposal.reference,
        "external_reference": proposal.external_reference,
        "state": proposal.state.value,
        "state_reason": proposal.state_reason,
        "merged_into": proposal.merged_into.reference if proposal.merged_into else None,
        "title": proposal.title if shown else None,
        "situation": proposal.situation if shown else None,
        "solution": proposal.solution if shown else None,
        "values": list(proposal.values) if shown else [],
        "language": proposal.language,
        "theme": proposal.theme.key if proposal.theme else None,
        "author": name_of(proposal.author) if shown else None,
        "on_behalf_of": proposal.on_behalf_of if shown else None,
        "channel": proposal.channel.value,
        "is_checked": proposal.is_checked,
        "was_restored_after_opening": proposal.was_restored_after_opening,
        "revision": proposal.current_revision,
        "comments": proposal.thread.comment_count,
        "submitted_at": _moment(proposal.submitted_at),
        "published_at": _moment(proposal.published_at),
        "votable_from": _moment(proposal.votable_from),
    }
    return {field: found[field] for field in FIELDS}


def name_of(account: Account) -> str | None:
    """The name somebody shows; None once they have left."""
    return None if account.erased_at is not None else account.display_name


def _moment(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="seconds") if moment else None
