"""What the things of the trail are called, read in a constant number of queries per page."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import select

from app.accounts.models import Account
from app.audit.sentences import SENTENCES, STAGES
from app.campaigns.models import Campaign
from app.commitments.models import Commitment
from app.foundation.db import db
from app.foundation.events import EventRecord
from app.foundation.language import _, spoken
from app.foundation.text import LocalizedText
from app.groups.models import Group
from app.plans.models import Plan
from app.proposals.models import Proposal

GONE = _("somebody who has left")


class Names:
    """The names for a list of events, in the language that is spoken."""

    def __init__(self, records: Sequence[EventRecord]) -> None:
        def ids(*fields: str) -> set[int]:
            return {
                record.details[field]
                for record in records
                for field in fields
                if record.details.get(field) is not None
            }

        actors = {record.actor_id for record in records if record.actor_id is not None}
        self.people = _named(Account.display_name, Account.id, ids("account_id") | actors)
        self.proposals = _named(Proposal.reference, Proposal.id, ids("proposal_id", "target_id"))
        self.campaigns = _named(Campaign.title, Campaign.id, ids("campaign_id"))
        self.plans = _named(Plan.title, Plan.id, ids("plan_id"))
        self.groups = _named(Group.name, Group.id, ids("group_id"))
        self.commitments = _named(Commitment.number, Commitment.id, ids("commitment_id"))

    def sentence_for(self, record: EventRecord) -> str:
        return str(SENTENCES[record.name]) % self._values_for(record.details)

    def actor_of(self, record: EventRecord) -> str:
        """Who did it: a display name, the system, or a visitor."""
        if record.actor_id is not None:
            return self.people.get(record.actor_id) or str(GONE)
        return str(_("the system") if record.by_system else _("a visitor"))

    def _values_for(self, details: dict[str, Any]) -> dict[str, Any]:
        def name(names: dict[int, Any], field: str, nameless: str = "–") -> Any:
            return names.get(details.get(field, 0)) or nameless

        return {
            "person": name(self.people, "account_id", str(GONE)),
            "proposal": name(self.proposals, "proposal_id"),
            "target": name(self.proposals, "target_id"),
            "campaign": name(self.campaigns, "campaign_id"),
            "plan": name(self.plans, "plan_id"),
            "group": name(self.groups, "group_id"),
            "commitment": name(self.commitments, "commitment_id"),
            "stage": STAGES.get(details.get("stage", ""), ""),
            "revision": details.get("revision", ""),
            "version": details.get("version", ""),
            "decision": details.get("decision_id", ""),
            "report": details.get("report_id", ""),
        }


def _named(name: Any, key: Any, ids: Iterable[int]) -> dict[int, Any]:
    wanted = set(ids)
    if not wanted:
        return {}
    rows = db.session.execute(select(key, name).where(key.in_(wanted)))
    return {number: _in_words(word) for number, word in rows}


def _in_words(word: Any) -> Any:
    return word.best_for(spoken()).text if isinstance(word, LocalizedText) else word
