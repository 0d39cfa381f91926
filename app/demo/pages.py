"""Picking a person, letting time pass, reading the mail: in a demonstration only."""

from datetime import timedelta
from functools import partial

from apiflask import APIBlueprint
from flask import (
    abort,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app import config
from app.demo import passing_time, people, postbox
from app.demo.models import DemonstrationPerson
from app.foundation import clock, queue
from app.foundation.db import db
from app.foundation.transactions import after_commit
from app.http.requests import found, open_to_everyone
from app.http.sessions import SESSION_TOKEN

bp = APIBlueprint("demonstration", __name__, enable_openapi=False)
"""Of APIFlask's kind, since it asks every blueprint that looks at requests beforehand whether it
belongs into the description of the interface."""

LEAPS = {"hour": timedelta(hours=1), "day": timedelta(days=1), "week": timedelta(days=7)}


@bp.before_request
def only_in_a_demonstration() -> None:
    if not config.settings().demo:
        abort(404)


@bp.get("/demonstration/")
@open_to_everyone
def controls() -> ResponseReturnValue:
    folder = config.settings().demo_mail
    return render_template(
        "demonstration/controls.html",
        people=people.offered(),
        parts=people.PARTS,
        moments=passing_time.next_moments(),
        letters=postbox.newest(folder) if folder else [],
    )


@bp.post("/demonstration/be")
@open_to_everyone
def be() -> ResponseReturnValue:
    """Sign in as one of the people on offer."""
    number = request.form.get("person", "")
    person = found(db.session.get(DemonstrationPerson, int(number)) if number.isdecimal() else None)
    session.clear()
    session[SESSION_TOKEN] = people.enter_as(person, _("Demonstration"))
    session.permanent = False
    flash(_("You are now %(name)s.", name=person.account.display_name), "success")
    return redirect(url_for("home.home"), 303)


@bp.post("/demonstration/time")
@open_to_everyone
def let_time_pass() -> ResponseReturnValue:
    """Move the clock of the whole demonstration on."""
    leap = LEAPS.get(request.form.get("leap", ""))
    if leap is None:
        wanted = request.form.get("campaign", "")
        moments = {
            str(campaign.id): begins for campaign, _stage, begins in passing_time.next_moments()
        }
        if wanted not in moments:
            flash(_("Choose how much time should pass."), "error")
            return redirect(url_for("demonstration.controls"), 303)
        leap = moments[wanted] - clock.now() + timedelta(seconds=1)
    passing_time.let_pass(leap)
    for item in current_app.config["SCHEDULE"]:  # What the clock would do next is done at once.
        after_commit(partial(queue.put, item.path, lane=item.lane))
    flash(_("Time has passed."), "success")
    return redirect(url_for("demonstration.controls"), 303)
