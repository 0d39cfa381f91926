"""Which addresses stand for a route. A route whose parts are not named here has no sample."""

from dataclasses import dataclass

from flask import Flask
from werkzeug.routing import Rule

from app.campaigns.stages import Stage
from app.http.requests import EVERYONE
from tests.routes.grounds import Ground

Parts = dict[str, str]
"""What stands for each part of an address: a name in the ground, or ``=word`` for the word."""

OURS = {"language": "=en"}
OF_CAMPAIGN = {"slug": "campaign"}
OF_GROUP = {"slug": "group", "campaign_slug": "campaign", "reference": "listed"}
PUBLISHED = {"reference": "published"}
SHORTLISTED = {**OF_CAMPAIGN, "reference": "listed"}
PROMISED = {"commitment_id": "commitment", "origin_id": "origin"}
DRAFTED = {"draft_id": "draft", **OF_CAMPAIGN, **PUBLISHED, "proposal_id": "published number"}
IN_EACH_STATE = {state: {"reference": state} for state in ("published", "submitted", "hidden")}
ON_DESK = {**OF_CAMPAIGN, "account_id": "author"}

PLACES: dict[str, Parts] = {
    "administration": {"number": "person"},
    "answering": {**OF_CAMPAIGN, **PUBLISHED},
    "answers": OF_CAMPAIGN,
    "api_answers": OF_CAMPAIGN,
    "api_campaigns": OF_CAMPAIGN,
    "api_commitments": {**OF_CAMPAIGN, **PROMISED},
    "api_decisions": OF_CAMPAIGN,
    "api_proposals": OF_CAMPAIGN,
    "api_traces": {**OF_CAMPAIGN, **PROMISED},
    "api_voting": OF_CAMPAIGN,
    "campaigns": OF_CAMPAIGN,
    "commitments": PROMISED,
    "decisions": {**OF_CAMPAIGN, "number": "decision"},
    "drafting": {"campaign_slug": "campaign", "reference": "listed", **PROMISED},
    "groups": {**OF_GROUP, "membership_id": "seat"},
    "inbox": {},
    "merging": {**ON_DESK, "number": "published number"},
    "moderating": ON_DESK,
    "my": {"number": "browser"},
    "organising": {
        **OF_CAMPAIGN,
        "theme_id": "theme",
        "appointment_id": "office",
        "which": "=review_closes_at",
    },
    "phrases": {**OF_CAMPAIGN, "number": "phrase"},
    "plans": {"slug": "plan"},
    "proposals": {**OF_CAMPAIGN, **PUBLISHED, "comment_id": "comment"},
    "proposing": DRAFTED,
    "reporting": {"number": "decision"},
    "results": OF_CAMPAIGN,
    "reviewing": OF_GROUP,
    "shortlists": SHORTLISTED,
    "signing_in": {"public_id": "asked", "token": "link"},
    "suspending": ON_DESK,
    "traces": {**OF_CAMPAIGN, **PROMISED},
    "unsubscribing": {"token": "letter"},
    "voting": OF_CAMPAIGN,
}
"""What the parts of an address mean on each of our pages and interfaces."""

ANY_OF: dict[str, dict[str, Parts]] = {
    "administration.end_appointment": {"": {"number": "house office"}},
    "api_proposals.proposal": IN_EACH_STATE,
    "api_proposals.revisions": IN_EACH_STATE,
    "api_proposals.thread": IN_EACH_STATE,
    "api_traces.proposal_trace": IN_EACH_STATE,
    "proposals.proposal": IN_EACH_STATE,
    "proposals.revisions": IN_EACH_STATE,
    "proposals.comment": IN_EACH_STATE,
    "proposals.follow": IN_EACH_STATE,
    "proposals.one_comment": {"": {}, "hidden": {"comment_id": "hidden comment"}},
    "proposing.revise": IN_EACH_STATE,
    "proposing.withdraw": IN_EACH_STATE,
    "short_addresses.go": IN_EACH_STATE,
    "traces.proposal_trace": IN_EACH_STATE,
    "moderating.item": {
        "submitted": {"kind": "=proposal", "number": "submitted number"},
        "comment": {"kind": "=comment", "number": "comment"},
        "appeal": {"kind": "=decision", "number": "appealed"},
    },
    "moderating.take": {"submitted": {"kind": "=proposal", "number": "submitted number"}},
    "moderating.let_go": {"submitted": {"kind": "=proposal", "number": "submitted number"}},
    "moderating.undo": {
        "decision": {"kind": "=decision", "number": "decision"},
        "publication": {"kind": "=publication", "number": "published number"},
        "merge": {"kind": "=merge", "number": "merge"},
    },
    "reporting.report": {
        "published": {"kind": "=proposal", "number": "published number"},
        "submitted": {"kind": "=proposal", "number": "submitted number"},
        "comment": {"kind": "=comment", "number": "comment"},
        "hidden comment": {"kind": "=comment", "number": "hidden comment"},
    },
    "static": {"": {"filename": "=css/talka.css"}},
}
"""Routes whose answer depends on more than the stage: a sample for each case, by its name."""

