"""What each notice says, in the reader's language: a headline, what follows from it, and a link.

The headline names no proposal: in an inbox and in a letter it stands below the title of what it
is about. Where the same can happen many times to one subject, ``many`` counts it in one line.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from app import config
from app.answers.models import Outcome
from app.foundation.language import Sentence, _, _n
from app.notifications.audiences import Because
from app.notifications.facts import Facts, Said
from app.notifications.links import Link
from app.notifications.models import Notification

Place = Callable[[Facts, Notification], Link]
"""From a notice to the page where one reads on."""


def its_page(facts: Facts, notice: Notification) -> Link:
    return facts.link_of(notice.subject)


def _of_campaign(endpoint: str, parameter: str = "slug") -> Place:
    def place(facts: Facts, notice: Notification) -> Link:
        campaign = facts.campaigns.get(notice.details.get("campaign_id", 0))
        return Link(endpoint, {parameter: campaign.slug}) if campaign else Link("inbox.inbox")

    return place


def _always(endpoint: str) -> Place:
    return lambda facts, notice: Link(endpoint)


def the_proposal(facts: Facts, notice: Notification) -> Link:
    return facts.link_of(f"proposal:{notice.details['proposal_id']}")


def the_commitment(facts: Facts, notice: Notification) -> Link:
    return facts.link_of(f"commitment:{notice.details['commitment_id']}")


def the_decision(facts: Facts, notice: Notification) -> Link:
    return Link("decisions.decision", {"number": notice.details["decision_id"]})


the_campaign = _of_campaign("campaigns.campaign")
the_results = _of_campaign("results.results")
the_shortlist = _of_campaign("shortlists.shortlist")
the_answers = _of_campaign("answers.answers")
the_desk = _of_campaign("moderating.desk")


@dataclass(frozen=True)
class Words:
    """The sentences of one row of the catalogue; ``%(…)s`` as in ``Facts.values_for``."""

    headline: Sentence
    text: Sentence = ""
    many: Callable[[int], Sentence] | None = None
    link: Place = its_page
    link_word: Sentence = _("Read more")


SEE_PROPOSAL = _("See the proposal")
SEE_CAMPAIGN = _("See the campaign")
SEE_COMMITMENT = _("See the commitment")
SEE_DESK = _("Go to the moderators' desk")
SEE_GROUP = _("See the working group")
SEE_ACCOUNT = _("See your account")
SEE_DECISION = _("Read the decision")

WORDS: dict[str, Words] = {
    # People
    "account.suspended": Words(
        _("Your account was suspended"),
        _("You can still read everything. Your account page gives the reason."),
        link=_always("my.account"),
        link_word=SEE_ACCOUNT,
    ),
    "account.suspension_lifted": Words(
        _("Your account is no longer suspended"),
        _("You can take part again."),
        link=_always("my.account"),
        link_word=SEE_ACCOUNT,
    ),
    "account.office_given": Words(
        _("You were given an office of the whole site"),
        link=_always("my.account"),
        link_word=SEE_ACCOUNT,
    ),
    "account.office_ended": Words(
        _("Your office of the whole site has ended"),
        link=_always("my.account"),
        link_word=SEE_ACCOUNT,
    ),
    # Groups
    "group.member_seated": Words(
        _("You were given a seat in this working group"),
        _("You will be told when proposals wait for your assessment."),
        link_word=SEE_GROUP,
    ),
    "group.chair_appointed": Words(
        _("You now chair this working group"),
        link_word=SEE_GROUP,
    ),
    "group.seat_ended": Words(
        _("Your seat in this working group has ended"),
        link_word=SEE_GROUP,
    ),
    # Campaigns
    "campaign.announced": Words(
        _("The campaign was announced"),
        _("From now on everybody can see it and its dates."),
        link=the_campaign,
        link_word=SEE_CAMPAIGN,
    ),
    "campaign.stage_began": Words(
        _("A new stage of the campaign has begun"), link=the_campaign, link_word=SEE_CAMPAIGN
    ),
    "campaign.stage_began:submission": Words(
        _("Proposals can be handed in now"),
        _("Last moment: %(until)s."),
        link=the_campaign,
        link_word=_("Write a proposal"),
    ),
    "campaign.stage_began:sorting": Words(
        _("Submission has closed: sorting begins"),
        _(
            "What is undecided three days before voting is published unchecked. "
            "Voting opens: %(until)s."
        ),
        link=the_desk,
        link_word=SEE_DESK,
    ),
    "campaign.stage_began:voting": Words(
        _("Voting is open"),
        _(
            "Support the proposals that you find right. You can change your choice until "
            "voting closes: %(until)s."
        ),
        link=_of_campaign("proposals.proposals"),
        link_word=_("See the proposals"),
    ),
    "campaign.stage_began:answering": Words(
        _("Now every proposal gets its answer"),
        _("Answers are promised by: %(until)s."),
        link=_of_campaign("answering.desk"),
        link_word=_("Go to the answers"),
    ),
    "campaign.date_moved": Words(
        _("A date of the campaign was moved"),
        _("It was: %(was)s. Now it is: %(now)s."),
        link=the_campaign,
        link_word=SEE_CAMPAIGN,
    ),
    "campaign.cancelled": Words(
        _("The campaign was cancelled"),
        _("What was proposed and said stays readable."),
        link=the_campaign,
        link_word=SEE_CAMPAIGN,
    ),
    "campaign.office_given": Words(
        _("You were given an office in this campaign"),
        link=the_campaign,
        link_word=SEE_CAMPAIGN,
    ),
    "campaign.office_ended": Words(
        _("Your office in this campaign has ended"),
        link=the_campaign,
        link_word=SEE_CAMPAIGN,
    ),
    "campaign.concluded": Words(
        _("Every proposal has its answer: the campaign is concluded"),
        _("See the answers to the proposals you supported under My support."),
        link=the_answers,
        link_word=_("See the answers"),
    ),
    # Plans
    "plan.approved": Words(
        _("The action plan was approved"),
        _("Its page names the act, and leads to each commitment and where it came from."),
        link_word=_("See the plan"),
    ),
    # Proposals
    "proposal.submitted": Words(
        _("A proposal was handed in and waits to be checked: %(proposal)s"),
        many=lambda num: _n(
            "%(num)d proposal was handed in and waits to be checked",
            "%(num)d proposals were handed in and wait to be checked",
            num,
        ),
        link=the_desk,
        link_word=SEE_DESK,
    ),
    "proposal.published": Words(
        _("Your proposal was published"),
        _("Everybody can read it now. We will tell you of each further step."),
        link_word=SEE_PROPOSAL,
    ),
    "proposal.publication_taken_back": Words(
        _("The publication of your proposal was taken back"),
        _("A moderator looks at it once more."),
        link_word=SEE_PROPOSAL,
    ),
    "proposal.returned": Words(
        _("Your proposal was returned for correction"),
        _("Correct it and hand it in again."),
        link_word=SEE_PROPOSAL,
    ),
    "proposal.return_taken_back": Words(
        _("That your proposal was returned was taken back"),
        _("It waits for a decision again; you need not do anything."),
        link_word=SEE_PROPOSAL,
    ),
    "proposal.revised": Words(
        _("The text of the proposal was changed"),
        many=lambda num: _n(
            "The text of the proposal was changed %(num)d time",
            "The text of the proposal was changed %(num)d times",
            num,
        ),
        link_word=_("See what changed"),
    ),
    "proposal.merged": Words(
        _("Proposal %(proposal)s was merged into %(target)s"),
        _(
            "Whoever wrote them is credited in the joint proposal, and whoever followed them "
            "hears of what becomes of it."
        ),
        link_word=SEE_PROPOSAL,
    ),
    "proposal.merge_undone": Words(
        _("Merging %(proposal)s into %(target)s was undone"),
        _("Each stands by itself again."),
        link_word=SEE_PROPOSAL,
    ),
    "proposal.withdrawn": Words(
        _("The proposal was withdrawn by its author"),
        link_word=SEE_PROPOSAL,
    ),
    "proposal.hidden": Words(
        _("The proposal was hidden"),
        _("Its page says why."),
        link_word=SEE_PROPOSAL,
    ),
    "proposal.restored": Words(
        _("The proposal can be seen again"),
        link_word=SEE_PROPOSAL,
    ),
    "proposal.revision_withheld": Words(
        _("An earlier text of your proposal was withheld"),
        _("The list of its versions says why."),
        link_word=SEE_PROPOSAL,
    ),
    "proposal.revision_released": Words(
        _("An earlier text of your proposal can be read again"),
        link_word=SEE_PROPOSAL,
    ),
    "co_author.invited": Words(
        _("You are asked to be named as an author of this proposal"),
        _("You can accept or decline on its page."),
        link_word=SEE_PROPOSAL,
    ),
    "co_author.accepted": Words(
        _("Somebody accepted to be named as an author beside you"),
        link_word=SEE_PROPOSAL,
    ),
    "co_author.declined": Words(
        _("Somebody does not want to be named as an author beside you"),
        link_word=SEE_PROPOSAL,
    ),
    "comment.written": Words(
        _("A new comment"),
        many=lambda num: _n("%(num)d new comment", "%(num)d new comments", num),
        link_word=_("Read the comments"),
    ),
    "comment.hidden": Words(
        _("Your comment was hidden"),
        _("Where it stood, the reason stands."),
        link_word=SEE_PROPOSAL,
    ),
    "comment.restored": Words(
        _("Your comment can be seen again"),
        link_word=SEE_PROPOSAL,
    ),
    # Voting
    "tally.published": Words(
        _("Voting has closed, and the votes have been counted"),
        _(
            "See who took part and what came out, and count again if you like. What you "
            "supported yourself stands under My support."
        ),
        link=the_results,
        link_word=_("See the results"),
    ),
    # Review
    "shortlist.published": Words(
        _("The proposal is on the shortlist"),
        _("Now a working group assesses it."),
        link=the_shortlist,
        link_word=_("See the shortlist"),
    ),
    "shortlist.published:group": Words(
        _("The shortlist is there: proposals wait for the group's assessment"),
        _("Declare conflicts of interest first, then score each proposal by yourself."),
        link_word=SEE_GROUP,
    ),
    "shortlist.changed": Words(
        _("The shortlist was changed, and this proposal with it"),
        _("The reason stands beside it."),
        link=the_shortlist,
        link_word=_("See the shortlist"),
    ),
    "review.assigned": Words(
        _("Proposal %(proposal)s was given to the group"),
        many=lambda num: _n(
            "%(num)d proposal was given to the group",
            "%(num)d proposals were given to the group",
            num,
        ),
        link_word=SEE_GROUP,
    ),
    "review.conflict_declared": Words(
        _("A member declared a conflict of interest"),
        _("They take no part in assessing this proposal."),
        link_word=SEE_PROPOSAL,
    ),
    "review.conflict_withdrawn": Words(
        _("A member withdrew a declared conflict of interest"),
        link_word=SEE_PROPOSAL,
    ),
    "review.scores_opened": Words(
        _("The scores are open to the group"),
        _("The group can conclude now."),
        link_word=SEE_GROUP,
    ),
    "review.proposal_concluded": Words(
        _("The working group has concluded about the proposal"),
        _("Its recommendation and reasons are public. The answer follows."),
        link_word=SEE_PROPOSAL,
    ),
    "review.proposal_concluded:campaign": Words(
        _("A working group has concluded about %(proposal)s"),
        many=lambda num: _n(
            "Working groups have concluded about %(num)d proposal",
            "Working groups have concluded about %(num)d proposals",
            num,
        ),
        link=the_shortlist,
        link_word=_("See the shortlist"),
    ),
    # Commitments
    "proposal.promoted": Words(
        _("The proposal became part of draft commitment No %(commitment)s"),
        _("Its page shows, passage by passage, what comes from the proposal."),
        link=the_commitment,
        link_word=SEE_COMMITMENT,
    ),
    "commitment.version_saved": Words(
        _("The draft was changed"),
        many=lambda num: _n(
            "The draft was changed %(num)d time", "The draft was changed %(num)d times", num
        ),
        link=the_commitment,
        link_word=SEE_COMMITMENT,
    ),
    "commitment.commented": Words(
        _("A new comment"),
        many=lambda num: _n("%(num)d new comment", "%(num)d new comments", num),
        link=the_commitment,
        link_word=_("Read the comments"),
    ),
    "commitment.consultation_opened": Words(
        _("Draft commitment No %(commitment)s is open for public consultation"),
        _("Everybody can say what they think of it."),
        link=the_commitment,
        link_word=SEE_COMMITMENT,
    ),
    "commitment.final": Words(
        _("Commitment No %(commitment)s is final"),
        _("Next it is put forward for approval."),
        link=the_commitment,
        link_word=SEE_COMMITMENT,
    ),
    "commitment.approved": Words(
        _("Commitment No %(commitment)s was approved"),
        _("Its page names the act and shows who does what by when."),
        link=the_commitment,
        link_word=SEE_COMMITMENT,
    ),
    "origin.written": Words(
        _("Commitment No %(commitment)s now names this proposal as its origin"),
        link=the_commitment,
        link_word=SEE_COMMITMENT,
    ),
    "origin.retracted": Words(
        _("Commitment No %(commitment)s no longer names this proposal as its origin"),
        _("The reason stands on its page."),
        link=the_commitment,
        link_word=SEE_COMMITMENT,
    ),
    # Answers
    "proposal.answered": Words(
        _("The proposal was answered: %(outcome)s"),
        _("The answer gives the reasons."),
        link_word=_("Read the answer"),
    ),
    # Moderation
    "content.reported": Words(
        _("Something was reported and waits for a decision"),
        many=lambda num: _n(
            "%(num)d report waits for a decision", "%(num)d reports wait for a decision", num
        ),
        link=the_desk,
        link_word=SEE_DESK,
    ),
    "decision.taken": Words(
        _("A moderator took a decision that concerns you"),
        _("Read what it rests on. You can appeal once; then another moderator decides."),
        link=the_decision,
        link_word=SEE_DECISION,
    ),
    "decision.undone": Words(
        _("A decision that concerned you was taken back"),
        link=the_decision,
        link_word=SEE_DECISION,
    ),
    "reports.decided": Words(
        _("What you reported was decided"),
        _("Thank you for looking out. The decision gives the reasons."),
        link=the_decision,
        link_word=SEE_DECISION,
    ),
    "appeal.made": Words(
        _("A decision was appealed and waits for another moderator"),
        link=the_desk,
        link_word=SEE_DESK,
    ),
    "appeal.decided": Words(
        _("Your appeal was decided"),
        link=the_decision,
        link_word=SEE_DECISION,
    ),
}
"""By the event's name; ``name:word`` where it says something else at one stage, or to others."""

OUTCOMES: dict[Outcome, Sentence] = {
    Outcome.ADOPTED: _("Adopted"),
    Outcome.ADOPTED_IN_PART: _("Adopted in part"),
    Outcome.ADOPTED_TOGETHER: _("Adopted together with others"),
    Outcome.TAKEN_INTO_ACCOUNT: _("Taken into account"),
    Outcome.ALREADY_COVERED: _("Already covered"),
    Outcome.REFERRED: _("Referred"),
    Outcome.NOT_ADOPTED: _("Not adopted"),
    Outcome.OUT_OF_SCOPE: _("Out of scope"),
}

REASONS: dict[Because, Sentence] = {
    Because.AUTHOR: _("You are an author of this proposal."),
    Because.COMMENTER: _("You commented on this proposal."),
    Because.FOLLOWER: _("You follow it."),
    Because.CAMPAIGN: _("You take part in this campaign or follow it."),
    Because.OFFICE: _("You hold an office in this campaign."),
    Because.GROUP: _("You sit in this working group."),
    Because.CONCERNED: _("It concerns you."),
    Because.REPORTER: _("You reported it."),
}

NAMELESS: dict[str, Sentence] = {
    "proposal": _("A proposal"),
    "decision": _("A decision"),
    "account": _("Your account"),
    "commitment": _("A draft commitment"),
}
"""What a subject is called that has no title, or one that may not be shown."""


@dataclass(frozen=True)
class Line:
    """One thing that happened, or several of the same, worded."""

    headline: str
    text: str
    quoted: Said | None
    link: Link
    link_word: str
    told_at: datetime
    is_unread: bool
    because: str


@dataclass(frozen=True)
class Grouped:
    """Everything that a reader is told about one subject."""

    subject: str
    title: Said
    reference: str
    link: Link
    lines: list[Line]

    @property
    def is_unread(self) -> bool:
        return any(line.is_unread for line in self.lines)


def worded(notices: Sequence[Notification]) -> list[Grouped]:
    """These notices in the language that is spoken, by subject, the newest subject first."""
    facts = Facts(notices)
    newest: dict[str, int] = {}
    for notice in notices:
        newest[notice.subject] = max(notice.id, newest.get(notice.subject, 0))
    by_subject = sorted(notices, key=lambda notice: (-newest[notice.subject], -notice.id))
    return [
        _grouped(subject, list(about), facts)
        for subject, about in groupby(by_subject, key=lambda notice: notice.subject)
    ]


def _grouped(subject: str, notices: list[Notification], facts: Facts) -> Grouped:
    title = facts.title_of(subject) or Said(str(NAMELESS.get(subject.partition(":")[0], "")))
    return Grouped(
        subject=subject,
        title=title,
        reference=facts.reference_of(subject),
        link=facts.link_of(subject),
        lines=[_line(alike, facts) for alike in _alike(notices)],
    )


