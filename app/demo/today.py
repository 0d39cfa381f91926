"""Campaigns that stand today in each stage, from short files: days are counted from today."""

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

SECTIONS = ("announced", "submission", "sorting", "voting", "review", "answering", "closed")
BEGINS = {
    "announced": (-4, 12, 45, 57, 78, 108, 150),
    "sorting": (-60, -40, -4, 8, 29, 59, 100),
    "voting": (-75, -55, -18, -6, 15, 45, 90),
    "review": (-110, -90, -50, -36, -8, 22, 60),
    "answering": (-150, -130, -90, -76, -46, -6, 40),
}
"""On which day from today each section begins, for a campaign that stands in this stage."""

Told = dict[str, Any]


def stories(told: Mapping[str, Any], today: datetime, zone: ZoneInfo) -> list[Told]:
    """The short stories of ``stories/today.json``, as ``story.tell`` takes them."""
    return [_story(told, each, today, zone) for each in told["stories"]]


def _day(today: datetime, zone: ZoneInfo, day: int, at: time = time()) -> str:
    date = today.astimezone(zone).date() + timedelta(days=day)
    return datetime.combine(date, at, tzinfo=zone).isoformat()


def _story(
    told: Mapping[str, Any], short: Mapping[str, Any], today: datetime, zone: ZoneInfo
) -> Told:
    begins = dict(zip(SECTIONS, BEGINS[short["stage"]], strict=True))

    def at(section: str, day: int = 0, hour: int = 0, minute: int = 0) -> str:
        return _day(today, zone, begins[section] + day, time(hour, minute))

    proposals = [
        _proposal(short, number, each, at) for number, each in enumerate(short["proposals"], 1)
    ]
    made: Told = {
        "participants": [
            *({**each, "roles": []} for each in told["people"]),
            *({**each, "roles": ["moderator"]} for each in told["officers"]),
        ],
        "campaign": _campaign(told, short, at),
        "proposals": proposals,
        "comments": _comments(short, at),
        "votes": {"ballots": _ballots(short)},
    }
    if "group" in short:
        made["groups"] = [_group(short, at)]
    if "commitment" in short:
        made["commitments"] = []
        made["drafts"] = [short["commitment"]]
    made["answers"] = [
        {
            "proposal": _reference(short, each["number"]),
            "outcome": each["outcome"],
            "text": each["text"],
            "language": "lv",
            "by": "Valsts kanceleja",
            "at": at("answering", 2, 11),
        }
        for each in short.get("answers", ())
    ]
    return made


def _reference(short: Mapping[str, Any], number: int) -> str:
    return f"{short['prefix']}-{number:04}"


def _campaign(told: Mapping[str, Any], short: Mapping[str, Any], at: Any) -> Told:
    return {
        "slug": short["slug"],
        "reference_prefix": short["prefix"],
        "default_language": "lv",
        "organiser": short["organiser"],
        "title": short["title"],
        "summary": short["summary"],
        "text": told["about"],
        "themes": told["themes"],
        "contact": told["contact"],
        "is_concluded": False,
        "rules": {
            "max_choices": short.get("limit"),
            "to_support": "email",
            "shortlist_rule": {"kind": "top", "k": short.get("k", 5)},
        },
        "stages": [{"key": section, "opens": at(section)} for section in SECTIONS],
    }


def _proposal(short: Mapping[str, Any], number: int, each: Mapping[str, Any], at: Any) -> Told:
    """Handed in over the first days; the last few of a campaign in sorting still wait."""
    submitted = at("submission", 1 + 2 * number, 9 + number, 7 * number % 60)
    waits = number > len(short["proposals"]) - short.get("waiting", 0)
    return {
        **each,
        "reference": _reference(short, number),
        "number": number,
        "submitted_at": submitted,
        "published_at": None if waits else at("submission", 2 + 2 * number, 10, 5),
        "status": "submitted" if waits else "published",
        "revisions": [each],
    }


def _comments(short: Mapping[str, Any], at: Any) -> list[Told]:
    return [
        {
            **each,
            "id": f"{short['slug']} {number}",
            "proposal": _reference(short, each["number"]),
            "parent": None,
            "at": at("submission", 3 + 2 * each["number"] + number % 3, 12 + number % 9, 11),
        }
        for number, each in enumerate(short["comments"])
    ]


def _ballots(short: Mapping[str, Any]) -> list[list[int]]:
    """Invented ballots, in which each proposal is a little less liked than the one before."""
    people = short.get("votes", 0)
    numbers = range(1, len(short["proposals"]) + 1)
    ballots = (
        [n for n in numbers if (7 * person + 3 * n) % people < people * (0.8 - 0.09 * n)]
        for person in range(people)
    )
    return [chosen for chosen in ballots if chosen]


def _group(short: Mapping[str, Any], at: Any) -> Told:
    """The group, with as many scorers and conclusions as the story has come to."""
    told = dict(short["group"])
    scorers = told["members"][: short["assessed"]]
    listed = range(1, short["k"] + 1)
    return {
        **told,
        "from": at("review")[:10],
        "to": at("closed")[:10],
        "themes": ["lemumi", "lidzdaliba", "valoda"],
        "assessments": [
            {
                "member": member["id"],
                "proposal": _reference(short, number),
                "at": at("review", 3 + place, 10 + number, 15),
                "scores": {
                    key: 5 - (place + number * letter) % 3
                    for letter, key in enumerate(("impact", "feasibility", "openness", "clarity"))
                },
                "recommendation": "take_up" if number < 3 else "take_up_in_part",
                "ground": "Vajadzība ir skaidra, un iestādei ir gan dati, gan tiesības to darīt.",
            }
            for place, member in enumerate(scorers)
            for number in listed
        ],
        "conclusions": [
            {
                "proposal": _reference(short, number),
                "at": at("review", 20, 15, 30),
                "recommendation": "take_up" if number < 3 else "take_up_in_part",
                "text": "Iekļaut apņemšanās projektā: datus iestāde jau vāc, jāmaina ir tas, "
                "kad un kādā valodā tos publicē.",
                "dissent": [],
            }
            for number in (listed if short.get("concluded") else ())
        ],
    }


def with_dates(told: Mapping[str, Any], today: datetime, officers: Sequence[Told]) -> Told:
    """A longer file whose days are counted from today, as ``story.tell`` takes it."""
    zone = ZoneInfo(told["timezone"])

    def at(each: Mapping[str, Any], day: str, hour: str) -> str:
        return _day(today, zone, each[day], time.fromisoformat(each[hour]))

    campaign = {
        **{name: told[name] for name in ("slug", "reference_prefix", "default_language")},
        **{name: told[name] for name in ("title", "summary", "text", "themes", "contact")},
        "organiser": "Organizatorė Jurga",
        "is_concluded": False,
        "rules": {**told["rules"], "to_support": "email"},
        "stages": [
            {"key": each["key"], "opens": _day(today, zone, each["opens_day"])}
            for each in told["stages"]
        ],
    }
    proposals = []
    for each in told["proposals"]:
        submitted = datetime.fromisoformat(at(each, "submitted_day", "submitted_time"))
        dates = {"submitted_at": submitted.isoformat(), "revisions": [each]}
        dates["published_at"] = (submitted + timedelta(minutes=40)).isoformat()
        proposals.append({**each, **dates})
    return {
        "campaign": campaign,
        "participants": [
            *({**each, "roles": []} for each in told["participants"]),
            *({**each, "roles": ["moderator"]} for each in officers),
        ],
        "proposals": proposals,
        "comments": [{**each, "at": at(each, "day", "time")} for each in told["comments"]],
    }
