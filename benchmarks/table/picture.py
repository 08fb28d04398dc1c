"""Draw how near the layers come to the machine's bounds.

Run as `python -m benchmarks.table.picture TABLE OUT`. TABLE: what `python -m benchmarks.table
--json TABLE` wrote; OUT: a .png.
"""

import json
import sys
from pathlib import Path

import matplotlib.pyplot as plt

SIDES = {"peer": ("PyTorch", "tab:orange"), "ours": ("ours", "tab:blue")}
LAYERS = ("conv", "max pool", "batch norm", "softmax")


def main(table, out):
    """Draw how many times its bound each layer in float32, and each epoch, takes."""
    rows = json.loads(Path(table).read_text(encoding="utf-8"))["rows"]
    chosen = [r for r in rows if r["name"].startswith("epoch") or is_layer(r["name"])][::-1]
    figure, axes = plt.subplots(figsize=(8, 0.3 * len(chosen) + 1), layout="constrained")
    axes.axvline(1, c="0.3")
    for key, (side, colour) in SIDES.items():
        known = [(r[key] / r["bound"], k) for k, r in enumerate(chosen) if r[key]]
        axes.plot(*zip(*known, strict=True), "o", c=colour, ms=9, label=side)
    axes.set_yticks(range(len(chosen)), [r["name"].removesuffix(" float32") for r in chosen])
    axes.set(xscale="log", xlabel="times the bound: the products alone, or the copying alone")
    axes.xaxis.set_major_formatter("{x:g}")
    axes.grid(axis="x", alpha=0.3)
    figure.legend(loc="outside upper right", ncols=2, frameon=False)
    figure.savefig(out, dpi=110)


def is_layer(name):
    """Tell whether a line is of a layer in float32."""
    return name.startswith(LAYERS) and name.endswith("float32")


if __name__ == "__main__":
    main(*sys.argv[1:])
