"""Everything that can be done to an action plan."""

from dataclasses import fields, replace
from datetime import date

from sqlalchemy.exc import IntegrityError

from app import config
from app.foundation import clock
from app.foundation.actors import Actor
from app.foundation.db import db
from app.foundation.events import publish
from app.foundation.language import Sentence, _
from app.foundation.permissions import authorise
from app.foundation.refusals import Invalid
from app.foundation.text import LocalizedText, clean, clean_line
from app.plans import queries, rules
from app.plans.events import PlanApproved, PlanChanged, PlanCreated
from app.plans.models import Plan
from app.plans.permissions import KEEP_PLANS
from app.plans.rules import Description


def create_plan(*, slug: str, description: Description, by: Actor) -> Plan:
    """A plan that campaigns can feed. It is public from now on."""
    authorise(by, KEEP_PLANS, None)
    slug, description = slug.strip(), _cleaned(description)
    _refuse(
        rules.faults_of_slug(slug)
        | rules.faults_of(description, config.settings().default_language)
        | _taken(slug)
    )
    plan = Plan(slug=slug, created_at=clock.now())
    _write(plan, description)
    try:
        with db.session.begin_nested():
            db.session.add(plan)
    except IntegrityError as quicker:
        raise Invalid(_TAKEN) from quicker
    publish(PlanCreated(plan.id), by=by)
    return plan


def change_plan(plan: Plan, *, description: Description, by: Actor) -> None:
    """Other words or dates for a plan."""
    authorise(by, KEEP_PLANS, plan)
    description = _cleaned(description)
    _refuse(rules.faults_of(description, config.settings().default_language))
    _write(plan, description)
    publish(PlanChanged(plan.id), by=by)


def approve_plan(
    plan: Plan, *, approved_on: date, act: LocalizedText, link: str = "", by: Actor
) -> None:
    """Record that the plan was approved: by which act, when, and where it can be read."""
    authorise(by, KEEP_PLANS, plan)
    act, link = _text(act, lines=False), clean_line(link)
    faults = rules.faults_of_approval(act, link, config.settings().default_language)
    if approved_on > clock.now().astimezone(config.settings().zone).date():
        faults["approved_on"] = _("This day has not come yet.")
    _refuse(faults)
    plan.approved_on, plan.approval_act, plan.approval_link = approved_on, act, link or None
    publish(PlanApproved(plan.id), by=by)


_TAKEN = {"slug": _("Another plan has this address.")}


def _taken(slug: str) -> dict[str, Sentence]:
    return _TAKEN if queries.by_slug(slug) else {}


def _refuse(faults: dict[str, Sentence]) -> None:
    if faults:
        raise Invalid(faults)


def _write(plan: Plan, description: Description) -> None:
    for each in fields(description):
        setattr(plan, each.name, getattr(description, each.name))


def _cleaned(description: Description) -> Description:
    goal = _text(description.goal, lines=True) if description.goal else None
    return replace(description, title=_text(description.title, lines=False), goal=goal or None)


def _text(text: LocalizedText, *, lines: bool) -> LocalizedText:
    keep = clean if lines else clean_line
    return LocalizedText.of(
        text.original_language, **{code: keep(words) for code, words in text.wordings.items()}
    )
