"""What reaches the review from other rooms, through real events."""

from flask import Flask
from sqlalchemy import select

from app.accounts.actions import erase_account
from app.accounts.holdings import held_about
from app.accounts.models import Account
from app.campaigns.stages import Stage
from app.foundation.actors import SYSTEM
from app.foundation.db import db
from app.foundation.events import EventDelivery, tell
from app.foundation.transactions import transaction
from app.groups import queries as groups
from app.groups.actions import end_seat
from app.groups.models import Membership
from app.proposals.actions import hide_proposal, restore_proposal
from app.review import queries
from app.review.actions import declare_conflict
from app.review.models import Assessment, ConflictOfInterest
from app.voting.actions import close_voting
from tests.make.accounts import account, administrator
from tests.make.campaigns import campaign, moderator, theme
from tests.make.groups import group
from tests.make.proposals import proposal
from tests.make.review import assess, opened, table
from tests.make.voting import end_voting, support


def test_counting_the_votes_makes_the_shortlist(app: Flask) -> None:
    voting, reviewer = campaign(Stage.VOTING), group()
    named = theme(voting, group_id=reviewer.id)
    liked, unliked = (proposal(voting, theme_id=named.id) for _ in range(2))
    support(account(), liked)
    end_voting(voting)
    with transaction():
        close_voting(voting, by=SYSTEM)
    [entry] = queries.entries_of(voting)
    assert (entry.proposal_id, entry.group_id, entry.by_rule) == (liked.id, reviewer.id, True)
    assert queries.shortlist_is_published(voting)
    assert queries.entry_of(unliked) is None


def test_every_listener_is_harmless_twice(app: Flask) -> None:
    test_counting_the_votes_makes_the_shortlist(app)
    for delivery in db.session.scalars(select(EventDelivery)).all():
        delivery.done_at = None
        event_id, listener = delivery.event_id, delivery.listener
        db.session.commit()
        if listener.startswith(("app.review", "app.groups")):
            tell(event_id=event_id, listener=listener)


def test_hidden_it_leaves_and_restored_it_returns(app: Flask) -> None:
    set_ = table()
    by, entry = moderator(set_.campaign), set_.entries[0]
    with transaction():
        hide_proposal(entry.proposal, reason="Personas dati.", by=by)
    db.session.refresh(entry)
    assert entry.removed_reason == "Personas dati."
    with transaction():
        restore_proposal(entry.proposal, reason="Kļūda.", by=moderator(set_.campaign))
    db.session.refresh(entry)
    assert entry.is_on_list


def seat_of(person: Account) -> Membership:
    return db.session.scalars(select(Membership).where(Membership.account_id == person.id)).one()


def test_the_last_missing_seat_ends_and_the_round_opens(app: Flask) -> None:
    set_ = table(proposals=1, members=1)
    [entry] = set_.entries
    assess(entry, set_.chair)
    with transaction():
        end_seat(seat_of(set_.members[0]), reason="Cits darbs", by=administrator())
    db.session.expire_all()
    assert entry.scores_are_open


def leave(person: Account) -> None:
    with transaction():
        erase_account(person, confirmation=person.email or "", by=person)
    db.session.expire_all()


def test_who_leaves_takes_sealed_scores_along_and_vacates_the_seat(app: Flask) -> None:
    set_ = table(proposals=2, members=1)
    first, second = set_.entries
    gone = set_.members[0]
    declare_conflict(first, reason="Mana māsa ir autore.", by=gone)
    db.session.commit()
    assess(second, gone, ground="Mans pamatojums")
    leave(gone)
    assert db.session.scalars(select(Assessment)).all() == []
    assert db.session.scalars(select(ConflictOfInterest.reason)).all() == [""]
    assert [each.account_id for each in groups.open_seats(set_.group)] == [set_.chair.id]
    for entry in set_.entries:
        assess(entry, set_.chair)
    db.session.expire_all()
    assert second.scores_are_open


def test_scores_that_were_opened_stay_without_a_name(app: Flask) -> None:
    set_ = opened(table(proposals=1, members=1))
    leave(set_.members[0])
    [entry] = set_.entries
    assert len(queries.open_assessments([entry.id])[entry.id]) == 2
    page = app.test_client().get(f"/en/groups/{set_.group.slug}/").get_data(as_text=True)
    assert "A person who has left" in page
    assert "This person has left." in page


def test_everybody_can_download_what_they_wrote_here_and_nothing_of_others(app: Flask) -> None:
    set_ = table(proposals=1)
    assess(set_.entries[0], set_.chair, ground="Mans")
    assess(set_.entries[0], set_.members[0], ground="Svešs")
    held = str(held_about(set_.chair)["review"])
    assert "Mans" in held
    assert "Svešs" not in held
