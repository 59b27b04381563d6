"""Naming a gap or an offer, and saying it anew: kept as one goes, never over what somebody else has said meanwhile.

One page does both. Where htmx is, the page is also the part that is swapped into a row, and what is kept while somebody
still writes is answered with a line; without it, the same form is sent and the same page comes back.
"""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRedirect, replace_url

from lichen.errors import InputError, LichenError, NotAllowed
from lichen_web.alliances.access.actors import Actor
from lichen_web.alliances.access.audit import OwnAudit, own_audit, own_readers
from lichen_web.alliances.access.permissions import may
from lichen_web.pages.acting import acting, page
from lichen_web.pages.asking import done, told_to
from lichen_web.pages.audit.choosing import choices_among
from lichen_web.pages.audit.kinds import Kind
from lichen_web.pages.forms.audit import RecordingItem

__all__ = ["change", "name", "remove", "restore", "understand"]


@dataclass(frozen=True, slots=True)
class Desk:
    """Where somebody writes: who, on what, and what stood there when they were answered."""

    request: HttpRequest
    actor: Actor
    kind: Kind
    own: OwnAudit
    item: Any = None
    """What is said anew; none for a new one."""

    @property
    def home(self) -> str:
        """The address of the audit."""
        return reverse("audit", args=[self.actor.organisation])

    @property
    def is_in_place(self) -> bool:
        """Whether it is written in a row of the audit, and not on a page of its own."""
        return bool(self.request.htmx) and self.request.htmx.current_url_abs_path == self.home  # type: ignore[attr-defined]

    def form(self, typed: QueryDict | None = None, **more: Any) -> RecordingItem:
        """What is asked; words of their own only of who names it, since what came in a file may have none."""
        form = self.kind.form(typed, **more)
        form.fields["words"].required = self.item is None
        return form

    def acted(self, said: dict[str, Any], version: int) -> tuple[UUID, int]:
        """Keep it; which it is, and in which version it stands now."""
        whole, at = self.kind.kept(self.own, said, self.item), timezone.now()
        if self.item is None:
            return self.kind.record(self.actor, **whole, at=at), 1
        item = UUID(str(self.item.id))
        return item, self.kind.change(self.actor, **{self.kind.name: item}, version=version, **whole, at=at)


@require_http_methods(["GET", "HEAD", "POST"])
def name(request: HttpRequest, organisation: UUID, kind: Kind) -> HttpResponse:
    """Name a gap or an offer."""
    actor = acting(request, organisation)
    may(actor, kind.record.__name__)
    return _written(Desk(request, actor, kind, own_audit(actor)))


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, organisation: UUID, kind: Kind, item: UUID) -> HttpResponse:
    """Say a gap or an offer anew."""
    actor = acting(request, organisation)
    may(actor, kind.change.__name__)
    own = own_audit(actor, alone=item)
    return _written(Desk(request, actor, kind, own, kind.found(own, item)))


@require_POST
def understand(request: HttpRequest, organisation: UUID, kind: Kind) -> HttpResponse:
    """Say what was understood so far, while somebody still types."""
    may(acting(request, organisation), kind.record.__name__)
    shown = {"choices": choices_among(request.POST, kind.sense), "kind": kind, "key": request.POST.get("key", "new")}
    return render(request, "audit/choices.html", {**shown, "is_part": True})


@require_POST
def remove(request: HttpRequest, organisation: UUID, kind: Kind, item: UUID) -> HttpResponse:
    """Take a gap or an offer out of the audit."""
    said = _("Removed. It can be put back for thirty days.")
    to = f"{reverse('audit', args=[organisation])}?removed={kind.folder}:{item}"
    return done(request, acting(request, organisation), kind.remove, said=said, to=to, **{kind.name: item})


@require_POST
def restore(request: HttpRequest, organisation: UUID, kind: Kind, item: UUID) -> HttpResponse:
    """Put it back."""
    to = f"{reverse('audit', args=[organisation])}#item-{item}"
    try:
        said = _("It stands in the audit again.")
        return done(request, acting(request, organisation), kind.restore, said=said, to=to, **{kind.name: item})
    except InputError as refused:
        messages.error(request, " ".join(str(problem.what) for problem in refused.problems))
        return redirect("own_removed", organisation)


# --- Writing ---------------------------------------------------------------------------------------------------------


def _written(desk: Desk) -> HttpResponse:
    typed = desk.request.POST
    if desk.request.method != "POST":
        return _fresh(desk)
    if "look" in typed:
        return _asked(desk, desk.form(initial=_typed(desk.kind, typed)), typed)
    if "join" in typed:
        return _joined(desk)
    if desk.request.htmx and "done" not in typed:  # type: ignore[attr-defined]
        return _kept_meanwhile(desk)
    return _kept(desk)


def _fresh(desk: Desk) -> HttpResponse:
    said = desk.kind.said(desk.item) if desk.item else {}
    typed = QueryDict(mutable=True)
    typed.update({name: str(said[name]) for name in ("words", "code") if name in said})
    version = desk.item.version if desk.item else 0
    return _asked(desk, desk.form(initial=said), typed, version=version)


def _kept(desk: Desk) -> HttpResponse:
    """Somebody has said that it is right as it stands."""
    typed = desk.request.POST
    form = desk.form(typed)
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    if form.is_valid():
        try:
            desk.acted(form.cleaned_data, _version(typed))
        except InputError as refused:
            told_to(form, refused)
        except NotAllowed as refused:
            if desk.item is not None and refused.rule == "changed-meanwhile":
                return _both(desk, form)
            form.add_error(None, refused.why)
            status = HTTPStatus.FORBIDDEN
        else:
            return _gone_on(desk)
    return _asked(desk, form, typed, version=_version(typed), status=status)


