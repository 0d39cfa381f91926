"""Supporting a proposal, and taking it back. The order of locks is TRUST.md's; keep it."""

import logging
from typing import NoReturn

from sqlalchemy import or_, update

from app.accounts.models import Account
from app.campaigns.models import Campaign
from app.foundation import clock
from app.foundation.actors import SYSTEM, Actor
from app.foundation.db import changed_rows, db, insert_unless_there
from app.foundation.language import _
from app.foundation.permissions import authorise
from app.foundation.refusals import Conflict, Invalid, NotAllowed, NotFound
from app.proposals.models import Proposal, State
from app.voting import boxes, locks
from app.voting.actions.opening import open_register
from app.voting.ballots import add_one, take_out
from app.voting.keys import KeyMissing, RegisterKey, key_with_check
from app.voting.methods import METHODS
from app.voting.models import LIVE, Ballot, BallotState, Consent, Participation, Register
from app.voting.permissions import (
    CLOSED,
    SEE_OWN_SUPPORT,
    WITHDRAW_SUPPORT,
    permission_to_support,
    why_no_votes,
)
from app.voting.queries import (
    Standing,
    ballot,
    choices_of,
    could_be_supported,
    look_again,
)

log = logging.getLogger(__name__)

CONSENT_VERSION = "1"
"""Which wording of the consent the pages show now; what was agreed to is kept with it."""


def support(
    campaign: Campaign, proposal: Proposal, *, consent: str | None = None, by: Actor
) -> boxes.Receipt:
    """Record that this person supports this proposal. Twice is harmless, and said.

    ``consent`` is the version of the consent that was agreed to; asked for once per campaign.
    Raises NotAllowed (not this person, not now, not this proposal), Invalid (no consent yet),
    Conflict (no place left; the register cannot be written).
    """
    authorise(by, permission_to_support(campaign), campaign)
    assert isinstance(by, Account)  # noqa: S101  the roles above are held by accounts only
    stands, register, key = _enter(campaign, proposal, by)
    _refuse_unless_votable(campaign, proposal)
    if stands.consent is None:
        _keep_consent(campaign, consent, by)
    assert proposal.reference is not None  # noqa: S101  every published proposal has one
    tag = boxes.tag_of(key.tag, by.id, proposal.reference)
    if stands.participation is None:
        insert_unless_there(
            Participation, campaign_id=campaign.id, account_id=by.id, n=0, most=register.most
        )
    if not _take_a_place(campaign, by):
        stored = ballot(campaign, tag)
        if stored is not None and stored.state in LIVE:
            return _receipt(campaign, key, stored, is_new=False)
        _refuse_for_want_of_places(campaign, by)
    return _put_into_box(campaign, key, tag, by, proposal.reference)


def withdraw_support(campaign: Campaign, proposal: Proposal, *, by: Actor) -> bool:
    """Take a support back; whether there was one. Twice is harmless.

    Also for a proposal that was hidden or withdrawn meanwhile. Raises NotAllowed, Conflict.
    """
    authorise(by, WITHDRAW_SUPPORT, campaign)
    assert isinstance(by, Account)  # noqa: S101  the role is held by accounts only
    _stands, _register, key = _enter(campaign, proposal, by)
    if proposal.campaign_id != campaign.id or proposal.reference is None:
        raise NotFound
    return take_out(campaign, boxes.tag_of(key.tag, by.id, proposal.reference), by.id)


def receipt(campaign: Campaign, proposal: Proposal, *, by: Actor) -> boxes.Receipt | None:
    """The receipt of what this person supports; None if they do not. Raises Conflict."""
    authorise(by, SEE_OWN_SUPPORT, campaign)
    assert by.actor_id is not None  # noqa: S101  the role is held by accounts only
    if proposal.campaign_id != campaign.id:
        raise NotFound
    try:
        found = choices_of(by.actor_id, campaign, [proposal.reference or ""])
    except KeyMissing as problem:
        _refuse_without_key(problem)
    return boxes.Receipt(campaign.slug, found[0], is_new=False) if found else None


