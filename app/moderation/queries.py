"""Finding what waits at the desk, what was decided, and what the public may read of it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, String, cast, func, literal, select, union_all
from sqlalchemy.orm import contains_eager, joinedload

from app.accounts.models import Account
from app.campaigns.models import Campaign
from app.campaigns.queries import appointments_of
from app.comments.models import Comment
from app.commitments.models import Commitment
from app.foundation.db import db
from app.foundation.lemmas import fold
from app.foundation.paging import PAGE_SIZE, Page
from app.moderation.matters import Matter, split
from app.moderation.models import Appeal, Claim, Decision, Report, SavedPhrase
from app.moderation.rules import UNDO_WITHIN
from app.proposals.models import Merge, Proposal, State, Step
from app.proposals.similarity import most_alike
from app.proposals.standing import MERGEABLE


class Show(StrEnum):
    """The tabs of the desk."""

    ALL = "all"
    WAITING = "waiting"
    REPORTED = "reported"
    APPEALED = "appealed"
    RETURNED = "returned"
    PUBLISHED = "published"
    HIDDEN = "hidden"


STATES = {
    Show.WAITING: State.SUBMITTED,
    Show.RETURNED: State.RETURNED,
    Show.PUBLISHED: State.PUBLISHED,
    Show.HIDDEN: State.HIDDEN,
}


@dataclass
class Entry:
    """One row of the desk."""

    why: str
    """``waiting``, ``returned``, ``published``, ``hidden``, ``reported`` or ``appealed``."""
    subject: str
    since: datetime
    reports: int
    proposal: Proposal | None = None
    comment: Comment | None = None
    decision: Decision | None = None
    claim: Claim | None = None

    @property
    def kind(self) -> str:
        return split(self.subject)[0]

    @property
    def number(self) -> int:
        return split(self.subject)[1]


# ── One thing ────────────────────────────────────────────────────────────────────────────────


def matter(kind: str, number: int, campaign: Campaign | None = None) -> Matter | None:
    """The proposal or comment of this number; with a campaign, only one that belongs to it.

    An account is one who has written something in that campaign.
    """
    found: Matter | None = None
    if kind == "proposal":
        found = _proposal_matter(number)
    elif kind == "comment":
        found = _comment_matter(number)
    elif kind == "account" and campaign is not None and writes_in(number, campaign):
        person = db.session.get(Account, number)
        found = Matter(kind, number, campaign, person, None) if person else None
    if found is None or (campaign is not None and found.campaign.id != campaign.id):
        return None
    return found


def _proposal_matter(number: int) -> Matter | None:
    proposal = db.session.scalar(
        select(Proposal)
        .options(
            joinedload(Proposal.campaign), joinedload(Proposal.author), joinedload(Proposal.theme)
        )
        .where(Proposal.id == number, Proposal.state != State.DRAFT)
    )
    return Matter("proposal", number, proposal.campaign, proposal, proposal) if proposal else None


def _comment_matter(number: int) -> Matter | None:
    comment = db.session.scalar(
        select(Comment).options(joinedload(Comment.author)).where(Comment.id == number)
    )
    if comment is None:
        return None
    proposal = db.session.scalar(
        select(Proposal)
        .options(joinedload(Proposal.campaign))
        .where(Proposal.thread_id == comment.thread_id)
    )
    if proposal is not None:
        return Matter("comment", number, proposal.campaign, comment, proposal)
    commitment = db.session.scalar(
        select(Commitment)
        .options(joinedload(Commitment.campaign))
        .where(Commitment.thread_id == comment.thread_id)
    )
    if commitment is None:
        return None
    return Matter("comment", number, commitment.campaign, comment, None, commitment)


def writes_in(account_id: int, campaign: Campaign) -> bool:
    """Whether this person has proposed or commented in this campaign."""
    wrote = (
        select(Proposal.id)
        .where(
            Proposal.campaign_id == campaign.id,
            Proposal.author_id == account_id,
            Proposal.state != State.DRAFT,
        )
        .exists()
    )
    said = (
        select(Comment.id)
        .join(Proposal, Proposal.thread_id == Comment.thread_id)
        .where(Proposal.campaign_id == campaign.id, Comment.author_id == account_id)
        .exists()
    )
    return bool(db.session.scalar(select(wrote | said)))


def open_reports_on(subject: str) -> Sequence[Report]:
    return db.session.scalars(
        select(Report)
        .where(Report.subject == subject, Report.decision_id.is_(None))
        .order_by(Report.id)
    ).all()


def same_open_report(subject: str, rule: str, text: str, reporter_id: int | None) -> Report | None:
    """What this person (or, without an account, anybody) has already said in the same words.

    Somebody with an account has said it, whatever the words.
    """
    found = select(Report).where(Report.subject == subject, Report.decision_id.is_(None))
    if reporter_id is None:
        found = found.where(Report.reporter_id.is_(None), Report.rule == rule, Report.text == text)
    else:
        found = found.where(Report.reporter_id == reporter_id)
    return db.session.scalar(found.limit(1))


def reporters_of(decision_id: int) -> Select[Any]:
    """The accounts that reported what this decision decided, so that they can be told."""
    return (
        select(Report.reporter_id)
        .where(Report.decision_id == decision_id, Report.reporter_id.is_not(None))
        .distinct()
    )


def claim_on(subject: str, *, at: datetime) -> Claim | None:
    """Who is working on this now."""
    return db.session.scalar(
        select(Claim)
        .options(joinedload(Claim.account))
        .where(Claim.subject == subject, Claim.until > at)
        .execution_options(populate_existing=True)
    )


# ── Decisions ────────────────────────────────────────────────────────────────────────────────


def decision(number: int) -> Decision | None:
    return db.session.scalar(_decisions().where(Decision.id == number))


def _decisions() -> Select[Decision]:
    return select(Decision).options(
        joinedload(Decision.campaign),
        joinedload(Decision.proposal),
        joinedload(Decision.decided_by),
        joinedload(Decision.appeal).joinedload(Appeal.decided_by),
    )


def register_of(campaign: Campaign) -> Select[Decision]:
    """Every decision of a campaign, the newest first; those taken back too, marked so."""
    return _decisions().where(Decision.campaign_id == campaign.id).order_by(Decision.id.desc())


def decisions_on(subject: str) -> Sequence[Decision]:
    """What was decided about one thing, the newest first."""
    return db.session.scalars(
        _decisions().where(Decision.subject == subject).order_by(Decision.id.desc())
    ).all()


def decisions_concerning(account_id: int, campaign: Campaign | None = None) -> Select[Decision]:
    """What was decided about one person's content or account, the newest first."""
    found = _decisions().where(Decision.concerns_id == account_id)
    if campaign is not None:
        found = found.where(Decision.campaign_id == campaign.id)
    return found.order_by(Decision.id.desc())


