"""What can be found by words: inflected, without diacritics, by their beginning."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.foundation.db import db
from app.proposals.models import Proposal, State
from app.search import index
from app.search.models import SearchEntry
from app.search.queries import found_proposals
from tests.make import campaigns, proposals


def _found(question: str) -> list[int]:
    query = found_proposals(question)
    assert query is not None
    return [row[0] for row in db.session.execute(query.order_by("rank"))]


@pytest.fixture
def written(app: Flask) -> dict[str, int]:
    campaign = campaigns.campaign()
    texts = {
        "letters": ("lv", "Valsts iestāžu vēstules vieglajā valodā", "Vēstuli nesaprot."),
        "data": ("lv", "Atklāti dati par sabiedriskā transporta kavējumiem", "Neviens nezina."),
        "votes": ("lt", "Savivaldybės tarybos sprendimai vienoje vietoje", "Sunku rasti."),
        "money": ("en", "Publish contract changes", "Amendments are secret."),
    }
    made = {}
    for name, (language, title, situation) in texts.items():
        proposal = proposals.proposal(campaign, title=title, situation=situation, language=language)
        index.index_proposal(proposal.id)
        made[name] = proposal.id
    db.session.commit()
    return made


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("vēstule", "letters"),
        ("vestulem", "letters"),
        ("iestādes", "letters"),
        ("atklātajiem datiem", "data"),
        ("transp", "data"),
        ("savivaldybių", "votes"),
        ("savivaldybe sprendimas", "votes"),
        ("CONTRACTS", "money"),
        ("amendment", "money"),
    ],
)
def test_a_word_is_found_however_it_is_inflected_or_typed(
    written: dict[str, int], question: str, name: str
) -> None:
    assert _found(question) == [written[name]]


def test_every_word_of_a_question_must_be_there(written: dict[str, int]) -> None:
    assert _found("vēstules transports") == []


@pytest.mark.parametrize("question", ['"', "' OR 1=1 --", "a* AND (", ":*&|!", "NEAR(a b)", "-x"])
def test_signs_of_a_query_language_are_taken_as_nothing(
    written: dict[str, int], question: str
) -> None:
    query = found_proposals(question)
    assert query is None or db.session.execute(query).all() is not None


def test_a_question_without_words_finds_nothing_to_ask_for(app: Flask) -> None:
    assert found_proposals(" … ?! ") is None


def test_a_word_in_the_title_comes_before_one_in_the_body(app: Flask) -> None:
    campaign = campaigns.campaign()
    body = proposals.proposal(campaign, title="Par visu ko citu", situation="Budžets " + "un " * 9)
    title = proposals.proposal(campaign, title="Budžets katram", situation="Kaut kas pavisam cits.")
    for each in (body, title):
        index.index_proposal(each.id)
    db.session.commit()
    assert _found("budžets") == [title.id, body.id]


def test_what_is_hidden_is_no_longer_found(written: dict[str, int]) -> None:
    proposal = db.session.get_one(Proposal, written["money"])
    proposal.state = State.HIDDEN
    index.index_proposal(proposal.id)
    db.session.commit()
    assert _found("contract") == []


def test_a_revised_text_is_found_by_its_new_words_only(written: dict[str, int]) -> None:
    proposal = db.session.get_one(Proposal, written["money"])
    proposal.title, proposal.situation = "Open budgets", "Nobody sees them."
    index.index_proposal(proposal.id)
    db.session.commit()
    assert _found("contract") == []
    assert _found("budget") == [proposal.id]


def test_the_index_can_be_made_anew(written: dict[str, int]) -> None:
    assert index.rebuild() == 4
    db.session.commit()
    assert db.session.scalar(select(func.count()).select_from(SearchEntry)) == 4
    assert _found("vēstules") == [written["letters"]]
