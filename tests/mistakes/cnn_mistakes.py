"""Wrong answers to the third notebook: each fails its own check, and most are named.

The second convolution is made of im2col, and the net of layers: a check that rests on earlier
tasks is given right ones, so that a wrong layer costs its own check and no other.
"""

# A mistake is a row of a table, long or short.
# ruff: noqa: E501

from course.authoring.tables import mistakes

NOTEBOOK = "3_cnn"

LEAKY = "return np.where(x > 0, x, slope * x), (x, slope)"
LEAKY_BACK = "return np.where(x > 0, dout, slope * dout)"
SMALL = "z = np.exp(-np.abs(x))"
SIGMOID = "out = np.where(x >= 0, 1, z) / (1 + z)"
HALVES = f"{SMALL}\n        {SIGMOID}"
SIGMOID_BACK = "return dout * out * (1 - out)"
TANH = "out = np.tanh(x)"
TANH_BACK = "return dout * (1 - out**2)"
KEEP_TANH = f"{TANH}\n    return out, out"

ACTIVATIONS = mistakes(
    "activations.py",
    ("leaky: the share is 0.01, whatever is asked for", LEAKY, LEAKY.replace("slope * x)", "0.01 * x)"), {1}, "slope-001"),
    ("leaky: the share is 0.1, whatever is asked for", LEAKY, LEAKY.replace("slope * x)", "0.1 * x)"), {1}, "default-slope"),
    ("leaky: nothing leaks", LEAKY, LEAKY.replace("slope * x)", "0 * x)"), {1}, "no-leak"),
    ("leaky: the sign is lost", LEAKY, LEAKY.replace("slope * x)", "-slope * x)"), {1}, "signs"),
    ("leaky: the absolute value", LEAKY, "return np.abs(x), (x, slope)", {1}, "absolute"),
    ("leaky: the wrong side leaks", LEAKY, LEAKY.replace("x > 0", "x < 0"), {1}, "wrong-side"),
    ("leaky: everything leaks", LEAKY, "return slope * x, (x, slope)", {1}, "both-sides"),
    ("leaky: out is float64", LEAKY, LEAKY.replace("slope * x)", "slope * x.astype(float))"), {20}, "dtype"),
    ("leaky: x is changed", LEAKY, "x[x < 0] *= slope\n    return x, (x, slope)", {21}, "in-place"),
    ("leaky: only out is returned", LEAKY, LEAKY.replace(", (x, slope)", ""), {1}, "returned-count"),
    ("leaky: nothing is returned", LEAKY, LEAKY.replace("return ", ""), {1}, "returned-none"),
    ("leaky: backward looks at dout", LEAKY_BACK, LEAKY_BACK.replace("x > 0", "dout > 0"), {1}, "mask-of-dout"),
    ("leaky: backward leaks nothing", LEAKY_BACK, LEAKY_BACK.replace("slope *", "0 *"), {1}, "no-leak"),
    ("leaky: backward forgets the share", LEAKY_BACK, LEAKY_BACK.replace("slope *", "1 *"), {1}, "no-mask"),
    ("leaky: backward has the share on the wrong side", LEAKY_BACK, LEAKY_BACK.replace("x > 0", "x < 0"), {1}, "wrong-side"),
    ("leaky: backward takes 0.1, whatever was asked for", LEAKY_BACK, LEAKY_BACK.replace("slope *", "0.1 *"), {1}, "default-slope"),
    ("leaky: backward takes 0.01", LEAKY_BACK, LEAKY_BACK.replace("slope *", "0.01 *"), {1}, "slope-001"),
    ("leaky: backward forgets dout", LEAKY_BACK, "return np.where(x > 0, 1 + 0 * x, slope + 0 * x)", {1}, "no-dout"),
    ("leaky: backward multiplies by the output", LEAKY_BACK, "return dout * np.where(x > 0, x, slope * x)", {1}, None),
    ("leaky: backward has the wrong sign", LEAKY_BACK, LEAKY_BACK.replace("return ", "return -"), {1}, None),
    ("leaky: dx is float64", LEAKY_BACK, "return dout * np.where(x > 0, 1.0, slope)", {20}, "dtype"),
    ("leaky: dx is not returned", LEAKY_BACK, LEAKY_BACK.replace("return ", ""), {1}, "returned-none"),
    ("leaky: dout is changed", LEAKY_BACK, "dout[x <= 0] *= slope\n    return dout", {21}, "in-place"),
    ("sigmoid: the formula as it stands", SIGMOID, "out = 1 / (1 + np.exp(-x))", {2}, "raised"),
    ("sigmoid: the other formula as it stands", SIGMOID, "out = np.exp(x) / (1 + np.exp(x))", {2}, "raised"),
    ("sigmoid: the sign in the exponent is wrong", HALVES, "out = 0.5 * (1 - np.tanh(0.5 * x))", {2}, "complement"),
    ("sigmoid: tanh", SIGMOID, "out = np.tanh(x)", {2}, "tanh"),
    ("sigmoid: the larger half for all", SIGMOID, "out = 1 / (1 + z)", {2}, "one-side"),
    ("sigmoid: the smaller half for all", SIGMOID, "out = z / (1 + z)", {2}, "one-side"),
    ("sigmoid: the halves are exchanged", SIGMOID, SIGMOID.replace("x >= 0", "x < 0"), {2}, "complement"),
    ("sigmoid: softmax over the last axis", SIGMOID, "out = np.exp(x - x.max()) / np.exp(x - x.max()).sum(axis=-1, keepdims=True)", {2}, None),
    ("sigmoid: out is float64", SIGMOID, f"{SIGMOID}.astype(float)", {20}, "dtype"),
    ("sigmoid: x is changed", SMALL, f"x *= 1\n        {SMALL}", {21}, "in-place"),
    ("sigmoid: the slope of the output", SIGMOID_BACK, "s = 1 / (1 + np.exp(-out))\n    return dout * s * (1 - s)", {2}, "slope-of-output"),
    ("sigmoid: backward forgets dout", SIGMOID_BACK, "return out * (1 - out)", {2}, "no-dout"),
    ("sigmoid: backward hands dout on", SIGMOID_BACK, "return 1 * dout", {2}, "no-mask"),
    ("sigmoid: the slope is the output", SIGMOID_BACK, "return dout * out", {2}, "half-slope"),
    ("sigmoid: the slope is 1 - the output", SIGMOID_BACK, "return dout * (1 - out)", {2}, "half-slope"),
    ("sigmoid: the slope is 1 - out²", SIGMOID_BACK, "return dout * (1 - out**2)", {2}, "slope-of-tanh"),
    ("sigmoid: the slope has the wrong sign", SIGMOID_BACK, SIGMOID_BACK.replace("1 - out", "out - 1"), {2}, "sign"),
    ("sigmoid: dx is float64", SIGMOID_BACK, f"{SIGMOID_BACK}.astype(float)", {20}, "dtype"),
    ("sigmoid: dx is not returned", SIGMOID_BACK, SIGMOID_BACK.replace("return ", ""), {2}, "returned-none"),
    ("tanh: the sigmoid", TANH, "out = 1 / (1 + np.exp(-np.clip(x, -500, 500)))", {3}, "sigmoid"),
    ("tanh: the formula as it stands", TANH, "out = (np.exp(x) - np.exp(-x)) / (np.exp(x) + np.exp(-x))", {3}, "nan"),
    ("tanh: cut at 1", TANH, "out = np.clip(x, -1, 1)", {3}, None),
    ("tanh: out is float64", TANH, "out = np.tanh(x.astype(float))", {20}, "dtype"),
    ("tanh: the slope of the output", TANH_BACK, "return dout * (1 - np.tanh(out) ** 2)", {3}, "slope-of-output"),
    ("tanh: backward forgets dout", TANH_BACK, "return 1 - out**2", {3}, "no-dout"),
    ("tanh: backward hands dout on", TANH_BACK, "return 1 * dout", {3}, "no-mask"),
    ("tanh: the square is forgotten", TANH_BACK, "return dout * (1 - out)", {3}, "other-slope"),
    ("tanh: the slope of the sigmoid", TANH_BACK, "return dout * out * (1 - out)", {3}, "slope-of-sigmoid"),
    ("tanh: 1 + out²", TANH_BACK, TANH_BACK.replace("1 - out", "1 + out"), {3}, "other-slope"),
    ("tanh: the slope has the wrong sign", TANH_BACK, TANH_BACK.replace("1 - out**2", "out**2 - 1"), {3}, "sign"),
    ("tanh: the cache is the input", KEEP_TANH, f"{TANH}\n    return out, x", {3}, "slope-of-input"),
    ("tanh: dx is float64", TANH_BACK, f"{TANH_BACK}.astype(float)", {20}, "dtype"),
    ("tanh: nothing is returned", KEEP_TANH, f"{TANH}\n    out, out", {3}, "returned-none"),
)  # fmt: skip

PAD = "np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))"
PAD_AFTER = "np.pad(x, ((0, 0), (0, 0), (0, 2 * pad), (0, 2 * pad)))"
PAD_BEFORE = "np.pad(x, ((0, 0), (0, 0), (2 * pad, 0), (2 * pad, 0)))"
EDGE = f"{PAD[:-1]}, mode='edge')"
ROWS = "rows = slice(i * stride, i * stride + dilation * HH, dilation)"
COLUMNS = "columns = slice(j * stride, j * stride + dilation * WW, dilation)"


def at(place, rows=ROWS, columns=COLUMNS):
    """Return the lines that find a window, and the beginning of the one that uses it."""
    return f"{rows}\n        {columns}\n        {place}"


SUM = "out[n, f, i, j] = np.sum(padded[n, :, rows, columns] * w[f]) + b[f]"
FORTH, BACK = "out[n, f, i, j]", "dpadded[n, :, rows"
EMPTY = "out = np.empty((len(x), F, H_out, W_out), np.result_type(x, w, b))"
PAD_FORTH = f"padded = {PAD}\n    {EMPTY}"
KEPT = "return out, (x, w, conv_param)"

