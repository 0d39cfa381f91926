"""A campaign as a file tells it, made to happen by the acts of its people.

``stories/latvia_2021.json`` is the longest: the dates, the plan, the six commitments' titles, the
institutions and order No 78 are real; what people and institutions say is invented, and every page
of the demonstration says so. Each part below plans the acts of one kind; what a file does not
tell does not happen.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select

from app.accounts.models import Account
from app.answers.actions import answer_proposal, conclude_campaign
from app.campaigns.actions import add_theme, announce_campaign, appoint, create_campaign
from app.campaigns.models import Assurance, Campaign, CampaignOffice, Theme
from app.campaigns.queries import by_slug
from app.campaigns.rules import Dates, Promises, Words
from app.comments.models import Comment
from app.commitments.actions import (
    add_origin,
    approve_commitment,
    comment_on_draft,
    make_final,
    open_consultation,
    promote_proposal,
    save_version,
)
from app.commitments.models import Commitment, Field
from app.commitments.texts import DraftText, MilestoneText
from app.demo.cast import Cast, person
from app.demo.timeline import Timeline
from app.foundation.db import db
from app.foundation.text import LocalizedText
from app.groups.actions import appoint_chair, create_group, seat_member
from app.groups.models import Group, Sector
from app.moderation import queries as moderation
from app.moderation.actions import appeal, decide, decide_appeal, report
from app.moderation.models import AppealOutcome, DecisionAct
from app.plans.models import Plan
from app.proposals.actions import (
    accept_co_authorship,
    comment_on_proposal,
    invite_co_author,
    merge_proposals,
    publish_proposal,
    revise_proposal,
    start_draft,
    submit_proposal,
    undo_merge,
    withdraw_proposal,
)
from app.proposals.models import Merge, Proposal
from app.proposals.queries import by_reference
from app.review.actions import (
    add_to_shortlist,
    assess,
    conclude,
    declare_conflict,
    remove_from_shortlist,
)
from app.review.models import Recommendation, ShortlistEntry
from app.review.queries import entries_of, entry_of
from app.voting import boxes, keys
from app.voting.models import Ballot, Participation

STORIES = Path(__file__).parent / "stories"
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)

RULES = {"rekl": "advertising", "personas datus": "personal"}
"""Words of the story's rules, and the platform's rule that they mean."""


@dataclass
class Story:
    """The file, the people, and what has been made of it so far."""

    told: Mapping[str, Any]
    cast: Cast
    administrator: str
    organiser: str
    comments: dict[str, int] = field(default_factory=dict)
    """Comment ids by the names that the file gives them."""
    merges: dict[str, list[int]] = field(default_factory=dict)
    decisions: dict[str, int] = field(default_factory=dict)
    groups: dict[str, int] = field(default_factory=dict)
    seats: dict[str, int] = field(default_factory=dict)
    commitments: dict[int, int] = field(default_factory=dict)

    @property
    def campaign(self) -> Campaign:
        found = by_slug(self.told["campaign"]["slug"])
        assert found is not None  # noqa: S101  the story begins with it
        return found

    def someone(self, name: str) -> Account:
        return self.cast[name]

    def tells(self, part: str) -> Sequence[Any]:
        """What the file tells of one kind; nothing, if it does not speak of it."""
        found: Sequence[Any] = self.told.get(part, ())
        return found

    def moment(self, stage: str) -> datetime:
        return next(
            _at(each["opens"]) for each in self.told["campaign"]["stages"] if each["key"] == stage
        )


def tell(
    told: Mapping[str, Any], cast: Cast, *, administrator: str, until: datetime | None = None
) -> None:
    """Let the campaign happen, as far as ``until``. ``administrator`` is in the cast."""
    story = Story(told, cast, administrator, f"organiser of {told['campaign']['slug']}")
    timeline = Timeline()
    for part in (
        _people,
        _campaign,
        _proposals,
        _comments,
        _moderation,
        _sorting,
        _voting,
        _shortlist,
        _review,
        _drafts,
        _commitments,
        _answers,
    ):
        part(story, timeline)
    timeline.play(until=until)


def read(name: str) -> Any:
    """A file of a story."""
    return json.loads((STORIES / name).read_text())


def _at(word: str) -> datetime:
    return datetime.fromisoformat(word)


def _text(wordings: Mapping[str, str]) -> LocalizedText:
    return LocalizedText(next(iter(wordings)), dict(wordings))


def _proposal(reference: str) -> Proposal:
    found = by_reference(reference)
    assert found is not None, reference  # noqa: S101  the story names no other
    return found


# ── People and the campaign ──────────────────────────────────────────────────────────────────


def _people(story: Story, timeline: Timeline) -> None:
    begins = story.moment("announced") - 30 * DAY

    def enter() -> None:
        told = story.told["campaign"]
        organiser = told.get("organiser", "Rīkotāja Elīna")
        story.cast.enter(story.organiser, person(organiser, told["default_language"], begins))
        for each in story.tells("participants"):
            if each["id"] not in story.cast:
                story.cast.enter(each["id"], person(each["display_name"], each["language"], begins))
        for group in story.tells("groups"):
            for member in group["members"]:
                entered = person(member["label"], "lv", begins, organisation=member["organisation"])
                story.cast.enter(member["id"], entered)
        for number in range(len(_ballots(story))):
            if _voter(number) not in story.cast:
                voter = person(f"Balsotājs {number + 1}", "lv", begins, can_sign_in=False)
                story.cast.enter(_voter(number), voter)

    timeline.plan(begins, "people", enter)


def _voter(number: int) -> str:
    return f"voter {number}"


def _ballots(story: Story) -> Sequence[Sequence[int]]:
    """Each a list of proposal numbers."""
    found: Sequence[Sequence[int]] = story.told.get("votes", {}).get("ballots", ())
    return found


def _campaign(story: Story, timeline: Timeline) -> None:
    told = story.told["campaign"]
    announced = _at(told["stages"][0]["opens"])
    timeline.plan(announced - 20 * DAY, "create", partial(_create, story))
    timeline.plan(announced, "announce", partial(_announce, story))
    for stage in told["stages"][1:]:
        timeline.plan_routine(_at(stage["opens"]) + MINUTE)
    timeline.plan_routine(story.moment("voting") - 3 * DAY + MINUTE)


def _create(story: Story) -> None:
    told = story.told["campaign"]
    administrator = story.someone(story.administrator)
    opens = {stage["key"]: _at(stage["opens"]) for stage in told["stages"]}
    rules = told["rules"].get("text", {})
    campaign = create_campaign(
        slug=told["slug"],
        reference_prefix=told["reference_prefix"],
        words=Words(
            title=_text(told["title"]),
            summary=_text(told["summary"]),
            text=_text(told["text"]),
            rules_text=_text({code: "\n\n".join(lines) for code, lines in rules.items()})
            if rules
            else None,
            contact_organisation=_text(told["contact"]["organisation"]),
            contact_email=told["contact"]["email"],
            contact_note=_text(told["contact"]["note"]) if "note" in told["contact"] else None,
            plan=_plan(told["plan"], _at(told["stages"][0]["opens"])) if "plan" in told else None,
        ),
        dates=Dates(
            submission_opens_at=opens["submission"],
            submission_closes_at=opens["sorting"],
            voting_opens_at=opens["voting"],
            voting_closes_at=opens["review"],
            review_closes_at=opens["answering"],
            answers_due_at=opens["closed"],
        ),
        promises=Promises(
            shortlist_rule={
                "rule": told["rules"]["shortlist_rule"]["kind"].replace("_", "-"),
                "k": told["rules"]["shortlist_rule"]["k"],
            },
            vote_limit=told["rules"]["max_choices"],
            to_support=Assurance(told["rules"].get("to_support", "email")),
        ),
        organiser=story.someone(story.organiser),
        reason="Valsts kancelejas kontaktpunkts.",
        by=administrator,
    )
    for each in story.tells("groups"):
        _create_group(story, each)
    _add_themes(story, campaign)
    for each in story.tells("participants"):
        if "moderator" in each["roles"]:
            appoint(
                campaign,
                story.someone(each["id"]),
                CampaignOffice.MODERATOR,
                reason="Moderē šo kampaņu.",
                by=story.someone(story.organiser),
            )


def _plan(told: Mapping[str, Any], at: datetime) -> Plan:
    """The plan that the campaign feeds: the one with this number, or a new one."""
    known = db.session.scalar(select(Plan).where(Plan.ordinal == told["ordinal"]))
    if known is not None:
        return known
    plan = Plan(
        slug=f"plan-{told['ordinal']}",
        ordinal=told["ordinal"],
        title=_text(told["title"]),
        starts_on=date(int(told["period"][0]), 1, 1),
        ends_on=date(int(told["period"][1]), 12, 31),
        created_at=at,
    )
    db.session.add(plan)
    return plan


def _create_group(story: Story, told: Mapping[str, Any]) -> None:
    administrator = story.someone(story.administrator)
    group = create_group(
        name=_text(told["name"]),
        mandate=_text({"lv": told["mandate"]}),
        rules=_text({"lv": told["rules"]}),
        sits_from=date.fromisoformat(told["from"]),
        sits_until=date.fromisoformat(told["to"]),
        by=administrator,
    )
    story.groups[told["key"]] = group.id
    for each in told["members"]:
        seat = seat_member(
            group,
            story.someone(each["id"]),
            organisation=each["organisation"],
            sector=Sector(each["sector"]),
            by=administrator,
        )
        db.session.flush()
        story.seats[each["id"]] = seat.id
        if each["chair"]:
            appoint_chair(seat, by=administrator)


def _add_themes(story: Story, campaign: Campaign) -> None:
    groups = {
        theme: story.groups[group["key"]]
        for group in story.tells("groups")
        for theme in group["themes"]
    }
    for told in story.told["campaign"]["themes"]:
        theme = add_theme(
            campaign,
            name=_text(told["name"]),
            hint=_text(told["hint"]) if "hint" in told else None,
            group=db.session.get(Group, groups.get(told["key"])) if told["key"] in groups else None,
            by=story.someone(story.organiser),
        )
        theme.key = told["key"]


def _announce(story: Story) -> None:
    announce_campaign(story.campaign, by=story.someone(story.organiser))


# ── Proposals and what is said of them ───────────────────────────────────────────────────────


def _proposals(story: Story, timeline: Timeline) -> None:
    """In the order of their numbers: the references then come out as the story has them."""
    for told in story.tells("proposals"):
        first = told["revisions"][0]
        submitted = _at(told["submitted_at"])
        timeline.plan(submitted, f"{told['reference']} draft", partial(_draft, story, told, first))
        if told.get("returned"):
            timeline.plan(
                _at(told["returned"]["resubmitted_at"]) - MINUTE,
                f"{told['reference']} submitted again",
                partial(_submit, story, told),
            )
        if told.get("published_at"):
            timeline.plan(
                _at(told["published_at"]),
                f"{told['reference']} published",
                partial(_publish, story, told),
            )
        for revision in told["revisions"][1:]:
            if revision["kind"] == "author":
                timeline.plan(
                    _at(revision["at"]),
                    f"{told['reference']} revised",
                    partial(_revise, story, told, revision),
                )
        _co_authors(story, timeline, told)
        if told.get("withdrawn"):
            timeline.plan(
                _at(told["withdrawn"]["at"]),
                f"{told['reference']} withdrawn",
                partial(_withdraw, story, told),
            )


def _draft(story: Story, told: Mapping[str, Any], first: Mapping[str, Any]) -> None:
    author = story.someone(told["author"])
    campaign = story.campaign
    theme = db.session.scalar(
        select(Theme).where(Theme.campaign_id == campaign.id, Theme.key == told["theme"])
    )
    proposal = start_draft(
        campaign,
        language=told["language"],
        title=first["title"],
        situation=first["situation"],
        solution=first["solution"],
        values=[told["value"]],
        theme=theme,
        by=author,
    )
    campaign.last_number = told["number"] - 1  # the story's numbers are not in order of time
    db.session.flush()
    submit_proposal(proposal, by=author)
    campaign.last_number = len(story.tells("proposals"))


def _submit(story: Story, told: Mapping[str, Any]) -> None:
    submit_proposal(_proposal(told["reference"]), by=story.someone(told["author"]))


def _publish(story: Story, told: Mapping[str, Any]) -> None:
    moderators = _moderators(story)
    chosen = moderators[told["number"] % len(moderators)]
    publish_proposal(_proposal(told["reference"]), by=story.someone(chosen))


def _moderators(story: Story) -> Sequence[str]:
    return [each["id"] for each in story.tells("participants") if "moderator" in each["roles"]]


def _revise(story: Story, told: Mapping[str, Any], revision: Mapping[str, Any]) -> None:
    revise_proposal(
        _proposal(told["reference"]),
        title=revision["title"],
        situation=revision["situation"],
        solution=revision["solution"],
        values=[told["value"]],
        note=revision["note"],
        by=story.someone(revision["by"]),
    )


def _withdraw(story: Story, told: Mapping[str, Any]) -> None:
    withdraw_proposal(
        _proposal(told["reference"]),
        reason=told["withdrawn"]["reason"],
        by=story.someone(told["author"]),
    )


def _co_authors(story: Story, timeline: Timeline, told: Mapping[str, Any]) -> None:
    """Those who were asked; those whom a merge credits come with the merge."""
    for each in told.get("co_authors", ()):
        if each["how"].startswith("merge"):
            continue

        def join(name: str = each["participant"]) -> None:
            proposal = _proposal(told["reference"])
            newcomer = story.someone(name)
            invite_co_author(proposal, who=newcomer, by=story.someone(told["author"]))
            db.session.flush()
            accept_co_authorship(proposal, by=newcomer)

        timeline.plan(_at(each["since"]) - MINUTE, f"{told['reference']} co-author", join)


def _comments(story: Story, timeline: Timeline) -> None:
    for told in story.tells("comments"):
        timeline.plan(_at(told["at"]), told["id"], partial(_comment, story, told))


def _comment(story: Story, told: Mapping[str, Any]) -> None:
    parent = story.comments.get(told["parent"]) if told["parent"] else None
    written = comment_on_proposal(
        _proposal(told["proposal"]),
        text=told["text"],
        position=told["position"],
        language=told["language"],
        parent=db.session.get(Comment, parent) if parent else None,
        by=story.someone(told["author"]),
    )
    db.session.flush()
    story.comments[told["id"]] = written.id


# ── Moderation and sorting ───────────────────────────────────────────────────────────────────


def _moderation(story: Story, timeline: Timeline) -> None:
    for told in story.tells("moderation"):
        timeline.plan(
            _at(told["at"]) - MINUTE, f"{told['id']} reported", partial(_report, story, told)
        )
        timeline.plan(_at(told["at"]), told["id"], partial(_decide, story, told))
        if told["appeal"]:
            timeline.plan(
                _at(told["appeal"]["at"]), f"{told['id']} appeal", partial(_appeal, story, told)
            )
            timeline.plan(
                _at(told["appeal"]["decided_at"]),
                f"{told['id']} appeal decided",
                partial(_decide_appeal, story, told),
            )


def _matter(story: Story, told: Mapping[str, Any]) -> Any:
    if told["target_kind"] == "proposal":
        return moderation.matter("proposal", _proposal(told["target"]).id)
    return moderation.matter("comment", story.comments[told["target"]])


def _rule(told: Mapping[str, Any]) -> str:
    return next((rule for word, rule in RULES.items() if word in told["rule"]), "insult")


def _report(story: Story, told: Mapping[str, Any]) -> None:
    matter = _matter(story, told)
    concerned = matter.concerns_id
    readers = [
        name
        for each in story.tells("participants")
        if story.cast.ids[name := each["id"]] != concerned and "moderator" not in each["roles"]
    ]
    for number in range(told["reports"]):
        report(
            matter,
            rule=_rule(told),
            text="Lūdzu, izskatiet, vai tas atbilst noteikumiem.",
            by=story.someone(readers[(7 * number + len(told["facts"])) % len(readers)]),
        )


def _decide(story: Story, told: Mapping[str, Any]) -> None:
    decision = decide(
        _matter(story, told),
        DecisionAct(told["action"]),
        rule=_rule(told),
        facts=f"{told['facts']} {told['decision']}",
        language="lv",
        by=story.someone(told["by"]),
    )
    story.decisions[told["id"]] = decision.id


def _appeal(story: Story, told: Mapping[str, Any]) -> None:
    decision = moderation.decision(story.decisions[told["id"]])
    assert decision is not None  # noqa: S101
    appeal(decision, text=told["appeal"]["text"], by=story.someone(told["appeal"]["by"]))


def _decide_appeal(story: Story, told: Mapping[str, Any]) -> None:
    made = moderation.appeal(story.decisions[told["id"]])
    assert made is not None  # noqa: S101
    decide_appeal(
        made,
        outcome=AppealOutcome(told["appeal"]["outcome"]),
        reasons=told["appeal"]["reason"],
        by=story.someone(told["appeal"]["decided_by"]),
    )


def _sorting(story: Story, timeline: Timeline) -> None:
    for told in story.tells("merges"):
        timeline.plan(_at(told["at"]), told["id"], partial(_merge, story, told))
    for told in story.tells("merges_undone"):
        timeline.plan(_at(told["at"]), told["id"], partial(_merge, story, told))
        timeline.plan(_at(told["undone_at"]), f"{told['id']} undone", partial(_undo, story, told))


def _merge(story: Story, told: Mapping[str, Any]) -> None:
    result = told.get("result") or {}
    made = merge_proposals(
        [_proposal(reference) for reference in told["from"]],
        into=_proposal(told["into"]),
        reason=told["reason"],
        title=result.get("title"),
        situation=result.get("situation"),
        solution=result.get("solution"),
        by=story.someone(told["by"]),
    )
    db.session.flush()
    story.merges[told["id"]] = [merge.id for merge in made]


def _undo(story: Story, told: Mapping[str, Any]) -> None:
    for merge_id in story.merges[told["id"]]:
        undo_merge(
            db.session.get_one(Merge, merge_id),
            reason=told["undo_reason"],
            by=story.someone(told["undone_by"]),
        )


# ── Voting ───────────────────────────────────────────────────────────────────────────────────


def _voting(story: Story, timeline: Timeline) -> None:
    timeline.plan(story.moment("voting") + DAY, "ballots", partial(_cast_ballots, story))


def _cast_ballots(story: Story) -> None:
    """Written in one go, as an import does: 5,516 visits would tell nothing more."""
    campaign = story.campaign
    key = keys.read_key(campaign.slug)
    participations, ballots = [], []
    for number, chosen in enumerate(_ballots(story)):
        account = story.cast.ids[_voter(number)]
        participations.append(
            {"campaign_id": campaign.id, "account_id": account, "n": len(chosen), "most": None}
        )
        for each in chosen:
            reference = f"{campaign.reference_prefix}-{each:04}"
            tag = boxes.tag_of(key.tag, account, reference)
            choice = boxes.new_choice(account, reference, to=_voter(number))
            ballots.append(
                {
                    "campaign_id": campaign.id,
                    "tag": tag,
                    "box": boxes.seal(key.box, tag, choice),
                }
            )
    if ballots:
        db.session.execute(insert(Participation), participations)
        db.session.execute(insert(Ballot), ballots)


# ── Shortlist and review ─────────────────────────────────────────────────────────────────────


def _shortlist(story: Story, timeline: Timeline) -> None:
    """What the rule gave and the story's moderators changed, each with its public reason."""
    if "shortlist" in story.told:
        changed = story.moment("review") + 2 * DAY
        timeline.plan(changed, "shortlist", partial(_change_shortlist, story))


def _change_shortlist(story: Story) -> None:
    told = story.told["shortlist"]
    listed = {each["proposal"]: each for each in told["entries"]}
    notes = {each["proposal"]: each["reason"] for each in told["not_listed_notes"]}
    moderator = story.someone("moderatore-berzlape")
    entries = {str(entry.proposal.reference): entry for entry in entries_of(story.campaign)}
    for reference in sorted(set(entries) - set(listed)):
        reason = notes.get(reference, "Neattiecas uz atvērto pārvaldību; atbildi saņem.")
        remove_from_shortlist(entries[reference], reason=reason, by=moderator)
    for reference in sorted(set(listed) - set(entries)):
        by = story.someone(listed[reference].get("by", "moderatore-berzlape"))
        add_to_shortlist(_proposal(reference), reason=listed[reference]["reason"], by=by)


def _review(story: Story, timeline: Timeline) -> None:
    for group in story.tells("groups"):
        for told in group.get("recusals", ()):
            timeline.plan(_at(told["at"]), "recusal", partial(_recuse, story, told))
        for told in group.get("assessments", ()):
            timeline.plan(_at(told["at"]), "assessment", partial(_assess, story, told))
        chair = next(each["id"] for each in group["members"] if each["chair"])
        for told in group.get("conclusions", ()):
            timeline.plan(
                _at(told["at"]), "conclusion", partial(_conclude, story, group, chair, told)
            )


def _entry(reference: str) -> ShortlistEntry:
    found = entry_of(_proposal(reference))
    assert found is not None, reference  # noqa: S101
    return found


def _recuse(story: Story, told: Mapping[str, Any]) -> None:
    declare_conflict(
        _entry(told["proposal"]), reason=told["reason"], by=story.someone(told["member"])
    )


def _assess(story: Story, told: Mapping[str, Any]) -> None:
    assess(
        _entry(told["proposal"]),
        scores=told["scores"],
        recommendation=Recommendation(told["recommendation"]),
        ground=told["ground"],
        language="lv",
        by=story.someone(told["member"]),
    )


def _conclude(story: Story, group: Mapping[str, Any], chair: str, told: Mapping[str, Any]) -> None:
    labels = {each["id"]: each["label"] for each in group["members"]}
    dissent = "\n\n".join(f"{labels[each['member']]}: {each['text']}" for each in told["dissent"])
    conclude(
        _entry(told["proposal"]),
        recommendation=Recommendation(told["recommendation"]),
        reasons=told["text"],
        dissent=dissent,
        language="lv",
        by=story.someone(chair),
    )


# ── Commitments and answers ──────────────────────────────────────────────────────────────────


def _commitments(story: Story, timeline: Timeline) -> None:
    for told in story.tells("commitments"):
        name = f"commitment {told['number']}"
        drafted = _at(told["versions"][0]["at"])
        consulted = _at(told["consultation"]["opens"]) + 9 * timedelta(hours=1)
        final = max(_at(told["versions"][-1]["at"]), _at(told["consultation"]["closes"]) + DAY)
        timeline.plan(drafted, name, partial(_promote, story, told))
        timeline.plan(drafted + MINUTE, name, partial(_save, story, told, told["versions"][0]))
        timeline.plan(drafted + 2 * MINUTE, name, partial(_origins, story, told, is_first=True))
        timeline.plan(consulted, f"{name} consultation", partial(_consult, story, told))
        for version in told["versions"][1:]:
            timeline.plan(_at(version["at"]), name, partial(_save, story, told, version))
        timeline.plan(final + 2 * MINUTE, name, partial(_origins, story, told, is_first=False))
        timeline.plan(final + 3 * MINUTE, f"{name} final", partial(_make_final, story, told))
        timeline.plan(
            datetime.fromisoformat(told["approved"]["date"] + "T12:00:00+02:00"),
            f"{name} approved",
            partial(_approve, story, told),
        )
    for told in story.tells("consultation_comments"):
        timeline.plan(_at(told["at"]), told["id"], partial(_say_of_draft, story, told))


def _drafts(story: Story, timeline: Timeline) -> None:
    """Drafts that are only begun: some proposals promoted into one commitment."""
    for told in story.tells("drafts"):
        begun = story.moment("answering") + DAY
        timeline.plan(begun, told["title"], partial(_begin_draft, story, told))


def _begin_draft(story: Story, told: Mapping[str, Any]) -> None:
    prefix = story.told["campaign"]["reference_prefix"]
    commitment: Commitment | None = None
    for number in told["from_"]:
        commitment = promote_proposal(
            _proposal(f"{prefix}-{number:04}"),
            into=commitment,
            title=told["title"],
            relation="adopted" if number < 3 else "adopted_in_part",
            reason="Grupa iesaka to iekļaut.",
            by=_promoter(story),
        )
        db.session.flush()


def _commitment(story: Story, number: int) -> Commitment:
    return db.session.get_one(Commitment, story.commitments[number])


def _promoter(story: Story) -> Account:
    """The moderator who promotes and answers."""
    return story.someone(_moderators(story)[0])


def _promote(story: Story, told: Mapping[str, Any]) -> None:
    """The first shortlisted proposal among its origins becomes the draft, the others join it."""
    commitment: Commitment | None = None
    seen: set[str] = set()
    for origin in told["origins"]:
        entry = entry_of(_proposal(origin["proposal"]))
        if entry is None or entry.removed_at is not None or origin["proposal"] in seen:
            continue
        seen.add(origin["proposal"])
        commitment = promote_proposal(
            _proposal(origin["proposal"]),
            into=commitment,
            title=told["title"]["lv"],
            relation=origin["relation"],
            reason=origin["reason"],
            adds_text=False,
            by=_promoter(story),
        )
        db.session.flush()
    assert commitment is not None, told["number"]  # noqa: S101
    story.commitments[told["number"]] = commitment.id


def _save(story: Story, told: Mapping[str, Any], version: Mapping[str, Any]) -> None:
    commitment = _commitment(story, told["number"])
    words = version["lv"]
    texts: dict[Field, str] = {part: words.get(part.value, "") for part in Field}
    save_version(
        commitment,
        based_on=commitment.current_version,
        draft=DraftText(
            texts=texts | {Field.TITLE: told["title"]["lv"]},
            lead_institution=", ".join(told["lead"]),
            supporting=", ".join(told["supporting"]),
            starts_on=date.fromisoformat(told["period"]["from"]),
            ends_on=date.fromisoformat(told["period"]["to"]),
            milestones=[_milestone(each) for each in words["milestones"]],
        ),
        language="lv",
        note=version["note"],
        by=_promoter(story),
    )


def _milestone(told: Mapping[str, Any]) -> MilestoneText:
    return MilestoneText(
        title=told["title"],
        output=told["output"],
        starts_on=date.fromisoformat(told["from"]),
        ends_on=date.fromisoformat(told["to"]),
        responsible=told["responsible"],
    )


def _origins(story: Story, told: Mapping[str, Any], *, is_first: bool) -> None:
    """Passage by passage; what stands only in the last version is traced with that one."""
    commitment = _commitment(story, told["number"])
    for origin in told["origins"]:
        if (origin["quote_present_from_version"] == 1) is not is_first:
            continue
        add_origin(
            commitment,
            proposal=_proposal(origin["proposal"]),
            revision=origin["proposal_revision"],
            proposal_field=origin["proposal_field"],
            proposal_passage=origin["quote_from_proposal"],
            relation=origin["relation"],
            field=origin["commitment_field"],
            passage=origin["quote_in_commitment"],
            reason=origin["reason"],
            by=_promoter(story),
        )


def _consult(story: Story, told: Mapping[str, Any]) -> None:
    last_day = _at(told["consultation"]["closes"]).date() - DAY
    open_consultation(
        _commitment(story, told["number"]),
        closes_on=last_day,
        reason="Projekts nodots publiskajai konsultācijai.",
        by=_promoter(story),
    )


def _say_of_draft(story: Story, told: Mapping[str, Any]) -> None:
    comment_on_draft(
        _commitment(story, told["commitment"]),
        text=told["text"],
        position="plain",
        language=told["language"],
        by=story.someone(told["author"]),
    )


def _make_final(story: Story, told: Mapping[str, Any]) -> None:
    reason = told["versions"][-1]["note"]
    make_final(_commitment(story, told["number"]), reason=reason, by=_promoter(story))


def _approve(story: Story, told: Mapping[str, Any]) -> None:
    approved = told["approved"]
    approve_commitment(
        _commitment(story, told["number"]),
        act=approved["act"]["lv"],
        language="lv",
        on=date.fromisoformat(approved["date"]),
        by=story.someone(story.organiser),
    )


def _answers(story: Story, timeline: Timeline) -> None:
    """Only what is published is answered by itself; an answer waits until voting has closed."""
    earliest = story.moment("review") + 3 * DAY
    owed = {
        each["reference"]
        for each in story.tells("proposals")
        if each["status"] in {"answered", "published"}
    }
    for told in story.tells("answers"):
        if told["proposal"] in owed:
            at = max(_at(told["at"]), earliest)
            timeline.plan(at, f"answer to {told['proposal']}", partial(_answer, story, told))
    if story.told["campaign"].get("is_concluded", True):
        concluded = story.moment("closed") - 8 * timedelta(hours=1)
        timeline.plan(concluded, "conclusion", partial(_conclude_campaign, story))


def _answer(story: Story, told: Mapping[str, Any]) -> None:
    is_referred = told["outcome"] == "referred"
    answer_proposal(
        _proposal(told["proposal"]),
        outcome=told["outcome"],
        text=told["text"],
        language=told["language"],
        on_behalf_of=told["by"],
        referred_to=told.get("referred_to") or "Atbildīgā institūcija" if is_referred else None,
        by=_promoter(story),
    )


def _conclude_campaign(story: Story) -> None:
    conclude_campaign(story.campaign, by=story.someone(story.organiser))
