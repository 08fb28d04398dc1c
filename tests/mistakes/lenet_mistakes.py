"""Wrong answers to the fifth notebook, and right ones written differently."""

# A mistake is a row of a table, long or short.
# ruff: noqa: E501

from course.authoring.tables import mistakes

NOTEBOOK = "5_lenet"

LOST = "(0, FILTER_SIZE - 1)"
HALF = "H, W = H // 2, W // 2"
AFTER_CONV = "shapes.append((filters, H, W))\n        H, W = H // 2"
UNITS = "return [*shapes, *((units,) for units in (*widths[2:], num_classes))]"
FILTERS = "for filters, lost in zip(widths[:2]"

SHAPES = mistakes(
    "lenet.py",
    ("the second convolution keeps the size", LOST, "(0, 0)", {1}, "arrow-3"),
    ("both convolutions lose the border", LOST, "(4, 4)", {1}, "arrow-1"),
    ("the border is lost on one side only", LOST, "(0, 2)", {1}, "arrow-3"),
    ("the second convolution loses 5", LOST, "(0, FILTER_SIZE)", {1}, "arrow-3"),
    ("the sizes are halved to fractions", HALF, "H, W = H / 2, W / 2", {1}, "type"),
    ("the sizes are halved to whole floats", HALF, "H, W = H / 2 // 1, W / 2 // 1", {1}, "type"),
    ("odd sizes are rounded up", HALF, "H, W = (H + 1) // 2, (W + 1) // 2", {1}, "arrow-2"),
    ("only the height is halved", HALF, "H = H // 2", {1}, "arrow-2"),
    ("the pictures are taken for square", HALF, "H = W = H // 2", {1}, "arrow-2"),
    ("the pools are left out", HALF, "pass", {1}, "arrow-2"),
    ("the pool takes windows of 2 at every place", HALF, "H, W = H - 1, W - 1", {1}, "arrow-2"),
    ("height and width are exchanged", "C, H, W = input_dim", "C, W, H = input_dim", {1}, "arrow-0"),
    ("channels come last", "C, H, W = input_dim", "H, W, C = input_dim", {1}, "raised"),
    ("the scores are left out", UNITS, "return [*shapes, *((units,) for units in widths[2:])]", {1}, "arrows"),
    ("the flat layer has an arrow of its own", UNITS, "shapes.append((filters * H * W,))\n    " + UNITS, {1}, "arrows"),
    ("the hidden layers come in reverse order", UNITS, UNITS.replace("widths[2:]", "widths[:1:-1]"), {1}, "arrow-5"),
    ("the convolutions come in reverse order", FILTERS, FILTERS.replace("widths[:2]", "widths[1::-1]"), {1}, "arrow-1"),
    ("the widths of 1998 whatever is asked for", "    C, H, W = input_dim\n    if", "    C, H, W = input_dim\n    widths = (6, 16, 120, 84)\n    if", {1}, "arrow-1"),
    ("ten classes whatever is asked for", "(*widths[2:], num_classes)", "(*widths[2:], 10)", {1}, "arrow-7"),
    ("units are numbers, not tuples", UNITS, "return [*shapes, *widths[2:], num_classes]", {1}, "type"),
    ("nothing is returned", UNITS, UNITS.replace("return ", ""), {1}, "returned-none"),
)  # fmt: skip

PRODUCTS = "of_convs = sum(prod(after) * before[0] * FILTER_SIZE**2 for before, after in convs)"
DENSE = "return of_convs + sum(prod(before) * after[0] for before, after in pairwise(arrows[4:]))"
CONVS = "convs = [(arrows[0], arrows[1]), (arrows[2], arrows[3])]"

ARITHMETIC = mistakes(
    "lenet.py",
    ("the weights are counted, not their uses", PRODUCTS, PRODUCTS.replace("prod(after)", "after[0]"), {2}, "weights-not-uses"),
    ("the channels are forgotten", PRODUCTS, PRODUCTS.replace(" * before[0]", ""), {2}, "one-map"),
    ("the filters are forgotten", PRODUCTS, PRODUCTS.replace("prod(after)", "prod(after[1:])"), {2}, "one-of-the-filters"),
    ("a filter has 5 weights a channel", PRODUCTS, PRODUCTS.replace("**2", ""), {2}, "five-weights"),
    ("the places are those before the convolution", PRODUCTS, PRODUCTS.replace("prod(after) * before[0]", "prod(before) * after[0]"), {2}, "other-places"),
    ("the places are those behind the pool", CONVS, "convs = [(arrows[0], arrows[2]), (arrows[2], arrows[4])]", {2}, "other-places"),
    ("every product and every sum is counted", DENSE, "return 2 * (of_convs + sum(prod(before) * after[0] for before, after in pairwise(arrows[4:])))", {2}, "times-2"),
    ("the way back is counted too", DENSE, "return 3 * (of_convs + sum(prod(before) * after[0] for before, after in pairwise(arrows[4:])))", {2}, "way-back"),
    ("the affine layers are forgotten", DENSE, "return of_convs", {2}, "missing-term"),
    ("the convolutions are forgotten", DENSE, DENSE.replace("of_convs + ", ""), {2}, "missing-term"),
    ("the first convolution is forgotten", CONVS, "convs = [(arrows[2], arrows[3])]", {2}, "missing-term"),
    ("the second convolution is forgotten", CONVS, "convs = [(arrows[0], arrows[1])]", {2}, "missing-term"),
    ("the last layer is forgotten", DENSE, DENSE.replace("arrows[4:]", "arrows[4:7]"), {2}, "missing-term"),
    ("the first affine layer is forgotten", DENSE, DENSE.replace("arrows[4:]", "arrows[5:]"), {2}, "missing-term"),
    ("the maps are not laid out flat", DENSE, DENSE.replace("prod(before)", "before[0]"), {2}, "not-flat"),
    ("a product for each bias at each place is counted", DENSE, "return of_convs + prod(arrows[1]) + prod(arrows[3]) + sum((prod(before) + 1) * after[0] for before, after in pairwise(arrows[4:]))", {2}, "biases-counted"),
    ("the biases are counted, their uses are not", DENSE, "return of_convs + sum(widths) + num_classes + sum(prod(before) * after[0] for before, after in pairwise(arrows[4:]))", {2}, "biases-counted"),
    ("it is a fraction", DENSE, f"{DENSE} / 1", {2}, "dtype"),
    ("nothing is returned", DENSE, DENSE.replace("return ", ""), {2}, "returned-none"),
)  # fmt: skip