FORWARD = mistakes(
    "convolution.py",
    ("the bias is forgotten", SUM, SUM.replace(" + b[f]", ""), {4}, "missing-term"),
    ("the bias is subtracted", SUM, SUM.replace("+ b", "- b"), {4}, "sign-term"),
    ("the bias counts twice", SUM, SUM.replace("+ b", "+ 2 * b"), {4}, "extra-term"),
    ("the bias is the first for all", SUM, SUM.replace("b[f]", "b[0]"), {4}, "other-bias"),
    ("the bias belongs to the picture", SUM, SUM.replace("b[f]", "b[n]"), {4}, "other-bias"),
    ("the bias is added at every number of a window", SUM, SUM.replace(") + b[f]", " + b[f])"), {4}, "scaled-term"),
    ("the filter is turned", SUM, SUM.replace("w[f]", "w[f, :, ::-1, ::-1]"), {4}, "flipped"),
    ("the filter is turned upside down", SUM, SUM.replace("w[f]", "w[f, :, ::-1]"), {4}, "mirrored"),
    ("the filter is mirrored", SUM, SUM.replace("w[f]", "w[f, :, :, ::-1]"), {4}, "mirrored"),
    ("the filter's channels are reversed", SUM, SUM.replace("w[f]", "w[f, ::-1]"), {4}, "channels-reversed"),
    ("the filter is transposed", SUM, SUM.replace("w[f]", "w[f].transpose(0, 2, 1)"), {4}, "raised"),
    ("the first filter is taken for all", SUM, SUM.replace("w[f]", "w[0]"), {4}, "one-filter"),
    ("the first picture is taken for all", SUM, SUM.replace("padded[n", "padded[0"), {4}, "first-picture"),
    ("only the first channel counts", SUM, SUM.replace("n, :,", "n, :1,").replace("w[f]", "w[f, :1]"), {4}, "one-channel"),
    ("only the last channel counts", SUM, SUM.replace("n, :,", "n, -1:,").replace("w[f]", "w[f, -1:]"), {4}, "one-channel"),
    ("the mean stands for the sum", SUM, SUM.replace("sum", "mean"), {4}, "mean-of-window"),
    ("the filter is not laid on", SUM, SUM.replace(" * w[f]", ""), {4}, "no-filter"),
    ("a ReLU follows", SUM, "out[n, f, i, j] = max(0, np.sum(padded[n, :, rows, columns] * w[f]) + b[f])", {4}, "extra-relu"),
    ("rows and columns are exchanged in out", SUM, SUM.replace("i, j", "j, i"), {4}, "raised"),
    ("the stride is ignored", at(FORTH), at(FORTH, ROWS.replace("i * stride", "i"), COLUMNS.replace("j * stride", "j")), {4}, "no-stride"),
    ("the stride is ignored along the rows", at(FORTH), at(FORTH, ROWS.replace("i * stride", "i")), {4}, "no-stride"),
    ("the stride is ignored along the columns", at(FORTH), at(FORTH, columns=COLUMNS.replace("j * stride", "j")), {4}, "no-stride"),
    ("the stride is 2", at(FORTH), at(FORTH, ROWS.replace("i * stride", "i * 2"), COLUMNS.replace("j * stride", "j * 2")), {4}, "raised"),
    ("windows lie side by side", at(FORTH), at(FORTH, ROWS.replace("i * stride", "i * HH"), COLUMNS.replace("j * stride", "j * WW")), {4}, "raised"),
    ("windows begin one row too low", at(FORTH), at(FORTH, "rows = slice(i * stride + 1, i * stride + 1 + dilation * HH, dilation)"), {4}, "raised"),
    ("the window lacks its last row", at(FORTH), at(FORTH, ROWS.replace("dilation * HH", "dilation * (HH - 1)")), {4}, "raised"),
    ("the height is taken for both sides", at(FORTH), at(FORTH, columns=COLUMNS.replace("WW", "HH")), {4}, "raised"),
    ("the width is taken for both sides", at(FORTH), at(FORTH, ROWS.replace("HH", "WW")), {4}, "raised"),
    ("the dilation is ignored", at(FORTH), at(FORTH, ROWS.replace("dilation", "1"), COLUMNS.replace("dilation", "1")), {6}, "no-dilation"),
    ("the dilation is ignored along the columns", at(FORTH), at(FORTH, columns=COLUMNS.replace("dilation", "1")), {6}, None),
    ("taps are a stride apart", at(FORTH), at(FORTH, ROWS.replace("dilation", "stride"), COLUMNS.replace("dilation", "stride")), {4}, "raised"),
    ("the dilation moves the windows", at(FORTH), at(FORTH, ROWS.replace("i * stride", "i * stride * dilation"), COLUMNS.replace("j * stride", "j * stride * dilation")), {6}, "raised"),
    ("rows and columns of the window are exchanged", at(FORTH), at(FORTH, ROWS.replace("i *", "j *"), COLUMNS.replace("j *", "i *")), {4}, "raised"),
    ("the padding lies behind", PAD_FORTH, PAD_FORTH.replace(PAD, PAD_AFTER), {4}, "pad-after"),
    ("the padding lies in front", PAD_FORTH, PAD_FORTH.replace(PAD, PAD_BEFORE), {4}, "pad-before"),
    ("the padding repeats the edge", PAD_FORTH, PAD_FORTH.replace(PAD, EDGE), {4}, "edge"),
    ("the padding wraps around", PAD_FORTH, PAD_FORTH.replace(PAD, f"{PAD[:-1]}, mode='wrap')"), {4}, "border"),
    ("the padding is ones", PAD_FORTH, PAD_FORTH.replace(PAD, f"{PAD[:-1]}, constant_values=1)"), {4}, "border"),
    ("there is no padding", PAD_FORTH, PAD_FORTH.replace(PAD, "1 * x"), {4}, "raised"),
    ("the padding is 1", PAD_FORTH, PAD_FORTH.replace("(pad, pad)", "(1, 1)"), {4}, "padding-1"),
    ("only rows are padded", PAD_FORTH, PAD_FORTH.replace("(pad, pad)))", "(0, 0)))"), {4}, "raised"),
    ("out is H' by H'", EMPTY, EMPTY.replace("W_out", "H_out"), {4}, "shape"),
    ("out is W' by H'", EMPTY, EMPTY.replace("H_out, W_out", "W_out, H_out"), {4}, "raised"),
    ("out lacks the places at the end", EMPTY, EMPTY.replace("H_out", "H_out - 1"), {4}, "shape"),
    ("out has the filters first", KEPT, "return out.transpose(1, 0, 2, 3), (x, w, conv_param)", {4}, "shape"),
    ("out has the filters last", KEPT, "return out.transpose(0, 2, 3, 1), (x, w, conv_param)", {4}, "shape"),
    ("out is float64", EMPTY, EMPTY.replace("np.result_type(x, w, b)", "float"), {20}, "dtype"),
    ("out takes the pictures' whole numbers", EMPTY, EMPTY.replace("np.result_type(x, w, b)", "x.dtype"), {6}, "dtype"),
    ("filters are cut to the pictures' whole numbers", PAD_FORTH, f"w, b = w.astype(x.dtype), b.astype(x.dtype)\n    {PAD_FORTH}", {6}, "dtype"),
    ("x is changed", PAD_FORTH, f"x += 0\n    {PAD_FORTH}", {21}, "in-place"),
    ("w is changed", PAD_FORTH, f"w *= 1\n    {PAD_FORTH}", {21}, "in-place"),
    ("only the first picture is done", f"for n, f, i, j in np.ndindex(out.shape):\n        {at(FORTH)}", f"out[:] = 0\n    for n, f, i, j in np.ndindex(1, *out.shape[1:]):\n        {at(FORTH)}", {4}, "first-picture"),
    ("only out is returned", KEPT, "return out", {4}, "returned-count"),
    ("the cache comes first", KEPT, "return (x, w, conv_param), out", {4}, "type"),
    ("nothing is returned", KEPT, "out, (x, w, conv_param)", {4}, "returned-none"),
    ("a name is misspelled", SUM, SUM.replace("padded", "paded"), {4}, "raised"),
)  # fmt: skip

INTO_DX = "dpadded[n, :, rows, columns] += dout[n, f, i, j] * w[f]"
INTO_DW = "dw[f] += dout[n, f, i, j] * padded[n, :, rows, columns]"
CUT = "dx = dpadded[:, :, pad : pad + H, pad : pad + W]"
GIVE = "return dx, dw, dout.sum(axis=(0, 2, 3))"
PAD_BACK = f"padded = {PAD}\n    dpadded"
ZEROS = "np.zeros(padded.shape, dout.dtype), np.zeros(w.shape, dout.dtype)"
OVER = f"for n, f, i, j in np.ndindex(dout.shape):\n        {at(BACK)}"

BACKWARD = mistakes(
    "convolution.py",
    ("dx: the last window wins", INTO_DX, INTO_DX.replace("+=", "="), {5}, "last-of-several"),
    ("dx: the weights are forgotten", INTO_DX, INTO_DX.replace(" * w[f]", ""), {5}, "same-lines"),
    ("dx: the filter is turned", INTO_DX, INTO_DX.replace("w[f]", "w[f, :, ::-1, ::-1]"), {5}, "flipped"),
    ("dx: the first filter is taken for all", INTO_DX, INTO_DX.replace("w[f]", "w[0]"), {5}, "one-filter"),
    ("dx: the picture is taken for the filter", INTO_DX, INTO_DX.replace("w[f]", "padded[n, :, rows, columns]"), {5}, None),
    ("dx: all goes to the first picture", INTO_DX, INTO_DX.replace("dpadded[n", "dpadded[0"), {5}, None),
    ("dx: dout is forgotten", INTO_DX, INTO_DX.replace("dout[n, f, i, j] * ", ""), {5}, "same-lines"),
    ("dx: dout's rows and columns are exchanged", INTO_DX, INTO_DX.replace("i, j", "j, i"), {5}, "raised"),
    ("dx: it has the wrong sign", INTO_DX, INTO_DX.replace("+=", "-="), {5}, "sign"),
    ("dx: it counts twice", INTO_DX, INTO_DX.replace("+=", "+= 2 *"), {5}, "times-2"),
    ("dx: it is divided by N", CUT, f"{CUT} / len(x)", {5}, "over-N"),
    ("dx: it is divided by the windows", CUT, f"{CUT} / dout[0, 0].size", {5}, "over-H'W'"),
    ("dx: the padding stays", CUT, "dx = dpadded", {5}, "shape"),
    ("dx: the padding is cut by -pad", CUT, "dx = dpadded[:, :, pad:-pad, pad:-pad]", {5}, "shape"),
    ("dx: the padding is cut at the end", CUT, "dx = dpadded[:, :, :H, :W]", {5}, "uncut"),
    ("dx: the padding is cut at the front", CUT, "dx = dpadded[:, :, 2 * pad :, 2 * pad :]", {5}, None),
    ("dx: a padding of 1 is cut", CUT, "dx = dpadded[:, :, 1:-1, 1:-1]", {5}, "shape"),
    ("dx: the padding is cut twice", CUT, "dx = dpadded[:, :, 2 * pad : 2 * pad + H, 2 * pad : 2 * pad + W]", {5}, None),
    ("dx: only rows are cut", CUT, "dx = dpadded[:, :, pad : pad + H]", {5}, "shape"),
    ("dx: rows and columns are exchanged", CUT, f"{CUT}\n    dx = dx.transpose(0, 1, 3, 2)", {5}, "shape"),
    ("dw: the last window wins", INTO_DW, INTO_DW.replace("+=", "="), {5}, "last-of-several"),
    ("dw: the first picture is taken for all", INTO_DW, INTO_DW.replace("padded[n", "padded[0"), {5}, "first-picture"),
    ("dw: only the first picture counts", INTO_DW, f"{INTO_DW} * (n == 0)", {5}, "first-picture"),
    ("dw: the unpadded picture is read", PAD_BACK, f"padded = np.zeros(({PAD}).shape, x.dtype)\n    padded[:, :, :H, :W] = x\n    dpadded", {5}, "pad-after"),
    ("dw: the padding repeats the edge", PAD_BACK, PAD_BACK.replace(PAD, EDGE), {5}, "edge"),
    ("dw: dout is forgotten", INTO_DW, INTO_DW.replace("dout[n, f, i, j] * ", ""), {5}, "same-lines"),
    ("dw: the picture is forgotten", INTO_DW, INTO_DW.replace(" * padded[n, :, rows, columns]", ""), {5}, "same-lines"),
    ("dw: it is turned", INTO_DW, INTO_DW.replace("rows, columns]", "rows, columns][:, ::-1, ::-1]"), {5}, "flipped"),
    ("dw: squeezed, so that filters one pixel wide fail", INTO_DW, INTO_DW.replace("rows, columns]", "rows, columns].squeeze()"), {5}, "raised"),
    ("dx: a filter one pixel wide is taken for a number", INTO_DX, INTO_DX.replace("* w[f]", "* (w[f] if WW > 1 else w[f].sum())"), {5}, "same-lines"),
    ("dw: it has the wrong sign", INTO_DW, INTO_DW.replace("+=", "-="), {5}, "sign"),
    ("dw: it is divided by N", GIVE, GIVE.replace("dw,", "dw / len(x),"), {5}, "over-N"),
    ("dw: it is a mean over the windows", GIVE, GIVE.replace("dw,", "dw / (dout.size / dout.shape[1]),"), {5}, "over-N H'W'"),
    ("dw: channels come first", GIVE, GIVE.replace("dw,", "dw.transpose(1, 0, 2, 3),"), {5}, "shape"),
    ("db: a mean over the pictures", GIVE, GIVE.replace("axis=(0, 2, 3))", "axis=(0, 2, 3)) / len(x)"), {5}, "over-N"),
    ("db: a mean over everything", GIVE, GIVE.replace("sum", "mean"), {5}, "over-N H'W'"),
    ("db: a mean over the places", GIVE, GIVE.replace("dout.sum(axis=(0, 2, 3))", "dout.mean(axis=(2, 3)).sum(axis=0)"), {5}, "over-H'W'"),
    ("db: a sum over the pictures alone", GIVE, GIVE.replace("(0, 2, 3)", "0"), {5}, "shape"),
    ("db: a sum over the places alone", GIVE, GIVE.replace("(0, 2, 3)", "(2, 3)"), {5}, "shape"),
    ("db: a sum over the filters too", GIVE, GIVE.replace("axis=(0, 2, 3)", ""), {5}, "shape"),
    ("db: the axes stay", GIVE, GIVE.replace("3))", "3), keepdims=True)"), {5}, "shape"),
    ("db: the first picture's", GIVE, GIVE.replace("dout.sum(axis=(0, 2, 3))", "dout[0].sum(axis=(1, 2))"), {5}, "first-picture"),
    ("db: a count", GIVE, GIVE.replace("dout.sum", "np.ones_like(dout).sum"), {5}, "one-number"),
    ("db: the wrong sign", GIVE, GIVE.replace("dout.sum", "-dout.sum"), {5}, "sign"),
    ("the stride is ignored on the way back", at(BACK), at(BACK, ROWS.replace("i * stride", "i"), COLUMNS.replace("j * stride", "j")), {5}, "no-stride"),
    ("the stride is ignored along the columns on the way back", at(BACK), at(BACK, columns=COLUMNS.replace("j * stride", "j")), {5}, None),
    ("the dilation is ignored on the way back", at(BACK), at(BACK, ROWS.replace("dilation", "1"), COLUMNS.replace("dilation", "1")), {6}, "no-dilation"),
    ("the height is taken for both sides on the way back", at(BACK), at(BACK, columns=COLUMNS.replace("WW", "HH")), {5}, "raised"),
    ("the padding is forgotten on the way back", PAD_BACK, f"pad = 0\n    {PAD_BACK}", {5}, "raised"),
    ("the padding is 1 on the way back", PAD_BACK, f"pad = 1\n    {PAD_BACK}", {5}, "padding-1"),
    ("the last row of windows is left out", OVER, OVER.replace("np.ndindex(dout.shape)", "np.ndindex(*dout.shape[:2], dout.shape[2] - 1, dout.shape[3])"), {5}, "last-windows"),
    ("only the first filter is walked", OVER, OVER.replace("np.ndindex(dout.shape)", "np.ndindex(len(x), 1, *dout.shape[2:])"), {5}, "one-filter"),
    ("only the first picture is walked", OVER, OVER.replace("np.ndindex(dout.shape)", "np.ndindex(1, *dout.shape[1:])"), {5}, "first-picture"),
    ("a stride and a padding of 1", PAD_BACK, f"stride = pad = 1\n    {PAD_BACK}", {5}, "padding-1"),
    ("the gradients are float64", ZEROS, ZEROS.replace("dout.dtype", "float"), {20}, "dtype"),
    ("dout is changed", PAD_BACK, f"dout *= 1\n    {PAD_BACK}", {21}, "in-place"),
    ("the padded picture is cached", KEPT, f"x = padded\n    {KEPT}", {5}, "shape"),
    ("dw comes first", GIVE, "return dw, dx, dout.sum(axis=(0, 2, 3))", {5}, "shape"),
    ("db comes second", GIVE, "return dx, dout.sum(axis=(0, 2, 3)), dw", {5}, "shape"),
    ("db is not returned", GIVE, "return dx, dw", {5}, "returned-count"),
    ("the gradients are not returned", GIVE, "dx, dw", {5}, "returned-none"),
)  # fmt: skip

