"""Action plans and the commitments they hold."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.campaigns.queries import announced_for
from app.foundation import clock
from app.foundation.db import db
from app.foundation.paging import page_of
from app.foundation.permissions import authorise
from app.http.caching import cacheable
from app.http.forms.plans import ApprovalForm, PlanForm
from app.http.requests import actor, found, open_to_everyone, page_number, permission_required
from app.plans import actions, queries
from app.plans.models import Plan
from app.plans.permissions import KEEP_PLANS
from app.proposals.queries import figures_of
from app.web.queries import commitment_lines

bp = Blueprint("plans", __name__)


@bp.get("/plans/")
@open_to_everyone
@cacheable
def plans() -> ResponseReturnValue:
    return render_template(
        "plans/plans.html",
        here="plans",
        page=page_of(queries.plans(), page_number()),
        may_keep=KEEP_PLANS.allows(actor(), None),
    )


@bp.get("/plans/<slug>/")
@open_to_everyone
@cacheable
def plan(slug: str) -> ResponseReturnValue:
    """A plan: its period, its commitments and what they came from, the campaigns that fed it."""
    shown = found(queries.by_slug(slug))
    campaigns = db.session.scalars(announced_for(shown, clock.now())).all()
    return render_template(
        "plans/plan.html",
        here="plans",
        plan=shown,
        commitments=commitment_lines(plan=shown),
        campaigns=campaigns,
        figures=figures_of([campaign.id for campaign in campaigns]),
        may_keep=KEEP_PLANS.allows(actor(), shown),
    )


@bp.route("/plans/create", methods=["GET", "POST"])
@permission_required(KEEP_PLANS)
def create() -> ResponseReturnValue:
    authorise(actor(), KEEP_PLANS, None)
    form = PlanForm()
    made: list[Plan] = []

    def act() -> None:
        made.append(
            actions.create_plan(
                slug=form.slug.data or "", description=form.description_of_plan(), by=actor()
            )
        )

    if form.attempt(act):
        return _to(made[0], _("The plan is created."))
    return render_template("plans/edit.html", here="plans", form=form, plan=None), form.status


@bp.route("/plans/<slug>/edit", methods=["GET", "POST"])
@permission_required(KEEP_PLANS)
def edit(slug: str) -> ResponseReturnValue:
    shown = _kept(slug)
    form = PlanForm(shown)
    if form.attempt(
        lambda: actions.change_plan(shown, description=form.description_of_plan(), by=actor())
    ):
        return _to(shown, _("The plan is saved."))
    return render_template("plans/edit.html", here="plans", form=form, plan=shown), form.status


@bp.route("/plans/<slug>/approve", methods=["GET", "POST"])
@permission_required(KEEP_PLANS)
def approve(slug: str) -> ResponseReturnValue:
    shown = _kept(slug)
    form = ApprovalForm(shown)

    def act() -> None:
        actions.approve_plan(
            shown,
            approved_on=form.day(),
            act=form.act(),
            link=form.approval_link.data or "",
            by=actor(),
        )

    if form.attempt(act):
        return _to(shown, _("The approval is recorded."))
    return render_template("plans/approve.html", here="plans", form=form, plan=shown), form.status


def _kept(slug: str) -> Plan:
    shown = found(queries.by_slug(slug))
    authorise(actor(), KEEP_PLANS, shown)
    return shown


def _to(plan: Plan, sentence: str) -> ResponseReturnValue:
    flash(sentence, "success")
    return redirect(url_for("plans.plan", slug=plan.slug), 303)
