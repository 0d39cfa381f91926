"""Answering proposals, and concluding the campaign that owed the answers."""

from collections.abc import Mapping, Sequence

from app.answers import queries
from app.answers.events import CampaignConcluded, ProposalAnswered
from app.answers.lacks import missing_sentence
from app.answers.models import NEEDS_ORIGIN, Answer, Outcome
from app.answers.permissions import ANSWER_PROPOSAL, CONCLUDE_CAMPAIGN
from app.campaigns.models import Campaign
from app.commitments.queries import live_origins_of
from app.foundation import clock
from app.foundation.actors import Actor
from app.foundation.db import db
from app.foundation.events import publish
from app.foundation.language import NAMES, Sentence, _
from app.foundation.permissions import authorise
from app.foundation.refusals import Conflict, Invalid
from app.foundation.text import clean, clean_line
from app.proposals import queries as proposals
from app.proposals.models import Proposal

TEXT_LEAST, TEXT_MOST = 30, 5000
NAME_MOST = 200
OWN_LINE_LEAST = 20
SEVERAL_MOST = 50


def answer_proposal(
    proposal: Proposal,
    *,
    outcome: Outcome | str,
    text: str,
    language: str,
    on_behalf_of: str,
    referred_to: str | None = None,
    based_on: int | None = None,
    by: Actor,
) -> Answer:
    """Publish what became of a proposal, with reasons. Earlier answers stay readable.

    ``based_on`` is the number of the answer that whoever writes has seen, 0 for none: Conflict
    if another was published since. The same answer sent twice is kept once. An answer of the
    first four kinds needs a live origin that says the same; one of the others, none.
    """
    authorise(by, ANSWER_PROPOSAL, proposal)
    [proposal] = proposals.locked([proposal])
    authorise(by, ANSWER_PROPOSAL, proposal)
    before = queries.answer_in_force(proposal)
    answer = Answer(
        proposal_id=proposal.id,
        number=before.number + 1 if before else 1,
        answered_at=clock.now(),
        answered_by_id=by.actor_id,
        **_checked(
            proposal,
            outcome=outcome,
            text=text,
            language=language,
            on_behalf_of=on_behalf_of,
            referred_to=referred_to,
        ),
    )
    if before is not None and _says_the_same(before, answer):
        return before
    if based_on is not None and based_on != answer.number - 1:
        raise Conflict(
            _("Somebody else has just answered this proposal. Read that answer before yours.")
        )
    db.session.add(answer)
    db.session.flush()
    publish(ProposalAnswered(proposal.id, answer.id, proposal.campaign_id), by=by)
    return answer


def answer_several(
    answered: Sequence[Proposal],
    *,
    outcome: Outcome | str,
    text: str,
    own_lines: Mapping[int, str],
    language: str,
    on_behalf_of: str,
    referred_to: str | None = None,
    by: Actor,
) -> list[Answer]:
    """Answer proposals that are alike with the same reasons, each with a line of its own first.

    ``own_lines`` holds, by the proposal's id, what is said to this proposal alone; nobody is
    answered without one. All are answered, or none.
    """
    for proposal in answered:
        authorise(by, ANSWER_PROPOSAL, proposal)
    faults: dict[str, Sentence] = {}
    if not answered:
        faults["proposals"] = _("Choose at least one proposal.")
    if len(answered) > SEVERAL_MOST:
        faults["proposals"] = _("At most %(most)s proposals at once.", most=SEVERAL_MOST)
    lines = {proposal.id: clean(own_lines.get(proposal.id, "")) for proposal in answered}
    for proposal in answered:
        if len(lines[proposal.id]) < OWN_LINE_LEAST:
            faults[f"own-{proposal.id}"] = _(
                "Say to %(reference)s what concerns it alone: at least %(least)s characters.",
                reference=proposal.reference,
                least=OWN_LINE_LEAST,
            )
    if faults:
        raise Invalid(faults)
    return [
        answer_proposal(
            proposal,
            outcome=outcome,
            text=f"{lines[proposal.id]}\n\n{text}",
            language=language,
            on_behalf_of=on_behalf_of,
            referred_to=referred_to,
            by=by,
        )
        for proposal in sorted(answered, key=lambda each: each.id)
    ]