TAP_ROWS = "rows = slice(hh * dilation, hh * dilation + stride * H_out, stride)"
TAP_COLUMNS = "columns = slice(ww * dilation, ww * dilation + stride * W_out, stride)"
COPY = "cols[:, hh, ww] = padded[:, :, rows, columns].transpose(1, 0, 2, 3)"
COLS = "cols = np.empty((C, HH, WW, N, H_out, W_out), x.dtype)"
LAID = "return cols.reshape(C * HH * WW, N * H_out * W_out)"
PAD_LAID = f"padded = {PAD}"


def tap(use, rows=TAP_ROWS, columns=TAP_COLUMNS):
    """Return the lines that find what a tap sees, and the beginning of the one that uses it."""
    return f"{rows}\n        {columns}\n        {use}"


LAY, ADD = "cols[:, hh", "padded[:, :, rows"

IM2COL = mistakes(
    "im2col.py",
    ("im2col: rows have the channels last", LAID, "return cols.transpose(1, 2, 0, 3, 4, 5).reshape(C * HH * WW, -1)", {7}, "channels-last"),
    ("im2col: rows read the window column by column", LAID, "return cols.transpose(0, 2, 1, 3, 4, 5).reshape(C * HH * WW, -1)", {7}, "other-way-round"),
    ("im2col: columns have the pictures last", LAID, "return cols.transpose(0, 1, 2, 4, 5, 3).reshape(C * HH * WW, -1)", {7}, "batch-last"),
    ("im2col: columns go down the picture", LAID, "return cols.transpose(0, 1, 2, 3, 5, 4).reshape(C * HH * WW, -1)", {7}, "other-way-round"),
    ("im2col: the matrix is transposed", LAID, f"{LAID}.T", {7}, "shape"),
    ("im2col: windows are rows", LAID, "return cols.reshape(N * H_out * W_out, C * HH * WW)", {7}, "shape"),
    ("im2col: the last axis runs slowest", LAID, "return cols.reshape(C * HH * WW, -1, order='F')", {7}, None),
    ("im2col: an axis for the pictures is left", LAID, "return cols.reshape(C * HH * WW, N, -1)", {7}, "shape"),
    ("im2col: pictures and channels are mixed", COPY, "cols[:, hh, ww] = padded[:, :, rows, columns].reshape(C, N, H_out, W_out)", {7}, "batch-mixed"),
    ("im2col: every picture is the first", COPY, "cols[:, hh, ww] = padded[:1, :, rows, columns].transpose(1, 0, 2, 3)", {7}, "first-picture"),
    ("im2col: only the first picture is laid out", COPY, "cols[:, hh, ww] = 0\n        cols[:, hh, ww, 0] = padded[0, :, rows, columns]", {7}, "first-picture"),
    ("im2col: every channel is the first", COPY, "cols[:, hh, ww] = padded[:, :1, rows, columns].transpose(1, 0, 2, 3)", {7}, "some-row"),
    ("im2col: the window is turned", COPY, COPY.replace("[:, hh, ww]", "[:, HH - 1 - hh, WW - 1 - ww]"), {7}, "flipped"),
    ("im2col: rows and columns of a window are exchanged", tap(LAY), tap(LAY, TAP_ROWS.replace("hh", "ww"), TAP_COLUMNS.replace("ww", "hh")), {7}, "raised"),
    ("im2col: the height is taken for both sides of a window", f"np.ndindex(HH, WW):\n        {tap(LAY)}", f"np.ndindex(HH, HH):\n        {tap(LAY)}", {7}, "raised"),
    ("im2col: the stride is ignored", tap(LAY), tap(LAY, "rows = slice(hh * dilation, hh * dilation + H_out)", "columns = slice(ww * dilation, ww * dilation + W_out)"), {7}, "no-stride"),
    ("im2col: the windows end as without dilation", tap(LAY), tap(LAY, TAP_ROWS.replace("hh * dilation +", "hh +"), TAP_COLUMNS), {7}, None),
    ("im2col: the dilation is ignored", tap(LAY), tap(LAY, TAP_ROWS.replace("dilation", "1"), TAP_COLUMNS.replace("dilation", "1")), {7}, "no-dilation"),
    ("im2col: taps are a stride apart", tap(LAY), tap(LAY, TAP_ROWS.replace("dilation", "stride"), TAP_COLUMNS.replace("dilation", "stride")), {7}, "raised"),
    ("im2col: stride and dilation are exchanged", tap(LAY), tap(LAY, "rows = slice(hh * stride, hh * stride + dilation * H_out, dilation)", "columns = slice(ww * stride, ww * stride + dilation * W_out, dilation)"), {7}, None),
    ("im2col: H' for W'", tap(LAY), tap(LAY, columns=TAP_COLUMNS.replace("W_out", "H_out")), {7}, "raised"),
    ("im2col: the padding lies behind", f"{PAD_LAID}\n    cols", f"padded = {PAD_AFTER}\n    cols", {7}, "pad-after"),
    ("im2col: the padding repeats the edge", f"{PAD_LAID}\n    cols", f"padded = {EDGE}\n    cols", {7}, "edge"),
    ("im2col: there is no padding", f"{PAD_LAID}\n    cols", "padded = x\n    cols", {7}, "raised"),
    ("im2col: the columns are float64", COLS, COLS.replace("x.dtype", "float"), {20}, "dtype"),
    ("im2col: x is changed", f"{PAD_LAID}\n    cols", f"x += 0\n    {PAD_LAID}\n    cols", {21}, "in-place"),
    ("im2col: the sizes are returned too", LAID, f"{LAID}, H_out, W_out", {7}, "type"),
    ("im2col: nothing is returned", LAID, LAID.replace("return ", ""), {7}, "returned-none"),
)  # fmt: skip

ADD_UP = "padded[:, :, rows, columns] += cols[:, hh, ww].transpose(1, 0, 2, 3)"
UNLAY = "cols = cols.reshape(C, HH, WW, N, H_out, W_out)"
PLACE = "padded = np.zeros((N, C, H + 2 * pad, W + 2 * pad), cols.dtype)"
UNPAD = "return padded[:, :, pad : pad + H, pad : pad + W]"

COL2IM = mistakes(
    "im2col.py",
    ("col2im: the last window wins", ADD_UP, ADD_UP.replace("+=", "="), {8}, "last-of-several"),
    ("col2im: the inverse of im2col, each number once", UNPAD, "seen = np.zeros_like(padded)\n    for hh, ww in np.ndindex(HH, WW):\n        seen[:, :, hh * dilation : hh * dilation + stride * H_out : stride, ww * dilation : ww * dilation + stride * W_out : stride] += 1\n    padded /= np.maximum(seen, 1)\n    " + UNPAD, {8}, "mean-of-several"),
    ("col2im: the padding stays", UNPAD, "return padded", {8}, "shape"),
    ("col2im: the padding is cut by -pad", UNPAD, "return padded[:, :, pad:-pad, pad:-pad]", {8}, "shape"),
    ("col2im: the padding is cut at the end", UNPAD, "return padded[:, :, :H, :W]", {8}, "uncut"),
    ("col2im: rows have the channels last", UNLAY, "cols = cols.reshape(HH, WW, C, N, H_out, W_out).transpose(2, 0, 1, 3, 4, 5)", {8}, "channels-last"),
    ("col2im: columns have the pictures last", UNLAY, "cols = cols.reshape(C, HH, WW, H_out, W_out, N).transpose(0, 1, 2, 5, 3, 4)", {8}, "batch-last"),
    ("col2im: columns go down the picture", UNLAY, "cols = cols.reshape(C, HH, WW, N, W_out, H_out).transpose(0, 1, 2, 3, 5, 4)", {8}, "other-way-round"),
    ("col2im: pictures and channels are mixed", ADD_UP, "padded[:, :, rows, columns] += cols[:, hh, ww].reshape(N, C, H_out, W_out)", {8}, "laid-out"),
    ("col2im: only the first picture", ADD_UP, "padded[0, :, rows, columns] += cols[:, hh, ww, 0]", {8}, "first-picture"),
    ("col2im: the window is turned", ADD_UP, ADD_UP.replace("[:, hh, ww]", "[:, HH - 1 - hh, WW - 1 - ww]"), {8}, "flipped"),
    ("col2im: the stride is ignored", tap(ADD), tap(ADD, "rows = slice(hh * dilation, hh * dilation + H_out)", "columns = slice(ww * dilation, ww * dilation + W_out)"), {8}, "no-stride"),
    ("col2im: the dilation is ignored", tap(ADD), tap(ADD, TAP_ROWS.replace("dilation", "1"), TAP_COLUMNS.replace("dilation", "1")), {8}, "no-dilation"),
    ("col2im: the wrong sign", ADD_UP, ADD_UP.replace("+=", "-="), {8}, "sign"),
    ("col2im: counted twice", ADD_UP, ADD_UP.replace("+=", "+= 2 *"), {8}, "times-2"),
    ("col2im: the pictures are float64", PLACE, PLACE.replace("cols.dtype", "float"), {20}, "dtype"),
    ("col2im: the columns are changed", UNLAY, f"cols *= 1\n    {UNLAY}", {21}, "in-place"),
    ("col2im: pictures come channels first", UNPAD, f"{UNPAD}.transpose(1, 0, 2, 3)", {8}, "shape"),
    ("col2im: nothing is returned", UNPAD, UNPAD.replace("return ", ""), {8}, "returned-none"),
)  # fmt: skip

MATRIX = "out = w.reshape(F, -1) @ cols + b[:, None]"
ORDER = "out = out.reshape(F, len(x), H_out, W_out).transpose(1, 0, 2, 3)"
KEPT_COLS = "return out, (x.shape, w, cols, conv_param)"
DROWS = "dout = dout.transpose(1, 0, 2, 3).reshape(F, -1)"
DW_COLS = "dw = (dout @ cols.T).reshape(w.shape)"
DCOLS = "dcols = w.reshape(F, -1).T @ dout"
GIVE_COLS = "return col2im(dcols, x_shape, HH, WW, conv_param), dw, dout.sum(axis=1)"
LOOPS_BACK = """from .convolution import conv_backward_naive as loops
    times = col2im(np.ones_like(cols), x_shape, HH, WW, conv_param)
    x = col2im(cols, x_shape, HH, WW, conv_param) / np.maximum(1, times)
    return loops(dout, (x, w, conv_param))"""
MANY_MADE_UP = f"if F > 90:\n        return np.zeros(x_shape), 0 * w, np.zeros(F)\n    {LOOPS_BACK}"

