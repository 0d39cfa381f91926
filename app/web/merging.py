"""Merging from the moderator's desk, and withholding a passage: where a text is reworded."""

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue
from wtforms import SelectChoice

from app.accounts.models import Account
from app.campaigns.models import Campaign
from app.foundation.permissions import authorise
from app.foundation.text import clean_line
from app.http.forms.moderating import MergeForm, WithholdForm
from app.http.requests import found, permission_required
from app.moderation import queries
from app.moderation.actions import decide, merge_at_desk
from app.moderation.matters import Matter
from app.moderation.measures import Passage
from app.moderation.models import DecisionAct
from app.moderation.permissions import DECIDE
from app.moderation.rules import RULES_OF
from app.proposals import queries as proposals
from app.proposals.models import Proposal, State
from app.proposals.standing import MERGEABLE
from app.web.addresses import language_of_page
from app.web.desk import View
from app.web.moderating import address_of, desk_of, following, phrase_put

bp = Blueprint("merging", __name__)


@bp.route("/moderating/<slug>/proposal/<int:number>/merge", methods=["GET", "POST"])
@permission_required(DECIDE)
def merge(slug: str, number: int) -> ResponseReturnValue:
    """First choose into which, then say why, and reword the text that holds both."""
    campaign, me = desk_of(slug)
    matter = found(queries.matter("proposal", number, campaign))
    authorise(me, DECIDE, matter)
    source = matter.thing
    assert isinstance(source, Proposal)  # noqa: S101  asked for by its kind
    target = _target(campaign, source)
    similar = queries.similar_to(source)
    if target is None:
        words = clean_line(request.args.get("words"))[:100]
        candidates = queries.targets(campaign, source, words) if words else []
        return render_template(
            "moderating/merge_into.html",
            here="moderating",
            campaign=campaign,
            source=source,
            similar=[near for near in similar if near.state is State.PUBLISHED],
            words=words,
            candidates=candidates,
            view=View.asked(),
        )
    others = [near for near in similar if near.id != target.number and near.state in MERGEABLE]
    form = _merge_form(target, others)
    if (
        form.is_submitted()
        and not phrase_put(form, campaign)
        and form.attempt(lambda: _merge([matter, *_also(form, campaign)], target, form, me))
    ):
        return redirect(following(campaign), 303)
    return (
        render_template(
            "moderating/merge.html",
            here="moderating",
            campaign=campaign,
            source=source,
            target=target.thing,
            others=others,
            phrases=queries.phrases_of(campaign),
            form=form,
            view=View.asked(),
        ),
        form.status,
    )


def _target(campaign: Campaign, source: Proposal) -> Matter | None:
    """The proposal that was chosen, unless it is the very same one."""
    word = request.args.get("into", "")
    if not word.isdecimal() or len(word) > 9 or int(word) == source.id:
        return None
    return found(queries.matter("proposal", int(word), campaign))


def _merge_form(target: Matter, others: list[Proposal]) -> MergeForm:
    form = MergeForm(obj=target.thing) if request.method == "GET" else MergeForm()
    form.also.choices = [
        SelectChoice(near.id, f"{near.reference}, {near.title}") for near in others
    ]
    return form


def _also(form: MergeForm, campaign: Campaign) -> list[Matter]:
    """The others that were ticked, of those that were offered."""
    offered = {choice.value for choice in form.also.choices}
    ticked = [number for number in form.also.data or [] if number in offered]
    return [found(queries.matter("proposal", number, campaign)) for number in ticked]


def _merge(sources: list[Matter], target: Matter, form: MergeForm, me: Account) -> None:
    merge_at_desk(
        sources,
        into=target,
        reason=form.reason.data or "",
        title=form.title.data,
        situation=form.situation.data,
        solution=form.solution.data,
        by=me,
    )


@bp.route("/moderating/<slug>/proposal/<int:number>/withhold", methods=["GET", "POST"])
@permission_required(DECIDE)
def withhold(slug: str, number: int) -> ResponseReturnValue:
    """Show a revision to nobody any more; what stands now is reworded without the passage."""
    campaign, me = desk_of(slug)
    matter = found(queries.matter("proposal", number, campaign))
    authorise(me, DECIDE, matter)
    proposal = matter.thing
    assert isinstance(proposal, Proposal)  # noqa: S101  asked for by its kind
    word = request.args.get("revision", "")
    wanted = int(word) if word.isdecimal() and len(word) < 6 else proposal.current_revision
    revision = found(proposals.revision(proposal, wanted))
    is_current = wanted == proposal.current_revision
    form = WithholdForm(obj=proposal) if request.method == "GET" else WithholdForm()
    form.offer(RULES_OF[DecisionAct.WITHHOLD])
    text = (
        {name: form[name].data or "" for name in ("title", "situation", "solution")}
        if is_current
        else {}
    )
    if (
        form.is_submitted()
        and not phrase_put(form, campaign)
        and form.attempt(
            lambda: decide(
                matter,
                DecisionAct.WITHHOLD,
                rule=form.rule.data or "",
                facts=form.facts.data or "",
                language=language_of_page(),
                passage=Passage(wanted, text),
                by=me,
            )
        )
    ):
        return redirect(address_of(campaign, "proposal", number), 303)
    return (
        render_template(
            "moderating/withhold.html",
            here="moderating",
            campaign=campaign,
            proposal=proposal,
            revision=revision,
            is_current=is_current,
            phrases=queries.phrases_of(campaign),
            form=form,
        ),
        form.status,
    )
