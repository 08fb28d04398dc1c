"""Wrong answers to the second notebook, and right ones written differently."""

# A mistake is a row of a table, long or short.
# ruff: noqa: E501

from course.authoring.tables import mistakes

NOTEBOOK = "2_two_layer_net"

OUT = "out = x.reshape(len(x), -1) @ w + b"
CACHE = "return out, (x, w)"
DX = "(dout @ w.T).reshape(x.shape)"
DW = "dw = x.reshape(len(x), -1).T @ dout"
DB = "dout.sum(axis=0)"
BACK = "return dx, dw, dout.sum(axis=0)"

AFFINE = mistakes(
    "layers.py",
    ("the bias is forgotten", OUT, OUT[:-4], {1}, "missing-term"),
    ("the bias is subtracted", OUT, f"{OUT[:-3]}- b", {1}, "sign-term"),
    ("the bias counts twice", OUT, f"{OUT} + b", {1}, "extra-term"),
    ("one bias for all", OUT, f"{OUT}.sum()", {1}, "one-bias"),
    ("the bias lies along the examples", OUT, f"{OUT}[: len(x), None]", {1}, "row-bias"),
    ("pictures are laid out column by column", OUT, OUT.replace("-1)", "-1, order='F')"), {1}, "columns-first"),
    ("examples become columns", OUT, OUT.replace("x.reshape(len(x), -1)", "x.reshape(-1, len(x)).T"), {1}, "axes-mixed"),
    ("only the last axis is multiplied", OUT, "out = x.reshape(-1, len(w))[: len(x)] @ w[:, ::-1] + b", {1}, None),
    ("out is the mean over the features", OUT, "out = x.reshape(len(x), -1) @ w / len(w) + b", {1}, "term-over-D"),
    ("out is transposed", CACHE, "return out.T, (x, w)", {1}, "shape"),
    ("out is float64", OUT, f"{OUT}\n    out = out.astype(float)", {21}, "dtype"),
    ("out is float32", OUT, f"{OUT}\n    out = out.astype(np.float32)", {1}, "dtype"),
    ("x is changed", OUT, f"x -= 0 * x\n    {OUT}", {22}, "in-place"),
    ("w is changed", OUT, f"w *= 1\n    {OUT}", {22}, "in-place"),
    ("the forward returns None", CACHE, "out, (x, w)", {1}, "returned-none"),
    ("the forward forgets the cache", CACHE, "return out", {1}, "returned-count"),
    ("the forward returns the cache first", CACHE, "return (x, w), out", {1}, "type"),
    ("a name is misspelled", OUT, OUT.replace("@ w", "@ W"), {1}, "raised"),
    ("x is laid out flat and cached so", OUT, "x = x.reshape(len(x), -1)\n    out = x @ w + b", {2}, "shape"),
    ("the cache holds the wrong weights", CACHE, "return out, (x, -w)", {2}, "sign"),
    ("dx stays flat", DX, "dout @ w.T", {2}, "shape"),
    ("dx is laid out column by column", DX, DX.replace("x.shape)", "x.shape, order='F')"), {2}, "laid-out"),
    ("dx is divided by N", DX, f"{DX} / len(x)", {2}, "over-N"),
    ("dx forgets the transpose", "dout @ w.T", "dout @ w", {2}, "raised"),
    ("dx has the wrong sign", f"dx = {DX}", f"dx = -{DX}", {2}, "sign"),
    ("dx is that of the weights' signs", "dout @ w.T", "dout @ np.sign(w).T", {2}, None),
    ("dx is dx of the first output", "dout @ w.T", "dout[:, :1] @ w.T[:1]", {2}, None),
    ("dw is divided by N", DW, f"{DW} / len(x)", {2}, "over-N"),
    ("dw is transposed", DW, "dw = dout.T @ x.reshape(len(x), -1)", {2}, "shape"),
    ("dw is laid out column by column", DW, DW.replace("-1)", "-1, order='F')"), {2}, "order"),
    ("dw counts twice", DW, f"{DW} * 2", {2}, "times-2"),
    ("dw has the wrong sign", DW, DW.replace("= x", "= -x"), {2}, "sign"),
    ("dw looks at one example", DW, "dw = x.reshape(len(x), -1)[:1].T @ dout[:1]", {2}, "first-example"),
    ("dw is shaped like x", DW, f"{DW}\n    dw = dw.T.reshape(-1, *x.shape[1:])", {2}, "shape"),
    ("db is a mean", DB, "dout.mean(axis=0)", {2}, "over-N"),
    ("db sums over the outputs", DB, "dout.sum(axis=1)", {2}, "shape"),
    ("db sums everything", DB, "dout.sum()", {2}, "shape"),
    ("db is dout", DB, "dout", {2}, "shape"),
    ("db is 1", DB, "np.ones(dout.shape[1])", {2}, "one-number"),
    ("db is the largest", DB, "dout.max(axis=0)", {2}, "largest"),
    ("the gradients are float64", DW, f"dout = dout.astype(float)\n    {DW}", {21}, "dtype"),
    ("dout is changed", DW, f"dout /= 1\n    {DW}", {22}, "in-place"),
    ("dw comes first", BACK, "return dw, dx, dout.sum(axis=0)", {2}, "shape"),
    ("db is not returned", BACK, "return dx, dw", {2}, "returned-count"),
    ("the gradients are not returned", BACK, "dx, dw", {2}, "returned-none"),
    ("dx is None", DX, f"{DX} * 0\n    dx = None", {2}, "returned-none"),
)  # fmt: skip

RELU = mistakes(
    "layers.py",
    ("negative numbers are set to 0 in place", "return np.maximum(x, 0), x", "x[x < 0] = 0\n    return x, x", {22}, "in-place"),
    ("np.max of 0", "np.maximum(x, 0)", "np.max(0, x)", {3}, "raised"),
    ("np.max along an axis", "np.maximum(x, 0)", "np.max(x, 0)", {3}, "shape"),
    ("np.max of all", "np.maximum(x, 0)", "np.max(x)", {3}, "shape"),
    ("np.minimum", "np.maximum(x, 0)", "np.minimum(x, 0)", {3}, "negative-part"),
    ("the absolute value", "np.maximum(x, 0)", "np.abs(x)", {3}, "absolute"),
    ("a leaky bend", "np.maximum(x, 0)", "np.maximum(0.01 * x, x)", {3}, "places"),
    ("cut off at 1", "np.maximum(x, 0)", "np.maximum(x, 1)", {3}, "cut-off"),
    ("cut off at 1 above", "np.maximum(x, 0)", "np.clip(x, 0, 1)", {3}, "cut-off"),
    ("nothing is cut off", "np.maximum(x, 0)", "1 * x", {3}, "nothing-cut"),
    ("the mask comes out", "np.maximum(x, 0)", "(x > 0)", {3}, "dtype"),
    ("the mask comes out as numbers", "np.maximum(x, 0)", "(x > 0).astype(x.dtype)", {3}, "mask-alone"),
    ("a float64 mask", "np.maximum(x, 0)", "x * (x > 0).astype(float)", {21}, "dtype"),
    ("only what is positive comes out", "np.maximum(x, 0)", "x[x > 0]", {3}, "shape"),
    ("out is an integer", "np.maximum(x, 0)", "np.maximum(x, 0).astype(int)", {3}, "dtype"),
    ("the forward returns None", "return np.maximum(x, 0), x", "np.maximum(x, 0), x", {3}, "returned-none"),
    ("the mask is that of dout", "dout * (x > 0)", "dout * (dout > 0)", {4}, "mask-of-dout"),
    ("np.maximum of dout", "dout * (x > 0)", "np.maximum(dout, 0)", {4}, "mask-of-dout"),
    ("nothing is stopped", "dout * (x > 0)", "1 * dout", {4}, "no-mask"),
    ("the other half is stopped", "dout * (x > 0)", "dout * (x < 0)", {4}, "other-half"),
    ("the gradient is multiplied by the input", "dout * (x > 0)", "dout * np.maximum(x, 0)", {4}, "times-x"),
    ("the mask without dout", "dout * (x > 0)", "(x > 0).astype(x.dtype)", {4}, "no-dout"),
    ("the sign of x", "dout * (x > 0)", "dout * np.sign(x)", {4}, "places"),
    ("the mask begins at 1", "dout * (x > 0)", "dout * (x > 1)", {4}, "places"),
    ("a leaky mask", "dout * (x > 0)", "dout * np.where(x > 0, 1, 0.01).astype(x.dtype)", {4}, "places"),
    ("the sign is wrong", "dout * (x > 0)", "-dout * (x > 0)", {4}, "sign"),
    ("the gradient is doubled", "dout * (x > 0)", "2 * dout * (x > 0)", {4}, "times-2"),
    ("dout is changed", "return dout * (x > 0)", "dout[x <= 0] = 0\n    return dout", {22}, "in-place"),
    ("the gradient is float64", "dout * (x > 0)", "dout * (x > 0).astype(float)", {21}, "dtype"),
    ("the gradient is summed", "dout * (x > 0)", "np.sum(dout * (x > 0), axis=0)", {4}, "shape"),
    ("the backward returns None", "return dout * (x > 0)", "dout * (x > 0)", {4}, "returned-none"),
    ("the cache holds what was cut off", "np.maximum(x, 0), x", "np.maximum(x, 0), np.minimum(x, 0)", {4}, "zeros"),
)  # fmt: skip