def _gone_on(desk: Desk) -> HttpResponse:
    if desk.is_in_place:
        return redirect(desk.home)
    messages.success(desk.request, _("It is sealed and kept."))
    return HttpResponseClientRedirect(desk.home) if desk.request.htmx else redirect(desk.home)  # type: ignore[attr-defined]


def _both(desk: Desk, form: forms.Form) -> HttpResponse:
    """Somebody else has said it anew meanwhile: theirs beside ours, to take either, or to join the two."""
    theirs, mine = desk.kind.said(desk.item), form.cleaned_data
    differ = [form[name].label for name in mine if name in theirs and _plain(theirs[name]) != _plain(mine[name])]
    return _asked(
        desk,
        form,
        desk.request.POST,
        version=desk.item.version,
        status=HTTPStatus.CONFLICT,
        theirs=desk.kind.row(desk.item),
        mine=desk.kind.row(desk.kind.having(desk.item, mine)),
        differ=differ,
    )


def _joined(desk: Desk) -> HttpResponse:
    """The words of both, one under the other, to be put together by whoever writes; nothing is kept yet."""
    typed = desk.request.POST.copy()
    theirs = str(desk.kind.said(desk.item)["words"]) if desk.item else ""
    typed["words"] = "\n".join(dict.fromkeys(filter(None, (theirs, typed.get("words", "").strip()))))
    version = desk.item.version if desk.item else 0
    return _asked(desk, desk.form(initial=_typed(desk.kind, typed)), typed, version=version)


def _plain(answer: Any) -> Any:
    return tuple(answer) if isinstance(answer, list | tuple) else answer or ""


def _kept_meanwhile(desk: Desk) -> HttpResponse:
    """Keep what stands in the form so far, and say so in a line; a new one only once it is said what it is about."""
    typed = desk.request.POST.copy()
    is_open = desk.item is None and "code" not in typed
    typed.setdefault("code", "")
    form = desk.form(typed)
    if not form.is_valid():
        return _line(desk, is_kept=False)
    if is_open:
        return _line(desk, is_kept=False, is_open=True)
    said = form.cleaned_data
    if desk.item is None:
        desk = _same(desk, said)
    elif _is_shown(desk):
        said["code"] = desk.item.code
    try:
        item, version = desk.acted(said, _version(typed) or (desk.item.version if desk.item else 0))
    except LichenError:
        return _line(desk, is_kept=False)
    response = _line(desk, is_kept=True, version=version)
    is_new = desk.request.resolver_match.kwargs.get("item") is None  # type: ignore[union-attr]
    return replace_url(response, desk.kind.address("change", desk.own.id, item)) if is_new else response


def _same(desk: Desk, said: dict[str, Any]) -> Desk:
    """What is sent a second time before the first was answered is the same one."""
    for each in desk.kind.standing(desk.own):
        if desk.kind.said(each)["words"] == said["words"]:
            return Desk(desk.request, desk.actor, desk.kind, desk.own, each)
    return desk


def _is_shown(desk: Desk) -> bool:
    """Whether somebody reads it: under another code they would read it no longer, which nobody does in passing."""
    return desk.kind.sense == "gap" and desk.item.id in own_readers(desk.actor)


# --- Answering -------------------------------------------------------------------------------------------------------


def _asked(
    desk: Desk,
    form: forms.Form,
    typed: QueryDict,
    *,
    version: int | None = None,
    status: HTTPStatus = HTTPStatus.OK,
    **shown: object,
) -> HttpResponse:
    key = str(desk.item.id) if desk.item else "new"
    if desk.is_in_place:
        form.auto_id = f"id_{key}_%s"
    response = page(
        desk.request,
        desk.actor,
        "audit/item.html",
        form=form,
        kind=desk.kind,
        key=key,
        item=desk.item,
        row=desk.kind.row(desk.item) if desk.item else None,
        choices=choices_among(typed, desk.kind.sense),
        version=_version(typed) if version is None else version,
        readers=own_readers(desk.actor).get(desk.item.id, 0) if desk.item and desk.kind.sense == "gap" else 0,
        question=next((each for each in desk.kind.asks(desk.own) if each.id == desk.request.GET.get("question")), None),
        starters=() if desk.item else desk.kind.asks(desk.own),
        is_in_place=desk.is_in_place,
        understand=desk.kind.address("understand", desk.own.id),
        **shown,
    )
    response.status_code = status
    return response


def _line(desk: Desk, *, is_kept: bool, version: int = 0, is_open: bool = False) -> HttpResponse:
    key = desk.request.POST.get("key", "new")
    shown = {"is_kept": is_kept, "is_open": is_open, "version": version, "key": key, "at": timezone.now()}
    return render(desk.request, "audit/kept.html", shown)


def _typed(kind: Kind, typed: QueryDict) -> dict[str, Any]:
    """What stands in a form, whether right or wrong."""
    fields = kind.form().fields
    return {name: field.widget.value_from_datadict(typed, {}, name) for name, field in fields.items()}


def _version(typed: QueryDict) -> int:
    said = typed.get("version", "")
    return int(said) if said.isdecimal() and len(said) < 10 else 0
