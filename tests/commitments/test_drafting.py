"""Every save is a version; two who write at once lose nothing."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from flask import Flask

from app.accounts.models import Account
from app.campaigns.models import Campaign
from app.campaigns.stages import Stage
from app.commitments import queries
from app.commitments.actions import save_version
from app.commitments.models import Commitment, CommitmentState, Field, Version
from app.commitments.texts import DraftText, MilestoneText
from app.foundation.db import db
from app.foundation.refusals import Conflict, Invalid, NotAllowed
from app.foundation.transactions import transaction
from tests.make import campaigns, commitments, groups
from tests.make.accounts import account


@pytest.fixture
def campaign(app: Flask) -> Campaign:
    return campaigns.campaign(Stage.REVIEW)


def draft(title: str = "Atbilde katram", **changes: Any) -> DraftText:
    texts = {Field.TITLE: title, Field.SOLUTION: "Katram atbildēsim."}
    return DraftText(**{"texts": texts, "lead_institution": "Valsts kanceleja", **changes})


def save(commitment: Commitment, by: Account, based_on: int = 1, **changes: Any) -> Version:
    wishes: dict[str, Any] = {"draft": draft(), "language": "lv", "note": "Īsāk.", **changes}
    return save_version(commitment, based_on=based_on, by=by, **wishes)


def test_a_save_is_the_next_version_and_the_earlier_stays(campaign: Campaign) -> None:
    made, moderator = commitments.commitment(campaign), campaigns.moderator(campaign)
    version = save(made, moderator)
    assert (version.number, made.current_version) == (2, 2)
    assert [each.number for each in queries.versions_of(made)] == [2, 1]
    earlier = queries.version(made, 1)
    assert earlier is not None
    assert earlier.title.wordings["lv"] == "Apņemšanās numur 1"


def test_wordings_in_other_languages_are_kept(campaign: Campaign) -> None:
    made, moderator = commitments.commitment(campaign), campaigns.moderator(campaign)
    version = save(made, moderator, draft=draft("An answer for all"), language="en")
    assert version.title.wordings == {"lv": "Apņemšanās numur 1", "en": "An answer for all"}
    assert version.title.original_language == "lv"


def test_milestones_belong_to_a_version_and_keep_their_wordings(campaign: Campaign) -> None:
    made, moderator = commitments.commitment(campaign), campaigns.moderator(campaign)
    steps = (MilestoneText("Pilot", was=1), MilestoneText("Everywhere"), MilestoneText("  "))
    save(made, moderator, draft=draft("Title", milestones=steps), language="en")
    titles = [each.title.wordings for each in queries.milestones_of(made)]
    assert titles == [{"lv": "Atskaites punkts 1", "en": "Pilot"}, {"en": "Everywhere"}]
    assert len(queries.milestones_of(made, 1)) == 1


def test_a_second_drafter_is_told_and_nothing_is_overwritten(campaign: Campaign) -> None:
    made, moderator = commitments.commitment(campaign), campaigns.moderator(campaign)
    save(made, moderator, draft=draft("Pirmais"))
    with pytest.raises(Conflict, match="version 2"):
        save(made, moderator, draft=draft("Otrais"))
    assert made.current.title.wordings["lv"] == "Pirmais"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"title": "  "}, "title"),
        ({"title": "a" * 251}, "title"),
        ({"lead_institution": "a" * 251}, "lead_institution"),
        ({"milestones": (MilestoneText("", output="Kaut kas"),)}, "milestones"),
        ({"milestones": tuple(MilestoneText(f"n {n}") for n in range(21))}, "milestones"),
    ],
)
def test_what_cannot_be_kept_is_said_beside_its_field(
    campaign: Campaign, wrong: dict[str, Any], field: str
) -> None:
    made = commitments.commitment(campaign)
    with pytest.raises(Invalid) as refused:
        save(made, campaigns.moderator(campaign), draft=draft(**wrong))
    assert set(refused.value.faults) == {field}


def test_members_of_its_group_draft_and_others_do_not(campaign: Campaign) -> None:
    group = groups.group()
    made = commitments.commitment(campaign, group_id=group.id)
    for person in (account(), groups.seat(groups.group()).account, campaigns.organiser(campaign)):
        with pytest.raises(NotAllowed):
            save(made, person)
    assert save(made, groups.seat(group).account).number == 2


def test_an_approved_text_stands(campaign: Campaign) -> None:
    made = commitments.commitment(campaign, state=CommitmentState.APPROVED)
    with pytest.raises(NotAllowed, match="approved"):
        save(made, campaigns.moderator(campaign))


def test_a_version_after_the_final_text_makes_it_revised_and_says_why(campaign: Campaign) -> None:
    made = commitments.commitment(campaign, state=CommitmentState.FINAL)
    moderator = campaigns.moderator(campaign)
    with pytest.raises(Invalid):
        save(made, moderator, note="")
    save(made, moderator, note="Valdība lūdza precizēt.")
    assert made.state is CommitmentState.REVISED
    assert queries.steps_of(made)[-1].reason == "Valdība lūdza precizēt."


def test_of_two_saves_at_once_one_is_kept_and_the_other_is_told(
    app: Flask, campaign: Campaign
) -> None:
    made, moderator = commitments.commitment(campaign), campaigns.moderator(campaign)
    ids, ready = (made.id, moderator.id), Barrier(2)
    db.session.commit()

    def attempt(title: str) -> str:
        with app.app_context():
            try:
                with transaction():
                    if db.engine.dialect.name == "postgresql":
                        mine = db.session.get_one(Commitment, ids[0])
                        person = db.session.get_one(Account, ids[1])
                        ready.wait(timeout=10)
                    else:  # One writer at a time: the second begins after the first.
                        mine = db.session.get_one(Commitment, ids[0])
                        person = db.session.get_one(Account, ids[1])
                    save(mine, person, draft=draft(title))
            except Conflict:
                return "told"
            finally:
                db.session.remove()
            return title

    with ThreadPoolExecutor(2) as pool:
        results = sorted(pool.map(attempt, ["Aaa viens", "Bbb divi"]))
    assert results[1] == "told"
    db.session.expire_all()
    assert made.current_version == 2
    assert made.current.title.wordings["lv"] == results[0]
