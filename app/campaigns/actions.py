"""Everything that can be done to a campaign."""

from dataclasses import fields, replace
from datetime import datetime
from typing import Literal

from sqlalchemy.exc import IntegrityError

from app import config
from app.accounts.models import Account
from app.campaigns import queries, rules, stages
from app.campaigns.events import (
    CampaignAnnounced,
    CampaignCancelled,
    CampaignChanged,
    CampaignCreated,
    DateMoved,
    OfficeEnded,
    OfficeGiven,
)
from app.campaigns.models import (
    Campaign,
    CampaignAppointment,
    CampaignOffice,
    DateChange,
    PromiseChange,
    Theme,
)
from app.campaigns.permissions import (
    ANNOUNCE_CAMPAIGN,
    APPOINT,
    CANCEL_CAMPAIGN,
    CHANGE_PROMISES,
    CHANGE_THEME_LIST,
    CHANGE_THEMES,
    CHANGE_WORDS,
    CREATE_CAMPAIGN,
    MOVE_DATE,
    PROLONG_VOTING,
    SET_DATES,
)
from app.campaigns.rules import MOVABLE, Dates, Faults, Promises, Words
from app.foundation import clock
from app.foundation.actors import Actor
from app.foundation.db import db
from app.foundation.events import publish
from app.foundation.language import _
from app.foundation.permissions import Permission, authorise
from app.foundation.refusals import Conflict, Invalid
from app.foundation.text import LocalizedText, clean, clean_line
from app.groups.models import Group


def create_campaign(
    *,
    slug: str,
    reference_prefix: str,
    words: Words,
    organiser: Account,
    reason: str,
    dates: Dates | None = None,
    promises: Promises | None = None,
    by: Actor,
) -> Campaign:
    """A campaign in preparation, with its first organiser. Without dates it gets suggestions.

    Nobody but its people sees it until it is announced.
    """
    authorise(by, CREATE_CAMPAIGN, None)
    slug, reference_prefix, reason = slug.strip(), reference_prefix.strip(), clean(reason)
    words, promises = _cleaned(words), promises or Promises()
    dates = dates or rules.suggested_dates(clock.now(), config.settings().zone)
    _refuse(
        rules.faults_of_names(slug, reference_prefix)
        | rules.faults_of_words(words, config.settings().default_language)
        | rules.faults_of_dates(dates)
        | rules.faults_of_promises(promises)
        | rules.faults_of_reason(reason)
        | _faults_of_person(organiser, "organiser")
    )
    campaign = Campaign(slug=slug, reference_prefix=reference_prefix, created_at=clock.now())
    for part in (words, dates, promises):
        _write(campaign, part)
    _store_new(campaign)
    publish(CampaignCreated(campaign.id), by=by)
    _give(campaign, organiser, CampaignOffice.ORGANISER, reason, by)
    return campaign


def change_campaign(
    campaign: Campaign,
    *,
    words: Words | None = None,
    dates: Dates | None = None,
    promises: Promises | None = None,
    reason: str = "",
    by: Actor,
) -> None:
    """Other words, and in preparation other dates; other promises until voting opens.

    Promises that are changed after the announcement need a public reason, and the change is
    listed on the campaign's page.
    """
    _hold(campaign)
    if words is not None:
        authorise(by, CHANGE_WORDS, campaign)
        words = _cleaned(words)
        _refuse(rules.faults_of_words(words, config.settings().default_language))
        _write(campaign, words)
    if dates is not None:
        authorise(by, SET_DATES, campaign)
        _require(SET_DATES, campaign)
        _refuse(rules.faults_of_dates(dates))
        _write(campaign, dates)
    if promises is not None:
        authorise(by, CHANGE_PROMISES, campaign)
        _require(CHANGE_PROMISES, campaign)
        _refuse(rules.faults_of_promises(promises))
        _promise(campaign, promises, clean(reason), by)
    publish(CampaignChanged(campaign.id), by=by)


def _promise(campaign: Campaign, promises: Promises, reason: str, by: Actor) -> None:
    before = Promises.of(campaign)
    changed = promises.differs_from(before)
    if changed and campaign.announced_at is not None:
        _refuse(rules.faults_of_reason(reason))
        db.session.add(
            PromiseChange(
                campaign_id=campaign.id,
                was={name: getattr(before, name) for name in changed},
                now={name: getattr(promises, name) for name in changed},
                reason=reason,
                changed_at=clock.now(),
                changed_by_id=by.actor_id,
            )
        )
    _write(campaign, promises)