SHIFTED = "shifted = x - x.max(axis=1, keepdims=True)"
LOG_PROBS = "log_probs = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))"
SOFT = "loss = -log_probs[rows, y].mean()"
PROBS = "dx = np.exp(log_probs)"
SOFT_DX = "    dx[rows, y] -= 1\n    return loss, dx / len(y)"
SVM_DX = "    dx[rows, y] = -dx.sum(axis=1)\n    return loss, dx / len(y)"
MARGINS = "margins = np.maximum(0, x - x[rows, y][:, None] + 1)"

LOSSES = mistakes(
    "layers.py",
    ("softmax: dx is not divided by N", SOFT_DX, SOFT_DX.replace(" / len(y)", ""), {5}, "times-N"),
    ("softmax: dx is divided by N twice", SOFT_DX, f"{SOFT_DX} / len(y)", {5}, "over-N"),
    ("softmax: dx is divided by N and C", SOFT_DX, f"{SOFT_DX} / x.shape[1]", {5}, "over-C"),
    ("softmax: dx is the probabilities", SOFT_DX, SOFT_DX.replace("dx[rows, y] -= 1", "pass"), {5}, "missing-term"),
    ("softmax: dx subtracts 1 in the right columns of all rows", SOFT_DX, SOFT_DX.replace("[rows, y]", "[:, y]"), {5}, "every-row"),
    ("softmax: dx has the wrong sign", SOFT_DX, SOFT_DX.replace("loss, dx", "loss, -dx"), {5}, "sign"),
    ("softmax: dx is that of the log-probabilities", PROBS, "dx = log_probs", {5}, "log-p"),
    ("softmax: dx is float64", SOFT_DX, SOFT_DX.replace("dx / len(y)", "(dx / len(y)).astype(float)"), {21}, "dtype"),
    ("softmax: dx is transposed", SOFT_DX, SOFT_DX.replace("loss, dx", "loss, dx.T"), {5}, "shape"),
    ("softmax: the loss is summed", SOFT, SOFT.replace("mean", "sum"), {5}, "times-N"),
    ("softmax: the loss is a mean over classes too", SOFT, SOFT.replace("mean()", "sum() / x.size"), {5}, "over-C"),
    ("softmax: the loss has the wrong sign", SOFT, SOFT.replace("-log", "log"), {5}, "sign"),
    ("softmax: the loss is kept for each example", SOFT, SOFT.replace(".mean()", ""), {5}, "shape"),
    ("softmax: the loss is in bits", SOFT, f"{SOFT} / np.log(2)", {5}, "log2"),
    ("softmax: the loss leaves the logarithm out", SOFT, "loss = 1 - np.exp(log_probs)[rows, y].mean()", {5}, "no-log"),
    ("softmax: the loss is guarded against log 0", SOFT, "loss = -np.log(np.exp(log_probs)[rows, y] + 1e-7).mean()", {5}, "nearly"),
    ("softmax: the loss names the likeliest class", SOFT, "loss = -log_probs.max(axis=1).mean()", {5}, "likeliest"),
    ("softmax: the loss is a float32", SOFT, f"{SOFT}\n    loss = np.float32(loss)", {5}, "dtype"),
    ("softmax: no shift", SHIFTED, "shifted = x", {5}, "nan"),
    ("softmax: the shift is the largest of all", SHIFTED, "shifted = x - x.max()", {5}, "inf"),
    ("softmax: the shift is the largest of each class", SHIFTED, "shifted = x - x.max(axis=0)", {5}, "shift-by-class"),
    ("softmax: the shift lies along the classes", SHIFTED, "shifted = x - x.max(axis=1)", {5}, "raised"),
    ("softmax: the shift is the mean and much more", SHIFTED, "shifted = x - x.mean(axis=1, keepdims=True) + 1e3", {5}, "inf"),
    ("softmax: the logarithm of probabilities", "log_probs = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))", "log_probs = np.log(np.exp(shifted) / np.exp(shifted).sum(axis=1, keepdims=True))", {8}, "inf"),
    ("softmax: every example is asked about the classes of all", "loss = -log_probs[rows, y].mean()", "loss = -log_probs[:, y].mean()", {5}, "columns-of-all"),
    ("softmax: the logarithm of the mean probability", "loss = -log_probs[rows, y].mean()", "loss = -np.log(np.exp(log_probs[rows, y]).mean())", {5}, "log-of-mean"),
    ("softmax: the shift is added", SHIFTED, SHIFTED.replace("x - x", "x + x"), {5}, "nan"),
    ("softmax: the sum runs over the examples", LOG_PROBS, LOG_PROBS.replace("axis=1", "axis=0"), {5}, "over-examples"),
    ("softmax: the sum runs over all", LOG_PROBS, LOG_PROBS.replace("axis=1, keepdims=True", ""), {5}, "over-all"),
    ("softmax: the mean stands for the sum", LOG_PROBS, LOG_PROBS.replace("sum(", "mean("), {5}, "mean-for-sum"),
    ("softmax: the scores are changed", SHIFTED, "x -= x.max(axis=1, keepdims=True)\n    shifted = x", {22}, "in-place"),
    ("softmax: one-hot rows are not understood", "    y = as_labels(y)\n", "", {7}, "raised"),
    ("softmax: only the loss is returned", SOFT_DX, SOFT_DX.replace("loss, dx / len(y)", "loss"), {5}, "returned-count"),
    ("softmax: nothing is returned", SOFT_DX, SOFT_DX.replace("return ", ""), {5}, "returned-none"),
    ("svm: the right class is not silenced", "    margins[rows, y] = 0\n", "", {6}, "extra-term"),
    ("svm: the loss is summed", "loss = margins.sum() / len(y)", "loss = margins.sum()", {6}, "times-N"),
    ("svm: the loss is a mean over classes too", "loss = margins.sum() / len(y)", "loss = margins.mean()", {6}, "over-C"),
    ("svm: every margin counts", "(margins > 0)", "(margins >= 0)", {6}, "all-pushed"),
    ("svm: the right class is never pulled", SVM_DX, SVM_DX.replace("dx[rows, y] = -dx.sum(axis=1)", "pass"), {6}, "missing-term"),
    ("svm: the right class is pulled once", SVM_DX, SVM_DX.replace("-dx.sum(axis=1)", "-1"), {6}, "right-class"),
    ("svm: the right class is pushed", SVM_DX, SVM_DX.replace("-dx.sum", "dx.sum"), {6}, "sign-term"),
    ("svm: the right class's own margin counts", SVM_DX, SVM_DX.replace("= -dx", "= 1 - dx"), {6}, "extra-term"),
    ("svm: dx is not divided by N", SVM_DX, SVM_DX.replace(" / len(y)", ""), {6}, "times-N"),
    ("svm: dx has the wrong sign", SVM_DX, SVM_DX.replace("dx / len", "-dx / len"), {6}, "sign"),
    ("svm: dx holds the margins", "(margins > 0).astype(x.dtype)", "margins.copy()", {6}, "margins"),
    ("svm: dx is float64", "(margins > 0).astype(x.dtype)", "(margins > 0).astype(float)", {21}, "dtype"),
    ("svm: the margin lacks its 1", MARGINS, MARGINS.replace(" + 1", ""), {6}, "no-1"),
    ("svm: the margin is 0.5", MARGINS, MARGINS.replace("+ 1", "+ 0.5"), {6}, None),
    ("svm: the margin has the wrong sign", MARGINS, "margins = np.maximum(0, x[rows, y][:, None] - x + 1)", {6}, "turned"),
    ("svm: the margin is squared", "loss = margins.sum()", "loss = (margins**2).sum()", {6}, "squared-margins"),
    ("svm: the loss is not cut at 0", MARGINS, "margins = x - x[rows, y][:, None] + 1", {6}, "not-cut"),
    ("svm: the right scores lie along the classes", MARGINS, MARGINS.replace("[:, None]", ""), {6}, "raised"),
)  # fmt: skip

