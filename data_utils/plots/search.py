"""A search: a map of what pairs of settings achieve, that fills while they are tried."""

import time

import numpy as np

from . import plt
from .present import Live
from .style import ORANGE, styled, text_colour

RIGHT = "right on the validation pictures"

CHANCE = 0.015
"""By how much two shares of 1,000 pictures differ by chance: the spread at 0.4."""


class Search:
    """Tries all pairs of settings, and draws how well each does as it comes to be known.

        for rate, strength in (search := Search(rates, strengths, "rate", "strength")):
            if search.note(accuracy):
                best = ...

    Whoever interrupts it keeps the map as far as it is, and the best pair until then, `best`.
    """

    def __init__(self, rows, columns, ylabel, xlabel, title=RIGHT):
        self.rows, self.columns = list(rows), list(columns)
        self.labels, self.title = (ylabel, xlabel), title
        self.values = np.full((len(self.rows), len(self.columns)), np.nan)
        self.live, self.best = Live(), None

    def __iter__(self):
        """Yield each pair (row, column); at the end, say so if the best lies on the map's edge.

        NumPy's warnings are off meanwhile: what overflows with a pair, the map shows.
        """
        self.began = time.perf_counter()
        with np.errstate(all="ignore"):
            for i, j in np.ndindex(self.values.shape):
                self.place = i, j
                yield self.rows[i], self.columns[j]
        for sentence in self.beyond():
            print(sentence)

    def note(self, share):
        """Write a pair's share, in [0, 1], into the map; return whether it is the best so far."""
        is_best = not share <= np.nanmax(self.values, initial=-1.0)
        self.values[self.place] = share
        if is_best:
            self.best = self.rows[self.place[0]], self.columns[self.place[1]]
        with self.live:
            heat_map(self.values, self.rows, self.columns, *self.labels, self.heading())
        return is_best

    def heading(self):
        """Return the map's title; until it is full, with the time that is left."""
        done = int(np.isfinite(self.values).sum())
        left = (time.perf_counter() - self.began) / max(done, 1) * (self.values.size - done)
        if done == self.values.size:
            return self.title
        return f"{self.title}\n{done} of {self.values.size} tried, about {left:.0f} s left"

    def beyond(self):
        """Return sentences that say at which edges of the map it pays to look further.

        That is where the best field lies on an edge and beats all that are not on it by more
        than CHANCE, unless the edge is 0: below it there is nothing to try.
        """
        found = []
        place = np.unravel_index(np.nanargmax(self.values), self.values.shape)
        for axis, tried in enumerate((self.rows, self.columns)):
            at, label = place[axis], self.labels[axis]
            inside = np.delete(self.values, at, axis)
            side = edge(tried, tried[at])
            if side and inside.size and self.values[place] > np.nanmax(inside) + CHANCE:
                found.append(
                    f"The best field lies on the edge of the map: a {label} {side} "
                    f"{tried[at]:g} may do better still."
                )
        return found


def edge(tried, number):
    """Return on which side of the numbers tried one is the last, or None; 0 is no edge."""
    if number == max(tried):
        return "above"
    return "below" if number == min(tried) > 0 else None


@styled
def heat_map(values, rows, columns, ylabel, xlabel, title):
    """Draw a table of shares, such as accuracies, and frame the best.

    values: (len(rows), len(columns)) array in [0, 1], nan where nothing is known; rows, columns:
    the numbers tried.
    """
    size = (0.85 * len(columns) + 1.6, 0.5 * len(rows) + 1.4)
    _, ax = plt.subplots(figsize=size)
    image = ax.imshow(values, aspect="auto")
    for (i, j), value in np.ndenumerate(values):
        if np.isfinite(value):
            colour = text_colour(image.cmap(image.norm(value)))
            ax.text(j, i, f"{value:.0%}", ha="center", va="center", color=colour)
    i, j = np.unravel_index(np.nanargmax(values), values.shape)
    ax.add_patch(plt.Rectangle((j - 0.5, i - 0.5), 1, 1, fill=False, ec=ORANGE, lw=3))
    ax.set_xticks(range(len(columns)), [f"{value:g}" for value in columns])
    ax.set_yticks(range(len(rows)), [f"{value:g}" for value in rows])
    ax.set(xlabel=xlabel, ylabel=ylabel, title=title)
    ax.grid(False)
    ax.spines[:].set_visible(False)
    return (
        f"A map of {title}, by {ylabel} and {xlabel}. The best, {values[i, j]:.0%}, is at "
        f"{rows[i]:g} and {columns[j]:g}."
    )
