"""Sections 24 to 29 of the charter: leaving, credit, independence, changes, time, and what binds."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from lichen.charter.agreement.given import Given
from lichen.charter.agreement.phrases import blank, day_or, listed, reference, said_or, share_of_parties
from lichen.charter.agreement.terms import SectionName
from lichen.charter.agreement.values import Line
from lichen.language import _
from lichen.paper import one_line

__all__ = ["amendment", "autonomy", "binding", "exit_and_winding_up", "publicity", "term"]


def exit_and_winding_up(given: Given) -> Iterator[Line]:
    """How a party leaves in good order, and what becomes of things at the end."""
    yield Line(
        _(
            "A party that leaves finishes or hands over what others rely on, gives back what it was lent, and deletes"
            " or returns data ({annex}). It keeps confidences ({section})."
        ).format(annex=reference(SectionName.DATA_SHARING_ANNEX), section=reference(SectionName.CONFIDENTIALITY)),
        _("Leaving"),
    )
    yield Line(_("The others do the same for it. Nobody is punished for leaving."), _("Leaving"))
    yield Line(
        said_or(given.terms.winding_up, _("what becomes of money, things and data when the alliance ends")),
        _("Winding up"),
    )


def publicity(given: Given) -> Iterator[Line]:
    """That every contribution is told in public, money or not."""
    yield Line(
        _("Whenever the alliance speaks in public, it names what each party contributes, in money or otherwise:")
    )
    stated: dict[str, list[str]] = {}
    for credit in given.terms.credits:
        stated.setdefault(credit.party, []).append(said_or(credit.contribution, _("what is told of this party")))
    yield from given.each(stated, _("how this party's contribution is told in public"))
    yield Line(_("No party uses the name or the picture of another without asking first."))


def autonomy(_given: Given) -> Iterator[Line]:
    """That each stays what it is, and owes no money but what is written down."""
    yield Line(_("Each party stays independent. It speaks and signs for itself alone, and answers for its own staff."))
    budget = reference(SectionName.BUDGET_ANNEX)
    yield Line(_("Nobody owes anybody money under this text, but for what {annex} says.").format(annex=budget))
    yield Line(_("The parties do not found a company or any other body by it."))


def amendment(given: Given) -> Iterator[Line]:
    """How this text is changed, and who signs again."""
    yield Line(_("This text is changed in writing alone."))
    yield Line(
        share_of_parties(
            given.terms.amendment_percent,
            _("how many of the parties must agree to a change"),
            _("All parties must agree."),
            _("At least {percent}% of the parties must agree."),
        )
    )
    yield Line(
        _(
            "No party is bound by a change that it has not signed. A party signs again when its own duties, rights,"
            " money, risks or vetoes change. All sign again when a section that binds changes for all."
        )
    )
    contacts = reference(SectionName.CONTACTS_ANNEX)
    yield Line(_("New people in {annex} need no signature.").format(annex=contacts))


def term(given: Given) -> Iterator[Line]:
    """From when until when."""
    terms = given.terms
    yield Line(
        _("It begins on {first} and ends on {last}.").format(
            first=day_or(terms.begins_on, _("the first day")), last=day_or(terms.ends_on, _("the last day"))
        )
    )
    yield Line(said_or(terms.renewal, _("how it goes on after that")))


def binding(given: Given, is_binding: Callable[[SectionName], bool]) -> Iterator[Line]:
    """What the parties mean to be bound by, under which law, and that nobody here gives legal advice."""
    names = [name for name in SectionName if name is not SectionName.VULNERABILITIES_ANNEX]
    bound = [name.mark for name in names if is_binding(name) and not name.is_annex]
    annexes = [name.mark for name in names if is_binding(name) and name.is_annex]
    yield Line(_("These sections bind the parties in law: {marks}.").format(marks=listed(bound)))
    if annexes:
        yield Line(_("These annexes bind them, too: {marks}.").format(marks=listed(annexes)))
    yield Line(_("Everything else says in good faith what the parties mean to do. Each is marked where it stands."))
    law = one_line(given.terms.law) or blank(_("which law applies"))
    yield Line(_("What binds is read under {law}.").format(law=law))
    yield Line(_("This text is not legal advice. Have a lawyer read it before anybody signs."))
