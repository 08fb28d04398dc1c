"""Which submissions are alike in what was written into the stubs.

Names are one token each, whatever they are called, and comments and docstrings are none, so that
renaming and re-commenting change nothing. What a stub has already, and given modules, do not
count. The figure is the share of tokens that two sequences have in common, in order: the
normalised Indel similarity.
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
MIN_TOKENS, MAX_TOKENS = 150, 20_000
MAX_SUBMISSIONS = 1_500
GRAM = 8
LIKELY = 0.3
MAX_PAIRS = 500
MAX_INDENT = 200
BUCKETS = 32_749
PRIME = 1_000_003
NO_CODE = {
    *(tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT),
    *(tokenize.ENCODING, tokenize.ENDMARKER),
}


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

    One character in twenty changed leaves two thirds of the runs; who shares less than LIKELY of
    them is not worth the slower comparison.
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
    """Return which of BUCKETS kinds of runs of GRAM characters a text has, as ones and zeros."""
    codes = np.frombuffer(text.encode("utf-32-le"), np.uint32).astype(np.uint64)
    windows = np.lib.stride_tricks.sliding_window_view(codes, GRAM)
    powers = np.uint64(PRIME) ** np.arange(GRAM, dtype=np.uint64)
    found = np.zeros(BUCKETS, np.float32)
    found[(windows * powers).sum(axis=1) % np.uint64(BUCKETS)] = 1
    return found


def spell(token, letters):
    """Return the one character that stands for a token; letters: {token: character} so far."""
    return letters.setdefault(token, chr(0x4E00 + len(letters) % 0x5000))


def written(submission):
    """Return the tokens of what a submission has that its stubs do not, the first MAX_TOKENS."""
    texts, tasks, files = stubs.package(), stubs.task_modules(), files_of(submission)
    theirs = [name for name in sorted(files) if name in tasks or name not in texts]
    found = (token for name in theirs for token in beyond(files[name], texts.get(name)))
    return list(islice(found, MAX_TOKENS))


def beyond(content, stub):
    """Yield the tokens on the lines of a module that its stub does not have."""
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
    """Tell whether a token is all there is on its line."""
    room = len(token.line) - len(token.string)
    return room < MAX_INDENT and token.line.strip() == token.string.strip()


def kind(token):
    """Return what a token counts as: a name is a name, whichever it is."""
    plain = token.type == tokenize.NAME and not keyword.iskeyword(token.string)
    return "name" if plain else token.string
