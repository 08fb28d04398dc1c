"""Numbers in prose, and the kinds of them that need no row in a table of claims."""

import re

NEEDS_NO_ROW = {
    "code, and where a link leads": r"```.*?```|`[^`]*`|\]\(\S*\)",
    "the points in a heading, and the title of what is folded": r"^#[^\n]*|<summary>[^<]*<",
    "what a question gives": r"\*\*(?:On paper|To think about)\b(?:(?!\n\n).)*",
    "how many checks there are, which another test counts": r"There are \d+ checks and \d+ points",
    "the year of a source": r"\b(?:19|20)\d\d\b",
    "a name": r"(?<![\\\w])[A-Za-z_]+\d\w*|[A-Z]\w+-\d+",
    "which one": r"\b(?i:check|notebook|section|step|example|class|channel|picture|row|layer)"
    r"s? \d+(?:(?:,| and| to) \d+)*",
    "an index, or a power": r"[_^]\{?\d",
    "the size of a picture, a filter or a window": r"\d+ (?:x|×|by|\\times) \d+",
    "a shape with a letter in it": r"\((?:\w+, )*[A-Z](?:, \w+)*\)",
    "0 and 1, which stand for none and one": r"(?<![\d.,])[01](?![\d.,]*\d| ?%)",
    "2 and ½ beside a letter": r"(?<!\d)2(?:\\,)? ?(?:[A-Za-z]\b|\\lambda|\\eta)|frac12",
}
"""{kind: how it is recognised}."""

NUMBER = re.compile(r"(?<=frac)\d|\d+(?:(?:[.,]|\{,\})\d+)*")


def any_of(patterns):
    """Return what matches any of some kinds."""
    return re.compile("|".join(patterns), re.DOTALL | re.MULTILINE)


ANY_KIND = any_of(NEEDS_NO_ROW.values())


def untested(text, pieces):
    """Return the numbers of a text, with their neighbours, that no piece and no kind covers.

    text: Markdown, its paragraphs apart; pieces: of sentences in it, with single spaces.
    """
    spans = [match.span() for match in ANY_KIND.finditer(text)]
    for piece in pieces:
        words = r"\s+".join(map(re.escape, piece.split()))
        spans += [match.span() for match in re.finditer(words, text)]
    covered = {place for span in spans for place in range(*span)}
    found = (match.span() for match in NUMBER.finditer(text) if match.start() not in covered)
    return [" ".join(text[max(0, start - 40) : end + 40].split()) for start, end in found]
