"""What every form shares: our sentences, and an action's refusal shown beside its field."""

from collections.abc import Callable
from typing import Any

from flask import g
from flask_babel import gettext as _
from flask_wtf import FlaskForm

from app.foundation.refusals import Conflict, Invalid, NotAllowed, TooOften

STATUS = {Conflict: 409, NotAllowed: 403, TooOften: 429}
"""What a refusal answers, besides its sentence."""


class Form(FlaskForm):
    """A form whose rules stand in the action.

    The form reads what was typed; the action says what is wrong with it, and ``attempt`` puts
    each sentence beside its field. What was typed is still there when the page is drawn again.
    """

    page_faults: list[str]
    """Sentences that belong to no one field."""
    status: int
    """What to answer when the form is drawn: 200, or why it was refused (422, 403, 409, 429)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.page_faults = []
        self.status = 200

    def attempt(self, action: Callable[[], Any]) -> bool:
        """Whether the form was sent, is genuine, and the action took it.

        A refusal that the person can mend becomes a sentence on the form; draw it with 422.
        """
        if not self.is_submitted():
            return False
        if not self.validate():
            self.status = 422
            if self.csrf_token.errors or not g.get("is_genuine", False):
                self.page_faults.append(
                    _(
                        "This page was open for a long time. What you wrote is still here: "
                        "press the button once more."
                    )
                )
            return False
        try:
            action()
        except Invalid as refused:
            self.show(refused)
            return False
        except (Conflict, NotAllowed, TooOften) as refused:
            self.page_faults.append(str(refused.reason))
            self.status = STATUS[type(refused)]
            return False
        return True

    def show(self, refused: Invalid) -> None:
        """Put each sentence beside its field; what has no field stands above the form."""
        self.status = 422
        for name, sentence in refused.faults.items():
            if name in self._fields:
                field = self._fields[name]
                field.errors = [*field.errors, str(sentence)]
            else:
                self.page_faults.append(str(sentence))
