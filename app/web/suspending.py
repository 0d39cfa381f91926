"""Somebody who writes in a campaign, as its moderators see them: decisions, suspending, lifting."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.models import Account
from app.foundation import clock
from app.foundation.db import db
from app.foundation.permissions import authorise
from app.http.forms.moderating import DecideForm
from app.http.requests import found, permission_required
from app.moderation import queries
from app.moderation.actions import decide
from app.moderation.models import DecisionAct
from app.moderation.permissions import CLAIM, SUSPEND
from app.moderation.rules import DONE, RULES_OF
from app.web.addresses import language_of_page
from app.web.desk import deeds
from app.web.moderating import desk_of, phrase_put

bp = Blueprint("suspending", __name__)


@bp.route("/moderating/<slug>/people/<int:account_id>", methods=["GET", "POST"])
@permission_required(SUSPEND)
def person(slug: str, account_id: int) -> ResponseReturnValue:
    """Somebody who writes in this campaign: what was decided about them; suspending, lifting."""
    campaign, me = desk_of(slug)
    matter = found(queries.matter("account", account_id, campaign))
    authorise(me, CLAIM, campaign)
    somebody = matter.thing
    assert isinstance(somebody, Account)  # noqa: S101  asked for by its kind
    act = DecisionAct.LIFT if somebody.is_suspended else DecisionAct.SUSPEND
    form = DecideForm()
    form.offer(RULES_OF[act])
    pressed = request.form.get("act", "")
    if (
        form.is_submitted()
        and not phrase_put(form, campaign)
        and form.attempt(
            lambda: decide(
                matter,
                DecisionAct.LIFT if pressed == "lift" else DecisionAct.SUSPEND,
                rule=form.rule.data or "",
                facts=form.facts.data or "",
                language=language_of_page(),
                by=me,
            )
        )
    ):
        address = url_for("suspending.person", slug=slug, account_id=account_id)
        return redirect(address, 303)
    decisions = db.session.scalars(
        queries.decisions_concerning(somebody.id, campaign).limit(50)
    ).all()
    about = {row.id for row in decisions if row.subject == matter.subject}
    return (
        render_template(
            "moderating/person.html",
            here="moderating",
            campaign=campaign,
            person=somebody,
            act=act,
            reason_not=SUSPEND.refusal(me, matter),
            decisions=decisions,
            written=queries.written_by(somebody.id, campaign),
            deeds=[
                deed
                for deed in deeds(campaign, me, clock.now())
                if deed.kind == "decision" and deed.number in about
            ],
            phrases=queries.phrases_of(campaign),
            form=form,
            done_words=DONE,
        ),
        form.status,
    )
