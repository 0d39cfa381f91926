"""Words that moderators often need; each must be made specific before it is sent."""

from app.accounts.models import Account
from app.campaigns.models import Campaign
from app.foundation.db import db
from app.foundation.language import _
from app.foundation.permissions import authorise
from app.foundation.refusals import Invalid
from app.foundation.text import clean, clean_line
from app.moderation.models import SavedPhrase
from app.moderation.permissions import KEEP_PHRASES
from app.moderation.rules import LEFT_OPEN, LONGEST_FACTS, LONGEST_NAME


def save_phrase(
    campaign: Campaign, *, name: str, text: str, language: str, by: Account
) -> SavedPhrase:
    authorise(by, KEEP_PHRASES, campaign)
    name, text = _checked(name, text)
    saved = SavedPhrase(
        campaign_id=campaign.id, name=name, text=text, language=language, written_by_id=by.id
    )
    db.session.add(saved)
    db.session.flush()
    return saved


def change_phrase(phrase: SavedPhrase, *, name: str, text: str, language: str, by: Account) -> None:
    authorise(by, KEEP_PHRASES, phrase)
    phrase.name, phrase.text = _checked(name, text)
    phrase.language = language


def remove_phrase(phrase: SavedPhrase, *, by: Account) -> None:
    authorise(by, KEEP_PHRASES, phrase)
    db.session.delete(phrase)


def _checked(name: str, text: str) -> tuple[str, str]:
    name, text = clean_line(name), clean(text).replace("...", LEFT_OPEN)
    faults = {}
    if not name:
        faults["name"] = _("Give the phrase a name, so that it can be found.")
    elif len(name) > LONGEST_NAME:
        faults["name"] = _("Shorten this by %(over)s characters.", over=len(name) - LONGEST_NAME)
    if not text:
        faults["text"] = _("Write the phrase.")
    elif LEFT_OPEN not in text:
        faults["text"] = _("Put “…” where the specific must be said, so that it is never left out.")
    elif len(text) > LONGEST_FACTS:
        faults["text"] = _("Shorten this by %(over)s characters.", over=len(text) - LONGEST_FACTS)
    if faults:
        raise Invalid(faults)
    return name, text