FIRST_W1 = "weight_scale * rng.standard_normal((input_dim, hidden_dim))"
FIRST_W2 = "weight_scale * rng.standard_normal((hidden_dim, num_classes))"
FIRST_B1 = '"b1": np.zeros(hidden_dim)'
PENALTY = "loss += 0.5 * self.reg * (np.sum(W1 * W1) + np.sum(W2 * W2))"
HIDDEN_UNITS = "hidden, hidden_cache = affine_relu_forward(X, W1, b1)"
LAST = "scores, cache = affine_forward(hidden, W2, b2)"
BACK_LAST = "dhidden, dW2, db2 = affine_backward(dscores, cache)"
BACK_HIDDEN = "_, dW1, db1 = affine_relu_backward(dhidden, hidden_cache, needs_dx=False)"
GRADS = 'return loss, {"W1": dW1, "b1": db1, "W2": dW2, "b2": db2}'

TWO_LAYER = mistakes(
    "fc_net.py",
    ("W1 is uniform and positive", FIRST_W1, FIRST_W1.replace("standard_normal", "random"), {9}, "one-sign"),
    ("W2 is uniform and positive", FIRST_W2, FIRST_W2.replace("standard_normal", "random"), {9}, "one-sign"),
    ("W1 is not scaled", FIRST_W1, FIRST_W1.replace("weight_scale *", "1 *"), {9}, "spread"),
    ("W2 is not scaled", FIRST_W2, FIRST_W2.replace("weight_scale *", "1 *"), {9}, "spread"),
    ("W2 has a scale of its own", FIRST_W2, FIRST_W2.replace("weight_scale *", "1e-3 *"), {9}, "spread"),
    ("the scale is a variance", FIRST_W1, FIRST_W1.replace("weight_scale *", "np.sqrt(weight_scale) *"), {9}, "spread"),
    ("W2 is 0", FIRST_W2, "np.zeros((hidden_dim, num_classes))", {9}, "spread"),
    ("W1 is transposed", FIRST_W1, FIRST_W1.replace("(input_dim, hidden_dim)", "(hidden_dim, input_dim)"), {9}, "shapes"),
    ("b1 is random", FIRST_B1, '"b1": weight_scale * rng.standard_normal(hidden_dim)', {9}, "biases"),
    ("b1 is 1", FIRST_B1, '"b1": np.ones(hidden_dim)', {9}, "biases"),
    ("b1 is a row", FIRST_B1, '"b1": np.zeros((1, hidden_dim))', {9}, "shapes"),
    ("b1 has the wrong length", FIRST_B1, '"b1": np.zeros(num_classes)', {9}, "shapes"),
    ("b1 is called B1", FIRST_B1, '"B1": np.zeros(hidden_dim)', {9}, "shapes"),
    ("the dtype is ignored", "{name: p.astype(self.dtype) for name, p in self.params.items()}", "dict(self.params)", {17}, "dtype"),
    ("the net returns probabilities", "        if y is None:\n            return scores\n\n        loss, dscores = softmax_loss(scores, y)\n        dhidden", "        if y is None:\n            p = np.exp(scores - scores.max(axis=1, keepdims=True))\n            return p / p.sum(axis=1, keepdims=True)\n\n        loss, dscores = softmax_loss(scores, y)\n        dhidden", {10}, "probabilities"),
    ("the net has no ReLU", HIDDEN_UNITS, "hidden, cache = affine_forward(X, W1, b1)\n        hidden_cache = cache, hidden", {10}, "no-relu"),
    ("a ReLU behind the scores", LAST, f"{LAST}\n        scores = np.maximum(scores, 0)", {10}, "extra-relu"),
    ("b1 is forgotten", HIDDEN_UNITS, HIDDEN_UNITS.replace("b1", "0 * b1"), {10}, "no-first-bias"),
    ("b2 is forgotten", LAST, LAST.replace("b2", "0 * b2"), {10}, "missing-term"),
    ("the biases are exchanged", HIDDEN_UNITS, HIDDEN_UNITS.replace("b1", "b1[::-1]"), {10}, None),
    ("the scores come only with labels", "        if y is None:\n            return scores\n\n        loss, dscores = softmax_loss(scores, y)\n        dhidden", "        loss, dscores = softmax_loss(scores, y)\n        dhidden", {10}, "raised"),
    ("params are taken in the order of the dict", 'W1, b1, W2, b2 = (self.params[name] for name in ("W1", "b1", "W2", "b2"))', "W1, b1, W2, b2 = self.params.values()", {10}, "raised"),
    ("L2 without its half", PENALTY, PENALTY.replace("0.5 * ", ""), {10}, "l2-without-half"),
    ("only W1 is regularised", PENALTY, PENALTY.replace(" + np.sum(W2 * W2)", ""), {10}, "missing-term"),
    ("only W2 is regularised", PENALTY, PENALTY.replace("np.sum(W1 * W1) + ", ""), {10}, "missing-term"),
    ("W1 is regularised twice", PENALTY, PENALTY.replace("W2 * W2", "W1 * W1"), {10}, "w1-twice"),
    ("b1 is regularised", PENALTY, PENALTY.replace("(np", "(np.sum(b1 * b1) + np"), {10}, "extra-term"),
    ("the loss forgets the regulariser", PENALTY, "pass", {10}, "missing-term"),
    ("the loss subtracts the regulariser", PENALTY, PENALTY.replace("+=", "-="), {10}, "sign-term"),
    ("the loss halves the regulariser again", PENALTY, PENALTY.replace("0.5", "0.25"), {10}, "half-term"),
    ("the loss takes the weights' sums", PENALTY, PENALTY.replace("W1 * W1", "W1").replace("W2 * W2", "W2"), {10}, "plain-sum"),
    ("the loss takes the norm", PENALTY, PENALTY.replace("np.sum(W1 * W1)", "np.linalg.norm(W1)").replace("np.sum(W2 * W2)", "np.linalg.norm(W2)"), {10}, "norm-of-w"),
    ("the loss takes the mean of squares", PENALTY, PENALTY.replace("np.sum", "np.mean"), {10}, "mean-of-squares"),
    ("the loss is divided by N again", PENALTY, f"loss /= len(X)\n        {PENALTY}", {10}, "over-N"),
    ("the scores are float64", "X = np.asarray(X, self.dtype)\n        W1, b1", "X = np.asarray(X, float)\n        W1, b1", {17}, "dtype"),
    ("the first weights' regulariser has no slope", "        dW1 += self.reg * W1\n", "", {11}, "missing-term"),
    ("the second weights' regulariser has no slope", "        dW2 += self.reg * W2\n", "", {11}, "missing-term"),
    ("the slope is 2 reg W", "dW1 += self.reg * W1", "dW1 += 2 * self.reg * W1", {11}, "l2-without-half"),
    ("the slope is half of reg W", "dW2 += self.reg * W2", "dW2 += 0.5 * self.reg * W2", {11}, "half-term"),
    ("the slope is subtracted", "dW1 += self.reg * W1", "dW1 -= self.reg * W1", {11}, "sign-term"),
    ("the slope is one number", "dW1 += self.reg * W1", "dW1 += self.reg * W1.sum()", {11}, "sum-of-w"),
    ("the slope is divided by N", "dW2 += self.reg * W2", "dW2 += self.reg * W2 / len(X)", {11}, "term-over-N"),
    ("the slope is that of the loss as well", "dW2 += self.reg * W2", "dW2 += self.reg * W1.sum()", {11}, "one-number"),
    ("b1 gets a slope", "dW1 += self.reg * W1", "dW1 += self.reg * W1\n        db1 += self.reg * b1", {11}, "extra-term"),
    ("the way back forgets the ReLU", BACK_HIDDEN, "_, dW1, db1 = affine_backward(dhidden, hidden_cache[0])", {11}, "back-without-relu"),
    ("the way back uses the mask of dhidden", BACK_HIDDEN, "_, dW1, db1 = affine_backward(np.maximum(0, dhidden), hidden_cache[0])", {11}, "back-mask-of-dout"),
    ("dW1 sees one example", BACK_HIDDEN, f"{BACK_HIDDEN}\n        dW1 = X.reshape(len(X), -1)[:1].T @ (dhidden * (hidden > 0))[:1]", {11}, "first-example"),
    ("dW1 is divided by N", BACK_HIDDEN, f"{BACK_HIDDEN}\n        dW1 /= len(X)", {11}, "over-N"),
    ("db1 is a mean", BACK_HIDDEN, f"{BACK_HIDDEN}\n        db1 /= len(X)", {11}, "over-N"),
    ("dscores is divided by N again", BACK_LAST, BACK_LAST.replace("dscores,", "dscores / len(X),"), {11}, "over-N"),
    ("a gradient is not returned", GRADS, GRADS.replace(', "b2": db2', ""), {11}, "keys"),
    ("the gradients are called dW1 and so on", GRADS, GRADS.replace('"W1"', '"dW1"'), {11}, "keys"),
    ("the gradients of the biases are exchanged", GRADS, GRADS.replace('"b1": db1', '"b1": db2'), {11}, "shape"),
    ("the gradients are returned as a list", GRADS, "return loss, [dW1, db1, dW2, db2]", {11}, "keys"),
    ("the gradients come first", GRADS, 'return {"W1": dW1, "b1": db1, "W2": dW2, "b2": db2}, loss', {10, 11}, "type"),
    ("only the loss is returned", GRADS, "return loss", {10, 11}, "returned-count"),
    ("nothing is returned", GRADS, "pass", {10, 11}, "returned-none"),
    ("a step is taken by the way", GRADS, f"W1 -= 0 * dW1\n        {GRADS}", {22}, "in-place"),
)  # fmt: skip

