"""Small models in plain NumPy, to see how hard a set of pictures is; not the course's own."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def linear_svm(data, rng, steps=2500, learning_rate=1e-7, reg=2.5e4):
    """Train a linear SVM on raw pixels; return a function from pictures to labels."""
    X, y = _with_ones(data["X_train"]), data["y_train"]
    w = 1e-3 * rng.standard_normal((X.shape[1], 10), dtype=np.float32)
    for _ in range(steps):
        batch = rng.integers(len(X), size=200)
        w -= learning_rate * (_hinge_gradient(X[batch], w, y[batch]) + 2 * reg * w)
    return lambda pictures: (_with_ones(pictures) @ w).argmax(axis=1)


def _with_ones(pictures):
    rows = pictures.reshape(len(pictures), -1)
    return np.hstack([rows, np.ones((len(rows), 1), rows.dtype)])


def _hinge_gradient(x, w, y):
    scores, rows = x @ w, np.arange(len(y))
    wrong = (scores - scores[rows, y][:, None] + 1 > 0).astype(x.dtype)
    wrong[rows, y] = 0
    wrong[rows, y] = -wrong.sum(axis=1)
    return x.T @ wrong / len(y)


class Affine:
    """A fully connected layer."""

    def __init__(self, rng, inputs, outputs):
        scale = np.float32(np.sqrt(2 / inputs))
        self.params = [
            scale * rng.standard_normal((inputs, outputs), dtype=np.float32),
            np.zeros(outputs, np.float32),
        ]

    def forward(self, x, train):
        """Return (N, outputs) for x (N, ...)."""
        self.x = x
        return x.reshape(len(x), -1) @ self.params[0] + self.params[1]

    def backward(self, dout):
        """Return dx; keep the gradients of the parameters."""
        self.grads = [self.x.reshape(len(dout), -1).T @ dout, dout.sum(axis=0)]
        return (dout @ self.params[0].T).reshape(self.x.shape)


class Conv:
    """A convolution that keeps height and width; pictures are (N, H, W, C), filters odd."""

    def __init__(self, rng, channels, filters, size, first=False):
        self.first = first
        scale = np.float32(np.sqrt(2 / (channels * size * size)))
        shape = (size, size, channels, filters)
        self.params = [
            scale * rng.standard_normal(shape, dtype=np.float32),
            np.zeros(filters, np.float32),
        ]

    def forward(self, x, train):
        """Return (N, H, W, filters)."""
        self.patches, out = _correlate(x, self.params[0])
        return out + self.params[1]

    def backward(self, dout):
        """Return dx, which the first layer does not need; keep the gradients."""
        w = self.params[0]
        flat = dout.reshape(-1, dout.shape[-1])
        self.grads = [(self.patches.T @ flat).reshape(w.shape), flat.sum(axis=0)]
        if self.first:
            return None
        return _correlate(dout, w[::-1, ::-1].swapaxes(2, 3))[1]


def _correlate(x, w):
    pad = len(w) // 2
    padded = np.pad(x, ((0, 0), (pad, pad), (pad, pad), (0, 0)))
    windows = sliding_window_view(padded, w.shape[:2], axis=(1, 2)).transpose(0, 1, 2, 4, 5, 3)
    patches = windows.reshape(-1, w[..., 0].size)
    return patches, (patches @ w.reshape(-1, w.shape[-1])).reshape(*x.shape[:3], -1)


class ReLU:
    """max(0, x)."""

    params, grads = (), ()

    def forward(self, x, train):
        """Return max(0, x)."""
        self.on = x > 0
        return x * self.on

    def backward(self, dout):
        """Return dx."""
        return dout * self.on


class MaxPool:
    """The largest of each 2 by 2 pixels; several equally large ones share the gradient."""

    params, grads = (), ()

    def forward(self, x, train):
        """Return (N, H / 2, W / 2, C)."""
        n, h, w, c = x.shape
        tiles = x.reshape(n, h // 2, 2, w // 2, 2, c)
        largest = tiles.max(axis=(2, 4), keepdims=True)
        self.chosen = (tiles == largest).astype(x.dtype)
        self.chosen /= self.chosen.sum(axis=(2, 4), keepdims=True)
        return largest[:, :, 0, :, 0]

    def backward(self, dout):
        """Return dx."""
        n, h, w, c = dout.shape
        return (self.chosen * dout[:, :, None, :, None]).reshape(n, 2 * h, 2 * w, c)


class BatchNorm:
    """Batch normalisation over all axes but the last."""

    def __init__(self, channels):
        self.params = [np.ones(channels, np.float32), np.zeros(channels, np.float32)]
        self.mean, self.var = np.zeros(channels, np.float32), np.ones(channels, np.float32)

    def forward(self, x, train):
        """Normalise with the batch's statistics, or the running ones when not training."""
        mean, var = self.mean, self.var
        if train:
            axes = tuple(range(x.ndim - 1))
            mean, var = x.mean(axis=axes), x.var(axis=axes)
            self.mean += 0.1 * (mean - self.mean)
            self.var += 0.1 * (var - self.var)
        self.std = np.sqrt(var + 1e-5)
        self.xhat = (x - mean) / self.std
        return self.xhat * self.params[0] + self.params[1]

    def backward(self, dout):
        """Return dx; keep the gradients of scale and shift."""
        axes, n = tuple(range(dout.ndim - 1)), dout.size // dout.shape[-1]
        self.grads = [(dout * self.xhat).sum(axis=axes), dout.sum(axis=axes)]
        centred = dout - self.grads[1] / n - self.xhat * (self.grads[0] / n)
        return centred * (self.params[0] / self.std)


