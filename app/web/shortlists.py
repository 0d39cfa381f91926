"""What goes on to the group, by what rule, and why; and changing it for a public reason."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from app.campaigns import queries as campaigns
from app.campaigns.models import Campaign
from app.campaigns.permissions import SEE_CAMPAIGN
from app.foundation.language import Sentence
from app.foundation.permissions import authorise
from app.foundation.refusals import Invalid
from app.groups import queries as groups
from app.http.caching import cacheable
from app.http.forms.shortlists import AddForm, AssignForm, RemoveForm
from app.http.requests import (
    actor,
    found,
    may_see,
    open_to_everyone,
    permission_required,
    signed_in,
)
from app.proposals import queries as proposals
from app.proposals.models import Proposal
from app.proposals.standing import shows_text
from app.review import actions, queries
from app.review.models import Conclusion, ShortlistChange, ShortlistEntry
from app.review.permissions import ASSIGN_REVIEW, CHANGE_SHORTLIST
from app.voting.models import Count
from app.web import opinions

bp = Blueprint("shortlists", __name__)
for _name, _function in opinions.FOR_TEMPLATES.items():
    bp.add_app_template_global(_function, _name)


@dataclass(frozen=True)
class Line:
    """One proposal on the list, or that was on it, and all that explains it."""

    entry: ShortlistEntry
    count: Count | None
    changes: list[ShortlistChange]
    conclusion: Conclusion | None
    why: list[str]


@bp.get("/campaigns/<slug>/shortlist")
@open_to_everyone
@cacheable
def shortlist(slug: str) -> ResponseReturnValue:
    campaign = may_see(SEE_CAMPAIGN, campaigns.by_slug(slug))
    lines = _lines(campaign)
    on_list = [line for line in lines if line.entry.is_on_list]
    return render_template(
        "shortlists/shortlist.html",
        campaign=campaign,
        is_published=queries.shortlist_is_published(campaign),
        rule=rule_in_words(campaign.shortlist_rule),
        number=len(on_list),
        sections=_sections(on_list),
        added=[line for line in on_list if not line.entry.by_rule],
        removed=[line for line in lines if not line.entry.is_on_list],
        counted=queries.how_many_were_counted(campaign),
        may_change=CHANGE_SHORTLIST.allows(actor(), campaign),
    )


@bp.get("/campaigns/<slug>/shortlist.json")
@open_to_everyone
@cacheable
def as_json(slug: str) -> ResponseReturnValue:
    """The same as data: every entry with its place, its reasons and what the group thinks."""
    campaign = may_see(SEE_CAMPAIGN, campaigns.by_slug(slug))
    lines = _lines(campaign)
    scores = queries.open_assessments([line.entry.id for line in lines])
    return {
        "campaign": slug,
        "rule": campaign.shortlist_rule,
        "published": queries.shortlist_is_published(campaign),
        "entries": [
            {
                **opinions.opinion_as_json(
                    line.entry, scores.get(line.entry.id, []), line.conclusion
                ),
                "title": line.entry.proposal.title if shows_text(line.entry.proposal) else None,
                "language": line.entry.proposal.language,
                "on_list": line.entry.is_on_list,
                "position": line.entry.position,
                "by_rule": line.entry.by_rule,
                "without_count": line.entry.is_without_count,
                "supports": line.count.supports if line.count else None,
                "place": line.count.place if line.count else None,
                "place_in_theme": line.count.place_in_theme if line.count else None,
                "changes": [
                    {
                        "kind": change.kind.value,
                        "reason": change.reason,
                        "at": change.changed_at.isoformat(),
                        "by": opinions.name_of(change.changed_by),
                    }
                    for change in line.changes
                ],
            }
            for line in lines
        ],
    }


# ── Changing it ──────────────────────────────────────────────────────────────────────────────


@bp.route("/campaigns/<slug>/shortlist/change", methods=["GET", "POST"])
@permission_required(CHANGE_SHORTLIST)
def change(slug: str) -> ResponseReturnValue:
    """Add a proposal, take one off, say which group reviews it."""
    campaign = found(campaigns.by_slug(slug))
    authorise(signed_in(), CHANGE_SHORTLIST, campaign)
    form = AddForm()

    def add() -> None:
        proposal = _named(campaign, form.proposal.data)
        actions.add_to_shortlist(proposal, reason=form.reason.data or "", by=signed_in())

    if form.attempt(add):
        flash(_("Added. The reason is on the shortlist for everybody to read."), "success")
        return redirect(url_for(".shortlist", slug=slug), 303)
    offered, entries = queries.groups_in(campaign), queries.entries_of(campaign)
    page = render_template(
        "shortlists/change.html",
        campaign=campaign,
        form=form,
        entries=entries,
        concluded=queries.latest_conclusions([entry.id for entry in entries]),
        groups=offered,
        may_assign=len(offered) > 1,
        most=actions.LONGEST_REASON,
    )
    return page, form.status


@bp.route("/campaigns/<slug>/shortlist/<reference>/remove", methods=["GET", "POST"])
@permission_required(CHANGE_SHORTLIST)
def remove(slug: str, reference: str) -> ResponseReturnValue:
    entry = _entry(slug, reference)
    authorise(signed_in(), CHANGE_SHORTLIST, entry)
    form = RemoveForm()
    if form.attempt(
        lambda: actions.remove_from_shortlist(entry, reason=form.reason.data or "", by=signed_in())
    ):
        flash(_("Taken off. The reason is on the shortlist for everybody to read."), "success")
        return redirect(url_for(".shortlist", slug=slug), 303)
    page = render_template(
        "shortlists/remove.html",
        campaign=entry.campaign,
        entry=entry,
        form=form,
        most=actions.LONGEST_REASON,
    )
    return page, form.status


@bp.post("/campaigns/<slug>/shortlist/<reference>/group")
@permission_required(ASSIGN_REVIEW)
def assign(slug: str, reference: str) -> ResponseReturnValue:
    entry, form = _entry(slug, reference), AssignForm()
    chosen = groups.group(form.chosen) if form.chosen else None
    actions.assign_review(entry, group=chosen, by=signed_in())
    flash(_("The proposal lies before this group now."), "success")
    return redirect(url_for(".change", slug=slug), 303)


def _entry(slug: str, reference: str) -> ShortlistEntry:
    entry = found(queries.entry_by_reference(reference))
    return found(entry if entry.campaign.slug == slug else None)


def _named(campaign: Campaign, reference: str | None) -> Proposal:
    """The proposal of this campaign that somebody named, however they wrote it."""
    proposal = proposals.by_reference((reference or "").strip().upper())
    if proposal is None or proposal.campaign_id != campaign.id:
        raise Invalid({"proposal": _("There is no proposal with this reference in this campaign.")})
    return proposal


# ── Why ──────────────────────────────────────────────────────────────────────────────────────


def rule_in_words(rule: Mapping[str, Any]) -> Sentence:
    """The rule that was promised before voting opened, as one sentence."""
    k, n = int(rule.get("k", 0)), int(rule.get("n", 0))
    if rule.get("rule") == "top":
        return ngettext(
            "The %(num)d most supported proposal goes on.",
            "The %(num)d most supported proposals go on.",
            k,
        )
    if rule.get("rule") == "top-per-theme":
        return ngettext(
            "In each theme the %(num)d most supported proposal goes on.",
            "In each theme the %(num)d most supported proposals go on.",
            k,
        )
    if rule.get("rule") == "at-least":
        return ngettext(
            "Every proposal that at least %(num)d person supported goes on.",
            "Every proposal that at least %(num)d people supported goes on.",
            n,
        )
    return ngettext(
        "%(num)d proposal goes on, chosen so that as many people as possible find one of "
        "theirs on the list (fair share).",
        "%(num)d proposals go on, chosen so that as many people as possible find one of "
        "theirs on the list (fair share).",
        k,
    )


def _lines(campaign: Campaign) -> list[Line]:
    counts, changes = queries.counts_of_entries(campaign), queries.changes_of(campaign)
    last, entries = queries.last_places(campaign), queries.entries_of(campaign)
    conclusions = queries.latest_conclusions([entry.id for entry in entries])
    return [
        Line(
            entry,
            counts.get(entry.proposal_id),
            list(changes.get(entry.id, [])),
            conclusions.get(entry.id),
            _why(campaign, entry, counts.get(entry.proposal_id), last),
        )
        for entry in entries
    ]


def _why(
    campaign: Campaign,
    entry: ShortlistEntry,
    count: Count | None,
    last: Mapping[int | None, queries.LastPlace],
) -> list[str]:
    """Sentences that say why a proposal is on the list, or where it stood without being."""
    if entry.is_without_count:
        return [
            _(
                "It was restored after voting had opened, so its support could not be counted. "
                "It goes to the group without a count."
            )
        ]
    if count is None:
        return []
    per_theme = campaign.shortlist_rule.get("rule") == "top-per-theme"
    supported = ngettext(
        "%(num)d person supported it.", "%(num)d people supported it.", count.supports
    )
    place = count.place_in_theme if per_theme else count.place
    words = [
        _("It came in place %(place)s in its theme.", place=place)
        if per_theme
        else _("It came in place %(place)s of all.", place=place),
        supported,
    ]
    line = last.get(entry.proposal.theme_id if per_theme else None)
    if line and campaign.shortlist_rule.get("rule") in {"top", "top-per-theme"}:
        words.append(
            ngettext(
                "The last place needed %(num)d.", "The last place needed %(num)d.", line.supports
            )
        )
        if entry.by_rule and count.supports == line.supports and line.tied > 1:
            words.append(
                ngettext(
                    "%(num)d proposal shares the last place; all who share it go on.",
                    "%(num)d proposals share the last place; all who share it go on.",
                    line.tied,
                )
            )
    return words


def _sections(lines: list[Line]) -> list[tuple[Any, list[Line]]]:
    """The list by theme, in the order of the themes; what has none last."""
    themes = {line.entry.proposal.theme_id: line.entry.proposal.theme for line in lines}
    ordered = sorted(
        themes.values(), key=lambda theme: (theme is None, theme.position if theme else 0)
    )
    return [
        (theme, [line for line in lines if line.entry.proposal.theme_id == (theme and theme.id)])
        for theme in ordered
    ]
