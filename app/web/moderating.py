"""The moderator's desk: what waits, the oldest promise first; one act at a time, each undoable."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.accounts.models import Account
from app.campaigns.models import Campaign
from app.campaigns.queries import by_slug
from app.foundation.db import db
from app.foundation.permissions import authorise
from app.foundation.refusals import Invalid
from app.http.forms.moderating import AppealDecisionForm, DecideForm, WithReason
from app.http.requests import found, permission_required, signed_in
from app.moderation import promises, queries
from app.moderation.actions import (
    claim,
    decide,
    decide_appeal,
    publish_at_desk,
    release,
    undo_decision,
    undo_merge_at_desk,
    undo_publication,
)
from app.moderation.matters import Matter, split
from app.moderation.models import AppealOutcome, DecisionAct
from app.moderation.permissions import CLAIM, DECIDE, SEE_DESK
from app.moderation.rules import DONE, WORDS
from app.proposals import queries as proposals
from app.proposals.models import Proposal, State
from app.proposals.standing import MERGEABLE
from app.web import desk as desks_and_rows
from app.web.addresses import language_of_page
from app.web.desk import Opened, View

bp = Blueprint("moderating", __name__)


def desk_of(slug: str) -> tuple[Campaign, Account]:
    """The campaign, and who looks at its desk; raises NotAllowed with the reason."""
    campaign, me = found(by_slug(slug)), signed_in()
    authorise(me, SEE_DESK, campaign)
    return campaign, me


@bp.get("/moderating/")
@permission_required(SEE_DESK)
def desks() -> ResponseReturnValue:
    me = signed_in()
    campaigns = [
        campaign
        for campaign in [*queries.desks_of(me.id), *queries.all_desks()]
        if SEE_DESK.allows(me, campaign)
    ]
    campaigns = list(dict.fromkeys(campaigns))
    if len(campaigns) == 1:
        return redirect(url_for("moderating.desk", slug=campaigns[0].slug), 303)
    waiting = queries.waiting_in(campaigns)
    return render_template(
        "moderating/desks.html", here="moderating", campaigns=campaigns, waiting=waiting
    )


@bp.get("/moderating/<slug>/")
@permission_required(SEE_DESK)
def desk(slug: str) -> ResponseReturnValue:
    """The queue, with what was promised first lying open."""
    campaign, me = desk_of(slug)
    return _drawn(campaign, me, None, None)


@bp.route(
    "/moderating/<slug>/<any(proposal, comment, decision):kind>/<int:number>",
    methods=["GET", "POST"],
)
@permission_required(SEE_DESK)
def item(slug: str, kind: str, number: int) -> ResponseReturnValue:
    """One thing on the desk, and what is decided about it."""
    campaign, me = desk_of(slug)
    opened = found(desks_and_rows.opened(campaign, kind, number, me))
    form = _form_for(opened)
    if form.is_submitted():
        authorise(me, DECIDE, campaign)
    if (
        form.is_submitted()
        and not phrase_put(form, campaign)
        and form.attempt(lambda: _act(opened, form, me))
    ):
        return redirect(following(campaign), 303)
    if form.status != 200:
        db.session.expire_all()
        opened = found(desks_and_rows.opened(campaign, kind, number, me))
    return _drawn(campaign, me, opened, form)


def _form_for(opened: Opened) -> WithReason:
    if opened.appeal is not None:
        return AppealDecisionForm()
    form = DecideForm()
    form.offer(desks_and_rows.rules_for(opened.acts))
    return form


def phrase_put(form: WithReason, campaign: Campaign) -> bool:
    """Whether a saved phrase was asked for rather than an act; then it is in the form now."""
    word = request.form.get("phrase", "")
    if not word.isdecimal() or len(word) > 9:
        return False
    phrase = queries.phrase(int(word), campaign)
    if phrase is not None and form.validate():
        form.put_phrase(phrase.text)
    return phrase is not None


def _act(opened: Opened, form: WithReason, me: Account) -> None:
    """Do what stands on the button that was pressed."""
    if opened.appeal is not None and isinstance(form, AppealDecisionForm):
        if form.outcome.data not in set(AppealOutcome):
            raise Invalid({"outcome": _("Choose one of the two.")})
        outcome = AppealOutcome(form.outcome.data)
        decide_appeal(opened.appeal, outcome=outcome, reasons=form.reasons.data or "", by=me)
        flash(_("The appeal is decided. The person concerned is told."), "success")
    elif opened.matter is not None and isinstance(form, DecideForm):
        _decide(opened.matter, form, request.form.get("act", ""), me)


def _decide(matter: Matter, form: DecideForm, act: str, me: Account) -> None:
    if act == "publish":
        publish_at_desk(matter, by=me)
        return
    if act not in {"keep", "hide", "return", "restore"}:
        raise Invalid({"act": _("Press the button of what you decide.")})
    decide(
        matter,
        DecisionAct(act),
        rule=form.rule.data or "",
        facts=form.facts.data or "",
        language=language_of_page(),
        by=me,
    )


def following(campaign: Campaign) -> str:
    """Where to go on after an act: to the row that came next."""
    view, subject = View.asked(), request.args.get("next", "")
    kind, _colon, number = subject.partition(":")
    if kind in {"proposal", "comment", "decision"} and number.isdecimal() and len(number) < 10:
        return address_of(campaign, kind, int(number))
    return url_for("moderating.desk", slug=campaign.slug, **view.address())


def _drawn(
    campaign: Campaign, me: Account, opened: Opened | None, form: WithReason | None
) -> ResponseReturnValue:
    view = View.asked()
    desk = desks_and_rows.laid_out(campaign, me, view, opened.subject if opened else None)
    if opened is None and desk.page.rows:
        first = desk.page.rows[0]
        opened = desks_and_rows.opened(campaign, first.kind, first.number, me)
        desk = desks_and_rows.moved_to(desk, first.subject)
        form = _form_for(opened) if opened else None
    return (
        render_template(
            "moderating/desk.html",
            here="moderating",
            campaign=campaign,
            desk=desk,
            opened=opened,
            form=form,
            similar=_similar(opened),
            rule_words=WORDS,
            done_words=DONE,
            days=promises.WORKING_DAYS,
            may_claim=CLAIM.allows(me, campaign),
            Show=queries.Show,
            State=State,
        ),
        form.status if form else 200,
    )


def _similar(opened: Opened | None) -> Any:
    if opened is None or opened.appeal or opened.matter is None:
        return []
    thing = opened.matter.thing
    if not isinstance(thing, Proposal) or thing.state not in MERGEABLE:
        return []
    return queries.similar_to(thing)


# ── Claiming and taking back ─────────────────────────────────────────────────────────────────


@bp.post("/moderating/<slug>/<any(proposal, comment, decision):kind>/<int:number>/claim")
@permission_required(CLAIM)
def take(slug: str, kind: str, number: int) -> ResponseReturnValue:
    campaign, me = desk_of(slug)
    found(desks_and_rows.opened(campaign, kind, number, me))
    claim(f"{kind}:{number}", campaign, by=me)
    flash(_("This is yours for half an hour. Nobody else can decide it meanwhile."), "success")
    return redirect(address_of(campaign, kind, number), 303)


@bp.post("/moderating/<slug>/<any(proposal, comment, decision):kind>/<int:number>/release")
@permission_required(CLAIM)
def let_go(slug: str, kind: str, number: int) -> ResponseReturnValue:
    campaign, me = desk_of(slug)
    release(f"{kind}:{number}", campaign, by=me)
    flash(_("Others can decide this again."), "success")
    return redirect(address_of(campaign, kind, number), 303)


def address_of(campaign: Campaign, kind: str, number: int) -> str:
    if kind == "account":
        return url_for("suspending.person", slug=campaign.slug, account_id=number)
    address = View.asked().address()
    return url_for("moderating.item", slug=campaign.slug, kind=kind, number=number, **address)


@bp.post("/moderating/<slug>/undo/<any(decision, publication, merge):kind>/<int:number>")
@permission_required(DECIDE)
def undo(slug: str, kind: str, number: int) -> ResponseReturnValue:
    """Take back what one has just done; then it lies open again."""
    campaign, me = desk_of(slug)
    kind, number = UNDO[kind](campaign, number, me)
    flash(_("Taken back. It is as it was before."), "success")
    return redirect(address_of(campaign, kind, number), 303)


def _undo_decision(campaign: Campaign, number: int, me: Account) -> tuple[str, int]:
    decision = found(queries.decision(number))
    if decision.campaign_id != campaign.id:
        abort(404)
    undo_decision(decision, by=me)
    return split(decision.subject)


def _undo_publication(campaign: Campaign, number: int, me: Account) -> tuple[str, int]:
    undo_publication(found(queries.matter("proposal", number, campaign)), by=me)
    return "proposal", number


def _undo_merge(campaign: Campaign, number: int, me: Account) -> tuple[str, int]:
    merge = found(proposals.merge(number))
    if merge.source.campaign_id != campaign.id:
        abort(404)
    undo_merge_at_desk(merge, by=me)
    return "proposal", merge.source_id


UNDO: dict[str, Callable[[Campaign, int, Account], tuple[str, int]]] = {
    "decision": _undo_decision,
    "publication": _undo_publication,
    "merge": _undo_merge,
}
