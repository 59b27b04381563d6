"""What is asked about organisations that are no members."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lichen.brief.phrases import label
from lichen.capabilities.search import search_capabilities
from lichen.capabilities.taxonomy import taxonomy
from lichen.scales import Sensitivity, Size
from lichen_web.alliances.access.listed import CorrectionView
from lichen_web.pages.forms.plain import PlainForm
from lichen_web.pages.forms.words import OwnWords
from lichen_web.pages.listed.sentences import sureness, worlds
from lichen_web.pages.words import sectors, sizes

__all__ = [
    "AddingListed",
    "AskingCorrection",
    "ChangingListed",
    "Narrowing",
    "Noting",
    "SavingSearch",
    "deciding_correction",
]

_FOUND = 8
"""So many are shown of what was found in the vocabulary."""


def _plain(value: object) -> str:
    """What a field says, however it is spaced."""
    return " ".join(str(value or "").split())


def _choices(words: Callable[[], Mapping[Any, str]], *none: object) -> Callable[[], list[tuple[Any, object]]]:
    return lambda: [*(("", each) for each in none), *((value, capfirst(told)) for value, told in words().items())]


def _known_sizes() -> dict[str, str]:
    """All but the one that says that nobody knows: nothing chosen says that already."""
    return {size: told for size, told in sizes().items() if size != Size.UNKNOWN}


def _found(search: str, chosen: str, *, but_sensitive: bool) -> list[tuple[str, object]]:
    """What was found in the vocabulary, and what was chosen; perhaps but for what is too sensitive to be noted."""
    known = taxonomy().capabilities
    searched = search_capabilities(search, is_typing=True) if search.strip() else ()
    codes = dict.fromkeys(code for code in (chosen, *(each.code for each in searched)) if code in known)
    open_ones = [code for code in codes if not (but_sensitive and known[code].sensitivity is Sensitivity.HIGH)]
    return [("", _("Nothing in particular")), *((code, known[code].label) for code in open_ones[:_FOUND])]


class Narrowing(PlainForm):
    """Whom to look among. What is empty asks for nothing."""

    place = forms.CharField(
        label=_("Where"), help_text=_("Part of a region’s name, or a country’s code."), max_length=80, required=False
    )
    world = forms.ChoiceField(
        label=_("How far from your own world"),
        help_text=_("The further, the less alike what the two of you have and lack; and the more there is to explain."),
        choices=_choices(worlds, _("It does not matter how far")),
        widget=forms.RadioSelect,
        required=False,
    )
    sectors = forms.MultipleChoiceField(
        label=_("What they are"), choices=_choices(sectors), widget=forms.CheckboxSelectMultiple, required=False
    )
    sizes = forms.MultipleChoiceField(
        label=_("Income in a year"), choices=_choices(sizes), widget=forms.CheckboxSelectMultiple, required=False
    )

    def count(self, in_worlds: Mapping[Any, int]) -> None:
        """Tell how many there are at each distance."""
        field = self.fields["world"]
        told = field.choices  # type: ignore[attr-defined]
        field.choices = [(world, f"{words} ({in_worlds.get(world or None, 0):,})") for world, words in told]  # type: ignore[attr-defined]


class SavingSearch(Narrowing):
    """A search to keep."""

    field_order = ("name", "place", "world", "sectors", "sizes")
    name = forms.CharField(
        label=_("What to call it"), help_text=_("For yourselves alone; it is sealed."), max_length=80
    )


class AddingListed(PlainForm):
    """An organisation that a member knows. Everything here is read by everybody on this host."""

    name = forms.CharField(label=_("Its name"), max_length=200, widget=forms.TextInput({"autocomplete": "off"}))
    sector = forms.ChoiceField(label=_("What it is"), choices=_choices(sectors, _("Choose one")))
    country = forms.CharField(
        label=_("Country"), help_text=_("Two letters, such as GB or DE."), max_length=2, required=False
    )
    region = forms.CharField(label=_("Where it works"), max_length=120, required=False)
    size = forms.ChoiceField(
        label=_("Its income in a year"), choices=_choices(_known_sizes, _("Not known")), required=False
    )
    website = forms.URLField(label=_("Its website"), required=False, assume_scheme="https")
    reference = forms.CharField(
        label=_("Its number on a register"),
        help_text=_("With the register before it, such as GB-CHC-1000340. So nobody is listed twice."),
        max_length=90,
        required=False,
    )
    offers = forms.CharField(
        label=_("What you saw it give"),
        help_text=_(
            "One thing a line, such as: community venue. No names of people, and nothing it told you in trust."
        ),
        max_length=2000,
        widget=OwnWords(),
    )
    evidence = forms.TypedChoiceField(
        label=_("How sure is that?"), choices=_choices(sureness), coerce=int, widget=forms.RadioSelect, initial=2
    )
    source = forms.CharField(
        label=_("Where that stands"),
        help_text=_("A page, a paper, a report: where anybody can look it up."),
        max_length=200,
    )
    source_url = forms.URLField(label=_("Its address on the web"), required=False, assume_scheme="https")

    def clean_offers(self) -> list[str]:
        """One thing a line."""
        return [line for line in self.cleaned_data["offers"].splitlines() if line.strip()][:10]


class ChangingListed(AddingListed):
    """One that we added, as it was when we looked."""

    seen_at = forms.DateTimeField(
        widget=forms.HiddenInput,
        error_messages={"required": _("Load the page again: it has to say which version you looked at.")},
    )

    def clean(self) -> dict[str, Any]:
        """Whoever would write over a colleague sees first what they wrote, beside each field; what was typed stays."""
        said = self.cleaned_data
        stands_since = datetime.fromisoformat(self.initial["seen_at"])
        if said.get("seen_at", stands_since) == stands_since:
            return said
        said["seen_at"] = stands_since
        self.data = {**dict(self.data.items()), "seen_at": self.initial["seen_at"]}
        for name in self.fields.keys() - {"seen_at"}:
            if _plain(self[name].value()) != _plain(self.initial[name]):
                self.add_error(name, self._theirs(name))
        if self.errors:
            why = _(
                "A colleague has changed this meanwhile; nothing was overwritten. What they wrote stands beside yours."
            )
            self.add_error(None, why)
        return said

    def _theirs(self, name: str) -> str:
        theirs = dict(getattr(self.fields[name], "choices", ())).get(self.initial[name], self.initial[name])
        return gettext("They wrote: {words}").format(words=theirs) if theirs else gettext("They left it empty.")


class Noting(PlainForm):
    """A conversation or an event. It is sealed before it is kept."""

    who = forms.CharField(label=_("Who was there"), max_length=200, widget=forms.TextInput({"autocomplete": "off"}))
    where = forms.CharField(label=_("Where"), max_length=200, required=False)
    on = forms.DateField(label=_("When"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    words = forms.CharField(
        label=_("What was said"),
        help_text=_("Only your own organisation reads it."),
        max_length=4000,
        widget=OwnWords(),
    )
    evidence = forms.TypedChoiceField(
        label=_("How sure is it?"), choices=_choices(sureness), coerce=int, widget=forms.RadioSelect, initial=1
    )
    offers = forms.ChoiceField(
        label=_("They told you that they can give"),
        help_text=_("From then on it counts as said, no longer as guessed, for you alone."),
        widget=forms.RadioSelect,
        required=False,
    )
    lacks = forms.ChoiceField(
        label=_("They told you that they lack"),
        help_text=_("What is too sensitive to be noted of others is not found here."),
        widget=forms.RadioSelect,
        required=False,
    )

    def __init__(self, *given: Any, **named: Any) -> None:
        """What can be chosen is what was searched for."""
        super().__init__(*given, **named)
        for name, but_sensitive in (("offers", False), ("lacks", True)):
            chosen, search = self[name].value() or "", self.searched(name)
            self.fields[name].choices = _found(search, chosen, but_sensitive=but_sensitive)  # type: ignore[attr-defined]
            self.fields[name].initial = ""

    def searched(self, name: str) -> str:
        """What was searched for, for one of the two."""
        return str((self.data or self.initial).get(f"search_{name}", ""))[:80]

    def searches(self) -> list[tuple[forms.BoundField, str]]:
        """The two, each with what was searched for."""
        return [(self[name], self.searched(name)) for name in ("offers", "lacks")]


class AskingCorrection(PlainForm):
    """What a listed organisation asks for."""

    organisation = forms.CharField(
        label=_("Which organisation"),
        help_text=_("Its name, or its number on a register."),
        max_length=200,
        widget=forms.TextInput({"autocomplete": "organization"}),
    )
    words = forms.CharField(
        label=_("What is wrong, or shall it be removed?"),
        help_text=_("Only whoever hosts this reads it."),
        max_length=4000,
        widget=OwnWords(),
    )
    name = forms.CharField(
        label=_("Your name, and what you are there"), max_length=120, widget=forms.TextInput({"autocomplete": "name"})
    )
    email = forms.EmailField(
        label=_("Where you can be answered"),
        help_text=_("Best an address of the organisation itself, so that it is clear that you speak for it."),
        widget=forms.EmailInput({"autocomplete": "email"}),
    )


def deciding_correction(seen: CorrectionView) -> type[forms.Form]:
    """What the host answers, of the organisations that a request may be about."""
    about = [
        (str(each.id), f"{each.organisation.name}, {each.organisation.region} {each.reference}".strip(", "))
        for each in seen.candidates
    ]
    items: dict[str, None] = {}
    for each in seen.candidates:
        items |= dict.fromkeys(offer.code for offer in each.organisation.offers)
        items |= dict.fromkeys(gap.code for gap in each.organisation.vulnerabilities)
    named = [(code, label(code)) for code in items]

    class DecidingCorrection(PlainForm):
        """How it ends."""

        outcome = forms.ChoiceField(
            label=_("Your answer"),
            choices=[
                ("corrected", _("Correct it")),
                ("removed", _("Remove it: nothing of it stays, and no import brings it back")),
                ("refused", _("Refuse: it is right as it stands, or it is not clear who asks")),
            ],
            widget=forms.RadioSelect,
        )
        listed = forms.ChoiceField(
            label=_("Which one"), choices=[("", _("None of these")), *about], widget=forms.RadioSelect, required=False
        )
        name = forms.CharField(label=_("Its name from now on"), max_length=200, required=False)
        region = forms.CharField(label=_("Where it works from now on"), max_length=120, required=False)
        website = forms.URLField(label=_("Its website from now on"), required=False, assume_scheme="https")
        wrong = forms.MultipleChoiceField(
            label=_("What it does not have, or does not lack"),
            help_text=_("It is taken out of what is listed."),
            choices=named,
            widget=forms.CheckboxSelectMultiple,
            required=False,
        )
        reason = forms.CharField(
            label=_("What they are told"),
            help_text=_("It is sent to the address that they gave."),
            max_length=2000,
            widget=OwnWords(),
        )

    return DecidingCorrection