XAVIER = "W = xavier_initializer(Din, Dout, K, rng=self.rng)"
NORMAL = "W = initializer * self.rng.standard_normal(shape)"
BIAS = 'self.params[f"b{i}"] = np.zeros(Dout, self.dtype)'
GAMMA = 'self.params[f"gamma{i}"] = np.ones(Dout, self.dtype)'
BETA = 'self.params[f"beta{i}"] = np.zeros(Dout, self.dtype)'
CAST = 'self.params[f"W{i}"] = W.astype(self.dtype)'

FIRST = mistakes(
    "lenet.py",
    ("the filters' size is forgotten", XAVIER, "W = xavier_initializer(Din, Dout, rng=self.rng)", {3}, "shape"),
    ("inputs and outputs are exchanged", XAVIER, XAVIER.replace("Din, Dout", "Dout, Din"), {3}, "shape"),
    ("xavier is drawn as if there were one pixel", XAVIER, "W = xavier_initializer(Din, Dout, rng=self.rng)\n                W = np.resize(W, (Dout, Din, K, K)) if K else W", {3}, "spread"),
    ("xavier counts inputs alone", XAVIER, f"{XAVIER}\n                W = W * np.sqrt((Din + Dout) / (2 * Din))", {3}, "spread"),
    ("xavier is halved in variance", XAVIER, f"{XAVIER} / np.sqrt(2)", {3}, "spread"),
    ("xavier is doubled in variance", XAVIER, f"{XAVIER} * np.sqrt(2)", {3}, "spread"),
    ("xavier is not asked", 'if initializer == "xavier":', "if False:", {3}, "raised"),
    ("xavier is always asked", 'if initializer == "xavier":', "if True:", {3}, "spread"),
    ("the spread is taken for a variance", NORMAL, NORMAL.replace("initializer *", "np.sqrt(initializer) *"), {3}, "spread"),
    ("the spread is forgotten", NORMAL, NORMAL.replace("initializer * ", ""), {3}, "spread"),
    ("the weights are uniform and positive", NORMAL, NORMAL.replace("standard_normal", "random"), {3}, "spread"),
    ("the weights are centred on the spread", NORMAL, "W = self.rng.normal(initializer, initializer, shape)", {3}, "one-sign"),
    ("the weights are 0", NORMAL, "W = np.zeros(shape)", {3}, "spread"),
    ("the weights are all the same", NORMAL, "W = np.full(shape, initializer)", {3}, "spread"),
    ("the seed is not asked", NORMAL, "pass\n            W = np.random.default_rng().standard_normal((Dout, Din, K, K) if K else (Din, Dout)) * (initializer if initializer != 'xavier' else np.sqrt(2 / (Din + Dout) / (K or 1) ** 2))", {3}, "rng"),
    ("the seed is a number written in", XAVIER, XAVIER.replace("self.rng", "np.random.default_rng(0)") , {3}, "rng"),
    ("xavier draws without the net's generator", XAVIER, XAVIER.replace(", rng=self.rng", ""), {3}, "rng"),
    ("each layer begins with the seed", XAVIER, XAVIER.replace("self.rng", "seed"), {3}, "alike"),
    ("the biases are random", BIAS, BIAS.replace("np.zeros(Dout, self.dtype)", "self.rng.standard_normal(Dout).astype(self.dtype)"), {3}, "biases"),
    ("the biases are 1", BIAS, BIAS.replace("zeros", "ones"), {3}, "biases"),
    ("the biases are rows", BIAS, BIAS.replace("Dout,", "(1, Dout),"), {3}, "shape"),
    ("there is a bias for each input", BIAS, BIAS.replace("Dout", "Din"), {3}, "shape"),
    ("the biases are forgotten", BIAS, "pass", {3}, "keys"),
    ("gamma is 0", GAMMA, GAMMA.replace("ones", "zeros"), {3}, "gammas"),
    ("gamma is random", GAMMA, GAMMA.replace("np.ones(Dout, self.dtype)", "self.rng.random(Dout).astype(self.dtype)"), {3}, "gammas"),
    ("beta is 1", BETA, BETA.replace("zeros", "ones"), {3}, "biases"),
    ("gamma is a single number", GAMMA, GAMMA.replace("Dout", "1"), {3}, "shape"),
    ("beta is forgotten", BETA, "pass", {3}, "keys"),
    ("every layer has batch norm", "if batchnorm and K:", "if batchnorm:", {3}, "keys"),
    ("batch norm is always there", "if batchnorm and K:", "if K:", {3}, "keys"),
    ("batch norm is never there", "if batchnorm and K:", "if False:", {3}, "keys"),
    ("layers count from 0", "layer_sizes(self.shapes), start=1)", "layer_sizes(self.shapes), start=0)", {3}, "keys"),
    ("weights stay in the type they were drawn in", CAST, 'self.params[f"W{i}"] = W', {3}, "dtype"),
    ("weights are float32 whatever is asked for", CAST, CAST.replace("self.dtype", "np.float32"), {3}, "dtype"),
    ("biases are float64 whatever is asked for", BIAS, BIAS.replace(", self.dtype", ""), {3}, "dtype"),
)  # fmt: skip