def _alike(notices: list[Notification]) -> Iterator[list[Notification]]:
    """Those of one kind together, where the words can count them; else each by itself."""
    counted: dict[str, list[Notification]] = {}
    for notice in notices:
        if words_of(notice).many:
            counted.setdefault(notice.kind, []).append(notice)
    for notice in notices:
        if notice.kind not in counted:
            yield [notice]
        elif counted[notice.kind][0] is notice:
            yield counted[notice.kind]


def words_of(notice: Notification) -> Words:
    """The words of a notice: those for its stage or for its subject's kind, if there are any."""
    for word in (notice.details.get("stage"), notice.subject.partition(":")[0]):
        if special := WORDS.get(f"{notice.kind}:{word}"):
            return special
    return WORDS[notice.kind]


def _line(alike: list[Notification], facts: Facts) -> Line:
    newest = alike[0]
    words = words_of(newest)
    values = facts.values_for(newest) | {"outcome": _outcome(newest, facts)}
    headline = str(words.headline) % values
    if words.many and len(alike) > 1:
        headline = str(words.many(len(alike)))
    return Line(
        headline=headline,
        text=str(words.text) % values,
        quoted=facts.quoted(newest),
        link=words.link(facts, newest),
        link_word=str(words.link_word),
        told_at=newest.told_at,
        is_unread=any(notice.read_at is None for notice in alike),
        because=str(REASONS[Because(newest.because)]),
    )


def _outcome(notice: Notification, facts: Facts) -> str:
    answer = facts.answers.get(notice.details.get("answer_id", 0))
    return str(OUTCOMES[answer.outcome]) if answer else ""


def title_line(groups: Sequence[Grouped]) -> str:
    """The subject of a letter: what it says, or how much it says."""
    count = sum(len(group.lines) for group in groups)
    first = groups[0]
    if count == 1:
        sentence = _("%(headline)s: %(title)s", headline=first.lines[0].headline, title=first.title)
        return str(sentence)
    if len(groups) == 1:
        return str(
            _n(
                "%(num)d piece of news: %(title)s",
                "%(num)d pieces of news: %(title)s",
                count,
                title=first.title,
            )
        )
    site = config.settings().site_name
    return str(
        _n("%(site)s: %(num)d piece of news", "%(site)s: %(num)d pieces of news", count, site=site)
    )
