"""Two versions of the charter on the command line: what changed, and who signs again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from lichen.audit.values import Audit
from lichen.charter.agreement.changes import SectionChange, agreement_changes, signing_again, veto_scopes_changed
from lichen.charter.agreement.phrases import listed
from lichen.charter.agreement.values import Agreement
from lichen.cli.answers import Block, Column, Layout, Line, Record, show, styled
from lichen.cli.charter.agreement_words import section_words
from lichen.language import _

__all__ = ["show_comparison"]

Names = Mapping[str, str]


def show_comparison(
    before: Agreement, after: Agreement, old: Sequence[Audit], new: Sequence[Audit], *, is_json: bool
) -> bool:
    """Print what changed and who signs again.

    Args:
        before: The earlier version.
        after: The later one.
        old: The partners' audits with the earlier version.
        new: The partners' audits now.
        is_json: Whether a program reads it.

    Returns:
        Whether somebody has to sign again, and has not.
    """
    names = {party.id: party.name for party in after.parties}
    changes = agreement_changes(before, after)
    again = signing_again(before, after, vetoes_changed=veto_scopes_changed(old, new))
    signed = {place.party.id for place in after.signatures if place.is_signed}
    records = [
        {
            "part": "signing",
            "party": id,
            "name": names[id],
            "because": list(sections),
            "has_signed": id in signed,
        }
        for id, sections in again.sections.items()
    ]
    blocks = [_changes(changes, names), _signing(records)]
    if after.digest != before.digest:
        blocks.append(_version(after, again.unaffected))
    show(Layout.JSON if is_json else Layout.TABLE, *blocks)
    return any(not record["has_signed"] for record in records)


def _changes(changes: Sequence[SectionChange], names: Names) -> Block:
    return Block(
        heading=_("What has changed"),
        columns=(Column("", lambda record: styled((_headed(record), "bold"))),),
        records=[
            {
                "part": "change",
                "section": change.name,
                "binding": change.binding,
                "lines": [{"before": line.before, "after": line.after} for line in change.lines],
                "concerns": list(change.concerns),
            }
            for change in changes
        ],
        below=lambda record: _below(record, names),
        empty=_("Nothing has changed."),
    )


def _headed(record: Record) -> str:
    binds = _("binding") if record["binding"] else _("not binding")
    return f"{section_words(record['section'])}, {binds}"


def _below(record: Record, names: Names) -> Iterator[Line]:
    for line in record["lines"]:
        if line["before"]:
            yield styled(("−", "red")), styled(line["before"])
        if line["after"]:
            yield styled(("+", "green")), styled(line["after"])
    if not record["lines"]:
        yield styled("·"), styled(_("Only whether it binds has changed."))
    signing = listed(names[id] for id in record["concerns"]) or _("nobody")
    yield styled("→"), styled(_("Because of it signs again: {names}.").format(names=signing))


def _signing(records: Sequence[Record]) -> Block:
    return Block(
        heading=_("Who signs again"),
        columns=(
            Column(_("Party"), lambda record: record["name"]),
            Column(_("Because of"), _because),
            Column(_("So far"), lambda record: _("signed") if record["has_signed"] else _("not signed")),
        ),
        records=records,
        empty=_("Nobody has to sign again."),
    )


def _because(record: Record) -> str:
    if not record["because"]:
        return _("it is new, or its vetoes have changed")
    return "\n".join(section_words(name) for name in record["because"])


def _version(after: Agreement, unaffected: Sequence[str]) -> Block:
    """What to put down in the file once the later version is agreed on."""
    return Block(
        heading=_("Once it is agreed, write this below charter, versions, with the day:"),
        columns=(Column("", _entry),),
        records=[{"part": "version", "digest": after.digest, "unaffected": list(unaffected)}],
    )


def _entry(record: Record) -> str:
    unaffected = f"\n  unaffected: [{', '.join(record['unaffected'])}]" if record["unaffected"] else ""
    return f"- digest: {record['digest']}\n  agreed_on: …{unaffected}"
