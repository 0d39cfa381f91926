"""Being named on a proposal: asked by its author, and only if one agrees."""

from sqlalchemy import func, select

from app.accounts.addresses import canonical
from app.accounts.models import Account
from app.accounts.queries import by_canonical_email
from app.follows.actions import follow
from app.foundation import clock
from app.foundation.actors import Actor
from app.foundation.db import db
from app.foundation.events import publish, subject
from app.foundation.language import _
from app.foundation.permissions import authorise
from app.foundation.rate_limits import Limit, spend
from app.foundation.refusals import Conflict, Invalid
from app.foundation.text import clean_line
from app.proposals import queries
from app.proposals.actions._rows import _refuse_unless
from app.proposals.events import CoAuthorAccepted, CoAuthorDeclined, CoAuthorInvited
from app.proposals.models import CoAuthor, CoAuthorState, Proposal, State
from app.proposals.permissions import ANSWER_INVITATION, INVITE_CO_AUTHOR

INVITE_LIMIT = Limit("proposals.invite_co_author", "20 per day")
OPEN = frozenset({State.DRAFT, State.SUBMITTED, State.RETURNED, State.PUBLISHED})


def invite_co_author(proposal: Proposal, *, who: str | Account, by: Actor) -> None:
    """Ask somebody, by e-mail address or by the name they show, to be named on a proposal.

    An address that we do not know is taken without a word: nobody learns here who has an
    account. A name is public, so a wrong one is said to be wrong.
    """
    authorise(by, INVITE_CO_AUTHOR, proposal)
    _refuse_unless(proposal.state in OPEN, _("Nobody can be named on this proposal any more."))
    spend(INVITE_LIMIT, by.actor_id or 0)
    person = who if isinstance(who, Account) else _person(who)
    if person is None or not person.is_active:
        return
    if person.id == proposal.author_id:
        raise Invalid({"who": _("You are its author already.")})
    if queries.co_author(proposal, person.id) is not None:
        return  # asked once; whoever declined is not asked again
    db.session.add(
        CoAuthor(
            proposal_id=proposal.id,
            account_id=person.id,
            state=CoAuthorState.INVITED,
            since=clock.now(),
        )
    )
    db.session.flush()
    queries.forget_who_is_named()
    publish(CoAuthorInvited(proposal.id, proposal.campaign_id, person.id), by=by)


def _person(who: str) -> Account | None:
    name = clean_line(who)
    if not name:
        raise Invalid({"who": _("Write an e-mail address, or the name they show here.")})
    if "@" in name:
        try:
            return by_canonical_email(canonical(name))
        except UnicodeError:  # nobody has such an address
            return None
    found = db.session.scalars(
        select(Account)
        .where(func.lower(Account.display_name) == name.lower(), Account.erased_at.is_(None))
        .limit(2)
    ).all()
    if not found:
        raise Invalid({"who": _("Nobody shows this name here. Try their e-mail address.")})
    if len(found) > 1:
        raise Invalid({"who": _("Several people show this name. Use the e-mail address.")})
    return found[0]


def accept_co_authorship(proposal: Proposal, *, by: Actor) -> None:
    """Agree to be named."""
    authorise(by, ANSWER_INVITATION, proposal)
    named = _named(proposal, by)
    if named.state is CoAuthorState.ACCEPTED:
        return
    named.state, named.since = CoAuthorState.ACCEPTED, clock.now()
    queries.forget_who_is_named()
    follow(subject("proposal", proposal.id), unless_stopped=True, by=by)
    publish(CoAuthorAccepted(proposal.id, proposal.campaign_id, named.account_id), by=by)


def decline_co_authorship(proposal: Proposal, *, by: Actor) -> None:
    """Do not want to be named: before agreeing, after, or when a merge gave the credit."""
    authorise(by, ANSWER_INVITATION, proposal)
    named = _named(proposal, by)
    named.state = CoAuthorState.DECLINED
    queries.forget_who_is_named()
    publish(CoAuthorDeclined(proposal.id, proposal.campaign_id, named.account_id), by=by)


def _named(proposal: Proposal, by: Actor) -> CoAuthor:
    named = queries.co_author(proposal, by.actor_id or 0)
    if named is None:
        raise Conflict(_("You are the author of this proposal."))
    return named
