"""What the moderator's desk shows: the queue, what is opened in it, what can be taken back."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from flask import request
from flask_babel import gettext as _

from app import config
from app.accounts.models import Account
from app.campaigns import stages
from app.campaigns.models import Campaign, Theme
from app.campaigns.queries import themes_of
from app.comments.models import Comment
from app.foundation import clock
from app.foundation.actors import Actor
from app.foundation.language import Sentence
from app.foundation.paging import Page
from app.foundation.text import clean_line
from app.http.requests import page_number
from app.moderation import promises, queries
from app.moderation.matters import Matter
from app.moderation.models import Appeal, Claim, Decision, Report, SavedPhrase
from app.moderation.permissions import BE_IMPARTIAL, DECIDE, DECIDE_APPEAL, JUDGE_ANOTHER
from app.moderation.queries import Entry, Show, Waiting
from app.moderation.rules import DONE, RULES_OF, UNDO_WITHIN, WORDS, Rule
from app.proposals.models import Proposal, State
from app.proposals.standing import HIDEABLE, MERGEABLE


@dataclass(frozen=True)
class View:
    """Which part of the queue somebody looks at; stands in every address of the desk."""

    show: Show = Show.ALL
    theme: int | None = None
    mine: bool = False
    words: str = ""
    page: int = 1

    @classmethod
    def asked(cls) -> "View":
        """As the address says; nonsense is as if it were not there."""
        args = request.args
        show, theme = args.get("show", ""), args.get("theme", "")
        return cls(
            Show(show) if show in set(Show) else Show.ALL,
            int(theme) if theme.isdecimal() and len(theme) < 10 else None,
            bool(args.get("mine")),
            clean_line(args.get("words"))[:100],
            page_number(),
        )

    def address(self, **changes: Any) -> dict[str, Any]:
        """What to put into an address; what is as usual is left out."""
        whole = {
            "show": self.show.value,
            "theme": self.theme,
            "mine": "1" if self.mine else None,
            "words": self.words or None,
            "page": self.page,
            **changes,
        }
        usual = {"show": "all", "page": 1}
        return {
            name: value
            for name, value in whole.items()
            if value is not None and value != usual.get(name)
        }


@dataclass
class Opened:
    """What lies open on the desk, and what can be done with it by whoever looks."""

    subject: str
    matter: Matter | None = None
    appeal: Appeal | None = None
    decision: Decision | None = None
    reports: Sequence[Report] = ()
    history: Sequence[Decision] = ()
    claim: Claim | None = None
    acts: list[str] = field(default_factory=list)
    """Words of `DecisionAct`, and ``publish``, ``merge``, ``appeal``."""
    reason_not: Sentence | None = None
    """Why nothing can be done by this person, or now."""


@dataclass(frozen=True)
class Deed:
    """Something that whoever looks has just done, and may take back."""

    kind: str
    """``decision``, ``publication`` or ``merge``."""
    number: int
    sentence: str
    at: datetime

    @property
    def until(self) -> datetime:
        return self.at + UNDO_WITHIN


@dataclass(frozen=True)
class Desk:
    campaign: Campaign
    view: View
    page: Page[Entry]
    waiting: Waiting
    themes: Sequence[Theme]
    phrases: Sequence[SavedPhrase]
    deeds: Sequence[Deed]
    following: Entry | None
    """Which row comes next after the opened one."""

    def due(self, entry: Entry) -> datetime:
        return promises.due(entry.since, config.settings().zone)

    def is_late(self, entry: Entry) -> bool:
        return self.due(entry) <= clock.now()


def laid_out(campaign: Campaign, me: Account, view: View, opened: str | None) -> Desk:
    """The desk as this person sees it, with so many queries whatever lies on it."""
    at = clock.now()
    page = queries.entries(
        campaign,
        show=view.show,
        theme_id=view.theme,
        claimed_by=me.id if view.mine else None,
        words=view.words,
        page=view.page,
        at=at,
    )
    return Desk(
        campaign=campaign,
        view=view,
        page=page,
        waiting=queries.waiting_at(campaign),
        themes=themes_of(campaign),
        phrases=queries.phrases_of(campaign),
        deeds=deeds(campaign, me, at),
        following=after(page.rows, opened),
    )


def after(rows: Sequence[Entry], subject: str | None) -> Entry | None:
    """The row below the one that lies open; where that is not shown, the first."""
    subjects = [row.subject for row in rows]
    place = subjects.index(subject) + 1 if subject in subjects else 0
    others = [row for row in [*rows[place:], *rows[:place]] if row.subject != subject]
    return others[0] if others else None


def moved_to(desk: Desk, subject: str) -> Desk:
    """The same desk, with this row lying open."""
    return replace(desk, following=after(desk.page.rows, subject))


def opened(campaign: Campaign, kind: str, number: int, me: Actor) -> Opened | None:
    """What lies open, or None where there is no such thing in this campaign."""
    if kind == "decision":
        return _appeal_opened(campaign, number, me)
    matter = queries.matter(kind, number, campaign)
    if matter is None:
        return None
    reports = queries.open_reports_on(matter.subject)
    claim = queries.claim_on(matter.subject, at=clock.now())
    return Opened(
        matter.subject,
        matter=matter,
        reports=reports,
        history=queries.decisions_on(matter.subject),
        claim=claim,
        acts=acts_on(matter, bool(reports)),
        reason_not=(
            DECIDE.refusal(me, matter) or BE_IMPARTIAL.refusal(me, matter) or _busy(claim, me)
        ),
    )


def _appeal_opened(campaign: Campaign, number: int, me: Actor) -> Opened | None:
    appeal = queries.appeal(number)
    if appeal is None or appeal.decision.campaign_id != campaign.id:
        return None
    kind, _colon, about = appeal.decision.subject.partition(":")
    claim = queries.claim_on(f"decision:{number}", at=clock.now())
    return Opened(
        f"decision:{number}",
        matter=queries.matter(kind, int(about), campaign),
        appeal=appeal,
        decision=appeal.decision,
        claim=claim,
        acts=["appeal"] if appeal.outcome is None else [],
        reason_not=(
            DECIDE_APPEAL.refusal(me, appeal)
            or JUDGE_ANOTHER.refusal(me, appeal)
            or _busy(claim, me)
        ),
    )


def _busy(claim: Claim | None, me: Actor) -> Sentence | None:
    if claim is None or claim.account_id == me.actor_id:
        return None
    return _("%(name)s is working on this.", name=claim.account.display_name)


def acts_on(matter: Matter, is_reported: bool) -> list[str]:
    """What can be decided about a thing as it stands, the most usual first."""
    thing = matter.thing
    if isinstance(thing, Comment):
        if thing.hidden_at is not None:
            return ["restore"]
        return ["keep", "hide"] if is_reported else ["hide"]
    if not isinstance(thing, Proposal):
        return []
    acts = ["keep"] if is_reported else []
    if thing.state is State.SUBMITTED:
        acts.append("publish")
    if thing.state in MERGEABLE and stages.may_be_sorted(matter.campaign, clock.now()):
        acts.append("merge")
    if thing.state is State.SUBMITTED:
        acts.append("return")
    if thing.state in HIDEABLE:
        acts.append("hide")
    if thing.state is State.HIDDEN:
        acts.append("restore")
    if thing.state is State.PUBLISHED:
        acts.append("withhold")
    return acts


def deeds(campaign: Campaign, me: Account, at: datetime) -> list[Deed]:
    """What this person did in the last ten minutes, the latest first."""
    found = queries.deeds_of(me.id, campaign, at=at)
    done = [
        Deed("decision", row.id, _done(row.act.value, row.proposal), row.decided_at)
        for row in found.decisions
    ]
    done += [
        Deed("publication", step.proposal_id, _done("published", proposal), step.taken_at)
        for step, proposal in found.publications
    ]
    done += [
        Deed("merge", merge.id, _done("merged", merge.source), merge.merged_at)
        for merge in found.merges
    ]
    return sorted(done, key=lambda deed: deed.at, reverse=True)


def _done(what: str, proposal: Proposal | None) -> str:
    """As in "Hidden: OGP5-0042, Title"."""
    word = str(DONE[what])
    word = word[:1].upper() + word[1:]
    return f"{word}: {proposal.reference}, {proposal.title}" if proposal else f"{word}."


def rules_for(acts: Sequence[str]) -> list[Rule]:
    """The rules that at least one of these acts may rest on, in their usual order."""
    offered = {rule for act, rules in RULES_OF.items() if act.value in acts for rule in rules}
    return [rule for rule in WORDS if rule in offered]