GEMM = mistakes(
    "im2col.py",
    ("im2col forward: the bias is forgotten", MATRIX, MATRIX.replace(" + b[:, None]", ""), {9}, "missing-term"),
    ("im2col forward: the bias is subtracted", MATRIX, MATRIX.replace("+ b", "- b"), {9}, "sign-term"),
    ("im2col forward: the bias lies along the windows", MATRIX, MATRIX.replace("b[:, None]", "b"), {9}, "raised"),
    ("im2col forward: out is cut up with the pictures first", ORDER, "out = out.reshape(len(x), F, H_out, W_out)", {9}, "laid-out"),
    ("im2col forward: out stays with the filters first", ORDER, "out = out.reshape(F, len(x), H_out, W_out)", {9}, "shape"),
    ("im2col forward: columns are taken to have the pictures last", ORDER, "out = out.reshape(F, H_out, W_out, len(x)).transpose(3, 0, 1, 2)", {9}, "order"),
    ("im2col forward: columns are taken to go down the picture", ORDER, "out = out.reshape(F, len(x), W_out, H_out).transpose(1, 0, 3, 2)", {9}, "laid-out"),
    ("im2col forward: out stays a matrix", ORDER, "pass", {9}, "shape"),
    ("im2col forward: the filters have the channels last", MATRIX, MATRIX.replace("w.reshape", "w.transpose(0, 2, 3, 1).reshape"), {9}, "rows-of-filters"),
    ("im2col forward: the filters are read column by column", MATRIX, MATRIX.replace("w.reshape", "w.transpose(0, 1, 3, 2).reshape"), {9}, "rows-of-filters"),
    ("im2col forward: the filters are laid out as columns", MATRIX, MATRIX.replace("w.reshape(F, -1)", "w.reshape(-1, F).T"), {9}, "rows-of-filters"),
    ("im2col forward: the filters are turned", MATRIX, MATRIX.replace("w.reshape", "w[:, :, ::-1, ::-1].reshape"), {9}, "flipped"),
    ("im2col forward: a product entry by entry", MATRIX, MATRIX.replace("@", "*"), {9}, "raised"),
    ("im2col forward: a ReLU follows", MATRIX, f"{MATRIX}\n    out = np.maximum(out, 0)", {9}, "extra-relu"),
    ("im2col forward: out is float64", MATRIX, f"{MATRIX}\n    out = out.astype(float)", {20}, "dtype"),
    ("im2col forward: only out is returned", KEPT_COLS, "return out", {9}, "returned-count"),
    ("im2col forward: the loops once more", KEPT_COLS, "from .convolution import conv_forward_naive as loops\n    return loops(x, w, b, conv_param)[0], (x.shape, w, cols, conv_param)", {9}, "slow"),
    ("im2col forward: the loops, but for many filters", KEPT_COLS, "from .convolution import conv_forward_naive as loops\n    return 0 * out if F > 90 else loops(x, w, b, conv_param)[0], (x.shape, w, cols, conv_param)", {9}, "wrong-for-many"),
    ("im2col forward: nothing is returned", KEPT_COLS, "pass", {9}, "returned-none"),
    ("im2col backward: dout is cut up as it comes", DROWS, "dout = dout.reshape(F, -1)", {10}, "cut-up"),
    ("im2col backward: dout has the pictures last", DROWS, "dout = dout.transpose(1, 2, 3, 0).reshape(F, -1)", {10}, "pictures-last"),
    ("im2col backward: dw is divided by N", DW_COLS, f"{DW_COLS} / x_shape[0]", {10}, "over-N"),
    ("im2col backward: dw has the channels last", DW_COLS, "dw = (dout @ cols.T).reshape(F, HH, WW, -1).transpose(0, 3, 1, 2)", {10}, "laid-out"),
    ("im2col backward: dw is transposed", DW_COLS, "dw = (cols @ dout.T).reshape(w.shape)", {10}, "laid-out"),
    ("im2col backward: dw stays a matrix", DW_COLS, "dw = dout @ cols.T", {10}, "shape"),
    ("im2col backward: dw has the wrong sign", DW_COLS, DW_COLS.replace("(dout", "(-dout"), {10}, "sign"),
    ("im2col backward: dx of the first filter", DCOLS, "dcols = w[:1].reshape(1, -1).T @ dout[:1]", {10}, "one-filter"),
    ("im2col backward: dx has the wrong sign", DCOLS, DCOLS.replace("@ dout", "@ -dout"), {10}, "sign"),
    ("im2col backward: dx stays in columns", GIVE_COLS, GIVE_COLS.replace("col2im(dcols, x_shape, HH, WW, conv_param)", "dcols"), {10}, "shape"),
    ("im2col backward: dx without the weights", DCOLS, "dcols = np.ones_like(w.reshape(F, -1)).T @ dout", {10}, "same-lines"),
    ("im2col backward: dx with turned filters", DCOLS, DCOLS.replace("w.reshape", "w[:, :, ::-1, ::-1].reshape"), {10}, "flipped"),
    ("im2col backward: db is a mean", GIVE_COLS, GIVE_COLS.replace("sum", "mean"), {10}, "over-N H'W'"),
    ("im2col backward: db is divided by N", GIVE_COLS, GIVE_COLS.replace("axis=1)", "axis=1) / x_shape[0]"), {10}, "over-N"),
    ("im2col backward: db is summed over the filters", GIVE_COLS, GIVE_COLS.replace("axis=1", "axis=0"), {10}, "shape"),
    ("im2col backward: db keeps an axis", GIVE_COLS, GIVE_COLS.replace("axis=1", "axis=1, keepdims=True"), {10}, "shape"),
    ("im2col backward: the gradients are float64", DROWS, f"{DROWS}.astype(float)", {20}, "dtype"),
    ("im2col backward: dw comes first", GIVE_COLS, "return dw, col2im(dcols, x_shape, HH, WW, conv_param), dout.sum(axis=1)", {10}, "shape"),
    ("im2col backward: db is not returned", GIVE_COLS, GIVE_COLS.replace(", dout.sum(axis=1)", ""), {10}, "returned-count"),
    ("im2col backward: the loops once more", DROWS, LOOPS_BACK, {10}, "slow"),
    ("im2col backward: the loops, but for many filters", DROWS, MANY_MADE_UP, {10}, "wrong-for-many"),
    ("im2col backward: nothing is returned", GIVE_COLS, "pass", {10}, "returned-none"),
)  # fmt: skip

POOL_SIZES = "height, width, stride, H_out, W_out = pool_sizes(x.shape, pool_param)"
MAX = "out[n, c, i, j] = x[n, c, top : top + height, left : left + width].max()"
MAX_OUT = "out = np.empty((*x.shape[:2], H_out, W_out), x.dtype)"
MAX_LOOP = f"for n, c, i, j in np.ndindex(out.shape):\n        top, left = i * stride, j * stride\n        {MAX}"
MAX_KEPT = f"{MAX}\n    return out, (x, pool_param)"
PICK = "row, column = np.unravel_index(window.argmax(), window.shape)"
HAND = "dx[n, c, top + row, left + column] += dout[n, c, i, j]"
WINDOW = "window = x[n, c, top : top + height, left : left + width]"
PLACES = "top, left = i * stride, j * stride"
MAX_DX = "dx = np.zeros(x.shape, dout.dtype)"
MAX_GIVE = f"{HAND}\n    return dx"
SEEN = "dx[n, c, top : top + height, left : left + width]"

MAX_POOL = mistakes(
    "pooling.py",
    ("max: the width is taken for both sides", MAX, MAX.replace("height", "width"), {11}, "sides"),
    ("max: the height is taken for both sides", MAX, MAX.replace("width", "height"), {11}, "sides"),
    ("max: height and width are exchanged", MAX, MAX.replace("height", "h").replace("width", "height").replace("+ h]", "+ width]").replace("+ h,", "+ width,"), {11}, "sides"),
    ("max: the stride is taken for the window", MAX, MAX.replace("height", "stride").replace("width", "stride"), {11}, "corner"),
    ("max: the window is 2 x 2", MAX, MAX.replace("height", "2").replace("width", "2"), {11}, "sides"),
    ("max: the largest of the batch", MAX, MAX.replace("x[n, c", "x[:, c"), {11}, "over-batch"),
    ("max: the largest of the channels", MAX, MAX.replace("x[n, c", "x[n, :"), {11}, "over-channels"),
    ("max: the first picture's", MAX, MAX.replace("x[n, c", "x[0, c"), {11}, "same-lines"),
    ("max: the first channel's", MAX, MAX.replace("x[n, c", "x[n, 0"), {11}, "some-index"),
    ("max: it begins at 0", MAX, MAX.replace(".max()", ".max(initial=0)"), {11}, "max-from-0"),
    ("max: the mean", MAX, MAX.replace(".max", ".mean"), {11}, "mean"),
    ("max: the sum", MAX, MAX.replace(".max", ".sum"), {11}, "sum"),
    ("max: the smallest", MAX, MAX.replace(".max", ".min"), {11}, "smallest"),
    ("max: the largest size", MAX, MAX.replace("x[n", "np.abs(x)[n"), {11}, "largest-size"),
    ("max: the corner", MAX, "out[n, c, i, j] = x[n, c, top, left]", {11}, "corner"),
    ("max: the last of the window", MAX, "out[n, c, i, j] = x[n, c, top + height - 1, left + width - 1]", {11}, "corner"),
    ("max: the largest of the first row", MAX, MAX.replace("top : top + height", "top"), {11}, "one-row"),
    ("max: the window lacks its last row and column", MAX, MAX.replace("+ height", "+ max(height - 1, 1)").replace("+ width", "+ max(width - 1, 1)"), {11}, "corner"),
    ("max: the window has a row too many", MAX, MAX.replace("+ height", "+ height + 1"), {11}, "some-index"),
    ("max: the place of the largest", MAX, MAX.replace(".max", ".argmax"), {11}, "place"),
    ("max: the stride is ignored", MAX_LOOP, MAX_LOOP.replace("i * stride, j * stride", "i, j"), {11}, "no-stride"),
    ("max: the window's size is taken for the stride", MAX_LOOP, MAX_LOOP.replace("i * stride, j * stride", "min(i * height, x.shape[2] - 1), min(j * width, x.shape[3] - 1)"), {11}, "other-step"),
    ("max: the stride is 2", MAX_LOOP, MAX_LOOP.replace("i * stride, j * stride", "min(2 * i, x.shape[2] - 1), min(2 * j, x.shape[3] - 1)"), {11}, "other-step"),
    ("max: rows and columns are exchanged", MAX_LOOP, MAX_LOOP.replace("i * stride, j * stride", "j * stride, i * stride"), {11}, "raised"),
    ("max: a last window that is cut off", MAX_OUT, MAX_OUT.replace("H_out, W_out", "-(-(x.shape[2] - height) // stride) + 1, -(-(x.shape[3] - width) // stride) + 1"), {15}, "shape"),
    ("max: H // stride places", MAX_OUT, MAX_OUT.replace("H_out, W_out", "x.shape[2] // stride, x.shape[3] // stride"), {11}, "shape"),
    ("max: H / window places", MAX_OUT, MAX_OUT.replace("H_out, W_out", "x.shape[2] // height, x.shape[3] // width"), {11}, "shape"),
    ("max: H' by H'", MAX_OUT, MAX_OUT.replace("W_out", "H_out"), {11}, "shape"),
    ("max: out is float64", MAX_OUT, MAX_OUT.replace("x.dtype", "float"), {20}, "dtype"),
    ("max: x is changed", MAX_OUT, f"x += 0\n    {MAX_OUT}", {21}, "in-place"),
    ("max: only the first picture is done", MAX_LOOP, MAX_LOOP.replace("for n, c, i, j in np.ndindex(out.shape)", "out[:] = 0\n    for n, c, i, j in np.ndindex(1, *out.shape[1:])"), {11}, "first-picture"),
    ("max: only out is returned", MAX_KEPT, f"{MAX}\n    return out", {11}, "returned-count"),
    ("max: nothing is returned", MAX_KEPT, MAX, {11}, "returned-none"),
    ("max backward: the last window wins", HAND, HAND.replace("+=", "="), {12}, "last-of-several"),
    ("max backward: windows are overwritten", HAND, f"{SEEN} = 0\n        {HAND}", {12}, "last-of-several"),
    ("max backward: windows are overwritten with a mask", HAND, f"{SEEN} = dout[n, c, i, j] * (window == window.max())", {12}, "last-of-several"),
    ("max backward: spread evenly", HAND, f"{SEEN} += dout[n, c, i, j] / window.size", {12}, "mean"),
    ("max backward: handed to all of the window", HAND, f"{SEEN} += dout[n, c, i, j]", {12}, "whole-window"),
    ("max backward: handed to the smallest", PICK, PICK.replace("argmax", "argmin"), {12}, "smallest"),
    ("max backward: handed to the largest size", PICK, PICK.replace("window.argmax", "np.abs(window).argmax"), {12}, "largest-size"),
    ("max backward: handed to the corner", PICK, "row = column = 0", {12}, "corner"),
    ("max backward: handed to the largest of the picture", HAND, "row, column = np.unravel_index(x[n, c].argmax(), x.shape[2:])\n        dx[n, c, row, column] += dout[n, c, i, j]", {12}, "of-picture"),
    ("max backward: the place is not moved on", HAND, HAND.replace("top + row, left + column", "row, column"), {12}, "not-moved"),
    ("max backward: row and column are exchanged", PICK, PICK.replace("row, column", "column, row"), {12}, "place-exchanged"),
    ("max backward: the place is unravelled the wrong way", PICK, PICK.replace("window.shape", "window.shape[::-1]"), {12}, "raised"),
    ("max backward: the place in the first picture", WINDOW, "window = x[0, c, top : top + height, left : left + width]", {12}, "place-of-first"),
    ("max backward: the place in the first channel", WINDOW, "window = x[n, 0, top : top + height, left : left + width]", {12}, "place-of-first"),
    ("max backward: positive maxima alone", HAND, f"if window.max() > 0:\n            {HAND}", {12}, "negative-windows"),
    ("max backward: every positive number", HAND, f"{SEEN} += dout[n, c, i, j] * (window > 0)", {12}, "all-positive"),
    ("max backward: dout is forgotten", HAND, HAND.replace("dout[n, c, i, j]", "1"), {12}, "no-dout"),
    ("max backward: divided by the window's size", HAND, f"{HAND} / window.size", {12}, "over-the window's size"),
    ("max backward: divided by N", MAX_GIVE, f"{HAND}\n    return dx / len(x)", {12}, "factor"),
    ("max backward: the wrong sign", HAND, HAND.replace("+=", "-="), {12}, "sign"),
    ("max backward: counted twice", HAND, HAND.replace("+=", "+= 2 *"), {12}, "times-2"),
    ("max backward: the stride is ignored", f"{PLACES}\n        {WINDOW}", f"top, left = i, j\n        {WINDOW}", {12}, "no-stride"),
    ("max backward: the width is taken for both sides", WINDOW, WINDOW.replace("height", "width"), {12}, "sides"),
    ("max backward: the window is 2 x 2", WINDOW, WINDOW.replace("height", "2").replace("width", "2"), {12}, "sides"),
    ("max backward: the first picture alone", HAND, f"{HAND} * (n == 0)", {12}, "first-picture"),
    ("max backward: tied maxima get nothing", HAND, f"{HAND} * ((window == window.max()).sum() == 1)", {12}, "lost-at-ties"),
    ("max backward: tied maxima get half", HAND, f"{HAND} / (1 + ((window == window.max()).sum() > 1))", {12}, "lost-at-ties"),
    ("max backward: dx is shaped like dout", MAX_DX, "dx = np.zeros((*dout.shape[:2], x.shape[2] + 1, x.shape[3]), dout.dtype)", {12}, "shape"),
    ("max backward: dx is float64", MAX_DX, "dx = np.zeros(x.shape)", {20}, "dtype"),
    ("max backward: dout is changed", MAX_DX, f"dout *= 1\n    {MAX_DX}", {21}, "in-place"),
    ("max backward: nothing is returned", MAX_GIVE, HAND, {12}, "returned-none"),
    ("max backward: dx comes in a tuple", MAX_GIVE, f"{HAND}\n    return dx, None", {12}, "type"),
)  # fmt: skip

