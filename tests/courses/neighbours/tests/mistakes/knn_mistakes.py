"""Wrong answers to notebook 1, and right ones written differently."""

# ruff: noqa: E501

from course.authoring.tables import mistakes

NOTEBOOK = "1_knn"
ROOT = "np.sqrt(np.maximum(squares, 0))"

GROUPS = {
    "distances": mistakes(
        "knn.py",
        ("the root is missing", ROOT, "squares", {1}, "no-root"),
        ("the product counts once", "- 2 * X @ Z.T", "- X @ Z.T", {1}, "product-once"),
        (
            "the coordinates are not squared",
            f"return {ROOT}",
            "return np.abs(X[:, None] - Z).sum(axis=2)",
            {1},
            "city-block",
        ),
        ("the result is transposed", f"return {ROOT}", f"return {ROOT}.T", {1}, "transposed"),
        (
            "what rounding leaves below 0 is not cut",
            "np.maximum(squares, 0)",
            "squares",
            {1},
            "nan",
        ),
    ),
    "predict": mistakes(
        "knn.py",
        ("only the nearest votes", "[:, :k]", "[:, :1]", {2}, "nearest"),
        ("the farthest vote", "[:, :k]", "[:, -k:]", {2}, "farthest"),
    ),
}

RIGHT = {
    "a loop over pairs": (
        "knn.py",
        """
def distances(X, Z):
    return np.array([[np.sqrt(((x - z) ** 2).sum()) for z in Z] for x in X])
""",
    ),
    "one-hot votes": (
        "knn.py",
        """
def predict(X, X_train, y_train, k):
    votes = np.eye(y_train.max() + 1)[y_train]
    order = distances(X, X_train).argpartition(k - 1, axis=1)[:, :k]
    return votes[order].sum(axis=1).argmax(axis=1)
""",
    ),
}
