"""Find pairs of submissions whose code in the stubs is alike.

All names count as the same token, and comments and docstrings as none, so that renaming and
re-commenting change nothing. The lines that a stub has already do not count, nor do given modules.
The figure is the share of tokens that two sequences have in common, in order: the normalised Indel
similarity.
"""

import io
import keyword
import tokenize
from itertools import islice

import numpy as np
from rapidfuzz.distance import Indel

from .. import stubs
from ..intake.submission import files_of

ALIKE = 0.9
"""The least similarity of a pair that is named."""

MIN_TOKENS, MAX_TOKENS = 150, 20_000
"""Shorter submissions are not compared: short answers are alike. Of longer ones, the first are."""

MAX_SUBMISSIONS = 1_500
"""Each takes BUCKETS floats, 130 kB; together 200 MB."""

GRAM = 8
"""The length of a run of tokens. Pairs that share many runs are candidates."""

LIKELY = 0.3
"""The least share of common runs of a pair, for it to be compared token by token."""

MAX_PAIRS = 500
"""Pairs to compare token by token: those with most runs in common."""

MAX_INDENT = 200
"""A string after more characters on its line is not taken for a docstring: long lines cost time."""

BUCKETS = 32_749
PRIME = 1_000_003
"""Primes of the hash of a run: its base is PRIME, its values are below BUCKETS."""

NO_CODE = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT}
NO_CODE |= {tokenize.ENCODING, tokenize.ENDMARKER}


def pairs(submissions):
    """Return [(similarity, id, id)] of the pairs that are alike, most alike first.

    None if there are more submissions than can be compared, pair by pair.
    """
    if len(submissions) > MAX_SUBMISSIONS:
        return None
    letters: dict[str, str] = {}
    spelt = {s.id: "".join(spell(token, letters) for token in written(s)) for s in submissions}
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


def written(submission):
    """Return the first MAX_TOKENS tokens of a submission that its stubs do not have."""
    texts, tasks, files = stubs.package(), stubs.task_modules(), files_of(submission)
    theirs = [name for name in sorted(files) if name in tasks or name not in texts]
    found = (token for name in theirs for token in beyond(files[name], texts.get(name)))
    return list(islice(found, MAX_TOKENS))


def beyond(content, stub):
    """Yield the tokens on those lines of a module that are not in its stub."""
    known = {line.strip() for line in (stub or "").splitlines()}
    text = content.decode("utf-8", "replace")
    mine = [line.strip() not in known for line in text.splitlines()]
    return (token for row, token in tokens(text) if row <= len(mine) and mine[row - 1])


def tokens(text):
    """Yield (line number, token) of a module, until its end or where it cannot be read."""
    try:
        for found in tokenize.generate_tokens(io.StringIO(text).readline):
            alone = found.type == tokenize.STRING and stands_alone(found)
            docstring = found.type == tokenize.STRING and (alone or "\n" in found.string)
            if found.type not in NO_CODE and not docstring:
                yield found.start[0], kind(found)
    except (tokenize.TokenError, SyntaxError):
        return


def stands_alone(token):
    """Tell whether a token is alone on its line."""
    around = len(token.line) - len(token.string)
    return around < MAX_INDENT and token.line.strip() == token.string.strip()


def kind(token):
    """Return the kind of a token, by which it is compared: all names are of one kind."""
    plain = token.type == tokenize.NAME and not keyword.iskeyword(token.string)
    return "name" if plain else token.string
