"""The drafting desk: promote proposals, draft commitments, trace them, consult, approve."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app import config
from app.campaigns import queries as campaigns
from app.commitments import actions, queries, texts
from app.commitments.models import Commitment, Field, Origin, Version
from app.commitments.permissions import (
    ADD_ORIGIN,
    APPROVE_COMMITMENT,
    MAKE_FINAL,
    OPEN_CONSULTATION,
    PROMOTE_PROPOSAL,
    READ_COMMITMENT,
    RETRACT_ORIGIN,
    SAVE_VERSION,
    SEE_DESK,
)
from app.commitments.vocabulary import FIELDS, RELATION_OF, RELATIONS, SOURCES
from app.foundation.db import db
from app.foundation.language import NAMES, spoken
from app.foundation.permissions import Permission, authorise
from app.foundation.refusals import Invalid
from app.http.forms.drafting import (
    ApprovalForm,
    ConsultationForm,
    DraftForm,
    FinalForm,
    OriginForm,
    PromotionForm,
    RetractionForm,
    day_of,
)
from app.http.requests import found, may_see, permission_required, signed_in
from app.proposals import queries as proposals
from app.proposals.changes import pieces
from app.proposals.models import Proposal
from app.proposals.permissions import READ_TEXT

bp = Blueprint("drafting", __name__)


# ── The desk ─────────────────────────────────────────────────────────────────────────────────


@bp.get("/drafting/<campaign_slug>/")
@permission_required(SEE_DESK)
def desk(campaign_slug: str) -> ResponseReturnValue:
    """What is being drafted, and what waits on the shortlist to be promoted."""
    campaign = found(campaigns.by_slug(campaign_slug))
    person = signed_in()
    authorise(person, SEE_DESK, campaign)
    promoted = queries.promoted_in(campaign)
    waiting = [
        (candidate, PROMOTE_PROPOSAL.refusal(person, candidate))
        for candidate in queries.candidates_in(campaign)
        if candidate.proposal.id not in promoted
    ]
    return render_template(
        "drafting/desk.html",
        campaign=campaign,
        commitments=queries.commitments_of(campaign),
        origin_counts=queries.origin_counts(campaign),
        waiting=waiting,
        promoted=len(promoted),
    )


@bp.route("/proposals/<reference>/promote", methods=["GET", "POST"])
@permission_required(PROMOTE_PROPOSAL)
def promote(reference: str) -> ResponseReturnValue:
    """Turn a shortlisted proposal into a draft commitment, or into a part of one."""
    proposal = _readable(reference)
    person = signed_in()
    candidate = queries.candidate(proposal)
    if not any(role.held_by(person, candidate) for role in PROMOTE_PROPOSAL.granted_to):
        authorise(person, PROMOTE_PROPOSAL, candidate)
    open_drafts = db.session.scalars(queries.drafts_open_to(proposal.campaign)).all()
    conclusion = candidate.conclusion
    relation = RELATION_OF[conclusion.recommendation] if conclusion else None
    form = PromotionForm(
        data={
            "title": proposal.title,
            "relation": relation.value if relation else "",
            "adds_text": True,
            "into": request.args.get("into", ""),
        }
    )
    form.offer(list(open_drafts), {each.id: _titled(each) for each in open_drafts})
    into = next((each for each in open_drafts if str(each.id) == form.into.data), None)

    def attempt() -> None:
        if form.into.data and into is None:
            raise Invalid({"into": _("This commitment takes nothing more in.")})
        actions.promote_proposal(
            proposal,
            into=into,
            title=form.title.data or "",
            relation=form.relation.data or "",
            reason=form.reason.data or "",
            adds_text=bool(form.adds_text.data),
            by=person,
        )

    if form.attempt(attempt):
        origin = found(queries.promotion_of(proposal))
        flash(_("Promoted. Its origin is written; the group and the author are told."), "success")
        return redirect(url_for(".edit", commitment_id=origin.commitment_id), 303)
    page = render_template(
        "drafting/promote.html",
        proposal=proposal,
        campaign=proposal.campaign,
        candidate=candidate,
        conclusion=conclusion,
        refusal=PROMOTE_PROPOSAL.refusal(person, candidate),
        before=queries.promotion_of(proposal),
        form=form,
        most=texts,
    )
    return page, form.status


def _titled(commitment: Commitment) -> str:
    title = commitment.current.title.best_for(spoken())
    return str(_("No %(number)s: %(title)s", number=commitment.number, title=title))


def _readable(reference: str) -> Proposal:
    return may_see(READ_TEXT, proposals.by_reference(reference))


# ── The text ─────────────────────────────────────────────────────────────────────────────────


@bp.route("/commitments/<int:commitment_id>/edit", methods=["GET", "POST"])
@permission_required(SAVE_VERSION)
def edit(commitment_id: int) -> ResponseReturnValue:
    """Write the next version, in one language, with its sources beside it."""
    commitment, person = _opened(commitment_id, SAVE_VERSION), signed_in()
    code = _text_language(commitment)
    milestones = queries.milestones_of(commitment)
    form = DraftForm.of(commitment.current, list(milestones), code)
    if form.attempt(
        lambda: actions.save_version(
            commitment,
            based_on=form.seen,
            draft=form.draft,
            language=code,
            note=form.note.data or "",
            by=person,
        )
    ):
        flash(_("Saved as version %(number)s.", number=commitment.current_version), "success")
        return redirect(url_for("commitments.commitment", commitment_id=commitment.id), 303)
    theirs = _saved_meanwhile(commitment, form, code)
    page = render_template(
        "drafting/edit.html",
        commitment=commitment,
        campaign=commitment.campaign,
        form=form,
        text_language=code,
        languages_of_text=[(each, NAMES[each]) for each in config.settings().languages],
        theirs=theirs,
        origins=[each for each in queries.origins_of(commitment) if each.is_live],
        fields=FIELDS,
        relations=RELATIONS,
        source_names=SOURCES,
        note_is_needed=commitment.state != "draft",
        most=texts,
    )
    return page, form.status


def _text_language(commitment: Commitment) -> str:
    """The language that is written in: the one asked for, else the original's."""
    asked = request.args.get("text", "")
    original = commitment.current.title.original_language
    return asked if asked in config.settings().languages else original


