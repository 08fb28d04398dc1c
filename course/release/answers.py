"""What students do not get of a notebook: the course's answers, and words that promise them."""

import re

from .. import notebook

ANSWER = re.compile(r"<details><summary>Answer</summary>\n.*?\n</details>\n*", re.DOTALL)
"""The course's answer to a question, which students are to answer themselves."""
PROMISE = re.compile(r",\s+with an answer folded below it(?=\.)")


def without_answers(document):
    """Return a notebook's JSON without the answers folded below its questions."""
    for cell in document["cells"]:
        source = "".join(cell["source"])
        if not notebook.is_code(cell) and (ANSWER.search(source) or PROMISE.search(source)):
            left = PROMISE.sub("", ANSWER.sub("", source))
            cell["source"] = left.splitlines(keepends=True)
    return document