def announce_campaign(
    campaign: Campaign, *, short_notice_reason: LocalizedText | None = None, by: Actor
) -> None:
    """From now on everybody sees it, and the clock moves it on.

    Less than 14 days before submission opens only with a public reason (OGP minimum
    requirement 3.1).
    """
    _hold(campaign)
    authorise(by, ANNOUNCE_CAMPAIGN, campaign)
    _require(ANNOUNCE_CAMPAIGN, campaign)
    at = clock.now()
    _refuse(queries.still_lacking(campaign, at))
    is_short = rules.is_short_notice(campaign, at)
    given = rules.cleaned(short_notice_reason, lines=True) if short_notice_reason else None
    if is_short and not given:
        raise Invalid(
            {
                "short_notice_reason": _(
                    "People would have less than %(days)s days' notice: say why.",
                    days=stages.NOTICE.days,
                )
            }
        )
    campaign.announced_at = at
    campaign.short_notice_reason = given if is_short else None
    publish(CampaignAnnounced(campaign.id), by=by)


def move_date(campaign: Campaign, which: str, *, to: datetime, reason: str, by: Actor) -> None:
    """Another moment for a date that is still to come, with a public reason.

    Raises Invalid under "to", "reason" or "which". The end of an open vote is not moved but
    prolonged, see ``prolong_voting``.
    """
    _hold(campaign)
    authorise(by, MOVE_DATE, campaign)
    _require(MOVE_DATE, campaign)
    at, reason = clock.now(), clean(reason)
    if which not in MOVABLE:
        raise Invalid({"which": _("Choose which date to move.")})
    was: datetime = getattr(campaign, which)
    if was <= at:
        raise Invalid({"which": _("This date has passed, so it cannot be moved any more.")})
    if which == "voting_closes_at" and stages.voting_has_opened(campaign, at):
        raise Invalid(
            {"which": _("Voting is open: its end can only be prolonged, once, after an outage.")}
        )
    _refuse(_faults_of_move(campaign, which, to, at) | rules.faults_of_reason(reason))
    _move(campaign, which, to, reason, by)


def _faults_of_move(campaign: Campaign, which: str, to: datetime, at: datetime) -> Faults:
    if to <= at:
        return {"to": _("Choose a moment in the future.")}
    if to == getattr(campaign, which):
        return {"to": _("This is the date that stands already.")}
    if which == "submission_opens_at" and _shortens_notice(campaign, to):
        return {
            "to": _(
                "Submission cannot open less than %(days)s days after the announcement.",
                days=stages.NOTICE.days,
            )
        }
    crossing = rules.faults_of_dates(Dates.of(campaign).moved(which, to))
    return {"to": next(iter(crossing.values()))} if crossing else {}


def _shortens_notice(campaign: Campaign, to: datetime) -> bool:
    """Whether less notice than 14 days would be left where no reason was given for that."""
    return (
        campaign.announced_at is not None
        and not campaign.short_notice_reason
        and to < campaign.submission_opens_at
        and to - campaign.announced_at < stages.NOTICE
    )


def prolong_voting(campaign: Campaign, *, until: datetime, reason: str, by: Actor) -> None:
    """Keep an open vote open for longer: once, because people could not reach it."""
    _hold(campaign)
    authorise(by, PROLONG_VOTING, campaign)
    _require(PROLONG_VOTING, campaign)
    reason = clean(reason)
    if queries.has_been_prolonged(campaign):
        raise Conflict(_("Voting has already been prolonged once; it cannot be done again."))
    faults = rules.faults_of_reason(reason)
    if until <= campaign.voting_closes_at:
        faults["until"] = _("Choose a moment after the present end of voting.")
    elif until >= campaign.review_closes_at:
        faults["until"] = _("The review must end after voting has closed: move its end first.")
    _refuse(faults)
    _move(campaign, "voting_closes_at", until, reason, by, is_prolongation=True)


