"""Looking only among some of the others: those of a region or of a sector."""

from __future__ import annotations

from collections.abc import Sequence

from lichen.audit.values import Organisation
from lichen.cli.answers import Block
from lichen.language import _, ngettext
from lichen.scales import Sector

__all__ = ["among_those", "nobody_among"]


def among_those(
    others: Sequence[Organisation], regions: Sequence[str], sectors: Sequence[Sector]
) -> tuple[Organisation, ...]:
    """The organisations of any of the regions and of any of the sectors; none given asks for nothing.

    Args:
        others: Whom to look among.
        regions: Parts of a region's name, whose small and capital letters are alike.
        sectors: Sectors.

    Example:
        >>> nearby = Organisation("x", "X", region="Greater London")
        >>> among_those([nearby], ["london"], []) == among_those([nearby], [], []) == (nearby,)
        True
    """
    wanted = [region.casefold() for region in regions]
    return tuple(
        other
        for other in others
        if (not sectors or other.sector in sectors)
        and (not wanted or any(region in other.region.casefold() for region in wanted))
    )


def nobody_among(others: Sequence[Organisation], regions: Sequence[str], sectors: Sequence[Sector]) -> Block:
    """What to say where nobody is left to look among.

    Args:
        others: Who was there before.
        regions: As they were asked for.
        sectors: As they were asked for.
    """
    asked = [_("in {regions}").format(regions=", ".join(regions))] if regions else []
    if sectors:
        asked.append(_("of the sector {sectors}").format(sectors=", ".join(sectors)))
    told = ngettext(
        "The {number} other is not {asked}.", "None of the {number} others is {asked}.", len(others)
    ).format(number=f"{len(others):,}", asked=" ".join(asked))
    unplaced = sum(not other.region for other in others)
    if regions and unplaced:
        told += " " + _("Of {number} the region is not known.").format(number=f"{unplaced:,}")
    return Block((), (), empty=told + " " + _("Try part of a name, or leave it out."))
