"""What a refusal says: why the rule holds, and what would be right. No sentence tells what anybody confided."""

from __future__ import annotations

from lichen.errors import NotAllowed
from lichen.language import _

__all__ = ["refusal", "rule_sentences"]


def refusal(rule: str) -> NotAllowed:
    """The refusal that bears the name of a rule and says why."""
    return NotAllowed(rule, rule_sentences()[rule])


def rule_sentences() -> dict[str, str]:
    """The sentence of each rule, by its name."""
    return {**_of_every_matter(), **_of_claims(), **_of_rings()}


def _of_every_matter() -> dict[str, str]:
    return {
        "ended-matter": _("This matter has ended, so nothing more opens in it. A new one can be begun."),
        "exploited": _("Exploitation was reported: all grants to that partner are frozen, and the matter is over."),
        "days-in-order": _("Something later was written down already. Write events in the order of their days."),
        "parties-only": _(
            "Only those who stand in the matter on that day can act in it or be shown anything. Name two of them."
        ),
        "all-consent-to-a-newcomer": _(
            "A newcomer joins when every party of that day has consented. Write down who has, or ask the others."
        ),
        "newcomers-only": _("Consent is for somebody who does not stand in the matter yet."),
        "name-the-readers": _("There are three or more. Say for whom it is: one of them by its id, or everyone."),
        "one-item-at-a-time": _("Only one item is opened at a time. Name it as “code”, and see how it goes."),
        "stated-in-the-audit": _("The owner's audit does not say this of itself. Put it into the audit first."),
        "consent-of-both": _("Both sides have to agree first: to say yes, and then to show the matched codes."),
        "matched-codes-only": _("As codes only gaps are shown that the other side could ease. Leave the others out."),
        "codes-before-words": _(
            "Until a pilot starts, words are opened only of an item whose code the reader may see already."
        ),
        "relevance-asked": _("Ask first whether it affects what the two could do together, and write down the answer."),
        "relevant-only": _(
            "Its owner answered that it does not affect what the two could do together. It stays private."
        ),
        "high-sensitivity": _("What is highly sensitive waits until a pilot has started between the two."),
        "one-item-trial": _(
            "Somebody who is not ready tries one item with one reader, and opens no other until it was well received."
        ),
        "top-three": _(
            "One side has opened as many items as may be seen before a pilot starts. Try something small together."
        ),
        "one-item-ahead": _("This side is ahead already. Wait until the other side has opened an item too."),
        "material-facts-first": _(
            "There is a material fact that one side has not told the other. It comes before any money moves."
        ),
        "nothing-tried": _("There is no trial of one item with this reader that still waits for an outcome."),
        "nothing-to-withdraw": _(
            "This item is neither open to that reader nor agreed to, so there is nothing to withdraw."
        ),
        "one-reader-for-a-trial": _("One item is tried with one reader. Say with which, by its id."),
        "nothing-left": _(
            "There is nothing left to open for now. More may open when a pilot starts, or when an audit changes."
        ),
    }


def _of_claims() -> dict[str, str]:
    return {
        "claim-stands": _(
            "What you lack and offer counts here as it stood when you last took a step. What you change counts with a"
            " step that you take seven days later or more, and no more than ten changes in a quarter do."
        ),
        "ten-codes-a-quarter": _(
            "This would probe more codes than one organisation may in a quarter. Wait for the next quarter."
        ),
    }


def _of_rings() -> dict[str, str]:
    return {
        "all-of-a-ring": _("The codes of a ring open once all three have agreed, each to both of the others."),
        "step-of-three": _("In a ring a step is taken by all three, and never between two of them alone."),
        "third-of-the-ring": _(
            "You have done your part. Another of your ring has not said yes to this yet; all three have to."
        ),
        "ring-at-rest": _(
            "Your ring of three rests: nothing more opens in it now. What each may read already stays as it is."
        ),
        "abreast-in-the-ring": _(
            "You have told more than another of your ring, or more than you were told. Wait until each of the three has"
            " told as much."
        ),
    }
