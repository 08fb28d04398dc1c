"""Find pairs of submissions whose code in the stubs is alike.

All names count as the same token, and comments and docstrings as none, so that renaming and
re-commenting change nothing. The lines that a stub has already do not count, nor do given modules.
The figure is the share of tokens that two sequences have in common, in order: the normalised Indel
similarity.
"""

import numpy as np
from rapidfuzz.distance import Indel

from ..intake.tokens import tokens_of

ALIKE = 0.9
"""The least similarity of a pair that is named."""

MIN_TOKENS = 150
"""Shorter submissions are not compared: short answers are alike."""

MAX_SUBMISSIONS = 1_500
"""Each takes BUCKETS floats, 130 kB; together 200 MB."""

GRAM = 8
"""The length of a run of tokens. Pairs that share many runs are candidates."""

LIKELY = 0.3
"""The least share of common runs of a pair, for it to be compared token by token."""

MAX_PAIRS = 500
"""Pairs to compare token by token: those with most runs in common."""

BUCKETS = 32_749
PRIME = 1_000_003
"""Primes of the hash of a run: its base is PRIME, its values are below BUCKETS."""


def pairs(submissions):
    """Return [(similarity, id, id)] of the pairs that are alike, most alike first.

    None if there are more submissions than can be compared, pair by pair.
    """
    if len(submissions) > MAX_SUBMISSIONS:
        return None
    letters: dict[str, str] = {}
    spelt = {s.id: "".join(spell(token, letters) for token in tokens_of(s)) for s in submissions}
    spelt = {name: text for name, text in sorted(spelt.items()) if len(text) >= MIN_TOKENS}
    figures = [
        (Indel.normalized_similarity(spelt[one], spelt[other]), one, other)
        for one, other in candidates(spelt)
    ]
    alike = [pair for pair in figures if pair[0] >= ALIKE]
    return sorted(alike, key=lambda pair: (-pair[0], *pair[1:]))


def candidates(spelt):
    """Return the MAX_PAIRS pairs of names whose texts share most runs of GRAM characters.

    One character in twenty changed leaves two thirds of the runs. A pair that shares less than
    LIKELY of them is not worth the slower comparison.
    """
    names = list(spelt)
    if len(names) < 2:
        return []
    runs = np.stack([presence(spelt[name]) for name in names])
    sizes = runs.sum(axis=1)
    shared = 2 * (runs @ runs.T) / (sizes[:, None] + sizes)
    rows, columns = np.nonzero(np.triu(shared, 1) >= LIKELY)
    order = np.argsort(-shared[rows, columns], kind="stable")[:MAX_PAIRS]
    return [(names[rows[k]], names[columns[k]]) for k in order]


def presence(text):
    """Return for each of BUCKETS kinds of runs of GRAM characters 1 if a text has it, else 0."""
    codes = np.frombuffer(text.encode("utf-32-le"), np.uint32).astype(np.uint64)
    windows = np.lib.stride_tricks.sliding_window_view(codes, GRAM)
    powers = np.uint64(PRIME) ** np.arange(GRAM, dtype=np.uint64)
    found = np.zeros(BUCKETS, np.float32)
    found[(windows * powers).sum(axis=1) % np.uint64(BUCKETS)] = 1
    return found


def spell(token, letters):
    """Return the character that stands for a token; letters: {token: character} so far."""
    return letters.setdefault(token, chr(0x4E00 + len(letters) % 0x5000))
