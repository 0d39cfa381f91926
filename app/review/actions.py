"""What can be done in the review: the shortlist, conflicts of interest, scores, conclusions."""

from collections.abc import Mapping

from sqlalchemy import func, select

from app.accounts.models import Account
from app.campaigns.models import Campaign
from app.foundation import clock
from app.foundation.actors import SYSTEM, Actor
from app.foundation.db import db
from app.foundation.events import publish
from app.foundation.language import Sentence, _
from app.foundation.permissions import authorise
from app.foundation.refusals import Conflict, Invalid, NotAllowed, NotFound
from app.foundation.text import clean, clean_line
from app.groups.models import Group
from app.groups.roles import seat_in
from app.proposals.models import Proposal, State
from app.proposals.queries import locked
from app.review import queries
from app.review.criteria import CRITERIA, HIGHEST, LOWEST
from app.review.events import (
    ConflictDeclared,
    ConflictWithdrawn,
    ProposalAssessed,
    ProposalConcluded,
    ReviewAssigned,
    ScoresOpened,
    ShortlistChanged,
    ShortlistPublished,
)
from app.review.models import (
    Assessment,
    ChangeKind,
    Conclusion,
    ConflictOfInterest,
    Recommendation,
    Round,
    ShortlistChange,
    ShortlistEntry,
)
from app.review.permissions import (
    ASSESS,
    ASSIGN_REVIEW,
    CHANGE_SHORTLIST,
    CONCLUDE,
    DECLARE_CONFLICT,
    FORGET_PERSON,
    MAKE_SHORTLIST,
    OPEN_SCORES,
)

LONGEST_REASON = 2000
LONGEST_GROUND = 4000
LONGEST_CONCLUSION = 8000
LONGEST_NAME = 200

# ── The shortlist ────────────────────────────────────────────────────────────────────────────


def make_shortlist(campaign: Campaign, *, by: Actor) -> None:
    """Give the groups what the rule gives, and what was restored too late to be counted.

    Harmless twice: what is on the list stays as it is.
    """
    authorise(by, MAKE_SHORTLIST, campaign)
    reviewers = _reviewers(campaign)
    for proposal, position in queries.given_by_rule(campaign):
        _enter(proposal, position, by_rule=True, group_id=_reviewer(proposal, reviewers))
    last = queries.last_position(campaign)
    for place, proposal in enumerate(queries.restored_without_count(campaign), start=last + 1):
        _enter(proposal, place, by_rule=False, group_id=_reviewer(proposal, reviewers))
    if not queries.shortlist_is_published(campaign):
        publish(ShortlistPublished(campaign_id=campaign.id), by=by)


def add_to_shortlist(proposal: Proposal, *, reason: str, by: Actor) -> ShortlistEntry:
    """Send one more proposal to the group, for a reason that stays attached to it."""
    authorise(by, CHANGE_SHORTLIST, proposal)
    reason = _reason(reason, _("Write why this proposal goes to the group; everybody can read it."))
    [proposal] = locked([proposal])
    if proposal.state is not State.PUBLISHED:
        raise Invalid({"proposal": _("Only a published proposal can be added; this one is not.")})
    entry = queries.entry_of(proposal)
    if entry is not None and entry.is_on_list:
        raise Conflict(_("This proposal is on the shortlist already."))
    if entry is None:
        campaign = proposal.campaign
        entry = _enter(
            proposal,
            queries.last_position(campaign) + 1,
            by_rule=False,
            group_id=_reviewer(proposal, _reviewers(campaign)),
        )
        entry.added_by_id, entry.added_reason = by.actor_id, reason
    else:
        _put_back(entry)
    _record(entry, ChangeKind.ADDED, reason, by)
    return entry


def remove_from_shortlist(entry: ShortlistEntry, *, reason: str, by: Actor) -> ShortlistEntry:
    """Take a proposal off, for a reason that stays attached to it."""
    authorise(by, CHANGE_SHORTLIST, entry)
    _hold_round(entry)
    reason = _reason(reason, _("Write why this proposal is taken off; everybody can read it."))
    if not entry.is_on_list:
        raise Conflict(_("This proposal has already been taken off the shortlist."))
    if queries.conclusion_of(entry) is not None:
        raise Conflict(
            _("The group has already concluded about this proposal, so it stays on the shortlist.")
        )
    _take_off(entry, reason, by)
    _record(entry, ChangeKind.REMOVED, reason, by)
    _open_if_all_are_in(entry.round)
    return entry


