"""What people do, one word of the story at a time: in a real browser, by the pages' own forms.

Fields are found by their names, buttons by the form that they belong to, links by where they
lead, so that a story holds in any language. Where a word matters, the story asks the
application's own catalogue for it.
"""

import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from email.message import EmailMessage
from time import monotonic, sleep
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Locator, Page, Response

from tests.live import LiveServer
from tests.postbox import Postbox

LANGUAGE = "lv"
LETTERS_COME_WITHIN = 60.0
PAGES_COME_WITHIN = 30_000
"""Milliseconds."""


@dataclass
class House:
    """The installation, a browser to look at it, and the mail server to which it writes."""

    server: LiveServer
    browser: Browser
    mail: Postbox
    scripts: bool
    """Whether people's browsers run scripts."""
    everybody: list["Person"] = field(default_factory=list)

    def newcomer(self, name: str) -> "Person":
        """Somebody who has never been here, with a browser of their own."""
        context = self.browser.new_context(java_script_enabled=self.scripts, locale="lv-LV")
        context.set_default_timeout(PAGES_COME_WITHIN)
        person = Person(self, name, context, context.new_page())
        self.everybody.append(person)
        return person

    def close(self) -> None:
        for person in self.everybody:
            person.context.close()

    def letter(self, to: "Person", containing: str) -> EmailMessage:
        """The newest letter to somebody that contains these words; waited for."""
        until = monotonic() + LETTERS_COME_WITHIN
        while monotonic() < until:
            found: list[EmailMessage] = self.mail.to(to.email)
            for message in found[::-1]:
                if containing in in_one_line(text_of(message)):
                    return message
            sleep(0.05)
        subjects = [str(message["Subject"]) for message in self.mail.to(to.email)]
        raise AssertionError(f"{to.name} got no letter with {containing!r}, but {subjects}")


@dataclass(eq=False)
class Person:
    house: House
    name: str
    context: BrowserContext
    page: Page
    complaints: list[str] = field(default_factory=list)
    """What the browser's console said was wrong."""

    def __post_init__(self) -> None:
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on(
            "console",
            lambda said: (
                self.complaints.append(said.text)
                if "Content Security Policy" in said.text
                else None
            ),
        )

    @property
    def email(self) -> str:
        letters = self.name.lower().translate(str.maketrans("āčēģīķļņšūž", "acegiklnsuz"))
        return letters.replace(" ", ".") + "@people.example"

    # ── Finding one's way ────────────────────────────────────────────────────────────────────

    def goes(self, path: str) -> None:
        """Open an address of this site in Latvian; where a session has ended, sign in again."""
        answer = self.page.goto(self.house.server.url + f"/{LANGUAGE}/{path}")
        if "/sign-in" in self.page.url and "sign-in" not in path:
            sign_in(self, here=True)
        else:
            self._arrived(answer)

    def follows_link(self, end: str) -> None:
        """Press the link of this page whose address ends so."""
        self.leaves_by(self.page.locator(f'main a[href$="{end}"]').first.click)

    def leaves_by(self, act: Callable[[], Any]) -> None:
        """Do what leads to another page, and be there."""
        with self.page.expect_navigation() as navigation:
            act()
        self._arrived(navigation.value)

    def sends(self, holding: str, button: str = "button.is-main") -> None:
        """Send the form that holds this; a refusal shown on the next page fails the story."""
        form = self.page.locator(f"main form:has({holding})").first
        self.leaves_by(form.locator(button).first.click)

    def _arrived(self, answer: Response | None) -> None:
        refused = self.page.locator(".faults")
        said = refused.all_inner_texts() if refused.count() else []
        status = answer.status if answer else 0
        if status >= 400 or said:
            heading = self.page.locator("h1").all_inner_texts()
            raise AssertionError(f"{self.name} at {self.page.url}: {status} {heading} {said}")
        assert self.page.locator("html").get_attribute("lang") == LANGUAGE

    def writes(self, **texts: str) -> None:
        """Fill fields of this page by their names."""
        for name, text in texts.items():
            self.field(name).fill(text)

    def picks(self, name: str, value: str) -> None:
        """Tick a box or choose a radio button."""
        self.page.locator(f'main [name="{name}"][value="{value}"]').first.check()

    def selects(self, name: str, value: str) -> None:
        self.field(name).select_option(value)

    def field(self, name: str) -> Locator:
        return self.page.locator(f'main [name="{name}"]').first

    @property
    def path(self) -> str:
        return urlsplit(self.page.url).path

    @property
    def heading(self) -> str:
        return self.page.locator("h1").inner_text()

    @property
    def reads(self) -> str:
        """All the words of the page."""
        return self.page.locator("main").inner_text()

    def has_link(self, end: str) -> bool:
        return self.page.locator(f'main a[href$="{end}"]').count() > 0


