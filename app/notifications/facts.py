"""What the words of notices need from the rooms, read in a constant number of queries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any, Protocol

from babel.dates import format_date
from sqlalchemy import select

from app import config
from app.answers.models import Answer
from app.campaigns.models import Campaign, DateChange
from app.campaigns.stages import Stage
from app.commitments.models import Commitment, Version
from app.foundation.db import db
from app.foundation.language import spoken
from app.groups.models import Group
from app.moderation.models import Decision
from app.notifications.links import Link
from app.notifications.models import Notification
from app.plans.models import Plan
from app.proposals.models import Merge, Proposal, State


@dataclass(frozen=True)
class Said:
    """Words of people or institutions, knowing their language where it is known."""

    text: str
    language: str | None = None

    def __str__(self) -> str:
        return self.text


class Mention(Protocol):
    """A notice, or anything else that names a subject."""

    @property
    def subject(self) -> str: ...

    @property
    def details(self) -> dict[str, Any]: ...


@dataclass(frozen=True)
class Subject:
    """A subject by itself, as somebody follows it."""

    subject: str
    details: dict[str, Any] = field(default_factory=dict)


class Facts:
    """The rows that a list of notices speaks of, by their ids. The reader's language is spoken."""

    def __init__(self, mentions: Sequence[Mention]) -> None:
        self._mentions = mentions

    @cached_property
    def proposals(self) -> dict[int, Proposal]:
        wanted = self._ids("proposal_id", "target_id", kind="proposal")
        return _by_id(Proposal, wanted)

    @cached_property
    def campaigns(self) -> dict[int, Campaign]:
        return _by_id(Campaign, self._ids("campaign_id", kind="campaign"))

    @cached_property
    def groups(self) -> dict[int, Group]:
        return _by_id(Group, self._ids("group_id", kind="group"))

    @cached_property
    def commitments(self) -> dict[int, Commitment]:
        return _by_id(Commitment, self._ids("commitment_id", kind="commitment"))

    @cached_property
    def titles(self) -> dict[int, Version]:
        """The current version of each commitment."""
        if not self.commitments:
            return {}
        current = (
            select(Version)
            .join(Commitment, Commitment.id == Version.commitment_id)
            .where(
                Version.commitment_id.in_(self.commitments),
                Version.number == Commitment.current_version,
            )
        )
        return {version.commitment_id: version for version in db.session.scalars(current)}

    @cached_property
    def plans(self) -> dict[int, Plan]:
        return _by_id(Plan, self._ids("plan_id", kind="plan"))

    @cached_property
    def decisions(self) -> dict[int, Decision]:
        return _by_id(Decision, self._ids("decision_id", kind="decision"))

    @cached_property
    def merges(self) -> dict[int, Merge]:
        return _by_id(Merge, self._ids("merge_id"))

    @cached_property
    def date_changes(self) -> dict[int, DateChange]:
        return _by_id(DateChange, self._ids("date_change_id"))

    @cached_property
    def answers(self) -> dict[int, Answer]:
        return _by_id(Answer, self._ids("answer_id"))

    def _ids(self, *fields: str, kind: str = "") -> set[int]:
        """Every id that stands in one of these fields, or as a subject of this kind."""
        found = {each.details.get(field) for each in self._mentions for field in fields}
        subjects = (each.subject.partition(":") for each in self._mentions)
        found |= {int(number) for word, _, number in subjects if word == kind}
        return {each for each in found if each is not None}

    # ── What a notice is about ───────────────────────────────────────────────────────────────

    def _row_of(self, subject: str) -> Any:
        """The row that a subject names; None for what is gone, and for other kinds."""
        kind, _, number = subject.partition(":")
        rows: dict[str, dict[int, Any]] = {
            "proposal": self.proposals,
            "campaign": self.campaigns,
            "group": self.groups,
            "commitment": self.titles,
            "plan": self.plans,
            "decision": self.decisions,
        }
        return rows[kind].get(int(number)) if kind in rows else None

    def title_of(self, subject: str) -> Said | None:
        """What people know it by; None for what has no name of its own, or may not be named."""
        match self._row_of(subject):
            case Proposal(state=State.HIDDEN):
                return None
            case Proposal(title=title, language=language):
                return Said(title, language)
            case Campaign(title=text) | Plan(title=text) | Version(title=text) | Group(name=text):
                return _worded(text)
        return None

    def reference_of(self, subject: str) -> str:
        row = self._row_of(subject)
        return (row.reference or "") if isinstance(row, Proposal) else ""

    def link_of(self, subject: str) -> Link:
        """Where one reads about it."""
        endpoint: str = "inbox.inbox"
        values: dict[str, Any] = {}
        match self._row_of(subject):
            case Proposal(reference=None):
                endpoint = "my.overview"
            case Proposal(reference=reference):
                endpoint, values = "proposals.proposal", {"reference": reference}
            case Campaign(slug=slug):
                endpoint, values = "campaigns.campaign", {"slug": slug}
            case Group(slug=slug):
                endpoint, values = "groups.group", {"slug": slug}
            case Plan(slug=slug):
                endpoint, values = "plans.plan", {"slug": slug}
            case Version(commitment_id=number):
                endpoint, values = "commitments.commitment", {"commitment_id": number}
            case Decision(id=number):
                endpoint, values = "decisions.decision", {"number": number}
        return Link("my.account" if subject.startswith("account:") else endpoint, values)

    # ── What a notice says ───────────────────────────────────────────────────────────────────

    def values_for(self, notice: Notification) -> dict[str, Any]:
        """What the sentences of a notice may name."""
        details = notice.details
        proposal = self.proposals.get(details.get("proposal_id", 0))
        target = self.proposals.get(details.get("target_id", 0))
        campaign = self.campaigns.get(details.get("campaign_id", 0))
        commitment = self.commitments.get(details.get("commitment_id", 0))
        return {
            "proposal": proposal.reference or "" if proposal else "",
            "target": target.reference or "" if target else "",
            "campaign": _worded(campaign.title) if campaign else "",
            "commitment": commitment.number if commitment else "",
            "until": self._until(notice, campaign),
            "was": self._moved(notice, "was"),
            "now": self._moved(notice, "now"),
        }

    def quoted(self, notice: Notification) -> Said | None:
        """The public reason that somebody gave for it, if it still stands."""
        text, language = None, None
        match self._ground_of(notice):
            case Proposal(state=state, state_reason=reason):
                text = reason if state is _STATES[notice.kind] else None
            case Merge(undone_at=None, reason=reason) | DateChange(reason=reason):
                text = reason
            case Campaign(cancel_reason=reason):
                text = reason
            case Decision(facts=facts, language=code):
                text, language = facts, code
        return Said(text, language) if text else None

    def _ground_of(self, notice: Notification) -> Any:
        """The row in which the reason stands, for the kinds of notice that quote it."""
        details = notice.details
        if notice.kind in _STATES:
            return self.proposals.get(details["proposal_id"])
        if notice.kind == "proposal.merged":
            return self.merges.get(details["merge_id"])
        if notice.kind == "campaign.date_moved":
            return self.date_changes.get(details["date_change_id"])
        if notice.kind == "campaign.cancelled":
            return self.campaigns.get(details["campaign_id"])
        if notice.kind == "decision.taken" and notice.subject.startswith("decision:"):
            return self.decisions.get(details["decision_id"])
        return None

    def _until(self, notice: Notification, campaign: Campaign | None) -> str:
        if campaign is None:
            return ""
        stage = notice.details.get("stage")
        ends = {
            Stage.SUBMISSION: campaign.submission_closes_at,
            Stage.SORTING: campaign.voting_opens_at,
            Stage.VOTING: campaign.voting_closes_at,
            Stage.ANSWERING: campaign.answers_due_at,
        }
        return _last_day(ends[Stage(stage)]) if stage in ends else ""

    def _moved(self, notice: Notification, which: str) -> str:
        change = self.date_changes.get(notice.details.get("date_change_id", 0))
        return _last_day(getattr(change, which)) if change else ""


_STATES = {
    "proposal.returned": State.RETURNED,
    "proposal.hidden": State.HIDDEN,
    "proposal.withdrawn": State.WITHDRAWN,
}


def _by_id(table: Any, ids: Iterable[int]) -> dict[int, Any]:
    wanted = set(ids)
    if not wanted:
        return {}
    return {row.id: row for row in db.session.scalars(select(table).where(table.id.in_(wanted)))}


def _worded(text: Any) -> Said:
    wording = text.best_for(spoken())
    return Said(wording.text, wording.language)


def _last_day(moment: datetime) -> str:
    """The last minute before a deadline, named so that it can stand after a colon."""
    local = moment.astimezone(config.settings().zone)
    if (local.hour, local.minute) == (0, 0):
        local -= timedelta(minutes=1)
    locale = "en_GB" if spoken() == "en" else spoken()
    return f"{format_date(local.date(), 'long', locale=locale)}, {local:%H:%M}"
