"""What can be done to a campaign, by whom, and what is refused."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.accounts.models import Account
from app.campaigns import actions, queries, rules
from app.campaigns.models import (
    Campaign,
    CampaignOffice,
    DateChange,
    Pacing,
    PromiseChange,
    Theme,
)
from app.campaigns.rules import Dates, Promises
from app.campaigns.stages import Stage, stage_of
from app.foundation import clock
from app.foundation.actors import SYSTEM, VISITOR
from app.foundation.db import db, is_postgresql
from app.foundation.events import EventRecord
from app.foundation.refusals import Conflict, Invalid, NotAllowed, Refusal
from app.foundation.text import LocalizedText
from app.foundation.transactions import transaction
from tests.make.accounts import account, administrator
from tests.make.campaigns import (
    appoint,
    campaign,
    complete_campaign,
    moderator,
    organiser,
    side_by_side,
    theme,
    words,
)
from tests.make.proposals import proposal

DAY = timedelta(days=1)
REASON = "Platforma nebija pieejama sešas stundas."


def happened(name: str) -> list[EventRecord]:
    return list(db.session.scalars(select(EventRecord).where(EventRecord.name == name)))


def faults(act: Callable[[], Any]) -> set[str]:
    with pytest.raises(Invalid) as refused:
        act()
    return set(refused.value.faults)


def create(by: Any, **changes: Any) -> Campaign:
    return actions.create_campaign(
        **{
            "slug": "plans-2028",
            "reference_prefix": "OGP6",
            "words": words(),
            "organiser": account("Rīkotāja"),
            "reason": "Valsts kancelejas rīkojums Nr. 7",
            **changes,
        },
        by=by,
    )


class TestCreating:
    def test_an_administrator_creates_it_and_names_its_first_organiser(self, app: Flask) -> None:
        first = account("Elīna")
        made = create(administrator(), organiser=first)
        assert stage_of(made, clock.now()) is Stage.DRAFT
        [appointment] = queries.appointments_in(made)
        assert (appointment.account_id, appointment.office) == (
            first.id,
            CampaignOffice.ORGANISER,
        )
        assert len(happened("campaign.created")) == len(happened("campaign.office_given")) == 1

    def test_it_gets_dates_that_may_stand(self, app: Flask) -> None:
        made = create(administrator())
        assert rules.faults_of_dates(Dates.of(made)) == {}

    @pytest.mark.parametrize("who", ["visitor", "somebody", "organiser of another"])
    def test_nobody_else_does(self, app: Flask, who: str) -> None:
        people: dict[str, Callable[[], Any]] = {
            "visitor": lambda: VISITOR,
            "somebody": account,
            "organiser of another": lambda: organiser(campaign()),
        }
        with pytest.raises(NotAllowed):
            create(people[who]())

    def test_an_address_is_given_once(self, app: Flask) -> None:
        admin = administrator()
        create(admin)
        db.session.commit()
        assert faults(lambda: create(admin, reference_prefix="OGP7")) == {"slug"}
        assert faults(lambda: create(admin, slug="plans-2029")) == {"reference_prefix"}

    def test_everything_that_is_wrong_is_said_at_once(self, app: Flask) -> None:
        wrong = replace(words(), title=LocalizedText.of("en", en="Only English"))
        assert faults(
            lambda: create(administrator(), slug="Ā", reference_prefix="1", words=wrong, reason="")
        ) == {"slug", "reference_prefix", "title_lv", "reason"}

    def test_somebody_who_is_suspended_gets_no_office(self, app: Flask) -> None:
        person = account()
        person.suspended_at = clock.now()
        assert faults(lambda: create(administrator(), organiser=person)) == {"organiser"}


class TestChanging:
    def test_texts_are_kept_clean(self, app: Flask) -> None:
        made = campaign(Stage.DRAFT)
        dirty = replace(
            words(),
            title=LocalizedText.of("lv", lv=" Plāns\n\u202e2028 \u200b", en="  "),
            contact_email=" ogp@state.example ",
        )
        actions.change_campaign(made, words=dirty, by=organiser(made))
        assert dict(made.title.wordings) == {"lv": "Plāns 2028"}
        assert made.contact_email == "ogp@state.example"

    def test_words_can_be_mended_while_it_runs_but_not_afterwards(self, app: Flask) -> None:
        made = campaign(Stage.VOTING)
        actions.change_campaign(made, words=words(), by=organiser(made))
        done = campaign(Stage.CONCLUDED)
        with pytest.raises(NotAllowed):
            actions.change_campaign(done, words=words(), by=organiser(done))

    def test_dates_are_set_in_preparation_only(self, app: Flask) -> None:
        made = campaign(Stage.DRAFT)
        dates = Dates.of(made).moved("answers_due_at", made.answers_due_at + DAY)
        actions.change_campaign(made, dates=dates, by=organiser(made))
        announced = campaign(Stage.ANNOUNCED)
        with pytest.raises(NotAllowed):
            actions.change_campaign(announced, dates=dates, by=organiser(announced))

    def test_dates_that_cross_are_refused(self, app: Flask) -> None:
        made = campaign(Stage.DRAFT)
        crossed = Dates.of(made).moved("voting_closes_at", made.voting_opens_at)
        by = organiser(made)
        assert faults(lambda: actions.change_campaign(made, dates=crossed, by=by)) == {
            "voting_closes_at"
        }

    @pytest.mark.parametrize(
        ("stage", "may"),
        [
            (Stage.DRAFT, True),
            (Stage.ANNOUNCED, True),
            (Stage.SUBMISSION, True),
            (Stage.SORTING, True),
            (Stage.VOTING, False),
            (Stage.REVIEW, False),
            (Stage.ANSWERING, False),
            (Stage.CONCLUDED, False),
        ],
    )
    @pytest.mark.parametrize(
        "promises",
        [
            Promises(vote_limit=3),
            Promises(minimum_age=18),
            Promises(shortlist_rule={"rule": "top", "k": 3}),
            Promises(conclusion_before_promotion=False),
        ],
    )
    def test_no_promise_changes_once_voting_has_opened(
        self, app: Flask, stage: Stage, may: bool, promises: Promises
    ) -> None:
        made = campaign(stage)
        by = organiser(made)

        def change() -> None:
            actions.change_campaign(made, promises=promises, reason=REASON, by=by)

        if may:
            change()
            assert Promises.of(made) == promises
        else:
            with pytest.raises(NotAllowed):
                change()

    def test_side_by_side_promises_are_fixed_from_the_first_vote(self, app: Flask) -> None:
        made = side_by_side()
        with pytest.raises(NotAllowed):
            actions.change_campaign(made, promises=Promises(vote_limit=1), by=organiser(made))

    def test_after_the_announcement_a_changed_promise_needs_a_reason_and_is_listed(
        self, app: Flask
    ) -> None:
        made = campaign(Stage.ANNOUNCED)
        by = organiser(made)
        change = Promises(vote_limit=3)
        assert faults(lambda: actions.change_campaign(made, promises=change, by=by)) == {"reason"}
        actions.change_campaign(made, promises=change, reason=REASON, by=by)
        [listed] = db.session.scalars(select(PromiseChange)).all()
        assert (listed.was, listed.now) == ({"vote_limit": None}, {"vote_limit": 3})

    def test_saving_the_same_promises_again_needs_no_reason(self, app: Flask) -> None:
        made = campaign(Stage.ANNOUNCED)
        actions.change_campaign(made, promises=Promises.of(made), by=organiser(made))
        assert db.session.scalars(select(PromiseChange)).all() == []

    @pytest.mark.parametrize("who", ["visitor", "somebody", "moderator", "administrator"])
    def test_only_its_organisers_do(self, app: Flask, who: str) -> None:
        made = campaign(Stage.DRAFT)
        people: dict[str, Callable[[], Any]] = {
            "visitor": lambda: VISITOR,
            "somebody": account,
            "moderator": lambda: moderator(made),
            "administrator": administrator,
        }
        by = people[who]()
        for part in ({"words": words()}, {"dates": Dates.of(made)}, {"promises": Promises()}):
            with pytest.raises(NotAllowed):
                actions.change_campaign(made, **part, by=by)


class TestAnnouncing:
    def test_a_complete_campaign_is_announced_once(self, app: Flask) -> None:
        made = complete_campaign()
        by = organiser(made)
        actions.announce_campaign(made, by=by)
        assert stage_of(made, clock.now()) is Stage.ANNOUNCED
        assert len(happened("campaign.announced")) == 1
        with pytest.raises(NotAllowed, match="already been announced"):
            actions.announce_campaign(made, by=by)

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"summary": LocalizedText.of("lv")}, "summary"),
            ({"contact_email": ""}, "contact_email"),
            ({"contact_organisation": LocalizedText.of("lv")}, "contact_email"),
            ({"shortlist_rule": {}}, "shortlist_rule"),
        ],
    )
    def test_what_is_lacking_is_named(
        self, app: Flask, changes: dict[str, Any], field: str
    ) -> None:
        made = complete_campaign(**changes)
        by = organiser(made)
        assert faults(lambda: actions.announce_campaign(made, by=by)) == {field}
        assert made.announced_at is None

    def test_dates_that_cross_cannot_be_announced(self, app: Flask) -> None:
        made = complete_campaign()
        made.voting_closes_at = made.voting_opens_at
        by = organiser(made)
        assert faults(lambda: actions.announce_campaign(made, by=by)) == {"voting_closes_at"}

    @pytest.mark.parametrize("how_many", [0, 1])
    def test_two_people_must_be_able_to_decide(self, app: Flask, how_many: int) -> None:
        made = campaign(Stage.DRAFT)
        for _ in range(how_many):
            moderator(made)
        by = organiser(made)
        assert faults(lambda: actions.announce_campaign(made, by=by)) == {"moderators"}

    def test_one_person_twice_is_not_two(self, app: Flask) -> None:
        made = campaign(Stage.DRAFT)
        one = moderator(made)
        appoint(one, made, CampaignOffice.MODERATOR)
        by = organiser(made)
        assert faults(lambda: actions.announce_campaign(made, by=by)) == {"moderators"}

    def test_less_than_fourteen_days_ahead_needs_a_reason(self, app: Flask) -> None:
        made = complete_campaign()
        made.submission_opens_at = clock.now() + 14 * DAY - timedelta(minutes=1)
        by = organiser(made)
        assert faults(lambda: actions.announce_campaign(made, by=by)) == {"short_notice_reason"}
        blank = LocalizedText.of("lv", lv=" \u200b")
        assert faults(
            lambda: actions.announce_campaign(made, short_notice_reason=blank, by=by)
        ) == {"short_notice_reason"}
        why = LocalizedText.of("lv", lv="Plāns jāiesniedz līdz gada beigām.")
        actions.announce_campaign(made, short_notice_reason=why, by=by)
        assert made.short_notice_reason == why

    def test_fourteen_days_ahead_needs_none(self, app: Flask) -> None:
        made = complete_campaign()
        made.submission_opens_at = clock.now() + 14 * DAY + timedelta(minutes=1)
        why = LocalizedText.of("lv", lv="Lieks pamatojums")
        actions.announce_campaign(made, short_notice_reason=why, by=organiser(made))
        assert made.short_notice_reason is None

    def test_submission_that_should_have_opened_cannot_be_announced(self, app: Flask) -> None:
        made = complete_campaign()
        made.submission_opens_at = clock.now() - timedelta(minutes=1)
        by = organiser(made)
        assert "submission_opens_at" in faults(lambda: actions.announce_campaign(made, by=by))

    @pytest.mark.parametrize("who", ["visitor", "moderator", "administrator"])
    def test_only_an_organiser_announces(self, app: Flask, who: str) -> None:
        made = complete_campaign()
        people: dict[str, Callable[[], Any]] = {
            "visitor": lambda: VISITOR,
            "moderator": lambda: moderator(made),
            "administrator": administrator,
        }
        with pytest.raises(NotAllowed):
            actions.announce_campaign(made, by=people[who]())


class TestMovingDates:
    def test_a_future_date_is_moved_with_a_public_reason(self, app: Flask) -> None:
        made = campaign(Stage.SUBMISSION)
        was, to = made.submission_closes_at, made.submission_closes_at + 3 * DAY
        actions.move_date(made, "submission_closes_at", to=to, reason=REASON, by=organiser(made))
        [change] = queries.date_changes_of(made)
        assert (change.which, change.was, change.now) == ("submission_closes_at", was, to)
        assert made.submission_closes_at == to
        [event] = happened("campaign.date_moved")
        assert event.details == {"campaign_id": made.id, "date_change_id": change.id}

    def test_a_past_date_is_not(self, app: Flask) -> None:
        made = campaign(Stage.SUBMISSION)
        by = organiser(made)
        assert faults(
            lambda: actions.move_date(
                made, "submission_opens_at", to=clock.now() + DAY, reason=REASON, by=by
            )
        ) == {"which"}

    @pytest.mark.parametrize("ago", [timedelta(), DAY])
    def test_nor_is_a_date_moved_into_the_past(self, app: Flask, ago: timedelta) -> None:
        made = campaign(Stage.SUBMISSION)
        by = organiser(made)
        to = clock.now() - ago
        assert faults(
            lambda: actions.move_date(made, "submission_closes_at", to=to, reason=REASON, by=by)
        ) == {"to"}

    @pytest.mark.parametrize(
        ("which", "to"),
        [
            ("submission_closes_at", lambda c: c.voting_opens_at - 3 * DAY + timedelta(minutes=1)),
            ("voting_opens_at", lambda c: c.voting_closes_at),
            ("voting_closes_at", lambda c: c.review_closes_at),
            ("review_closes_at", lambda c: c.answers_due_at),
            ("answers_due_at", lambda c: c.review_closes_at),
            pytest.param(
                "submission_closes_at", lambda c: c.submission_closes_at, id="the same moment"
            ),
        ],
    )
    def test_dates_stay_in_order(
        self, app: Flask, which: str, to: Callable[[Campaign], datetime]
    ) -> None:
        made = campaign(Stage.SUBMISSION)
        by = organiser(made)
        assert faults(
            lambda: actions.move_date(made, which, to=to(made), reason=REASON, by=by)
        ) == {"to"}
        assert db.session.scalars(select(DateChange)).all() == []

    def test_notice_of_fourteen_days_is_not_taken_back(self, app: Flask) -> None:
        made = campaign(Stage.ANNOUNCED)
        by = organiser(made)
        sooner = made.submission_opens_at - 2 * DAY
        assert faults(
            lambda: actions.move_date(made, "submission_opens_at", to=sooner, reason=REASON, by=by)
        ) == {"to"}
        later = made.submission_opens_at + 2 * DAY
        actions.move_date(made, "submission_opens_at", to=later, reason=REASON, by=by)

    @pytest.mark.parametrize("reason", ["", "  ", "jā", "\u200b" * 20, "x" * 2001])
    def test_without_a_real_reason_nothing_moves(self, app: Flask, reason: str) -> None:
        made = campaign(Stage.SUBMISSION)
        by = organiser(made)
        to = made.submission_closes_at + DAY
        assert faults(
            lambda: actions.move_date(made, "submission_closes_at", to=to, reason=reason, by=by)
        ) == {"reason"}

    @pytest.mark.parametrize("which", ["", "announced_at", "id", "concluded_at"])
    def test_nothing_else_can_be_moved(self, app: Flask, which: str) -> None:
        made = campaign(Stage.SUBMISSION)
        by = organiser(made)
        to = clock.now() + DAY
        assert faults(lambda: actions.move_date(made, which, to=to, reason=REASON, by=by)) == {
            "which"
        }

    @pytest.mark.parametrize("stage", [Stage.DRAFT, Stage.CONCLUDED])
    def test_only_while_it_runs(self, app: Flask, stage: Stage) -> None:
        made = campaign(stage)
        with pytest.raises(NotAllowed):
            actions.move_date(
                made,
                "answers_due_at",
                to=made.answers_due_at + DAY,
                reason=REASON,
                by=organiser(made),
            )

    def test_once_voting_is_open_its_end_is_not_moved(self, app: Flask) -> None:
        made = campaign(Stage.VOTING)
        by = organiser(made)
        for days in (-1, 1):
            to = made.voting_closes_at + days * DAY
            assert faults(
                lambda to=to: actions.move_date(  # type: ignore[misc]
                    made, "voting_closes_at", to=to, reason=REASON, by=by
                )
            ) == {"which"}

    def test_what_follows_an_open_vote_can_still_be_moved(self, app: Flask) -> None:
        made = campaign(Stage.VOTING)
        to = made.review_closes_at + DAY
        actions.move_date(made, "review_closes_at", to=to, reason=REASON, by=organiser(made))

    @pytest.mark.parametrize("who", ["visitor", "moderator", "administrator"])
    def test_only_an_organiser_moves_dates(self, app: Flask, who: str) -> None:
        made = campaign(Stage.SUBMISSION)
        people: dict[str, Callable[[], Any]] = {
            "visitor": lambda: VISITOR,
            "moderator": lambda: moderator(made),
            "administrator": administrator,
        }
        by = people[who]()
        acts: list[Callable[[], Any]] = [
            lambda: actions.move_date(
                made, "answers_due_at", to=made.answers_due_at + DAY, reason=REASON, by=by
            ),
            lambda: actions.prolong_voting(
                made, until=made.voting_closes_at + DAY, reason=REASON, by=by
            ),
            lambda: actions.cancel_campaign(made, reason=REASON, by=by),
        ]
        for act in acts:
            with pytest.raises(NotAllowed):
                act()


class TestProlonging:
    def test_an_open_vote_is_prolonged_once(self, app: Flask) -> None:
        made = campaign(Stage.VOTING)
        by = organiser(made)
        until = made.voting_closes_at + DAY
        actions.prolong_voting(made, until=until, reason=REASON, by=by)
        assert made.voting_closes_at == until
        assert [change.is_prolongation for change in queries.date_changes_of(made)] == [True]
        with pytest.raises(Conflict):
            actions.prolong_voting(made, until=until + DAY, reason=REASON, by=by)

    @pytest.mark.parametrize("days", [-1, 0, 30, 31])
    def test_it_ends_later_than_before_and_before_the_review_does(
        self, app: Flask, days: int
    ) -> None:
        made = campaign(Stage.VOTING)
        by = organiser(made)
        until = made.voting_closes_at + days * DAY
        assert faults(lambda: actions.prolong_voting(made, until=until, reason=REASON, by=by)) == {
            "until"
        }

    @pytest.mark.parametrize(
        "stage", [s for s in Stage if s not in {Stage.VOTING, Stage.CANCELLED}]
    )
    def test_only_an_open_vote_is_prolonged(self, app: Flask, stage: Stage) -> None:
        made = campaign(stage)
        with pytest.raises(NotAllowed):
            actions.prolong_voting(
                made, until=made.voting_closes_at + DAY, reason=REASON, by=organiser(made)
            )

    def test_a_vote_that_has_just_closed_is_not(self, app: Flask) -> None:
        made = campaign(Stage.VOTING)
        by = organiser(made)
        clock.set_offset(made.voting_closes_at - clock.now() + timedelta(milliseconds=1))
        with pytest.raises(NotAllowed):
            actions.prolong_voting(made, until=made.voting_closes_at + DAY, reason=REASON, by=by)

    def test_two_at_once_prolong_it_once(self, app: Flask) -> None:
        if not is_postgresql():
            pytest.skip("on SQLite one writer waits for the other")
        made = campaign(Stage.VOTING)
        who = [organiser(made).id, organiser(made).id]
        number, until = made.id, made.voting_closes_at + DAY
        db.session.remove()

        def prolong(account_id: int) -> None:
            actions.prolong_voting(
                db.session.get_one(Campaign, number),
                until=until,
                reason=REASON,
                by=db.session.get_one(Account, account_id),
            )

        outcomes = at_once(app, [lambda who=one: prolong(who) for one in who])  # type: ignore[misc]
        assert sorted(outcomes) == ["Conflict", "done"]
        assert len(db.session.scalars(select(DateChange)).all()) == 1


class TestCancelling:
    @pytest.mark.parametrize(
        "stage", [Stage.ANNOUNCED, Stage.SUBMISSION, Stage.SORTING, Stage.VOTING, Stage.REVIEW]
    )
    def test_a_running_campaign_is_cancelled_with_a_public_reason(
        self, app: Flask, stage: Stage
    ) -> None:
        made = campaign(stage)
        by = organiser(made)
        assert faults(lambda: actions.cancel_campaign(made, reason=" ", by=by)) == {"reason"}
        actions.cancel_campaign(made, reason=REASON, by=by)
        assert stage_of(made, clock.now()) is Stage.CANCELLED
        assert made.cancel_reason == REASON
        with pytest.raises(NotAllowed):
            actions.cancel_campaign(made, reason=REASON, by=by)

    @pytest.mark.parametrize("stage", [Stage.DRAFT, Stage.CONCLUDED])
    def test_what_does_not_run_is_not_cancelled(self, app: Flask, stage: Stage) -> None:
        made = campaign(stage)
        with pytest.raises(NotAllowed):
            actions.cancel_campaign(made, reason=REASON, by=organiser(made))

    def test_nothing_can_be_done_to_it_afterwards(self, app: Flask) -> None:
        made = campaign(Stage.VOTING)
        by = organiser(made)
        actions.cancel_campaign(made, reason=REASON, by=by)
        acts: list[Callable[[], Any]] = [
            lambda: actions.change_campaign(made, words=words(), by=by),
            lambda: actions.change_campaign(made, promises=Promises(), by=by),
            lambda: actions.move_date(
                made, "answers_due_at", to=made.answers_due_at + DAY, reason=REASON, by=by
            ),
            lambda: actions.appoint(
                made, account(), CampaignOffice.MODERATOR, reason=REASON, by=by
            ),
            lambda: actions.add_theme(made, name=LocalizedText.of("lv", lv="Dati"), by=by),
        ]
        for act in acts:
            with pytest.raises(NotAllowed):
                act()


class TestOffices:
    @pytest.mark.parametrize("who", ["organiser", "administrator"])
    def test_an_office_is_given_with_a_reason(self, app: Flask, who: str) -> None:
        made = campaign()
        by = organiser(made) if who == "organiser" else administrator()
        person = account()
        given = actions.appoint(
            made, person, CampaignOffice.MODERATOR, reason="Strādā nodaļā", by=by
        )
        assert (given.account_id, given.given_by_id) == (person.id, by.id)
        assert (made.id, CampaignOffice.MODERATOR) in queries.appointments_of(person.id)

    def test_giving_it_again_changes_nothing(self, app: Flask) -> None:
        made = campaign()
        by, person = organiser(made), account()
        first, second = (
            actions.appoint(made, person, CampaignOffice.MODERATOR, reason=REASON, by=by)
            for _ in range(2)
        )
        assert first is second
        assert len(happened("campaign.office_given")) == 1

    @pytest.mark.parametrize("who", ["visitor", "moderator", "organiser of another"])
    def test_nobody_else_gives_or_takes_offices(self, app: Flask, who: str) -> None:
        made = campaign()
        people: dict[str, Callable[[], Any]] = {
            "visitor": lambda: VISITOR,
            "moderator": lambda: moderator(made),
            "organiser of another": lambda: organiser(campaign()),
        }
        moderator(made)
        by = people[who]()
        with pytest.raises(NotAllowed):
            actions.appoint(made, account(), CampaignOffice.ORGANISER, reason=REASON, by=by)
        with pytest.raises(NotAllowed):
            actions.end_appointment(queries.appointments_in(made)[0], reason=REASON, by=by)

    def test_the_last_organiser_cannot_be_taken_away(self, app: Flask) -> None:
        made = campaign()
        by = organiser(made)
        [only] = queries.appointments_in(made)
        with pytest.raises(Conflict, match="last organiser"):
            actions.end_appointment(only, reason=REASON, by=by)
        with pytest.raises(Conflict, match="last organiser"):
            actions.end_appointment(only, reason=REASON, by=administrator())
        organiser(made)
        actions.end_appointment(only, reason=REASON, by=by)
        assert not queries.appointments_of(by.id)
        with pytest.raises(NotAllowed):
            actions.change_campaign(made, words=words(), by=by)

    def test_an_organiser_who_cannot_act_does_not_count(self, app: Flask) -> None:
        made = campaign()
        organiser(made).suspended_at = clock.now()
        by = organiser(made)
        own = next(a for a in queries.appointments_in(made) if a.account_id == by.id)
        with pytest.raises(Conflict):
            actions.end_appointment(own, reason=REASON, by=by)

    def test_while_it_runs_two_moderators_stay(self, app: Flask) -> None:
        made = campaign()
        by = organiser(made)
        for _ in range(2):
            moderator(made)
        chosen = next(
            a for a in queries.appointments_in(made) if a.office is CampaignOffice.MODERATOR
        )
        with pytest.raises(Conflict, match="two moderators"):
            actions.end_appointment(chosen, reason=REASON, by=by)
        moderator(made)
        actions.end_appointment(chosen, reason=REASON, by=by)
        actions.end_appointment(chosen, reason=REASON, by=by)
        assert len(happened("campaign.office_ended")) == 1

    def test_two_organisers_cannot_take_each_other_away_at_once(self, app: Flask) -> None:
        if not is_postgresql():
            pytest.skip("on SQLite one writer waits for the other")
        made = campaign()
        people = [organiser(made).id, organiser(made).id]
        offices = {a.account_id: a.id for a in queries.appointments_in(made)}
        db.session.remove()

        def take(mine: int, theirs: int) -> None:
            actions.end_appointment(
                queries.appointment(offices[theirs]),  # type: ignore[arg-type]
                reason=REASON,
                by=db.session.get_one(Account, mine),
            )

        outcomes = at_once(
            app,
            [lambda: take(people[0], people[1]), lambda: take(people[1], people[0])],
        )
        assert "done" in outcomes
        assert outcomes.count("done") == 1


class TestThemes:
    def test_themes_are_added_in_order_and_moved(self, app: Flask) -> None:
        made = campaign(Stage.DRAFT)
        by = organiser(made)
        for name in ("Dati", "Valoda", "Lēmumi"):
            actions.add_theme(made, name=LocalizedText.of("lv", lv=name), by=by)
        keys = [each.key for each in queries.themes_of(made)]
        assert keys == ["dati", "valoda", "lemumi"]
        actions.move_theme(queries.themes_of(made)[2], towards="start", by=by)
        actions.move_theme(queries.themes_of(made)[0], towards="start", by=by)
        actions.move_theme(queries.themes_of(made)[2], towards="end", by=by)
        assert [each.key for each in queries.themes_of(made)] == ["dati", "lemumi", "valoda"]

    def test_two_themes_of_one_name_are_told_apart(self, app: Flask) -> None:
        made = campaign(Stage.DRAFT)
        by = organiser(made)
        for _ in range(2):
            actions.add_theme(made, name=LocalizedText.of("lv", lv="Dati"), by=by)
        assert [each.key for each in queries.themes_of(made)] == ["dati", "dati-2"]

    def test_a_theme_has_a_name_in_the_default_language(self, app: Flask) -> None:
        made = campaign(Stage.DRAFT)
        by = organiser(made)
        nameless = LocalizedText.of("en", en="Data")
        assert faults(lambda: actions.add_theme(made, name=nameless, by=by)) == {"name_lv"}
        long = LocalizedText.of("lv", lv="x" * 101)
        assert faults(lambda: actions.add_theme(made, name=long, by=by)) == {"name_lv"}

    def test_an_unused_theme_goes_and_a_used_one_stays(self, app: Flask) -> None:
        made = campaign()
        by = organiser(made)
        used, unused = theme(made, "dati"), theme(made, "valoda", position=2)
        proposal(made, theme_id=used.id)
        actions.remove_theme(unused, by=by)
        with pytest.raises(Conflict):
            actions.remove_theme(used, by=by)
        assert [each.key for each in db.session.scalars(select(Theme))] == ["dati"]

    def test_once_voting_is_open_the_list_of_themes_stands(self, app: Flask) -> None:
        made = campaign(Stage.VOTING)
        by = organiser(made)
        one = theme(made)
        actions.change_theme(one, name=LocalizedText.of("lv", lv="Atklāti dati"), by=by)
        with pytest.raises(NotAllowed):
            actions.remove_theme(one, by=by)
        with pytest.raises(NotAllowed):
            actions.add_theme(made, name=LocalizedText.of("lv", lv="Dati"), by=by)


def test_the_command_line_may_do_what_an_organiser_may(app: Flask) -> None:
    made = complete_campaign()
    actions.announce_campaign(made, by=SYSTEM)
    actions.move_date(
        made, "answers_due_at", to=made.answers_due_at + DAY, reason=REASON, by=SYSTEM
    )
    assert queries.date_changes_of(made)[0].changed_by_id is None


def test_nor_may_it_do_what_the_stage_forbids(app: Flask) -> None:
    made = campaign(Stage.VOTING)
    day = made.answers_due_at + DAY
    acts: list[Callable[[], Any]] = [
        lambda: actions.announce_campaign(made, by=SYSTEM),
        lambda: actions.change_campaign(made, promises=Promises(vote_limit=1), by=SYSTEM),
        lambda: actions.change_campaign(made, dates=Dates.of(made), by=SYSTEM),
    ]
    for act in acts:
        with pytest.raises(Conflict):
            act()
    actions.cancel_campaign(made, reason=REASON, by=SYSTEM)
    with pytest.raises(Conflict):
        actions.move_date(made, "answers_due_at", to=day, reason=REASON, by=SYSTEM)


def test_side_by_side_is_announced_like_any_other(app: Flask) -> None:
    made = complete_campaign(pacing=Pacing.SIDE_BY_SIDE)
    made.voting_opens_at = made.submission_opens_at
    actions.announce_campaign(made, by=organiser(made))


def at_once(app: Flask, acts: list[Callable[[], None]]) -> list[str]:
    """What each of these acts came to, all begun at once, each in a transaction of its own."""
    start, outcomes = Barrier(len(acts)), []

    def run(act: Callable[[], None]) -> None:
        with app.app_context():
            try:
                start.wait()
                with transaction():
                    act()
                outcomes.append("done")
            except Refusal as refused:
                outcomes.append(type(refused).__name__)
            finally:
                db.session.remove()

    threads = [Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes
