"""Whether the walls in the database stand: asked before anything starts, which it then refuses with every fault.

On PostgreSQL row-level security has to be on and forced, with these policies and no others, and the web and the worker
must have no way past it. On both databases what happened has to be append-only, and nobody starts on one that was left
for another, or has not wholly arrived.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import DEFAULT_DB_ALIAS, connection
from django.utils.translation import gettext as _

from lichen.errors import Problem, refuse
from lichen_web.alliances.copies.halts import halted
from lichen_web.environment import Part

__all__ = ["APPEND_ONLY", "POLICIES", "STAYS", "faults", "refuse_unsafe"]

POLICIES: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        table: frozenset({*policies.split(), "whole"})
        for table, policies in {
            "lichen_brief": "own",
            "lichen_complaint": "about answered by decided host made",
            "lichen_conversation_note": "own",
            "lichen_correction_request": "host made",
            "lichen_event_payload": "host own recorded",
            "lichen_exclusions": "own",
            "lichen_grant": "deciding given own reader shut withdrawn",
            "lichen_look": "looked own",
            "lichen_listed_note": "own",
            "lichen_match_card": "destroyed matcher own written",
            "lichen_matter": "opened party",
            "lichen_matter_event": "deciding done looking own",
            "lichen_matter_party": "deciding joined opened own",
            "lichen_message": "own reader sent",
            "lichen_offer": "deciding granted own public",
            "lichen_organisation_key": "destroyed made wrapped",
            "lichen_probe_charge": "own",
            "lichen_proposal": "own",
            "lichen_publication": "matcher own published withdrawn",
            "lichen_saved_search": "own",
            "lichen_sealed_part": "deciding granted own public",
            "lichen_sitting": "deciding own",
            "lichen_team_answer": "own",
            "lichen_team_link": "own",
            "lichen_team_round": "own",
            "lichen_upload": "own",
            "lichen_unmailed": "deciding own",
            "lichen_vulnerability": "deciding granted own",
        }.items()
    }
)
"""Every table under row-level security, and its policies; docs/reference/row-level-security.md says what they mean."""

_OPEN = {
    ("lichen_match_card", "matcher"),
    ("lichen_organisation_key", "wrapped"),
    ("lichen_publication", "matcher"),
}
"""The policies without a condition, each for a reason."""

APPEND_ONLY = ("lichen_chain", "lichen_checkpoint", "lichen_event", "lichen_event_payload")
"""What is only ever added to; a payload can be erased."""

STAYS = (
    "lichen_circle_membership",
    "lichen_complaint",
    "lichen_convener",
    "lichen_grant",
    "lichen_match_card",
    "lichen_matter",
    "lichen_membership",
    "lichen_offer",
    "lichen_probe_charge",
    "lichen_proposal",
    "lichen_publication",
    "lichen_sealed_part",
    "lichen_sitting",
    "lichen_vulnerability",
)
"""Where a trigger refuses to rewrite what has happened; migration 0008 says which change of which column."""

_GUARDED = {
    "lichen_chain": "lichen_in_its_place",
    "lichen_circle_membership": "lichen_asked_first lichen_vouched_for",
    "lichen_erasure": "lichen_in_its_place",
    "lichen_event": "lichen_in_its_place",
}
"""The triggers that look at what is new, on PostgreSQL."""

_DENIED = {
    "UPDATE, DELETE, TRUNCATE, TRIGGER": (
        "lichen_checkpoint",
        "lichen_claim",
        "lichen_erasure",
        "lichen_event",
        "lichen_event_payload",
        "lichen_key_copy",
        "lichen_matter_event",
        "lichen_matter_party",
    ),
    "UPDATE, TRUNCATE, TRIGGER": ("lichen_match_card", "lichen_organisation_key", "lichen_sealed_part"),
    "DELETE, TRUNCATE, TRIGGER": tuple({*STAYS, "lichen_chain"} - {"lichen_match_card", "lichen_sealed_part"}),
}
"""What neither the web nor the worker may do with which tables."""

_ON_SQLITE = {
    "lichen_chain": "delete insert",
    "lichen_checkpoint": "delete insert update",
    "lichen_event": "delete insert update",
    "lichen_event_payload": "insert update",
}
"""What the triggers of each refuse there; an insertion only in the place of another row."""


@register(Tags.database)
def _found(databases: Sequence[str] | None = None, **_more: Any) -> list[CheckMessage]:
    """As Django asks it; of a database without tables there is nothing to say yet."""
    if not databases or not _tables():
        return []
    return [Error(found.what, found.right, id="lichen.E201") for found in faults(settings.LICHEN.part)]


def refuse_unsafe(part: Part) -> None:
    """Do not start as this part while a wall is down.

    Raises:
        InputError: Something is wrong with the database; every problem at once.
    """
    refuse(faults(part))


def faults(part: Part) -> Iterator[Problem]:
    """Everything that is wrong with the walls, for whoever is signed in as this part."""
    missing = sorted({*POLICIES, *APPEND_ONLY} - _tables())
    for table in missing:
        yield Problem(_("{table} is not there").format(table=table), "lichen-web migrate")
    if missing:
        return
    yield from halted(DEFAULT_DB_ALIAS)
    if connection.vendor != "postgresql":
        acts = {f"{table}_no_{act}" for table, acts in _ON_SQLITE.items() for act in acts.split()}
        yield from _unguarded({*acts, *(f"{table}_stays" for table in STAYS)})
        return
    yield from _unforced()
    yield from _strange_policies()
    guarding = {f"{table}.{name}" for table, names in _GUARDED.items() for name in names.split()}
    only_added = {f"{table}.lichen_append_only" for table in APPEND_ONLY}
    yield from _unguarded({*guarding, *only_added, *(f"{table}.lichen_stays" for table in STAYS)})
    yield from _astray()
    yield from _beyond(part)


def _tables() -> set[str]:
    with connection.cursor() as cursor:
        return set(connection.introspection.table_names(cursor))


def _unforced() -> Iterator[Problem]:
    asked = "SELECT relname, relrowsecurity, relforcerowsecurity FROM pg_class WHERE oid = ANY(%s::regclass[])"
    for table, is_on, is_forced in _rows(asked, [list(POLICIES)]):
        if not is_on:
            what = _("row-level security of {table} is off").format(table=table)
            yield Problem(what, f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        if not is_forced:
            what = _("row-level security of {table} is not forced on its owner").format(table=table)
            yield Problem(what, f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")


def _strange_policies() -> Iterator[Problem]:
    asked = "SELECT tablename, policyname, 'true' IN (qual, with_check) FROM pg_policies WHERE schemaname = 'public'"
    found = {(table, policy): is_open for table, policy, is_open in _rows(asked)}
    known = {(table, policy) for table, policies in POLICIES.items() for policy in policies}
    right = _("the policies that lichen-web migrate made")
    for table, policy in sorted(known - found.keys()):
        yield Problem(_("policy {policy} of {table} is not there").format(policy=policy, table=table), right)
    for table, policy in sorted(found.keys() - known):
        yield Problem(_("policy {policy} of {table} is not Lichen's").format(policy=policy, table=table), right)
    for table, policy in sorted(each for each in known & found.keys() if found[each] and each not in _OPEN):
        yield Problem(_("policy {policy} of {table} lets everything pass").format(policy=policy, table=table), right)


def _unguarded(wanted: set[str]) -> Iterator[Problem]:
    """The triggers of append-only tables that are not there, or are switched off."""
    asked = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    if connection.vendor == "postgresql":
        asked = "SELECT tgrelid::regclass || '.' || tgname FROM pg_trigger WHERE tgenabled IN ('O', 'A')"
    for trigger in sorted(wanted - {name for (name,) in _rows(asked)}):
        what = _("trigger {trigger} is not there, or is switched off: what happened could be changed")
        yield Problem(what.format(trigger=trigger), _("the triggers that lichen-web migrate made"))


def _astray() -> Iterator[Problem]:
    """The functions that answer with their owner's rights and could be led astray, or called by anybody."""
    asked = (
        "SELECT proname, coalesce('search_path=pg_catalog, public, pg_temp' = ANY (proconfig), false),"
        " has_function_privilege('public', oid, 'EXECUTE')"
        " FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prosecdef ORDER BY proname"
    )
    for name, is_bound, is_open in _rows(asked):
        if not is_bound:
            what = _("function {name} looks for tables where others could put them").format(name=name)
            yield Problem(what, f"ALTER FUNCTION {name} SET search_path = pg_catalog, public, pg_temp")
        if is_open:
            what = _("function {name} can be called by anybody").format(name=name)
            yield Problem(what, f"REVOKE EXECUTE ON FUNCTION {name} FROM PUBLIC")


def _beyond(part: Part) -> Iterator[Problem]:
    """What whoever is signed in could do and must not."""
    asked = "SELECT rolname, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user"
    ((role, is_super, is_past),) = _rows(asked)
    right = _("{role}, as lichen-web database prepare makes it").format(role=part.role)
    if is_super:
        yield Problem(_("{role} is a superuser of PostgreSQL, whom no policy stops").format(role=role), right)
    if is_past:
        yield Problem(_("{role} may pass by row-level security").format(role=role), right)
    if part is Part.OWNER:
        return
    owned = "SELECT relname FROM pg_class WHERE oid = ANY(%s::regclass[]) AND pg_has_role(relowner, 'MEMBER')"
    for (table,) in _rows(owned, [sorted({*POLICIES, *APPEND_ONLY})]):
        yield Problem(_("{role} owns {table}, or belongs to its owner").format(role=role, table=table), right)
    for what, is_allowed in _rights(part):
        if is_allowed:
            yield Problem(_("{role} may {what}").format(role=role, what=what), right)


def _rights(part: Part) -> Iterator[tuple[str, bool]]:
    asked = (
        "SELECT relname, has_table_privilege(oid, %s)"
        " OR (%s LIKE 'UPDATE%%' AND has_any_column_privilege(oid, 'UPDATE'))"
        " FROM pg_class WHERE oid = ANY(%s::regclass[]) ORDER BY relname"
    )
    for rights, tables in _DENIED.items():
        for table, is_allowed in _rows(asked, [rights, rights, list(tables)]):
            what = _("change what stands in {table}") if rights.startswith("UPDATE") else _("delete from {table}")
            yield what.format(table=table), is_allowed
    if part is Part.WEB:
        ((is_allowed,),) = _rows("SELECT has_column_privilege('lichen_match_card', 'sealed', 'SELECT')")
        yield _("read match cards"), is_allowed
        ((is_allowed,),) = _rows("SELECT has_table_privilege('lichen_proposal', 'INSERT')")
        yield _("make proposals"), is_allowed


def _rows(asked: str, given: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(asked, given or None)
        return list(cursor.fetchall())
