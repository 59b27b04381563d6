"""Searching among organisations that are no members; the map; and the searches that are kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlencode
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lichen.fit.listing import Wanted, Way, World
from lichen.fit.pairs import Fit
from lichen.scales import Sector, Size
from lichen_web.alliances.access.actors import Actor
from lichen_web.alliances.access.listed import (
    ListSearch,
    listed_map,
    listed_named,
    listed_organisations,
    saved_search,
    saved_searches,
)
from lichen_web.alliances.actions.listed_notes import remove_search, restore_search, save_search, switch_search
from lichen_web.pages.acting import acting, page
from lichen_web.pages.asking import Question, asked, done
from lichen_web.pages.listed.forms import Narrowing, SavingSearch
from lichen_web.pages.listed.sentences import Why, filters_left_out, map_lines, nothing_found, their_need, whys

__all__ = ["map_view", "remove", "restore", "save", "search", "searches", "switch", "urls"]

_A_PAGE, _REASONS_SHOWN, _LONGEST_NAME = 10, 2, 80


@dataclass(frozen=True, slots=True)
class _Line:
    """One organisation in the list."""

    id: str
    name: str
    sector: str
    place: str
    size: str
    whys: tuple[Why, ...]
    back: str
    """What is known of the other direction."""


@require_safe
def search(request: HttpRequest, organisation: UUID) -> HttpResponse:
    """Who of them could help us, or whom we could help."""
    actor = acting(request, organisation)
    named = request.GET.get("named", "")[:_LONGEST_NAME].strip()
    if named:
        return _by_name(request, actor, named)
    kept = saved_search(actor, UUID(request.GET["search"])) if _is_id(request.GET.get("search", "")) else None
    form = Narrowing(request.GET)
    wanted = kept.wanted if kept else _wanted(form)
    way = Way.WE_HELP if request.GET.get("way") == Way.WE_HELP else Way.HELPS_US
    number = _page_number(request)
    found = listed_organisations(actor, wanted=wanted, way=way, start=(max(number, 1) - 1) * _A_PAGE, count=_A_PAGE)
    lines = Paginator(range(found.total), _A_PAGE).get_page(number)
    if lines.number != number:
        start = (lines.number - 1) * _A_PAGE
        found = listed_organisations(actor, wanted=wanted, way=way, start=start, count=_A_PAGE)
    narrowed = {"search": str(kept.id)} if kept else _query(form)
    return page(
        request,
        actor,
        "listed/search.html",
        form=_shown(wanted),
        world=_world(wanted, found.in_worlds),
        found=found,
        **_lines(found.fits, way),
        lines=lines,
        way=str(way),
        kept=kept,
        is_narrowed=wanted != Wanted(),
        counted=_counted(found),
        nothing=nothing_found(found.nothing) if found.nothing else None,
        left_out=filters_left_out(found.without),
        query=urlencode({**narrowed, "way": str(way)}, doseq=True),
        ways=_ways(narrowed),
        narrowed=urlencode(narrowed, doseq=True),
    )


def _by_name(request: HttpRequest, actor: Actor, named: str) -> HttpResponse:
    """Those of a name, whether they fit or not."""
    number = max(_page_number(request), 1)
    total, fits = listed_named(actor, words=named, start=(number - 1) * _A_PAGE, count=_A_PAGE)
    lines = Paginator(range(total), _A_PAGE).get_page(number)
    if lines.number != number:
        fits = listed_named(actor, words=named, start=(lines.number - 1) * _A_PAGE, count=_A_PAGE)[1]
    counted = ngettext("{number} of that name.", "{number} with that in their names.", total)
    return page(
        request,
        actor,
        "listed/search.html",
        named=named,
        lines=lines,
        counted=counted.format(number=f"{total:,}"),
        query=urlencode({"named": named}),
        **_lines(fits, Way.HELPS_US),
    )


@require_safe
def map_view(request: HttpRequest, organisation: UUID) -> HttpResponse:
    """Our top five gaps, three candidates each, on one sheet."""
    actor = acting(request, organisation)
    lines = map_lines(listed_map(actor))
    has_guesses = any(one.guess for line in lines for one in line.candidates)
    return page(request, actor, "listed/map.html", lines=lines, has_guesses=has_guesses)


@require_safe
def searches(request: HttpRequest, organisation: UUID) -> HttpResponse:
    """The searches that we keep."""
    actor = acting(request, organisation)
    every = saved_searches(actor)
    kept = [each for each in every if each.search.removed_at is None]
    removed = [each for each in every if each.search.removed_at is not None]
    return page(request, actor, "listed/searches.html", searches=kept, removed=removed)


def save(request: HttpRequest, organisation: UUID) -> HttpResponse:
    """Keep a search."""
    wanted = _wanted(Narrowing(request.GET))
    question = Question(
        title=_("Keep this search"),
        words=_("You get a mail when somebody new is found by it: at most one a day, and it never says what."),
        button=_("Keep it"),
        back=reverse("listed_organisations", args=[organisation]),
        said=_("It is kept. You get a mail when somebody new is found by it."),
    )
    onward = _searches(organisation)
    initial = _initial(wanted)
    actor = acting(request, organisation)
    return asked(request, actor, save_search, SavingSearch, question, initial=initial, onward=lambda _saved: onward)


@require_POST
def switch(request: HttpRequest, organisation: UUID, search: UUID) -> HttpResponse:
    """Let it write, or be silent."""
    is_on = request.POST.get("on") == "yes"
    said = _("It writes again when somebody new is found.") if is_on else _("It is silent from now on.")
    actor = acting(request, organisation)
    return done(request, actor, switch_search, search=search, is_on=is_on, said=said, to=_searches(organisation))


@require_POST
def remove(request: HttpRequest, organisation: UUID, search: UUID) -> HttpResponse:
    """Take it back; it can be put back."""
    said, to = _("It is removed. You can put it back below."), _searches(organisation)
    return done(request, acting(request, organisation), remove_search, search=search, said=said, to=to)


@require_POST
def restore(request: HttpRequest, organisation: UUID, search: UUID) -> HttpResponse:
    """Put it back."""
    said, to = _("It is back."), _searches(organisation)
    return done(request, acting(request, organisation), restore_search, search=search, said=said, to=to)


def _ways(narrowed: Mapping[str, object]) -> list[tuple[str, str, str]]:
    """The two directions: the word of each, its address, and what it is called."""
    called = {Way.HELPS_US: _("Who could help us"), Way.WE_HELP: _("Whom we could help")}
    return [(str(way), urlencode({**narrowed, "way": str(way)}, doseq=True), told) for way, told in called.items()]


def _page_number(request: HttpRequest) -> int:
    asked_for = request.GET.get("page", "1")
    return int(asked_for) if asked_for.isdecimal() and len(asked_for) < 7 else 1


def _lines(fits: Sequence[Fit], way: Way) -> dict[str, object]:
    lines = [_line(fit, way) for fit in fits]
    return {"fits": lines, "has_guesses": any(why.guess for line in lines for why in line.whys)}


def _line(fit: Fit, way: Way) -> _Line:
    ours = way is Way.HELPS_US
    is_known = fit.cover_theirs is not None or bool(fit.uncovered_theirs)
    return _Line(
        id=fit.id,
        name=fit.name,
        sector=fit.sector,
        place=", ".join(filter(None, (fit.region, fit.country))),
        size=fit.size,
        whys=whys(fit.reasons_ours if ours else fit.reasons_theirs, ours=ours, most=_REASONS_SHOWN),
        back=their_need(fit.reasons_theirs, is_known=is_known) if ours else _could_help(fit),
    )


def _could_help(fit: Fit) -> str:
    both = whys(fit.reasons_ours, ours=True, most=1)
    return both[0].sentence if both else ""


def _counted(found: ListSearch) -> str:
    told = ngettext(
        "{number} found among the {listed} listed.", "{number} found among the {listed} listed.", found.total
    ).format(number=f"{found.total:,}", listed=f"{found.listed:,}")
    if found.mutual:
        both = ngettext("{number} fits both ways.", "{number} fit both ways.", found.mutual)
        told += " " + both.format(number=f"{found.mutual:,}")
    return told


def _wanted(form: Narrowing) -> Wanted:
    """What was asked for, as far as it can be used: an address that was tampered with asks for less."""
    form.is_valid()
    asked_for = form.cleaned_data
    world = asked_for.get("world")
    return Wanted(
        frozenset(map(Sector, asked_for.get("sectors", ()))),
        asked_for.get("place", ""),
        frozenset(map(Size, asked_for.get("sizes", ()))),
        World(world) if world else None,
    )


def _initial(wanted: Wanted) -> Mapping[str, object]:
    return {
        "place": wanted.place,
        "world": wanted.world or "",
        "sectors": sorted(wanted.sectors),
        "sizes": sorted(wanted.sizes),
    }


def _shown(wanted: Wanted) -> Narrowing | SafeString:
    """The filters as they are set, without complaint; where none is, they are the same for all, and drawn once."""
    return _all_open(get_language()) if wanted == Wanted() else _but_world(wanted)


@cache
def _all_open(_language: str) -> SafeString:
    return _but_world(Wanted()).render()


def _but_world(wanted: Wanted) -> Narrowing:
    form = Narrowing(initial=dict(_initial(wanted)))
    del form.fields["world"]
    return form


def _world(wanted: Wanted, in_worlds: Mapping[World | None, int]) -> SafeString:
    """How far from our own world, with how many there are at each distance."""
    form = Narrowing(initial=dict(_initial(wanted)))
    form.count(in_worlds)
    return form["world"].as_field_group()


def _query(form: Narrowing) -> dict[str, object]:
    """The filters as an address says them."""
    return {name: value for name, value in form.cleaned_data.items() if value}


def _is_id(text: str) -> bool:
    try:
        return bool(UUID(text))
    except ValueError:
        return False


def _searches(organisation: UUID) -> str:
    return reverse("saved_searches", args=[organisation])


_ALL = "organisations/<uuid:organisation>/fit/listed/"
_SEARCH = f"{_ALL}searches/<uuid:search>/"
urls = [
    path(_ALL, search, name="listed_organisations"),
    path(f"{_ALL}map/", map_view, name="listed_map"),
    path(f"{_ALL}searches/", searches, name="saved_searches"),
    path(f"{_ALL}searches/save/", save, name="save_search"),
    path(f"{_SEARCH}switch/", switch, name="switch_search"),
    path(f"{_SEARCH}remove/", remove, name="remove_search"),
    path(f"{_SEARCH}restore/", restore, name="restore_search"),
]
