"""Reporting content, and appealing a decision."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.foundation.permissions import authorise
from app.http import origins
from app.http.forms.reporting import AppealForm, ReportForm
from app.http.requests import actor, found, open_to_everyone, permission_required, signed_in
from app.moderation import actions, promises, queries
from app.moderation.matters import Matter
from app.moderation.permissions import APPEAL, REPORT
from app.moderation.rules import WORDS

bp = Blueprint("reporting", __name__)


@bp.route("/report/<any(proposal, comment):kind>/<int:number>", methods=["GET", "POST"])
@open_to_everyone
def report(kind: str, number: int) -> ResponseReturnValue:
    """Anybody may; what the public cannot read cannot be reported, nor be found here."""
    matter = found(queries.matter(kind, number))
    if not matter.is_public and not queries.decisions_on(matter.subject):
        found(None)
    authorise(actor(), REPORT, matter)
    form = ReportForm()
    if form.attempt(
        lambda: actions.report(
            matter,
            rule=form.rule.data or "",
            text=form.text.data or "",
            sender=origins.network(),
            by=actor(),
        )
    ):
        flash(_("Thank you. A moderator will look at it."), "success")
        return redirect(_place_of(matter), 303)
    return (
        render_template(
            "reporting/report.html",
            matter=matter,
            form=form,
            back=_place_of(matter),
            back_word=_word_of(matter),
            days=promises.WORKING_DAYS,
        ),
        form.status,
    )


def _place_of(matter: Matter) -> str:
    """Where the public reads it."""
    anchor = f"comment-{matter.number}" if matter.kind == "comment" else None
    if matter.proposal is not None:
        reference = matter.proposal.reference
        return url_for("proposals.proposal", reference=reference, _anchor=anchor)
    assert matter.commitment is not None  # noqa: S101  a comment stands under one or the other
    return url_for("commitments.commitment", commitment_id=matter.commitment.id, _anchor=anchor)


def _word_of(matter: Matter) -> str:
    if matter.proposal is not None:
        return matter.proposal.reference or ""
    return str(_("Draft commitment"))


@bp.route("/decisions/<int:number>/appeal", methods=["GET", "POST"])
@permission_required(APPEAL)
def appeal(number: int) -> ResponseReturnValue:
    """The person concerned asks once that another moderator looks again."""
    decision = found(queries.decision(number))
    me = signed_in()
    authorise(me, APPEAL, decision)
    address = url_for("decisions.decision", number=number)
    form = AppealForm()
    if form.attempt(lambda: actions.appeal(decision, text=form.text.data or "", by=me)):
        flash(_("Your appeal has arrived. Another moderator will decide."), "success")
        return redirect(address, 303)
    if decision.appeal is not None and not form.is_submitted():
        flash(_("You have appealed this decision already. It can be appealed once."), "message")
        return redirect(address, 303)
    return (
        render_template(
            "reporting/appeal.html",
            decision=decision,
            form=form,
            rule_words=WORDS,
            days=promises.WORKING_DAYS,
        ),
        form.status,
    )
