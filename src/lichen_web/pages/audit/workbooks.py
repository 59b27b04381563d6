"""The audit as a file: out, and in again after it was looked over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lichen.audit.differences import Difference
from lichen.errors import InputError, NotAllowed, Problem
from lichen.files.wording import headings
from lichen.files.workbook.writing import template
from lichen.scales import Sector
from lichen_web.alliances.access.actors import Actor, NotThere
from lichen_web.alliances.access.audit import own_audit
from lichen_web.alliances.access.permissions import may
from lichen_web.alliances.access.workbooks import UploadView, own_upload
from lichen_web.alliances.actions.workbooks import (
    apply_workbook,
    discard_workbook,
    map_columns,
    take_out_audit,
    upload_workbook,
)
from lichen_web.pages.acting import acting, page
from lichen_web.pages.asking import done
from lichen_web.pages.audit.words import label_of
from lichen_web.pages.forms.workbooks import BringingFile, NamingColumns, TakingOut

__all__ = ["Changes", "urls"]

_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "yaml": "application/yaml; charset=utf-8",
    "json": "application/json; charset=utf-8",
}


@dataclass(frozen=True, slots=True)
class Changes:
    """What would change, by what would happen to each."""

    added: tuple[Mapping[str, Any], ...] = field(default=())
    """What would be new."""
    changed: tuple[Mapping[str, Any], ...] = field(default=())
    """What would be said anew."""
    removed: tuple[Mapping[str, Any], ...] = field(default=())
    """What would be gone."""
    same: int = 0
    """How many would stay as they are."""

    @property
    def is_nothing(self) -> bool:
        """Whether nothing would change."""
        return not (self.added or self.changed or self.removed)


@require_safe
def workbook(request: HttpRequest, organisation: UUID) -> HttpResponse:
    """Out and in."""
    return _doors(request, organisation)


@require_POST
def take_out(request: HttpRequest, organisation: UUID) -> HttpResponse:
    """The audit as a file."""
    actor = acting(request, organisation)
    form = TakingOut(request.POST)
    if not form.is_valid():
        return _doors(request, organisation, out=form)
    format = form.cleaned_data["format"]
    return _file(
        take_out_audit(actor, format=format, at=timezone.now()), f"lichen-audit-{timezone.localdate()}", format
    )


@require_safe
def blank(request: HttpRequest, organisation: UUID) -> HttpResponse:
    """An empty workbook to fill in."""
    actor = acting(request, organisation)
    may(actor, "own_audit")
    sector = own_audit(actor).organisation.sector
    return _file(template(Sector(sector)), "lichen-audit-template", "xlsx")


@require_POST
def bring(request: HttpRequest, organisation: UUID) -> HttpResponse:
    """Bring a file, and look it over."""
    actor = acting(request, organisation)
    may(actor, upload_workbook.__name__)
    form = BringingFile(request.POST, request.FILES)
    if not form.is_valid():
        return _doors(request, organisation, bringing=form)
    try:
        upload = upload_workbook(actor, **form.cleaned_data, at=timezone.now())
    except InputError as refused:
        return _doors(request, organisation, problems=refused.problems)
    return redirect("workbook_look", organisation, upload)


@require_http_methods(["GET", "HEAD", "POST"])
def look(request: HttpRequest, organisation: UUID, upload: UUID) -> HttpResponse:
    """Look over what would change, and take it in."""
    actor = acting(request, organisation)
    seen = own_upload(actor, upload=upload, at=timezone.now())
    if seen.held.audit is None:
        return redirect("workbook_columns", organisation, upload)
    chosen = request.POST.get("how", "")
    if chosen not in {"add", "whole"}:
        return _looked_over(request, actor, seen)
    is_whole, state = chosen == "whole", request.POST.get("state", "")
    try:
        apply_workbook(actor, upload=upload, is_whole=is_whole, state=state, at=timezone.now())
    except InputError as refused:
        return _looked_over(request, actor, seen, problems=refused.problems)
    except NotAllowed as refused:
        messages.error(request, refused.why)
        return redirect("workbook_look", organisation, upload)
    messages.success(request, _("It is taken in, and the file is thrown away here."))
    return redirect("audit", organisation)


@require_http_methods(["GET", "HEAD", "POST"])
def columns(request: HttpRequest, organisation: UUID, upload: UUID) -> HttpResponse:
    """Say what the columns of a table mean that was made for something else."""
    actor = acting(request, organisation)
    may(actor, map_columns.__name__)
    held = own_upload(actor, upload=upload, at=timezone.now()).held
    asked = request.POST if request.method == "POST" else request.GET
    number, kind = asked.get("table", "0"), "offers" if asked.get("kind") == "offers" else "gaps"
    if not (number.isascii() and number.isdigit() and int(number[:4]) < len(held.tables)):
        raise NotThere
    table, problems = held.tables[int(number[:4])], tuple[Problem, ...]()
    form = NamingColumns(request.POST if request.method == "POST" else None, table=table, kind=kind)
    if form.is_bound and form.is_valid():
        about = {"upload": upload, "table": int(number[:4]), "kind": kind, **form.cleaned_data}
        try:
            return redirect("workbook_look", organisation, map_columns(actor, **about, at=timezone.now()))
        except InputError as refused:
            problems = refused.problems
    response = page(
        request,
        actor,
        "audit/workbook_columns.html",
        form=form,
        kind=kind,
        table=table,
        number=int(number[:4]),
        tables=held.tables,
        upload=upload,
        problems=tuple(map(_told, problems)),
    )
    response.status_code = HTTPStatus.UNPROCESSABLE_ENTITY if problems or form.errors else HTTPStatus.OK
    return response


@require_POST
def discard(request: HttpRequest, organisation: UUID, upload: UUID) -> HttpResponse:
    """Throw a file away."""
    actor = acting(request, organisation)
    said = _("The file is thrown away, and nothing has changed.")
    return done(request, actor, discard_workbook, said=said, to=reverse("workbook", args=[organisation]), upload=upload)


# --- Within ----------------------------------------------------------------------------------------------------------


def _doors(
    request: HttpRequest,
    organisation: UUID,
    *,
    out: TakingOut | None = None,
    bringing: BringingFile | None = None,
    problems: tuple[Problem, ...] = (),
) -> HttpResponse:
    actor = acting(request, organisation)
    may(actor, take_out_audit.__name__)
    response = page(
        request,
        actor,
        "audit/workbook.html",
        out=out or TakingOut(),
        bringing=bringing or BringingFile(),
        problems=tuple(map(_told, problems)),
    )
    response.status_code = HTTPStatus.UNPROCESSABLE_ENTITY if out or bringing or problems else HTTPStatus.OK
    return response


def _looked_over(
    request: HttpRequest, actor: Actor, seen: UploadView, problems: tuple[Problem, ...] = ()
) -> HttpResponse:
    response = page(
        request,
        actor,
        "audit/workbook_look.html",
        upload=seen,
        added=_changes(seen.added),
        whole=_changes(seen.whole) if not seen.held.is_foreign else None,
        problems=tuple(map(_told, problems)),
    )
    response.status_code = HTTPStatus.UNPROCESSABLE_ENTITY if problems else HTTPStatus.OK
    return response


def _changes(found: tuple[Difference, ...]) -> Changes:
    by_kind: dict[str, list[Mapping[str, Any]]] = {"added": [], "changed": [], "removed": [], "same": []}
    for each in found:
        by_kind[each.kind].append(_line(each))
    same = len(by_kind.pop("same"))
    return Changes(**{kind: tuple(lines) for kind, lines in by_kind.items()}, same=same)


def _line(each: Difference) -> Mapping[str, Any]:
    item = each.after or each.before
    words = headings()
    return {
        "of": each.of,
        "about": label_of(item.code) if item else "",
        "words": item.words if item else "",
        "changed": [words.get(name, _("its source")) for name in each.changed],
        "is_guessed": bool(item and item.code and not item.confirmed),
    }


def _told(problem: Problem) -> Mapping[str, str]:
    """A problem of a file, for people: where it is, what it is, and what would be right."""
    return {"place": capfirst(problem.place), "what": capfirst(problem.what), "right": problem.right}


def _file(raw: bytes, name: str, format: str) -> HttpResponse:
    """A file to keep: its name tells nothing, and no browser guesses at what it is."""
    response = HttpResponse(raw, content_type=_TYPES[format])
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{format}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


_HERE = "organisations/<uuid:organisation>/audit/workbook/"
urls = [
    path(_HERE, workbook, name="workbook"),
    path(f"{_HERE}out/", take_out, name="take_out_audit"),
    path(f"{_HERE}template/", blank, name="workbook_template"),
    path(f"{_HERE}in/", bring, name="upload_workbook"),
    path(f"{_HERE}<uuid:upload>/", look, name="workbook_look"),
    path(f"{_HERE}<uuid:upload>/columns/", columns, name="workbook_columns"),
    path(f"{_HERE}<uuid:upload>/discard/", discard, name="discard_workbook"),
]
