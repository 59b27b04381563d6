"""The words of files: headings, help and the words for each choice, in the language being spoken."""

from __future__ import annotations

from collections.abc import Mapping

from lichen.capabilities.taxonomy import taxonomy
from lichen.language import _

__all__ = [
    "evidence_words",
    "headings",
    "help_texts",
    "kind_words",
    "relevance_words",
    "sector_words",
    "sensitivity_words",
    "severity_words",
    "size_words",
    "some_hours",
    "some_number",
    "strength_words",
    "yes_no_words",
]


def headings() -> Mapping[str, str]:
    """What a person reads above or beside each field."""
    return {
        "record": _("Record"),
        "organisation": _("Organisation"),
        "id": _("Registration number"),
        "name": _("Name of the organisation"),
        "sector": _("Sector"),
        "country": _("Country"),
        "region": _("Region or town"),
        "size": _("Yearly income"),
        "audited_on": _("Date of this audit"),
        "worst_at": _("What are we worst at?"),
        "awake_at_night": _("What keeps us up at night?"),
        "leadership_aligned": _("Does the leadership stand behind this audit?"),
        "hours": _("Hours the leadership spent on it"),
        "people": _("How many people took part?"),
        "words": _("In your own words"),
        "code": _("Capability"),
        "severity": _("How serious"),
        "rank": _("Rank"),
        "core": _("Core"),
        "sensitivity": _("Sensitivity"),
        "relevance": _("Bears on a partnership"),
        "strength": _("How strong"),
        "evidence": _("Evidence"),
        "kinds": _("How you could give it"),
        "spare": _("What you could spare"),
        "confirmed": _("Capability confirmed"),
        "source_name": _("Source"),
        "source_sentence": _("Sentence in the source"),
        "source_confidence": _("Confidence in the source"),
        "source_url": _("Address of the source"),
    }


def help_texts() -> Mapping[str, str]:
    """What would be right in each field, for the one who fills it in."""
    return {
        "id": _("Your number in a public register, such as GB-CHC-1000340. Leave empty if you have none."),
        "name": _("As your partners know it."),
        "sector": _("Pick the nearest."),
        "country": _("Two letters: GB, KE, US …"),
        "region": _("Where most of your work is."),
        "size": _("In your own currency."),
        "audited_on": _("Year, month, day: 2026-09-14."),
        "worst_at": _("The first thing that comes to mind is usually the right one."),
        "awake_at_night": _("What could go wrong that you could not put right alone?"),
        "leadership_aligned": _("Yes or no. If no, talk first: an audit that the leadership disowns helps nobody."),
        "hours": _("Two hours together is a good start."),
        "people": _("Everyone whose view is in here."),
        "words": _("One thing a row, as you would say it to a friend. Name no person."),
        "code": _("Pick from the list; the sheet Words says what each means. Leave it empty and Lichen proposes one."),
        "severity": _("How much is missing: 1 is a little, 5 is all of it. Left empty, it counts as 3."),
        "rank": _("1 for what needs outside help most, then 2, 3 and so on."),
        "core": _("Yes, if you could not go on without it. Few things are."),
        "sensitivity": _("How early a partner may learn of it. Leave it empty to take the usual for this capability."),
        "relevance": _("Does it affect what you could do together with a partner?"),
        "strength": _("1 is a little; 5 is excellent. As you see it yourself."),
        "evidence": _("The best that you could show. Saying so counts; it just counts less."),
        "kinds": _("Pick one. For more, part them with commas."),
        "spare": _("Such as: two afternoons a month, three halls on weekdays."),
    }


def severity_words() -> Mapping[str, str]:
    """The steps of how serious a gap is."""
    return {
        "1": _("1 - slight: we have nearly all of it"),
        "2": _("2 - minor: we have most of it"),
        "3": _("3 - real: we have some of it, and not enough"),
        "4": _("4 - serious: we have little of it"),
        "5": _("5 - total: we have none of it at all"),
    }


def strength_words() -> Mapping[str, str]:
    """The steps of how strong an offer is."""
    return {
        "1": _("1 - a little"),
        "2": _("2 - some"),
        "3": _("3 - good"),
        "4": _("4 - strong"),
        "5": _("5 - excellent"),
    }


def evidence_words() -> Mapping[str, str]:
    """The steps of the evidence ladder."""
    return {
        "1": _("1 - we say so"),
        "2": _("2 - an example we can name"),
        "3": _("3 - a document"),
        "4": _("4 - a third party says so"),
        "5": _("5 - a measured result"),
    }


def sensitivity_words() -> Mapping[str, str]:
    """How early an item may be opened to a partner."""
    return {
        "low": _("low - once both have said yes"),
        "medium": _("medium - after mutual interest"),
        "high": _("high - not before a pilot starts"),
    }


def relevance_words() -> Mapping[str, str]:
    """Whether a gap affects what could be done together."""
    return {"yes": _("yes"), "no": _("no"), "unasked": _("not asked yet")}


def yes_no_words() -> Mapping[str, str]:
    """Yes and no."""
    return {"yes": _("yes"), "no": _("no")}


def sector_words() -> Mapping[str, str]:
    """The sectors."""
    return {
        "nonprofit": _("Charity or other nonprofit"),
        "business": _("Business"),
        "government": _("Government or public body"),
        "faith": _("Faith community"),
        "education": _("School, college or university"),
        "health": _("Health care"),
        "cooperative": _("Co-operative"),
        "funder": _("Foundation or other funder"),
        "other": _("Something else"),
    }


def size_words() -> Mapping[str, str]:
    """The size bands."""
    return {
        "micro": _("micro - under 10,000"),
        "small": _("small - 10,000 to 100,000"),
        "medium": _("medium - 100,000 to 1 million"),
        "large": _("large - 1 to 10 million"),
        "major": _("major - 10 to 100 million"),
        "super-major": _("super-major - 100 million and more"),
        "unknown": _("not known"),
    }


def some_hours() -> str:
    """What would be right where hours are asked for."""
    return _("a number of hours, such as 2.5")


def some_number() -> str:
    """What would be right where a number, a sum of money or a share is asked for."""
    return _("a number, such as 2.5, 9,500 or 20%")


def kind_words() -> Mapping[str, str]:
    """The kinds of value that pass hands."""
    return {kind: kind.replace("_", " ") for kind in taxonomy().kinds}
