"""The form that every form of ours is: where an answer is missing, it says in plain words which."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

__all__ = ["KINDS", "MISSING", "TOO_LONG", "PlainForm", "say_plainly"]

KINDS: Mapping[type[forms.Field], Promise] = {
    forms.Field: _("Nothing stands here yet."),
    forms.CharField: _("Write something here."),
    forms.EmailField: _("Write an e-mail address, such as name@example.org."),
    forms.ChoiceField: _("Choose one of these."),
    forms.MultipleChoiceField: _("Choose at least one of these."),
    forms.DateField: _("Say which day it was."),
    forms.IntegerField: _("Write a number."),
    forms.FileField: _("Choose a file."),
}
"""What is said of a field that has no words of its own, such as one of a library's forms."""

TOO_LONG = _("This is %(show_value)d characters long, and no more than %(limit_value)d fit.")

MISSING: Mapping[str, Promise] = {
    # the audit
    "RecordingVulnerability.words": _("Say in a sentence what you are bad at."),
    "RecordingOffer.words": _("Say in a sentence what you could give."),
    "SayingOne.words": _("Say in a sentence what is lacking."),
    "severity": _("Say how bad it is, from 1 (slight) to 5 (total)."),
    "strength": _("Say how good you are at it, from 1 (a little) to 5 (excellent)."),
    "RecordingOffer.evidence": _("Say what that rests on, from 1 (your own word) to 5 (it was measured)."),
    "relevance": _("Say whether it affects what you could do together."),
    "emails": _("Write at least one e-mail address."),
    "fewest": _("Say how many answers there must be before you are shown anything."),
    "file": _("Choose the file on your own machine."),
    "format": _("Choose as what you want to have it."),
    # organisations and their people
    "DescribingOrganisation.name": _("Write what your organisation is called."),
    "DescribingOrganisation.sector": _("Choose what kind of organisation you are."),
    "email": _("Write the e-mail address to which it goes, such as name@example.org."),
    "role": _("Choose what they are to be."),
    "delegate": _("Choose who speaks for you."),
    "name_typed": _("Type the name of the organisation, so that it is not erased by mistake."),
    "SignUpForm.name": _("Write your name, as colleagues and partners will see it."),
    "SignUpForm.email": _("Write the e-mail address with which you will sign in."),
    # circles and complaints
    "statement": _("State in a few sentences who you are and what you do."),
    "signed_name": _("Sign with your name."),
    "OpeningCircle.name": _("Write what the circle is called."),
    "Complaining.words": _("Say what happened."),
    "AnsweringComplaint.words": _("Write your answer."),
    "DecidingComplaint.outcome": _("Choose how it ends."),
    "DecidingCorrection.outcome": _("Choose your answer."),
    "DecidingCorrection.reason": _("Write what they are to be told."),
    "AskingRecovery.reason": _("Say how you know that it is theirs to lead."),
    "reason": _("Say why: it is read by those whom it concerns."),
    # opening up
    "among": _("Choose at least one that may be seen by name."),
    "received": _("Say how they received it."),
    "Writing.words": _("Write your message."),
    "held_on": _("Say on which day you talked."),
    # organisations that are no members
    "AddingListed.name": _("Write what it is called."),
    "AddingListed.sector": _("Choose what kind of organisation it is."),
    "offers": _("Write at least one thing that you saw it give."),
    "evidence": _("Say how sure that is, from 1 (they said so) to 5 (it was measured)."),
    "source": _("Say where that stands, so that anybody can look it up."),
    "who": _("Say who was there."),
    "on": _("Say on which day it was."),
    "Noting.words": _("Write down what was said."),
    "SavingSearch.name": _("Give the search a name, for yourselves."),
    "AskingCorrection.organisation": _("Say which organisation it is."),
    "AskingCorrection.words": _("Say what is wrong, or that it is to be removed."),
    "AskingCorrection.name": _("Write your name, and what you are there."),
    "AskingCorrection.email": _("Write where you can be answered, such as name@example.org."),
    # the first questions
    "task": _("Choose what you would ally for."),
    "leadership": _("Say whether your leadership would tell a partner what you are worst at."),
    "time": _("Say whether your leadership can give it the time."),
    "refusal": _("Say whether you could say no, and be all right."),
    "quarrel": _("Say whether there is something between you that nobody could set aside."),
    "exposure": _("Say whether naming your gaps would put a person at risk."),
}
"""What is said where an answer is missing, by the field; by its form, too, where the same name asks something else."""


class PlainForm(forms.Form):
    """A form whose empty fields say what is missing, each in words of its own."""

    def __init__(self, *arguments: Any, **more: Any) -> None:
        """As any form; but no browser cuts off in silence what somebody pastes: too much is refused, in words."""
        super().__init__(*arguments, **more)
        for field in self.fields.values():
            if isinstance(field.widget, forms.Textarea):
                field.widget.attrs.pop("maxlength", None)

    def full_clean(self) -> None:
        """Check the answers."""
        for name, field in self.fields.items():
            of_forms = (f"{kind.__name__}.{name}" for kind in type(self).__mro__)
            if said := next((MISSING[each] for each in (*of_forms, name) if each in MISSING), None):
                field.error_messages["required"] = said  # type: ignore[assignment]
        super().full_clean()


def say_plainly() -> None:
    """Let every field without words of its own, also of a library's form, say plainly that it is empty."""
    for kind, said in KINDS.items():
        kind.default_error_messages = {**kind.default_error_messages, "required": said}  # type: ignore[dict-item]
    forms.CharField.default_error_messages["max_length"] = TOO_LONG
