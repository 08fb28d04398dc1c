"""A table of a notebook's claims: a piece of a sentence, beside the function that tries it."""

import re
from dataclasses import dataclass, field
from functools import cache, cached_property

from course import notebook, paths


@dataclass(frozen=True)
class Claims:
    """What one notebook's sentences say.

    name: that of the notebook; tried: {piece of a sentence: function that asserts what it says}.
    """

    name: str
    tried: dict = field(default_factory=dict)

    def __call__(self, *sentences):
        """Return a decorator that enters a function as the trial of these pieces of sentences."""

        def enter(trial):
            assert not self.tried.keys() & sentences, f"{sentences} stand in the table already"
            self.tried.update(dict.fromkeys(sentences, cache(trial)))
            return trial

        return enter

    @cached_property
    def cells(self):
        """Return the notebook's cells."""
        return notebook.read(paths.ASSIGNMENTS / f"{self.name}.ipynb")["cells"]

    @cached_property
    def text(self):
        """Return the notebook's markdown."""
        marked = ["".join(cell["source"]) for cell in self.cells if not notebook.is_code(cell)]
        return "\n\n".join(marked)

    @cached_property
    def prose(self):
        """Return the notebook's text, with a single space wherever it has some."""
        return one_line(self.text)

    def coded(self, sentence, *pieces):
        """Enter a piece of a sentence whose numbers all stand in code.

        pieces: each stands in one code cell of the notebook.
        """

        def stands_there():
            code = "\n".join("".join(self.cell(piece)["source"]) for piece in pieces)
            assert values(sentence) <= values(code), values(sentence) - values(code)

        self(sentence)(stands_there)

    def cell(self, piece):
        """Return the one code cell in which `piece` stands."""
        (cell,) = (c for c in self.cells if notebook.is_code(c) and piece in "".join(c["source"]))
        return cell

    def stored(self, piece):
        """Return the text that is stored below the one code cell in which `piece` stands."""
        texts = (out.get("text", ()) for out in self.cell(piece)["outputs"])
        return "".join(line for text in texts for line in text)

    def drawn(self, piece):
        """Return what is said of the picture below the one code cell in which `piece` stands."""
        pictures = (
            out["metadata"]["image/png"]["alt"]
            for out in self.cell(piece)["outputs"]
            if "image/png" in out.get("data", {})
        )
        return "".join(next(pictures))

    def numbers(self, piece, pattern):
        """Return the numbers that `pattern`'s groups find in the output stored below a cell."""
        found = re.findall(pattern, self.stored(piece))
        assert found, f"{pattern!r} is not in the output of the cell with {piece!r}"
        return [float(number.replace(",", "")) for number in found]

    def run(self, *pieces, changes=(), **names):
        """Return the names after the code cells in which one of `pieces` stands, in their order.

        changes: (old, new) for each text of these cells that is another; it must be there.
        """
        space, wanted = dict(names), dict(changes)
        for cell in self.cells:
            source = "".join(cell["source"])
            if notebook.is_code(cell) and any(piece in source for piece in pieces):
                for old in [old for old in wanted if old in source]:
                    source = source.replace(old, wanted.pop(old))
                exec(compile(source, self.name, "exec"), space)
        assert not wanted, f"{list(wanted)} do not stand in the cells with {pieces}"
        return space


def values(text):
    """Return the set of the numbers of a text: 0.5, 1e-3, 4,000 and 4_000 are such."""
    found = re.findall(r"\d+(?:[,_]\d{3})*(?:\.\d+)?(?:e-?\d+)?", text)
    return {float(number.replace(",", "").replace("_", "")) for number in found}


def one_line(text):
    """Return a text with single spaces only."""
    return " ".join(text.split())


@cache
def pictures(count=4000, validation=1000, test=1000, **options):
    """Return the picture book as the notebooks load it; do not write into it."""
    from data_utils.datasets import get_picture_book_data

    return get_picture_book_data(count, validation, test, **options)