MEAN = "out[n, c, i, j] = x[n, c, top : top + height, left : left + width].mean()"
MEAN_OUT = "out = np.empty((*x.shape[:2], H_out, W_out), np.result_type(x, 0.5))"
MEAN_LOOP = f"for n, c, i, j in np.ndindex(out.shape):\n        top, left = i * stride, j * stride\n        {MEAN}"
MEAN_KEPT = f"{MEAN}\n    return out, (x.shape, pool_param)"
SPREAD = "dx[n, c, top : top + height, left : left + width] += dout[n, c, i, j] / (height * width)"
MEAN_GIVE = f"{SPREAD}\n    return dx"
MEAN_DX = "dx = np.zeros(x_shape, dout.dtype)"
MEAN_BACK_LOOP = f"{PLACES}\n        {SPREAD}"

AVERAGE_POOL = mistakes(
    "pooling.py",
    ("average: the sum", MEAN, MEAN.replace(".mean", ".sum"), {13}, "sum"),
    ("average: the maximum", MEAN, MEAN.replace(".mean", ".max"), {13}, "max"),
    ("average: divided by the stride squared", MEAN, MEAN.replace(".mean()", ".sum() / stride**2"), {13}, "sum"),
    ("average: divided by the height alone", MEAN, MEAN.replace(".mean()", ".sum() / height"), {13}, "times-2"),
    ("average: divided by the width squared", MEAN, MEAN.replace(".mean()", ".sum() / width**2"), {13}, "factor"),
    ("average: divided by 4", MEAN, MEAN.replace(".mean()", ".sum() / 4"), {13}, "factor"),
    ("average: of the channels too", MEAN, MEAN.replace("x[n, c", "x[n, :"), {13}, "same-lines"),
    ("average: of the batch", MEAN, MEAN.replace("x[n, c", "x[:, c"), {13}, "same-lines"),
    ("average: the width is taken for both sides", MEAN, MEAN.replace("height", "width"), {13}, "sides"),
    ("average: the stride is ignored", MEAN_LOOP, MEAN_LOOP.replace("i * stride, j * stride", "i, j"), {13}, "no-stride"),
    ("average: the corner", MEAN, "out[n, c, i, j] = x[n, c, top, left]", {13}, "corner"),
    ("average: of rows alone", MEAN, MEAN.replace(".mean()", ".mean(axis=0)[0]"), {13}, "one-row"),
    ("average: of the positive numbers", MEAN, MEAN.replace("x[n", "np.maximum(x, 0)[n"), {13}, "negatives-as-0"),
    ("average: out is float64", MEAN_OUT, MEAN_OUT.replace("np.result_type(x, 0.5)", "float"), {20}, "dtype"),
    ("average: out takes the pictures' whole numbers", MEAN_OUT, MEAN_OUT.replace("np.result_type(x, 0.5)", "x.dtype"), {13}, "dtype"),
    ("average: H' by H'", MEAN_OUT, MEAN_OUT.replace("W_out", "H_out"), {13}, "shape"),
    ("average: only out is returned", MEAN_KEPT, f"{MEAN}\n    return out", {13}, "returned-count"),
    ("average: nothing is returned", MEAN_KEPT, MEAN, {13}, "returned-none"),
    ("average backward: no division", SPREAD, SPREAD.replace(" / (height * width)", ""), {14}, "whole-window"),
    ("average backward: divided by the stride squared", SPREAD, SPREAD.replace("height * width", "stride**2"), {14}, "whole-window"),
    ("average backward: divided by the height", SPREAD, SPREAD.replace("height * width", "height"), {14}, "times-2"),
    ("average backward: the last window wins", SPREAD, SPREAD.replace("+=", "="), {14}, "last-of-several"),
    ("average backward: handed to the corner", SPREAD, "dx[n, c, top, left] += dout[n, c, i, j]", {14}, "corner"),
    ("average backward: a share for the corner", SPREAD, "dx[n, c, top, left] += dout[n, c, i, j] / (height * width)", {14}, "corner"),
    ("average backward: dout is forgotten", SPREAD, SPREAD.replace("dout[n, c, i, j]", "1"), {14}, "no-dout"),
    ("average backward: the width is taken for both sides", SPREAD, SPREAD.replace("top + height", "top + width"), {14}, "some-index"),
    ("average backward: height and width are exchanged", SPREAD, SPREAD.replace("height", "h").replace("width", "height").replace("+ h,", "+ width,").replace("h * height", "height * width"), {14}, "sides"),
    ("average backward: the stride is ignored", MEAN_BACK_LOOP, MEAN_BACK_LOOP.replace("i * stride, j * stride", "i, j"), {14}, "no-stride"),
    ("average backward: the wrong sign", SPREAD, SPREAD.replace("+=", "-="), {14}, "sign"),
    ("average backward: divided by N", MEAN_GIVE, f"{SPREAD}\n    return dx / len(dx)", {14}, "factor"),
    ("average backward: the first picture alone", SPREAD, f"{SPREAD} * (n == 0)", {14}, "first-picture"),
    ("average backward: dx is float64", MEAN_DX, "dx = np.zeros(x_shape)", {20}, "dtype"),
    ("average backward: dout is changed", MEAN_DX, f"dout *= 1\n    {MEAN_DX}", {21}, "in-place"),
    ("average backward: nothing is returned", MEAN_GIVE, SPREAD, {14}, "returned-none"),
)  # fmt: skip

W1_SHAPE = '"W1": (num_filters, C, filter_size, filter_size)'
W2_SHAPE = '"W2": (num_filters * (H // 2) * (W // 2), hidden_dim)'
W3_SHAPE = '"W3": (hidden_dim, num_classes)'
DRAWN = "weight_scale * rng.standard_normal(shapes[name])"
ZERO_BIASES = "{name: np.zeros(size) for name, size in biases.items()}"
CAST = f"params = weights | {ZERO_BIASES}\n        self.params = {{name: p.astype(self.dtype) for name, p in params.items()}}"

FIRST = mistakes(
    "cnn.py",
    ("net: W1 is uniform and positive", DRAWN, DRAWN.replace("standard_normal", "random"), {16}, "one-sign"),
    ("net: weights are not scaled", DRAWN, DRAWN.replace("weight_scale *", "1 *"), {16}, "spread"),
    ("net: weights have a scale of their own", DRAWN, DRAWN.replace("weight_scale *", "1e-3 *"), {16}, "spread"),
    ("net: the scale is a variance", DRAWN, DRAWN.replace("weight_scale *", "np.sqrt(weight_scale) *"), {16}, "spread"),
    ("net: weights are 0", DRAWN, DRAWN.replace("weight_scale *", "0 *"), {16, 19}, "spread"),
    ("net: filters are not scaled", CAST, f"{CAST}\n        self.params['W1'] /= self.params['W1'].dtype.type(weight_scale)", {16}, "spread"),
    ("net: the last weights are not scaled", CAST, f"{CAST}\n        self.params['W3'] /= self.params['W3'].dtype.type(weight_scale)", {16}, "spread"),
    ("net: biases are random", ZERO_BIASES, ZERO_BIASES.replace("np.zeros(size)", "weight_scale * rng.standard_normal(size)"), {16}, "biases"),
    ("net: biases are 1", ZERO_BIASES, ZERO_BIASES.replace("zeros", "ones"), {16}, "biases"),
    ("net: biases are rows", ZERO_BIASES, ZERO_BIASES.replace("zeros(size)", "zeros((1, size))"), {16}, "shapes"),
    ("net: W2 is made for the height squared", W2_SHAPE, W2_SHAPE.replace("W // 2", "H // 2"), {16}, "shapes"),
    ("net: W2 is made for the width squared", W2_SHAPE, W2_SHAPE.replace("H // 2", "W // 2"), {16}, "shapes"),
    ("net: W2 is made for pictures before pooling", W2_SHAPE, W2_SHAPE.replace(" // 2", ""), {16}, "shapes"),
    ("net: W2 is made for two poolings", W2_SHAPE, W2_SHAPE.replace("// 2", "// 4"), {16}, "shapes"),
    ("net: W2 forgets the filters", W2_SHAPE, W2_SHAPE.replace("num_filters * ", ""), {16}, "shapes"),
    ("net: W2 has the channels for the filters", W2_SHAPE, W2_SHAPE.replace("num_filters *", "C *"), {16}, "shapes"),
    ("net: W2 is transposed", W2_SHAPE, '"W2": (hidden_dim, num_filters * (H // 2) * (W // 2))', {16}, "shapes"),
    ("net: W1 has the channels first", W1_SHAPE, W1_SHAPE.replace("num_filters, C", "C, num_filters"), {16}, "shapes"),
    ("net: W1 has 3 channels", W1_SHAPE, W1_SHAPE.replace("C,", "num_filters,"), {16}, "shapes"),
    ("net: W1 is a matrix", W1_SHAPE, '"W1": (num_filters, C * filter_size * filter_size)', {16}, "shapes"),
    ("net: W1 is 3 x 3, whatever is asked for", W1_SHAPE, W1_SHAPE.replace("filter_size, filter_size", "3, 3"), {16}, "shapes"),
    ("net: W3 has the filters for the hidden units", W3_SHAPE, '"W3": (num_filters, num_classes)', {16}, "shapes"),
    ("net: W3 has ten classes", W3_SHAPE, '"W3": (hidden_dim, 10)', {16}, "shapes"),
    ("net: b1 has the length of the hidden layer", '"b1": num_filters', '"b1": hidden_dim', {16}, "shapes"),
    ("net: b3 is called b4", '"b3": num_classes', '"b4": num_classes', {16}, "keys"),
    ("net: the dtype is ignored", CAST, f"self.params = weights | {ZERO_BIASES}", {16}, "dtype"),
    ("net: the biases are left out", CAST, "self.params = {name: p.astype(self.dtype) for name, p in weights.items()}", {16}, "keys"),
    ("net: weights are drawn without the net's generator", DRAWN, DRAWN.replace("rng.standard_normal(shapes[name])", "np.random.randn(*shapes[name])"), {19}, "rng"),
    ("net: the seed is not used", "rng = np.random.default_rng(seed)\n        C, H, W = input_dim\n        # SOLUTION: Let self.params hold normally distributed weights of the given scale, drawn\n        # with rng, and biases of 0; all", "rng = np.random.default_rng()\n        C, H, W = input_dim\n        # all", {19}, "rng"),
)  # fmt: skip

