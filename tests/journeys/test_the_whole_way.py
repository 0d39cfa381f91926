"""The whole way of an idea, by eight people in Latvian, with their mail."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from app.notifications.wording import WORDS
from tests.journeys import steps
from tests.journeys.steps import House

SLUG = "plans-2028"
GROUP = "Atvērtās pārvaldības darba grupa"

RECORDINGS = {
    "title": "Domes sēžu ieraksti ar satura rādītāju",
    "situation": "Domes sēžu ieraksti ilgst piecas stundas, un nevar atrast savu jautājumu.",
    "solution": "Katram ierakstam pievieno satura rādītāju ar darba kārtības punktiem.",
}
TRANSCRIPTS = {
    "title": "Domes sēžu ierakstiem vajag stenogrammu",
    "situation": "Domes sēžu ierakstus nevar ne pārlasīt, ne pārmeklēt, ne citēt vietējā avīzē.",
    "solution": "Publicēt katra ieraksta stenogrammu nedēļas laikā pēc domes sēdes.",
}
BENCHES = {
    "title": "Vairāk soliņu pilsētas parkā pie upes",
    "situation": "Vecāki cilvēki nevar atpūsties, jo parkā pie upes nav neviena soliņa.",
    "solution": "Uzstādīt desmit soliņus gar upes krastu līdz nākamajai vasarai.",
}


def local(days: int, hour: int = 10) -> str:
    """So many days from today, as one types it."""
    today = datetime.now(ZoneInfo("Europe/Riga")).replace(hour=hour, minute=0)
    return (today + timedelta(days=days)).strftime("%Y-%m-%dT%H:%M")


@pytest.mark.journey
def test_an_idea_goes_its_whole_way_and_everybody_can_trace_it(
    house: House, latvian: Callable[[Any], str]
) -> None:
    cast = Cast(house)
    people_sign_up(cast)
    a_campaign_is_prepared_and_announced(cast)
    steps.let_time_pass(cast.olga, to_next_stage=True)
    citizens_propose_and_moderators_decide(cast)
    steps.let_time_pass(cast.olga, to_next_stage=True)  # Sorting.
    steps.let_time_pass(cast.olga, to_next_stage=True)
    citizens_support(cast)
    steps.let_time_pass(cast.olga, to_next_stage=True)
    the_group_reviews_what_is_shortlisted(cast)
    a_commitment_is_drafted_and_says_where_it_comes_from(cast)
    steps.let_time_pass(cast.olga, to_next_stage=True)
    everybody_is_answered(cast)
    steps.let_time_pass(cast.olga)
    steps.let_time_pass(cast.olga)

    everybody_was_told(cast, latvian)
    the_proposal_tells_its_way(cast)
    the_commitment_tells_its_ancestry(cast)
    assert [person.complaints for person in house.everybody if person.complaints] == []


class Cast:
    """Who acts, and what they have made so far."""

    recordings: str
    transcripts: str
    benches: str
    """References of proposals."""
    group: str
    commitment: int

    def __init__(self, house: House) -> None:
        self.house = house
        self.anna = house.newcomer("Anna Administratore")
        self.olga = house.newcomer("Olga Organizatore")
        self.marta = house.newcomer("Marta Moderatore")
        self.mikus = house.newcomer("Mikus Moderators")
        self.ieva = house.newcomer("Ieva Locekle")
        self.peteris = house.newcomer("Pēteris Vadītājs")
        self.zane = house.newcomer("Zane Ozola")
        self.janis = house.newcomer("Jānis Bērziņš")


def people_sign_up(cast: Cast) -> None:
    """The house has an administrator; all others come by themselves, the citizens later."""
    steps.appoint_administrator(cast.anna)
    for person in (cast.anna, cast.olga, cast.marta, cast.mikus, cast.ieva, cast.peteris):
        steps.sign_in(person)


def a_campaign_is_prepared_and_announced(cast: Cast) -> None:
    olga = cast.olga
    steps.create_campaign(cast.anna, olga, slug=SLUG, title="Idejas plānam 2028")
    steps.write_texts(olga, SLUG)
    steps.set_dates(
        olga,
        SLUG,
        submission_opens_at=local(16),
        submission_closes_at=local(20),
        voting_opens_at=local(24),
        voting_closes_at=local(28),
        review_closes_at=local(33),
        answers_due_at=local(40),
    )
    steps.promise_shortlist(olga, SLUG, places=1)
    group = cast.group = steps.make_group(olga, GROUP, since=local(-1)[:10])
    steps.add_theme(olga, SLUG, "Pašvaldības", group=GROUP)
    steps.seat(olga, group, cast.ieva, organisation="Delna", sector="ngo")
    steps.seat(olga, group, cast.peteris, organisation="Valsts kanceleja", sector="state")
    steps.let_chair(olga, group, cast.peteris)
    steps.appoint_moderator(olga, SLUG, cast.marta)
    steps.appoint_moderator(olga, SLUG, cast.mikus)
    cast.zane.goes("campaigns/")
    assert not cast.zane.has_link(f"/campaigns/{SLUG}/")
    steps.announce(olga, SLUG)
    cast.zane.goes(f"campaigns/{SLUG}/")


def citizens_propose_and_moderators_decide(cast: Cast) -> None:
    zane, janis, marta, mikus = cast.zane, cast.janis, cast.marta, cast.mikus
    steps.sign_in(zane)
    steps.sign_in(janis)
    cast.recordings = steps.propose(zane, SLUG, **RECORDINGS)
    assert cast.recordings == "TALKA-0001"
    steps.send_back(marta, SLUG, cast.recordings, "Lūdzu, pasakiet, kas satura rādītāju veidos.")
    steps.revise_and_submit_again(
        zane,
        cast.recordings,
        solution=RECORDINGS["solution"] + " To veido domes kanceleja.",
        note="Pateikts, kas to dara.",
    )
    steps.publish(marta, SLUG, cast.recordings)
    steps.comment(janis, cast.recordings, "Vajag arī slēgtajām sēdēm!", position="question")
    steps.reply(zane, cast.recordings, "Tās likums ļauj neierakstīt.")
    steps.follow(janis, cast.recordings)
    cast.transcripts = steps.propose(janis, SLUG, **TRANSCRIPTS)
    steps.merge(
        mikus,
        SLUG,
        cast.transcripts,
        into=cast.recordings,
        reason="Abi par to pašu: atrast sēdē savu punktu.",
    )
    cast.benches = steps.propose(janis, SLUG, **BENCHES)
    steps.publish(mikus, SLUG, cast.benches)


def citizens_support(cast: Cast) -> None:
    """What is supported is shown as recorded at once, with its code, and counts once."""
    steps.support(cast.zane, SLUG, cast.recordings, is_first=True)
    steps.support(cast.janis, SLUG, cast.recordings, is_first=True)
    steps.support(cast.janis, SLUG, cast.benches)
    cast.zane.goes(f"proposals/{cast.recordings}/")
    assert cast.zane.page.locator(f"#support-{cast.recordings} .code").count() == 1


def the_group_reviews_what_is_shortlisted(cast: Cast) -> None:
    reader, chosen = cast.zane, cast.recordings
    reader.goes(f"campaigns/{SLUG}/results")
    assert reader.has_link(f"/proposals/{chosen}/")
    reader.goes(f"campaigns/{SLUG}/shortlist")
    assert reader.has_link(f"/proposals/{chosen}/")
    assert not reader.has_link(f"/proposals/{cast.benches}/")
    steps.score(cast.ieva, cast.group, SLUG, points=5, ground="Viegli izdarāms, un redz katrs.")
    steps.score(cast.peteris, cast.group, SLUG, points=4, ground="Kanceleja to spēj.")
    steps.conclude(
        cast.peteris, cast.group, SLUG, chosen, reasons="Uzņemties: lēti un noderīgi visiem."
    )


def a_commitment_is_drafted_and_says_where_it_comes_from(cast: Cast) -> None:
    cast.commitment = steps.promote(
        cast.marta,
        SLUG,
        cast.recordings,
        title="Atrodami domes sēžu ieraksti",
        reason="Darba grupa iesaka to uzņemties.",
    )
    steps.save_version(
        cast.ieva,
        cast.commitment,
        lead_institution="Vides aizsardzības un reģionālās attīstības ministrija",
        starts_on="2028-01-01",
        ends_on="2029-12-31",
        solution="Katram domes sēdes ierakstam ir satura rādītājs un stenogramma.",
        note="Precīzāk, un ar stenogrammu.",
    )
    steps.write_origin(
        cast.marta,
        cast.commitment,
        field="solution",
        passage="satura rādītājs",
        proposal=cast.recordings,
        proposal_passage="satura rādītāju",
        relation="adopted",
        reason="Tieši šie vārdi nāk no priekšlikuma.",
    )


def everybody_is_answered(cast: Cast) -> None:
    steps.answer(
        cast.marta,
        cast.recordings,
        slug=SLUG,
        outcome="adopted",
        text="Paldies! Priekšlikums ir kļuvis par plāna apņemšanos.",
    )
    steps.answer(
        cast.mikus,
        cast.benches,
        slug=SLUG,
        outcome="not_adopted",
        text="Soliņi ir pašvaldības, nevis valsts rīcības plāna jautājums.",
    )
    steps.conclude_campaign(cast.olga, SLUG)
    cast.olga.goes(f"campaigns/{SLUG}/answers")


def everybody_was_told(cast: Cast, latvian: Callable[[Any], str]) -> None:
    """Each step is in the inbox of those whom it concerns, and reached them by mail."""
    of_proposal = (
        "shortlist.published",
        "review.proposal_concluded",
        "proposal.promoted",
        "proposal.answered",
    )
    told = {
        cast.zane: ("proposal.returned", "proposal.published", "proposal.merged", *of_proposal),
        cast.janis: ("proposal.merged", *of_proposal),
        cast.ieva: ("group.member_seated", "shortlist.published:group", "review.scores_opened"),
        cast.mikus: ("campaign.announced", "campaign.stage_began:sorting", "campaign.concluded"),
    }
    for person, kinds in told.items():
        person.goes("my/inbox/")
        for kind in kinds:
            # Sentences name some things with more words around; their beginning is enough.
            headline = latvian(WORDS[kind].headline).split("%(")[0].strip()
            assert headline in person.reads, (person.name, kind, person.reads)
            cast.house.letter(person, headline)


def the_proposal_tells_its_way(cast: Cast) -> None:
    reader, reference = cast.zane, cast.recordings
    reader.goes(f"proposals/{reference}/")
    reader.follows_link(f"/proposals/{reference}/trace")
    assert steps.knots(reader) == [
        "submitted",
        "returned",
        "revised",
        "submitted",
        "published",
        "revised",
        "gathered",
        "counted",
        "shortlisted",
        "concluded",
        "promoted",
        "origin",
        "answered",
    ]
    assert reader.has_link(f"/commitments/{cast.commitment}/")
    assert reader.has_link(f"/proposals/{cast.transcripts}/")
    for name in ("Zane Ozola", "Marta Moderatore", "Mikus Moderators", "Pēteris Vadītājs"):
        assert name in reader.reads
    for reason in (
        "Lūdzu, pasakiet, kas satura rādītāju veidos.",
        "Pateikts, kas to dara.",
        "Abi par to pašu: atrast sēdē savu punktu.",
        "Uzņemties: lēti un noderīgi visiem.",
        "Darba grupa iesaka to uzņemties.",
        "Paldies! Priekšlikums ir kļuvis par plāna apņemšanos.",
    ):
        assert reason in reader.reads


def the_commitment_tells_its_ancestry(cast: Cast) -> None:
    reader, commitment = cast.janis, cast.commitment
    reader.goes(f"commitments/{commitment}/")
    reader.follows_link(f"/commitments/{commitment}/trace")
    assert steps.knots(reader) == ["drafted", "promoted", "version", "origin"]
    assert reader.has_link(f"/proposals/{cast.recordings}/trace")
    assert reader.has_link(f"/proposals/{cast.transcripts}/")
    assert reader.page.locator("blockquote").all_inner_texts() == [
        "satura rādītāju",
        "satura rādītājs",
    ]
    for words in ("Zane Ozola", "Jānis Bērziņš", "Marta Moderatore", "Ieva Locekle"):
        assert words in reader.reads
    reader.goes(f"proposals/{cast.transcripts}/")
    assert reader.has_link(f"/proposals/{cast.recordings}/")
