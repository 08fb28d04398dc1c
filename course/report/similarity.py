"""Find pairs of submissions whose code in the stubs is alike in what is rare in the class.

All names count as the same token, and comments and docstrings as none, so that renaming and
re-commenting change nothing. The lines that a stub has already do not count, nor do given modules.
A short task has few right answers, and what half of the class wrote says nothing about two of them:
a run of tokens weighs the less, the more submissions have it, and nothing if half of them have.
"""

from dataclasses import dataclass
from statistics import median

import numpy as np
from rapidfuzz.distance import Indel

from ..intake.tokens import tokens_of

ALIKE = 0.9
"""The similarity from which a pair is very much alike."""

MIN_TOKENS = 150
"""Shorter submissions are not compared: short answers are alike."""

MAX_SUBMISSIONS = 1_500
"""Each takes BUCKETS floats, 130 kB; together 200 MB."""

GRAM = 8
"""The length of a run of tokens."""

MIN_RARE = 50
"""The least weight of the rare runs that a pair shares: about five lines that nobody else has."""

MIN_SHARE = 0.6
"""The least share of what is rare in two submissions that they have in common."""

MAX_PAIRS = 500
"""Pairs to compare token by token: those that share most of what is rare."""

SAMPLE = 300
"""Pairs from which the class's median is taken."""

BUCKETS = 32_749
PRIME = 1_000_003
"""Primes of the hash of a run: its base is PRIME, its values are below BUCKETS."""


@dataclass(frozen=True)
class Pair:
    """Two submissions that are alike in what is rare.

    figure: the share of their tokens in common, in order (the normalised Indel similarity);
    rare: the weight of the runs that both have and few others; share: of all that is rare in them.
    """

    one: str
    other: str
    figure: float
    rare: float
    share: float


@dataclass(frozen=True)
class Comparison:
    """What comparing a class gave: its Pairs, the clearest first, and the median pair's figure."""

    pairs: list
    median: float = 0.0


def compare(submissions):
    """Return the Comparison of a class, None if there are too many to compare, pair by pair."""
    if len(submissions) > MAX_SUBMISSIONS:
        return None
    letters: dict[str, str] = {}
    spelt = {s.id: "".join(spell(token, letters) for token in tokens_of(s)) for s in submissions}
    spelt = {name: text for name, text in sorted(spelt.items()) if len(text) >= MIN_TOKENS}
    if len(spelt) < 2:
        return Comparison([])
    found = [
        Pair(one, other, Indel.normalized_similarity(spelt[one], spelt[other]), rare, share)
        for one, other, rare, share in candidates(spelt)
    ]
    order = sorted(found, key=lambda pair: (-pair.share * pair.figure, pair.one, pair.other))
    return Comparison(order, median_figure(list(spelt.values())))


def candidates(spelt):
    """Return (name, name, rare, share) of the pairs that share enough of what is rare in them."""
    names = list(spelt)
    runs = np.stack([presence(spelt[name]) for name in names])
    runs *= np.sqrt(weights(runs.sum(axis=0), len(names)))
    rare = runs @ runs.T
    sizes = rare.diagonal()
    share = 2 * rare / np.maximum(sizes[:, None] + sizes, 1)
    rows, columns = np.nonzero(np.triu((rare >= MIN_RARE) & (share >= MIN_SHARE), 1))
    order = np.argsort(-rare[rows, columns], kind="stable")[:MAX_PAIRS]
    pairs = [(rows[k], columns[k]) for k in order]
    return [(names[i], names[j], float(rare[i, j]), float(share[i, j])) for i, j in pairs]


def weights(counts, size):
    """Return how much each run weighs: 1 if two of the class have it, 0 if half of the class has.

    counts: how many have it, size: of the class. Between them it falls with the logarithm. Fewer
    than five cannot say what is rare: there, every run weighs 1.
    """
    if size < 5:
        return np.ones(len(counts), np.float32)
    rarity = np.log(size / 2 / np.maximum(counts, 1)) / np.log(size / 4)
    return np.clip(rarity, 0, 1).astype(np.float32)


def median_figure(texts):
    """Return the median similarity of pairs of texts, from some that are spread over the class."""
    count = len(texts)
    pairs = [(i, j) for i in range(count) for j in range(i)]
    step = max(1, len(pairs) // SAMPLE)
    return median(Indel.normalized_similarity(texts[i], texts[j]) for i, j in pairs[::step])


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
