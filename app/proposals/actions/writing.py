"""What those who write a proposal do: draft, submit, revise, withdraw."""

from collections.abc import Sequence

from sqlalchemy import delete, update
from sqlalchemy.exc import IntegrityError

from app.accounts.models import Account
from app.campaigns.models import Campaign, Theme
from app.comments.models import Thread
from app.config import KNOWN_LANGUAGES
from app.follows.actions import follow
from app.foundation import clock
from app.foundation.actors import Actor
from app.foundation.db import db
from app.foundation.events import publish, subject
from app.foundation.language import _
from app.foundation.permissions import authorise
from app.foundation.rate_limits import Limit, spend
from app.foundation.refusals import Conflict, Invalid
from app.proposals import queries, texts
from app.proposals.actions._rows import _held, _put, _refuse_unless, _revise, _step
from app.proposals.events import ProposalRevised, ProposalSubmitted, ProposalWithdrawn
from app.proposals.models import CoAuthor, Proposal, Revision, State
from app.proposals.permissions import (
    DISCARD_DRAFT,
    REVISE_PROPOSAL,
    SAVE_DRAFT,
    START_DRAFT,
    SUBMIT_PROPOSAL,
    WITHDRAW_PROPOSAL,
)
from app.proposals.texts import Text

START_LIMIT = Limit("proposals.start_draft", "30 per hour")
SUBMIT_LIMIT = Limit(
    "proposals.submit",
    "20 per day",
    otherwise=_("You have submitted many proposals today. Your draft is kept for tomorrow."),
)
REVISE_LIMIT = Limit("proposals.revise", "30 per hour")


def start_draft(
    campaign: Campaign,
    *,
    language: str,
    by: Actor,
    title: str = "",
    situation: str = "",
    solution: str = "",
    values: Sequence[str] = (),
    theme: Theme | None = None,
    on_behalf_of: str | None = None,
    key: str | None = None,
) -> Proposal:
    """Begin a proposal that only its author sees. May be as unfinished as one likes.

    Raises Conflict if the same author has begun one with the same key.
    """
    authorise(by, START_DRAFT, campaign)
    assert isinstance(by, Account)  # noqa: S101  nobody else holds the role
    text = Text.written(title, situation, solution, values)
    texts.check_draft(text)
    organisation = texts.organisation_of(on_behalf_of)
    _check_place(campaign, language, theme)
    spend(START_LIMIT, by.id)
    at, thread = clock.now(), Thread()
    db.session.add(thread)
    db.session.flush()
    proposal = Proposal(
        campaign=campaign,
        theme=theme,
        author=by,
        on_behalf_of=organisation,
        language=language,
        title=text.title,
        situation=text.situation,
        solution=text.solution,
        values=list(text.values),
        state=State.DRAFT,
        draft_key=key,
        current_revision=0,
        thread=thread,
        created_at=at,
        saved_at=at,
    )
    try:
        with db.session.begin_nested():
            db.session.add(proposal)
    except IntegrityError as twice:
        raise Conflict(_("This draft was saved from elsewhere at the same moment.")) from twice
    return proposal


def save_draft(
    proposal: Proposal,
    *,
    language: str,
    by: Actor,
    title: str = "",
    situation: str = "",
    solution: str = "",
    values: Sequence[str] = (),
    theme: Theme | None = None,
    on_behalf_of: str | None = None,
) -> None:
    """Keep a draft as it stands now, finished or not."""
    authorise(by, SAVE_DRAFT, proposal)
    proposal = _held(proposal)
    _refuse_unless(
        proposal.state is State.DRAFT, _("This is no longer a draft: it has been submitted.")
    )
    text = Text.written(title, situation, solution, values)
    texts.check_draft(text)
    organisation = texts.organisation_of(on_behalf_of)
    _check_place(proposal.campaign, language, theme)
    _put(proposal, text)
    proposal.language, proposal.theme = language, theme
    proposal.on_behalf_of = organisation


def discard_draft(proposal: Proposal, *, by: Actor) -> None:
    """Throw away what nobody else has seen."""
    authorise(by, DISCARD_DRAFT, proposal)
    proposal = _held(proposal)
    _refuse_unless(proposal.state is State.DRAFT, _("Only a draft can be discarded."))
    _delete(proposal)


