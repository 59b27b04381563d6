"""What is asked before a first conversation, and after it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from lichen.brief.pages import Page
from lichen.brief.rewriting import Passage, passages
from lichen_web.pages.forms.words import OwnWords

__all__ = ["HoldingConversation", "RewritingBrief", "rewriting"]


class RewritingBrief(forms.Form):
    """Every passage of a brief. Its fields are named by their places."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *given: Any, told: Sequence[Passage], **named: Any) -> None:
        """Of these passages."""
        super().__init__(*given, **named)
        for passage in told:
            self.fields[passage.place] = forms.CharField(
                label=f"{passage.heading}: {passage.name}" if passage.name else passage.heading,
                initial=passage.text,
                required=False,
                max_length=4000,
                widget=OwnWords(rows=1 + min(8, len(passage.text) // 60 + passage.text.count("\n"))),
            )

    def clean(self) -> dict[str, Any]:
        """What was answered, as the act takes it."""
        answers = super().clean() or {}
        words = {place: answers[place] for place in answers if place != "version"}
        return {"version": answers.get("version"), "words": words}

    def of_page(self, whose: str) -> list[forms.BoundField]:
        """The fields of one of the two pages."""
        return [self[place] for place in self.fields if place.startswith(f"{whose}.")]

    @property
    def ours(self) -> list[forms.BoundField]:
        """Those of the page that we keep."""
        return self.of_page("ours")

    @property
    def theirs(self) -> list[forms.BoundField]:
        """Those of the page that we leave with them."""
        return self.of_page("theirs")


class HoldingConversation(forms.Form):
    """What came of a conversation."""

    held_on = forms.DateField(label=_("When was it?"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    said = forms.MultipleChoiceField(
        label=_("Which of your gaps did you name aloud?"),
        help_text=_("Those count as shown from now on, and they may read their names here."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    came_back = forms.CharField(
        label=_("What did they answer?"),
        help_text=_("For your own eyes. It is sealed, and they are never shown it."),
        max_length=4000,
        widget=OwnWords(rows=4),
        required=False,
    )
    next_step = forms.CharField(
        label=_("What will you do next?"),
        help_text=_("Who does what, by when. For your own eyes, too."),
        max_length=4000,
        widget=OwnWords(rows=2),
        required=False,
    )

    def __init__(self, *given: Any, gaps: Sequence[tuple[UUID, str]], today: date, **named: Any) -> None:
        """Of these gaps, each with its name."""
        super().__init__(*given, **named)
        self.fields["said"].choices = [(str(gap), name) for gap, name in gaps]  # type: ignore[attr-defined]
        self.fields["held_on"].initial = today

    def clean_said(self) -> tuple[UUID, ...]:
        """Their ids."""
        return tuple(UUID(each) for each in self.cleaned_data["said"])


def rewriting(pages: Sequence[Page], version: int) -> Callable[..., RewritingBrief]:
    """What makes the form of these pages."""
    told = passages(pages)

    def made(data: Any = None, *, initial: dict[str, Any]) -> RewritingBrief:
        return RewritingBrief(data, initial={"version": version, **initial}, told=told)

    return made