DEEP_W = "W = weight_scale * rng.standard_normal((fan_in, fan_out))"
DEEP_LOOP = "for i in range(1, self.num_layers + 1):"
DEEP_LOSS = "loss += 0.5 * self.reg * np.sum(W * W)"
DEEP_SLOPE = 'grads[f"W{i}"] += self.reg * W'
HIDDEN = "for i in range(1, self.num_layers):"
UPDATE = "            grads.update(of_layer)\n"

FULLY_CONNECTED = mistakes(
    "fc_net.py",
    ("deep: weights are uniform and positive", DEEP_W, DEEP_W.replace("standard_normal", "random"), {16}, "one-sign"),
    ("deep: weights are not scaled", DEEP_W, DEEP_W.replace("weight_scale *", "1 *"), {16}, "spread"),
    ("deep: biases are random", "np.zeros(fan_out, self.dtype)", "W[0].astype(self.dtype)", {16}, "biases"),
    ("deep: weights are transposed", "((fan_in, fan_out))", "((fan_out, fan_in))", {16}, "shapes"),
    ("deep: weights are float64", "W.astype(self.dtype)", "W", {17}, "dtype"),
    ("deep: biases are float64", "np.zeros(fan_out, self.dtype)", "np.zeros(fan_out)", {17}, "dtype"),
    ("deep: the last weights are not regularised", DEEP_LOOP, "for i in range(1, self.num_layers):", {16}, "missing-term"),
    ("deep: the first weights are not regularised", DEEP_LOOP, "for i in range(2, self.num_layers + 1):", {16}, "missing-term"),
    ("deep: the first weights are regularised once for each layer", 'W = self.params[f"W{i}"]\n', 'W = self.params["W1"]\n', {16}, "raised"),
    ("deep: L2 without its half", DEEP_LOSS, DEEP_LOSS.replace("0.5 * ", ""), {16}, "l2-without-half"),
    ("deep: the loss forgets the regulariser", DEEP_LOSS, "pass", {16}, "missing-term"),
    ("deep: only the last weights count in the loss", DEEP_LOSS, f"loss = softmax_loss(scores, y)[0]\n            {DEEP_LOSS}", {16}, "last-alone"),
    ("deep: a sum over lines counts its first term alone", DEEP_LOSS, "loss += 0.5 * self.reg * np.sum(W * W) if i == 1 else 0", {16}, "first-alone"),
    ("deep: biases are regularised", DEEP_LOSS, DEEP_LOSS.replace("np.sum(W * W)", "(np.sum(W * W) + np.sum(self.params[f'b{i}'] ** 2))"), {16}, "extra-term"),
    ("deep: slopes forget the regulariser", DEEP_SLOPE, "pass", {16}, "missing-term"),
    ("deep: slopes are 2 reg W", DEEP_SLOPE, DEEP_SLOPE.replace("self", "2 * self"), {16}, "l2-without-half"),
    ("deep: slopes are one number", DEEP_SLOPE, f"{DEEP_SLOPE}.sum()", {16}, "sum-of-w"),
    ("deep: biases get slopes", DEEP_SLOPE, DEEP_SLOPE.replace("W{i}", "b{i}").replace("* W", "* self.params[f'b{i}']"), {16}, "missing-term"),
    ("deep: a ReLU behind the scores", "return scores, [*caches, cache]", "return np.maximum(scores, 0), [*caches, cache]", {16}, "extra-relu"),
    ("deep: the first layer is left out", HIDDEN, "for i in range(2, self.num_layers):", {16}, "raised"),
    ("deep: hidden layers all read the input", "self.hidden_forward(i, out)", "self.hidden_forward(i, X)", {16}, "raised"),
    ("deep: the last bias is forgotten", 'self.params[f"b{L}"])', '0 * self.params[f"b{L}"])', {16}, "missing-term"),
    ("deep: two hidden layers, whatever there are", HIDDEN, "for i in range(1, min(self.num_layers, 3)):", {16}, "raised"),
    ("deep: caches are read from the front", "self.hidden_backward(i, dout, caches[i - 1])", "self.hidden_backward(i, dout, caches[L - 1 - i])", {16}, "raised"),
    ("deep: dout is not handed on", "dout, of_layer = self", "_, of_layer = self", {16}, "raised"),
    ("deep: the first layer has no gradient", "for i in range(L - 1, 0, -1):", "for i in range(L - 1, 1, -1):", {16}, "raised"),
    ("deep: gradients of hidden layers are lost", UPDATE, "", {16}, "raised"),
    ("deep: gradients come with the last layer's name", UPDATE, "            grads.update(of_layer)\n        grads = {f'W{i}': dw for i in range(1, L + 1)} | {f'b{i}': db for i in range(1, L + 1)}\n", {16}, "raised"),
)  # fmt: skip

V = 'v = config["momentum"] * config["velocity"] - config["learning_rate"] * dw'
KEEP_V = '    config["velocity"] = v\n'
KEEP_C = '    config["cache"] = cache\n'
CACHE_EMA = 'cache = decay * config["cache"] + (1 - decay) * dw**2'
RMS_STEP = 'return w - config["learning_rate"] * dw / (np.sqrt(cache) + config["epsilon"]), config'
CORRECTED = "mean, size = m / (1 - beta1**t), np.sqrt(v / (1 - beta2**t))"
ADAM_STEP = 'return w - config["learning_rate"] * mean / (size + config["epsilon"]), config'
KEEP_MVT = "config.update(t=t, m=m, v=v)"