def latest_decision_on(subject: str) -> Decision | None:
    """The last one that still holds."""
    return db.session.scalar(
        _decisions()
        .where(Decision.subject == subject, Decision.undone_at.is_(None))
        .order_by(Decision.id.desc())
        .limit(1)
    )


def last_step_of(proposal_id: int) -> Step | None:
    return db.session.scalar(
        select(Step)
        .options(joinedload(Step.taken_by))
        .where(Step.proposal_id == proposal_id)
        .order_by(Step.id.desc())
        .limit(1)
    )


def appeal(decision_id: int) -> Appeal | None:
    return db.session.scalar(
        select(Appeal)
        .options(
            joinedload(Appeal.decision).options(
                joinedload(Decision.campaign),
                joinedload(Decision.proposal),
                joinedload(Decision.decided_by),
            ),
            joinedload(Appeal.decided_by),
        )
        .where(Appeal.decision_id == decision_id)
    )


def appeal_of(decision: Decision) -> Appeal | None:
    """Read anew, after a lock: somebody else may have been quicker."""
    return db.session.scalar(
        select(Appeal)
        .options(joinedload(Appeal.decided_by))
        .where(Appeal.decision_id == decision.id)
        .execution_options(populate_existing=True)
    )


# ── What one can still take back ─────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Deeds:
    """What somebody did at this desk in the last ten minutes, each the newest first."""

    decisions: Sequence[Decision] = field(default=())
    publications: Sequence[tuple[Step, Proposal]] = field(default=())
    merges: Sequence[Merge] = field(default=())


