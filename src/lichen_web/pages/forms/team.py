"""What is asked of a lead who asks the team."""

from __future__ import annotations

import re

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from lichen_web.alliances.rounds import FEWEST
from lichen_web.pages.forms.plain import PlainForm

__all__ = ["AskingMore", "AskingTeam"]

_USUAL = 5
"""Answers, before anything is shown, unless a lead says otherwise; as the library has it."""


class _Addresses(forms.CharField):
    """E-mail addresses, one a line or parted as people part them."""

    def __init__(self) -> None:
        """Always asked for in the same words."""
        super().__init__(
            label=_("Their e-mail addresses"),
            help_text=_("One a line. Each gets a link of their own, and needs no account."),
            max_length=20_000,
            widget=forms.Textarea({"rows": 6, "autocomplete": "off", "spellcheck": "false"}),
        )

    def clean(self, value: object) -> list[str]:
        """Each address once; every one that is none is named."""
        found = list(dict.fromkeys(filter(None, re.split(r"[\s,;<>]+", str(super().clean(value)).lower()))))
        wrong = [each for each in found if not _is_address(each)]
        if wrong:
            raise ValidationError(say("No e-mail address: {wrong}").format(wrong=", ".join(wrong[:5])))
        return found


class AskingMore(PlainForm):
    """More colleagues."""

    emails = _Addresses()


class AskingTeam(AskingMore):
    """A round: whom to ask, and how many answers it takes."""

    fewest = forms.IntegerField(
        label=_("How many answers before you are shown anything?"),
        help_text=_(
            "Five is usual; ask a few more than that. It cannot be changed afterwards: people answer because of it."
        ),
        min_value=FEWEST[0],
        max_value=FEWEST[-1],
        initial=_USUAL,
        widget=forms.NumberInput({"inputmode": "numeric"}),
    )


def _is_address(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True
