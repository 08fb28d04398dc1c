"""The tokens that a student wrote into the stubs; submissions are compared by them.

Names are one token each, whatever they are called, and comments and docstrings are none. It runs
where it can do no harm: a tokenizer may need hours for one line, see apart.
"""

import io
import keyword
import tokenize
from itertools import islice

from .. import stubs
from . import apart, reading

MAX_TOKENS = 20_000
"""The most tokens that are compared, the first of a longer submission."""

MAX_INDENT = 200
"""A string after more characters on its line is not taken for a docstring: long lines cost time."""

NO_CODE = {
    *(tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT),
    *(tokenize.ENCODING, tokenize.ENDMARKER),
}


def tokens_of(submission):
    """Return the tokens of a submission; where a limit ends it, some, and it gets a remark."""
    found: list[str] = []
    if submission.problem:
        return found
    try:
        for several in apart.ask(tokens_at, submission.sources, texts_of(submission)):
            found += several
    except apart.Stopped as stopped:
        submission.remarks.append(f"it is compared with others in part: {stopped}")
    return found


def texts_of(submission):
    """Return {path: text} of the files that a Submission holds itself."""
    return {name: content.decode("utf-8", "replace") for name, content in submission.files.items()}


def tokens_at(sources, files):
    """Yield a list of tokens for each file: those that its stub does not have.

    files: {path: text}; read from the sources if there are none.
    """
    if sources:
        files = next(reading.read(sources))["files"]
    left = MAX_TOKENS
    tasks, texts = stubs.task_modules(), stubs.package()
    for name in sorted(files, key=lambda name: (name not in tasks, name)):
        if name in tasks or name not in texts:
            found = list(islice(beyond(files[name], texts.get(name)), left))
            left -= len(found)
            yield found


def beyond(text, stub):
    """Yield the tokens on the lines of a module that its stub does not have."""
    known = {line.strip() for line in (stub or "").splitlines()}
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
    """Return the class of a token; all names count as one."""
    plain = token.type == tokenize.NAME and not keyword.iskeyword(token.string)
    return "name" if plain else token.string
