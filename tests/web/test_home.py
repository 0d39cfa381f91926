"""The first page: what can I take part in now, and what came of the last one?"""

from datetime import timedelta

from flask.testing import FlaskClient

from app.campaigns.stages import Stage
from app.foundation.text import LocalizedText
from app.web.drawings import weave
from tests.make.answers import answer
from tests.make.campaigns import campaign
from tests.make.commitments import commitment, origin, retracted
from tests.make.proposals import proposal


def page(client: FlaskClient) -> str:
    answer = client.get("/en/")
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def title(words: str) -> LocalizedText:
    return LocalizedText.of("lv", lv=words, en=words)


def test_an_empty_house_says_what_will_be_here(client: FlaskClient) -> None:
    assert "Nothing is open for proposals or votes now" in page(client)


def test_it_opens_with_the_vote_that_closes_first(client: FlaskClient) -> None:
    campaign(Stage.SUBMISSION, title=title("Submitting"))
    later = campaign(Stage.VOTING, title=title("Later vote"))
    soon = campaign(Stage.VOTING, title=title("Sooner vote"))
    soon.voting_closes_at = later.voting_closes_at - timedelta(days=1)
    assert "Sooner vote" in page(client).split("<h1>")[1].split("</h1>")[0]
    assert "Submitting" in page(client)


def test_what_one_can_do_is_the_first_button(client: FlaskClient) -> None:
    campaign(Stage.SUBMISSION, slug="plans")
    assert 'class="button is-main" href="/en/campaigns/plans/propose"' in page(client)


def test_a_campaign_that_nobody_can_take_part_in_is_not_the_first(client: FlaskClient) -> None:
    campaign(Stage.REVIEW, title=title("Being assessed"))
    campaign(Stage.CONCLUDED, title=title("Done"))
    html = page(client)
    assert "Being assessed" not in html.split("<h1>")[1].split("</h1>")[0]
    assert "Being assessed" in html
    assert "Earlier campaigns" in html


def test_what_came_of_the_last_one_is_counted_each_proposal_once(client: FlaskClient) -> None:
    done = campaign(Stage.CONCLUDED, slug="done")
    shared = proposal(done)
    for number in (1, 2):
        made = commitment(done, number=number)
        origin(made, shared)
        origin(made, proposal(done))
        retracted(origin(made, proposal(done)))
    answer(shared)
    html = page(client)
    assert "3 proposals, 2 commitments" in html
    assert html.count("from 2 proposals") == 2
    assert "/en/campaigns/done/trace" in html
    assert shared.title in html.split('id="answers"')[1]


def test_the_weave_is_the_same_for_the_same_counts_and_never_has_too_many_threads() -> None:
    assert weave([14, 9, 12]) == weave([14, 9, 12])
    assert weave([14, 9, 12]).count("M0") == 35
    assert weave([5000, 5000, 1]).count("M0") <= 122
    assert weave([]) == weave([0]) == ""
    starts = {part.split("C")[0] for part in weave([7, 7, 7]).split("M0 ")[1:]}
    assert len(starts) == 21
