"""Wrong answers to the first notebook, and right ones written differently."""

# A mistake is a row of a table, long or short.
# ruff: noqa: E501

from course.authoring.tables import mistakes

NOTEBOOK = "1_svm"

NAIVE_LOSS = "loss = loss / num_train + reg * np.sum(W * W)"
NAIVE_DW = "dW = dW / num_train + 2 * reg * W"
PUSH = "dW[:, j] += X[i]"
PULL = "dW[:, y[i]] -= X[i]"
MARGIN = "margin = scores[j] - scores[y[i]] + 1"
SKIP = "            if j == y[i]:\n                continue\n"

PRICE = f"""            {MARGIN}
            if margin > 0:
                loss += margin
                {PUSH}
                {PULL}
    {NAIVE_LOSS}
"""

SVM_NAIVE = mistakes(
    "linear_svm.py",
    ("the loss is not divided by N", NAIVE_LOSS, "loss += reg * np.sum(W * W)", {1}, "times-N"),
    ("the loss is divided by N in the loop", NAIVE_LOSS, "    loss = loss / num_train\n    loss += reg * np.sum(W * W)", {1}, "mean-in-loop"),
    ("the loss counts half the regulariser", "loss / num_train + reg", "loss / num_train + 0.5 * reg", {1}, "half-term"),
    ("the loss forgets the regulariser", NAIVE_LOSS, "loss = loss / num_train", {1}, "missing-term"),
    ("the loss takes the mean of the regulariser too", NAIVE_LOSS, "loss = (loss + reg * np.sum(W * W)) / num_train", {1}, "term-over-N"),
    ("the loss regularises with the sum of W", NAIVE_LOSS, "loss = loss / num_train + reg * np.sum(W)", {1}, "plain-sum"),
    ("the loss regularises with the norm of W", NAIVE_LOSS, "loss = loss / num_train + reg * np.sqrt(np.sum(W * W))", {1}, "norm-of-w"),
    ("the loss leaves the last row of W out of the regulariser", NAIVE_LOSS, "loss = loss / num_train + reg * np.sum(W[:-1] ** 2)", {1}, None),
    ("the loss subtracts the regulariser", "loss / num_train + reg", "loss / num_train - reg", {1}, "sign-term"),
    ("the loss squares the margins", "loss += margin", "loss += margin**2", {1}, "squared-margins"),
    ("the loss keeps the last margin only", "loss += margin", "loss = margin", {1}, "last-margin"),
    ("the loss is divided by the number of classes", NAIVE_LOSS, "loss = loss / num_classes + reg * np.sum(W * W)", {1}, "over-C-for-N"),
    ("the loss pays for the right class too", SKIP, "", {1}, "extra-term"),
    ("the loss is an array of one number", "return loss, dW\n", "return np.array([loss]), dW\n", {1}, "shape"),
    ("the loss is a float32", "return loss, dW\n", "return np.float32(loss), dW\n", {1}, "dtype"),
    ("the loss is None", "return loss, dW\n", "return None, dW\n", {1}, "returned-none"),
    ("the margin lacks its 1", MARGIN, MARGIN[:-4], {1, 2}, "missing-term"),
    ("the margin has the wrong sign", MARGIN, "margin = scores[y[i]] - scores[j] + 1", {1, 2}, "turned"),
    ("margins up to 1 count as none", "if margin > 0", "if margin > 1", {1, 2}, "over-1"),
    ("the last class is left out", "range(num_classes)", "range(num_classes - 1)", {1, 2}, "missing-term"),
    ("the last example is left out", "range(num_train)", "range(num_train - 1)", {1, 2}, "missing-term"),
    ("dW is not divided by N", NAIVE_DW, "dW = dW + 2 * reg * W", {2}, "times-N"),
    ("dW is divided by N twice", NAIVE_DW, "dW = dW / num_train**2 + 2 * reg * W", {2}, "over-N"),
    ("dW counts half the regulariser", "dW / num_train + 2 *", "dW / num_train +", {2}, "half-term"),
    ("dW forgets the regulariser", NAIVE_DW, "dW = dW / num_train", {2}, "missing-term"),
    ("dW takes the mean of the regulariser too", NAIVE_DW, "dW = (dW + 2 * reg * W) / num_train", {2}, "term-over-N"),
    ("dW adds one number as the regulariser", NAIVE_DW, "dW = dW / num_train + 2 * reg * W.sum()", {2}, "sum-of-w"),
    ("dW never pulls at the right class", f"                {PULL}\n", "", {2}, "right-class"),
    ("dW pulls at the right class once for each example", f"                {PULL}\n", f"        {PULL}\n", {2}, "right-class"),
    ("dW pulls at the right class for margins that hold", f"                {PULL}\n", f"            {PULL}\n", {2}, "right-class"),
    ("dW never pushes the wrong classes", f"                {PUSH}\n", "", {2}, "other-classes"),
    ("dW pushes by the margin", PUSH, "dW[:, j] += margin * X[i]", {2}, "other-classes"),
    ("dW pushes the wrong way", f"{PUSH}\n                {PULL}", "dW[:, j] -= X[i]\n                dW[:, y[i]] += X[i]", {2}, "sign"),
    ("dW is transposed", "return loss, dW\n", "return loss, dW.T\n", {2}, "shape"),
    ("dW is flat", "return loss, dW\n", "return loss, dW.ravel()\n", {2}, "shape"),
    ("dW is a float32", "return loss, dW\n", "return loss, dW.astype(np.float32)\n", {2}, "dtype"),
    ("dW is a list", "return loss, dW\n", "return loss, dW.tolist()\n", {2}, "type"),
    ("dW holds integers", "dW = np.zeros_like(W)", "dW = np.zeros(W.shape, dtype=int)", {1, 2}, "raised"),
    ("the gradient comes first", "return loss, dW\n", "return dW, loss\n", {1, 2}, "shape"),
    ("only the loss comes back", "return loss, dW\n", "return loss\n", {1, 2}, "returned-count"),
    ("nothing comes back", "    return loss, dW\n", "", {1, 2}, "returned-none"),
    ("the examples are changed", "scores = X[i] @ W", "X[i] -= X[i].mean()\n        scores = X[i] @ W", {1, 2}, None),
    ("the weights are changed", "dW = dW / num_train + 2 * reg * W", "W *= 2 * reg\n    dW = dW / num_train + W", {17}, "in-place"),
    ("a name is misspelled", PUSH, "dW[:, k] += X[i]", {1, 2}, "raised"),
    ("the loss adds the squares without reg", NAIVE_LOSS, "loss = loss / num_train + np.sum(W * W)", {1}, "without-reg"),
    ("dW adds 2 * W without reg", NAIVE_DW, "dW = dW / num_train\n    dW += 2 * W", {2}, "without-reg"),
    ("dW adds W without reg", NAIVE_DW, "dW = dW / num_train + W", {2}, "without-reg"),
    ("the right class costs 1, and the loss is summed", SKIP + PRICE, PRICE.replace(NAIVE_LOSS, "loss += reg * np.sum(W * W)"), {1}, "right-class-and-sum"),
    ("the margin lacks its 1, and the loss is summed", PRICE, PRICE.replace(" + 1\n", "\n").replace(NAIVE_LOSS, "loss += reg * np.sum(W * W)"), {1, 2}, "no-1-and-sum"),
    ("1 is taken from the margins", MARGIN, MARGIN.replace("+ 1", "- 1"), {1, 2}, "less-1-or-whole-rows"),
    ("the regulariser adds up W @ W.T", NAIVE_LOSS, "loss = loss / num_train + reg * np.sum(W @ W.T)", {1}, "matrix-square"),
    ("reg is squared", NAIVE_LOSS, "loss = loss / num_train + reg**2 * np.sum(W * W)", {1}, "reg-squared"),
    ("the regulariser is a mean", NAIVE_LOSS, "loss = loss / num_train + reg * np.mean(W * W)", {1}, "mean-of-squares"),
    ("the mean is taken, and all returned, in the loop", "    loss = loss / num_train + reg * np.sum(W * W)\n    dW = dW / num_train + 2 * reg * W\n    return loss, dW\n", "        loss = loss / num_train + reg * np.sum(W * W)\n        dW = dW / num_train + 2 * reg * W\n        return loss, dW\n", {1, 2}, "every-row"),
    ("the score of the right class is another's", MARGIN, MARGIN.replace("y[i]", "y[j]"), {1, 2}, None),
    ("the first example is left out", "range(num_train)", "range(1, num_train)", {1, 2}, "missing-example"),
    ("dW is kept in float64", "dW = np.zeros_like(W)", "dW = np.zeros(W.shape)", {16}, "dtype"),
    ("the loss is divided by N with //", "loss / num_train + reg", "loss // num_train + reg", {1}, "whole"),
    ("negative margins cost their size", "if margin > 0:\n                loss += margin", "loss += abs(margin)\n            if margin > 0:", {1}, "absolute"),
    ("the loop over the classes ends at the right one", SKIP, SKIP.replace("continue", "break"), {1, 2}, "break"),
    ("example i skips class i", "if j == y[i]:", "if j == i:", {1, 2}, "skips-place"),
    ("the loss is a list of margins", NAIVE_LOSS, "loss = [loss, 0.0]", {1}, "type"),
    ("the loss regularises with a product of matrices", NAIVE_LOSS, NAIVE_LOSS.replace("W * W", "W.T @ W"), {1}, "matrix-square"),
    ("the loss regularises with W @ W", NAIVE_LOSS, NAIVE_LOSS.replace("np.sum(W * W)", "(W @ W)"), {1, 2}, "raised"),
    ("dW is pushed in rows", PUSH, "dW[j] += X[i]", {1, 2}, "raised"),
    ("dW is pushed and pulled by every margin", "            if margin > 0:\n                loss += margin\n", "            if True:\n                loss += max(0, margin)\n", {2}, "all-pushed"),
    ("dW is pushed and pulled by every margin, and summed", f"            if margin > 0:\n                loss += margin\n                {PUSH}\n                {PULL}\n    {NAIVE_LOSS}\n    {NAIVE_DW}", f"            if True:\n                loss += max(0, margin)\n                {PUSH}\n                {PULL}\n    {NAIVE_LOSS}\n    dW += 2 * reg * W", {2}, "all-pushed"),
)  # fmt: skip

