"""What the support box of a proposal shows to whoever looks at it.

A page that shows a proposal draws it with one line, given ``proposal`` (with its campaign)::

    {% include 'voting/box.html' %}

A list that marks what the reader supports asks ``supported_here(campaign, proposals)`` once.
"""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from flask import Flask

from app.accounts.models import Account
from app.campaigns.models import Campaign
from app.campaigns.stages import Stage, stage_of
from app.foundation import clock
from app.foundation.language import Sentence
from app.foundation.refusals import Refusal
from app.http.requests import viewer
from app.proposals.models import Proposal, State
from app.voting import actions, queries
from app.voting.keys import KeyMissing
from app.voting.permissions import (
    CLOSED,
    NOT_YET,
    OVER,
    SUPPORT,
    permission_to_support,
    why_no_votes,
)


class BoxState(StrEnum):
    NOTHING = "nothing"
    """There is nothing to support, now or later."""
    NOT_YET = "not_yet"
    SIGN_IN = "sign_in"
    MAY = "may"
    SUPPORTED = "supported"
    LIMIT = "limit"
    REFUSED = "refused"
    """This person, or this proposal, cannot; the reason says why."""
    FAILED = "failed"
    """The register cannot be read."""
    CLOSED = "closed"


@dataclass(frozen=True)
class Box:
    state: BoxState
    most: int | None = None
    left: int | None = None
    code: str = ""
    needs_consent: bool = False
    consent_version: str = actions.CONSENT_VERSION
    reason: Sentence = ""
    supports: int | None = None
    """Once it has been counted."""


def prepare(app: Flask) -> None:
    app.jinja_env.globals["support_box"] = support_box
    app.jinja_env.globals["supported_here"] = supported_here


def support_box(proposal: Proposal) -> Box:
    """At most four queries, whatever is shown; for a visitor while voting is open, none."""
    campaign = proposal.campaign
    reason = why_no_votes(campaign)
    if proposal.state is not State.PUBLISHED or (reason is OVER and not campaign.is_imported):
        return Box(BoxState.NOTHING)
    if reason is NOT_YET:
        return Box(BoxState.NOT_YET)
    if reason is CLOSED or reason is OVER:
        return _closed(proposal)
    if proposal.was_restored_after_opening:
        return Box(BoxState.NOTHING)
    person = viewer()
    return _for_person(person, campaign, proposal) if person else Box(BoxState.SIGN_IN)


def _closed(proposal: Proposal) -> Box:
    """The count comes from the same place for everybody; what one supports is on My support."""
    if stage_of(proposal.campaign, clock.now()) is Stage.CANCELLED:
        return Box(BoxState.NOTHING)
    count = queries.count_of(proposal)
    return Box(BoxState.CLOSED, supports=count.supports if count else None)


def _for_person(person: Account, campaign: Campaign, proposal: Proposal) -> Box:
    participation = queries.participation_of(person.id, campaign)
    most = participation.most if participation else campaign.vote_limit
    left = None if most is None else most - (participation.n if participation else 0)
    try:
        if participation and participation.n and (code := _code(campaign, proposal, person)):
            return Box(BoxState.SUPPORTED, most=most, left=left, code=code)
    except Refusal as refused:
        return Box(BoxState.FAILED, reason=refused.reason)
    if not SUPPORT.granted_to[0].held_by(person, campaign):
        return Box(BoxState.REFUSED, reason=SUPPORT.otherwise)
    if refusal := permission_to_support(campaign).refusal(person, campaign):
        return Box(BoxState.REFUSED, reason=refusal)
    if left is not None and left <= 0:
        return Box(BoxState.LIMIT, most=most, left=left)
    needs_consent = queries.consent_of(person.id, campaign) is None
    return Box(BoxState.MAY, most=most, left=left, needs_consent=needs_consent)


def _code(campaign: Campaign, proposal: Proposal, person: Account) -> str:
    """The code of this person's support; nothing if they do not support this."""
    receipt = actions.receipt(campaign, proposal, by=person)
    return receipt.code if receipt else ""


def supported_here(campaign: Campaign, proposals: Collection[Proposal]) -> set[int]:
    """Which of these the reader supports, by id; nothing for visitors, and on any doubt."""
    person = viewer()
    if person is None:
        return set()
    try:
        return queries.supported_among(person, campaign, proposals)
    except KeyMissing:
        return set()
