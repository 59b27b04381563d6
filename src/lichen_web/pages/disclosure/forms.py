"""What is asked on the way of opening up."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django import forms
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from lichen.brief.phrases import label
from lichen.disclosure.values import Reception
from lichen.scales import Relevance
from lichen_web.alliances.access.dealings import DealingView, OwnGap
from lichen_web.alliances.actions.stated import LONGEST
from lichen_web.pages.forms.plain import PlainForm
from lichen_web.pages.forms.words import OwnWords

__all__ = [
    "AgreeingInRing",
    "AgreeingToCodes",
    "AnsweringRelevance",
    "JudgingTrial",
    "ReportingExploitation",
    "Showing",
    "Writing",
]


class AnsweringRelevance(PlainForm):
    """The relevance filter for one gap."""

    relevance = forms.TypedChoiceField(
        label=_("Does it affect what you could do together?"),
        choices=[
            (Relevance.YES, _("Yes: it may be shown to them one day, if I open it")),
            (Relevance.NO, _("No: it stays private from them")),
        ],
        coerce=Relevance,
        widget=forms.RadioSelect,
    )


class AgreeingToCodes(PlainForm):
    """Which gaps may be seen by name; every other is kept back."""

    among = forms.MultipleChoiceField(
        label=_("These may be seen by name"),
        help_text=_("Take the tick away from what you keep back."),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Leave at least one tick, or go back: then nothing is opened.")},
    )

    def __init__(self, candidates: Sequence[OwnGap], *args: object, **more: object) -> None:
        """Of gaps, each in the version that is looked at."""
        super().__init__(*args, **more)
        field = self.fields["among"]
        field.choices = [(_choice(gap), label(gap.shown.code)) for gap in candidates]  # type: ignore[attr-defined]
        field.initial = [_choice(gap) for gap in candidates]

    def clean_among(self) -> dict[UUID, int]:
        """By id, with its version."""
        return _chosen(self.cleaned_data["among"])


class AgreeingInRing(PlainForm):
    """Which gaps either of the others in a ring may see by name; every other is kept back."""

    def __init__(self, dealings: Sequence[DealingView], *args: object, **more: object) -> None:
        """Of two dealings, each with gaps in the version that is looked at."""
        super().__init__(*args, **more)
        for dealing in dealings:
            if not dealing.agreeable:
                continue
            choices = [(_choice(gap), label(gap.shown.code)) for gap in dealing.agreeable]
            self.fields[str(dealing.id)] = forms.MultipleChoiceField(
                label=say("{name} may see these by name").format(name=dealing.other.name),
                help_text=_("Take the tick away from what you keep back."),
                choices=choices,
                initial=[value for value, _label in choices],
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )

    def clean(self) -> dict[str, object]:
        """By dealing, gaps by id, with their version."""
        return {"among": {UUID(dealing): _chosen(chosen) for dealing, chosen in self.cleaned_data.items()}}


class Showing(PlainForm):
    """One gap, in the version that was looked at."""

    version = forms.IntegerField(
        min_value=1,
        max_value=2**31 - 1,
        widget=forms.HiddenInput,
        error_messages={"required": _("Load the page again: it has to say which version you looked at.")},
    )


class JudgingTrial(PlainForm):
    """How one gap was received."""

    received = forms.TypedChoiceField(
        label=_("How did they receive it?"),
        help_text=_("They are not told what you say here."),
        choices=[
            (Reception.WELL_RECEIVED, _("Well: they listened, and answered in kind")),
            (Reception.COLDLY_RECEIVED, _("Coldly: I would rather show them no more for now")),
        ],
        coerce=Reception,
        widget=forms.RadioSelect,
    )


class ReportingExploitation(PlainForm):
    """What is stated for the host and the other side, besides shutting everything."""

    words = forms.CharField(
        label=_("What happened"),
        help_text=_("The host and the other side read this. Leave your gaps out of it where you can."),
        required=False,
        max_length=4000,
        widget=OwnWords(),
    )


class Writing(PlainForm):
    """A message."""

    words = forms.CharField(label=_("Your message"), max_length=LONGEST, widget=OwnWords())

    def __init__(self, *args: object, **more: object) -> None:
        """As long as a message may be."""
        super().__init__(*args, **more)
        longest = say("Plain words, at most {longest} characters, sealed for the two of you.")
        self.fields["words"].help_text = longest.format(longest=LONGEST)


def _choice(gap: OwnGap) -> str:
    return f"{gap.shown.item}:{gap.shown.version}"


def _chosen(values: Sequence[str]) -> dict[UUID, int]:
    return {UUID(item): int(version) for item, version in (each.split(":") for each in values)}
