"""Wrong answers to notebook 2, and right ones written differently."""

# ruff: noqa: E501

from course.authoring.tables import mistakes

NOTEBOOK = "2_k_means"
MEAN = "X[labels == k].mean(axis=0)"

GROUPS = {
    "assign": mistakes(
        "k_means.py",
        ("the farthest centre", "argmin", "argmax", {1}, "farthest-centre"),
        ("the nearest point of each centre", "argmin(axis=1)", "argmin(axis=0)", {1}, "shape"),
    ),
    "update": mistakes(
        "k_means.py",
        ("the points are added up", MEAN, "X[labels == k].sum(axis=0)", {2}, "not-divided"),
        (
            "a centre without points goes to 0",
            "centres.copy()",
            "np.zeros_like(centres)",
            {2},
            "to-zero",
        ),
        ("the centres that came in are moved", "centres.copy()", "centres", {2}, "in-place"),
    ),
}

RIGHT = {
    "by norms": (
        "k_means.py",
        """
def assign(X, centres):
    return np.array([np.argmin([np.linalg.norm(x - c) for c in centres]) for x in X])
""",
    ),
    "one matrix product": (
        "k_means.py",
        """
def update(X, labels, centres):
    one_hot = labels == np.arange(len(centres))[:, None]
    counts = one_hot.sum(axis=1, keepdims=True)
    return np.where(counts, one_hot @ X / np.maximum(counts, 1), centres)
""",
    ),
}
