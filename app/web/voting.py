"""Supporting a proposal, and seeing what one supports.

No address here names a proposal: it stands in the body of the form, and what follows leads to
*recorded*, not back to the proposal, so that a log of addresses does not say who supports what.
"""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.campaigns.models import Campaign
from app.campaigns.permissions import SEE_CAMPAIGN
from app.campaigns.queries import by_slug
from app.follows.actions import follow
from app.follows.queries import follows
from app.foundation.db import db
from app.http.forms.base import Form
from app.http.forms.voting import SupportForm, WithdrawForm
from app.http.requests import actor, found, may_see, permission_required, signed_in
from app.proposals.models import Proposal
from app.proposals.permissions import READ_PROPOSAL
from app.proposals.queries import by_reference
from app.voting import actions, queries
from app.voting.boxes import Choice, Receipt
from app.voting.keys import KeyMissing
from app.voting.permissions import SEE_OWN_SUPPORT, SUPPORT, WITHDRAW_SUPPORT, why_no_votes

bp = Blueprint("voting", __name__)

RECORDED = "recorded"
"""What the cookie of the voter's own browser remembers of their last act; never the proposal."""


@bp.post("/campaigns/<slug>/support")
@permission_required(SUPPORT)
def support(slug: str) -> ResponseReturnValue:
    campaign, form = _campaign(slug), SupportForm()
    proposal = _proposal(campaign, form.proposal.data)
    receipts: list[Receipt] = []
    if form.attempt(
        lambda: receipts.append(
            actions.support(campaign, proposal, consent=form.consent.data or None, by=actor())
        )
    ):
        if _wants_fragment():
            return _box(proposal)
        receipt = receipts[0]
        session[RECORDED] = {"slug": slug, "code": receipt.code, "is_new": receipt.is_new}
        return redirect(url_for(".recorded", slug=slug), 303)
    return _refused(campaign, proposal, form)


@bp.post("/campaigns/<slug>/support/withdraw")
@permission_required(WITHDRAW_SUPPORT)
def withdraw(slug: str) -> ResponseReturnValue:
    campaign, form = _campaign(slug), WithdrawForm()
    proposal = _proposal(campaign, form.proposal.data)
    done: list[bool] = []
    if form.attempt(lambda: done.append(actions.withdraw_support(campaign, proposal, by=actor()))):
        if _wants_fragment():
            return _box(proposal)
        if done[0]:
            flash(
                _("Your support is withdrawn. You can give it again until voting closes."),
                "success",
            )
        else:
            flash(_("You did not support this proposal any more."), "success")
        return redirect(url_for(".my_support", slug=slug), 303)
    return _refused(campaign, proposal, form)


@bp.get("/campaigns/<slug>/support/recorded")
@permission_required(SEE_OWN_SUPPORT)
def recorded(slug: str) -> ResponseReturnValue:
    """What follows a support: the code, and what happens next."""
    campaign, said = _campaign(slug), session.get(RECORDED)
    if not isinstance(said, dict) or said.get("slug") != slug:
        return redirect(url_for(".my_support", slug=slug), 303)
    person = signed_in()
    return render_template(
        "voting/recorded.html",
        campaign=campaign,
        recorded=said,
        left=queries.supports_left(person, campaign),
        follows=follows(person.id, f"campaign:{campaign.id}"),
    )


@bp.post("/campaigns/<slug>/support/follow")
@permission_required(SEE_OWN_SUPPORT)
def follow_campaign(slug: str) -> ResponseReturnValue:
    """Offered after supporting: to hear of the later steps of the campaign, by a choice."""
    campaign = _campaign(slug)
    follow(f"campaign:{campaign.id}", by=actor())
    flash(_("We will tell you of each later step of this campaign."), "success")
    return redirect(url_for(".my_support", slug=slug), 303)


@bp.get("/campaigns/<slug>/my-support")
@permission_required(SEE_OWN_SUPPORT)
def my_support(slug: str) -> ResponseReturnValue:
    """All that one supports in a campaign, with the codes; for nobody else."""
    campaign, person = _campaign(slug), signed_in()
    try:
        choices = queries.all_choices_of(person.id, campaign)
        is_readable = True
    except KeyMissing:
        choices, is_readable = [], False
    return render_template(
        "voting/my_support.html",
        campaign=campaign,
        supported=_with_codes(campaign, choices),
        is_readable=is_readable,
        is_open=why_no_votes(campaign) is None,
        tally=queries.tally_of(campaign),
        left=queries.supports_left(person, campaign),
        consent=queries.consent_of(person.id, campaign),
    )


def _with_codes(campaign: Campaign, choices: list[Choice]) -> list[dict[str, Any]]:
    codes = {
        choice.proposal: Receipt(campaign.slug, choice, is_new=False).code for choice in choices
    }
    return [
        {"proposal": proposal, "code": codes[proposal.reference or ""]}
        for proposal in queries.by_references(campaign, codes)
    ]


@bp.post("/campaigns/<slug>/support/receipt")
@permission_required(SEE_OWN_SUPPORT)
def receipt(slug: str) -> ResponseReturnValue:
    """The receipt as a file. A POST, so that no address says which proposal it is for."""
    campaign, form = _campaign(slug), WithdrawForm()
    proposal = _proposal(campaign, form.proposal.data)
    kept = found(actions.receipt(campaign, proposal, by=actor()))
    headers = {
        "Content-Type": "application/json",
        "Content-Disposition": f'attachment; filename="{campaign.slug}-{kept.code}.json"',
    }
    return kept.as_file(), 200, headers


def _campaign(slug: str) -> Campaign:
    return may_see(SEE_CAMPAIGN, by_slug(slug))


def _proposal(campaign: Campaign, reference: str | None) -> Proposal:
    proposal = may_see(READ_PROPOSAL, by_reference(reference or ""))
    return found(proposal if proposal.campaign_id == campaign.id else None)


def _wants_fragment() -> bool:
    return "fragment" in request.headers.get("Accept", "") or "X-Fragment" in request.headers


def _box(proposal: Proposal) -> ResponseReturnValue:
    """Only what has changed, for a page that stays where it is."""
    db.session.flush()
    return render_template("voting/box.html", proposal=proposal)


def _refused(campaign: Campaign, proposal: Proposal, form: Form) -> ResponseReturnValue:
    """The sentence, and the box once more, with what can be done now."""
    return (
        render_template(
            "voting/support.html",
            campaign=campaign,
            proposal=proposal,
            form=form,
            consent_is_missing="consent" in form and bool(form["consent"].errors),
        ),
        form.status,
    )