def follow_proposal(proposal: Proposal, *, by: Actor) -> None:
    """Let the list agree with what became of a proposal itself: hidden, withdrawn, restored.

    Harmless twice, and harmless before there is a list.
    """
    authorise(by, MAKE_SHORTLIST, proposal)
    entry = queries.entry_of(proposal)
    if proposal.state is not State.PUBLISHED:
        if entry is not None and entry.is_on_list:
            _hold_round(entry)
            _take_off(entry, proposal.state_reason or "", by)
            _record(entry, ChangeKind.LEFT, proposal.state_reason or "", by)
            _open_if_all_are_in(entry.round)
    elif entry is None:
        if queries.shortlist_is_published(proposal.campaign):
            make_shortlist(proposal.campaign, by=by)
    elif _left_by_itself(entry):
        _put_back(entry)
        _record(entry, ChangeKind.RETURNED, "", by)


def assign_review(entry: ShortlistEntry, *, group: Group | None, by: Actor) -> ShortlistEntry:
    """Say which group reviews a proposal; possible until somebody has scored it."""
    authorise(by, ASSIGN_REVIEW, entry)
    _hold_round(entry)
    if group is None or group.id not in {each.id for each in queries.groups_in(entry.campaign)}:
        raise Invalid({"group": _("Choose one of the groups that work for this campaign.")})
    if entry.group_id == group.id:
        return entry
    if queries.has_been_scored(entry) or entry.scores_are_open:
        raise Conflict(_("The group has begun to score this proposal, so it keeps it."))
    entry.group_id, left = group.id, entry.round
    entry.round = _round_for(entry.campaign_id, group.id)
    db.session.flush()
    publish(
        ReviewAssigned(
            proposal_id=entry.proposal_id, group_id=group.id, campaign_id=entry.campaign_id
        ),
        by=by,
    )
    _open_if_all_are_in(left)
    return entry


def _enter(
    proposal: Proposal, position: int, *, by_rule: bool, group_id: int | None
) -> ShortlistEntry:
    entry = ShortlistEntry(
        campaign_id=proposal.campaign_id,
        proposal_id=proposal.id,
        group_id=group_id,
        round=_round_for(proposal.campaign_id, group_id) if group_id else None,
        position=position,
        by_rule=by_rule,
        entered_at=clock.now(),
    )
    db.session.add(entry)
    db.session.flush()
    return entry


def _take_off(entry: ShortlistEntry, reason: str, by: Actor) -> None:
    entry.removed_at, entry.removed_by_id, entry.removed_reason = clock.now(), by.actor_id, reason


def _put_back(entry: ShortlistEntry) -> None:
    """On the list again; if its round was opened without it, in the group's next one."""
    entry.removed_at = entry.removed_by_id = entry.removed_reason = None
    if entry.group_id is not None and entry.scores_are_open and not queries.has_been_scored(entry):
        entry.round = _round_for(entry.campaign_id, entry.group_id)


def _left_by_itself(entry: ShortlistEntry) -> bool:
    last = queries.last_change_of(entry)
    return not entry.is_on_list and last is not None and last.kind is ChangeKind.LEFT


def _record(entry: ShortlistEntry, kind: ChangeKind, reason: str, by: Actor) -> None:
    change = ShortlistChange(
        entry_id=entry.id,
        kind=kind,
        reason=reason,
        changed_at=clock.now(),
        changed_by_id=by.actor_id,
    )
    db.session.add(change)
    db.session.flush()
    publish(
        ShortlistChanged(
            proposal_id=entry.proposal_id, change_id=change.id, campaign_id=entry.campaign_id
        ),
        by=by,
    )


def _reviewers(campaign: Campaign) -> list[int]:
    return [group.id for group in queries.groups_in(campaign)]


def _reviewer(proposal: Proposal, reviewers: list[int]) -> int | None:
    """The group of the proposal's theme; where it has none, the campaign's only group."""
    if proposal.theme is not None and proposal.theme.group_id is not None:
        return proposal.theme.group_id
    return reviewers[0] if len(reviewers) == 1 else None


def _round_for(campaign_id: int, group_id: int) -> Round:
    """The group's scoring that has not been opened yet; a new one where there is none.

    The group's row is held meanwhile, so that two moderators do not begin the same round.
    """
    db.session.execute(select(Group.id).where(Group.id == group_id).with_for_update())
    mine = (Round.campaign_id == campaign_id, Round.group_id == group_id)
    found = db.session.scalar(select(Round).where(*mine, Round.opened_at.is_(None)))
    if found is None:
        last = db.session.scalar(select(func.max(Round.number)).where(*mine)) or 0
        found = Round(campaign_id=campaign_id, group_id=group_id, number=last + 1)
        db.session.add(found)
        db.session.flush()
    return found


# ── Conflicts of interest ────────────────────────────────────────────────────────────────────


