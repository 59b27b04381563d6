"""What is wrong between the terms of the agreement and the partners: all of it, at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lichen.charter.agreement.terms import AgreementTerms, Signature, Version
from lichen.errors import Problem
from lichen.language import _

__all__ = ["agreement_problems"]


def agreement_problems(
    partners: Sequence[str],
    terms: AgreementTerms,
    signatures: Sequence[Signature] = (),
    versions: Sequence[Version] = (),
) -> list[Problem]:
    """Everything in the terms, the signatures and the versions that names nobody, or stands in a wrong order.

    Args:
        partners: The ids of the alliance's partners.
        terms: As the file has them.
        signatures: As the file has them. One of a partner that has left is kept, so it is no problem.
        versions: As the file has them.

    Returns:
        One for each thing that is wrong, with its place in the file; none where all is well.
    """
    rights = terms.intellectual_property
    lists = {
        "duties": [each.party for each in terms.duties],
        "resources": [each.party for each in terms.resources],
        "budget": [each.party for each in terms.budget],
        "officers": [each.party for each in terms.officers],
        "contacts": [each.party for each in terms.contacts],
        "credits": [each.party for each in terms.credits],
    }
    named = [
        *((f"terms, {part}", row, "party", id) for part, ids in lists.items() for row, id in enumerate(ids, 1)),
        ("terms, intellectual_property", None, "owner", rights.owner),
        ("terms, intellectual_property", None, "licensee", rights.licensee),
    ]
    right = "; ".join(partners)
    return [
        *(
            _problem(part, row, column, _("no partner of the alliance has this id"), right)
            for part, row, column, id in named
            if id and id not in partners
        ),
        *_disordered(versions),
    ]


def _disordered(versions: Sequence[Version]) -> Iterator[Problem]:
    digests: set[str] = set()
    for row, version in enumerate(versions, 1):
        if row > 1 and version.agreed_on < versions[row - 2].agreed_on:
            what = _("it lies before the version above it")
            yield _problem("versions", row, "agreed_on", what, _("the earliest version first"))
        if version.digest in digests:
            what, right = _("a version above it has this digest, too"), _("each version once")
            yield _problem("versions", row, "digest", what, right)
        digests.add(version.digest)


def _problem(part: str, row: int | None, column: str, what: str, right: str) -> Problem:
    return Problem(what, right, sheet=f"charter, {part}", row=row, column=column, document=True)