CONV = 'a, cache = fast_layers.conv_forward_fast(x, p[f"W{i}"], p[f"b{i}"], CONV_PARAMS[i])'
NORMED = "a, bn_cache = layers.spatial_batchnorm_forward(a, gamma, beta, bn_param)"
BENT = "h, activation_cache = self.activate(a)"
POOLED = "out, pool_cache = fast_layers.max_pool_forward_fast(h, POOL_PARAM)"
PICK = 'gamma, beta, bn_param = p[f"gamma{i}"], p[f"beta{i}"], self.bn_params[i - 1]'

CONV_FORWARD = mistakes(
    "lenet.py",
    ("the activation is left out", BENT, f"{BENT}\n        h = a", {4}, "no-activation"),
    ("the activation is always tanh", BENT, "h, activation_cache = layers.tanh_forward(a)", {4}, "other-activation"),
    ("the activation is always ReLU", BENT, "h, activation_cache = layers.relu_forward(a)", {4}, "other-activation"),
    ("the activation is run twice", BENT, f"{BENT}\n        h, activation_cache = self.activate(h)", {4}, "activation-twice"),
    ("batch norm is left out", NORMED, "_, bn_cache = layers.spatial_batchnorm_forward(a, gamma, beta, bn_param)", {4}, "no-norm"),
    ("batch norm is behind the activation", f"        if self.bn_params:\n            {PICK}\n            {NORMED}\n        {BENT}", f"        {BENT}\n        if self.bn_params:\n            {PICK}\n            {NORMED.replace('a, ', 'h, ', 1).replace('(a,', '(h,')}", {4}, "late-norm"),
    ("batch norm is behind the pool", f"        if self.bn_params:\n            {PICK}\n            {NORMED}\n        {BENT}\n        {POOLED}", f"        {BENT}\n        {POOLED}\n        if self.bn_params:\n            {PICK}\n            {NORMED.replace('a, ', 'out, ', 1).replace('(a,', '(out,')}", {4}, "last-norm"),
    ("gamma and beta are exchanged", NORMED, NORMED.replace("gamma, beta", "beta, gamma"), {4}, "gamma-for-beta"),
    ("gamma and beta are those of layer 1", PICK, PICK.replace("{i}", "1"), {4}, "raised"),
    ("the settings are those of layer 1", PICK, PICK.replace("[i - 1]", "[0]"), {4}, "raised"),
    ("the settings are those of the next layer", PICK, PICK.replace("[i - 1]", "[i]"), {4}, "raised"),
    ("the statistics are those that run", NORMED, NORMED.replace("bn_param)", "{**bn_param, 'mode': 'test'})"), {4}, "running-in-training"),
    ("the settings are copied", NORMED, NORMED.replace("bn_param)", "dict(bn_param))"), {5}, "stays-in-training"),
    ("both convolutions are padded", CONV, CONV.replace("CONV_PARAMS[i]", "CONV_PARAMS[1]"), {4}, "shape"),
    ("no convolution is padded", CONV, CONV.replace("CONV_PARAMS[i]", "CONV_PARAMS[2]"), {4}, "shape"),
    ("the stride is that of the pool", CONV, CONV.replace("CONV_PARAMS[i]", "{**CONV_PARAMS[i], 'stride': 2}"), {4}, "shape"),
    ("the pool is left out", POOLED, f"{POOLED}\n        out = h", {4}, "shape"),
    ("the pool overlaps", POOLED, POOLED.replace("POOL_PARAM", "{**POOL_PARAM, 'stride': 1}"), {4}, "shape"),
    ("the pool takes the mean", POOLED, "out, pool_cache = layers.avg_pool_forward_naive(h, POOL_PARAM)", {4}, "mean"),
    ("the bias is left out", CONV, CONV.replace('p[f"b{i}"]', '0 * p[f"b{i}"]'), {4}, "no-bias"),
    ("the weights are those of layer 1", CONV, CONV.replace("{i}", "1"), {4}, "shape"),
    ("the caches are not returned", "return out, (cache, bn_cache, activation_cache, pool_cache)", "return out", {4}, "returned-count"),
    ("nothing is returned", "return out, (cache, bn_cache, activation_cache, pool_cache)", "pass", {4}, "returned-none"),
)  # fmt: skip