OPTIM = mistakes(
    "optim.py",
    ("momentum: uphill", V, V.replace(" - ", " + "), {12}, "sign"),
    ("momentum: the velocity is not stored", KEEP_V, "", {12}, "forgets"),
    ("momentum: the old velocity is stored", KEEP_V, '    config["velocity"] = config["velocity"] + 0 * v\n', {12}, "forgets"),
    ("momentum: a running mean", V, V.replace(" - config", " - (1 - config['momentum']) * config"), {12}, "factor"),
    ("momentum: Nesterov's", "return w + v, config", 'return w + config["momentum"] * v - config["learning_rate"] * dw, config', {12}, "nesterov"),
    ("momentum: Nesterov's, as CS231n writes it", f"{V}\n{KEEP_V}    return w + v, config", f'old = config["velocity"]\n    {V}\n{KEEP_V}    return w - config["momentum"] * old + (1 + config["momentum"]) * v, config', {12}, "nesterov"),
    ("momentum: w moves by the old velocity", "return w + v, config", "return w + (v + config['learning_rate'] * dw) / config['momentum'], config", {12}, "step-before"),
    ("momentum: the rate stands outside", f"{V}\n{KEEP_V}    return w + v", f'v = config["momentum"] * config["velocity"] + dw\n{KEEP_V}    return w - config["learning_rate"] * v', {12}, "rate-outside"),
    ("momentum: the velocity is subtracted", "return w + v, config", "return w - v, config", {12}, "sign"),
    ("momentum: momentum is written in", V, V.replace('config["momentum"]', "0.9"), {12}, "defaults"),
    ("momentum: the rate is written in", V, V.replace('config["learning_rate"]', "1e-2"), {12}, "defaults"),
    ("momentum: the rate is forgotten", V, V.replace('config["learning_rate"] * ', ""), {12}, "no-rate"),
    ("momentum: the first step is all", "return w + v, config", 'return w + v * (config.setdefault("done", 0) == 0), config | {"done": 1}', {12}, None),
    ("momentum: the velocity is kept under another name", f"{V}\n{KEEP_V}", f"{V}\n".replace('config["velocity"]', 'config.get("v", 0.0)') + '    config["v"] = v\n', {12}, "shape"),
    ("momentum: w is not moved", "return w + v, config", "return w, config", {12}, "zeros"),
    ("momentum: dw is changed", V, f"dw *= 1\n    {V}", {22}, "in-place"),
    ("momentum: config is not returned", "return w + v, config", "return w + v", {12}, "returned-count"),
    ("momentum: nothing is returned", "return w + v, config", "w + v", {12}, "returned-none"),
    ("momentum: w becomes float64", "return w + v, config", "return w.astype(float) + v, config", {21}, "dtype"),
    ("rmsprop: AdaGrad", CACHE_EMA, 'cache = config["cache"] + dw * dw', {13}, "adagrad"),
    ("rmsprop: the cache is not stored", KEEP_C, "", {13}, "forgets"),
    ("rmsprop: the shares are swapped", CACHE_EMA, 'cache = (1 - decay) * config["cache"] + decay * dw * dw', {13}, "swapped"),
    ("rmsprop: epsilon inside the root", RMS_STEP, RMS_STEP.replace('(np.sqrt(cache) + config["epsilon"])', 'np.sqrt(cache + config["epsilon"])'), {13}, "eps-inside"),
    ("rmsprop: no epsilon", RMS_STEP, RMS_STEP.replace(' + config["epsilon"]', ""), {13}, "nan"),
    ("rmsprop: epsilon is written in", RMS_STEP, RMS_STEP.replace('config["epsilon"]', "1e-8"), {13}, "defaults"),
    ("rmsprop: the decay is written in", 'decay = config["decay_rate"]', "decay = 0.99", {13}, "defaults"),
    ("rmsprop: no root", RMS_STEP, RMS_STEP.replace("np.sqrt(cache)", "cache"), {13}, "no-root"),
    ("rmsprop: the gradient is not squared", CACHE_EMA, CACHE_EMA.replace("dw**2", "dw"), {13}, "nan"),
    ("rmsprop: the size of the gradient as a whole", CACHE_EMA, CACHE_EMA.replace("dw**2", "np.sum(dw**2)"), {13}, "one-size"),
    ("rmsprop: uphill", RMS_STEP, RMS_STEP.replace("w - ", "w + "), {13}, "sign"),
    ("rmsprop: the old cache divides", RMS_STEP, RMS_STEP.replace("np.sqrt(cache)", "np.sqrt((cache - (1 - decay) * dw**2) / decay)"), {13}, "step-before"),
    ("rmsprop: the cache is corrected as Adam's", RMS_STEP, RMS_STEP.replace("np.sqrt(cache)", "np.sqrt(cache / (1 - decay))"), {13}, "as-adam"),
    ("rmsprop: the rate is written in", RMS_STEP, RMS_STEP.replace('config["learning_rate"]', "1e-2"), {13}, "defaults"),
    ("rmsprop: the root is stored", KEEP_C, '    config["cache"] = np.sqrt(cache)\n', {13}, None),
    ("rmsprop: w becomes float64", RMS_STEP, RMS_STEP.replace("return w", "return w.astype(float)"), {21}, "dtype"),
    ("rmsprop: nothing is returned", RMS_STEP, RMS_STEP.replace("return ", ""), {13}, "returned-none"),
    ("adam: t is counted after use", CORRECTED, f"t = t - 1\n    {CORRECTED}", {14}, "nan"),
    ("adam: no correction", CORRECTED, "mean, size = m, np.sqrt(v)", {14}, "uncorrected"),
    ("adam: only m is corrected", CORRECTED, CORRECTED.replace("np.sqrt(v / (1 - beta2**t))", "np.sqrt(v)"), {14}, "only-m"),
    ("adam: only v is corrected", CORRECTED, CORRECTED.replace("m / (1 - beta1**t)", "m"), {14}, "only-v"),
    ("adam: the betas are exchanged in the correction", CORRECTED, CORRECTED.replace("beta1", "beta").replace("beta2", "beta1").replace("beta**", "beta2**"), {14}, "betas-swapped-at-start"),
    ("adam: t is not stored", KEEP_MVT, "config.update(m=m, v=v)", {14}, "frozen-t"),
    ("adam: m is not stored", KEEP_MVT, "config.update(t=t, v=v)", {14}, "forgets-m"),
    ("adam: v is not stored", KEEP_MVT, "config.update(t=t, m=m)", {14}, "forgets-v"),
    ("adam: nothing is stored", KEEP_MVT, "pass", {14}, "forgets"),
    ("adam: the corrected means are stored", KEEP_MVT, "config.update(t=t, m=m / (1 - beta1**t), v=v / (1 - beta2**t))", {14}, None),
    ("adam: the start is made up for with a step too many", CORRECTED, CORRECTED.replace("**t", "**(t + 1)"), {14}, "t-one-more"),
    ("adam: epsilon inside the root", ADAM_STEP, ADAM_STEP.replace('(size + config["epsilon"])', 'np.sqrt(size**2 + config["epsilon"])'), {14}, "eps-inside"),
    ("adam: no epsilon", ADAM_STEP, ADAM_STEP.replace(' + config["epsilon"]', ""), {14}, "nan"),
    ("adam: epsilon is written in", ADAM_STEP, ADAM_STEP.replace('config["epsilon"]', "1e-8"), {14}, "defaults"),
    ("adam: the betas are written in", 'beta1, beta2 = config["beta1"], config["beta2"]', "beta1, beta2 = 0.9, 0.999", {14}, "defaults"),
    ("adam: the betas are exchanged", 'beta1, beta2 = config["beta1"], config["beta2"]', 'beta2, beta1 = config["beta1"], config["beta2"]', {14}, "betas-swapped"),
    ("adam: the gradient is not squared", "(1 - beta2) * dw**2", "(1 - beta2) * dw", {14}, "nan"),
    ("adam: v remembers m", 'v = beta2 * config["v"]', 'v = beta2 * config["m"]', {14}, "nan"),
    ("adam: no root", CORRECTED, CORRECTED.replace("np.sqrt(v / (1 - beta2**t))", "v / (1 - beta2**t)"), {14}, "no-root"),
    ("adam: the correction is 1 - beta t", CORRECTED, CORRECTED.replace("beta1**t", "beta1 * t"), {14}, "times-t"),
    ("adam: the gradient moves w", ADAM_STEP, ADAM_STEP.replace("* mean", "* dw"), {14}, "no-mean"),
    ("adam: uphill", ADAM_STEP, ADAM_STEP.replace("w - ", "w + "), {14}, "sign"),
    ("adam: the rate is written in", ADAM_STEP, ADAM_STEP.replace('config["learning_rate"]', "1e-3"), {14}, "defaults"),
    ("adam: the rate shrinks by itself", ADAM_STEP, ADAM_STEP.replace("* mean", "* mean / np.sqrt(t)"), {14, 21}, None),
    ("adam: w becomes float64", ADAM_STEP, ADAM_STEP.replace("return w", "return w.astype(float)"), {21}, "dtype"),
    ("adam: nothing is returned", ADAM_STEP, ADAM_STEP.replace("return ", ""), {14}, "returned-none"),
)  # fmt: skip

CHOICE = "return [1e-4, 3e-4, 1e-3, 3e-3], [0.0, 0.3, 3.0, 30.0]"

