"""The picture of how far a student is: a square for each check."""

import os

from ..notebook import progress
from . import plt
from .style import GREEN, GREY, INK, ORANGE, styled

SIDE = 0.86
LOOKS: dict = {
    "passed": ("passes", dict(facecolor=GREEN, edgecolor=GREEN), "white"),
    "failed": ("fails", dict(facecolor="white", edgecolor=ORANGE, linewidth=2), ORANGE),
    "not run": ("not run since", dict(facecolor="white", edgecolor=GREEN, linestyle="--"), INK),
    "not written": ("to do", dict(facecolor="white", edgecolor=GREY), GREY),
}
"""{how its task stands: (in a word, how its square looks, the colour of its number)}."""


def checks():
    """Draw how the task of each check stands; nothing while a notebook is graded."""
    if "COURSE_SEED" not in os.environ:
        rows_of_squares(progress.checks())


@styled
def rows_of_squares(rows):
    """Draw a row for each notebook: a square for each check, and the points.

    rows: {notebook: [(number, points, what the check said), ...]}.
    """
    width = max((len(row) for row in rows.values()), default=1)
    axes = plt.subplots(figsize=(0.3 * width + 2.6, 0.3 * (len(rows) + 2)))[1]
    axes.set(xlim=(-5, width + 4), ylim=(len(rows) + 1.9, -0.1), aspect="equal")
    axes.axis("off")
    for y, (name, row) in enumerate(rows.items()):
        axes.text(-0.4, y + 0.45, name, ha="right", va="center")
        for x, (number, _, said) in enumerate(row):
            square(axes, x, y, said, number)
        earned = sum(points for _, points, said in row if said == "passed")
        most = sum(points for _, points, _ in row)
        axes.text(width + 3.9, y + 0.45, f"{earned} of {most} points", ha="right", va="center")
    for left, (said, (word, _, _)) in zip((0, 4, 8, 13.5), LOOKS.items(), strict=True):
        square(axes, left, len(rows) + 0.8, said)
        axes.text(left + 1.2, len(rows) + 1.25, word, va="center", color=INK)
    return "A square for each check. " + " ".join(in_words(*row) for row in rows.items())


def in_words(name, row):
    """Say how many checks of a notebook pass, fail and are to do."""
    counts = [(said, [check[2] for check in row].count(said)) for said in LOOKS]
    return f"{name}: " + ", ".join(f"{count} {said}" for said, count in counts if count) + "."


def square(axes, x, y, said, number=""):
    """Draw the square of one check, with its number."""
    _, look, colour = LOOKS[said]
    axes.add_patch(plt.Rectangle((x, y), SIDE, SIDE, **look))
    axes.text(x + SIDE / 2, y + SIDE / 2, number, ha="center", va="center", color=colour, size=8)