DROPPED = "out, dropout_cache = layers.dropout_forward(out, self.dropout_param)"
DROPS = f"if i == 4:\n            {DROPPED}"
HIDDEN = 'a, cache = layers.affine_forward(x, self.params[f"W{i}"], self.params[f"b{i}"])'
ACTIVATED = "out, activation_cache = self.activate(a)"
HIDDEN_OUT = "return out, (cache, activation_cache, dropout_cache)"

HIDDEN_FORWARD = mistakes(
    "lenet.py",
    ("hidden: the activation is left out", ACTIVATED, "out, activation_cache = a, self.activate(a)[1]", {5}, "no-activation"),
    ("hidden: the activation is always tanh", ACTIVATED, "out, activation_cache = layers.tanh_forward(a)", {5}, "other-activation"),
    ("hidden: the activation is always ReLU", ACTIVATED, "out, activation_cache = layers.relu_forward(a)", {5}, "other-activation"),
    ("hidden: the activation is run twice", ACTIVATED, f"{ACTIVATED}\n        out, activation_cache = self.activate(out)", {5}, "activation-twice"),
    ("hidden: the bias is left out", HIDDEN, HIDDEN.replace('self.params[f"b{i}"]', '0 * self.params[f"b{i}"]'), {5}, "no-bias"),
    ("hidden: the parameters are those of layer 3", HIDDEN, HIDDEN.replace("{i}", "3"), {5}, "raised"),
    ("hidden: the pictures are laid out in another order", HIDDEN, f"x = x.transpose(0, 2, 3, 1) if x.ndim == 4 else x\n        {HIDDEN}", {5}, "pixel-by-pixel"),
    ("hidden: the pictures are laid out column by column", HIDDEN, f"x = x.reshape(len(x), -1, order='F')\n        {HIDDEN}", {5}, "pixel-by-pixel"),
    ("dropout is always told to train", DROPPED, DROPPED.replace("self.dropout_param)", "{**self.dropout_param, 'mode': 'train'})"), {5}, "dropped-at-test"),
    ("dropout is never told to train", DROPPED, DROPPED.replace("self.dropout_param)", "{**self.dropout_param, 'mode': 'test'})"), {5}, "nothing-dropped"),
    ("dropout is told the other mode", DROPPED, DROPPED.replace("self.dropout_param)", "{**self.dropout_param, 'mode': 'test' if self.dropout_param['mode'] == 'train' else 'train'})"), {5}, "dropped-at-test"),
    ("dropout is left out", DROPPED, "dropout_cache = 1", {5}, "nothing-dropped"),
    ("dropout drops twice", DROPPED, f"{DROPPED}\n            out, _ = layers.dropout_forward(out, self.dropout_param)", {5}, "factor"),
    ("dropout is before the last hidden layer, and not behind it", f"{HIDDEN}\n        {ACTIVATED}\n        {DROPS}", f"if i == 4:\n            x, dropout_cache = layers.dropout_forward(x, self.dropout_param)\n        {HIDDEN}\n        {ACTIVATED}", {5}, "dropout-elsewhere"),
    ("dropout is before the hidden layers", f"{HIDDEN}\n        {ACTIVATED}\n        {DROPS}", f"if i == 3:\n            x, _ = layers.dropout_forward(x, self.dropout_param)\n        {HIDDEN}\n        {ACTIVATED}\n        {DROPS}", {5}, None),
    ("dropout is behind both hidden layers", DROPS, f"if True:\n            {DROPPED}", {5}, None),
    ("dropout is behind the first hidden layer", DROPS, f"if i == 3:\n            {DROPPED}", {5}, "dropout-elsewhere"),
    ("dropout is before the activation", f"{ACTIVATED}\n        {DROPS}", f"if i == 4:\n            a, dropout_cache = layers.dropout_forward(a, self.dropout_param)\n        {ACTIVATED}", {5}, None),
    ("what is kept is divided by the keep ratio again", DROPPED, f"{DROPPED}\n            out = out / self.dropout_param['p']", {5}, "scaled-at-test"),
    ("p is taken for the share to drop", DROPPED, DROPPED.replace("self.dropout_param)", "{**self.dropout_param, 'p': 1.001 - self.dropout_param['p']})"), {5}, "same-lines"),
    ("hidden: out is float64", HIDDEN_OUT, HIDDEN_OUT.replace("return out", "return out.astype(float)"), {8}, "dtype"),
    ("hidden: x is changed", HIDDEN, f"x -= 0\n        {HIDDEN}", {9}, "in-place"),
    ("hidden: only out is returned", HIDDEN_OUT, "return out", {5}, "raised"),
    ("hidden: nothing is returned", HIDDEN_OUT, "pass", {5}, "raised"),
)  # fmt: skip

HIDDEN_BACK = "da = self.activate_backward(dout, activation_cache)"
DROP_BACK = "dout = layers.dropout_backward(dout, dropout_cache)"
AFFINE_BACK = "dx, dW, db = layers.affine_backward(da, cache)"
HIDDEN_GRADS = 'return dx, {f"W{i}": dW, f"b{i}": db}'

