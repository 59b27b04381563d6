"""What the pages call things: the same words in a form, a list and a sentence."""

from __future__ import annotations

from django.utils.translation import gettext as _

from lichen.scales import Sector, Size

__all__ = ["roles", "roles_told", "scopes", "sectors", "sizes"]


def sectors() -> dict[str, str]:
    """What an organisation is."""
    return {
        Sector.BUSINESS: _("a business"),
        Sector.NONPROFIT: _("a charity, association or other nonprofit"),
        Sector.GOVERNMENT: _("a city, a state, an authority"),
        Sector.FAITH: _("a church, mosque, temple or other faith group"),
        Sector.EDUCATION: _("a school, college or university"),
        Sector.HEALTH: _("a hospital or other health care"),
        Sector.COOPERATIVE: _("a co-operative"),
        Sector.FUNDER: _("a foundation or other funder"),
        Sector.OTHER: _("something else"),
    }


def sizes() -> dict[str, str]:
    """Its income in a year, in its own currency."""
    return {
        Size.MICRO: _("under 10,000"),
        Size.SMALL: _("10,000 to under 100,000"),
        Size.MEDIUM: _("100,000 to under 1 million"),
        Size.LARGE: _("1 to under 10 million"),
        Size.MAJOR: _("10 to under 100 million"),
        Size.SUPER_MAJOR: _("100 million and more"),
        Size.UNKNOWN: _("not known"),
    }


def roles() -> dict[str, str]:
    """What somebody is in an organisation, in a word."""
    return {"lead": _("lead"), "member": _("member"), "observer": _("observer")}


def roles_told() -> dict[str, str]:
    """The same, with what it lets them do."""
    return {
        "lead": _("Lead: may do everything, also invite, remove and erase"),
        "member": _("Member: names gaps and offers, and works on what follows"),
        "observer": _("Observer: sees what the organisation sees, and changes nothing"),
    }


def scopes() -> dict[str, str]:
    """What can be opened to a facilitator."""
    return {
        "offers": _("What we can give"),
        "gaps": _("What we lack: which kind of gap, without our words"),
        "words": _("Our own words, and how bad each gap is"),
    }
