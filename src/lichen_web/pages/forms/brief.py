"""What is asked before a first conversation, and after it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from lichen.brief.keeping import page_entries
from lichen.brief.pages import Page
from lichen.brief.rewriting import Passage, passages
from lichen_web.pages.forms.plain import PlainForm
from lichen_web.pages.forms.words import OwnWords

__all__ = ["HoldingConversation", "RewritingBrief", "rewriting", "sheets"]


class RewritingBrief(PlainForm):
    """Every passage of a brief, each below itself as it will be printed. Its fields are named by their places."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *given: Any, pages: Sequence[Page], **named: Any) -> None:
        """Of the passages of these pages."""
        super().__init__(*given, **named)
        self._pages = pages
        told = passages(pages)
        for passage, label in zip(told, _labels(told), strict=True):
            self.fields[passage.place] = forms.CharField(
                label=label,
                initial=passage.text,
                required=False,
                max_length=4000,
                widget=OwnWords(rows=1 + min(8, len(passage.text) // 60 + passage.text.count("\n"))),
            )
            self.fields[passage.place].template_name = "brief/passage.html"  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """What was answered, as the act takes it; what was not asked stays as it is."""
        answers = super().clean() or {}
        words = {place: answers[place] for place in answers if place != "version" and place in self.data}
        return {"version": answers.get("version"), "words": words}

    @property
    def part(self) -> str:
        """The place of the passage whose button was pressed; empty for none."""
        pressed = str(self.data.get("part", ""))
        return pressed if pressed in self.fields else ""

    def sheets(self) -> list[dict[str, Any]]:
        """The pages as they will be printed, each passage with its field."""
        return sheets(self._pages, self)


class HoldingConversation(PlainForm):
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

    def made(data: Any = None, *, initial: dict[str, Any]) -> RewritingBrief:
        return RewritingBrief(data, initial={"version": version, **initial}, pages=pages)

    return made


def sheets(pages: Sequence[Page], form: RewritingBrief | None = None) -> list[dict[str, Any]]:
    """The pages as a template prints them: each block, or in facts each row, with the field that rewrites it."""
    told = page_entries(pages)
    for sheet in told:
        for number, section in enumerate(sheet["sections"]):
            for place, block in enumerate(section["blocks"]):
                at = f"{sheet['whose']}.{number}.{place}"
                if block["kind"] == "facts":
                    rows = enumerate(block["rows"])
                    block["rows"] = [(name, text, form and form[f"{at}.{row}"]) for row, (name, text) in rows]
                else:
                    block["field"] = form and form[at]
    return told


def _labels(told: Sequence[Passage]) -> list[str]:
    """What each passage is called: by its heading, with a number where several have one."""
    named = [f"{each.heading}: {each.name}" if each.name else each.heading for each in told]
    all_of, so_far = Counter(named), Counter[str]()
    labels = []
    for name in named:
        so_far[name] += 1
        several = say("{name} ({which} of {all})").format(name=name, which=so_far[name], all=all_of[name])
        labels.append(several if all_of[name] > 1 else name)
    return labels
