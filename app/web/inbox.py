"""What one was told, and how often to be told."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.campaigns import queries as campaigns
from app.campaigns import stages
from app.campaigns.models import Campaign
from app.campaigns.permissions import SEE_CAMPAIGN
from app.follows.actions import follow, stop_following
from app.follows.queries import followed_by
from app.foundation import clock
from app.foundation.db import db
from app.foundation.events import subject
from app.foundation.permissions import authorise
from app.http.forms.inbox import HINTS, MailForm
from app.http.requests import may_see, page_number, sign_in_required, signed_in
from app.notifications import links
from app.notifications.actions import choose_mail, mark_read
from app.notifications.facts import Facts, Subject
from app.notifications.links import Link
from app.notifications.permissions import READ_INBOX
from app.notifications.queries import inbox_of
from app.notifications.wishes import wish_of
from app.web.addresses import language_of_page

bp = Blueprint("inbox", __name__)


@bp.get("/my/inbox/")
@sign_in_required
def inbox() -> ResponseReturnValue:
    person = signed_in()
    authorise(person, READ_INBOX, person)
    return render_template(
        "inbox/inbox.html", here="inbox", inbox=inbox_of(person, page_number()), link=_address
    )


@bp.post("/my/inbox/read")
@sign_in_required
def read() -> ResponseReturnValue:
    """Take one subject's notices, or all, as read; none that came after the page was drawn."""
    person = signed_in()
    up_to = request.form.get("up_to", "")
    if up_to.isdecimal() and len(up_to) < 19:
        about = request.form.get("subject") or None
        mark_read(person, subject=about, up_to=int(up_to), by=person)
    return redirect(url_for("inbox.inbox"), 303)


@bp.route("/my/notices", methods=["GET", "POST"])
@sign_in_required
def preferences() -> ResponseReturnValue:
    person = signed_in()
    form = MailForm(mail=wish_of(person.id).value)
    if form.attempt(lambda: choose_mail(person, wish=form.mail.data or "", by=person)):
        flash(_("Saved. From now on we write as you chose."), "success")
        return redirect(url_for("inbox.preferences"), 303)
    followed = [kept.subject for kept in followed_by(person.id)]
    facts = Facts([Subject(each) for each in followed])
    page = render_template(
        "inbox/preferences.html",
        here="inbox",
        form=form,
        hints=HINTS,
        email=person.email,
        followed=[
            {
                "subject": each,
                "title": facts.title_of(each) or facts.reference_of(each),
                "href": _address(facts.link_of(each)),
            }
            for each in followed
        ],
        offered=_offered(followed),
    )
    return page, form.status


def _offered(followed: list[str]) -> list[Campaign]:
    """Campaigns that run now and are not followed yet."""
    at = clock.now()
    known = db.session.scalars(campaigns.announced(at).limit(20)).all()
    return [
        campaign
        for campaign in known
        if stages.is_running(campaign, at) and subject("campaign", campaign.id) not in followed
    ]


@bp.post("/my/notices/follow")
@sign_in_required
def begin_following() -> ResponseReturnValue:
    campaign = may_see(SEE_CAMPAIGN, campaigns.by_slug(request.form.get("campaign", "")))
    follow(subject("campaign", campaign.id), by=signed_in())
    flash(_("You follow it now: we tell you of each step."), "success")
    return redirect(url_for("inbox.preferences"), 303)


@bp.post("/my/notices/stop-following")
@sign_in_required
def end_following() -> ResponseReturnValue:
    stop_following(request.form.get("subject", ""), by=signed_in())
    flash(_("You do not follow it any more."), "success")
    return redirect(url_for("inbox.preferences"), 303)


def _address(link: Link) -> str:
    return links.path(link, language_of_page())