def _move(
    campaign: Campaign,
    which: str,
    to: datetime,
    reason: str,
    by: Actor,
    *,
    is_prolongation: bool = False,
) -> None:
    change = DateChange(
        campaign_id=campaign.id,
        which=which,
        was=getattr(campaign, which),
        now=to,
        reason=reason,
        is_prolongation=is_prolongation,
        changed_at=clock.now(),
        changed_by_id=by.actor_id,
    )
    setattr(campaign, which, to)
    db.session.add(change)
    db.session.flush()
    publish(DateMoved(campaign.id, change.id), by=by)


def cancel_campaign(campaign: Campaign, *, reason: str, by: Actor) -> None:
    """End a campaign before its end, with a public reason. What was published stays readable."""
    _hold(campaign)
    authorise(by, CANCEL_CAMPAIGN, campaign)
    _require(CANCEL_CAMPAIGN, campaign)
    reason = clean(reason)
    _refuse(rules.faults_of_reason(reason))
    campaign.cancelled_at = clock.now()
    campaign.cancel_reason = reason
    publish(CampaignCancelled(campaign.id), by=by)


def appoint(
    campaign: Campaign, person: Account, office: CampaignOffice, *, reason: str, by: Actor
) -> CampaignAppointment:
    """Give somebody an office of this campaign. Whoever holds it already keeps it as it is."""
    _hold(campaign)
    authorise(by, APPOINT, campaign)
    reason = clean(reason)
    _refuse(rules.faults_of_reason(reason) | _faults_of_person(person, "person"))
    for held in queries.appointments_in(campaign):
        if (held.account_id, held.office) == (person.id, office):
            return held
    return _give(campaign, person, office, reason, by)


def end_appointment(appointment: CampaignAppointment, *, reason: str, by: Actor) -> None:
    """Take an office away. The last organiser stays, and so do two moderators while it runs."""
    campaign = appointment.campaign
    _hold(campaign)
    authorise(by, APPOINT, campaign)
    reason = clean(reason)
    _refuse(rules.faults_of_reason(reason))
    db.session.flush()
    db.session.refresh(appointment)
    if appointment.ended_at is not None:
        return
    _refuse_if_needed(campaign, appointment)
    appointment.ended_at = clock.now()
    appointment.ended_by_id = by.actor_id
    appointment.end_reason = reason
    queries.forget_appointments_of(appointment.account_id)
    publish(OfficeEnded(campaign.id, appointment.id), by=by)


def _refuse_if_needed(campaign: Campaign, appointment: CampaignAppointment) -> None:
    others = queries.count_holders(campaign, appointment.office, besides=appointment.account_id)
    if appointment.office is CampaignOffice.ORGANISER and others == 0:
        raise Conflict(_("This is the last organiser. Appoint another one first."))
    if (
        appointment.office is CampaignOffice.MODERATOR
        and stages.is_running(campaign, clock.now())
        and others < rules.DECIDERS
    ):
        raise Conflict(
            _(
                "A campaign needs at least two moderators, so that an appeal is decided by "
                "somebody else. Appoint another one first."
            )
        )


def add_theme(
    campaign: Campaign,
    *,
    name: LocalizedText,
    hint: LocalizedText | None = None,
    group: Group | None = None,
    by: Actor,
) -> Theme:
    """One more theme, at the end of the list; until voting opens."""
    _hold(campaign)
    authorise(by, CHANGE_THEME_LIST, campaign)
    name, hint = _theme_words(name, hint)
    others = queries.themes_of(campaign)
    theme = Theme(
        campaign_id=campaign.id,
        key=rules.key_of(str(name.best_for(name.original_language)), [t.key for t in others]),
        name=name,
        hint=hint,
        position=max((other.position for other in others), default=0) + 1,
        group_id=group.id if group else None,
    )
    db.session.add(theme)
    publish(CampaignChanged(campaign.id), by=by)
    return theme


def change_theme(
    theme: Theme,
    *,
    name: LocalizedText,
    hint: LocalizedText | None = None,
    group: Group | None = None,
    by: Actor,
) -> None:
    """Other words for a theme, or another working group that reviews it."""
    authorise(by, CHANGE_THEMES, theme)
    theme.name, theme.hint = _theme_words(name, hint)
    theme.group_id = group.id if group else None
    publish(CampaignChanged(theme.campaign_id), by=by)


