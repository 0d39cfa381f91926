"""Writing a proposal: drafts, preview, submitting, revising, withdrawing, co-authors."""

import secrets
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.campaigns import queries as campaigns
from app.campaigns.models import Campaign, Theme
from app.campaigns.permissions import SEE_CAMPAIGN
from app.foundation.language import spoken
from app.foundation.permissions import authorise
from app.foundation.refusals import Invalid
from app.http.forms.base import Form
from app.http.forms.proposing import (
    VALUES,
    InviteForm,
    ProposalForm,
    ReasonForm,
    ReviseForm,
    filled_from,
)
from app.http.requests import (
    found,
    may_see,
    permission_required,
    sign_in_required,
    signed_in,
)
from app.proposals import actions, queries, texts
from app.proposals.models import CoAuthorState, Proposal, State
from app.proposals.permissions import (
    INVITE_CO_AUTHOR,
    READ_PROPOSAL,
    REVISE_PROPOSAL,
    SAVE_DRAFT,
    START_DRAFT,
    SUBMIT_PROPOSAL,
    WITHDRAW_PROPOSAL,
)

bp = Blueprint("proposing", __name__)

STEPS = 3
"""One question at a time: the situation, the solution, and what it serves."""


@bp.route("/campaigns/<slug>/propose", methods=["GET", "POST"])
@permission_required(START_DRAFT)
def propose(slug: str) -> ResponseReturnValue:
    """An empty form. Its first saving makes the draft that everything later goes to."""
    campaign = may_see(SEE_CAMPAIGN, campaigns.by_slug(slug))
    authorise(signed_in(), START_DRAFT, campaign)
    form = ProposalForm(key=secrets.token_urlsafe(12), language=spoken())
    return _write(form, campaign, None)


@bp.route("/drafts/<int:draft_id>", methods=["GET", "POST"])
@permission_required(SAVE_DRAFT)
def draft(draft_id: int) -> ResponseReturnValue:
    """Go on writing."""
    proposal = may_see(SAVE_DRAFT, queries.draft(draft_id))
    if proposal.state is not State.DRAFT:
        return _to(proposal)
    return _write(ProposalForm(data=filled_from(proposal)), proposal.campaign, proposal)


def _write(
    form: ProposalForm, campaign: Campaign, proposal: Proposal | None
) -> ResponseReturnValue:
    themes = {theme.key: theme for theme in campaigns.themes_of(campaign)}
    form.offer([(key, str(theme.name.best_for(spoken()))) for key, theme in themes.items()])
    known = proposal or _known(form)
    if known is not None and known.state is not State.DRAFT:
        flash(_("This proposal has already been submitted."), "success")
        return _to(known)
    kept: list[Proposal] = []
    if form.attempt(lambda: kept.append(_keep(form, campaign, known, themes))):
        return _after_saving(form, kept[0])
    status = form.status
    if request.method == "GET" and proposal is not None and "check" in request.args:
        _show_what_is_missing(form, proposal)
        status = 200
    return (
        render_template(
            "proposing/write.html",
            here="",
            form=form,
            campaign=campaign,
            proposal=known,
            step=_step(),
            steps=STEPS,
            values=VALUES,
            texts=texts,
            drafts=[] if known else queries.drafts_of(signed_in().id, campaign),
            similar=queries.similar_to(known) if known and known.title else [],
        ),
        status,
    )


def _known(form: ProposalForm) -> Proposal | None:
    """The draft that this very form has already made: in another tab, or by itself."""
    return queries.begun_with(form.key.data or "", signed_in().id) if form.key.data else None


def _keep(
    form: ProposalForm, campaign: Campaign, known: Proposal | None, themes: dict[str, Theme]
) -> Proposal:
    if known is None:
        key = (form.key.data or secrets.token_urlsafe(12))[:40]
        return actions.start_draft(campaign, key=key, by=signed_in(), **form.draft(themes))
    actions.save_draft(known, by=signed_in(), **form.draft(themes))
    return known


