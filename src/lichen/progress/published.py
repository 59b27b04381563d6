"""How long partnerships lasted that others have counted: each as it was published, and none of them pooled."""

from __future__ import annotations

from dataclasses import dataclass

from lichen.language import _

__all__ = ["PublishedRate", "published_rates"]


@dataclass(frozen=True, slots=True)
class PublishedRate:
    """One published figure about how partnerships last."""

    of: str
    """What was counted, in a few words."""
    counted: int | None
    """How many; None is not said in what was read."""
    found: str
    """What was found, as it was published."""
    source: str
    """Who published it, and when."""


def published_rates() -> tuple[PublishedRate, ...]:
    """The published rates of survival that stand beside one's own, never mixed with them.

    They are of other kinds, other countries and other ways of counting: each is a view from elsewhere, and none is
    what an alliance should reach.

    Source:
        As named in each; read in abstracts and openings.
    """
    return (
        PublishedRate(
            of=_("Communities That Care coalitions, US"),
            counted=110,
            found=_(
                "90% went on past the grant of 3 years; then 3–8% ended a year; about two thirds lived 4 years on."
            ),
            source="Feinberg, Bontempo and Greenberg 2008",
        ),
        PublishedRate(
            of=_("Healthy Communities Access Program coalitions, US"),
            counted=165,
            found=_(
                "68% went on after the federal money; of the 52 that did not, 33% because goals were met or the need "
                "had passed."
            ),
            source="NORC / ASPE 2012",
        ),
        PublishedRate(
            of=_("PROSPER teams, US"),
            counted=14,
            found=_("All 14 lived 5 years."),
            source="Greenberg 2015",
        ),
        PublishedRate(
            of=_("strategic alliances of firms"),
            counted=None,
            found=_("More than half fail, told there as an earlier finding."),
            source="Park and Ungson 2001",
        ),
        PublishedRate(
            of=_("joint ventures of firms"),
            counted=None,
            found=_("30–50% fail."),
            source="Anderson and Jap 2005",
        ),
    )