@dataclass(frozen=True)
class Meanwhile:
    """What somebody else saved while this was being written, beside what was typed."""

    version: Version
    changes: list[tuple[Field, Any]]
    """For each field that differs: from theirs to mine, word by word."""


def _saved_meanwhile(commitment: Commitment, form: DraftForm, code: str) -> Meanwhile | None:
    """After a conflict: both texts; the next press saves what was typed over theirs, knowingly."""
    if form.status != 409 or form.seen == commitment.current_version:
        return None
    version = found(queries.version(commitment, commitment.current_version))
    both = [
        (part, version.text(part).wordings.get(code, ""), str(form[part.value].data or ""))
        for part in Field
    ]
    form.based_on.data = str(version.number)
    return Meanwhile(
        version, [(part, pieces(theirs, mine)) for part, theirs, mine in both if theirs != mine]
    )


# ── Origins ──────────────────────────────────────────────────────────────────────────────────


@bp.route("/commitments/<int:commitment_id>/origins/new", methods=["GET", "POST"])
@permission_required(ADD_ORIGIN)
def add_origin(commitment_id: int) -> ResponseReturnValue:
    """Write where the commitment, or a passage of it, comes from."""
    commitment, person = _opened(commitment_id, ADD_ORIGIN), signed_in()
    form = OriginForm(data={"proposal": request.args.get("proposal", "")})
    named = str(form.proposal.data or "").strip()
    proposal = proposals.by_reference(named) if named else None

    def attempt() -> None:
        if named and proposal is None:
            raise Invalid({"proposal": _("There is no proposal with this number.")})
        actions.add_origin(
            commitment,
            proposal=proposal,
            revision=form.revision.data,
            proposal_passage=form.proposal_passage.data,
            relation=form.relation.data,
            other_kind=form.other_kind.data,
            other_source=form.other_source.data,
            field=form.field.data,
            passage=form.passage.data,
            reason=form.reason.data or "",
            by=person,
        )

    if form.attempt(attempt):
        flash(_("The origin is written. Everybody can read it."), "success")
        return redirect(url_for("commitments.commitment", commitment_id=commitment.id), 303)
    page = render_template(
        "drafting/origin.html",
        commitment=commitment,
        campaign=commitment.campaign,
        form=form,
        proposal=proposal if proposal and proposal.campaign_id == commitment.campaign_id else None,
        fields=FIELDS,
        most=texts,
    )
    return page, form.status