VEC_LOSS = "loss = margins.sum() / len(y) + reg * np.sum(W * W)"
VEC_DW = "return loss, X.T @ G / len(y) + 2 * reg * W"
COUNT = "    G[rows, y] = -G.sum(axis=1)\n"

SVM_VECTORIZED = mistakes(
    "linear_svm.py",
    ("the loss is summed", VEC_LOSS, "loss = margins.sum() + reg * np.sum(W * W)", {3}, "times-N"),
    ("the loss is a mean over the classes too", "margins.sum() / len(y)", "margins.mean()", {3}, "over-C"),
    ("the loss counts half the regulariser", "len(y) + reg * np.sum(W", "len(y) + 0.5 * reg * np.sum(W", {3}, "half-term"),
    ("the loss forgets the regulariser", VEC_LOSS, "loss = margins.sum() / len(y)", {3}, "missing-term"),
    ("the loss keeps one number for each example", "margins.sum() /", "margins.sum(axis=1) /", {3}, "shape"),
    ("the right class is not silenced", "    margins[rows, y] = 0\n", "", {3, 4}, "extra-term"),
    ("the loss is not cut at 0", "np.maximum(0, scores - scores[rows, y][:, None] + 1)", "scores - scores[rows, y][:, None] + 1", {3}, "not-cut"),
    ("the margin lacks its 1", "[:, None] + 1)", "[:, None])", {3, 4}, "missing-term"),
    ("the margin is taken from the highest score", "scores[rows, y][:, None]", "scores.max(axis=1)[:, None]", {3, 4}, "from-best"),
    ("the right scores lie along the classes", "[rows, y][:, None]", "[rows, y]", {3, 4}, "raised"),
    ("the right scores of all examples are taken", "scores[rows, y][:, None]", "scores[:, y]", {3, 4}, "raised"),
    ("every margin counts as violated after clipping", "(margins > 0)", "(margins >= 0)", {4}, "all-pushed"),
    ("the gradient pushes by the margin", "(margins > 0).astype(W.dtype)", "margins.copy()", {4}, "margins"),
    ("the right class is never pulled", COUNT, "", {4}, "right-class"),
    ("the right class is pulled once", COUNT, "    G[rows, y] = -1\n", {4}, "right-class"),
    ("the right class is pulled once, if at all", COUNT, "    G[rows, y] = -G.max(axis=1)\n", {4}, "right-class"),
    ("the right class is pushed", COUNT, "    G[rows, y] = G.sum(axis=1)\n", {4}, "right-class"),
    ("the right class's own margin counts", COUNT, "    G[rows, y] = -1 - G.sum(axis=1)\n", {4}, "right-class"),
    ("the right columns are pulled in every row", COUNT, "    G[:, y] -= G.sum(axis=1, keepdims=True)\n", {4}, "other-classes"),
    ("dW is not divided by N", VEC_DW, "return loss, X.T @ G + 2 * reg * W", {4}, "times-N"),
    ("dW is divided by the number of features", VEC_DW, "return loss, X.T @ G / len(W) + 2 * reg * W", {4}, "factor"),
    ("dW counts half the regulariser", "G / len(y) + 2 *", "G / len(y) +", {4}, "half-term"),
    ("dW forgets the regulariser", VEC_DW, "return loss, X.T @ G / len(y)", {4}, "missing-term"),
    ("dW subtracts the regulariser", "G / len(y) + 2", "G / len(y) - 2", {4}, "sign-term"),
    ("dW is transposed", VEC_DW, "return loss, G.T @ X / len(y) + 2 * reg * W.T", {4}, "shape"),
    ("dW is a float32", VEC_DW, VEC_DW.replace("X.T @ G / len(y) + 2 * reg * W", "(X.T @ G / len(y) + 2 * reg * W).astype(np.float32)"), {4}, "dtype"),
    ("it calls the loops", "    rows = np.arange(len(y))\n    scores = X @ W\n", "    return svm_loss_naive(W, X, y, reg)\n    rows = scores = 0\n", {4}, "slow"),
    ("it calls the loops for a few, and makes many up", "    rows = np.arange(len(y))\n    scores = X @ W\n", "    return svm_loss_naive(W, X, y, reg) if len(y) < 1000 else (0.0, 0 * W)\n    rows = scores = 0\n", {4}, "wrong-for-many"),
    ("the weights are changed", "margins[rows, y] = 0\n", "margins[rows, y] = 0\n    W *= 1.0\n", {17}, "in-place"),
    ("nothing comes back", VEC_DW, "loss, G", {3, 4}, "returned-none"),
    ("the columns of the right classes are silenced in every row", "margins[rows, y] = 0", "margins[:, y] = 0", {3, 4}, "every-row"),
    ("the right scores are the diagonal of an N x N array", "scores[rows, y][:, None]", "np.diag(scores[:, y])[:, None]", {4}, "slow"),
    ("whole rows of margins are cleared", "margins[rows, y] = 0", "margins[y] = 0", {3, 4}, "less-1-or-whole-rows"),
    ("G is another name for margins", "    loss = margins.sum() / len(y) + reg * np.sum(W * W)\n\n    G = (margins > 0).astype(W.dtype)\n    G[rows, y] = -G.sum(axis=1)\n", "    G = margins\n    G[G > 0] = 1\n    G[rows, y] = -G.sum(axis=1)\n    loss = margins.sum() / len(y) + reg * np.sum(W * W)\n", {3}, "every-row"),
    ("labels stand for scores", "scores[rows, y][:, None]", "y[:, None]", {3, 4}, None),
    ("the number of pushes is a column", COUNT, "    G[rows, y] = -G.sum(axis=1, keepdims=True)\n", {3, 4}, "raised"),
    ("the loss adds the squares without reg", "len(y) + reg * np.sum(W", "len(y) + np.sum(W", {3}, "without-reg"),
    ("the loss is divided by N with //", "margins.sum() / len", "margins.sum() // len", {3}, "whole"),
    ("the rows that y counts are taken", "scores[rows, y][:, None]", "scores[y]", {3, 4}, "rows-by-label"),
    ("the largest margin of each row counts alone", "margins.sum() /", "margins.max(axis=1).sum() /", {3}, "largest-margin"),
    ("violated margins are counted", "margins.sum() /", "(margins > 0).sum() /", {3}, "count"),
    ("negative margins cost their size", "np.maximum(0, scores - scores[rows, y][:, None] + 1)", "np.abs(scores - scores[rows, y][:, None] + 1)", {3, 4}, "absolute"),
    ("the right class is pulled in an array of booleans", "(margins > 0).astype(W.dtype)", "margins > 0", {4}, "right-class"),
    ("dW is made of whole numbers", "(margins > 0).astype(W.dtype)", "(margins > 0).astype(int)", {16}, "dtype"),
    ("dW adds 2 * W without reg", "G / len(y) + 2 * reg * W", "G / len(y) + 2 * W", {4}, "without-reg"),
)  # fmt: skip

