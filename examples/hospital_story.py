"""The hospital's story: from an honest audit to a first conversation, in a terminal.

python examples/hospital_story.py
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from shutil import which
from string import ascii_uppercase

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from lichen.audit import Audit, Organisation, review
from lichen.brief import brief_for
from lichen.capabilities import taxonomy
from lichen.files import read_audit, read_organisations
from lichen.fit import Fit, Matrix, best_partners, best_swaps, matrix, showable

HERE = Path(__file__).parent
GREY, GREEN = (126, 132, 128), (64, 196, 120)

console = Console(highlight=False)
console.width = min(console.width, 80)


def name_of(code: str) -> str:
    """What a code means, as it stands in a sentence."""
    label = taxonomy().capabilities[code].label
    return label[:1].lower() + label[1:]


def listed(codes: Iterable[str]) -> str:
    """Several capabilities in a row, each once."""
    return ", ".join(dict.fromkeys(map(name_of, codes)))


def chapter(number: int, title: str, *parts: RenderableType) -> None:
    """A numbered heading and what belongs under it."""
    console.print(Text.assemble((f" {number} ", f"bold {ink_on(1)}"), (f" {title}", "bold")))
    console.print()
    for part in parts:
        console.print(Padding(part, (0, 0, 0, 4), expand=False))
        console.print()


def facts(*pairs: tuple[str, RenderableType]) -> Table:
    """Names on the left, what belongs to each on the right."""
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(min_width=14)
    for name, told in pairs:
        table.add_row(Text(name, style="dim"), told)
    return table


def ink_on(value: float) -> str:
    """The style of a number from 0 to 1: the higher, the greener."""
    mixed = (round(low + (high - low) * value) for low, high in zip(GREY, GREEN, strict=True))
    return "rgb(10,21,16) on rgb({},{},{})".format(*mixed)


def tell_audit(audit: Audit) -> None:
    """What the review says of a first draft with three gaps, and of the audit as it stands."""
    gaps = audit.organisation.vulnerabilities
    draft = replace(audit, organisation=replace(audit.organisation, vulnerabilities=gaps[:3]))
    few = next(finding for finding in review(draft) if finding.code == "few_vulnerabilities")
    sensitive = listed(finding.item for finding in review(audit) if finding.code == "share_late")
    chapter(
        1,
        "She says honestly where the hospital is weak",
        facts(
            ("A first draft", f"{few.figures['count']} gaps; Lichen asks for at least {few.figures['wanted']}"),
            ("The audit", f"{len(gaps)} gaps, ranked by how much outside help each needs"),
            ("First of all", Text(f"“{gaps[0].words}”", style="italic")),
            ("Keep for later", f"{sensitive}, which is sensitive"),
        ),
    )


def tell_partners(fits: Iterable[Fit], considered: int) -> None:
    """The partners that were found, and why the first of them."""
    best, *_others = fits = list(fits)
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    for heading in ("Fit", "", "Partner", "For her", "For them"):
        table.add_column(heading, justify="left" if heading in {"", "Partner"} else "right")
    for fit in fits:
        bar = Text("━" * round((fit.score or 0) * 20), style="rgb({},{},{})".format(*GREEN))
        table.add_row(f"{fit.score:.2f}", bar, fit.name, f"{fit.cover_ours:.0%}", f"{fit.cover_theirs:.0%}")
    chapter(
        2,
        f"Of {considered} others, who has what she lacks and lacks what she has?",
        table,
        facts(
            ("Why the first?", Text(best.name, style="bold")),
            ("They have", listed(reason.gap for reason in best.reasons_ours)),
            ("They lack", listed(reason.gap for reason in best.reasons_theirs)),
        ),
    )


def tell_matrix(found: Matrix) -> None:
    """The vulnerability matrix as a heat map."""
    names = [name_of(line.code) for line in found.columns]
    wide = 4 + 32 + 11 * len(names) <= console.width
    table = Table(box=None, padding=0, header_style="dim")
    table.add_column("She lacks  ╲  they lack", min_width=32 if wide else None)
    for letter, name in zip(ascii_uppercase, names, strict=False):
        table.add_column(Text(name if wide else letter, justify="center"), width=11 if wide else 6)
    for line, cells in zip(found.rows, found.cells, strict=True):
        values = (0 if cell is None else cell.value for cell in cells)
        shown = (Text(f"{value:^11.2f}" if wide else f"{value:^6.2f}", style=ink_on(value)) for value in values)
        table.add_row(name_of(line.code), *shown)
    legend = [] if wide else [facts(*zip(ascii_uppercase, names, strict=False))]
    swap = best_swaps(found, top=1)[0]
    chapter(
        3,
        "Which help to swap for which? The vulnerability matrix",
        table,
        *legend,
        facts(("Best swap", f"{name_of(swap.ours.gap)} for {name_of(swap.theirs.gap)}")),
    )


def tell_brief(hospital: Organisation, partner: Organisation) -> None:
    """What the brief for a first conversation leads with."""
    made = brief_for(hospital, partner)
    if made.lead is None or made.step is None:
        return
    chapter(
        4,
        "What to say first? The brief leads with one weakness",
        facts(
            ("She says", Text(f"“{made.lead.words}”", style="italic")),
            ("She offers", f"{name_of(made.returns[0].offer)}: {made.returns[0].spare}"),
            ("She asks for", f"{made.step.activity}, within {made.step.months} months"),
            ("Left out", f"{len(made.left_out)} gaps that it is too early for"),
        ),
    )


def main() -> None:
    """Tell the story on the organisations that ship with Lichen."""
    audit = read_audit(HERE / "hospital.yaml")
    hospital = audit.organisation
    others = [showable(other) for other in read_organisations(sorted(HERE.glob("*.yaml")))]
    partners = best_partners(hospital, others, top=3)
    partner = next(other for other in others if other.id == partners.mutual[0].id)

    console.print(f"\n[bold]{hospital.name}[/] has money and doctors, but not the trust of the poorest.\n")
    tell_audit(audit)
    tell_partners(partners.mutual, partners.considered)
    tell_matrix(matrix(showable(hospital), partner))
    tell_brief(hospital, partner)
    lichen = command()
    console.print(f"[bold]Your turn:[/]  {lichen} audit template my-audit.xlsx", soft_wrap=True)
    console.print(f"[dim]and then[/]    {lichen} --help\n", soft_wrap=True)


def command() -> str:
    """How the command is called from where the reader stands: by its path if a shell would not find its name."""
    beside = Path(sys.executable).with_name("lichen")
    if which("lichen") or not beside.exists():
        return "lichen"
    return str(beside.relative_to(Path.cwd()) if beside.is_relative_to(Path.cwd()) else beside)


if __name__ == "__main__":
    main()
