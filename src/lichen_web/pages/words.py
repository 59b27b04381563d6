"""What the pages call things: the same words in a form, a list and a sentence."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from lichen.scales import Sector, Size

__all__ = ["roles", "roles_told", "scopes", "sector", "sectors", "sizes"]

_SECTORS: dict[str, str] = {
    Sector.BUSINESS: gettext_noop("a business"),
    Sector.NONPROFIT: gettext_noop("a charity, association or other nonprofit"),
    Sector.GOVERNMENT: gettext_noop("a city, a state, an authority"),
    Sector.FAITH: gettext_noop("a church, mosque, temple or other faith group"),
    Sector.EDUCATION: gettext_noop("a school, college or university"),
    Sector.HEALTH: gettext_noop("a hospital or other health care"),
    Sector.COOPERATIVE: gettext_noop("a co-operative"),
    Sector.FUNDER: gettext_noop("a foundation or other funder"),
    Sector.OTHER: gettext_noop("something else"),
}


def sectors() -> dict[str, str]:
    """What an organisation is."""
    return {each: sector(each) for each in _SECTORS}


def sector(one: str) -> str:
    """The same of one."""
    return _(_SECTORS[one])


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