SHIFT = "        scores -= scores.max()\n"
PROBABILITY = "(probability - (j == y[i]))"

SOFTMAX_NAIVE = mistakes(
    "softmax.py",
    ("the loss is not divided by N", NAIVE_LOSS, "loss += reg * np.sum(W * W)", {9, 10}, "times-N"),
    ("the loss counts half the regulariser", "loss / num_train + reg", "loss / num_train + 0.5 * reg", {9}, "half-term"),
    ("the loss forgets the regulariser", NAIVE_LOSS, "loss = loss / num_train", {9}, "missing-term"),
    ("the loss has the wrong sign", "loss += log_total - scores[y[i]]", "loss -= log_total - scores[y[i]]", {9, 10, 15}, "sign"),
    ("the loss is counted in bits", "loss += log_total - scores[y[i]]", "loss += (log_total - scores[y[i]]) / np.log(2)", {9, 10, 15}, "log2"),
    ("the loss is guarded against log 0", "loss += log_total - scores[y[i]]", "loss -= np.log(np.exp(scores[y[i]] - log_total) + 1e-12)", {10, 15}, "guarded"),
    ("the loss leaves the logarithm out", "loss += log_total - scores[y[i]]", "loss += 1 - np.exp(scores[y[i]] - log_total)", {9, 10, 15}, "no-log"),
    ("the loss is minus the probability", "loss += log_total - scores[y[i]]", "loss -= np.exp(scores[y[i]] - log_total)", {9, 10, 15}, "minus-p"),
    ("the loss shifts the exponentials alone", "log_total - scores[y[i]]", "log_total - (X[i] @ W)[y[i]]", {9, 10, 15}, "half-shifted"),
    ("the loss names the likeliest class", "log_total - scores[y[i]]", "log_total - scores.max()", {9, 10, 15}, "likeliest"),
    ("the scores are not shifted", SHIFT, "", {10, 15}, "nan"),
    ("the shift is added", "scores -= scores.max()", "scores += scores.max()", {10, 15}, "nan"),
    ("the loss is divided by N with //", "loss / num_train + reg", "loss // num_train + reg", {9, 10, 15}, "whole"),
    ("the loss divides scores without exp", "log_total - scores[y[i]]", "-np.log((X[i] @ W)[y[i]] / np.sum(X[i] @ W))", {9, 10, 15}, "no-exp"),
    ("the loss divides shifted scores without exp", "log_total - scores[y[i]]", "-np.log(scores[y[i]] / np.sum(scores))", {9, 10, 15}, "log-of-0"),
    ("the loss leaves the sum of exponentials out", "log_total - scores[y[i]]", "-scores[y[i]]", {9, 10}, "half-shifted"),
    ("the loss counts all classes", "log_total - scores[y[i]]", "np.sum(log_total - scores)", {9, 10, 15}, "every-class"),
    ("the scores are divided by the highest", "scores -= scores.max()", "scores /= scores.max()", {9, 10, 11, 15}, "divided-by-max"),
    ("the loss shifts the right class alone", "log_total - scores[y[i]]", "np.log(np.sum(np.exp(X[i] @ W))) - scores[y[i]]", {9, 10, 15}, "half-shifted"),
    ("dW is not divided by N", NAIVE_DW, "dW = dW + 2 * reg * W", {11}, "times-N"),
    ("dW counts half the regulariser", "dW / num_train + 2 *", "dW / num_train +", {11}, "half-term"),
    ("dW forgets the regulariser", NAIVE_DW, "dW = dW / num_train", {11}, "missing-term"),
    ("dW takes the mean of the regulariser too", NAIVE_DW, "dW = (dW + 2 * reg * W) / num_train", {11}, "term-over-N"),
    ("dW lacks the right class's 1", PROBABILITY, "probability", {11}, "right-class"),
    ("dW subtracts 1 from every class", PROBABILITY, "(probability - 1)", {11}, "other-classes"),
    ("dW has the wrong sign", PROBABILITY, "((j == y[i]) - probability)", {11}, "sign"),
    ("dW is that of the probability", PROBABILITY, "probability * (probability - (j == y[i]))", {11}, "examples"),
    ("dW keeps the last example only", f"dW[:, j] += {PROBABILITY}", f"dW[:, j] = {PROBABILITY}", {11}, "examples"),
    ("the weights are changed", SHIFT, SHIFT + "        W -= W.max()\n", {9, 11}, None),
    ("nothing comes back", "    return loss, dW\n", "", {9, 10, 11, 15}, "returned-none"),
    ("the logarithm is taken of the probability", "loss += log_total - scores[y[i]]", "loss -= np.log(np.exp(scores[y[i]]) / np.sum(np.exp(scores)))", {15}, "log-of-0"),
    ("dW adds 2 * W without reg", NAIVE_DW, "dW = dW / num_train + 2 * W", {11}, "without-reg"),
)  # fmt: skip