def deeds_of(account_id: int, campaign: Campaign, *, at: datetime) -> Deeds:
    """What this person may still take back."""
    since = at - UNDO_WITHIN
    decisions = db.session.scalars(
        select(Decision)
        .options(joinedload(Decision.proposal))
        .outerjoin(Decision.appeal)
        .where(
            Decision.campaign_id == campaign.id,
            Decision.decided_by_id == account_id,
            Decision.decided_at > since,
            Decision.undone_at.is_(None),
            Appeal.decision_id.is_(None),
        )
        .order_by(Decision.id.desc())
    ).all()
    latest = (
        select(func.max(Step.id).label("id"), Step.proposal_id)
        .join(Proposal, Proposal.id == Step.proposal_id)
        .where(Proposal.campaign_id == campaign.id, Step.taken_at > since)
        .group_by(Step.proposal_id)
        .subquery()
    )
    publications = db.session.execute(
        select(Step, Proposal)
        .join(latest, latest.c.id == Step.id)
        .join(Proposal, Proposal.id == Step.proposal_id)
        .where(
            Step.became == State.PUBLISHED,
            Step.was.in_([State.SUBMITTED, State.RETURNED]),
            Step.taken_by_id == account_id,
        )
        .order_by(Step.id.desc())
    ).all()
    merges = db.session.scalars(
        select(Merge)
        .join(Merge.source)
        .options(contains_eager(Merge.source), joinedload(Merge.target))
        .where(
            Proposal.campaign_id == campaign.id,
            Merge.merged_by_id == account_id,
            Merge.merged_at > since,
            Merge.undone_at.is_(None),
        )
        .order_by(Merge.id.desc())
    ).all()
    return Deeds(decisions, [(step, proposal) for step, proposal in publications], merges)


# ── The queue ────────────────────────────────────────────────────────────────────────────────