def two_layer_net(rng):
    """Return affine - relu - affine, 100 hidden units."""
    return [Affine(rng, 3072, 100), ReLU(), Affine(rng, 100, 10)]


def three_layer_conv_net(rng):
    """Return conv 7x7 - relu - pool - affine - relu - affine."""
    return [
        Conv(rng, 3, 32, 7, first=True),
        ReLU(),
        MaxPool(),
        Affine(rng, 32 * 16 * 16, 100),
        ReLU(),
        Affine(rng, 100, 10),
    ]


def deep_conv_net(rng):
    """Return four times conv 3x3 - batch norm - relu - pool, then affine."""
    layers = []
    for before, after in [(3, 16), (16, 32), (32, 32), (32, 64)]:
        layers += [Conv(rng, before, after, 3, before == 3), BatchNorm(after), ReLU(), MaxPool()]
    return [*layers, Affine(rng, 64 * 2 * 2, 10)]


def train(layers, data, rng, epochs, learning_rate, decay, batch_size=100):
    """Train with Adam, its rate falling to 0 along a line; return pictures -> labels.

    decay: what fraction of the weights, times the rate, to take away in each step.
    """
    X, y = _prepare(data["X_train"]), data["y_train"]
    state = [[(np.zeros_like(p), np.zeros_like(p)) for p in layer.params] for layer in layers]
    steps = epochs * (len(X) // batch_size)
    for step in range(steps):
        if step % (len(X) // batch_size) == 0:
            order = rng.permutation(len(X))
        start = step * batch_size % (len(X) - len(X) % batch_size)
        batch = order[start : start + batch_size]
        _backward(layers, _softmax_gradient(_forward(layers, X[batch], train=True), y[batch]))
        rate = learning_rate * min(1, 10 * (step + 1) / steps) * (1 - step / steps)
        _adam_step(layers, state, step + 1, rate, decay)
    return lambda pictures: _predict(layers, _prepare(pictures))


def _prepare(pictures):
    return np.ascontiguousarray(pictures.transpose(0, 2, 3, 1)) / np.float32(64)


def _predict(layers, x):
    return np.concatenate(
        [_forward(layers, x[i : i + 200]).argmax(axis=1) for i in range(0, len(x), 200)]
    )


def _forward(layers, x, train=False):
    for layer in layers:
        x = layer.forward(x, train)
    return x


def _backward(layers, dout):
    for layer in reversed(layers):
        dout = layer.backward(dout)


def _softmax_gradient(scores, y):
    probs = np.exp(scores - scores.max(axis=1, keepdims=True))
    probs /= probs.sum(axis=1, keepdims=True)
    probs[np.arange(len(y)), y] -= 1
    return probs / len(y)


def _adam_step(layers, state, t, rate, decay):
    for layer, moments in zip(layers, state, strict=True):
        for param, grad, (m, v) in zip(layer.params, layer.grads, moments, strict=True):
            m += 0.1 * (grad - m)
            v += 0.001 * (grad * grad - v)
            corrected = m / (1 - 0.9**t) / (np.sqrt(v / (1 - 0.999**t)) + 1e-8)
            param -= rate * (corrected + (decay * param if param.ndim > 1 else 0))