NAMED_IN_BODY = {
    "voting.support": {"proposal": "published"},
    "voting.withdraw": {"proposal": "published"},
    "voting.receipt": {"proposal": "published"},
    "api_voting.support": {"proposal": "published"},
    "api_voting.withdraw": {"proposal": "published"},
}
"""Whatever else a body would say is left out: a form without words. These name what they mean."""

NOT_A_VIEW_OF_OURS = {"static", "openapi.spec"}
"""Files and the interface's description: the frameworks serve them, to everybody."""


@dataclass(frozen=True)
class Sample:
    """One address to ask, standing for a route."""

    method: str
    rule: Rule
    case: str
    parts: Parts
    who: str | None

    @property
    def address(self) -> str:
        return self.rule.rule.replace("<any(lv, lt, en):language>", "<language>")

    def names(self) -> set[str]:
        """The things it needs of the ground."""
        body = NAMED_IN_BODY.get(self.rule.endpoint, {})
        return {each for each in self.parts.values() if each[:1] != "="} | set(body.values())

    def values(self, ground: Ground) -> Ground:
        return {
            part: name[1:] if name[:1] == "=" else ground[name] for part, name in self.parts.items()
        }

    def body(self, ground: Ground) -> Ground:
        named = NAMED_IN_BODY.get(self.rule.endpoint, {})
        return {field: ground[name] for field, name in named.items()}

    def stages(self, house: Ground, grounds: dict[Stage, Ground]) -> list[Stage | None]:
        """Where there is such a thing; None for what belongs to no campaign."""
        wanted = self.names() - house.keys()
        if not wanted:
            return [None]
        return [stage for stage, ground in grounds.items() if wanted <= ground.keys()]


PARTS_OF_IT = {
    "account_id",
    "appointment_id",
    "campaign_slug",
    "membership_id",
    "number",
    "reference",
    "theme_id",
}
MISPLACED = "of another"
"""A thing asked for under a campaign or a group that is not its own, where the same people hold
the same offices: nobody finds it there."""


class NoSample(LookupError):
    """Routes of which nobody has said who may ask, or what the parts of their address mean."""


def samples(app: Flask) -> list[Sample]:
    """Every method of every route, in the order of their addresses."""
    rules = sorted(app.url_map.iter_rules(), key=lambda rule: (rule.rule, rule.endpoint))
    if faults := [fault for rule in rules if (fault := _fault(app, rule))]:
        raise NoSample("\n".join(["", *faults]))
    return [
        Sample(method, rule, case, _parts(rule, parts), _who(app, rule))
        for rule in rules
        for case, parts in _cases(rule).items()
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
    ]


def _cases(rule: Rule) -> dict[str, Parts]:
    place = {**OURS, **PLACES.get(rule.endpoint.partition(".")[0], {})}
    cases = {
        case: {**place, **parts} for case, parts in ANY_OF.get(rule.endpoint, {"": {}}).items()
    }
    if "slug" in rule.arguments and rule.arguments & PARTS_OF_IT:
        first = next(iter(cases.values()))
        cases[MISPLACED] = first | {"slug": f"{first['slug']} beside"}
    return cases


def _parts(rule: Rule, known: Parts) -> Parts:
    return {part: known[part] for part in rule.arguments}


def _who(app: Flask, rule: Rule) -> str | None:
    if rule.endpoint in NOT_A_VIEW_OF_OURS:
        return EVERYONE
    return getattr(app.view_functions[rule.endpoint], "who", None)


def _fault(app: Flask, rule: Rule) -> str | None:
    if _who(app, rule) is None:
        return f"{rule.rule} does not say who may ask for it"
    if unknown := {part for case in _cases(rule).values() for part in rule.arguments - case.keys()}:
        return f"{rule.rule} ({rule.endpoint}) has no sample: what is {', '.join(sorted(unknown))}?"
    return None