def _checked(
    proposal: Proposal,
    *,
    outcome: Outcome | str,
    text: str,
    language: str,
    on_behalf_of: str,
    referred_to: str | None,
) -> dict[str, object]:
    """What is kept of an answer; raises Invalid with a sentence for each field at fault."""
    faults: dict[str, Sentence] = {}
    words, institution = clean(text), clean_line(on_behalf_of)
    if fault := _text_fault(words):
        faults["text"] = fault
    if fault := _name_fault(institution, _("Name the institution that answers.")):
        faults["on_behalf_of"] = fault
    if language not in NAMES:
        faults["language"] = _("Choose the language of the answer.")
    chosen = Outcome(outcome) if outcome in set(Outcome) else None
    to_whom = clean_line(referred_to) if chosen is Outcome.REFERRED else None
    if to_whom is not None and (fault := _name_fault(to_whom, _("Say to whom it is referred."))):
        faults["referred_to"] = fault
    if chosen is None:
        faults["outcome"] = _("Choose what became of the proposal.")
    elif fault := _origin_fault(proposal, chosen):
        faults["outcome"] = fault
    if faults:
        raise Invalid(faults)
    return {
        "outcome": chosen,
        "text": words,
        "language": language,
        "on_behalf_of": institution,
        "referred_to": to_whom,
    }


def _text_fault(words: str) -> Sentence | None:
    if not any(sign.isalnum() for sign in words):
        return _("Write the reasons. Whoever proposed this has waited for them.")
    if len(words) < TEXT_LEAST:
        return _("Write a little more: at least %(least)s characters.", least=TEXT_LEAST)
    return _too_long(words, TEXT_MOST) if len(words) > TEXT_MOST else None


def _name_fault(name: str, missing: Sentence) -> Sentence | None:
    if not any(sign.isalnum() for sign in name):
        return missing
    return _too_long(name, NAME_MOST) if len(name) > NAME_MOST else None


def _origin_fault(proposal: Proposal, outcome: Outcome) -> Sentence | None:
    """Whether what the answer says agrees with where the proposal lives on."""
    if outcome in NEEDS_ORIGIN:
        if queries.has_fitting_origin(proposal, outcome):
            return None
        return _(
            "An answer of this kind needs an origin that says the same: no commitment says yet "
            "that %(reference)s lives on in it in this way.",
            reference=proposal.reference,
        )
    if origins := live_origins_of(proposal):
        return _(
            "This proposal lives on in commitment No %(number)s. Choose an answer that says so, "
            "or let the origin be retracted first, with a reason.",
            number=origins[0].commitment.number,
        )
    return None


def _says_the_same(before: Answer, answer: Answer) -> bool:
    said = ("outcome", "text", "language", "on_behalf_of", "referred_to")
    return all(getattr(before, part) == getattr(answer, part) for part in said)


def _too_long(words: str, most: int) -> Sentence:
    return _(
        "Shorten this by %(over)s characters: at most %(most)s fit.",
        over=len(words) - most,
        most=most,
    )


# ── The conclusion ───────────────────────────────────────────────────────────────────────────


def conclude_campaign(campaign: Campaign, *, by: Actor) -> None:
    """End a campaign that has kept its promise: everybody is answered, and no thread is torn.

    Raises Invalid with a sentence for each kind of thing that is missing.
    """
    authorise(by, CONCLUDE_CAMPAIGN, campaign)
    db.session.refresh(campaign, with_for_update={"key_share": True})
    authorise(by, CONCLUDE_CAMPAIGN, campaign)
    if missing := queries.count_of_gaps(campaign):
        raise Invalid({lack.value: missing_sentence(lack, n) for lack, n in missing.items()})
    campaign.concluded_at = clock.now()
    publish(CampaignConcluded(campaign.id), by=by)
