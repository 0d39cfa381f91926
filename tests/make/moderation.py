"""Reports, decisions and phrases for tests, made as people make them."""

from app.accounts.models import Account
from app.campaigns.models import Campaign, CampaignOffice
from app.comments.models import Comment, Position
from app.foundation import clock
from app.foundation.actors import VISITOR, Actor
from app.foundation.db import db
from app.moderation import queries
from app.moderation.actions import decide, save_phrase
from app.moderation.actions import report as report_content
from app.moderation.matters import Matter
from app.moderation.models import Decision, DecisionAct, Report, SavedPhrase
from app.proposals.models import Proposal
from tests.make.accounts import account
from tests.make.campaigns import appoint as appoint_to

FACTS = "Tekstā nosaukts kaimiņa vārds un adrese."


def matter(thing: Proposal | Comment | Account, campaign: Campaign | None = None) -> Matter:
    """The same thing as the desk sees it."""
    kinds = {Proposal: "proposal", Comment: "comment", Account: "account"}
    found = queries.matter(kinds[type(thing)], thing.id, campaign)
    assert found is not None
    return found


def comment(proposal: Proposal, text: str = "Piekrītu.", author: Account | None = None) -> Comment:
    made = Comment(
        thread_id=proposal.thread_id,
        author_id=(author or account()).id,
        position=Position.PLAIN,
        language="lv",
        text=text,
        written_at=clock.now(),
    )
    db.session.add(made)
    proposal.thread.comment_count += 1
    db.session.commit()
    return made


def report(
    thing: Proposal | Comment,
    *,
    by: Actor = VISITOR,
    rule: str = "personal",
    text: str = "Te ir svešs vārds.",
) -> Report:
    made = report_content(matter(thing), rule=rule, text=text, sender=f"{thing.id} {text}", by=by)
    db.session.commit()
    return made


def decision(
    thing: Proposal | Comment | Account,
    act: DecisionAct = DecisionAct.HIDE,
    *,
    by: Account,
    campaign: Campaign | None = None,
    rule: str = "personal",
    facts: str = FACTS,
) -> Decision:
    made = decide(matter(thing, campaign), act, rule=rule, facts=facts, language="lv", by=by)
    db.session.commit()
    return made


def phrase(
    campaign: Campaign,
    *,
    by: Account,
    name: str = "Personas dati",
    text: str = "Tekstā ir … personas dati.",
) -> SavedPhrase:
    made = save_phrase(campaign, name=name, text=text, language="lv", by=by)
    db.session.commit()
    return made


def appoint(person: Account, campaign: Campaign) -> None:
    """One more campaign for a moderator."""
    appoint_to(person, campaign, CampaignOffice.MODERATOR)
