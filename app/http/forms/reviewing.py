"""Forms of a group's members: scores, conflicts of interest, conclusions."""

from typing import Any

from wtforms import RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice

from app.foundation.language import _
from app.http.forms.base import Form
from app.review.criteria import CRITERIA, HIGHEST, LOWEST, RECOMMENDATIONS, score_of
from app.review.models import Assessment, Conclusion, Recommendation


def _score(word: Any) -> int | None:
    return int(word) if str(word).isdecimal() and len(str(word)) == 1 else None


def _choose_score(key: str) -> RadioField:
    return RadioField(
        next(criterion.name for criterion in CRITERIA if criterion.key == key),
        choices=[SelectChoice(str(value)) for value in range(LOWEST, HIGHEST + 1)],
        coerce=_score,
        validate_choice=False,
    )


def _choose_recommendation(label: Any) -> SelectField:
    return SelectField(
        label,
        choices=[
            SelectChoice("", _("Choose…")),
            *(SelectChoice(each.value, words) for each, words in RECOMMENDATIONS.items()),
        ],
        validate_choice=False,
    )


def _recommendation(word: str | None) -> Recommendation | None:
    return Recommendation(word) if word in set(Recommendation) else None


class AssessmentForm(Form):
    """One person's scores; each criterion has a field of its own name."""

    impact = _choose_score("impact")
    feasibility = _choose_score("feasibility")
    openness = _choose_score("openness")
    clarity = _choose_score("clarity")
    recommendation = _choose_recommendation(_("What do you recommend?"))
    ground = TextAreaField(
        _("Why do you score it so?"),
        description=_("The group reads this, with your name, once scores open. Not the public."),
    )

    @classmethod
    def about(cls, mine: Assessment | None, **wishes: Any) -> "AssessmentForm":
        """Empty, or as this person scored before."""
        if mine is None:
            return cls(**wishes)
        return cls(
            **wishes,
            **{criterion.key: score_of(mine, criterion) for criterion in CRITERIA},
            recommendation=mine.recommendation.value,
            ground=mine.ground,
        )

    @property
    def words(self) -> dict[str, Any]:
        """What was chosen and typed, as the action takes it."""
        return {
            "scores": {criterion.key: self[criterion.key].data for criterion in CRITERIA},
            "recommendation": _recommendation(self.recommendation.data),
            "ground": self.ground.data or "",
        }


class ConflictForm(Form):
    reason = TextAreaField(
        _("What connects you with this proposal?"),
        description=_("A few words. Everybody can read them beside your name."),
    )


class ConclusionForm(Form):
    recommendation = _choose_recommendation(_("What does the group recommend?"))
    referred_to = StringField(
        _("To whom"), description=_("Only where the group refers the proposal to someone else.")
    )
    reasons = TextAreaField(_("The group's reasons"), description=_("Everybody can read them."))
    dissent = TextAreaField(
        _("Dissent"),
        description=_("Who sees it differently, and why, as they wish it to be said."),
    )

    @classmethod
    def about(cls, last: Conclusion | None) -> "ConclusionForm":
        """Empty, or with the conclusion in force, to be written anew."""
        if last is None:
            return cls()
        return cls(
            recommendation=last.recommendation.value,
            referred_to=last.referred_to,
            reasons=last.reasons,
            dissent=last.dissent,
        )

    @property
    def words(self) -> dict[str, Any]:
        return {
            "recommendation": _recommendation(self.recommendation.data),
            "referred_to": self.referred_to.data or "",
            "reasons": self.reasons.data or "",
            "dissent": self.dissent.data or "",
        }