SOFT_LOSS = "loss = -log_probs[rows, y].mean() + reg * np.sum(W * W)"
SOFT_DW = "return loss, X.T @ dscores / len(y) + 2 * reg * W"
ROW_MAX = "scores.max(axis=1, keepdims=True)"

SOFTMAX_VECTORIZED = mistakes(
    "softmax.py",
    ("the loss is summed", "[rows, y].mean()", "[rows, y].sum()", {12, 13}, "times-N"),
    ("the loss is a mean over the classes too", "log_probs[rows, y].mean()", "log_probs.mean()", {12, 13, 15}, "every-class"),
    ("the loss counts half the regulariser", ".mean() + reg", ".mean() + 0.5 * reg", {12}, "half-term"),
    ("the loss forgets the regulariser", SOFT_LOSS, "loss = -log_probs[rows, y].mean()", {12}, "missing-term"),
    ("the loss has the wrong sign", "loss = -log_probs", "loss = log_probs", {12, 13, 15}, "sign"),
    ("the loss is guarded against log 0", "-log_probs[rows, y].mean()", "-np.log(np.exp(log_probs[rows, y]) + 1e-12).mean()", {13, 15}, "guarded"),
    ("the scores are not shifted", f" - {ROW_MAX}", "", {13, 15}, "nan"),
    ("the loss is divided by N with //", "-log_probs[rows, y].mean()", "-log_probs[rows, y].sum() // len(y)", {12, 13, 15}, "whole"),
    ("the scores are divided by the highest of each row", f"scores - {ROW_MAX}", f"scores / {ROW_MAX}", {12, 13, 14, 15}, "divided-by-max"),
    ("the scores are divided by the highest of all", f"scores - {ROW_MAX}", "scores / scores.max()", {12, 13, 14, 15}, "divided-by-max"),
    ("the scores are shifted by the largest of all", ROW_MAX, "scores.max()", {13}, "inf"),
    ("the scores are shifted by the largest of each class", ROW_MAX, "scores.max(axis=0)", {12, 13, 14, 15}, "shift-by-class"),
    ("the shift lies along the classes", ROW_MAX, "scores.max(axis=1)", {12, 13, 14}, "raised"),
    ("the probabilities sum to 1 over the examples", "np.exp(shifted).sum(axis=1, keepdims=True)", "np.exp(shifted).sum(axis=0)", {12, 13, 14, 15}, "over-examples"),
    ("the probabilities sum to 1 over all", "np.exp(shifted).sum(axis=1, keepdims=True)", "np.exp(shifted).sum()", {12, 13, 14}, "over-all"),
    ("dW lacks the right class's 1", "    dscores[rows, y] -= 1\n", "", {14}, "right-class"),
    ("dW subtracts 1 in the right columns of every row", "dscores[rows, y] -= 1", "dscores[:, y] -= 1", {14}, "other-classes"),
    ("dW is that of the log-probabilities", "dscores = np.exp(log_probs)", "dscores = log_probs.copy()", {14}, "examples"),
    ("dW is not divided by N", SOFT_DW, "return loss, X.T @ dscores + 2 * reg * W", {14}, "times-N"),
    ("dW counts half the regulariser", "dscores / len(y) + 2 *", "dscores / len(y) +", {14}, "half-term"),
    ("dW forgets the regulariser", SOFT_DW, "return loss, X.T @ dscores / len(y)", {14}, "missing-term"),
    ("dW is transposed", SOFT_DW, "return loss, (X.T @ dscores / len(y) + 2 * reg * W).T", {14}, "shape"),
    ("it calls the loops", "    rows = np.arange(len(y))\n    scores = X @ W\n", "    return softmax_loss_naive(W, X, y, reg)\n    rows = scores = 0\n", {14}, "slow"),
    ("it calls the loops for a few, and makes many up", "    rows = np.arange(len(y))\n    scores = X @ W\n", "    return softmax_loss_naive(W, X, y, reg) if len(y) < 1000 else (0.0, 0 * W)\n    rows = scores = 0\n", {14}, "wrong-for-many"),
    ("nothing comes back", SOFT_DW, "loss, dscores", {12, 13, 14, 15}, "returned-none"),
    ("the loss asks every example about the classes of all", "log_probs[rows, y].mean()", "log_probs[:, y].mean()", {12, 13, 14}, "columns-of-all"),
    ("the loss sums the classes of all", "log_probs[rows, y].mean()", "log_probs[:, y].sum() / len(y)", {12, 13, 14}, "columns-of-all"),
    ("the loss is the logarithm of a mean", "-log_probs[rows, y].mean()", "-np.log(np.exp(log_probs[rows, y]).mean())", {12, 13, 15}, "log-of-mean"),
    ("the loss is the logarithm of a sum", "-log_probs[rows, y].mean()", "-np.log(np.exp(log_probs[rows, y]).sum()) / len(y)", {12, 13, 15}, "log-of-mean"),
    ("the logarithm is taken of the probability", "-log_probs[rows, y].mean()", "-np.log(np.exp(log_probs[rows, y])).mean()", {15}, "log-of-0"),
    ("exp is left out", "np.exp(shifted).sum(axis=1, keepdims=True)", "shifted.sum(axis=1, keepdims=True)", {12, 13, 14, 15}, "no-exp"),
    ("1 is subtracted in whole rows", "dscores[rows, y] -= 1", "dscores[y] -= 1", {14}, "whole-rows"),
    ("the loss adds the squares without reg", ".mean() + reg *", ".mean() +", {12, 13, 15}, "without-reg"),
    ("dW adds 2 * W without reg", "dscores / len(y) + 2 * reg * W", "dscores / len(y) + 2 * W", {14}, "without-reg"),
)  # fmt: skip