@bp.route("/commitments/origins/<int:origin_id>/retract", methods=["GET", "POST"])
@permission_required(RETRACT_ORIGIN)
def retract(origin_id: int) -> ResponseReturnValue:
    """Say that an origin no longer holds, and why."""
    origin: Origin = found(queries.origin(origin_id))
    commitment, person = _opened(origin.commitment_id, RETRACT_ORIGIN), signed_in()
    form = RetractionForm()
    if form.attempt(
        lambda: actions.retract_origin(origin, reason=form.reason.data or "", by=person)
    ):
        flash(_("The origin is retracted. It stays readable, with your reason."), "success")
        return redirect(url_for("commitments.commitment", commitment_id=commitment.id), 303)
    page = render_template(
        "drafting/retract.html",
        commitment=commitment,
        campaign=commitment.campaign,
        origin=origin,
        relations=RELATIONS,
        source_names=SOURCES,
        form=form,
        most=texts,
    )
    return page, form.status


# ── From draft to approval ───────────────────────────────────────────────────────────────────


@bp.route("/commitments/<int:commitment_id>/consultation", methods=["GET", "POST"])
@permission_required(OPEN_CONSULTATION)
def consult(commitment_id: int) -> ResponseReturnValue:
    commitment, person = _opened(commitment_id, OPEN_CONSULTATION), signed_in()
    form = ConsultationForm()
    if form.attempt(
        lambda: actions.open_consultation(
            commitment,
            closes_on=day_of(form.closes_on.data, field="closes_on"),
            reason=form.reason.data or "",
            by=person,
        )
    ):
        return _done(commitment, _("The consultation is open. Everybody can comment."))
    return _form_page("drafting/consult.html", commitment, form)


@bp.route("/commitments/<int:commitment_id>/final", methods=["GET", "POST"])
@permission_required(MAKE_FINAL)
def finish(commitment_id: int) -> ResponseReturnValue:
    commitment, person = _opened(commitment_id, MAKE_FINAL), signed_in()
    form = FinalForm()
    if form.attempt(
        lambda: actions.make_final(commitment, reason=form.reason.data or "", by=person)
    ):
        return _done(commitment, _("The text is final. It waits for approval."))
    return _form_page("drafting/finish.html", commitment, form)


@bp.route("/commitments/<int:commitment_id>/approval", methods=["GET", "POST"])
@permission_required(APPROVE_COMMITMENT)
def approve(commitment_id: int) -> ResponseReturnValue:
    commitment, person = _opened(commitment_id, APPROVE_COMMITMENT), signed_in()
    form = ApprovalForm()
    if form.attempt(
        lambda: actions.approve_commitment(
            commitment,
            act=form.act.data or "",
            language=spoken(),
            on=day_of(form.on.data, field="on"),
            link=form.link.data,
            by=person,
        )
    ):
        return _done(commitment, _("The approval is recorded. From now on the text stands."))
    return _form_page("drafting/approve.html", commitment, form)


def _opened(commitment_id: int, permission: Permission) -> Commitment:
    """The commitment; whoever holds no office for this act is refused, with the sentence.

    Whoever holds one is let in although it cannot be done now: the form says why.
    """
    commitment = may_see(READ_COMMITMENT, queries.commitment(commitment_id))
    person = signed_in()
    is_asking = request.method == "GET"
    if is_asking or not any(role.held_by(person, commitment) for role in permission.granted_to):
        authorise(person, permission, commitment)
    return commitment


def _done(commitment: Commitment, sentence: str) -> ResponseReturnValue:
    flash(sentence, "success")
    return redirect(url_for("commitments.commitment", commitment_id=commitment.id), 303)


def _form_page(template: str, commitment: Commitment, form: Any) -> ResponseReturnValue:
    page = render_template(
        template, commitment=commitment, campaign=commitment.campaign, form=form, most=texts
    )
    return page, form.status
