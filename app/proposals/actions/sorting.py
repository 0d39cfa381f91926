"""What moderators decide about one proposal. Always with a reason where something is refused."""

from app.campaigns import stages
from app.campaigns.models import Campaign, Pacing
from app.foundation import clock
from app.foundation.actors import SYSTEM, Actor
from app.foundation.db import db
from app.foundation.events import publish
from app.foundation.language import _
from app.foundation.permissions import authorise
from app.foundation.refusals import Conflict, NotFound
from app.proposals import queries, standing, texts
from app.proposals.actions._rows import _held, _refuse_unless, _revise, _step
from app.proposals.events import (
    ProposalHidden,
    ProposalPublished,
    ProposalRestored,
    ProposalReturned,
    ProposalRevised,
    PublicationTakenBack,
    ReturnTakenBack,
    RevisionReleased,
    RevisionWithheld,
)
from app.proposals.models import Proposal, RevisionKind, State
from app.proposals.permissions import (
    FIX_VOTABLE,
    HIDE_PROPOSAL,
    PUBLISH_PROPOSAL,
    RESTORE_PROPOSAL,
    RETURN_PROPOSAL,
    WITHHOLD_REVISION,
)
from app.proposals.texts import Text


def publish_proposal(proposal: Proposal, *, by: Actor) -> None:
    """Let everybody read it. What was returned may be published after all, as after an appeal."""
    authorise(by, PUBLISH_PROPOSAL, proposal)
    proposal = _held(proposal)
    _refuse_unless(proposal.state is not State.PUBLISHED, _("This proposal is already published."))
    _refuse_unless(
        proposal.state in standing.UNDECIDED,
        _("Only a proposal that was submitted can be published."),
    )
    _publish(proposal, by=by)


def publish_undecided(proposal: Proposal, *, by: Actor) -> None:
    """Publish what nobody decided in time, marked "not checked". The clock does it."""
    authorise(by, PUBLISH_PROPOSAL, proposal)
    proposal = _held(proposal)
    if proposal.state is not State.SUBMITTED:
        return
    proposal.is_checked = False
    _publish(proposal, by=by)


def _publish(proposal: Proposal, *, by: Actor) -> None:
    at, campaign = clock.now(), proposal.campaign
    _step(proposal, State.PUBLISHED, by=by)
    proposal.published_at = at
    if by is not SYSTEM:
        proposal.is_checked = True
    if campaign.pacing is Pacing.SIDE_BY_SIDE:
        proposal.votable_from = standing.votable_from(campaign, at)
    elif stages.voting_has_opened(campaign, at) and by is not SYSTEM:
        proposal.was_restored_after_opening = True
    elif standing.texts_stand(campaign, at):
        proposal.votable_from = campaign.voting_opens_at
    publish(ProposalPublished(proposal.id, proposal.campaign_id), by=by)


def fix_what_is_votable(campaign: Campaign, *, by: Actor) -> None:
    """Write down since when each published proposal can be supported. Harmless twice."""
    authorise(by, FIX_VOTABLE, campaign)
    if not standing.texts_stand(campaign, clock.now()):
        return
    waiting = queries.not_votable_yet(campaign)
    for proposal in queries.locked(db.session.scalars(waiting).all()):
        since = proposal.published_at or campaign.voting_opens_at
        proposal.votable_from = (
            campaign.voting_opens_at
            if campaign.pacing is Pacing.IN_TURN
            else standing.votable_from(campaign, since)
        )


def take_back_publication(proposal: Proposal, *, by: Actor) -> None:
    """Undo: whoever published it a moment ago takes that back."""
    authorise(by, PUBLISH_PROPOSAL, proposal)
    proposal = _held(proposal)
    step = queries.last_step_to(proposal, State.PUBLISHED)
    at = clock.now()
    if proposal.state is not State.PUBLISHED or step is None or step.was is None:
        raise Conflict(_("This proposal is not published."))
    _refuse_unless(
        step.taken_by_id == by.actor_id and step.was in standing.UNDECIDED,
        _("Only whoever published it can take that back."),
    )
    _refuse_unless(
        at - step.taken_at <= standing.UNDO_PUBLICATION,
        _("It was published too long ago to take that back. It can still be hidden."),
    )
    _refuse_unless(
        not stages.voting_has_opened(proposal.campaign, at),
        _("People may already support it, so that cannot be taken back. It can be hidden."),
    )
    _refuse_unless(
        not queries.has_merges(proposal),
        _("Other proposals were merged into it meanwhile. Undo that first."),
    )
    _step(proposal, step.was, by=by)
    proposal.published_at = proposal.votable_from = None
    publish(PublicationTakenBack(proposal.id, proposal.campaign_id), by=by)


def return_proposal(proposal: Proposal, *, reason: str, by: Actor) -> None:
    """Ask the author to mend something; nobody else sees it meanwhile."""
    authorise(by, RETURN_PROPOSAL, proposal)
    words = texts.reason_of(reason)
    proposal = _held(proposal)
    _refuse_unless(
        proposal.state is State.SUBMITTED,
        _("Only a proposal that is submitted and not yet decided can be returned."),
    )
    _step(proposal, State.RETURNED, by=by, reason=words)
    publish(ProposalReturned(proposal.id, proposal.campaign_id), by=by)