def entries(
    campaign: Campaign,
    *,
    show: Show,
    at: datetime,
    theme_id: int | None = None,
    claimed_by: int | None = None,
    words: str = "",
    page: int = 1,
) -> Page[Entry]:
    """One page of the desk, the oldest promise first; always the same number of queries."""
    parts = [
        part.where(*_narrowed(subject, theme_id, claimed_by, words, at))
        for part, subject in _parts(campaign, show)
    ]
    rows = union_all(*parts).subquery()
    total = db.session.scalar(select(func.count()).select_from(rows)) or 0
    number = min(max(page, 1), max(1, -(-total // PAGE_SIZE)))
    order = rows.c.since.desc() if show in NEWEST_FIRST else rows.c.since
    found = db.session.execute(
        select(rows)
        .order_by(order, rows.c.subject)
        .limit(PAGE_SIZE)
        .offset((number - 1) * PAGE_SIZE)
    ).all()
    shown = [Entry(why, subject, since, count) for why, subject, since, count in found]
    _furnish(shown, at)
    return Page(shown, number, total)


NEWEST_FIRST = {Show.PUBLISHED, Show.HIDDEN}
"""Nothing is promised there any more, so the latest is what one looks for."""


Rows = Select[str, str, datetime, int]
Part = tuple[Rows, ColumnElement[str]]
"""Some rows of the desk, and the column that names their subject."""


def _parts(campaign: Campaign, show: Show) -> list[Part]:
    if show in STATES:
        return [_proposals(campaign, show)]
    if show is Show.REPORTED:
        return [_reports(campaign)]
    if show is Show.APPEALED:
        return [_appeals(campaign)]
    return [_proposals(campaign, Show.WAITING), _reports(campaign), _appeals(campaign)]


def _proposals(campaign: Campaign, show: Show) -> Part:
    """Since when: when it was last submitted, taking back aside; otherwise its last change."""
    name = literal("proposal:") + cast(Proposal.id, String)
    changed = (
        select(func.max(Step.taken_at))
        .where(Step.proposal_id == Proposal.id)
        .correlate(Proposal)
        .scalar_subquery()
    )
    submitted = func.coalesce(Proposal.submitted_at, Proposal.saved_at)
    since = submitted if show is Show.WAITING else func.coalesce(changed, submitted)
    query: Rows = select(
        literal(show.value).label("why"),
        name.label("subject"),
        since.label("since"),
        literal(0).label("reports"),
    ).where(Proposal.campaign_id == campaign.id, Proposal.state == STATES[show])
    return query, name


def _reports(campaign: Campaign) -> Part:
    query: Rows = (
        select(
            literal(Show.REPORTED.value).label("why"),
            Report.subject.label("subject"),
            func.min(Report.reported_at).label("since"),
            func.count().label("reports"),
        )
        .outerjoin(Proposal, Proposal.id == Report.proposal_id)
        .where(Report.campaign_id == campaign.id, Report.decision_id.is_(None))
        .group_by(Report.subject)
    )
    return query, Report.subject.expression


def _appeals(campaign: Campaign) -> Part:
    name = literal("decision:") + cast(Appeal.decision_id, String)
    query: Rows = (
        select(
            literal(Show.APPEALED.value).label("why"),
            name.label("subject"),
            Appeal.appealed_at.label("since"),
            literal(0).label("reports"),
        )
        .join(Appeal.decision)
        .outerjoin(Proposal, Proposal.id == Decision.proposal_id)
        .where(
            Decision.campaign_id == campaign.id,
            Decision.undone_at.is_(None),
            Appeal.outcome.is_(None),
        )
    )
    return query, name


def _narrowed(
    subject: ColumnElement[str],
    theme_id: int | None,
    claimed_by: int | None,
    words: str,
    at: datetime,
) -> list[ColumnElement[bool]]:
    narrowed: list[ColumnElement[bool]] = []
    if theme_id is not None:
        narrowed.append(Proposal.theme_id == theme_id)
    if claimed_by is not None:
        mine = select(Claim.subject).where(Claim.account_id == claimed_by, Claim.until > at)
        narrowed.append(subject.in_(mine))
    if words:
        narrowed.append(_called(words))
    return narrowed


def _called(words: str) -> ColumnElement[bool]:
    """Proposals of this reference, or with these words in the title, diacritics or not."""
    titled = Proposal.title_folded.contains(fold(words), autoescape=True)
    return (Proposal.reference == words.upper()) | titled


def _furnish(shown: Collection[Entry], at: datetime) -> None:
    """Give each row what it shows, in four queries however many rows there are."""
    decisions = {
        row.id: row
        for row in db.session.scalars(
            _decisions().where(Decision.id.in_(_numbers(shown, "decision")))
        )
    }
    comments = {
        row.id: row
        for row in db.session.scalars(
            select(Comment)
            .options(joinedload(Comment.author))
            .where(Comment.id.in_(_numbers(shown, "comment")))
        )
    }
    proposals = {
        row.id: row
        for row in db.session.scalars(
            select(Proposal)
            .options(joinedload(Proposal.author), joinedload(Proposal.theme))
            .where(
                Proposal.id.in_(_numbers(shown, "proposal"))
                | Proposal.thread_id.in_([comment.thread_id for comment in comments.values()])
            )
        )
    }
    by_thread = {proposal.thread_id: proposal for proposal in proposals.values()}
    claims = {
        row.subject: row
        for row in db.session.scalars(
            select(Claim)
            .options(joinedload(Claim.account))
            .where(Claim.subject.in_([entry.subject for entry in shown]), Claim.until > at)
        )
    }
    for entry in shown:
        entry.claim = claims.get(entry.subject)
        if entry.kind == "proposal":
            entry.proposal = proposals[entry.number]
        elif entry.kind == "comment":
            entry.comment = comments[entry.number]
            entry.proposal = by_thread.get(entry.comment.thread_id)
        else:
            entry.decision = decisions[entry.number]
            entry.proposal = entry.decision.proposal


def _numbers(shown: Collection[Entry], kind: str) -> list[int]:
    return [entry.number for entry in shown if entry.kind == kind]


@dataclass(frozen=True)
class Waiting:
    """How much of each waits."""

    waiting: int
    reported: int
    appealed: int
    returned: int

    @property
    def all(self) -> int:
        return self.waiting + self.reported + self.appealed


def waiting_at(campaign: Campaign) -> Waiting:
    """What the tabs of a desk say, in one query."""

    def count(part: Rows) -> Any:
        return select(func.count()).select_from(part.subquery()).scalar_subquery()

    row = db.session.execute(
        select(
            count(_proposals(campaign, Show.WAITING)[0]),
            count(_reports(campaign)[0]),
            count(_appeals(campaign)[0]),
            count(_proposals(campaign, Show.RETURNED)[0]),
        )
    ).one()
    return Waiting(*row)


def waiting_in(campaigns: Sequence[Campaign]) -> dict[int, int]:
    """How many things wait in each campaign, by its id; one query for all."""
    ids = [campaign.id for campaign in campaigns]
    parts = [
        select(Proposal.campaign_id.label("campaign_id"), Proposal.id.label("number")).where(
            Proposal.state == State.SUBMITTED
        ),
        select(Report.campaign_id, func.min(Report.id))
        .where(Report.decision_id.is_(None))
        .group_by(Report.campaign_id, Report.subject),
        select(Decision.campaign_id, Decision.id)
        .join(Decision.appeal)
        .where(Appeal.outcome.is_(None), Decision.undone_at.is_(None)),
    ]
    rows = union_all(*parts).subquery()
    counted = db.session.execute(
        select(rows.c.campaign_id, func.count())
        .where(rows.c.campaign_id.in_(ids))
        .group_by(rows.c.campaign_id)
    )
    return {row[0]: row[1] for row in counted}


def targets(campaign: Campaign, source: Proposal, words: str) -> Sequence[Proposal]:
    """Published proposals that another one could be merged into, found by reference or title."""
    return db.session.scalars(
        select(Proposal)
        .options(joinedload(Proposal.author))
        .where(
            Proposal.campaign_id == campaign.id,
            Proposal.state == State.PUBLISHED,
            Proposal.id != source.id,
            _called(words),
        )
        .order_by(Proposal.id)
        .limit(20)
    ).all()


COMPARED = 2000
"""With how many others, the newest first, a proposal is compared while somebody looks at it."""


def similar_to(proposal: Proposal) -> Sequence[Proposal]:
    """What others have proposed here in much the same words, the likest first."""
    others = db.session.execute(
        select(Proposal.id, Proposal.lemmas)
        .where(
            Proposal.campaign_id == proposal.campaign_id,
            Proposal.language == proposal.language,
            Proposal.state.in_(MERGEABLE),
            Proposal.id != proposal.id,
        )
        .order_by(Proposal.id.desc())
        .limit(COMPARED)
    ).all()
    ids = most_alike(proposal.lemmas, [(row[0], row[1]) for row in others])
    found = {
        row.id: row for row in db.session.scalars(select(Proposal).where(Proposal.id.in_(ids)))
    }
    return [found[number] for number in ids]


@dataclass(frozen=True)
class Written:
    """How much somebody has written in one campaign."""

    proposals: int
    comments: int


def written_by(account_id: int, campaign: Campaign) -> Written:
    proposals = (
        select(func.count())
        .select_from(Proposal)
        .where(
            Proposal.campaign_id == campaign.id,
            Proposal.author_id == account_id,
            Proposal.state != State.DRAFT,
        )
    )
    comments = (
        select(func.count())
        .select_from(Comment)
        .join(Proposal, Proposal.thread_id == Comment.thread_id)
        .where(Proposal.campaign_id == campaign.id, Comment.author_id == account_id)
    )
    row = db.session.execute(select(proposals.scalar_subquery(), comments.scalar_subquery())).one()
    return Written(row[0], row[1])


# ── Phrases ──────────────────────────────────────────────────────────────────────────────────


def phrases_of(campaign: Campaign) -> Sequence[SavedPhrase]:
    return db.session.scalars(
        select(SavedPhrase)
        .where(SavedPhrase.campaign_id == campaign.id)
        .order_by(SavedPhrase.name, SavedPhrase.id)
    ).all()


def phrase(phrase_id: int, campaign: Campaign) -> SavedPhrase | None:
    return db.session.scalar(
        select(SavedPhrase).where(
            SavedPhrase.id == phrase_id, SavedPhrase.campaign_id == campaign.id
        )
    )


def desks_of(account_id: int) -> Sequence[Campaign]:
    """The campaigns in which somebody holds an office, the newest first."""
    ids = {campaign_id for campaign_id, office in appointments_of(account_id)}
    return db.session.scalars(
        select(Campaign)
        .where(Campaign.id.in_(ids))
        .order_by(Campaign.submission_opens_at.desc(), Campaign.id.desc())
    ).all()


def all_desks() -> Sequence[Campaign]:
    """For observers: every campaign that has been announced, the newest first."""
    return db.session.scalars(
        select(Campaign)
        .where(Campaign.announced_at.is_not(None))
        .order_by(Campaign.submission_opens_at.desc(), Campaign.id.desc())
        .limit(200)
    ).all()
