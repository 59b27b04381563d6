"""``lichen charter agreement``: the charter as a document to sign, what is open in it, and who signs again."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from lichen.alliance.values import Alliance
from lichen.audit.findings import Weight
from lichen.audit.values import Audit
from lichen.charter.agreement.as_html import agreement_html
from lichen.charter.agreement.as_markdown import agreement_markdown
from lichen.charter.agreement.compose import agreement_for
from lichen.charter.agreement.openings import material_facts_owed, opened_pairs
from lichen.charter.agreement.phrases import listed
from lichen.charter.agreement.readiness import ReadinessFinding, is_ready_to_sign, ready_to_sign
from lichen.charter.agreement.values import Agreement, SignedBy
from lichen.charter.clause.renegotiation import renegotiation_state
from lichen.charter.threat import is_two_way, threat_state
from lichen.cli.alliance.given import AllianceFile, given_alliance
from lichen.cli.answers import Record, json_text, say, screen, styled
from lichen.cli.charter.agreement_words import readiness_sentence
from lichen.cli.charter.compared import show_comparison
from lichen.cli.days import On, day_given
from lichen.cli.documents import Page, PageFormat, page_asked, print_page
from lichen.cli.group import DONE, FINDINGS, Described, commands
from lichen.cli.keeping import Overwrite, check_free
from lichen.files.storage import write_atomically
from lichen.language import _
from lichen.pilot.gate import gate, in_order
from lichen.pilot.values import PilotRules

__all__ = ["app"]

app = commands()

_SIGNS = {Weight.STOP: ("■", "red"), Weight.MEND: ("□", "yellow"), Weight.LOOK: ("·", "dim")}


@app.command(cls=Described)
def agreement(
    file: AllianceFile = "alliance.yaml",
    out: Annotated[Path | None, typer.Option(help="Write the text there: .md, .html or .json.")] = None,
    overwrite: Overwrite = False,
    reader: Annotated[
        str,
        typer.Option(
            "--for",
            metavar="PARTNER",
            help="The copy of this partner, with what was opened to it: its id.",
            show_default="for all",
        ),
    ] = "",
    compare: Annotated[
        str, typer.Option(metavar="FILE", help="The file as it was: say what changed and who signs again.")
    ] = "",
    on: On = None,
    layout: PageFormat = None,
) -> None:
    """Write the charter as a document to sign.

    What is missing is a marked blank. The text never says what anybody lacks; a copy made with --for ends with an
    annex of what was opened to that one partner, so send it to no other. What is open and who has signed is told beside
    the text. Ends with 1 while something stops you from signing, or somebody has to sign again.

    Example:
        lichen charter agreement alliance.yaml --out charter.html
        lichen charter agreement alliance.yaml --for example-churches --out for-the-churches.html
        lichen charter agreement alliance.yaml --compare alliance-2026.yaml
    """
    check_free(out, overwrite)
    page, day = page_asked(out, layout), day_given(on)
    alliance = given_alliance(file)
    earlier = given_alliance(compare) if compare else None
    made = _made(alliance, day, reader, () if earlier is None else earlier.partners)
    names = {party.id: party.name for party in made.parties}
    if out is not None:
        write_atomically(_WRITTEN[page](made).encode(), out)
        say(_("Written: {path}").format(path=out), error=True)
    if earlier is not None:
        before = _made(earlier, day, "", alliance.partners)
        open_still = show_comparison(before, made, earlier.partners, alliance.partners, is_json=layout is Page.JSON)
        raise typer.Exit(FINDINGS if open_still else DONE)
    if out is None:
        print_page(_WRITTEN[page](made), layout)
    findings = _findings(alliance, made, day)
    _remark(made, findings, names)
    raise typer.Exit(DONE if is_ready_to_sign(findings) else FINDINGS)


def _made(alliance: Alliance, day: date, reader: str, others: Sequence[Audit]) -> Agreement:
    granted, told = opened_pairs(alliance.matters, alliance.partners)
    return agreement_for(
        alliance.name,
        alliance.partners,
        alliance.charter,
        on=day,
        currency=alliance.currency,
        pilots=alliance.pilots,
        ledger=alliance.exchange,
        reader=reader,
        granted=granted,
        told=told,
        earlier=others,
    )


def _findings(alliance: Alliance, made: Agreement, day: date) -> tuple[ReadinessFinding, ...]:
    charter, ledger = alliance.charter, alliance.exchange
    rules = in_order(alliance.pilots)[-1].rules if alliance.pilots else PilotRules()
    two_way = is_two_way((promise.provider, promise.receiver) for promise in ledger.commitments)
    asked = [each for each in charter.clause.renegotiations if each.asked_on <= day]
    return ready_to_sign(
        made,
        material_due=material_facts_owed(alliance.matters, alliance.partners),
        successes_missing=gate(alliance.pilots, rules).missing,
        threats=[threat_state(threat, on=day, two_way_exchange=two_way) for threat in charter.threats],
        requests=[renegotiation_state(each, charter.clause.terms, day) for each in asked],
    )


def _remark(made: Agreement, findings: Sequence[ReadinessFinding], names: Mapping[str, str]) -> None:
    """Tell beside the text what stands between it and its signatures, and who has signed."""
    beside, ready = screen(error=True), is_ready_to_sign(findings)
    beside.print(styled((_("Ready to sign."), "bold green") if ready else (_("Not ready to sign."), "bold red")))
    grid = Table.grid(padding=(0, 1, 0, 0))
    for finding in findings:
        grid.add_row(styled(_SIGNS[finding.weight]), styled(readiness_sentence(finding, names)))
    beside.print(grid)
    signed = [place.party.name for place in made.signatures if place.is_signed]
    waiting = [place.party.name for place in made.signatures if not place.is_signed]
    for told, parties in ((_("Signed: {names}."), signed), (_("Still to sign: {names}."), waiting)):
        if parties:
            beside.print(styled(told.format(names=listed(parties))))
    beside.print(styled(_("Version {digest}").format(digest=made.digest)))


def _json(made: Agreement) -> str:
    """The document alone: where a text may betray somebody is for the facilitator's eyes."""
    record = {name: value for name, value in asdict(made).items() if name not in ("withheld", "suspect")}
    return json_text(record | {"signatures": [_signature_record(place) for place in made.signatures]})


def _signature_record(place: SignedBy) -> Record:
    signed_on = None if place.signed_on is None else place.signed_on.isoformat()
    return {**asdict(place), "signed_on": signed_on}


_WRITTEN: Mapping[Page, Callable[[Agreement], str]] = {
    Page.MD: agreement_markdown,
    Page.HTML: agreement_html,
    Page.JSON: _json,
}