def text_of(message: EmailMessage) -> str:
    """Its subject and its words, a line for a line."""
    body = message.get_body(("plain",))
    assert body is not None
    return str(message["Subject"]) + "\n" + str(body.get_content())


def in_one_line(text: str) -> str:
    return " ".join(text.split())


# ── Everybody ────────────────────────────────────────────────────────────────────────────────


def sign_in(person: Person, *, here: bool = False) -> None:
    """Ask for a mail, read it, type its code; somebody new says who they are."""
    if not here:
        person.page.goto(person.house.server.url + f"/{LANGUAGE}/sign-in")
    known = len(person.house.mail.to(person.email))
    person.writes(email=person.email)
    person.sends("[name=email]")
    person.writes(code=code_from(person, after=known))
    person.sends("[name=code]")
    if person.path.endswith("/welcome"):
        person.writes(display_name=person.name)
        assert person.field("language").input_value() == LANGUAGE
        person.field("is_old_enough").check()
        person.sends("[name=display_name]")
    assert person.page.locator("details.viewer").count() == 1


def code_from(person: Person, *, after: int) -> str:
    """The code of the mail that comes after so many."""
    until = monotonic() + LETTERS_COME_WITHIN
    while monotonic() < until:
        for message in person.house.mail.to(person.email)[after:]:
            if found := re.search(r"^(\d{6})\s*$", text_of(message), re.MULTILINE):
                return found[1]
        sleep(0.05)
    raise AssertionError(f"No code came to {person.email}.")


def let_time_pass(anybody: Person, *, to_next_stage: bool = False) -> None:
    """By the demonstration's page: an hour, or as far as the only campaign's next stage."""
    anybody.house.server.settle()
    anybody.goes("demonstration/")
    wanted = "button[name=campaign]" if to_next_stage else "button[name=leap][value=hour]"
    anybody.leaves_by(anybody.page.locator(wanted).first.click)
    anybody.house.server.settle()


