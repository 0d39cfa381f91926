"""A group member's own pages: conflicts, scores, conclusions.

Whatever is sealed reaches these pages by ``own_assessments`` alone, which gives people what they
wrote themselves.
"""

from dataclasses import dataclass
from functools import cached_property

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from app.accounts.models import Account
from app.campaigns import queries as campaigns
from app.campaigns import stages
from app.campaigns.models import Campaign
from app.foundation import clock
from app.foundation.language import spoken
from app.foundation.permissions import authorise
from app.groups import queries as groups
from app.groups.models import Group
from app.groups.queries import Seat
from app.groups.roles import seat_in
from app.http.forms.reviewing import AssessmentForm, ConclusionForm, ConflictForm
from app.http.requests import found, permission_required, signed_in
from app.review import actions, queries
from app.review.criteria import CRITERIA, disagreement, spreads_of
from app.review.models import Assessment, ConflictOfInterest, ShortlistEntry
from app.review.permissions import ASSESS, CONCLUDE, DECLARE_CONFLICT, OPEN_SCORES, TAKE_PART

bp = Blueprint("reviewing", __name__)

WHERE = "/groups/<slug>/review/<campaign_slug>/"


@dataclass
class Desk:
    """What lies before one member: the group's proposals, and what they did with each."""

    person: Account
    seat: Seat
    group: Group
    campaign: Campaign

    @cached_property
    def entries(self) -> list[ShortlistEntry]:
        return list(queries.entries_for(self.group, self.campaign))

    @cached_property
    def entry_ids(self) -> list[int]:
        return [entry.id for entry in self.entries]

    @cached_property
    def mine(self) -> dict[int, Assessment]:
        return dict(queries.own_assessments(self.person, self.entry_ids))

    @cached_property
    def conflicts(self) -> dict[int, ConflictOfInterest]:
        return {
            conflict.entry_id: conflict
            for conflict in queries.standing_conflicts(self.entry_ids)
            if conflict.account_id == self.person.id
        }

    @cached_property
    def scored_by_seat(self) -> set[int]:
        """Entries that somebody on this person's seat has scored."""
        return {
            entry_id
            for entry_id, seat_id in queries.scored(self.entry_ids)
            if seat_id == self.seat.seat_id
        }

    @property
    def sealed(self) -> list[ShortlistEntry]:
        return [entry for entry in self.entries if not entry.scores_are_open]

    @cached_property
    def opened(self) -> list[ShortlistEntry]:
        """Those about which the group differs most first."""
        scores = queries.open_assessments(self.entry_ids)
        return sorted(
            (entry for entry in self.entries if entry.scores_are_open),
            key=lambda entry: (-disagreement(scores.get(entry.id, [])), entry.position),
        )

    @property
    def mine_to_score(self) -> list[ShortlistEntry]:
        """What is sealed and concerns this person: not what they stand back from."""
        return [entry for entry in self.sealed if entry.id not in self.conflicts]

    @property
    def waiting(self) -> list[ShortlistEntry]:
        return [entry for entry in self.mine_to_score if entry.id not in self.scored_by_seat]

    @property
    def takes_scores(self) -> bool:
        return stages.stage_of(self.campaign, clock.now()) is stages.Stage.REVIEW

    @cached_property
    def still_missing(self) -> int:
        """How many scores the group still waits for, from everybody."""
        rounds = {entry.round_id: entry.round for entry in self.sealed}
        return sum(len(queries.missing(round_)) for round_ in rounds.values() if round_)


@bp.get(WHERE)
@permission_required(TAKE_PART)
def review(slug: str, campaign_slug: str) -> ResponseReturnValue:
    """The next proposal to score, how far one is, and the whole list."""
    desk = _desk(slug, campaign_slug)
    following = desk.waiting[0] if desk.waiting and desk.takes_scores else None
    return _review_page(desk, following, AssessmentForm() if following else None)


@bp.route(WHERE + "<reference>", methods=["GET", "POST"])
@permission_required(ASSESS)
def proposal(slug: str, campaign_slug: str, reference: str) -> ResponseReturnValue:
    """One proposal: to score, or to score anew until the round opens."""
    desk = _desk(slug, campaign_slug)
    entry = _entry(desk, reference)
    form = AssessmentForm.about(desk.mine.get(entry.id))
    if form.attempt(lambda: actions.assess(entry, **form.words, language=spoken(), by=desk.person)):
        _say_what_is_left(slug, campaign_slug, entry)
        return redirect(_home(desk), 303)
    return _proposal_page(desk, entry, form, ConflictForm(formdata=None))


@bp.post(WHERE + "<reference>/conflict")
@permission_required(DECLARE_CONFLICT)
def declare(slug: str, campaign_slug: str, reference: str) -> ResponseReturnValue:
    desk = _desk(slug, campaign_slug)
    entry, form = _entry(desk, reference), ConflictForm()
    if form.attempt(
        lambda: actions.declare_conflict(entry, reason=form.reason.data or "", by=desk.person)
    ):
        flash(_("Your conflict of interest is public now. Others review this proposal."), "success")
        return redirect(_home(desk), 303)
    mine = AssessmentForm.about(desk.mine.get(entry.id), formdata=None)
    return _proposal_page(desk, entry, mine, form)