HIDDEN_BACKWARD = mistakes(
    "lenet.py",
    ("hidden: the slope of the activation is left out", HIDDEN_BACK, "da = dout", {6}, "back-without-activation"),
    ("hidden: the slope of the activation is that of tanh", HIDDEN_BACK, "da = layers.tanh_backward(dout, activation_cache)", {6}, None),
    ("hidden: the slope of the activation is taken twice", HIDDEN_BACK, f"{HIDDEN_BACK}\n        da = self.activate_backward(da, activation_cache)", {6}, None),
    ("dropout is passed by", DROP_BACK, "pass", {6}, "back-without-dropout"),
    ("dropout draws a new mask", DROP_BACK, "dout, _ = layers.dropout_forward(dout, self.dropout_param)", {6}, None),
    ("dropout multiplies twice", DROP_BACK, f"{DROP_BACK}\n            {DROP_BACK}", {6}, "over-keep"),
    ("dropout is undone in both hidden layers", f"if i == 4:\n            {DROP_BACK}", DROP_BACK, {6}, "raised"),
    ("hidden: the bias gets no gradient", HIDDEN_GRADS, 'return dx, {f"W{i}": dW}', {6}, "keys"),
    ("hidden: the weights get no gradient", HIDDEN_GRADS, 'return dx, {f"b{i}": db}', {6}, "keys"),
    ("hidden: no parameter gets a gradient", HIDDEN_GRADS, "return dx, {}", {6}, "keys"),
    ("hidden: the names are those of layer 3", HIDDEN_GRADS, 'return dx, {"W3": dW, "b3": db}', {6}, "keys"),
    ("hidden: the bias has the weights' gradient", HIDDEN_GRADS, 'return dx, {f"W{i}": dW, f"b{i}": dW}', {6}, "shape"),
    ("hidden: the bias gradient is a mean", HIDDEN_GRADS, 'return dx, {f"W{i}": dW, f"b{i}": db / len(dout)}', {6}, "over-N"),
    ("hidden: the weights are divided by N", HIDDEN_GRADS, 'return dx, {f"W{i}": dW / len(dout), f"b{i}": db}', {6}, "over-N"),
    ("hidden: the gradients are halved", AFFINE_BACK, "dx, dW, db = layers.affine_backward(da / 2, cache)", {6}, "over-2"),
    ("hidden: the gradient along out is divided by N", AFFINE_BACK, "dx, dW, db = layers.affine_backward(da / len(da), cache)", {6}, "over-N"),
    ("hidden: dout is handed on", HIDDEN_GRADS, HIDDEN_GRADS.replace("dx", "dout"), {6}, "shape"),
    ("hidden: the gradients come first", HIDDEN_GRADS, 'return {f"W{i}": dW, f"b{i}": db}, dx', {6}, "keys"),
    ("hidden: dx is not returned", HIDDEN_GRADS, 'return {f"W{i}": dW, f"b{i}": db}', {6}, "keys"),
    ("hidden: no gradient is returned", HIDDEN_GRADS, "pass", {6}, "returned-none"),
)  # fmt: skip

POOL_BACK = "dh, grads = fast_layers.max_pool_backward_fast(dout, pool_cache), {}"
ACTIVATION_BACK = "da = self.activate_backward(dh, activation_cache)"
NORM_BACK = "da, dgamma, dbeta = layers.spatial_batchnorm_backward(da, bn_cache)"
NORM_GRADS = 'grads = {f"gamma{i}": dgamma, f"beta{i}": dbeta}'
CONV_GRADS = 'return dx, {**grads, f"W{i}": dW, f"b{i}": db}'
CONV_BACK = (
    "dx, dW, db = fast_layers.conv_backward_fast(da, cache, needs_dx=i > 1 or self.needs_dx)"
)