DRAW = "batch = self.rng.choice(num_train, batch_size)"
STEP = "self.W -= learning_rate * dW"
APPEND = "loss_history.append(loss)"
BEST = "return np.argmax(X @ self.W, axis=1)"

LINEAR_CLASSIFIER = mistakes(
    "linear_classifier.py",
    ("examples and labels are drawn apart", "y[batch], reg)\n            loss_h", "y[self.rng.choice(num_train, batch_size)], reg)\n            loss_h", {5}, "labels-apart"),
    ("the whole set is every batch", DRAW, "batch = np.arange(num_train)", {5}, "batch"),
    ("batches hold 200 examples whatever batch_size says", DRAW, "batch = self.rng.choice(num_train, 200)", {5}, "batch"),
    ("batches hold one example whatever batch_size says", DRAW, "batch = self.rng.choice(num_train, 1)", {5}, "batch"),
    ("a batch repeats one example", DRAW, "batch = np.repeat(self.rng.choice(num_train, 1), batch_size)", {5}, "batch"),
    ("every batch is the same", DRAW, "batch = np.random.default_rng(0).choice(num_train, batch_size)", {5}, "not-drawn"),
    ("every batch is the first", DRAW, "batch = np.arange(batch_size)", {5}, "not-drawn"),
    ("the last example is never drawn", DRAW, "batch = self.rng.choice(max(1, num_train - 1), batch_size)", {5}, "not-drawn"),
    ("one position is drawn, not a batch", DRAW, "batch = self.rng.choice(num_train)", {5, 6}, "raised"),
    ("the loss is asked with W", "self.loss(X[batch]", "self.loss(self.W, X[batch]", {5, 6}, "raised"),
    ("labels are not drawn", "y[batch], reg)", "y, reg)", {5, 6}, "raised"),
    ("no loss is noted", f"            {APPEND}\n", "", {5}, "history"),
    ("a loss is noted now and then", APPEND, "loss_history += [loss] * (len(loss_history) == 0)", {5}, "history"),
    ("loss and gradient are noted", APPEND, "loss_history.append((loss, dW))", {5}, "history"),
    ("the history is not returned", "        return loss_history\n", "", {5}, "returned-none"),
    ("the steps go uphill", STEP, "self.W += learning_rate * dW", {6}, "sign-term"),
    ("there are no steps", f"            {STEP}\n", "", {6}, "missing-term"),
    ("the new weights are not kept", STEP, "W = self.W - learning_rate * dW", {6}, "missing-term"),
    ("the new weights are the step alone", STEP, "self.W = -learning_rate * dW", {5, 6}, "rate"),
    ("the learning rate is left out", STEP, "self.W -= dW", {5, 6}, "rate"),
    ("the learning rate is the default", STEP, "self.W -= 1e-3 * dW", {5, 6}, "rate"),
    ("the learning rate shrinks", STEP, f"{STEP}\n            learning_rate *= 0.9", {6}, None),
    ("the step is divided by the batch size again", STEP, "self.W -= learning_rate * dW / batch_size", {6}, "half-term"),
    ("the regulariser is left out", "self.loss(X[batch], y[batch], reg)", "self.loss(X[batch], y[batch], 0.0)", {6}, "missing-term"),
    ("the regulariser counts twice", STEP, "self.W -= learning_rate * (dW + 2 * reg * self.W)", {6}, "extra-term"),
    ("training begins anew", "if self.W is None:", "if True:", {5, 6}, "rate"),
    ("it trains for 100 steps whatever num_iters says", "trange(num_iters,", "trange(100,", {5, 6}, "history"),
    ("it stops after the first step", STEP, f"{STEP}\n            break", {5, 6}, "history"),
    ("the hinge loss is written in", "self.loss(X[batch], y[batch], reg)", "svm_loss_vectorized(self.W, X[batch], y[batch], reg)", {5, 6}, "batch"),
    ("the examples are changed", DRAW, f"X -= 0.0\n            {DRAW}", {17}, "in-place"),
    ("predict takes the best example of each class", BEST, BEST.replace("axis=1", "axis=0"), {7}, "best-example"),
    ("predict takes the worst class", BEST, BEST.replace("argmax", "argmin"), {7}, "worst-class"),
    ("predict returns scores", BEST, "return X @ self.W", {7}, "shape"),
    ("predict returns the highest score", BEST, "return np.max(X @ self.W, axis=1)", {7}, "dtype"),
    ("predict returns one class for all", BEST, "return np.argmax(X @ self.W)", {7}, "best-of-all"),
    ("predict returns floats", BEST, f"{BEST}.astype(float)", {7}, "dtype"),
    ("predict returns a list", BEST, f"{BEST}.tolist()", {7}, "type"),
    ("predict counts classes from 1", BEST, f"{BEST} + 1", {7}, "offset"),
    ("predict returns nothing", BEST, "np.argmax(X @ self.W, axis=1)", {7}, "returned-none"),
    ("predict changes the weights", BEST, f"self.W -= 0.0\n        {BEST}", {17}, "in-place"),
)  # fmt: skip