def _after_saving(form: ProposalForm, proposal: Proposal) -> ResponseReturnValue:
    if form.preview.data:
        if _missing(proposal) is None:
            return redirect(url_for(".preview", draft_id=proposal.id), 303)
        return redirect(url_for(".draft", draft_id=proposal.id, check=1), 303)
    if (step := _step()) and not form.save.data:
        return redirect(url_for(".draft", draft_id=proposal.id, step=min(step + 1, STEPS)), 303)
    flash(_("The draft is saved. Only you can see it."), "success")
    return redirect(url_for(".draft", draft_id=proposal.id, **_same_step()), 303)


def _step() -> int:
    """Which question is shown alone; 0: all at once."""
    word = request.args.get("step", "")
    return int(word) if word in {"1", "2", "3"} else 0


def _same_step() -> dict[str, Any]:
    return {"step": _step()} if _step() else {}


def _missing(proposal: Proposal) -> Invalid | None:
    try:
        texts.check(texts.Text.of(proposal))
    except Invalid as refused:
        return refused
    return None


def _show_what_is_missing(form: Form, proposal: Proposal) -> None:
    if missing := _missing(proposal):
        form.show(missing)


@bp.post("/campaigns/<slug>/propose/autosave")
@permission_required(START_DRAFT)
def autosave(slug: str) -> ResponseReturnValue:
    """Keep what is being typed, without a word. The page's script posts the same form here."""
    campaign = may_see(SEE_CAMPAIGN, campaigns.by_slug(slug))
    form = ProposalForm()
    return _autosave(form, campaign, _known(form))


@bp.post("/drafts/<int:draft_id>/autosave")
@permission_required(SAVE_DRAFT)
def autosave_draft(draft_id: int) -> ResponseReturnValue:
    """The same for a draft that has an address; a co-author may be writing."""
    proposal = may_see(SAVE_DRAFT, queries.draft(draft_id))
    return _autosave(ProposalForm(), proposal.campaign, proposal)


def _autosave(
    form: ProposalForm, campaign: Campaign, known: Proposal | None
) -> ResponseReturnValue:
    themes = {theme.key: theme for theme in campaigns.themes_of(campaign)}
    if form.attempt(lambda: _keep(form, campaign, known, themes)):
        return "", 204
    return "", form.status if form.status >= 400 else 422


@bp.route("/drafts/<int:draft_id>/preview", methods=["GET", "POST"])
@permission_required(SUBMIT_PROPOSAL)
def preview(draft_id: int) -> ResponseReturnValue:
    """The proposal as others will see it, and the button that hands it in."""
    proposal = may_see(SAVE_DRAFT, queries.draft(draft_id))
    if proposal.state is not State.DRAFT:
        flash(_("This proposal has already been submitted."), "success")
        return _to(proposal)
    if _missing(proposal) is not None:
        return redirect(url_for(".draft", draft_id=proposal.id, check=1), 303)
    form = Form()
    if form.attempt(lambda: actions.submit_proposal(proposal, by=signed_in())):
        flash(
            _(
                "Submitted as %(reference)s. A moderator will read it and publish it.",
                reference=proposal.reference,
            ),
            "success",
        )
        return _to(proposal)
    return (
        render_template(
            "proposing/preview.html",
            form=form,
            proposal=proposal,
            campaign=proposal.campaign,
            values=VALUES,
            reason_not=SUBMIT_PROPOSAL.refusal(signed_in(), proposal),
            similar=queries.similar_to(proposal),
            named=queries.co_authors_of(proposal),
        ),
        form.status,
    )


@bp.post("/drafts/<int:draft_id>/discard")
@sign_in_required
def discard(draft_id: int) -> ResponseReturnValue:
    proposal = may_see(SAVE_DRAFT, queries.draft(draft_id))
    slug = proposal.campaign.slug
    actions.discard_draft(proposal, by=signed_in())
    flash(_("The draft is gone."), "success")
    return redirect(url_for("campaigns.campaign", slug=slug), 303)