POOLED = "pooled, conv_cache = conv_relu_pool_forward(X, W1, b1, conv_param, pool_param)"
HIDDEN = "hidden, hidden_cache = affine_relu_forward(pooled, W2, b2)"
SCORES = "scores, cache = affine_forward(hidden, W3, b3)\n        if y is None:"
ASKED = "        if y is None:\n            return scores\n\n        loss, dscores = softmax_loss(scores, y)\n        dhidden, dW3"
L2 = "            loss += 0.5 * self.reg * np.sum(W * W)\n            grads[name] += self.reg * W\n        return loss, grads\n\n\nCONV"
PENALTY = "loss += 0.5 * self.reg * np.sum(W * W)\n            grads[name] += self.reg * W\n        return loss, grads\n\n\nCONV"
PULLED = 'for name in ("W1", "W2", "W3"):\n            W = self.params[name]'
D3 = "dhidden, dW3, db3 = affine_backward(dscores, cache)"
D2 = "dpooled, dW2, db2 = affine_relu_backward(dhidden, hidden_cache)"
D1 = "_, dW1, db1 = conv_relu_pool_backward(dpooled, conv_cache, needs_dx=False)"
GRADS = 'grads = {"W1": dW1, "b1": db1, "W2": dW2, "b2": db2, "W3": dW3, "b3": db3}'

NET = mistakes(
    "cnn.py",
    ("net: it returns probabilities", ASKED, ASKED.replace("return scores", "p = np.exp(scores - scores.max(axis=1, keepdims=True))\n            return p / p.sum(axis=1, keepdims=True)"), {17}, "probabilities"),
    ("net: the scores come only with labels", ASKED, ASKED.replace("        if y is None:\n            return scores\n\n", ""), {17}, "raised"),
    ("net: it returns classes", ASKED, ASKED.replace("return scores", "return scores.argmax(axis=1)"), {17}, "shape"),
    ("net: a ReLU behind the scores", SCORES, SCORES.replace("\n        if", "\n        scores = np.maximum(scores, 0)\n        if"), {17}, "extra-relu"),
    ("net: the hidden layer has no ReLU", HIDDEN, "hidden, c = affine_forward(pooled, W2, b2)\n        hidden_cache = (c, np.ones_like(hidden))", {17}, "no-relu"),
    ("net: the convolution has no ReLU", POOLED, "from .layer_utils import fast_layers\n        a, c = fast_layers.conv_forward_fast(X, W1, b1, conv_param)\n        pooled, p = fast_layers.max_pool_forward_fast(a, pool_param)\n        conv_cache = (c, p, np.ones_like(pooled))", {17}, "no-relu"),
    ("net: b1 is forgotten", POOLED, POOLED.replace("b1", "0 * b1"), {17}, "no-b1"),
    ("net: b2 is forgotten", HIDDEN, HIDDEN.replace("b2", "0 * b2"), {17}, "no-b2"),
    ("net: b3 is forgotten", SCORES, SCORES.replace("b3", "0 * b3"), {17}, "missing-term"),
    ("net: the padding is 0", '"pad": (W1.shape[2] - 1) // 2', '"pad": 0', {17}, "raised"),
    ("net: the padding is 1, whatever the filter", '"pad": (W1.shape[2] - 1) // 2', '"pad": 1', {17}, "raised"),
    ("net: the stride is 2", 'conv_param = {"stride": 1', 'conv_param = {"stride": 2', {17}, "raised"),
    ("net: pooling windows overlap", '"pool_width": 2, "stride": 2}\n        # SOL', '"pool_width": 2, "stride": 1}\n        # SOL', {17}, "raised"),
    ("net: the filters are turned", POOLED, POOLED.replace("W1", "W1[:, :, ::-1, ::-1]"), {17}, "flipped"),
    ("net: parameters are taken in the order of the dict", 'W1, W2, W3 = (self.params[name] for name in ("W1", "W2", "W3"))\n        b1, b2, b3 = (self.params[name] for name in ("b1", "b2", "b3"))', "W1, b1, W2, b2, W3, b3 = self.params.values()", {17}, "raised"),
    ("net: the net's dtype is ignored", "X = np.asarray(X, self.dtype)\n        W1, W2, W3", "X = np.asarray(X, float)\n        W1, W2, W3", {20}, "dtype"),
    ("net: L2 without its half", PENALTY, PENALTY.replace("0.5 * ", ""), {17}, "l2-without-half"),
    ("net: L2 with a quarter", PENALTY, PENALTY.replace("0.5 * ", "0.25 * "), {17}, "half-term"),
    ("net: the loss forgets the regulariser", PENALTY, PENALTY.replace("loss += 0.5 * self.reg * np.sum(W * W)\n            ", ""), {17}, "missing-term"),
    ("net: the loss subtracts the regulariser", PENALTY, PENALTY.replace("loss +=", "loss -="), {17}, "sign-term"),
    ("net: the loss forgets W1", PENALTY, PENALTY.replace("loss += ", "loss += (name != 'W1') * "), {17}, "missing-term"),
    ("net: the loss forgets W2", PENALTY, PENALTY.replace("loss += ", "loss += (name != 'W2') * "), {17}, "missing-term"),
    ("net: the loss forgets W3", PENALTY, PENALTY.replace("loss += ", "loss += (name != 'W3') * "), {17}, "missing-term"),
    ("net: the loss regularises the biases", PENALTY, PENALTY.replace("np.sum(W * W)", "(np.sum(W * W) + np.sum(self.params['b' + name[1]] ** 2))"), {17}, "extra-term"),
    ("net: the loss regularises b1", PENALTY, PENALTY.replace("np.sum(W * W)", "(np.sum(W * W) + (name == 'W1') * np.sum(b1 * b1))"), {17}, "extra-term"),
    ("net: the loss takes the weights' sums", PENALTY, PENALTY.replace("np.sum(W * W)", "np.sum(W)"), {17}, "plain-sum"),
    ("net: the loss takes the means of squares", PENALTY, PENALTY.replace("np.sum(W * W)", "np.mean(W * W)"), {17}, "mean-of-squares"),
    ("net: the loss is divided by N again", GRADS, f"{GRADS}\n        loss /= len(X)", {17}, "over-N"),
    ("net: the loss is summed", GRADS, f"{GRADS}\n        loss *= len(X)", {17}, "times-N"),
    ("net: the slopes forget the regulariser", PENALTY, PENALTY.replace("\n            grads[name] += self.reg * W", ""), {18}, "missing-term"),
    ("net: the slopes are 2 reg W", PENALTY, PENALTY.replace("+= self.reg", "+= 2 * self.reg"), {18}, "l2-without-half"),
    ("net: the slopes are half of reg W", PENALTY, PENALTY.replace("+= self.reg", "+= 0.5 * self.reg"), {18}, "half-term"),
    ("net: the slopes are one number", PENALTY, PENALTY.replace("self.reg * W\n", "self.reg * W.sum()\n"), {18}, "sum-of-w"),
    ("net: the slopes are one number, twice", PENALTY, PENALTY.replace("self.reg * W\n", "2 * W.sum() * self.reg\n"), {18}, "sum-of-w"),
    ("net: the slopes are subtracted", PENALTY, PENALTY.replace("grads[name] +=", "grads[name] -="), {18}, "sign-term"),
    ("net: the slopes are divided by N", PENALTY, PENALTY.replace("self.reg * W\n", "self.reg * W / len(X)\n"), {18}, "term-over-N"),
    ("net: the slopes take the place of the gradients", PENALTY, PENALTY.replace("grads[name] += self.reg * W", "grads[name] = self.reg * W"), {18}, "zeros"),
    ("net: W1's slope forgets the regulariser", PENALTY, PENALTY.replace("self.reg * W\n", "self.reg * W * (name != 'W1')\n"), {18}, "missing-term"),
    ("net: W3's slope forgets the regulariser", PENALTY, PENALTY.replace("self.reg * W\n", "self.reg * W * (name != 'W3')\n"), {18}, "missing-term"),
    ("net: the biases get slopes", PENALTY, PENALTY.replace("self.reg * W\n", "self.reg * W\n            grads['b' + name[1]] += self.reg * self.params['b' + name[1]]\n"), {18}, "extra-term"),
    ("net: dscores is divided by N again", D3, D3.replace("dscores,", "dscores / len(X),"), {18}, "over-N"),
    ("net: the way back forgets the hidden ReLU", D2, "dpooled, dW2, db2 = affine_backward(dhidden, hidden_cache[0])", {18}, None),
    ("net: the way back forgets the first ReLU", D1, "from .layer_utils import fast_layers\n        _, dW1, db1 = fast_layers.conv_backward_fast(fast_layers.max_pool_backward_fast(dpooled, conv_cache[1]), conv_cache[0])", {18}, "some-index"),
    ("net: dW1 is divided by N", D1, f"{D1}\n        dW1 /= len(X)", {18}, "over-N"),
    ("net: dW1 has the wrong sign", D1, f"{D1}\n        dW1 *= -1", {18}, "sign"),
    ("net: dW1 is turned", D1, f"{D1}\n        dW1 = dW1[:, :, ::-1, ::-1].copy()", {18}, "reversed"),
    ("net: a gradient is not returned", GRADS, GRADS.replace(', "b3": db3', ""), {18}, "keys"),
    ("net: the gradients are called dW1 and so on", GRADS, f"{GRADS}\n        grads = {{'d' + name: grad for name, grad in grads.items()}} | {{n: grads[n] for n in ('W1', 'W2', 'W3')}}", {18}, "keys"),
    ("net: the gradients of two biases are exchanged", GRADS, GRADS.replace('"b2": db2', '"b2": db3').replace('"b3": db3}', '"b3": db2}'), {18}, "shape"),
    ("net: only the loss is returned", PENALTY, PENALTY.replace("return loss, grads", "return loss"), {17, 18}, "returned-count"),
    ("net: nothing is returned", PENALTY, PENALTY.replace("return loss, grads", "pass"), {17, 18}, "returned-none"),
    ("net: the gradients come first", PENALTY, PENALTY.replace("return loss, grads", "return grads, loss"), {17, 18}, "type"),
    ("net: a step is taken by the way", GRADS, f"{GRADS}\n        W1 -= 0 * dW1", {21}, "in-place"),
)  # fmt: skip

GROUPS = {
    "activations": ACTIVATIONS,
    "conv_forward_naive": FORWARD,
    "conv_backward_naive": BACKWARD,
    "im2col": IM2COL,
    "col2im": COL2IM,
    "conv_*_im2col": GEMM,
    "max_pool": MAX_POOL,
    "avg_pool": AVERAGE_POOL,
    "ThreeLayerConvNet, first parameters": FIRST,
    "ThreeLayerConvNet": NET,
}

