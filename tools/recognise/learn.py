"""Linear classifiers fitted by L-BFGS, and the ridge regression that bends the table to sentences."""

from __future__ import annotations

import numpy as np
from scipy import sparse
from scipy.optimize import minimize

__all__ = ["in_bytes", "logistic", "multinomial", "ridge"]


def multinomial(
    features: sparse.csr_matrix, outcome: np.ndarray, outcomes: int, penalty: float, steps: int, counts: np.ndarray
) -> np.ndarray:
    """Weights of a softmax regression, shape (features + 1, outcomes); the last row is the bias.

    Args:
        features: One row a sentence.
        outcome: The outcome of each sentence.
        outcomes: How many outcomes there are.
        penalty: Of the squared weights.
        steps: At most; stopping early is part of the regularisation.
        counts: How much each sentence counts.
    """
    amount, width = features.shape
    turned = features.T.tocsr()
    lines = np.arange(amount)

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        weights = flat.reshape(width + 1, outcomes)
        scores = features @ weights[:-1] + weights[-1]
        scores -= scores.max(axis=1, keepdims=True)
        likely = np.exp(scores)
        likely /= likely.sum(axis=1, keepdims=True)
        told = -(counts * np.log(likely[lines, outcome] + 1e-12)).sum() / amount
        likely[lines, outcome] -= 1
        likely *= counts[:, None] / amount
        slope = np.vstack([turned @ likely + penalty * weights[:-1], likely.sum(axis=0)])
        return told + penalty * (weights[:-1] ** 2).sum() / 2, slope.ravel()

    start = np.zeros((width + 1) * outcomes)
    return minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": steps}).x.reshape(-1, outcomes)


def logistic(features: sparse.csr_matrix, outcome: np.ndarray, penalty: float, steps: int) -> np.ndarray:
    """Weights of a logistic regression, shape (features + 1,)."""
    both = multinomial(features, outcome, 2, penalty, steps, np.ones(len(outcome)))
    return both[:, 1] - both[:, 0]


def ridge(bags: sparse.csr_matrix, start: np.ndarray, goal: np.ndarray, penalty: float) -> np.ndarray:
    """The table nearest to ``start`` by which bags of word pieces come near their goal.

    Solved through the sentences, of which there are fewer than word pieces.
    """
    between = (bags @ bags.T).toarray() + penalty * np.eye(bags.shape[0])
    return start + bags.T @ np.linalg.solve(between, goal - bags @ start)


def in_bytes(table: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """A table in 8 bits and the scale of each column."""
    scale = np.maximum(np.abs(table).max(axis=0), 1e-9) / 127
    return np.round(table / scale).astype(np.int8), scale.astype(np.float32)