def _enter(
    campaign: Campaign, proposal: Proposal, person: Account
) -> tuple[Standing, Register, RegisterKey]:
    """Take the shared lock, then look again: what was read before it may be old."""
    locks.share(campaign.id)
    stands = look_again(campaign, proposal, person.id)
    if reason := why_no_votes(campaign):
        raise NotAllowed(reason)
    try:
        register = stands.register or open_register(campaign, by=SYSTEM)
        key = key_with_check(campaign.slug, register.key_check)
    except (KeyMissing, OSError) as problem:
        _refuse_without_key(problem)
    if register.closed_at is not None:
        raise NotAllowed(CLOSED)
    return stands, register, key


def _refuse_without_key(problem: Exception) -> NoReturn:
    log.critical("votes are refused: %s", problem)
    raise Conflict(
        _("The register of votes cannot be reached at the moment. Nothing was recorded or changed.")
    ) from problem


def _refuse_unless_votable(campaign: Campaign, proposal: Proposal) -> None:
    if proposal.campaign_id != campaign.id or proposal.state in {
        State.DRAFT,
        State.SUBMITTED,
        State.RETURNED,
    }:
        raise NotFound
    if could_be_supported(proposal, clock.now()):
        return
    reasons = {
        State.HIDDEN: _("This proposal is hidden by moderation and takes no new support."),
        State.MERGED: _("This proposal was merged into another: support that one instead."),
        State.WITHDRAWN: _("Its author withdrew this proposal, so it takes no new support."),
        State.PUBLISHED: _(
            "This proposal was not among those to choose from when voting opened. "
            "The working group looks at it all the same."
        ),
    }
    raise NotAllowed(reasons[proposal.state])


def _keep_consent(campaign: Campaign, consent: str | None, person: Account) -> None:
    if consent != CONSENT_VERSION:
        raise Invalid(
            {
                "consent": _(
                    "Please agree first that we keep your support: without that we may not "
                    "record it."
                )
            }
        )
    insert_unless_there(
        Consent,
        campaign_id=campaign.id,
        account_id=person.id,
        text_version=consent,
        given_at=clock.now(),
    )


def _take_a_place(campaign: Campaign, person: Account) -> bool:
    """Whether one more fits; from here on this person's other requests wait for this one."""
    within = or_(Participation.most.is_(None), Participation.n < Participation.most)
    return changed_rows(add_one(campaign.id, person.id).where(within)) == 1


def _refuse_for_want_of_places(campaign: Campaign, person: Account) -> NoReturn:
    participation = db.session.get_one(
        Participation, (campaign.id, person.id), populate_existing=True
    )
    most = participation.most or 0
    reason = METHODS[campaign.method].check([""] * (most + 1), most)
    raise Conflict(reason)


def _put_into_box(
    campaign: Campaign, key: RegisterKey, tag: bytes, person: Account, reference: str
) -> boxes.Receipt:
    """Store the ballot, for which a place has been taken; give it back if there is one."""
    choice = boxes.new_choice(person.id, reference, to=person.email or person.display_name)
    row = {
        "campaign_id": campaign.id,
        "tag": tag,
        "box": boxes.seal(key.box, tag, choice),
        "state": BallotState.WAITING,
    }
    if insert_unless_there(Ballot, **row):
        return boxes.Receipt(campaign.slug, choice, is_new=True)
    stored = ballot(campaign, tag, alone=True)
    assert stored is not None  # noqa: S101  this person's other requests wait for this one
    if stored.state is BallotState.LEAVING:
        stored.state = BallotState.SEALED
        return _receipt(campaign, key, stored, is_new=True)
    if stored.state is BallotState.VOID:
        raise Conflict(_("This support was voided by a decision and cannot be given again."))
    changed_rows(
        update(Participation)
        .where(Participation.campaign_id == campaign.id, Participation.account_id == person.id)
        .values(n=Participation.n - 1)
    )
    return _receipt(campaign, key, stored, is_new=False)


def _receipt(
    campaign: Campaign, key: RegisterKey, stored: Ballot, *, is_new: bool
) -> boxes.Receipt:
    choice = boxes.unseal(key.box, stored.tag, stored.box)
    return boxes.Receipt(campaign.slug, choice, is_new=is_new)