@bp.post(WHERE + "<reference>/conflict/withdraw")
@permission_required(DECLARE_CONFLICT)
def withdraw(slug: str, campaign_slug: str, reference: str) -> ResponseReturnValue:
    desk = _desk(slug, campaign_slug)
    entry = _entry(desk, reference)
    actions.withdraw_conflict(entry, by=desk.person)
    flash(_("Your declaration has been withdrawn."), "success")
    return redirect(
        url_for(".proposal", slug=slug, campaign_slug=campaign_slug, reference=reference), 303
    )


@bp.post(WHERE + "open")
@permission_required(OPEN_SCORES)
def open_scores(slug: str, campaign_slug: str) -> ResponseReturnValue:
    desk = _desk(slug, campaign_slug)
    was_open = not desk.sealed
    actions.open_scores(desk.campaign, desk.group, by=desk.person)
    flash(
        _("The scores were open already.")
        if was_open
        else _("The round is closed. The group sees all scores now."),
        "success",
    )
    return redirect(_home(desk), 303)


@bp.route(WHERE + "<reference>/conclude", methods=["GET", "POST"])
@permission_required(CONCLUDE)
def conclude(slug: str, campaign_slug: str, reference: str) -> ResponseReturnValue:
    """What the group recommends and why, written by the chair."""
    desk = _desk(slug, campaign_slug)
    entry = _entry(desk, reference)
    authorise(desk.person, CONCLUDE, entry)
    last = queries.conclusion_of(entry)
    form = ConclusionForm.about(last)
    if form.attempt(
        lambda: actions.conclude(entry, **form.words, language=spoken(), by=desk.person)
    ):
        flash(_("The group's conclusion is public now."), "success")
        return redirect(url_for("groups.opinion", slug=slug, reference=reference), 303)
    scores = queries.open_assessments([entry.id]).get(entry.id, [])
    page = render_template(
        "reviewing/conclude.html",
        desk=desk,
        entry=entry,
        campaign=desk.campaign,
        form=form,
        last=last,
        spreads=spreads_of(scores),
        most=actions.LONGEST_CONCLUSION,
    )
    return page, form.status


def _desk(slug: str, campaign_slug: str) -> Desk:
    """The desk of whoever asks, or a refusal with the sentence that says why."""
    group = found(groups.by_slug(slug))
    person = signed_in()
    authorise(person, TAKE_PART, group)
    campaign = found(campaigns.by_slug(campaign_slug))
    seat = found(seat_in(group, person))
    desk = Desk(person, seat, group, campaign)
    found(desk.entries or group in queries.groups_in(campaign) or None)
    return desk


def _entry(desk: Desk, reference: str) -> ShortlistEntry:
    return found(
        next((entry for entry in desk.entries if entry.proposal.reference == reference), None)
    )


def _home(desk: Desk) -> str:
    return url_for(".review", slug=desk.group.slug, campaign_slug=desk.campaign.slug)


def _say_what_is_left(slug: str, campaign_slug: str, entry: ShortlistEntry) -> None:
    if entry.scores_are_open:
        flash(_("Saved. All scores are in, so the round has opened."), "success")
        return
    left = len(_desk(slug, campaign_slug).waiting)
    if left:
        flash(
            ngettext(
                "Saved. %(num)d proposal is left.", "Saved. %(num)d proposals are left.", left
            ),
            "success",
        )
    else:
        flash(_("Saved. You have scored everything. We will tell you when scores open."), "success")


def _review_page(
    desk: Desk, following: ShortlistEntry | None, form: AssessmentForm | None
) -> ResponseReturnValue:
    return render_template(
        "reviewing/review.html",
        desk=desk,
        campaign=desk.campaign,
        following=following,
        form=form,
        conflict_form=ConflictForm(formdata=None),
        criteria=CRITERIA,
        most=actions,
        conclusions=queries.latest_conclusions(desk.entry_ids),
        scores={
            entry_id: spreads_of(some)
            for entry_id, some in queries.open_assessments(desk.entry_ids).items()
        },
        may_open=bool(desk.sealed)
        and OPEN_SCORES.allows(desk.person, desk.sealed[0].round or desk.sealed[0]),
    )


def _proposal_page(
    desk: Desk, entry: ShortlistEntry, form: AssessmentForm, conflict_form: ConflictForm
) -> ResponseReturnValue:
    page = render_template(
        "reviewing/proposal.html",
        desk=desk,
        campaign=desk.campaign,
        entry=entry,
        form=form,
        conflict_form=conflict_form,
        conflict=desk.conflicts.get(entry.id),
        refusal=ASSESS.refusal(desk.person, entry),
        taken_by_other=entry.id in desk.scored_by_seat and entry.id not in desk.mine,
        may_conclude=entry.id not in desk.conflicts and CONCLUDE.allows(desk.person, entry),
        criteria=CRITERIA,
        most=actions,
    )
    return page, max(form.status, conflict_form.status)
