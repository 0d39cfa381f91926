"""Comments: written, mended, versioned, hidden, counted."""

from datetime import timedelta

import pytest
from flask import Flask

from app.campaigns.models import Assurance
from app.campaigns.stages import Stage
from app.comments import queries
from app.comments.models import Position
from app.foundation import clock
from app.foundation.refusals import Conflict, Invalid, NotAllowed, NotFound, TooOften
from app.proposals import actions
from app.proposals.models import State
from tests.make import accounts, campaigns
from tests.make import proposals as make
from tests.make.comments import comment


def test_a_comment_and_its_reply_are_counted(app: Flask) -> None:
    proposal, person = make.proposal(campaigns.campaign()), accounts.account()
    first = actions.comment_on_proposal(
        proposal, text="Vai arī pašvaldībām?", position="question", language="lv", by=person
    )
    reply = actions.comment_on_proposal(
        proposal, text="Jā.", position="plain", language="lv", parent=first, by=proposal.author
    )
    deeper = actions.comment_on_proposal(
        proposal, text="Paldies!", position="plain", language="lv", parent=reply, by=person
    )
    assert (reply.parent_id, deeper.parent_id) == (first.id, first.id)
    assert proposal.thread.comment_count == 3
    assert queries.counts_of(proposal.thread_id).by_position == {Position.QUESTION: 1}
    [branch] = queries.with_replies([first])
    assert [one.text for one in branch.replies] == ["Jā.", "Paldies!"]


@pytest.mark.parametrize("text", ["", " \n ", "\u200b\u200d", "v" * 3001])
def test_nothing_and_too_much_are_refused(app: Flask, text: str) -> None:
    proposal = make.proposal(campaigns.campaign())
    with pytest.raises(Invalid):
        actions.comment_on_proposal(
            proposal, text=text, position="plain", language="lv", by=proposal.author
        )
    assert proposal.thread.comment_count == 0


def test_an_unknown_position_or_language_is_refused(app: Flask) -> None:
    proposal = make.proposal(campaigns.campaign())
    for position, language in (("maybe", "lv"), ("for", "xx")):
        with pytest.raises(Invalid):
            actions.comment_on_proposal(
                proposal, text="Labi!", position=position, language=language, by=proposal.author
            )


def test_within_15_minutes_a_slip_is_mended_afterwards_the_old_words_stay(app: Flask) -> None:
    proposal = make.proposal(campaigns.campaign())
    said = comment(proposal, text="Piekrītu.")
    actions.edit_comment(proposal, said, text="Piekrītu!", position="for", by=said.author)
    assert (said.version, said.edited_at) == (1, None)
    clock.set_offset(timedelta(minutes=15))
    actions.edit_comment(proposal, said, text="Nepiekrītu.", position="against", by=said.author)
    [before] = queries.versions_of(said)
    assert (before.text, before.position) == ("Piekrītu!", Position.FOR)
    assert said.version == 2


def test_only_its_writer_changes_a_comment_and_a_hidden_one_nobody(app: Flask) -> None:
    campaign = campaigns.campaign()
    proposal, moderator = make.proposal(campaign), campaigns.moderator(campaign)
    said = comment(proposal)
    with pytest.raises(NotAllowed):
        actions.edit_comment(proposal, said, text="Cits.", position="plain", by=moderator)
    actions.hide_comment(proposal, said, reason="Personas dati.", by=moderator)
    with pytest.raises(Conflict):
        actions.edit_comment(proposal, said, text="Cits.", position="plain", by=said.author)
    with pytest.raises(Conflict):
        actions.comment_on_proposal(
            proposal,
            text="Kas tur bija?",
            position="plain",
            language="lv",
            parent=said,
            by=proposal.author,
        )


def test_hiding_and_restoring_keep_the_count(app: Flask) -> None:
    campaign = campaigns.campaign()
    proposal, moderator = make.proposal(campaign), campaigns.moderator(campaign)
    said = comment(proposal)
    actions.hide_comment(proposal, said, reason="Personas dati.", by=moderator)
    with pytest.raises(Conflict):
        actions.hide_comment(proposal, said, reason="Vēlreiz.", by=moderator)
    assert proposal.thread.comment_count == 0
    actions.restore_comment(proposal, said, reason="Nebija.", by=moderator)
    assert proposal.thread.comment_count == 1


def test_a_moderator_reaches_no_comment_of_another_campaign_by_a_detour(app: Flask) -> None:
    campaign = campaigns.campaign()
    proposal, moderator = make.proposal(campaign), campaigns.moderator(campaign)
    elsewhere = comment(make.proposal(campaigns.campaign()))
    with pytest.raises(NotFound):
        actions.hide_comment(proposal, elsewhere, reason="Nē.", by=moderator)


def test_what_is_not_open_takes_no_comments(app: Flask) -> None:
    person = accounts.account()
    for proposal in (
        make.proposal(campaigns.campaign(Stage.CONCLUDED)),
        make.proposal(campaigns.campaign(), state=State.SUBMITTED),
        make.proposal(campaigns.campaign(), state=State.HIDDEN),
        make.proposal(campaigns.campaign(is_imported=True)),
        make.proposal(campaigns.campaign(to_comment=Assurance.VERIFIED)),
    ):
        with pytest.raises(NotAllowed):
            actions.comment_on_proposal(
                proposal, text="Labi!", position="for", language="lv", by=person
            )


def test_a_flood_of_comments_is_stopped(app: Flask) -> None:
    proposal, person = make.proposal(campaigns.campaign()), accounts.account()
    for number in range(40):
        actions.comment_on_proposal(
            proposal, text=f"Nr. {number}", position="plain", language="lv", by=person
        )
    with pytest.raises(TooOften):
        actions.comment_on_proposal(
            proposal, text="Vēl!", position="plain", language="lv", by=person
        )