def declare_conflict(entry: ShortlistEntry, *, reason: str, by: Actor) -> ConflictOfInterest:
    """Stand back from one proposal: also late, then scores already given are set aside."""
    authorise(by, DECLARE_CONFLICT, entry)
    person = _person(by)
    _hold_round(entry)
    reason = _reason(
        reason, _("Write in a few words what connects you with this proposal; it is public.")
    )
    if declared := queries.conflict_of(entry, person.id):
        return declared
    conflict = ConflictOfInterest(
        entry_id=entry.id, account_id=person.id, reason=reason, declared_at=clock.now()
    )
    db.session.add(conflict)
    db.session.flush()
    publish(
        ConflictDeclared(
            proposal_id=entry.proposal_id, conflict_id=conflict.id, campaign_id=entry.campaign_id
        ),
        by=by,
    )
    _open_if_all_are_in(entry.round)
    return conflict


def withdraw_conflict(entry: ShortlistEntry, *, by: Actor) -> None:
    """Take a declaration back, as when it was made by mistake. Twice changes nothing."""
    authorise(by, DECLARE_CONFLICT, entry)
    _hold_round(entry)
    conflict = queries.conflict_of(entry, _person(by).id)
    if conflict is None:
        return
    conflict.withdrawn_at = clock.now()
    publish(
        ConflictWithdrawn(
            proposal_id=entry.proposal_id, conflict_id=conflict.id, campaign_id=entry.campaign_id
        ),
        by=by,
    )


# ── Scores ───────────────────────────────────────────────────────────────────────────────────


def assess(
    entry: ShortlistEntry,
    *,
    scores: Mapping[str, int | None],
    recommendation: Recommendation | None,
    ground: str,
    language: str,
    by: Actor,
) -> Assessment:
    """Score a proposal for one's seat, unseen by the others; again, to change one's mind.

    The last score that the round waits for opens it.
    """
    authorise(by, ASSESS, entry)
    person, seat = _person(by), seat_in(entry.group, by)
    round_ = _hold_round(entry)
    authorise(by, ASSESS, entry)  # it may have been opened while we waited
    assert seat is not None  # noqa: S101  the permission has just said so
    assert round_ is not None  # noqa: S101  as long as there is a group, there is a round
    if queries.conflict_of(entry, person.id):
        raise NotAllowed(
            _("You declared a conflict of interest about this proposal, so you do not score it.")
        )
    assessment = queries.assessment_of_seat(entry, seat.seat_id)
    if assessment is not None and assessment.account_id != person.id:
        raise Conflict(
            _("This proposal has already been scored for your seat by whom you share it with.")
        )
    ground = clean(ground)
    _check_assessment(scores, recommendation, ground)
    if assessment is None:
        assessment = Assessment(entry_id=entry.id, seat_id=seat.seat_id, account_id=person.id)
        db.session.add(assessment)
    for criterion in CRITERIA:
        setattr(assessment, criterion.key, scores[criterion.key])
    assert recommendation is not None  # noqa: S101  checked above
    assessment.recommendation, assessment.ground = recommendation, ground
    assessment.language, assessment.assessed_at = language, clock.now()
    db.session.flush()
    publish(ProposalAssessed(proposal_id=entry.proposal_id, campaign_id=entry.campaign_id), by=by)
    _open_if_all_are_in(round_)
    return assessment


def open_scores(campaign: Campaign, group: Group, *, by: Actor) -> Round:
    """Close the round although somebody is missing, so that the group can confer.

    Twice changes nothing. Raises NotFound where the group has nothing to review.
    """
    rounds = queries.rounds_of(group, campaign)
    if not rounds:
        raise NotFound(_("This group has nothing to review in this campaign."))
    authorise(by, OPEN_SCORES, rounds[-1])
    round_ = queries.round_for_update(rounds[-1].id)
    if round_.opened_at is None:
        round_.opened_by_id = by.actor_id
        _open(round_, by)
    return round_


def recheck_round(round_: Round, *, by: Actor) -> None:
    """Open the round if nobody is missing any more, as when a seat has ended."""
    authorise(by, MAKE_SHORTLIST, round_)
    _open_if_all_are_in(queries.round_for_update(round_.id))


def _hold_round(entry: ShortlistEntry) -> Round | None:
    """Whoever changes what a round waits for does so one after the other."""
    if entry.round_id is None:
        return None
    round_ = queries.round_for_update(entry.round_id)
    db.session.refresh(entry)
    if entry.round_id != round_.id:
        raise Conflict(_("This proposal has just been given to another group."))
    return round_


def _open_if_all_are_in(round_: Round | None) -> None:
    """Nobody opens an empty round: somebody must have scored."""
    if round_ is None or round_.opened_at is not None:
        return
    db.session.flush()
    if queries.anybody_scored(round_) and not queries.missing(round_):
        _open(round_, SYSTEM)