TUNING = mistakes(
    "tuning.py",
    ("a rate is negative", CHOICE, "return [-1e-3, 1e-3, 1e-4], [0.1, 1.0]", {15}, "choice"),
    ("a rate is 0", CHOICE, "return [0.0, 1e-3, 1e-4], [0.1, 1.0]", {15}, "choice"),
    ("a rate is there twice", CHOICE, "return [1e-3, 1e-3, 1e-4], [0.1, 1.0]", {15}, "choice"),
    ("a strength is nan", CHOICE, "return [1e-3, 1e-4], [0.1, float('nan')]", {15}, "choice"),
    ("there is no strength but 0", CHOICE, "return [1e-3, 1e-4], [0.0]", {15}, "choice"),
    ("the rates are close together", CHOICE, "return [1e-3, 1.1e-3], [0.1, 1.0]", {15}, "choice"),
    ("there are too many pairs", CHOICE, "return [10.0**-k for k in range(7)], [1e-2, 1e-1, 1e0]", {15}, "choice"),
    ("the lists are exchanged", CHOICE, "return [0.1, 0.3, 3.0, 30.0], [1e-4, 3e-4, 1e-3, 3e-3]", {15}, "choice"),
    ("there is one list", CHOICE, "return [1e-3, 1e-4]", {15}, "choice"),
    ("nothing is returned", CHOICE, "pass", {15}, "returned-none"),
)  # fmt: skip

RUN_AFFINE = "out, self.cache = affine_forward(x, self.w, self.b)"
BACK_AFFINE = "dx, self.dw, self.db = affine_backward(dout, self.cache)"
RUN_RELU = "out, self.cache = relu_forward(x)"
RUN_LOSS = "loss, self.dx = softmax_loss(x, t)"
RIGHT_SHARE = "return float(np.mean(self.predict(x).argmax(axis=1) == as_labels(t)))"
RETURN_GRADS = 'return {"W1": first.dw, "b1": first.db, "W2": second.dw, "b2": second.db}'
QUOTIENT = "grads[name][index] = (above - below) / (2 * h)"

MODULES = mistakes(
    "modules.py",
    ("Affine: the bias is forgotten", RUN_AFFINE, RUN_AFFINE.replace("self.b)", "0 * self.b)"), {18}, "missing-term"),
    ("Affine: the cache is not kept", RUN_AFFINE, "out, _ = affine_forward(x, self.w, self.b)", {18}, "raised"),
    ("Affine: the cache belongs to the class", RUN_AFFINE, RUN_AFFINE.replace("self.cache", "Affine.shared") + "\n        self.cache = None", {18}, "raised"),
    ("Affine: all layers share a cache", f"{RUN_AFFINE}\n        return out\n\n    def backward(self, dout):\n        \"\"\"Return dx, shaped like x, and keep dw and db; dout: (N, M).\"\"\"", f"{RUN_AFFINE.replace('self.cache', 'Affine.shared')}\n        return out\n\n    def backward(self, dout):\n        \"\"\"Return dx, shaped like x, and keep dw and db; dout: (N, M).\"\"\"\n        self.cache = Affine.shared", {18}, "input-before"),
    ("Affine: the first input is remembered for good", RUN_AFFINE, "out, cache = affine_forward(x, self.w, self.b)\n        self.cache = self.cache or cache", {18}, "input-before"),
    ("Affine: the output is not returned", f"{RUN_AFFINE}\n        return out\n", f"{RUN_AFFINE}\n", {18}, "returned-none"),
    ("Affine: dw is not kept", BACK_AFFINE, BACK_AFFINE.replace("self.dw", "_"), {18}, "returned-none"),
    ("Affine: dw and db are exchanged", BACK_AFFINE, "dx, self.db, self.dw = affine_backward(dout, self.cache)", {18}, "shape"),
    ("Affine: dw is added up", BACK_AFFINE, f"{BACK_AFFINE}\n        self.dw *= 2", {18}, "times-2"),
    ("Affine: dx is not returned", f"{BACK_AFFINE}\n        return dx", BACK_AFFINE, {18}, "returned-none"),
    ("Affine: all gradients are returned", f"{BACK_AFFINE}\n        return dx", f"{BACK_AFFINE}\n        return dx, self.dw, self.db", {18}, "type"),
    ("ReLU: out and cache are returned", f"{RUN_RELU}\n        return out", f"{RUN_RELU}\n        return out, self.cache", {18}, "type"),
    ("ReLU: the cache is not kept", RUN_RELU, "out, _ = relu_forward(x)", {18}, "raised"),
    ("ReLU: nothing is stopped", "return relu_backward(dout, self.cache)", "return dout * 1.0", {18}, "no-mask"),
    ("ReLU: the gradient is not returned", "return relu_backward(dout, self.cache)", "relu_backward(dout, self.cache)", {18}, "returned-none"),
    ("SoftmaxWithLoss: dout is ignored", "return dout * self.dx", "return self.dx", {19}, "over-2"),
    ("SoftmaxWithLoss: dout is added", "return dout * self.dx", "return dout + self.dx", {19}, "offset"),
    ("SoftmaxWithLoss: dx is divided by N again", "return dout * self.dx", "return dout * self.dx / len(self.dx)", {19}, "over-N"),
    ("SoftmaxWithLoss: only labels are understood", RUN_LOSS, "loss, self.dx = softmax_loss(x, np.arange(3) if t.ndim == 1 else t.argmax(axis=0))", {19}, "raised"),
    ("SoftmaxWithLoss: loss and gradient are returned", f"{RUN_LOSS}\n        return loss", f"{RUN_LOSS}\n        return loss, self.dx", {19}, "type"),
    ("SoftmaxWithLoss: the gradient is not kept", RUN_LOSS, "loss, _ = softmax_loss(x, t)", {19}, "raised"),
    ("the net runs backward through its layers", "for layer in self.layers.values():\n            x =", "for layer in reversed(self.layers.values()):\n            x =", {20}, "raised"),
    ("the net leaves the last layer out", "for layer in self.layers.values():\n            x =", "for layer in list(self.layers.values())[:-1]:\n            x =", {20}, "shape"),
    ("the net leaves the ReLU out", "for layer in self.layers.values():\n            x =", "for layer in list(self.layers.values())[::2]:\n            x =", {20}, "no-relu"),
    ("predict returns classes", "x = layer.forward(x)\n        return x", "x = layer.forward(x)\n        return x.argmax(axis=1)", {20}, "shape"),
    ("the loss takes the picture for scores", "self.last_layer.forward(self.predict(x), t)", "self.last_layer.forward(x, t)", {20}, "raised"),
    ("the loss is summed", "return self.last_layer.forward(self.predict(x), t)", "return self.last_layer.forward(self.predict(x), t) * len(x)", {20}, "times-N"),
    ("the accuracy knows labels alone", RIGHT_SHARE, RIGHT_SHARE.replace("as_labels(t)", "t"), {20}, "raised"),
    ("the accuracy is a number of examples", RIGHT_SHARE, RIGHT_SHARE.replace("np.mean", "np.sum"), {20}, "count"),
    ("the accuracy is a percentage", RIGHT_SHARE, RIGHT_SHARE.replace("float(", "100 * float("), {20}, "percent"),
    ("the accuracy is a share of errors", RIGHT_SHARE, RIGHT_SHARE.replace("==", "!="), {20}, "errors"),
    ("the accuracy looks along the examples", RIGHT_SHARE, RIGHT_SHARE.replace("axis=1", "axis=0"), {20}, "raised"),
    ("the gradient does not run forward", "        self.loss(x, t)\n        dout", "        dout", {20}, "input-before"),
    ("the gradient goes forward through the layers", "for layer in reversed(self.layers.values()):\n            dout", "for layer in self.layers.values():\n            dout", {20}, "raised"),
    ("the gradient is not handed on", "dout = layer.backward(dout)\n", "layer.backward(dout) if layer is self.layers['Affine2'] else layer.backward(np.zeros((len(x), len(self.params['b1']))))\n", {20}, "zeros"),
    ("the gradients' layers are exchanged", RETURN_GRADS, RETURN_GRADS.replace("first.db", "second.db"), {20}, "shape"),
    ("a gradient is missing", RETURN_GRADS, RETURN_GRADS.replace(', "b2": second.db', ""), {20}, "returned-none"),
    ("a gradient has another name", RETURN_GRADS, RETURN_GRADS.replace('"W1"', '"w1"'), {20}, "returned-none"),
    ("no gradient is returned", RETURN_GRADS, "first, second", {20}, "returned-none"),
    ("the quotient lacks its 2", QUOTIENT, QUOTIENT.replace("2 * h", "h"), {20}, "times-2"),
    ("the quotient is a forward difference", "w[index] = kept - h", "w[index] = kept", {20}, "over-2"),
    ("the quotient is a forward difference with its own step", "w[index] = kept - h\n                below = self.loss(x, t)\n                w[index] = kept\n                grads[name][index] = (above - below) / (2 * h)", "w[index] = kept\n                below = self.loss(x, t)\n                grads[name][index] = (above - below) / h", {20}, "nearly"),
    ("the quotient has the wrong sign", QUOTIENT, QUOTIENT.replace("above - below", "below - above"), {20}, "sign"),
    ("the parameters are not put back", "                w[index] = kept\n                grads", "                grads", {20}, "nearly"),
    ("only the first parameter is measured", "for name, w in self.params.items():", "for name, w in [('W1', self.params['W1'])]:", {20}, "returned-none"),
    ("one step is taken for all entries", "w[index] = kept + h", "w += h", {20}, "nearly"),
)  # fmt: skip

