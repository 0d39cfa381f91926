"""Writing answers, and concluding a campaign."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from app.answers import actions, queries
from app.answers.lacks import missing_sentence
from app.answers.models import NEEDS_ORIGIN
from app.answers.permissions import ANSWER_PROPOSAL, CONCLUDE_CAMPAIGN, SEE_DESK
from app.answers.vocabulary import OUTCOME_OF, OUTCOMES, RELATION_BEHIND, VOCABULARY
from app.campaigns import queries as campaigns
from app.campaigns.models import Campaign
from app.commitments.queries import candidate, live_origins_of, promoted_in
from app.commitments.vocabulary import RELATIONS
from app.foundation.db import db
from app.foundation.language import spoken
from app.foundation.paging import page_of
from app.foundation.permissions import authorise
from app.foundation.refusals import Invalid
from app.http.forms.answering import AnswerForm, SeveralForm
from app.http.requests import found, may_see, page_number, permission_required, signed_in
from app.proposals import queries as proposals
from app.proposals.models import Proposal, State
from app.proposals.permissions import READ_TEXT

bp = Blueprint("answering", __name__)


@bp.get("/answering/<slug>/")
@permission_required(SEE_DESK)
def desk(slug: str) -> ResponseReturnValue:
    """Who still waits, since when; what keeps the campaign from being concluded."""
    campaign = _campaign(slug)
    authorise(signed_in(), SEE_DESK, campaign)
    return _desk_page(campaign, [])


@bp.post("/answering/<slug>/conclude")
@permission_required(CONCLUDE_CAMPAIGN)
def conclude(slug: str) -> ResponseReturnValue:
    """End the campaign, if nobody waits and no thread is torn; else say what is missing."""
    campaign = _campaign(slug)
    try:
        actions.conclude_campaign(campaign, by=signed_in())
    except Invalid as refused:
        page = _desk_page(campaign, [str(sentence) for sentence in refused.faults.values()])
        return page, 422
    flash(_("The campaign is concluded. Everybody has been answered."), "success")
    return redirect(url_for("answers.answers", slug=slug), 303)


def _campaign(slug: str) -> Campaign:
    return found(campaigns.by_slug(slug))


def _desk_page(campaign: Campaign, faults: Sequence[str]) -> str:
    person = signed_in()
    counted = queries.count_of_gaps(campaign)
    return render_template(
        "answering/desk.html",
        campaign=campaign,
        coverage=queries.coverage(campaign),
        waiting=page_of(queries.unanswered(campaign), page_number()),
        lives_on=promoted_in(campaign),
        missing=[(lack, missing_sentence(lack, count)) for lack, count in counted.items()],
        gaps=[gap for gap in queries.gaps_of(campaign) if gap.lack != "unanswered"],
        faults=faults,
        may_answer=ANSWER_PROPOSAL.refusal(person, campaign),
        may_conclude=CONCLUDE_CAMPAIGN.refusal(person, campaign),
        is_organiser=any(r.held_by(person, campaign) for r in CONCLUDE_CAMPAIGN.granted_to),
        page_address=lambda number: url_for(".desk", slug=campaign.slug, page=number),
    )


@bp.route("/proposals/<reference>/answer", methods=["GET", "POST"])
@permission_required(ANSWER_PROPOSAL)
def answer(reference: str) -> ResponseReturnValue:
    """Say to one proposal what became of it, and why."""
    proposal = may_see(READ_TEXT, proposals.by_reference(reference))
    person, campaign = signed_in(), proposal.campaign
    authorise(person, ANSWER_PROPOSAL, proposal)
    before, looked_at = queries.answer_in_force(proposal), candidate(proposal)
    origins = live_origins_of(proposal)
    form = AnswerForm(
        data={
            "language": proposal.language,
            "on_behalf_of": before.on_behalf_of if before else _institution(campaign),
            "outcome": _likely(looked_at, origins),
            "based_on": str(before.number if before else 0),
        }
    )
    if form.attempt(
        lambda: actions.answer_proposal(
            proposal,
            outcome=form.outcome.data or "",
            text=form.text.data or "",
            language=form.language.data or "",
            on_behalf_of=form.on_behalf_of.data or "",
            referred_to=form.referred_to.data,
            based_on=form.seen,
            by=person,
        )
    ):
        flash(_("The answer is published. The author and the followers are told."), "success")
        return redirect(_next_or_desk(campaign), 303)
    latest = queries.answer_in_force(proposal)
    if form.status == 409:
        form.based_on.data = str(latest.number if latest else 0)
    page = render_template(
        "answering/answer.html",
        proposal=proposal,
        campaign=campaign,
        form=form,
        before=latest,
        conclusion=looked_at.conclusion,
        origins=origins,
        hints=_hints(),
        most=actions,
    )
    return page, form.status


def _institution(campaign: Campaign) -> str:
    return campaign.contact_organisation.best_for(spoken()).text


def _likely(looked_at: Any, origins: Sequence[Any]) -> str:
    """What the origin, else the group's conclusion, suggests; a person chooses."""
    relations = {origin.relation for origin in origins}
    for row in VOCABULARY:
        if row.relation is not None and row.relation in relations:
            return row.outcome.value
    conclusion = looked_at.conclusion
    return OUTCOME_OF[conclusion.recommendation].value if conclusion else ""