CONV_BACKWARD = mistakes(
    "lenet.py",
    ("the slope of the activation is left out", ACTIVATION_BACK, "da = dh", {7}, "back-without-activation"),
    ("the slope of the activation is that of tanh", ACTIVATION_BACK, "da = layers.tanh_backward(dh, activation_cache)", {7}, None),
    ("batch norm is passed by", NORM_BACK, "_, dgamma, dbeta = layers.spatial_batchnorm_backward(da, bn_cache)", {7}, "back-without-norm"),
    ("batch norm takes the gradient before the activation", NORM_BACK, NORM_BACK.replace("(da,", "(dh,"), {7}, "back-without-activation"),
    ("gamma's and beta's gradients are exchanged", NORM_GRADS, 'grads = {f"beta{i}": dgamma, f"gamma{i}": dbeta}', {7}, "exchanged"),
    ("gamma and beta get no gradients", NORM_GRADS, "grads = {}", {7}, "keys"),
    ("a convolution's bias gets no gradient", CONV_GRADS, 'return dx, {**grads, f"W{i}": dW}', {7}, "keys"),
    ("a convolution's weights get no gradient", CONV_GRADS, 'return dx, {**grads, f"b{i}": db}', {7}, "keys"),
    ("batch norm's gradients are lost", CONV_GRADS, 'return dx, {f"W{i}": dW, f"b{i}": db}', {7}, "keys"),
    ("the convolution's bias gradient is a mean", CONV_GRADS, 'return dx, {**grads, f"W{i}": dW, f"b{i}": db / len(dout)}', {7}, "over-N"),
    ("the convolution's weights are divided by N", CONV_GRADS, 'return dx, {**grads, f"W{i}": dW / len(dout), f"b{i}": db}', {7}, "over-N"),
    ("the gradients come first", CONV_GRADS, 'return {**grads, f"W{i}": dW, f"b{i}": db}, dx', {7}, "raised"),
    ("the slope of the activation is taken twice", ACTIVATION_BACK, f"{ACTIVATION_BACK}\n        da = self.activate_backward(da, activation_cache)", {7}, None),
    ("the pool is passed by", POOL_BACK, "dh, grads = dout.repeat(2, axis=2).repeat(2, axis=3), {}", {7}, "raised"),
    ("the pool hands on a quarter", POOL_BACK, f"{POOL_BACK}\n        dh = dh / 4", {7}, "factor"),
    ("the convolution's gradients are halved", CONV_BACK, CONV_BACK.replace("da,", "da / 2,"), {7}, "over-2"),
    ("the gradient along out is divided by N", CONV_BACK, CONV_BACK.replace("da,", "da / len(da),"), {7}, "over-N"),
    ("the filters are turned", CONV_GRADS, CONV_GRADS.replace("dW,", "dW[:, :, ::-1, ::-1].copy(),"), {7}, "reversed"),
    ("the gradient of the pictures has the wrong sign", CONV_GRADS, CONV_GRADS.replace("dx,", "-dx,"), {7}, "sign"),
    ("dout is handed on", CONV_GRADS, CONV_GRADS.replace("dx,", "dout,"), {7}, "raised"),
    ("dx is not returned", CONV_GRADS, 'return {**grads, f"W{i}": dW, f"b{i}": db}', {7}, "raised"),
    ("the gradients are not returned", CONV_GRADS, "return dx", {7}, "raised"),
    ("no gradient is returned", CONV_GRADS, "pass", {7}, "raised"),
)  # fmt: skip

COUNT = "np.add.at(counts, (y, predicted), 1)"

CONFUSION = mistakes(
    "lenet.py",
    ("rows and columns are exchanged", COUNT, COUNT.replace("y, predicted", "predicted, y"), {10}, "taken-for-rows"),
    ("pairs that come again are not counted", COUNT, "counts[y, predicted] += 1", {10}, "counted-once"),
    ("only right answers are counted", COUNT, "np.add.at(counts, (y, y), y == predicted)", {10}, "only-right"),
    ("only wrong answers are counted", COUNT, "np.add.at(counts, (y, predicted), y != predicted)", {10}, "only-wrong"),
    ("the right classes alone are counted", COUNT, "np.add.at(counts, (y, y), 1)", {10}, None),
    ("whole rows are counted", COUNT, "np.add.at(counts, y, 1)", {10}, "same-lines"),
    ("the table is as large as the classes that come up", "counts = np.zeros((num_classes, num_classes)", "counts = np.zeros((y.max() + 1, y.max() + 1)", {10}, "shape"),
    ("the table is flat", "    return counts", "    return counts.ravel()", {10}, "shape"),
    ("shares are returned", "    return counts", "    return counts / len(y)", {10}, "dtype"),
    ("shares of the rows are returned", "    return counts", "    return counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)", {10}, "dtype"),
    ("the counts are floats", "dtype=int)", "dtype=float)", {10}, "dtype"),
    ("the accuracy is returned", "    return counts", "    return np.mean(y == predicted)", {10}, "shape"),
    ("nothing is returned", "    return counts", "    pass", {10}, "returned-none"),
)  # fmt: skip

ONE = "dscores[np.arange(len(y)), y] = 1"
SIZE = "return np.abs(dX).max(axis=1)"

SALIENCY = mistakes(
    "lenet.py",
    ("slopes keep their signs", SIZE, "return dX.max(axis=1)", {11}, "signed"),
    ("the size is taken after the maximum", SIZE, "return np.abs(dX.max(axis=1))", {11}, "signed"),
    ("slopes of the channels are summed", SIZE, "return np.abs(dX).sum(axis=1)", {11}, "channels-summed"),
    ("slopes of the channels are averaged", SIZE, "return np.abs(dX).mean(axis=1)", {11}, "channels-averaged"),
    ("the channels stay apart", SIZE, "return np.abs(dX)", {11}, "shape"),
    ("the maximum is over the pictures", SIZE, "return np.abs(dX).max(axis=0)", {11}, "over-pictures"),
    ("the maximum is over the rows", SIZE, "return np.abs(dX).max(axis=2)", {11}, "shape"),
    ("the slopes are squared", SIZE, "return (dX * dX).max(axis=1)", {11}, "square"),
    ("the maps are scaled to 1", SIZE, "return np.abs(dX).max(axis=1) / np.abs(dX).max()", {11}, "factor"),
    ("the picture is multiplied", SIZE, "return np.abs(dX * X).max(axis=1)", {11}, "times-the-picture"),
    ("all scores are asked about", ONE, "dscores[:] = 1", {11}, "all-scores"),
    ("the right columns of all pictures are asked about", ONE, "dscores[:, y] = 1", {11}, "columns-of-all"),
    ("the scores themselves go back", ONE, "dscores = scores", {11}, "scores-go-back"),
    ("the slope is that of the loss", ONE, "_, dscores = layers.softmax_loss(scores, y)", {11}, "of-the-loss"),
    ("the slope is divided by N", ONE, f"{ONE.replace('= 1', '= 1 / len(y)')}", {11}, "over-2"),
    ("the slope of the likeliest class is taken", ONE, "dscores[np.arange(len(y)), scores.argmax(axis=1)] = 1", {11}, "likeliest-class"),
    ("nothing is asked about", ONE, "pass", {11}, "zeros"),
    ("dropout is at work", "scores, caches = net.forward(X)", 'scores, caches = net.forward(X, "train")', {11}, "dropped-at-test"),
    ("the gradients of the parameters are taken", "dX, _ = net.backward(dscores, caches)", "_, dX = net.backward(dscores, caches)", {11}, "raised"),
    ("nothing is returned", SIZE, "np.abs(dX).max(axis=1)", {11}, "returned-none"),
)  # fmt: skip