@bp.route("/proposals/<reference>/revise", methods=["GET", "POST"])
@permission_required(REVISE_PROPOSAL)
def revise(reference: str) -> ResponseReturnValue:
    """Change a text that was handed in; the earlier one stays readable."""
    proposal = may_see(READ_PROPOSAL, queries.by_reference(reference))
    authorise(signed_in(), REVISE_PROPOSAL, proposal)
    form = ReviseForm(data=filled_from(proposal))
    if form.attempt(lambda: _revise(form, proposal)):
        if form.submit_again.data:
            flash(_("Saved and submitted again. A moderator will read it."), "success")
        else:
            flash(_("The new revision is saved."), "success")
        return _to(proposal)
    return (
        render_template(
            "proposing/revise.html",
            form=form,
            proposal=proposal,
            campaign=proposal.campaign,
            values=VALUES,
            texts=texts,
        ),
        form.status,
    )


def _revise(form: ReviseForm, proposal: Proposal) -> None:
    actions.revise_proposal(proposal, **form.words(), note=form.note.data or "", by=signed_in())
    if form.submit_again.data:
        actions.submit_proposal(proposal, by=signed_in())


@bp.route("/proposals/<reference>/withdraw", methods=["GET", "POST"])
@permission_required(WITHDRAW_PROPOSAL)
def withdraw(reference: str) -> ResponseReturnValue:
    proposal = may_see(READ_PROPOSAL, queries.by_reference(reference))
    if proposal.state is State.WITHDRAWN:
        flash(_("This proposal has already been withdrawn."), "success")
        return _to(proposal)
    authorise(signed_in(), WITHDRAW_PROPOSAL, proposal)
    form = ReasonForm()
    if form.attempt(
        lambda: actions.withdraw_proposal(proposal, reason=form.reason.data or "", by=signed_in())
    ):
        flash(_("The proposal is withdrawn."), "success")
        return _to(proposal)
    page = render_template(
        "proposing/withdraw.html", form=form, proposal=proposal, campaign=proposal.campaign
    )
    return page, form.status


@bp.route("/co-authors/<int:proposal_id>", methods=["GET", "POST"])
@permission_required(INVITE_CO_AUTHOR)
def co_authors(proposal_id: int) -> ResponseReturnValue:
    """Who is named on a proposal: the author asks, whoever is asked answers."""
    proposal = may_see(READ_PROPOSAL, queries.draft(proposal_id))
    named = queries.co_authors_of(proposal)
    mine = next((one for one in named if one.account_id == signed_in().id), None)
    if mine is None:
        authorise(signed_in(), INVITE_CO_AUTHOR, proposal)
    form = InviteForm()
    if form.attempt(
        lambda: actions.invite_co_author(proposal, who=form.who.data or "", by=signed_in())
    ):
        flash(
            _("If we know them, they are asked now. They appear here once they agree."), "success"
        )
        return redirect(url_for(".co_authors", proposal_id=proposal.id), 303)
    return (
        render_template(
            "proposing/co_authors.html",
            form=form,
            proposal=proposal,
            campaign=proposal.campaign,
            mine=mine,
            accepted=[one for one in named if one.state is CoAuthorState.ACCEPTED],
            values=VALUES,
        ),
        form.status,
    )


@bp.post("/co-authors/<int:proposal_id>/answer")
@sign_in_required
def answer_invitation(proposal_id: int) -> ResponseReturnValue:
    """Agree to be named, or do not."""
    proposal = may_see(READ_PROPOSAL, queries.draft(proposal_id))
    if request.form.get("answer") == "accept":
        actions.accept_co_authorship(proposal, by=signed_in())
        flash(_("You are named on this proposal now."), "success")
        return _to(found(queries.draft(proposal_id)))
    actions.decline_co_authorship(proposal, by=signed_in())
    flash(_("You are not named on this proposal."), "success")
    return redirect(url_for("campaigns.campaign", slug=proposal.campaign.slug), 303)


def _to(proposal: Proposal) -> ResponseReturnValue:
    """The page of a proposal, wherever it stands."""
    if proposal.reference is None:
        return redirect(url_for("proposing.draft", draft_id=proposal.id), 303)
    return redirect(url_for("proposals.proposal", reference=proposal.reference), 303)