def _hints() -> dict[str, str]:
    """Beside each outcome, the origin that it rests on."""
    return {
        outcome.value: _(
            "Needs an origin “%(relation)s” in a commitment.",
            relation=RELATIONS[found(RELATION_BEHIND[outcome])],
        )
        for outcome in NEEDS_ORIGIN
    }


def _next_or_desk(campaign: Campaign) -> str:
    return url_for(".desk", slug=campaign.slug)


@bp.route("/answering/<slug>/several", methods=["GET", "POST"])
@permission_required(ANSWER_PROPOSAL)
def several(slug: str) -> ResponseReturnValue:
    """The same reasons to several that are alike, and to each a line of its own."""
    campaign, person = _campaign(slug), signed_in()
    authorise(person, ANSWER_PROPOSAL, campaign)
    chosen = _chosen(campaign)
    if not chosen:
        flash(_("Choose the proposals that are to be answered together."), "error")
        return redirect(url_for(".desk", slug=slug), 303)
    form = SeveralForm(
        data={"language": chosen[0].language, "on_behalf_of": _institution(campaign)}
    )
    own = {each.id: request.form.get(f"own-{each.id}", "") for each in chosen}
    own_faults: dict[int, str] = {}

    def attempt() -> None:
        try:
            actions.answer_several(
                chosen,
                outcome=form.outcome.data or "",
                text=form.text.data or "",
                own_lines=own,
                language=form.language.data or "",
                on_behalf_of=form.on_behalf_of.data or "",
                referred_to=form.referred_to.data,
                by=person,
            )
        except Invalid as refused:
            own_faults.update(
                {
                    each.id: str(refused.faults[f"own-{each.id}"])
                    for each in chosen
                    if f"own-{each.id}" in refused.faults
                }
            )
            raise

    if form.attempt(attempt):
        flash(
            ngettext("%(num)d answer is published.", "%(num)d answers are published.", len(chosen)),
            "success",
        )
        return redirect(url_for(".desk", slug=slug), 303)
    page = render_template(
        "answering/several.html",
        campaign=campaign,
        chosen=chosen,
        form=form,
        own=own,
        own_faults=own_faults,
        hints=_hints(),
        most=actions,
        names=OUTCOMES,
    )
    return page, form.status


def _chosen(campaign: Campaign) -> list[Proposal]:
    """The proposals named in the address or in the form, as far as they wait in this campaign."""
    words = request.values.getlist("proposal")[: actions.SEVERAL_MOST]
    return list(
        db.session.scalars(
            queries.unanswered(campaign).where(
                Proposal.reference.in_(words), Proposal.state == State.PUBLISHED
            )
        )
    )