def appoint_administrator(person: Person) -> None:
    """The first one is appointed by whoever runs the server."""
    command = ["-m", "flask", "--app", "wsgi", "accounts", "appoint", person.email]
    done = subprocess.run(
        [
            sys.executable,
            *command,
            "administrator",
            "--name",
            person.name,
            "--reason",
            "Uztur šo vietni.",
        ],
        env=person.house.server.environment,
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr


# ── The organiser ────────────────────────────────────────────────────────────────────────────


def create_campaign(administrator: Person, organiser: Person, *, slug: str, title: str) -> None:
    administrator.goes("organising/")
    administrator.follows_link("/organising/create")
    administrator.writes(
        title_lv=title,
        slug=slug,
        reference_prefix="TALKA",
        contact_email="kampana@iestade.example",
        organiser=organiser.email,
        reason="Jaunais rīcības plāns jāraksta kopā ar iedzīvotājiem.",
    )
    administrator.sends("[name=slug]")


def write_texts(organiser: Person, slug: str) -> None:
    organiser.goes(f"organising/{slug}/")
    organiser.follows_link("/texts")
    organiser.writes(
        summary_lv="Ko valstij jādara atklātāk? Iesniedziet priekšlikumus rīcības plānam.",
        text_lv="Visi priekšlikumi saņems pamatotu atbildi.",
        contact_organisation_lv="Valsts kanceleja",
        contact_person="Olga Organizatore",
    )
    organiser.sends("[name=summary_lv]")


def set_dates(organiser: Person, slug: str, **dates: str) -> None:
    organiser.goes(f"organising/{slug}/dates")
    organiser.writes(**dates)
    organiser.sends("[name=voting_opens_at]")


def promise_shortlist(organiser: Person, slug: str, *, places: int) -> None:
    organiser.goes(f"organising/{slug}/promises")
    organiser.picks("shortlist_rule", "top")
    organiser.writes(shortlist_number=str(places))
    organiser.sends("[name=shortlist_number]")


def make_group(organiser: Person, name: str, *, since: str) -> str:
    """A working group; its word in addresses."""
    organiser.goes("groups/new")
    organiser.writes(name_lv=name, mandate_lv="Izvērtē atlasītos priekšlikumus.", sits_from=since)
    organiser.sends("[name=name_lv]")
    return organiser.path.split("/")[-2]


def seat(organiser: Person, group: str, member: Person, *, organisation: str, sector: str) -> None:
    organiser.goes(f"groups/{group}/seats")
    organiser.writes(person=member.email, organisation=organisation)
    organiser.selects("sector", sector)
    organiser.sends("[name=person]")


def let_chair(organiser: Person, group: str, member: Person) -> None:
    organiser.goes(f"groups/{group}/seats")
    row = organiser.page.locator("li.row", has_text=member.name)
    organiser.leaves_by(row.locator('form[action$="/chair"] button').click)


def add_theme(organiser: Person, slug: str, name: str, *, group: str) -> None:
    organiser.goes(f"organising/{slug}/themes")
    organiser.writes(name_lv=name, hint_lv="Kā domes strādā un kā to redzēt.")
    organiser.field("group").select_option(label=group)
    organiser.sends("[name=name_lv]")


def appoint_moderator(organiser: Person, slug: str, person: Person) -> None:
    organiser.goes(f"organising/{slug}/people")
    organiser.writes(person=person.email, reason="Pieredze līdzdalības jautājumos.")
    organiser.picks("office", "moderator")
    organiser.sends("[name=person]")


def announce(organiser: Person, slug: str) -> None:
    organiser.goes(f"organising/{slug}/")
    organiser.follows_link("/announce")
    organiser.sends("button.is-main")


def conclude_campaign(organiser: Person, slug: str) -> None:
    organiser.goes(f"answering/{slug}/")
    form = organiser.page.locator('form[action$="/conclude"]')
    organiser.leaves_by(form.locator("button").click)


# ── Citizens ─────────────────────────────────────────────────────────────────────────────────


def propose(citizen: Person, slug: str, *, title: str, situation: str, solution: str) -> str:
    """Write a draft, save it, look at the preview, hand it in; its public reference."""
    citizen.goes(f"campaigns/{slug}/propose")
    citizen.writes(title=title, situation=situation)
    citizen.sends("[name=situation]", "button[name=save]")
    assert "/drafts/" in citizen.path
    assert citizen.field("situation").input_value() == situation
    citizen.writes(solution=solution)
    citizen.picks("values", "transparency")
    citizen.page.locator("select[name=theme]").select_option(index=1)
    citizen.sends("[name=situation]", "button[name=preview]")
    assert citizen.path.endswith("/preview")
    assert solution in citizen.reads
    citizen.leaves_by(citizen.page.locator("#submit").click)
    return citizen.path.rstrip("/").split("/")[-1]


def revise_and_submit_again(citizen: Person, reference: str, *, solution: str, note: str) -> None:
    citizen.goes(f"proposals/{reference}/")
    citizen.follows_link(f"/{reference}/revise")
    citizen.writes(solution=solution, note=note)
    citizen.sends("[name=note]", "button[name=submit_again]")


def comment(citizen: Person, reference: str, text: str, *, position: str) -> None:
    citizen.goes(f"proposals/{reference}/")
    citizen.picks("position", position)
    citizen.page.locator("#write-comment [name=text]").fill(text)
    citizen.leaves_by(citizen.page.locator("#write-comment button[type=submit]").click)


def reply(citizen: Person, reference: str, text: str) -> None:
    """Answer the first comment."""
    citizen.goes(f"proposals/{reference}/")
    citizen.leaves_by(citizen.page.locator('a[href*="reply="]').first.click)
    citizen.page.locator("#reply [name=text]").fill(text)
    citizen.leaves_by(citizen.page.locator("#reply button[type=submit]").click)


def follow(citizen: Person, reference: str) -> None:
    citizen.goes(f"proposals/{reference}/")
    citizen.leaves_by(citizen.page.locator("#follow").click)


def support(citizen: Person, slug: str, reference: str, *, is_first: bool = False) -> str:
    """Support a proposal, agreeing first to its being kept; the code of what was recorded."""
    citizen.goes(f"proposals/{reference}/")
    box = citizen.page.locator(f"#support-{reference}")
    consent = box.locator("[name=consent]")
    assert consent.count() == int(is_first)
    if is_first:
        consent.check()
    if citizen.house.scripts:
        box.locator("button.is-main").click()
        code = str(box.locator(".code").inner_text())  # Waits for the fragment.
        assert citizen.path.endswith(f"/proposals/{reference}/")
    else:
        citizen.leaves_by(box.locator("button.is-main").click)
        assert citizen.path.endswith("/support/recorded")
        code = str(citizen.page.locator("#code").inner_text())
    citizen.goes(f"campaigns/{slug}/my-support")
    row = citizen.page.locator("tr", has_text=reference)
    assert row.locator(".code").inner_text() == code
    return code


# ── Moderators ───────────────────────────────────────────────────────────────────────────────


def open_at_desk(moderator: Person, slug: str, reference: str) -> None:
    """Find a proposal on the desk and open it."""
    moderator.goes(f"moderating/{slug}/")
    row = moderator.page.locator("tr", has_text=reference)
    moderator.leaves_by(row.locator("a").first.click)
    assert reference in moderator.page.locator("#opened .ref").first.inner_text()


def publish(moderator: Person, slug: str, reference: str) -> None:
    open_at_desk(moderator, slug, reference)
    moderator.leaves_by(moderator.page.locator("#opened button[value=publish]").click)


def send_back(moderator: Person, slug: str, reference: str, reason: str) -> None:
    open_at_desk(moderator, slug, reference)
    moderator.page.locator("#opened [name=rule]").select_option(index=1)
    moderator.page.locator("#opened [name=facts]").fill(reason)
    moderator.leaves_by(moderator.page.locator("#opened button[value=return]").click)


def merge(moderator: Person, slug: str, source: str, *, into: str, reason: str) -> None:
    open_at_desk(moderator, slug, source)
    moderator.leaves_by(moderator.page.locator('#opened .acts a[href*="/merge"]').click)
    moderator.writes(words=into)
    moderator.sends("[name=words]", "button[type=submit]")
    found = moderator.page.locator("ul.similar li", has_text=into)
    moderator.leaves_by(found.locator("a").first.click)
    moderator.writes(reason=reason)
    moderator.sends("[name=reason]")


def promote(moderator: Person, slug: str, reference: str, *, title: str, reason: str) -> int:
    """Turn a proposal into a draft commitment; its number in addresses."""
    moderator.goes(f"drafting/{slug}/")
    moderator.follows_link(f"/{reference}/promote")
    assert moderator.page.locator("[name=relation]:checked").count() == 1  # The group's word.
    moderator.writes(title=title, reason=reason)
    moderator.sends("[name=relation]")
    return int(moderator.path.split("/")[-2])


def save_version(drafter: Person, commitment: int, **texts: str) -> None:
    drafter.goes(f"commitments/{commitment}/edit")
    drafter.writes(**texts)
    drafter.sends("[name=note]")


def write_origin(drafter: Person, commitment: int, **words: str) -> None:
    """Say from which passage of a proposal a passage of the commitment comes."""
    drafter.goes(f"commitments/{commitment}/origins/new")
    drafter.selects("field", words.pop("field"))
    drafter.selects("relation", words.pop("relation"))
    drafter.writes(**words)
    drafter.sends("[name=proposal_passage]")


def answer(moderator: Person, reference: str, *, slug: str, outcome: str, text: str) -> None:
    moderator.goes(f"answering/{slug}/")
    moderator.follows_link(f"/{reference}/answer")
    moderator.picks("outcome", outcome)
    moderator.writes(text=text)
    moderator.sends("[name=outcome]")


# ── The group ────────────────────────────────────────────────────────────────────────────────


def score(member: Person, group: str, slug: str, *, points: int, ground: str) -> None:
    """Score what comes next."""
    member.goes(f"groups/{group}/")
    member.follows_link(f"/groups/{group}/review/{slug}/")
    for criterion in ("impact", "feasibility", "openness", "clarity"):
        member.picks(criterion, str(points))
    member.selects("recommendation", "take_up")
    member.writes(ground=ground)
    member.sends("[name=ground]")


def conclude(chair: Person, group: str, slug: str, reference: str, *, reasons: str) -> None:
    chair.goes(f"groups/{group}/review/{slug}/")
    chair.follows_link(f"/opinions/{reference}")
    chair.follows_link(f"/{reference}/conclude")
    chair.selects("recommendation", "take_up")
    chair.writes(reasons=reasons, dissent="")
    chair.sends("[name=reasons]")


# ── Tracing ──────────────────────────────────────────────────────────────────────────────────


def knots(reader: Person) -> list[str]:
    """What the trace page that is open tells, as its data names it; the page shows as many."""
    link = reader.page.locator('main a[href$="/trace"]', has_text="JSON").get_attribute("href")
    answer = reader.context.request.get(reader.house.server.url + str(link))
    told = [str(knot["kind"]) for knot in answer.json()["knots"]]
    past = reader.page.locator("section[aria-labelledby=steps] li.knot.is-past")
    assert past.count() == len(told)
    assert past.locator("time, .knot-when").count() >= len(told)
    return told