def move_theme(theme: Theme, *, towards: Literal["start", "end"], by: Actor) -> None:
    """One place up or down in the list; the first and the last stay where they are."""
    _hold(theme.campaign)
    authorise(by, CHANGE_THEMES, theme)
    listed = list(queries.themes_of(theme.campaign))
    place = listed.index(theme)
    other = place - 1 if towards == "start" else place + 1
    if 0 <= other < len(listed):
        listed[place], listed[other] = listed[other], listed[place]
        for position, each in enumerate(listed, 1):
            each.position = position
        publish(CampaignChanged(theme.campaign_id), by=by)


def remove_theme(theme: Theme, *, by: Actor) -> None:
    """Take a theme off the list, unless a proposal lies in it."""
    campaign = theme.campaign
    _hold(campaign)
    authorise(by, CHANGE_THEME_LIST, campaign)
    try:
        with db.session.begin_nested():
            db.session.delete(theme)
    except IntegrityError as used:
        raise Conflict(_("Proposals have been made in this theme, so it has to stay.")) from used
    publish(CampaignChanged(campaign.id), by=by)


def _hold(campaign: Campaign) -> None:
    """Nobody else changes this campaign until we are done; what we read of it is the newest.

    The lock leaves room for proposals that refer to the campaign (FOR NO KEY UPDATE).
    """
    db.session.flush()
    db.session.refresh(campaign, with_for_update={"key_share": True})


def _require(permission: Permission, campaign: Campaign) -> None:
    """Not even the command line, which may do everything, does what the stage forbids."""
    for condition in permission.provided:
        if not condition.holds(campaign):
            raise Conflict(condition.otherwise)


def _refuse(faults: Faults) -> None:
    if faults:
        raise Invalid(faults)


def _write(campaign: Campaign, part: Words | Dates | Promises) -> None:
    for each in fields(part):
        setattr(campaign, each.name, getattr(part, each.name))


def _cleaned(words: Words) -> Words:
    def text(text: LocalizedText | None) -> LocalizedText | None:
        return rules.cleaned(text, lines=True) if text else None

    return replace(
        words,
        title=rules.cleaned(words.title, lines=False),
        summary=rules.cleaned(words.summary, lines=True),
        text=rules.cleaned(words.text, lines=True),
        contact_organisation=rules.cleaned(words.contact_organisation, lines=False),
        contact_email=clean_line(words.contact_email),
        contact_person=clean_line(words.contact_person),
        contact_note=text(words.contact_note),
        rules_text=text(words.rules_text),
    )


def _theme_words(
    name: LocalizedText, hint: LocalizedText | None
) -> tuple[LocalizedText, LocalizedText | None]:
    default = config.settings().default_language
    name = rules.cleaned(name, lines=False)
    hint = rules.cleaned(hint, lines=False) if hint else None
    faults = rules.faults_of_length("name", name) | rules.faults_of_length("hint", hint)
    if not name.wordings.get(default):
        faults[f"name_{default}"] = _("Write the theme's name in this language.")
    _refuse(faults)
    return name, hint or None


def _faults_of_person(person: Account, name: str) -> Faults:
    if not person.is_active or person.is_suspended:
        return {name: _("This person cannot sign in, so they cannot hold an office.")}
    return {}


def _store_new(campaign: Campaign) -> None:
    taken: Faults = {}
    if queries.is_taken(slug=campaign.slug):
        taken["slug"] = _("Another campaign has this address.")
    if queries.is_taken(reference_prefix=campaign.reference_prefix):
        taken["reference_prefix"] = _("Another campaign uses these letters.")
    _refuse(taken)
    try:
        with db.session.begin_nested():
            db.session.add(campaign)
    except IntegrityError as quicker:
        raise Conflict(_("Somebody has just created a campaign like this.")) from quicker


def _give(
    campaign: Campaign, person: Account, office: CampaignOffice, reason: str, by: Actor
) -> CampaignAppointment:
    appointment = CampaignAppointment(
        campaign_id=campaign.id,
        account_id=person.id,
        office=office,
        reason=reason,
        given_at=clock.now(),
        given_by_id=by.actor_id,
    )
    db.session.add(appointment)
    db.session.flush()
    queries.forget_appointments_of(person.id)
    publish(OfficeGiven(campaign.id, appointment.id), by=by)
    return appointment
