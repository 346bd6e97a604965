"""Pairs worth a look: capped blocks, and the nearest neighbours by the letters of the whole row.

No block explodes: one above the cap is cut into windows of rows that are alike by name. Neighbours
are the nearest by the cosine of their weighted character trigrams (TF-IDF), worked out in slices.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from scipy import sparse

_WHOLE = 120
"""In a list of so few rows every pair is worth a look."""

_CAP = 50
"""A block of more rows than this is cut into windows of :data:`_WINDOW` rows in name order."""

_WINDOW = 8
_NEIGHBOURS = 6
"""How many neighbours of each row are looked at."""

_ALIKE = 0.15
"""Rows whose cosine is no larger than this are no neighbours."""

_SLICE = 128
_NEIGHBOURLY = 30_000
"""Above so many rows the neighbours are left out: their time grows with the square."""

_COMMON, _SOME, _MANY = 0.1, 50, 600
"""A trigram in a larger share of the rows than this (at least some, at most many) says nothing."""

Pairs = np.ndarray
"""Two columns of row numbers, the smaller first; sorted, none twice."""


def candidates(frame: pd.DataFrame, keys: list[pd.Series], text: pd.Series) -> Pairs:
    """Return the pairs that share a key or are neighbours.

    ``keys`` hold a block's name for each row, '' for none; ``text`` is what neighbours share.
    """
    if len(frame) <= _WHOLE:
        return np.stack(np.triu_indices(len(frame), 1), axis=1)
    order = frame["whole"].fillna("").to_numpy()
    found = [blocked_pairs(key.to_numpy(), order) for key in keys]
    if 1 < len(frame) <= _NEIGHBOURLY:
        found.append(neighbours(text.tolist()))
    pairs = np.concatenate(found) if found else np.empty((0, 2), dtype=np.int64)
    pairs = np.sort(pairs, axis=1)
    pairs = pairs[pairs[:, 0] != pairs[:, 1]]
    coded = np.unique(pairs[:, 0] * len(frame) + pairs[:, 1])
    return np.stack([coded // max(len(frame), 1), coded % max(len(frame), 1)], axis=1)


def pairs_between(pairs: Pairs, sides: Sequence[bool]) -> Pairs:
    """Return the pairs of rows of two sides; all of them where there are no sides."""
    if not sides:
        return pairs
    side = np.array(sides, dtype=bool)
    across: Pairs = pairs[side[pairs[:, 0]] != side[pairs[:, 1]]]
    return across


def blocked_pairs(keys: np.ndarray, order: np.ndarray) -> Pairs:
    """Return the pairs of rows with the same key; '' is none."""
    numbers = np.flatnonzero(keys != "")
    if not len(numbers):
        return np.empty((0, 2), dtype=np.int64)
    numbers = numbers[np.lexsort((order[numbers], keys[numbers]))]
    named = keys[numbers]
    starts = np.flatnonzero(np.r_[True, named[1:] != named[:-1]])
    sizes = np.diff(np.r_[starts, len(numbers)])
    reach = np.repeat(np.where(sizes > _CAP, _WINDOW, _CAP), sizes)
    ends = np.repeat(starts + sizes, sizes)
    found = []
    for step in range(1, _CAP + 1):
        at = np.arange(len(numbers))
        at = at[(at + step < ends) & (step <= reach)]
        if not len(at):
            break
        found.append(np.stack([numbers[at], numbers[at + step]], axis=1))
    return np.concatenate(found) if found else np.empty((0, 2), dtype=np.int64)


def neighbours(texts: list[str]) -> Pairs:
    """Return each row with its nearest ones by trigrams."""
    matrix = _trigrams(texts)
    other = matrix.T.tocsr()
    found = []
    for start in range(0, len(texts), _SLICE):
        alike = matrix[start : start + _SLICE] @ other
        left = start + np.repeat(np.arange(alike.shape[0]), np.diff(alike.indptr))
        near = (alike.data > _ALIKE) & (left != alike.indices)
        left, right, score = left[near], alike.indices[near], alike.data[near]
        order = np.lexsort((right, -score, left))
        left, right = left[order], right[order]
        nearer = np.arange(len(left)) - np.searchsorted(left, left)
        found.append(np.stack([left, right], axis=1)[nearer < _NEIGHBOURS])
    return np.concatenate(found)


def _trigrams(texts: list[str]) -> sparse.csr_matrix:
    """Return the rows' trigrams, weighted by how rare they are, each row of length 1."""
    # Not at the top: a small list does without, and is matched a tenth of a second sooner.
    from scipy import sparse

    numbers: dict[str, int] = {}
    columns: list[int] = []
    ends = [0]
    for text in texts:
        grams = {text[i : i + 3] for i in range(len(text) - 2)}
        columns += [numbers.setdefault(gram, len(numbers)) for gram in grams]
        ends.append(len(columns))
    held = np.array(columns, dtype=np.int64)
    rows = len(texts)
    count = np.bincount(held, minlength=max(len(numbers), 1))
    weight = np.log(rows / np.maximum(count, 1)) + 0.1
    weight[(count > max(min(_COMMON * rows, _MANY), _SOME)) | (count < 2)] = 0
    matrix = sparse.csr_matrix(
        (weight[held].astype(np.float32), held, ends), shape=(rows, max(len(numbers), 1))
    )
    matrix.eliminate_zeros()
    length = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    scale = sparse.diags(1 / np.maximum(length, 1e-9)).astype(np.float32)
    return (scale @ matrix).tocsr()