def take_back_return(proposal: Proposal, *, by: Actor) -> None:
    """Undo: whoever returned it a moment ago takes that back, and it waits as before."""
    authorise(by, RETURN_PROPOSAL, proposal)
    proposal = _held(proposal)
    step = queries.last_step_to(proposal, State.RETURNED)
    if proposal.state is not State.RETURNED or step is None:
        raise Conflict(_("This proposal is not returned any more."))
    _refuse_unless(
        step.taken_by_id == by.actor_id,
        _("Only whoever returned it can take that back."),
    )
    _refuse_unless(
        clock.now() - step.taken_at <= standing.UNDO_PUBLICATION,
        _("It was returned too long ago to take that back. It can still be published."),
    )
    _step(proposal, State.SUBMITTED, by=by)
    publish(ReturnTakenBack(proposal.id, proposal.campaign_id), by=by)


def hide_proposal(proposal: Proposal, *, reason: str, by: Actor) -> None:
    """Take its text from sight; a stub with the reason stays."""
    authorise(by, HIDE_PROPOSAL, proposal)
    words = texts.reason_of(reason)
    proposal = _held(proposal)
    _refuse_unless(proposal.state is not State.HIDDEN, _("This proposal is already hidden."))
    _refuse_unless(
        proposal.state in standing.HIDEABLE, _("There is nothing of this proposal to hide.")
    )
    _step(proposal, State.HIDDEN, by=by, reason=words)
    publish(ProposalHidden(proposal.id, proposal.campaign_id), by=by)


def restore_proposal(proposal: Proposal, *, reason: str, by: Actor) -> None:
    """Bring a hidden proposal back to where it stood.

    Once voting has opened it goes to the group without a count, and is marked so.
    """
    authorise(by, RESTORE_PROPOSAL, proposal)
    words = texts.reason_of(reason)
    proposal = _held(proposal)
    hidden = queries.last_step_to(proposal, State.HIDDEN)
    if proposal.state is not State.HIDDEN or hidden is None or hidden.was is None:
        raise Conflict(_("This proposal is not hidden."))
    at, campaign, back = clock.now(), proposal.campaign, hidden.was
    has_opened = stages.voting_has_opened(campaign, at)
    if has_opened and campaign.pacing is Pacing.IN_TURN and back in standing.UNDECIDED:
        back = State.PUBLISHED
    _step(proposal, back, by=by, reason=words)
    if back is State.PUBLISHED:
        proposal.state_reason = None
        proposal.published_at = proposal.published_at or at
        proposal.was_restored_after_opening |= has_opened
    elif back is State.MERGED and (merge := queries.live_merge_of(proposal)):
        proposal.state_reason = merge.reason
    publish(ProposalRestored(proposal.id, proposal.campaign_id), by=by)


def withhold_revision(
    proposal: Proposal,
    number: int,
    *,
    reason: str,
    by: Actor,
    title: str | None = None,
    situation: str | None = None,
    solution: str | None = None,
) -> None:
    """Show a revision's text to nobody any more: it holds personal data, or the law says so.

    For the text that stands now, a clean wording of what has to change must be given; it
    becomes a moderator's revision, so that the proposal itself stays readable.
    """
    authorise(by, WITHHOLD_REVISION, proposal)
    words = texts.reason_of(reason)
    proposal = _held(proposal)
    revision = queries.revision(proposal, number)
    if revision is None:
        raise NotFound
    _refuse_unless(revision.withheld_at is None, _("This revision is already withheld."))
    if number == proposal.current_revision:
        text = _cleared(proposal, title, situation, solution)
        fresh = _revise(proposal, text, by=by, kind=RevisionKind.MODERATOR, note=words[:500])
        publish(ProposalRevised(proposal.id, proposal.campaign_id, fresh.number), by=by)
    revision.withheld_at, revision.withheld_reason = clock.now(), words
    publish(RevisionWithheld(proposal.id, proposal.campaign_id, number), by=by)


def release_revision(proposal: Proposal, number: int, *, reason: str, by: Actor) -> None:
    """Let everybody read a withheld revision again, as after an appeal. Twice is once.

    What stands now stays: its authors may revise it while texts can be revised.
    """
    authorise(by, WITHHOLD_REVISION, proposal)
    texts.reason_of(reason)
    proposal = _held(proposal)
    revision = queries.revision(proposal, number)
    if revision is None:
        raise NotFound
    if revision.withheld_at is None:
        return
    revision.withheld_at = revision.withheld_reason = None
    publish(RevisionReleased(proposal.id, proposal.campaign_id, number), by=by)


def _cleared(
    proposal: Proposal, title: str | None, situation: str | None, solution: str | None
) -> Text:
    """The text that stands instead of one that is withheld."""
    now = Text.of(proposal)
    text = Text.written(
        now.title if title is None else title,
        now.situation if situation is None else situation,
        now.solution if solution is None else solution,
        now.values,
    )
    _refuse_unless(
        text != now,
        _("This text stands now. Say what it reads without the passage that is withheld."),
    )
    texts.check(text)
    return text
