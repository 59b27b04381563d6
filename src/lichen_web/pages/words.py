"""What the pages call things: the same words in a form, a list and a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from lichen.scales import Sector, Size

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

__all__ = ["ROLES", "ROLES_TOLD", "SCOPES", "SECTORS", "SIZES"]

SECTORS: Mapping[str, StrOrPromise] = {
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
SIZES: Mapping[str, StrOrPromise] = {
    Size.MICRO: _("under 10,000"),
    Size.SMALL: _("10,000 to under 100,000"),
    Size.MEDIUM: _("100,000 to under 1 million"),
    Size.LARGE: _("1 to under 10 million"),
    Size.MAJOR: _("10 to under 100 million"),
    Size.SUPER_MAJOR: _("100 million and more"),
    Size.UNKNOWN: _("not known"),
}
"""Of the income in a year, in the organisation's own currency."""
ROLES: Mapping[str, StrOrPromise] = {"lead": _("lead"), "member": _("member"), "observer": _("observer")}
ROLES_TOLD: Mapping[str, StrOrPromise] = {
    "lead": _("Lead: may do everything, also invite, remove and erase"),
    "member": _("Member: names gaps and offers, and works on what follows"),
    "observer": _("Observer: sees what the organisation sees, and changes nothing"),
}
SCOPES: Mapping[str, StrOrPromise] = {
    "offers": _("What we can give"),
    "gaps": _("What we lack: which kind of gap, without our words"),
    "words": _("Our own words, and how bad each gap is"),
}