def submit_proposal(proposal: Proposal, *, by: Actor) -> None:
    """Hand a draft in, or hand it in again after it was returned. It gets its reference now."""
    authorise(by, SUBMIT_PROPOSAL, proposal)
    proposal = _held(proposal)
    _refuse_unless(
        proposal.state in {State.DRAFT, State.RETURNED},
        _("This proposal has already been submitted."),
    )
    text = Text.of(proposal)
    texts.check(text)
    spend(SUBMIT_LIMIT, by.actor_id or 0)
    if proposal.current_revision == 0:
        _revise(proposal, text, by=by)
    if proposal.reference is None:
        proposal.reference = _next_reference(proposal.campaign)
        proposal.submitted_at = clock.now()
    _step(proposal, State.SUBMITTED, by=by)
    follow(subject("proposal", proposal.id), unless_stopped=True, by=by)
    publish(ProposalSubmitted(proposal.id, proposal.campaign_id), by=by)


def revise_proposal(
    proposal: Proposal,
    *,
    title: str,
    situation: str,
    solution: str,
    values: Sequence[str],
    note: str,
    by: Actor,
) -> None:
    """Change the text of what was submitted, returned or published; the old one stays readable."""
    authorise(by, REVISE_PROPOSAL, proposal)
    proposal = _held(proposal)
    _refuse_unless(
        proposal.state in {State.SUBMITTED, State.RETURNED, State.PUBLISHED},
        _("This proposal is no longer open, so its text cannot be changed."),
    )
    text = Text.written(title, situation, solution, values)
    texts.check(text)
    words = texts.note_of(note)
    if text == Text.of(proposal):
        return
    spend(REVISE_LIMIT, by.actor_id or 0)
    revision = _revise(proposal, text, by=by, note=words)
    publish(ProposalRevised(proposal.id, proposal.campaign_id, revision.number), by=by)


def withdraw_proposal(proposal: Proposal, *, reason: str, by: Actor) -> None:
    """Take one's proposal back, with a public reason. A stub stays if it was public."""
    authorise(by, WITHDRAW_PROPOSAL, proposal)
    words = texts.reason_of(reason)
    proposal = _held(proposal)
    _refuse_unless(
        proposal.state in {State.SUBMITTED, State.RETURNED, State.PUBLISHED},
        _("This proposal is no longer open, so it cannot be withdrawn."),
    )
    _refuse_unless(
        not queries.has_merges(proposal),
        _(
            "Other people's proposals were merged into this one, so it is not only yours to "
            "withdraw. Ask a moderator to take them out first."
        ),
    )
    _step(proposal, State.WITHDRAWN, by=by, reason=words)
    publish(ProposalWithdrawn(proposal.id, proposal.campaign_id), by=by)


def _check_place(campaign: Campaign, language: str, theme: Theme | None) -> None:
    if language not in KNOWN_LANGUAGES:
        raise Invalid({"language": _("Choose the language that you write in.")})
    if theme is not None and theme.campaign_id != campaign.id:
        raise Invalid({"theme": _("Choose a theme of this campaign.")})


def _next_reference(campaign: Campaign) -> str:
    """The next number of the campaign. The row is held until the commit: no two get the same,
    and a transaction that fails leaves no gap."""
    number = db.session.scalar(
        update(Campaign)
        .where(Campaign.id == campaign.id)
        .values(last_number=Campaign.last_number + 1)
        .returning(Campaign.last_number)
        .execution_options(synchronize_session=False)
    )
    db.session.expire(campaign, ["last_number"])
    return f"{campaign.reference_prefix}-{number:04}"


def _delete(proposal: Proposal) -> None:
    """Remove a draft with everything that hangs on it."""
    thread_id = proposal.thread_id
    db.session.flush()
    for table in (CoAuthor, Revision):
        db.session.execute(delete(table).where(table.proposal_id == proposal.id))
    db.session.delete(proposal)
    db.session.flush()
    db.session.execute(delete(Thread).where(Thread.id == thread_id))
    queries.forget_who_is_named()