GROUPS = {
    "affine": AFFINE,
    "relu": RELU,
    "losses": LOSSES,
    "TwoLayerNet": TWO_LAYER,
    "FullyConnectedNet": FULLY_CONNECTED,
    "optim": OPTIM,
    "two_layer_search_space": TUNING,
    "modules": MODULES,
}

RIGHT = {
    "gradients of biases as rows": (
        "layers.py",
        """
affine_backward_flat = affine_backward

def affine_backward(dout, cache):
    dx, dw, db = affine_backward_flat(dout, cache)
    return dx, dw, db[None]
""",
    ),
    "adam with epsilon before the correction, as CS231n handed it out, too": (
        "optim.py",
        """
def adam(w, dw, config=None):
    config = {} if config is None else config
    config.setdefault("learning_rate", 1e-3)
    config.setdefault("beta1", 0.9)
    config.setdefault("beta2", 0.999)
    config.setdefault("epsilon", 1e-8)
    config.setdefault("m", np.zeros_like(w))
    config.setdefault("v", np.zeros_like(w))
    config.setdefault("t", 0)
    config["t"] += 1
    b1, b2, t = config["beta1"], config["beta2"], config["t"]
    config["m"] = b1 * config["m"] + (1 - b1) * dw
    config["v"] = b2 * config["v"] + (1 - b2) * dw**2
    rate = float(config["learning_rate"] * np.sqrt(1 - b2**t) / (1 - b1**t))
    return w - rate * config["m"] / (np.sqrt(config["v"]) + config["epsilon"]), config
""",
    ),
    "tensordot, einsum, and a cache that is an object": (
        "layers.py",
        """
from types import SimpleNamespace

def affine_forward(x, w, b):
    templates = w.reshape(*x.shape[1:], -1)
    out = np.tensordot(x, templates, axes=x.ndim - 1) + b[None, :]
    return out, SimpleNamespace(w=w, x=x, shape=x.shape)

def affine_backward(dout, cache):
    rows = cache.x.reshape(cache.shape[0], np.prod(cache.shape[1:]))
    dx = np.einsum("nm,dm->nd", dout, cache.w).reshape(cache.shape)
    return dx, np.einsum("nd,nm->dm", rows, dout), np.einsum("nm->m", dout)
""",
    ),
    "loops, and a cache that is a function": (
        "layers.py",
        """
def affine_forward(x, w, b):
    rows = [np.ravel(one) for one in x]
    out = np.zeros((len(rows), w.shape[1]), x.dtype)
    for n, row in enumerate(rows):
        for m in range(w.shape[1]):
            out[n, m] = np.sum(row * w[:, m]) + b[m]

    def back(dout):
        dx, dw = np.zeros(x.shape, x.dtype), np.zeros_like(w)
        db = np.zeros_like(b)
        for n, row in enumerate(rows):
            for m in range(w.shape[1]):
                dx[n] += (dout[n, m] * w[:, m]).reshape(x.shape[1:])
                dw[:, m] += dout[n, m] * row
                db[m] += dout[n, m]
        return dx, dw, db

    return out, back

def affine_backward(dout, cache):
    return cache(dout)
""",
    ),
    "a mask of numbers, with slope 1 at 0": (
        "layers.py",
        """
def relu_forward(x):
    mask = (x >= 0).astype(x.dtype)
    return x * mask, {"mask": mask}

def relu_backward(dout, cache):
    return dout * cache["mask"]
""",
    ),
    "a copy that is changed, and the output as cache": (
        "layers.py",
        """
def relu_forward(x):
    out = np.copy(x)
    out[out < 0] = 0
    return out, (out,)

def relu_backward(dout, cache):
    dx = np.array(dout)
    dx[cache[0] == 0] = 0
    return dx
""",
    ),
    "half the slope at 0, and a cache of signs": (
        "layers.py",
        """
def relu_forward(x):
    return np.where(x > 0, x, 0), (np.sign(x) + 1) / 2

def relu_backward(dout, cache):
    return np.multiply(cache, dout)
""",
    ),
    "one-hot rows and logaddexp": (
        "layers.py",
        """
def softmax_loss(x, y):
    N, C = x.shape
    Y = np.eye(C, dtype=x.dtype)[y] if y.ndim == 1 else y.astype(x.dtype)
    log_p = x - np.logaddexp.reduce(x, axis=1, keepdims=True)
    return -np.sum(Y * log_p) / N, (np.exp(log_p) - Y) / N
""",
    ),
    "a loop over the examples, probabilities by division": (
        "layers.py",
        """
def softmax_loss(x, y):
    y = as_labels(y)
    loss, dx = 0.0, np.zeros_like(x)
    for i, (scores, label) in enumerate(zip(x, y)):
        e = np.exp(scores - np.max(scores))
        p = e / np.sum(e)
        loss -= np.log(p[label]) / len(y)
        dx[i] = p / len(y)
        dx[i, label] -= 1 / len(y)
    return loss, dx

def svm_loss(x, y):
    loss, dx = 0.0, np.zeros_like(x)
    for i in range(x.shape[0]):
        for j in range(x.shape[1]):
            margin = x[i, j] - x[i, y[i]] + 1
            if j != y[i] and margin >= 0:
                loss += margin
                dx[i, j] += 1
                dx[i, y[i]] -= 1
    return loss / len(x), dx / len(x)
""",
    ),
    "a hinge loss that counts as CS231n does": (
        "layers.py",
        """
def svm_loss(x, y):
    N = x.shape[0]
    correct = x[np.arange(N), y]
    margins = np.maximum(0, x - correct[:, np.newaxis] + 1.0)
    margins[np.arange(N), y] = 0
    loss = np.sum(margins) / N
    num_pos = np.sum(margins > 0, axis=1)
    dx = np.zeros_like(x)
    dx[margins > 0] = 1
    dx[np.arange(N), y] -= num_pos
    dx /= N
    return loss, dx
""",
    ),
    "a net without the layers, and np.random": (
        "fc_net.py",
        """
def init(self, input_dim=3072, hidden_dim=100, num_classes=10, weight_scale=1e-3, reg=0.0,
         dtype=np.float64, seed=None):
    self.reg, self.dtype = reg, np.dtype(dtype)
    self.params = dict(b2=np.zeros(num_classes), b1=np.zeros(hidden_dim))
    self.params["W1"] = np.random.randn(input_dim, hidden_dim) * weight_scale
    self.params["W2"] = np.random.normal(0, weight_scale, (hidden_dim, num_classes))
    for name in self.params:
        self.params[name] = self.params[name].astype(dtype)

def loss(self, X, y=None):
    p, N = self.params, len(X)
    X = X.reshape(N, -1).astype(self.dtype)
    hidden = (X @ p["W1"] + p["b1"]).clip(0)
    scores = hidden @ p["W2"] + p["b2"]
    if y is None:
        return scores
    e = np.exp(scores - scores.max(axis=1, keepdims=True))
    P = e / e.sum(axis=1, keepdims=True)
    half = self.reg / 2
    loss = -np.log(P[range(N), y]).mean() + half * (p["W1"] ** 2).sum()
    loss = loss + np.vdot(p["W2"], half * p["W2"])
    P[range(N), y] -= 1
    ds = P / N
    dh = ds @ p["W2"].T
    dh[hidden <= 0] = 0
    grads = {"b2": ds.sum(0), "W2": hidden.T @ ds + 2 * half * p["W2"]}
    return loss, grads | {"b1": dh.sum(0), "W1": X.T @ dh + self.reg * p["W1"]}

TwoLayerNet.__init__, TwoLayerNet.loss = init, loss
""",
    ),
    "a net of layers, half a regulariser at the end": (
        "fc_net.py",
        """
def loss(self, X, y=None):
    out1, cache1 = affine_relu_forward(X, self.params["W1"], self.params["b1"])
    scores, cache2 = affine_forward(out1, self.params["W2"], self.params["b2"])
    if y is None:
        return scores
    grads = {}
    loss, dscores = softmax_loss(scores, y)
    penalty = sum(np.sum(self.params[name] ** 2) for name in ("W1", "W2"))
    loss += penalty * self.reg * 0.5
    dout, grads["W2"], grads["b2"] = affine_backward(dscores, cache2)
    _, grads["W1"], grads["b1"] = affine_relu_backward(dout, cache1)
    for name in ("W1", "W2"):
        grads[name] = grads[name] + self.reg * self.params[name]
    return loss, grads

TwoLayerNet.loss = lambda self, X, y=None: loss(self, X.astype(self.dtype), y)
""",
    ),
    "a deep net in one method": (
        "fc_net.py",
        """
def loss(self, X, y=None):
    out, caches, L = X.astype(self.dtype), {}, self.num_layers
    for i in range(1, L + 1):
        step = affine_forward if i == L else affine_relu_forward
        out, caches[i] = step(out, self.params["W%d" % i], self.params["b%d" % i])
    if y is None:
        return out
    loss, dout = softmax_loss(out, y)
    grads = {}
    for i in reversed(range(1, L + 1)):
        W = self.params["W%d" % i]
        step = affine_backward if i == L else affine_relu_backward
        dout, dW, grads["b%d" % i] = step(dout, caches.pop(i))
        grads["W%d" % i] = dW + self.reg * W
        loss = loss + self.reg * 0.5 * np.linalg.norm(W) ** 2
    return loss, grads

FullyConnectedNet.loss = loss
""",
    ),
    "update rules in place": (
        "optim.py",
        """
def sgd_momentum(w, dw, config=None):
    if config is None:
        config = {}
    config.setdefault("learning_rate", 1e-2)
    config.setdefault("momentum", 0.9)
    v = config.get("velocity", np.zeros_like(w))
    v = config["momentum"] * v - config["learning_rate"] * dw
    w += v
    config["velocity"] = v
    return w, config

def rmsprop(w, dw, config=None):
    config = with_defaults(config, learning_rate=1e-2, decay_rate=0.99, epsilon=1e-8)
    config.setdefault("cache", np.zeros_like(w))
    config["cache"] *= config["decay_rate"]
    config["cache"] += (1 - config["decay_rate"]) * np.square(dw)
    w -= config["learning_rate"] * dw / (config["cache"] ** 0.5 + config["epsilon"])
    return w, config

def adam(w, dw, config=None):
    config = with_defaults(config, learning_rate=1e-3, beta1=0.9, beta2=0.999, epsilon=1e-8, t=0)
    config.setdefault("m", np.zeros_like(w))
    config.setdefault("v", np.zeros_like(w))
    config["t"] += 1
    config["m"] += (1 - config["beta1"]) * (dw - config["m"])
    config["v"] += (1 - config["beta2"]) * (dw**2 - config["v"])
    mt = config["m"] / (1 - config["beta1"] ** config["t"])
    vt = config["v"] / (1 - config["beta2"] ** config["t"])
    w -= config["learning_rate"] * mt / (np.sqrt(vt) + config["epsilon"])
    return w, config
""",
    ),
    "update rules that return a config of their own": (
        "optim.py",
        """
def sgd_momentum(w, dw, config=None):
    config = {"learning_rate": 1e-2, "momentum": 0.9, "velocity": 0 * w} | (config or {})
    push = config["learning_rate"] * dw
    velocity = config["velocity"] * config["momentum"] - push
    return np.add(w, velocity), {**config, "velocity": velocity}

def adam(w, dw, config=None):
    config = with_defaults(
        config, learning_rate=1e-3, beta1=0.9, beta2=0.999, epsilon=1e-8, m=0.0, v=0.0, t=0
    )
    lr, b1, b2, eps, m, v, t = (
        config[k] for k in "learning_rate beta1 beta2 epsilon m v t".split()
    )
    m, v, t = b1 * m + dw * (1 - b1), b2 * v + dw**2 * (1 - b2), t + 1
    root = (v / (1 - b2**t)) ** 0.5
    return w - lr * (m / (1 - b1**t)) / (root + eps), dict(config, m=m, v=v, t=t)
""",
    ),
    "layers as in the book with the fish": (
        "modules.py",
        """
def affine_init(self, w, b):
    self.w, self.b, self.x, self.dw, self.db = w, b, None, None, None

def affine_run(self, x):
    self.shape, self.x = x.shape, x.reshape(x.shape[0], -1)
    return np.dot(self.x, self.w) + self.b

def affine_back(self, dout):
    self.dw, self.db = np.dot(self.x.T, dout), np.sum(dout, axis=0)
    return np.dot(dout, self.w.T).reshape(*self.shape)

def relu_run(self, x):
    self.mask = x <= 0
    out = x.copy()
    out[self.mask] = 0
    return out

def relu_back(self, dout):
    dx = dout.copy()
    dx[self.mask] = 0
    return dx

def loss_run(self, x, t):
    e = np.exp(x - np.max(x, axis=1, keepdims=True))
    self.y, self.t = e / e.sum(axis=1, keepdims=True), t
    if t.ndim == 1:
        self.t = np.eye(x.shape[1], dtype=x.dtype)[t]
    return -np.sum(self.t * np.log(self.y)) / len(x)

def loss_back(self, dout=1):
    return (self.y - self.t) * dout / len(self.y)

def accuracy(self, x, t):
    y = np.argmax(self.predict(x), axis=1)
    if t.ndim != 1:
        t = np.argmax(t, axis=1)
    return np.sum(y == t) / float(x.shape[0])

def gradient(self, x, t):
    self.loss(x, t)
    dout = self.last_layer.backward(1)
    layers = list(self.layers.values())
    layers.reverse()
    for layer in layers:
        dout = layer.backward(dout)
    names = {"W1": ("Affine1", "dw"), "b1": ("Affine1", "db")}
    names |= {"W2": ("Affine2", "dw"), "b2": ("Affine2", "db")}
    return {name: getattr(self.layers[key], attr) for name, (key, attr) in names.items()}

def numerical_gradient(self, x, t):
    grads, h = {}, 1e-4
    for key in ("W1", "b1", "W2", "b2"):
        p = self.params[key]
        grads[key] = np.zeros_like(p)
        it = np.nditer(p, flags=["multi_index"], op_flags=["readwrite"])
        while not it.finished:
            idx = it.multi_index
            tmp = p[idx]
            p[idx] = tmp + h
            fxh1 = self.loss(x, t)
            p[idx] = tmp - h
            grads[key][idx] = (fxh1 - self.loss(x, t)) / (2 * h)
            p[idx] = tmp
            it.iternext()
    return grads

Affine.__init__, Affine.forward, Affine.backward = affine_init, affine_run, affine_back
ReLU.forward, ReLU.backward = relu_run, relu_back
SoftmaxWithLoss.forward, SoftmaxWithLoss.backward = loss_run, loss_back
ModularTwoLayerNet.accuracy, ModularTwoLayerNet.gradient = accuracy, gradient
ModularTwoLayerNet.numerical_gradient = numerical_gradient
""",
    ),
    "a numerical gradient on new arrays": (
        "modules.py",
        """
def predict(self, x):
    self.use_params()
    hidden = self.layers["ReLU1"].forward(self.layers["Affine1"].forward(x))
    return self.layers["Affine2"].forward(hidden)

def numerical_gradient(self, x, t):
    kept, grads, h = self.params, {}, 1e-5
    for name, p in kept.items():
        slopes = []
        for i in range(p.size):
            step = h * np.eye(1, p.size, i).reshape(p.shape)
            costs = []
            for moved in (p + step, p - step):
                self.params = {**kept, name: moved}
                costs.append(self.loss(x, t))
            slopes.append((costs[0] - costs[1]) / (2 * h))
        grads[name] = np.reshape(slopes, p.shape)
    self.params = kept
    return grads

ModularTwoLayerNet.predict = predict
ModularTwoLayerNet.numerical_gradient = numerical_gradient
""",
    ),
    "tuples and arrays to search": (
        "tuning.py",
        """
def two_layer_search_space():
    import numpy as np
    return np.geomspace(1e-4, 1e-2, 5), (1.0, 0.0, 0.01)
""",
    ),
}