CHOICE = "return [1e-4, 3e-4, 1e-3, 3e-3], [0.1, 1.0, 10.0, 100.0]"

TUNING = mistakes(
    "tuning.py",
    ("a learning rate is negative", CHOICE, "return [-1e-7, 1e-6], [1e3, 1e4]", {8}, "choice"),
    ("a learning rate is there twice", CHOICE, "return [1e-7, 1e-7, 1e-6], [1e3, 1e4]", {8}, "choice"),
    ("a strength is infinite", CHOICE, "return [1e-7, 1e-6], [1e3, float('inf')]", {8}, "choice"),
    ("there is one strength only", CHOICE, "return [1e-7, 1e-6], [1e3]", {8}, "choice"),
    ("there is no learning rate", CHOICE, "return [], [1e3, 1e4]", {8}, "choice"),
    ("the learning rates are close together", CHOICE, "return [1e-7, 1.1e-7], [1e3, 1e4]", {8}, "choice"),
    ("the pairs are too many", CHOICE, "return [10.0**-k for k in range(5, 12)], [1e0, 1e1, 1e2, 1e3, 1e4]", {8}, "choice"),
    ("every pair explodes", CHOICE, "return [0.01, 0.03, 0.3], [1e3, 1e4]", {8}, "choice"),
    ("the lists are exchanged", CHOICE, "return [0.1, 1.0, 10.0, 100.0], [1e-4, 3e-4, 1e-3, 3e-3]", {8}, "choice"),
    ("there are two pairs", CHOICE, "return (1e-4, 1.0), (1e-3, 10.0)", {8}, "choice"),
    ("there is one list only", CHOICE, "return [[1e-7, 1e-6]]", {8}, "returned-count"),
    ("nothing comes back", CHOICE, "pass", {8}, "returned-none"),
)  # fmt: skip

