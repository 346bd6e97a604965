"""Candidate pairs: rows in one block, and the nearest neighbours by the letters of the whole row.

The number of pairs stays bounded: a block above the cap is cut into windows of rows with similar
names. Neighbours are the nearest by the cosine of their weighted character trigrams (TF-IDF),
computed in slices.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from scipy import sparse

_CAP = 50
"""In a block of more rows, each row is paired only with the next :data:`_WINDOW` in name order."""

_WINDOW = 8
_NEIGHBOURS = 6
"""At most this many neighbours of each row become candidates."""

_ALIKE = 0.15
"""Rows with a cosine of at most this are not neighbours."""

_SLICE = 128
"""How many rows are compared with all at a time: less than 2 ** 7, for it is a part of 64 bits."""

_NEAREST = 0x7FFFFFFF
_NEIGHBOURLY = 30_000
"""With more rows than this no neighbours are searched: the time grows with the square."""

_COMMON, _SOME, _MANY = 0.1, 50, 600
"""A trigram in a larger share of the rows than ``_COMMON`` is ignored; the limit is at least
``_SOME`` rows and at most ``_MANY``."""

Pairs = np.ndarray
"""An array of two columns of row numbers, the smaller first; sorted, without repetitions."""


def every_pair(rows: int) -> Pairs:
    """Return all pairs of this many rows: the candidates of a short list."""
    return np.stack(np.triu_indices(rows, 1), axis=1)


def candidates(frame: pd.DataFrame, keys: list[pd.Series], text: pd.Series) -> Pairs:
    """Return the pairs of rows that share a key or are neighbours.

    Each series of ``keys`` holds a block key for each row, '' for none. ``text`` is what neighbours
    are compared by.
    """
    order = frame["whole"].fillna("").to_numpy()
    found = [blocked_pairs(key.to_numpy(), order) for key in keys]
    if 1 < len(frame) <= _NEIGHBOURLY:
        found.append(neighbours(text.tolist()))
    pairs = np.concatenate(found) if found else np.empty((0, 2), dtype=np.int64)
    pairs = np.sort(pairs, axis=1)
    pairs = pairs[pairs[:, 0] != pairs[:, 1]]
    coded = np.unique(pairs[:, 0] * len(frame) + pairs[:, 1])
    return np.stack([coded // max(len(frame), 1), coded % max(len(frame), 1)], axis=1)


def joined_keys(one: pd.Series, two: pd.Series) -> pd.Series:
    """Return block keys of two parts each; '' where either part is ''."""
    return (one + "|" + two).where((one != "") & (two != ""), "")


def pairs_between(pairs: Pairs, sides: Sequence[bool]) -> Pairs:
    """Return the pairs with one row of each side; all pairs if ``sides`` is empty."""
    if not sides:
        return pairs
    side = np.array(sides, dtype=bool)
    across: Pairs = pairs[side[pairs[:, 0]] != side[pairs[:, 1]]]
    return across


def blocked_pairs(keys: np.ndarray, order: np.ndarray) -> Pairs:
    """Return the pairs of rows with the same key; '' is no key.

    ``order`` holds for each row the text by which a block is sorted before it is cut.
    """
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
    """Return the pairs of each row and its nearest rows by trigrams; a pair may be there twice.

    Row, score and neighbour are sorted as one number of 64 bits: with ``np.lexsort`` of the three
    all of this takes twice as long for 20,000 rows (7 s for 3 s), a third longer for 100,000.
    """
    matrix = _trigrams(texts)
    other = matrix.T.tocsr()
    found = []
    for start in range(0, len(texts), _SLICE):
        alike = matrix[start : start + _SLICE] @ other
        left = np.repeat(np.arange(alike.shape[0]), np.diff(alike.indptr))
        near = (alike.data > _ALIKE) & (start + left != alike.indices)
        # The bits of a positive float, read as an integer, order as it does.
        closeness = _NEAREST - alike.data[near].view(np.int32).astype(np.int64)
        order = np.sort(left[near] << 56 | closeness << 24 | alike.indices[near])
        left, right = order >> 56, order & 0xFFFFFF
        nearer = np.arange(len(left)) - np.searchsorted(left, left)
        found.append(np.stack([start + left, right], axis=1)[nearer < _NEIGHBOURS])
    return np.concatenate(found)


def _trigrams(texts: list[str]) -> sparse.csr_matrix:
    """Return the trigrams of each row, weighted by rarity, each row scaled to length 1."""
    # Imported late: a small list does not need it, and saves a tenth of a second.
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
