"""What is asked about an organisation, its people and those who serve it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from lichen_web.pages.forms.plain import PlainForm
from lichen_web.pages.words import roles_told, scopes, sectors, sizes

__all__ = [
    "ChangingRole",
    "DescribingOrganisation",
    "Erasing",
    "HandingOver",
    "InvitingColleague",
    "InvitingFacilitator",
    "NamingDelegate",
    "OpeningToFacilitator",
]


def _choices(words: Callable[[], dict[str, str]], *none: object) -> Callable[[], list[tuple[str, object]]]:
    """What to choose among, in the reader's language; first what to choose nothing is called."""
    return lambda: [*(("", each) for each in none), *((value, capfirst(told)) for value, told in words().items())]


class DescribingOrganisation(PlainForm):
    """What anybody in a circle with it may know of an organisation; nothing here is a confession."""

    name = forms.CharField(
        label=_("Its name"), max_length=200, widget=forms.TextInput({"autocomplete": "organization"})
    )
    sector = forms.ChoiceField(
        label=_("What it is"),
        choices=_choices(sectors, _("Choose one")),
    )
    country = forms.CharField(
        label=_("Country"),
        help_text=_("Two letters, such as GB or DE."),
        max_length=60,
        required=False,
        widget=forms.TextInput({"autocomplete": "country", "autocapitalize": "characters"}),
    )
    region = forms.CharField(
        label=_("Where it works"), help_text=_("A city or a region, such as Leeds."), max_length=120, required=False
    )
    size = forms.ChoiceField(
        label=_("Its income in a year"),
        help_text=_("In its own currency. Possible partners see only this band."),
        choices=_choices(sizes, _("Rather not say")),
        required=False,
    )
    website = forms.URLField(
        label=_("Its website"), required=False, assume_scheme="https", widget=forms.URLInput({"autocomplete": "url"})
    )
    is_public_body = forms.BooleanField(
        label=_("It is a public body"),
        help_text=_("Its papers can be asked for by law. Partners are told so before they open anything to it."),
        required=False,
    )


class InvitingColleague(PlainForm):
    """Who is to belong to the organisation."""

    email = forms.EmailField(
        label=_("Their e-mail address"),
        help_text=_("Leave it empty, and the link comes to you, to pass on yourself."),
        required=False,
        widget=forms.EmailInput({"autocomplete": "off"}),
    )
    role = forms.ChoiceField(
        label=_("What they will be"), choices=_choices(roles_told), widget=forms.RadioSelect, initial="member"
    )


class ChangingRole(PlainForm):
    """What somebody is from now on."""

    role = forms.ChoiceField(
        label=_("What they are from now on"), choices=_choices(roles_told), widget=forms.RadioSelect
    )


class NamingDelegate(PlainForm):
    """Who speaks for the organisation outside it."""

    delegate = forms.TypedChoiceField(label=_("Who speaks"), coerce=UUID)
    stand_in = forms.TypedChoiceField(
        label=_("Who stands in"),
        help_text=_("Speaks while the first is away."),
        coerce=UUID,
        required=False,
        empty_value=None,
    )

    def __init__(self, *given: Any, people: Iterable[tuple[UUID, str]], **more: Any) -> None:
        """Let one choose among these people, by their memberships."""
        super().__init__(*given, **more)
        known = [(str(membership), name) for membership, name in people]
        self.fields["delegate"].choices = [("", _("Choose somebody")), *known]  # type: ignore[attr-defined]
        self.fields["stand_in"].choices = [("", _("Nobody")), *known]  # type: ignore[attr-defined]


class InvitingFacilitator(PlainForm):
    """Who is to serve the organisation from outside, and what is opened to them."""

    email = forms.EmailField(label=_("Their e-mail address"), widget=forms.EmailInput({"autocomplete": "off"}))
    scopes = forms.MultipleChoiceField(
        label=_("What they may see"),
        help_text=_("You can change this at any time. If you tick nothing, they see only what others may know of you."),
        choices=_choices(scopes),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


class OpeningToFacilitator(PlainForm):
    """What a facilitator may see from now on."""

    scopes = forms.MultipleChoiceField(
        label=_("What they may see from now on"),
        choices=_choices(scopes),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


class HandingOver(PlainForm):
    """Who goes on serving the organisation."""

    email = forms.EmailField(
        label=_("The e-mail address of your successor"), widget=forms.EmailInput({"autocomplete": "off"})
    )


class Erasing(PlainForm):
    """The name, typed by hand, of what is about to be destroyed."""

    name_typed = forms.CharField(
        label=_("Type the name of the organisation"),
        help_text=_("Exactly as it stands above."),
        widget=forms.TextInput({"autocomplete": "off"}),
    )
