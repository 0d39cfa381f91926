"""What the words of notices need from the rooms, read in a constant number of queries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

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
from app.proposals.models import Merge, Proposal, State


@dataclass(frozen=True)
class Said:
    """Words of people or institutions, knowing their language where it is known."""

    text: str
    language: str | None = None

    def __str__(self) -> str:
        return self.text


class Facts:
    """The rows that a list of notices speaks of, by their ids. The reader's language is spoken."""

    def __init__(self, notices: Sequence[Notification]) -> None:
        self._notices = notices

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
        found = {notice.details.get(field) for notice in self._notices for field in fields}
        subjects = (notice.subject.partition(":") for notice in self._notices)
        found |= {int(number) for word, _, number in subjects if word == kind}
        return {each for each in found if each is not None}

    # ── What a notice is about ───────────────────────────────────────────────────────────────

    def title_of(self, subject: str) -> Said | None:
        """What people know it by; None for what has no name of its own, or may not be named."""
        kind, _, number = subject.partition(":")
        if kind == "proposal" and (proposal := self.proposals.get(int(number))):
            if proposal.state is State.HIDDEN:
                return None
            return Said(proposal.title, proposal.language)
        if kind == "campaign" and (campaign := self.campaigns.get(int(number))):
            return _worded(campaign.title)
        if kind == "group" and (group := self.groups.get(int(number))):
            return _worded(group.name)
        if kind == "commitment" and (version := self.titles.get(int(number))):
            return _worded(version.title)
        return None

    def reference_of(self, subject: str) -> str:
        kind, _, number = subject.partition(":")
        proposal = self.proposals.get(int(number)) if kind == "proposal" else None
        return (proposal.reference or "") if proposal else ""

    def link_of(self, subject: str) -> Link:
        """Where one reads about it."""
        kind, _, number = subject.partition(":")
        if kind == "proposal" and (proposal := self.proposals.get(int(number))):
            return _proposal_link(proposal)
        if kind == "campaign" and (campaign := self.campaigns.get(int(number))):
            return Link("campaigns.campaign", {"slug": campaign.slug})
        if kind == "group" and (group := self.groups.get(int(number))):
            return Link("groups.group", {"slug": group.slug})
        if kind == "commitment" and int(number) in self.commitments:
            return Link("commitments.commitment", {"commitment_id": int(number)})
        if kind == "decision" and int(number) in self.decisions:
            return Link("decisions.decision", {"number": int(number)})
        if kind == "account":
            return Link("my.account")
        return Link("inbox.inbox")

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
        details = notice.details
        proposal = self.proposals.get(details.get("proposal_id", 0))
        if notice.kind in _STATES and proposal is not None:
            reason = proposal.state_reason if proposal.state is _STATES[notice.kind] else None
            return Said(reason) if reason else None
        if notice.kind == "proposal.merged":
            merge = self.merges.get(details.get("merge_id", 0))
            return Said(merge.reason) if merge and merge.undone_at is None else None
        if notice.kind == "campaign.date_moved":
            change = self.date_changes.get(details.get("date_change_id", 0))
            return Said(change.reason) if change else None
        if notice.kind == "campaign.cancelled":
            campaign = self.campaigns.get(details.get("campaign_id", 0))
            return Said(campaign.cancel_reason) if campaign and campaign.cancel_reason else None
        if notice.kind == "decision.taken" and notice.subject.startswith("decision:"):
            decision = self.decisions.get(details.get("decision_id", 0))
            return Said(decision.facts, decision.language) if decision else None
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


def _proposal_link(proposal: Proposal) -> Link:
    if proposal.reference is None:
        return Link("my.overview")
    return Link("proposals.proposal", {"reference": proposal.reference})


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
