"""Saved phrases: words that moderators often need, each with a gap for the specific."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.foundation.permissions import authorise
from app.http.forms.moderating import PhraseForm
from app.http.requests import found, permission_required
from app.moderation import queries
from app.moderation.actions import change_phrase, remove_phrase, save_phrase
from app.moderation.permissions import KEEP_PHRASES
from app.web.addresses import language_of_page
from app.web.moderating import desk_of

bp = Blueprint("phrases", __name__)


@bp.route("/moderating/<slug>/phrases/", methods=["GET", "POST"])
@permission_required(KEEP_PHRASES)
def phrases(slug: str) -> ResponseReturnValue:
    campaign, me = desk_of(slug)
    authorise(me, KEEP_PHRASES, campaign)
    form = PhraseForm(language=language_of_page())
    if form.attempt(
        lambda: save_phrase(
            campaign,
            name=form.name.data or "",
            text=form.text.data or "",
            language=form.language.data or "",
            by=me,
        )
    ):
        flash(_("The phrase is saved."), "success")
        return redirect(url_for("phrases.phrases", slug=slug), 303)
    return (
        render_template(
            "moderating/phrases.html",
            here="moderating",
            campaign=campaign,
            phrases=queries.phrases_of(campaign),
            form=form,
        ),
        form.status,
    )


@bp.route("/moderating/<slug>/phrases/<int:number>", methods=["GET", "POST"])
@permission_required(KEEP_PHRASES)
def phrase(slug: str, number: int) -> ResponseReturnValue:
    campaign, me = desk_of(slug)
    authorise(me, KEEP_PHRASES, campaign)
    kept = found(queries.phrase(number, campaign))
    form = PhraseForm(obj=kept)
    if form.attempt(
        lambda: change_phrase(
            kept,
            name=form.name.data or "",
            text=form.text.data or "",
            language=form.language.data or "",
            by=me,
        )
    ):
        flash(_("The phrase is saved."), "success")
        return redirect(url_for("phrases.phrases", slug=slug), 303)
    return (
        render_template(
            "moderating/phrase.html", here="moderating", campaign=campaign, phrase=kept, form=form
        ),
        form.status,
    )


@bp.post("/moderating/<slug>/phrases/<int:number>/remove")
@permission_required(KEEP_PHRASES)
def drop_phrase(slug: str, number: int) -> ResponseReturnValue:
    campaign, me = desk_of(slug)
    authorise(me, KEEP_PHRASES, campaign)
    if kept := queries.phrase(number, campaign):
        remove_phrase(kept, by=me)
    flash(_("The phrase is gone."), "success")
    return redirect(url_for("phrases.phrases", slug=slug), 303)