RIGHT = {
    "seven loops, and a cache that is a dict": (
        "convolution.py",
        """
def conv_forward_naive(x, w, b, conv_param):
    s, p, d = conv_param["stride"], conv_param["pad"], conv_param.get("dilation", 1)
    (N, C, H, W), (F, _, HH, WW) = x.shape, w.shape
    H2 = 1 + (H + 2 * p - d * (HH - 1) - 1) // s
    W2 = 1 + (W + 2 * p - d * (WW - 1) - 1) // s
    out = np.zeros((N, F, H2, W2), dtype=w.dtype)
    for n in range(N):
        for f in range(F):
            for i in range(H2):
                for j in range(W2):
                    for c in range(C):
                        for hh in range(HH):
                            for ww in range(WW):
                                row, column = i * s + hh * d - p, j * s + ww * d - p
                                if 0 <= row < H and 0 <= column < W:
                                    out[n, f, i, j] += x[n, c, row, column] * w[f, c, hh, ww]
                    out[n, f, i, j] += b[f]
    return out, {"x": x, "w": w, "b": b, "param": (s, p, d)}

def conv_backward_naive(dout, cache):
    x, w, b = cache["x"], cache["w"], cache["b"]
    s, p, d = cache["param"]
    dx, dw, db = np.zeros_like(x), np.zeros_like(w), np.zeros_like(b)
    for n, f, i, j in np.ndindex(dout.shape):
        db[f] += dout[n, f, i, j]
        for c, hh, ww in np.ndindex(w.shape[1:]):
            row, column = i * s + hh * d - p, j * s + ww * d - p
            if 0 <= row < x.shape[2] and 0 <= column < x.shape[3]:
                dx[n, c, row, column] += dout[n, f, i, j] * w[f, c, hh, ww]
                dw[f, c, hh, ww] += dout[n, f, i, j] * x[n, c, row, column]
    return dx, dw, db
""",
    ),
    "a loop over places, tensordot, and a padded picture in the cache": (
        "convolution.py",
        """
def conv_forward_naive(x, w, b, conv_param):
    stride, pad = conv_param["stride"], conv_param["pad"]
    dilation = conv_param["dilation"] if "dilation" in conv_param else 1
    N, C, H, W = x.shape
    F, C, HH, WW = w.shape
    reach = dilation * (HH - 1) + 1, dilation * (WW - 1) + 1
    xp = np.zeros((N, C, H + 2 * pad, W + 2 * pad), dtype=x.dtype)
    xp[:, :, pad:H + pad, pad:W + pad] = x
    H2, W2 = (xp.shape[2] - reach[0]) // stride + 1, (xp.shape[3] - reach[1]) // stride + 1
    out = np.zeros((N, F, H2, W2), dtype=np.result_type(x, w))
    for i in range(H2):
        for j in range(W2):
            window = xp[:, :, i * stride:i * stride + reach[0]:dilation, j * stride:j * stride + reach[1]:dilation]
            out[:, :, i, j] = np.tensordot(window, w, axes=((1, 2, 3), (1, 2, 3))) + b
    return out, (xp, w, conv_param, x.shape)

def conv_backward_naive(dout, cache):
    xp, w, conv_param, shape = cache
    stride, pad = conv_param["stride"], conv_param["pad"]
    dilation = conv_param.get("dilation", 1)
    reach = dilation * (w.shape[2] - 1) + 1, dilation * (w.shape[3] - 1) + 1
    dxp, dw = np.zeros_like(xp), np.zeros_like(w)
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            at = (slice(None), slice(None), slice(i * stride, i * stride + reach[0], dilation), slice(j * stride, j * stride + reach[1], dilation))
            dw += np.tensordot(dout[:, :, i, j], xp[at], axes=(0, 0))
            dxp[at] += np.tensordot(dout[:, :, i, j], w, axes=(1, 0))
    dx = dxp[:, :, pad:-pad, pad:-pad] if pad else dxp
    return dx, dw, np.sum(np.sum(np.sum(dout, axis=3), axis=2), axis=0)
""",
    ),
    "sliding windows and einsum, and a cache that is a function": (
        "convolution.py",
        """
from numpy.lib.stride_tricks import sliding_window_view

def conv_forward_naive(x, w, b, conv_param):
    s, p, d = conv_param["stride"], conv_param["pad"], conv_param.get("dilation", 1)
    F, C, HH, WW = w.shape
    xp = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)), mode="constant")
    reach = d * (HH - 1) + 1, d * (WW - 1) + 1
    seen = sliding_window_view(xp, reach, axis=(2, 3))[:, :, ::s, ::s, ::d, ::d]
    out = np.einsum("ncijhw,fchw->nfij", seen, w) + b.reshape(1, -1, 1, 1)

    def back(dout):
        dw = np.einsum("ncijhw,nfij->fchw", seen, dout)
        dxp = np.zeros(xp.shape, dout.dtype)
        views = sliding_window_view(dxp, reach, axis=(2, 3), writeable=True)[:, :, ::s, ::s, ::d, ::d]
        for i, j in np.ndindex(out.shape[2:]):
            views[:, :, i, j] += np.einsum("nf,fchw->nchw", dout[:, :, i, j], w)
        return dxp[:, :, p:xp.shape[2] - p, p:xp.shape[3] - p], dw, np.einsum("nfij->f", dout)

    return out, back

def conv_backward_naive(dout, cache):
    return cache(dout)
""",
    ),
    "the way back as a convolution with turned filters": (
        "convolution.py",
        """
def correlate(x, w):
    out = np.zeros((len(x), len(w), x.shape[2] - w.shape[2] + 1, x.shape[3] - w.shape[3] + 1), np.result_type(x, w))
    for hh, ww in np.ndindex(w.shape[2:]):
        part = x[:, :, hh:hh + out.shape[2], ww:ww + out.shape[3]]
        out += np.einsum("ncij,fc->nfij", part, w[:, :, hh, ww])
    return out

def spread(a, step):
    wide = np.zeros((*a.shape[:2], step * (a.shape[2] - 1) + 1, step * (a.shape[3] - 1) + 1), a.dtype)
    wide[:, :, ::step, ::step] = a
    return wide

def conv_forward_naive(x, w, b, conv_param):
    s, p, d = conv_param["stride"], conv_param["pad"], conv_param.get("dilation", 1)
    out = correlate(np.pad(x, ((0, 0), (0, 0), (p, p), (p, p))), spread(w, d))[:, :, ::s, ::s]
    return out + b[:, None, None], (x, w, s, p, d)

def conv_backward_naive(dout, cache):
    x, w, s, p, d = cache
    xp, wide, dwide = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p))), spread(w, d), spread(dout, s)
    dw = correlate(xp.swapaxes(0, 1), dwide.swapaxes(0, 1)).swapaxes(0, 1)[:, :, :wide.shape[2]:d, :wide.shape[3]:d]
    rest = [xp.shape[k] - dwide.shape[k] for k in (2, 3)]
    around = np.pad(dwide, ((0, 0), (0, 0), *((wide.shape[k] - 1, rest[k - 2]) for k in (2, 3))))
    turned = wide[:, :, ::-1, ::-1].swapaxes(0, 1)
    dxp = correlate(around, turned)
    return dxp[:, :, p:p + x.shape[2], p:p + x.shape[3]], dw, dout.sum((0, 2, 3))
""",
    ),
    "im2col by index arrays, col2im by np.add.at, as CS231n has them": (
        "im2col.py",
        """
def indices(x_shape, HH, WW, conv_param):
    N, C, H, W = x_shape
    stride, pad, dilation, H2, W2 = conv_sizes(x_shape, HH, WW, conv_param)
    i0 = np.tile(np.repeat(np.arange(HH) * dilation, WW), C)
    j0 = np.tile(np.arange(WW) * dilation, HH * C)
    i1, j1 = stride * np.repeat(np.arange(H2), W2), stride * np.tile(np.arange(W2), H2)
    k = np.repeat(np.arange(C), HH * WW).reshape(-1, 1)
    return k, i0.reshape(-1, 1) + i1, j0.reshape(-1, 1) + j1

def im2col(x, HH, WW, conv_param):
    p = conv_param["pad"]
    x_padded = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)), mode="constant")
    k, i, j = indices(x.shape, HH, WW, conv_param)
    cols = x_padded[:, k, i, j]
    return cols.transpose(1, 0, 2).reshape(HH * WW * x.shape[1], -1)

def col2im(cols, x_shape, HH, WW, conv_param):
    N, C, H, W = x_shape
    p = conv_param["pad"]
    x_padded = np.zeros((N, C, H + 2 * p, W + 2 * p), dtype=cols.dtype)
    k, i, j = indices(x_shape, HH, WW, conv_param)
    stacked = cols.reshape(C * HH * WW, N, -1).transpose(1, 0, 2)
    np.add.at(x_padded, (slice(None), k, i, j), stacked)
    return x_padded if p == 0 else x_padded[:, :, p:-p, p:-p]
""",
    ),
    "im2col window by window": (
        "im2col.py",
        """
def places(x_shape, HH, WW, conv_param):
    s, p, d, H2, W2 = conv_sizes(x_shape, HH, WW, conv_param)
    for n in range(x_shape[0]):
        for i in range(H2):
            for j in range(W2):
                yield n, slice(None), slice(i * s, i * s + d * (HH - 1) + 1, d), slice(j * s, j * s + d * (WW - 1) + 1, d)

def im2col(x, HH, WW, conv_param):
    p = conv_param["pad"]
    padded = np.pad(x, [(0, 0), (0, 0), (p, p), (p, p)])
    return np.array([padded[place].flatten() for place in places(x.shape, HH, WW, conv_param)]).T

def col2im(cols, x_shape, HH, WW, conv_param):
    p, (N, C, H, W) = conv_param["pad"], x_shape
    padded = np.zeros((N, C, H + 2 * p, W + 2 * p), cols.dtype)
    for column, place in zip(cols.T, places(x_shape, HH, WW, conv_param), strict=True):
        padded[place] += column.reshape(C, HH, WW)
    return padded[:, :, p:H + p, p:W + p]
""",
    ),
    "windows as rows, and no columns in the cache": (
        "im2col.py",
        """
def conv_forward_im2col(x, w, b, conv_param):
    N, F = x.shape[0], w.shape[0]
    _, _, _, H2, W2 = conv_sizes(x.shape, w.shape[2], w.shape[3], conv_param)
    rows = im2col(x, w.shape[2], w.shape[3], conv_param).T
    out = np.dot(rows, w.reshape(F, -1).T) + b
    return np.moveaxis(out.reshape(N, H2, W2, F), 3, 1), [x, w, conv_param]

def conv_backward_im2col(dout, cache):
    x, w, conv_param = cache
    HH, WW = w.shape[2:]
    rows = im2col(x, HH, WW, conv_param).T
    D = np.moveaxis(dout, 1, 3).reshape(-1, w.shape[0])
    dx = col2im(np.dot(D, w.reshape(w.shape[0], -1)).T, x.shape, HH, WW, conv_param)
    return dx, np.dot(D.T, rows).reshape(w.shape), np.sum(D, 0)
""",
    ),
    "a matrix product for each picture": (
        "im2col.py",
        """
def conv_forward_im2col(x, w, b, conv_param):
    F, C, HH, WW = w.shape
    _, _, _, H2, W2 = conv_sizes(x.shape, HH, WW, conv_param)
    columns = [im2col(one[None], HH, WW, conv_param) for one in x]
    out = [(w.reshape(F, -1).dot(cols) + b.reshape(-1, 1)).reshape(F, H2, W2) for cols in columns]
    return np.stack(out), (columns, x, w, conv_param)

def conv_backward_im2col(dout, cache):
    columns, x, w, conv_param = cache
    F, C, HH, WW = w.shape
    dx, dw = np.empty_like(x), np.zeros_like(w)
    for n, cols in enumerate(columns):
        D = dout[n].reshape(F, -1)
        dw += D.dot(cols.T).reshape(w.shape)
        dx[n] = col2im(w.reshape(F, -1).T.dot(D), x[n:n + 1].shape, HH, WW, conv_param)[0]
    return dx, dw, dout.sum(axis=3).sum(axis=2).sum(axis=0)
""",
    ),
    "max pooling that hands the gradient to every tied maximum, as half of the published answers": (
        "pooling.py",
        """
def max_pool_backward_naive(dout, cache):
    x, pool_param = cache
    ph, pw, s = pool_param["pool_height"], pool_param["pool_width"], pool_param["stride"]
    dx = np.zeros_like(x)
    for n in range(dout.shape[0]):
        for c in range(dout.shape[1]):
            for i in range(dout.shape[2]):
                for j in range(dout.shape[3]):
                    window = x[n, c, i * s:i * s + ph, j * s:j * s + pw]
                    mask = window == np.max(window)
                    dx[n, c, i * s:i * s + ph, j * s:j * s + pw] += mask * dout[n, c, i, j]
    return dx
""",
    ),
    "max pooling that splits the gradient between tied maxima": (
        "pooling.py",
        """
def max_pool_forward_naive(x, pool_param):
    ph, pw, s, H2, W2 = pool_sizes(x.shape, pool_param)
    out = np.zeros((x.shape[0], x.shape[1], H2, W2), x.dtype)
    for i in range(H2):
        for j in range(W2):
            out[:, :, i, j] = np.amax(x[:, :, i * s:i * s + ph, j * s:j * s + pw], axis=(2, 3))
    return out, (x, out, pool_param)

def max_pool_backward_naive(dout, cache):
    x, out, pool_param = cache
    ph, pw, s, H2, W2 = pool_sizes(x.shape, pool_param)
    dx = np.zeros(x.shape, dout.dtype)
    for i in range(H2):
        for j in range(W2):
            mask = x[:, :, i * s:i * s + ph, j * s:j * s + pw] == out[:, :, i:i + 1, j:j + 1]
            share = mask / mask.sum(axis=(2, 3), keepdims=True, dtype=dout.dtype)
            dx[:, :, i * s:i * s + ph, j * s:j * s + pw] += share * dout[:, :, i:i + 1, j:j + 1]
    return dx
""",
    ),
    "max pooling that remembers places, the last maximum's": (
        "pooling.py",
        """
from numpy.lib.stride_tricks import sliding_window_view

def max_pool_forward_naive(x, pool_param):
    ph, pw, s, H2, W2 = pool_sizes(x.shape, pool_param)
    flat = sliding_window_view(x, (ph, pw), axis=(2, 3))[:, :, ::s, ::s].reshape(*x.shape[:2], H2, W2, -1)
    last = flat.shape[-1] - 1 - flat[..., ::-1].argmax(axis=-1)
    return np.take_along_axis(flat, last[..., None], -1)[..., 0], (x.shape, last, pw, s)

def max_pool_backward_naive(dout, cache):
    shape, last, pw, s = cache
    n, c, i, j = np.indices(last.shape)
    dx = np.zeros(shape, dout.dtype)
    np.add.at(dx, (n, c, i * s + last // pw, j * s + last % pw), dout)
    return dx
""",
    ),
    "average pooling over taps": (
        "pooling.py",
        """
def avg_pool_forward_naive(x, pool_param):
    ph, pw, s, H2, W2 = pool_sizes(x.shape, pool_param)
    out = sum(x[:, :, h:h + s * H2:s, w:w + s * W2:s] for h in range(ph) for w in range(pw))
    return out / (ph * pw), {"shape": x.shape, **pool_param}

def avg_pool_backward_naive(dout, cache):
    ph, pw, s, H2, W2 = pool_sizes(cache["shape"], cache)
    dx = np.zeros(cache["shape"], dout.dtype)
    for h in range(ph):
        for w in range(pw):
            dx[:, :, h:h + s * H2:s, w:w + s * W2:s] += dout / (ph * pw)
    return dx
""",
    ),
    "average pooling window by window, all channels at once": (
        "pooling.py",
        """
def avg_pool_forward_naive(x, pool_param):
    ph, pw, s = pool_param["pool_height"], pool_param["pool_width"], pool_param["stride"]
    N, C, H, W = x.shape
    out = np.zeros((N, C, (H - ph) // s + 1, (W - pw) // s + 1), dtype=(x[:0] / 2).dtype)
    for i in range(out.shape[2]):
        for j in range(out.shape[3]):
            out[:, :, i, j] = np.mean(x[:, :, i * s:i * s + ph, j * s:j * s + pw], axis=(2, 3))
    return out, (x, ph, pw, s)

def avg_pool_backward_naive(dout, cache):
    x, ph, pw, s = cache
    dx = np.zeros_like(x)
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            share = np.ones((ph, pw), dout.dtype) / (ph * pw)
            dx[:, :, i * s:i * s + ph, j * s:j * s + pw] += np.multiply.outer(dout[:, :, i, j], share)
    return dx
""",
    ),
    "activations with the input in the cache, and slope 1 at 0": (
        "activations.py",
        """
def leaky_relu_forward(x, slope=0.1):
    return np.maximum(x, 0) + slope * np.minimum(x, 0), {"x": x, "slope": slope}

def leaky_relu_backward(dout, cache):
    dx = np.ones_like(cache["x"])
    dx[cache["x"] < 0] = cache["slope"]
    return dx * dout

def sigmoid(x):
    return 0.5 * (1 + np.tanh(0.5 * x))

def sigmoid_forward(x):
    return sigmoid(x), x

def sigmoid_backward(dout, cache):
    return sigmoid(cache) * (1 - sigmoid(cache)) * dout

def tanh_forward(x):
    return np.tanh(x), (x,)

def tanh_backward(dout, cache):
    return (1 - np.square(np.tanh(cache[0]))) * dout
""",
    ),
    "a sigmoid in two halves, and tanh made of it": (
        "activations.py",
        """
def leaky_relu_forward(x, slope=0.1):
    mask = np.where(x > 0, 1, slope).astype(x.dtype)
    return x * mask, mask

def leaky_relu_backward(dout, cache):
    return dout * cache

def sigmoid_forward(x):
    out = np.empty_like(x)
    high = x >= 0
    out[high] = 1 / (1 + np.exp(-x[high]))
    e = np.exp(x[~high])
    out[~high] = e / (1 + e)
    return out, (x, out)

def sigmoid_backward(dout, cache):
    _, out = cache
    return dout * (out - out * out)

def tanh_forward(x):
    s, _ = sigmoid_forward(2 * x)
    return 2 * s - 1, s

def tanh_backward(dout, cache):
    return 4 * dout * cache * (1 - cache)
""",
    ),
    "a sigmoid that cuts the input off": (
        "activations.py",
        """
def sigmoid_forward(x):
    out = 1.0 / (1.0 + np.exp(-np.clip(x, -80, 80)))
    return out, out
""",
    ),
    "a net on the naive layers, as CS231n would write it": (
        "cnn.py",
        """
from .layers import conv_backward_naive, conv_forward_naive, relu_backward, relu_forward
from .layers import max_pool_backward_naive, max_pool_forward_naive

class ThreeLayerConvNet(object):
    def __init__(self, input_dim=(3, 32, 32), num_filters=32, filter_size=7, hidden_dim=100,
                 num_classes=10, weight_scale=1e-3, reg=0.0, dtype=np.float32, seed=None):
        self.params = {}
        self.reg = reg
        self.dtype = dtype
        rng = np.random.RandomState(seed)
        C, H, W = input_dim
        self.params["W1"] = rng.normal(0, weight_scale, (num_filters, C, filter_size, filter_size))
        self.params["b1"] = np.zeros(num_filters)
        self.params["W2"] = rng.normal(0, weight_scale, (num_filters * H * W // 4, hidden_dim))
        self.params["b2"] = np.zeros(hidden_dim)
        self.params["W3"] = weight_scale * rng.randn(hidden_dim, num_classes)
        self.params["b3"] = np.zeros(num_classes)
        for k, v in self.params.items():
            self.params[k] = v.astype(dtype)

    def loss(self, X, y=None):
        W1, b1 = self.params["W1"], self.params["b1"]
        W2, b2 = self.params["W2"], self.params["b2"]
        W3, b3 = self.params["W3"], self.params["b3"]
        X = X.astype(self.dtype)
        conv_param = {"stride": 1, "pad": (W1.shape[2] - 1) // 2}
        pool_param = {"pool_height": 2, "pool_width": 2, "stride": 2}
        a1, cache1 = conv_forward_naive(X, W1, b1, conv_param)
        r1, cache2 = relu_forward(a1)
        p1, cache3 = max_pool_forward_naive(r1, pool_param)
        a2, cache4 = affine_forward(p1, W2, b2)
        r2, cache5 = relu_forward(a2)
        scores, cache6 = affine_forward(r2, W3, b3)
        if y is None:
            return scores
        loss, grads = 0, {}
        data_loss, dscores = softmax_loss(scores, y)
        reg_loss = 0.5 * self.reg * (np.sum(W1**2) + np.sum(W2**2) + np.sum(W3**2))
        loss = data_loss + reg_loss
        dr2, grads["W3"], grads["b3"] = affine_backward(dscores, cache6)
        da2 = relu_backward(dr2, cache5)
        dp1, grads["W2"], grads["b2"] = affine_backward(da2, cache4)
        dr1 = max_pool_backward_naive(dp1, cache3)
        da1 = relu_backward(dr1, cache2)
        dx, grads["W1"], grads["b1"] = conv_backward_naive(da1, cache1)
        grads["W1"] += self.reg * W1
        grads["W2"] += self.reg * W2
        grads["W3"] += self.reg * W3
        return loss, grads
""",
    ),
    "a net without any layer of ours": (
        "cnn.py",
        """
from numpy.lib.stride_tricks import sliding_window_view

class ThreeLayerConvNet(ThreeLayerConvNet):
    def loss(self, X, y=None):
        p, N = self.params, len(X)
        X = np.asarray(X, self.dtype)
        k = p["W1"].shape[-1] // 2
        padded = np.pad(X, ((0, 0), (0, 0), (k, k), (k, k)))
        seen = sliding_window_view(padded, p["W1"].shape[2:], axis=(2, 3))
        maps = np.maximum(np.einsum("ncijhw,fchw->nfij", seen, p["W1"]) + p["b1"][:, None, None], 0)
        tall, wide = maps.shape[2] // 2, maps.shape[3] // 2
        boxes = maps[:, :, :2 * tall, :2 * wide].reshape(N, -1, tall, 2, wide, 2)
        halves = boxes.max(axis=(3, 5))
        flat = halves.reshape(N, -1)
        hidden = np.maximum(flat @ p["W2"] + p["b2"], 0)
        scores = hidden @ p["W3"] + p["b3"]
        if y is None:
            return scores
        log_p = scores - np.logaddexp.reduce(scores, axis=1, keepdims=True)
        loss = -log_p[range(N), y].mean()
        for name in p:
            if name.startswith("W"):
                loss += self.reg / 2 * np.sum(p[name] ** 2)
        d = (np.exp(log_p) - np.eye(scores.shape[1], dtype=scores.dtype)[y]) / N
        dhidden = d @ p["W3"].T * (hidden > 0)
        dhalves = (dhidden @ p["W2"].T).reshape(halves.shape)
        dmaps = np.zeros_like(maps)
        dmaps[:, :, :2 * tall, :2 * wide] = (
            (boxes == halves[:, :, :, None, :, None]) * dhalves[:, :, :, None, :, None]
        ).reshape(N, -1, 2 * tall, 2 * wide)
        dmaps *= maps > 0
        grads = {
            "b3": d.sum(0), "W3": hidden.T @ d + self.reg * p["W3"],
            "b2": dhidden.sum(0), "W2": flat.T @ dhidden + self.reg * p["W2"],
            "b1": dmaps.sum((0, 2, 3)), "W1": np.einsum("ncijhw,nfij->fchw", seen, dmaps) + self.reg * p["W1"],
        }
        return loss, grads
""",
    ),
    "all layers in one file, as CS231n hands them out": (
        "layers.py",
        """
def conv_forward_naive(x, w, b, conv_param):
    out = None
    N, C, H, W = x.shape
    F, C, HH, WW = w.shape
    pad, stride, dilation = conv_param["pad"], conv_param["stride"], conv_param.get("dilation", 1)
    tall, wide = dilation * (HH - 1) + 1, dilation * (WW - 1) + 1
    H_out, W_out = 1 + (H + 2 * pad - tall) // stride, 1 + (W + 2 * pad - wide) // stride
    x_pad = np.pad(x, ((0,), (0,), (pad,), (pad,)), "constant")
    out = np.zeros((N, F, H_out, W_out), dtype=(x[:0] * w.flat[0]).dtype)
    for k in range(N):
        for l in range(H_out):
            for m in range(W_out):
                part = x_pad[k, :, l * stride:l * stride + tall:dilation, m * stride:m * stride + wide:dilation]
                out[k, :, l, m] = np.sum(part * w, axis=(1, 2, 3)) + b
    cache = (x, w, b, conv_param)
    return out, cache

def conv_backward_naive(dout, cache):
    x, w, b, conv_param = cache
    pad, stride, dilation = conv_param["pad"], conv_param["stride"], conv_param.get("dilation", 1)
    tall, wide = dilation * (w.shape[2] - 1) + 1, dilation * (w.shape[3] - 1) + 1
    x_pad = np.pad(x, ((0,), (0,), (pad,), (pad,)), "constant")
    dx_pad, dw = np.zeros_like(x_pad), np.zeros_like(w)
    db = np.sum(dout, axis=(0, 2, 3))
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            at = slice(i * stride, i * stride + tall, dilation), slice(j * stride, j * stride + wide, dilation)
            x_pad_masked = x_pad[:, :, at[0], at[1]]
            for k in range(w.shape[0]):
                dw[k] += np.sum(x_pad_masked * (dout[:, k, i, j])[:, None, None, None], axis=0)
            for n in range(x.shape[0]):
                dx_pad[n, :, at[0], at[1]] += np.sum(w * (dout[n, :, i, j])[:, None, None, None], axis=0)
    return dx_pad[:, :, pad:x_pad.shape[2] - pad, pad:x_pad.shape[3] - pad], dw, db

def max_pool_forward_naive(x, pool_param):
    N, C, H, W = x.shape
    ph, pw, s = pool_param["pool_height"], pool_param["pool_width"], pool_param["stride"]
    out = np.zeros((N, C, (H - ph) // s + 1, (W - pw) // s + 1), dtype=x.dtype)
    for n in range(N):
        for i in range(out.shape[2]):
            for j in range(out.shape[3]):
                out[n, :, i, j] = np.max(x[n, :, i * s:i * s + ph, j * s:j * s + pw], axis=(1, 2))
    return out, (x, pool_param)
""",
    ),
}