def _open(round_: Round, by: Actor) -> None:
    round_.opened_at = clock.now()
    publish(
        ScoresOpened(group_id=round_.group_id, round_id=round_.id, campaign_id=round_.campaign_id),
        by=by,
    )


def _check_assessment(
    scores: Mapping[str, int | None], recommendation: Recommendation | None, ground: str
) -> None:
    faults: dict[str, Sentence] = {}
    for criterion in CRITERIA:
        score = scores.get(criterion.key)
        if score is None or not LOWEST <= score <= HIGHEST:
            faults[criterion.key] = _(
                "%(criterion)s: choose a number from 1 to 5.", criterion=criterion.name
            )
    if recommendation is None:
        faults["recommendation"] = _("Choose what you recommend.")
    if not ground:
        faults["ground"] = _("Write why you score it so; the group reads it once scores open.")
    elif len(ground) > LONGEST_GROUND:
        faults["ground"] = _("This is too long; say what matters most.")
    if faults:
        raise Invalid(faults)


# ── Conclusions ──────────────────────────────────────────────────────────────────────────────


def conclude(
    entry: ShortlistEntry,
    *,
    recommendation: Recommendation | None,
    reasons: str,
    dissent: str = "",
    language: str,
    referred_to: str | None = None,
    by: Actor,
) -> Conclusion:
    """Write down what the group recommends and why. A later conclusion replaces this one,
    which stays readable; the same once more changes nothing."""
    authorise(by, CONCLUDE, entry)
    person = _person(by)
    _hold_round(entry)
    if queries.conflict_of(entry, person.id):
        raise NotAllowed(
            _(
                "You declared a conflict of interest about this proposal, so somebody else "
                "who may chair concludes about it."
            )
        )
    reasons, dissent, to = clean(reasons), clean(dissent), clean_line(referred_to)
    _check_conclusion(recommendation, reasons, dissent, to)
    assert recommendation is not None  # noqa: S101  checked above
    to_whom = to if recommendation is Recommendation.REFER else None
    last = queries.conclusion_of(entry)
    said = (recommendation, reasons, dissent, to_whom)
    if last and (last.recommendation, last.reasons, last.dissent, last.referred_to) == said:
        return last
    conclusion = Conclusion(
        entry_id=entry.id,
        number=last.number + 1 if last else 1,
        recommendation=recommendation,
        reasons=reasons,
        dissent=dissent,
        referred_to=to_whom,
        language=language,
        concluded_at=clock.now(),
        concluded_by_id=person.id,
    )
    db.session.add(conclusion)
    db.session.flush()
    publish(
        ProposalConcluded(
            proposal_id=entry.proposal_id,
            conclusion_id=conclusion.id,
            campaign_id=entry.campaign_id,
        ),
        by=by,
    )
    return conclusion


def _check_conclusion(
    recommendation: Recommendation | None, reasons: str, dissent: str, referred_to: str
) -> None:
    faults: dict[str, Sentence] = {}
    if recommendation is None:
        faults["recommendation"] = _("Choose what the group recommends.")
    if not reasons:
        faults["reasons"] = _("Write the group's reasons; everybody can read them.")
    for field, text in (("reasons", reasons), ("dissent", dissent)):
        if len(text) > LONGEST_CONCLUSION:
            faults[field] = _("This is too long; say what matters most.")
    if recommendation is Recommendation.REFER and not referred_to:
        faults["referred_to"] = _("Write to whom the proposal should be referred.")
    elif len(referred_to) > LONGEST_NAME:
        faults["referred_to"] = _("This name is too long.")
    if faults:
        raise Invalid(faults)


# ── Leaving ──────────────────────────────────────────────────────────────────────────────────


def forget_person(person: Account, *, by: Actor) -> None:
    """Let go of what somebody who left wrote and nothing rests on: sealed scores, and the
    reasons of their conflicts of interest. Scores that were opened stay, without a name."""
    authorise(by, FORGET_PERSON, person)
    for assessment in queries.sealed_assessments_of(person):
        db.session.delete(assessment)
    for conflict in queries.conflicts_declared_by(person):
        conflict.reason = ""


def _reason(reason: str, what_for: Sentence) -> str:
    reason = clean(reason)
    if not reason:
        raise Invalid({"reason": what_for})
    if len(reason) > LONGEST_REASON:
        raise Invalid({"reason": _("The reason is too long.")})
    return reason


def _person(actor: Actor) -> Account:
    """A seat is a person's: the system scores, recuses and concludes nothing."""
    if not isinstance(actor, Account):
        raise NotAllowed(_("Only a person can do this."))
    return actor