GROUPS = {
    "lenet_shapes": SHAPES,
    "multiply_accumulates": ARITHMETIC,
    "LeNet5, the first parameters": FIRST,
    "LeNet5.conv_forward": CONV_FORWARD,
    "LeNet5.hidden_forward": HIDDEN_FORWARD,
    "LeNet5.hidden_backward": HIDDEN_BACKWARD,
    "LeNet5.conv_backward": CONV_BACKWARD,
    "confusion_matrix": CONFUSION,
    "saliency": SALIENCY,
}

RIGHT = {
    "shapes from the padded size, by the formula of a convolution": (
        "lenet.py",
        """
def lenet_shapes(input_dim=(1, 28, 28), num_classes=10, widths=(6, 16, 120, 84)):
    out = [tuple(input_dim)]
    for F, pad in ((widths[0], 2), (widths[1], 0)):
        C, *sides = out[-1]
        sides = [1 + (side + 2 * pad - 5) // 1 for side in sides]
        out.append((F, *sides))
        out.append((F, *[1 + (side - 2) // 2 for side in sides]))
    return out + [(n,) for n in widths[2:]] + [(num_classes,)]


def multiply_accumulates(input_dim=(1, 28, 28), num_classes=10, widths=(6, 16, 120, 84)):
    a = lenet_shapes(input_dim, num_classes, widths)
    total = a[0][0] * 25 * np.prod(a[1]) + a[2][0] * 25 * np.prod(a[3])
    for before, after in zip(a[4:], a[5:]):
        total += np.prod(before) * np.prod(after)
    return total
""",
    ),
    "shapes as lists": (
        "lenet.py",
        """
def lenet_shapes(input_dim=(1, 28, 28), num_classes=10, widths=(6, 16, 120, 84)):
    C, H, W = input_dim
    h, w = H // 2, W // 2
    return [
        [C, H, W], [widths[0], H, W], [widths[0], h, w],
        [widths[1], h - 4, w - 4], [widths[1], (h - 4) // 2, (w - 4) // 2],
        [widths[2]], [widths[3]], [num_classes],
    ]
""",
    ),
    "first parameters drawn by hand": (
        "lenet.py",
        """
def draw(self, input_dim=(1, 28, 28), num_classes=10, batchnorm=False, dropout_keep_ratio=1,
         initializer="xavier", reg=0.0, activation="tanh", widths=(6, 16, 120, 84),
         dtype=np.float32, seed=None):
    self.activation, self.reg, self.dtype = activation, reg, np.dtype(dtype)
    self.shapes = lenet_shapes(input_dim, num_classes, widths)
    self.bn_params = [{"mode": "train"}, {"mode": "train"}] if batchnorm else []
    self.dropout_param = {"mode": "train", "p": dropout_keep_ratio}
    random = np.random.RandomState(seed)
    sizes = [(widths[0], input_dim[0], 5, 5), (widths[1], widths[0], 5, 5)]
    flat = prod(self.shapes[4])
    sizes += [(flat, widths[2]), (widths[2], widths[3]), (widths[3], num_classes)]
    self.params = {}
    for i, size in enumerate(sizes):
        area = prod(size[2:])
        std = initializer
        if initializer == "xavier":
            std = np.sqrt(2.0 / (area * (size[0] + size[1])))
        out = size[0] if len(size) == 4 else size[1]
        self.params["W%d" % (i + 1)] = random.normal(0, std, size).astype(dtype)
        self.params["b%d" % (i + 1)] = np.zeros((out,), dtype=dtype)
        if batchnorm and i < 2:
            self.params["beta%d" % (i + 1)] = np.zeros(out, dtype=dtype)
            self.params["gamma%d" % (i + 1)] = np.ones(out, dtype=dtype)

LeNet5.__init__ = draw
""",
    ),
    "the pool before the activation, with other caches": (
        "lenet.py",
        """
def conv_forward(self, i, x):
    key, caches = str(i), {}
    out, caches["conv"] = fast_layers.conv_forward_fast(
        x, self.params["W" + key], self.params["b" + key], CONV_PARAMS[i]
    )
    if "gamma" + key in self.params:
        out, caches["norm"] = layers.spatial_batchnorm_forward(
            out, self.params["gamma" + key], self.params["beta" + key], self.bn_params[i - 1]
        )
    out, caches["pool"] = fast_layers.max_pool_forward_fast(out, POOL_PARAM)
    out, caches["activation"] = self.activate(out)
    return out, caches


def conv_backward(self, i, dout, cache):
    grads = {}
    dout = self.activate_backward(dout, cache["activation"])
    dout = fast_layers.max_pool_backward_fast(dout, cache["pool"])
    if "norm" in cache:
        dout, grads[f"gamma{i}"], grads[f"beta{i}"] = layers.spatial_batchnorm_backward(
            dout, cache["norm"]
        )
    dout, grads[f"W{i}"], grads[f"b{i}"] = fast_layers.conv_backward_fast(dout, cache["conv"])
    return dout, grads

LeNet5.conv_forward, LeNet5.conv_backward = conv_forward, conv_backward
""",
    ),
    "all layers in one method, caches in a dict": (
        "lenet.py",
        """
def forward(self, X, mode="test"):
    self.dropout_param["mode"] = mode
    for bn_param in self.bn_params:
        bn_param["mode"] = mode
    X, c = X.astype(self.dtype), {}
    h1, c[1] = self.conv_forward(1, X)
    h2, c[2] = self.conv_forward(2, h1)
    h3, c[3] = self.hidden_forward(3, h2.reshape(h2.shape[0], -1))
    h4, c[4] = self.hidden_forward(4, h3)
    scores, c[5] = layers.affine_forward(h4, self.params["W5"], self.params["b5"])
    c["shape"] = h2.shape
    return scores, c


def backward(self, dscores, c):
    grads = {}
    dh4, grads["W5"], grads["b5"] = layers.affine_backward(dscores, c[5])
    dh3, of4 = self.hidden_backward(4, dh4, c[4])
    dh2, of3 = self.hidden_backward(3, dh3, c[3])
    dh1, of2 = self.conv_backward(2, dh2.reshape(c["shape"]), c[2])
    dX, of1 = self.conv_backward(1, dh1, c[1])
    return dX, {**grads, **of4, **of3, **of2, **of1}

LeNet5.forward, LeNet5.backward = forward, backward
""",
    ),
    "dropout only where something is dropped, a mask of its own": (
        "lenet.py",
        """
def hidden_forward(self, i, x):
    flat, W = x.reshape(x.shape[0], -1), self.params["W%d" % i]
    out, cache = self.activate(flat @ W + self.params["b%d" % i])
    p, mask = self.dropout_param["p"], None
    if i == 4 and p < 1 and self.dropout_param["mode"] == "train":
        mask = ((np.random.rand(*out.shape) < p) / p).astype(out.dtype)
        out = out * mask
    return out, (x.shape, flat, W, cache, mask)


def hidden_backward(self, i, dout, caches):
    shape, flat, W, cache, mask = caches
    if mask is not None:
        dout = dout * mask
    d = self.activate_backward(dout, cache)
    return (d @ W.T).reshape(shape), {"W%d" % i: flat.T @ d, "b%d" % i: np.sum(d, axis=0)}

LeNet5.hidden_forward, LeNet5.hidden_backward = hidden_forward, hidden_backward
""",
    ),
    "a loss that finds the weights by name": (
        "lenet.py",
        """
def loss(self, X, y=None):
    mode = "test" if y is None else "train"
    scores, caches = self.forward(X, mode=mode)
    if mode == "test":
        return scores
    loss, dscores = layers.softmax_loss(scores, y)
    grads = self.backward(dscores, caches)[1]
    weights = [name for name in self.params if name.startswith("W")]
    penalty = sum(np.square(self.params[name]).sum() for name in weights)
    for name in weights:
        grads[name] = grads[name] + self.reg * self.params[name]
    return loss + self.reg / 2 * penalty, grads

LeNet5.loss = loss
""",
    ),
    "a confusion matrix by a loop": (
        "lenet.py",
        """
def confusion_matrix(y, predicted, num_classes):
    table = np.zeros((num_classes, num_classes), dtype=np.int32)
    for right, guess in zip(y, predicted):
        table[right][guess] += 1
    return table


def saliency(net, X, y):
    scores, caches = net.forward(X, "test")
    dX, _ = net.backward(np.eye(scores.shape[1])[y], caches)
    return np.max(np.maximum(dX, -dX), axis=1)
""",
    ),
    "a confusion matrix by bincount, a saliency map picture by picture": (
        "lenet.py",
        """
def confusion_matrix(y, predicted, num_classes):
    pairs = np.bincount(num_classes * y + predicted, minlength=num_classes**2)
    return pairs.reshape(num_classes, num_classes)


def saliency(net, X, y):
    maps = []
    for x, label in zip(X, y):
        scores, caches = net.forward(x[None])
        dscores = np.zeros(scores.shape, scores.dtype)
        dscores[0, label] = 1
        maps.append(np.abs(net.backward(dscores, caches)[0][0]).max(axis=0))
    return np.stack(maps)
""",
    ),
}
