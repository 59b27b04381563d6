"""The sentences that recognising is learned from, and those that the choices are tuned on."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path

from lichen.capabilities.words import spelt_out

__all__ = ["CODES", "HERE", "INPUTS", "TAXONOMY", "Lesson", "lessons", "tuning"]

HERE = Path(__file__).parent
CHECKOUT = HERE.parent.parent
TAXONOMY = CHECKOUT / "src/lichen/capabilities/taxonomy.json"
INPUTS = sorted((HERE / "sentences").glob("*.tsv"))
_CAPABILITIES = json.loads(TAXONOMY.read_text(encoding="utf-8"))["capabilities"]
CODES = [capability["code"] for capability in _CAPABILITIES]


@dataclass(frozen=True, slots=True)
class Lesson:
    """A sentence and what it says: kind single, mixed, others or empty; as many senses as codes, or none known."""

    kind: str
    codes: tuple[str, ...]
    senses: tuple[str, ...]
    text: str


def lessons() -> list[Lesson]:
    """All that may be learned from: the files in ``sentences/``, and the taxonomy's phrases and definitions."""
    taught = [lesson for path in INPUTS for lesson in read(path)] + _from_taxonomy()
    return [replace(lesson, text=spelt_out(lesson.text)) for lesson in taught]


def tuning() -> list[Lesson]:
    """The half of the evaluation sentences that choices are made on; nothing is learned from it."""
    return read(CHECKOUT / "tests/core/capabilities/sentences_tuning.tsv")


def read(path: Path) -> list[Lesson]:
    """The lessons in a file: code, sense, sentence; or kind, codes, senses, sentence under a heading."""
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        cells = line.split("\t")
        if len(cells) == 3 and cells[0] != "code":
            found.append(Lesson("single", (cells[0],), (cells[1],), cells[2]))
        elif len(cells) == 4 and cells[0] != "kind":
            split = [tuple(filter(None, cell.split(";"))) for cell in cells[1:3]]
            found.append(Lesson(cells[0], split[0], split[1], cells[3]))
    return found


def _from_taxonomy() -> list[Lesson]:
    found = []
    for capability in _CAPABILITIES:
        for sense in ("gap", "strength"):
            said = capability[f"as_{sense}"]
            found += [Lesson("single", (capability["code"],), (sense,), phrase) for phrase in said]
        names = [capability["label"], capability["definition"], *capability["keywords"]]
        found += [Lesson("single", (capability["code"],), (), name) for name in names]
    return found
