"""Anybody says that something breaks a rule."""

from app.foundation import clock, rate_limits
from app.foundation.actors import VISITOR, Actor
from app.foundation.db import db
from app.foundation.events import publish
from app.foundation.language import _, spoken
from app.foundation.permissions import authorise
from app.foundation.rate_limits import Limit
from app.foundation.refusals import Invalid
from app.foundation.text import clean
from app.moderation import queries
from app.moderation.events import ContentReported
from app.moderation.matters import Matter
from app.moderation.models import Report
from app.moderation.permissions import REPORT
from app.moderation.rules import LONGEST_REPORT, REPORTABLE

OFTEN = _("You have reported very often in a short time. Try again in an hour.")
BY_ONE = Limit("moderation.report", "10 per hour", OFTEN)


def report(matter: Matter, *, rule: str, text: str, sender: str = "", by: Actor) -> Report:
    """Put it before the moderators. Said again by the same person, it stands once.

    ``sender`` is whatever tells one visitor from another for the limit of ten an hour; it is not
    kept. Raises Invalid for an unknown rule or a text that is too long.
    """
    authorise(by, REPORT, matter)
    text = _checked(rule, text)
    if known := queries.same_open_report(matter.subject, rule, text, by.actor_id):
        return known
    rate_limits.spend(BY_ONE, by.actor_id or sender)
    made = Report(
        campaign_id=matter.campaign.id,
        subject=matter.subject,
        proposal_id=matter.proposal.id if matter.proposal else None,
        rule=rule,
        text=text,
        language=spoken(),
        reporter_id=by.actor_id,
        reported_at=clock.now(),
    )
    db.session.add(made)
    db.session.flush()
    # The trail can be read by many; who reported stands in the report alone.
    publish(ContentReported(report_id=made.id, campaign_id=matter.campaign.id), by=VISITOR)
    return made


def _checked(rule: str, text: str) -> str:
    text = clean(text)
    if rule not in REPORTABLE:
        raise Invalid({"rule": _("Choose the rule that you think is broken.")})
    if rule == "other" and not text:
        raise Invalid({"text": _("Say which rule, or what is wrong.")})
    if len(text) > LONGEST_REPORT:
        over = len(text) - LONGEST_REPORT
        raise Invalid({"text": _("Shorten this by %(over)s characters.", over=over)})
    return text