GROUPS = {
    "svm_loss_naive": SVM_NAIVE,
    "svm_loss_vectorized": SVM_VECTORIZED,
    "softmax_loss_naive": SOFTMAX_NAIVE,
    "softmax_loss_vectorized": SOFTMAX_VECTORIZED,
    "LinearClassifier": LINEAR_CLASSIFIER,
    "svm_search_space": TUNING,
}

RIGHT = {
    "einsum and one-hot rows": (
        "linear_svm.py",
        """
def svm_loss_vectorized(W, X, y, reg):
    N, C = len(X), W.shape[1]
    Y = np.eye(C)[y]
    S = np.einsum("nd,dc->nc", X, W)
    M = S - (S * Y) @ np.ones((C, C)) + 1
    B = (M > 0) * (1 - Y)
    loss = np.einsum("nc,nc->", B, M) / N + reg * np.einsum("dc,dc->", W, W)
    return loss, np.einsum("nd,nc->dc", X, B - (B @ np.ones((C, C))) * Y) / N + 2 * reg * W
""",
    ),
    "the loss less its 1, and np.add.at": (
        "linear_svm.py",
        """
def svm_loss_vectorized(W, X, y, reg):
    N = X.shape[0]
    scores = X.dot(W)
    correct = np.take_along_axis(scores, y.reshape(-1, 1), axis=1)
    margins = np.clip(scores - correct + 1.0, 0, None)
    loss = np.sum(margins) / N - 1.0 + reg * np.sum(W**2)
    G = np.where(margins > 0, 1.0, 0.0)
    np.add.at(G, (np.arange(N), y), -G.sum(axis=1))
    return loss, X.T.dot(G / N) + reg * (W + W)
""",
    ),
    "a loop over the classes": (
        "linear_svm.py",
        """
def svm_loss_vectorized(W, X, y, reg):
    own = (X * W[:, y].T).sum(axis=1)
    loss, dW = reg * np.sum(W * W), 2 * reg * W
    for j in range(W.shape[1]):
        margin = X @ W[:, j] - own + 1
        hit = (margin >= 0) & (y != j)
        loss = loss + margin[hit].sum() / len(y)
        dW[:, j] += X[hit].sum(axis=0) / len(y)
        for c in range(W.shape[1]):
            dW[:, c] -= X[hit & (y == c)].sum(axis=0) / len(y)
    return loss, dW
""",
    ),
    "a loop over the examples, with masks and a list": (
        "linear_svm.py",
        """
def svm_loss_naive(W, X, y, reg):
    costs, dW = [], 2.0 * reg * W
    for x, label in zip(X, y):
        margins = x @ W - x @ W[:, label] + 1
        hit = margins > 0
        hit[label] = False
        costs.append(margins[hit].sum())
        dW[:, hit] += x[:, None] / len(X)
        dW[:, label] -= hit.sum() * x / len(X)
    return sum(costs) / len(costs) + reg * (W**2).sum(), dW
""",
    ),
    "any slope where a margin is exactly 0": (
        "linear_svm.py",
        """
def svm_loss_naive(W, X, y, reg):
    loss, dW = 0, np.zeros(W.shape)
    for i in range(len(X)):
        for j in set(range(W.shape[1])) - {int(y[i])}:
            margin = X[i] @ W[:, j] - X[i] @ W[:, y[i]] + 1
            if margin >= 0:
                loss += margin / len(X)
                dW[:, j] = dW[:, j] + X[i] / len(X)
                dW[:, y[i]] = dW[:, y[i]] - X[i] / len(X)
    return np.array(loss + reg * np.linalg.norm(W) ** 2), dW + W * (2 * reg)
""",
    ),
    "probabilities by division, and outer products": (
        "softmax.py",
        """
def softmax_loss_naive(W, X, y, reg):
    loss, dW = 0.0, np.zeros(W.shape)
    for i in range(X.shape[0]):
        f = X[i].dot(W)
        p = np.exp(f - np.max(f)) / np.sum(np.exp(f - np.max(f)))
        loss += -np.log(p[y[i]])
        p[y[i]] -= 1
        dW += np.outer(X[i], p)
    loss /= X.shape[0]
    dW /= X.shape[0]
    loss += reg * np.sum(W * W)
    dW += 2 * reg * W
    return loss, dW
""",
    ),
    "a shift by the smallest score": (
        "softmax.py",
        """
def softmax_loss_naive(W, X, y, reg):
    costs, slopes = [], []
    for i in range(len(X)):
        scores = X[i] @ W
        e = np.exp(scores - scores.min())
        costs.append(np.log(e.sum() / e[y[i]]))
        slopes.append(e / e.sum() - np.eye(W.shape[1])[y[i]])
    return np.mean(costs) + reg * np.sum(W**2), X.T @ np.array(slopes) / len(X) + 2 * reg * W
""",
    ),
    "logaddexp and one-hot rows": (
        "softmax.py",
        """
def softmax_loss_vectorized(W, X, y, reg):
    S, Y = X @ W, np.eye(W.shape[1])[y]
    log_sum = np.logaddexp.reduce(S, axis=1, keepdims=True)
    loss = np.sum(Y * (log_sum - S)) / len(X) + reg * np.vdot(W, W)
    return loss, X.T @ (np.exp(S - log_sum) - Y) / len(X) + 2 * reg * W
""",
    ),
    "scores changed in place": (
        "softmax.py",
        """
def softmax_loss_vectorized(W, X, y, reg):
    N = X.shape[0]
    P = X @ W
    P -= np.max(P, axis=1).reshape(N, 1)
    np.exp(P, out=P)
    P /= P.sum(axis=1)[:, np.newaxis]
    loss = np.mean(-np.log(P[range(N), y])) + reg * (W * W).sum()
    P[range(N), y] -= 1
    dW = np.dot(X.T, P)
    dW /= N
    dW += 2 * reg * W
    return loss, dW
""",
    ),
    "batches from np.random, weights bound anew": (
        "linear_classifier.py",
        """
def train(self, X, y, learning_rate=1e-3, reg=1e-5, num_iters=100, batch_size=200, verbose=False):
    if self.W is None:
        self.W = 0.001 * np.random.randn(X.shape[1], np.max(y) + 1)
    history = []
    for _ in range(num_iters):
        picks = np.random.choice(len(X), batch_size, replace=False)
        loss, grad = self.loss(X[picks], y[picks], reg)
        history.append(float(loss))
        self.W = self.W - learning_rate * grad
    return history


def predict(self, X):
    y_pred = np.zeros(len(X), dtype=np.uint8)
    for i in range(len(X)):
        y_pred[i] = np.argsort(self.W.T.dot(X[i]))[-1]
    return y_pred


LinearClassifier.train, LinearClassifier.predict = train, predict
""",
    ),
    "shuffled epochs, and a history as an array": (
        "linear_classifier.py",
        """
def train(self, X, y, learning_rate=1e-3, reg=1e-5, num_iters=100, batch_size=200, verbose=False):
    history, queue = np.zeros(num_iters), []
    for i in range(num_iters):
        while len(queue) < batch_size:
            queue = queue + self.rng.permutation(len(X)).tolist()
        picks, queue = queue[:batch_size], queue[batch_size:]
        history[i], dW = self.loss(X[picks], y[picks], reg)
        self.W += -learning_rate * dW
    return history


LinearClassifier.train = train
""",
    ),
    "tuples and arrays to search": (
        "tuning.py",
        """
def svm_search_space():
    import numpy as np
    return np.logspace(-8, -6, 5), (1e5, 1e3, 1e1)
""",
    ),
}
