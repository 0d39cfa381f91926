"""Who somebody is to a proposal. The subject is the proposal."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Select, literal, or_, select

from app.accounts.models import Account
from app.accounts.roles import OBSERVER, SIGNED_IN, VERIFIED
from app.campaigns.models import Assurance
from app.campaigns.roles import MODERATOR, ORGANISER, campaign_of
from app.foundation.actors import Actor
from app.foundation.permissions import Role
from app.proposals.models import CoAuthor, CoAuthorState, Proposal, State
from app.proposals.queries import named_as
from app.proposals.standing import is_public, shows_text

Beside = Callable[[CoAuthorState, int | None], bool]


def _named(name: str, as_what: Beside, *conditions: Any) -> Role:
    """The author, and those who stand beside the author in a certain way."""

    def held_by(actor: Actor, proposal: Proposal) -> bool:
        if not SIGNED_IN.held_by(actor, proposal) or not isinstance(actor, Account):
            return False
        if proposal.author_id == actor.id:
            return True
        named = named_as(actor.id, proposal.id)
        return named is not None and as_what(*named)

    def holders(proposal: Proposal) -> Select[Any]:
        beside = select(CoAuthor.account_id).where(CoAuthor.proposal_id == proposal.id, *conditions)
        return SIGNED_IN.holders(proposal).where(
            or_(Account.id == proposal.author_id, Account.id.in_(beside))
        )

    return Role(name, held_by=held_by, holders=holders)


AUTHOR = _named(
    "author",
    lambda state, merge: state is CoAuthorState.ACCEPTED,
    CoAuthor.state == CoAuthorState.ACCEPTED,
)
"""The author and every accepted co-author, those credited by a merge included."""

WRITER = _named(
    "writer",
    lambda state, merge: state is CoAuthorState.ACCEPTED and merge is None,
    CoAuthor.state == CoAuthorState.ACCEPTED,
    CoAuthor.by_merge_id.is_(None),
)
"""Who may change the text: the author and those whom the author invited and who accepted.

Whoever is credited because of a merge did not choose this text, nor did its author choose them.
"""

INVITED = _named(
    "named or asked to be",
    lambda state, merge: state is not CoAuthorState.DECLINED,
    CoAuthor.state != CoAuthorState.DECLINED,
)

FIRST_AUTHOR = Role(
    "first author",
    held_by=lambda actor, proposal: (
        SIGNED_IN.held_by(actor, proposal)
        and isinstance(actor, Account)
        and proposal.author_id == actor.id
    ),
    holders=lambda proposal: SIGNED_IN.holders(proposal).where(Account.id == proposal.author_id),
)


def _limited(name: str, role: Role, when: Callable[[Proposal], bool]) -> Role:
    """A role that somebody has only while something holds of the proposal."""
    return Role(
        name,
        held_by=lambda actor, proposal: when(proposal) and role.held_by(actor, proposal),
        holders=lambda proposal: role.holders(proposal).where(literal(when(proposal))),
    )


def _handed_in(proposal: Proposal) -> bool:
    return proposal.state is not State.DRAFT


EVERYONE_ONCE_PUBLIC = Role(
    "everyone, once it is public",
    held_by=lambda actor, proposal: is_public(proposal),
    holders=lambda proposal: select(Account.id).where(literal(is_public(proposal))),
)
EVERYONE_WHO_READS = Role(
    "everyone, while its text stands",
    held_by=lambda actor, proposal: shows_text(proposal),
    holders=lambda proposal: select(Account.id).where(literal(shows_text(proposal))),
)
SORTERS = (
    _limited("moderator, once it is submitted", MODERATOR, _handed_in),
    _limited("organiser, once it is submitted", ORGANISER, _handed_in),
    _limited("observer, once it is submitted", OBSERVER, _handed_in),
)


def _assured(name: str, asked: Callable[[Any], Assurance]) -> Role:
    """Signed in, and proven where the campaign asks for it."""

    def role_of(subject: Any) -> Role:
        return VERIFIED if asked(campaign_of(subject)) is Assurance.VERIFIED else SIGNED_IN

    return Role(
        name,
        held_by=lambda actor, subject: role_of(subject).held_by(actor, subject),
        holders=lambda subject: role_of(subject).holders(subject),
    )


PROPOSER = _assured("may propose here", lambda campaign: campaign.to_propose)
COMMENTER = _assured("may comment here", lambda campaign: campaign.to_comment)

COMMENT_WRITER = Role(
    "writer of the comment",
    held_by=lambda actor, comment: (
        SIGNED_IN.held_by(actor, comment) and comment.author_id == actor.actor_id
    ),
    holders=lambda comment: SIGNED_IN.holders(comment).where(Account.id == comment.author_id),
)
"""The subject is a comment."""
