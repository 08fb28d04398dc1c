"""LeNet-5, the convolutional net that read bank cheques, put together from this course's layers."""

from itertools import pairwise
from math import prod

import numpy as np

from . import fast_layers, layers
from .given.net import Net
from .initializers import xavier_initializer

ACTIVATIONS = ("tanh", "relu", "leaky_relu", "sigmoid")
FILTER_SIZE = 5
CONV_PARAMS = {1: {"stride": 1, "pad": 2}, 2: {"stride": 1, "pad": 0}}
POOL_PARAM = {"pool_height": 2, "pool_width": 2, "stride": 2}


def lenet_shapes(input_dim=(1, 28, 28), num_classes=10, widths=(6, 16, 120, 84)):
    """Return the shape of one picture at each of the eight arrows of a LeNet5.

        conv 5x5, pad 2 - pool 2x2 - conv 5x5, pad 0 - pool 2x2 - affine - affine - affine

    input_dim: (C, H, W) of a picture; num_classes: scores; widths: filters of the two
        convolutions, then units of the two hidden affine layers.
    Returns a list of tuples, from input_dim to (num_classes,).
    """
    C, H, W = input_dim
    if min(H, W) < 12:
        raise ValueError(f"LeNet-5 needs pictures of 12 by 12 pixels or more, not {H} by {W}")
    # SOLUTION: Follow a picture through the net, and note its shape after every layer. A pool
    # halves the size, and leaves out the last row or column of an odd one.
    shapes = [(C, H, W)]
    for filters, lost in zip(widths[:2], (0, FILTER_SIZE - 1), strict=True):
        H, W = H - lost, W - lost
        shapes.append((filters, H, W))
        H, W = H // 2, W // 2
        shapes.append((filters, H, W))
    return [*shapes, *((units,) for units in (*widths[2:], num_classes))]


def multiply_accumulates(input_dim=(1, 28, 28), num_classes=10, widths=(6, 16, 120, 84)):
    """Return how many products a LeNet5 forms and adds up to see one picture: a whole number.

    Arguments as for lenet_shapes. Biases, activations and pools are not counted.
    """
    # SOLUTION: Take the shapes at the arrows. Each number that a convolution or an affine layer
    # puts out is a sum of products: how many numbers are there, and how many products in each?
    arrows = lenet_shapes(input_dim, num_classes, widths)
    convs = [(arrows[0], arrows[1]), (arrows[2], arrows[3])]
    of_convs = sum(prod(after) * before[0] * FILTER_SIZE**2 for before, after in convs)
    return of_convs + sum(prod(before) * after[0] for before, after in pairwise(arrows[4:]))


class LeNet5(Net):
    """conv - pool - conv - pool - affine - affine - affine - softmax, with activations in between.

    Each convolution is followed by batch norm, if asked for, then by an activation, then by a 2x2
    max pool; each hidden affine layer by an activation; before the last layer there may be dropout.

    LeCun, Bottou, Bengio and Haffner, Gradient-based learning applied to document recognition,
    Proceedings of the IEEE 86 (1998), section II.B. There the pictures have 32 x 32 pixels, of
    which ours are the middle (hence pad 2); all but one filter of the second convolution see only
    some of the six maps; a pool adds its four numbers up, with a weight and a bias; the third
    convolution sees 5 x 5 pixels with 5 x 5 filters, which makes it our first affine layer; the
    activation is 1.7159 tanh(2 a / 3); and the last layer measures distances to drawn characters.

    params: dict of W1 (F1, C, 5, 5), W2 (F2, F1, 5, 5), W3, W4, W5 (inputs, outputs), b1 to b5,
        and with batch norm gamma1, beta1 (F1,), gamma2, beta2 (F2,), arrays of `dtype`.
    bn_params: a dict of settings and running statistics for each batch norm, a list.
    dropout_param: settings of dropout_forward.
    reg: regularisation strength; the loss holds 0.5 * reg * sum(W * W) for each W, and of no b,
        gamma or beta.
    shapes: of one picture at every arrow, see lenet_shapes.
    """

    num_layers = 5

    def __init__(
        self,
        input_dim=(1, 28, 28),
        num_classes=10,
        batchnorm=False,
        dropout_keep_ratio=1,
        initializer="xavier",
        reg=0.0,
        activation="tanh",
        widths=(6, 16, 120, 84),
        dtype=np.float32,
        seed=None,
    ):
        """Draw the first parameters.

        input_dim, num_classes, widths: as for lenet_shapes.
        batchnorm: whether batch norm follows each convolution.
        dropout_keep_ratio: the probability to keep a unit of the last hidden layer.
        initializer: 'xavier', or a number: the standard deviation of normal first weights.
        activation: one of ACTIVATIONS.
        dtype: of parameters and arithmetic; np.float64 for a numeric gradient.
        seed: seeds the net's own generator.
        Raises ValueError for an unknown activation, and for pictures that are too small.
        """
        if activation not in ACTIVATIONS:
            raise ValueError(f"activation={activation!r}: expected one of {ACTIVATIONS}")
        self.shapes = lenet_shapes(input_dim, num_classes, widths)
        self.activation = activation
        self.reg = reg
        self.dtype = np.dtype(dtype)
        self.bn_params = [{"mode": "train"} for _ in CONV_PARAMS] if batchnorm else []
        self.dropout_param = {"mode": "train", "p": dropout_keep_ratio}
        self.params = {}
        self.rng = np.random.default_rng(seed)
        for i, (Din, Dout, K) in enumerate(layer_sizes(self.shapes), start=1):
            # SOLUTION: Give layer i its weights, by xavier_initializer or normally distributed,
            # drawn with self.rng, and biases of 0; a convolution that has batch norm also gets
            # gamma and beta, such that at first they change nothing. All in self.dtype.
            if initializer == "xavier":
                W = xavier_initializer(Din, Dout, K, rng=self.rng)
            else:
                shape = (Dout, Din, K, K) if K else (Din, Dout)
                W = initializer * self.rng.standard_normal(shape)
            self.params[f"W{i}"] = W.astype(self.dtype)
            self.params[f"b{i}"] = np.zeros(Dout, self.dtype)
            if batchnorm and K:
                self.params[f"gamma{i}"] = np.ones(Dout, self.dtype)
                self.params[f"beta{i}"] = np.zeros(Dout, self.dtype)

    def settings(self):
        """Return the dicts of settings that hold a mode."""
        return [*self.bn_params, self.dropout_param]

    def block_forward(self, i, x):
        """Return (out, cache) of block i: 1 and 2 are convolutions, 3 and 4 affine layers."""
        return self.conv_forward(i, x) if i < 3 else self.hidden_forward(i, x)

    def block_backward(self, i, dout, cache):
        """Return (dx, {name: gradient}) of block i and its parameters."""
        return self.conv_backward(i, dout, cache) if i < 3 else self.hidden_backward(i, dout, cache)

    def conv_forward(self, i, x):
        """Return (out, cache) of convolution i, its batch norm if any, activation and pool."""
        # SOLUTION: Put the four together, in this order; CONV_PARAMS[i] and POOL_PARAM say how.
        # The batch norm of layer i keeps its settings in self.bn_params[i - 1].
        p, bn_cache = self.params, None
        a, cache = fast_layers.conv_forward_fast(x, p[f"W{i}"], p[f"b{i}"], CONV_PARAMS[i])
        if self.bn_params:
            gamma, beta, bn_param = p[f"gamma{i}"], p[f"beta{i}"], self.bn_params[i - 1]
            a, bn_cache = layers.spatial_batchnorm_forward(a, gamma, beta, bn_param)
        h, activation_cache = self.activate(a)
        out, pool_cache = fast_layers.max_pool_forward_fast(h, POOL_PARAM)
        return out, (cache, bn_cache, activation_cache, pool_cache)

    def conv_backward(self, i, dout, cache):
        """Return (dx, {name: gradient}) of conv_forward and its parameters."""
        # SOLUTION: Undo what conv_forward did, in reverse order; name the gradients as in params.
        cache, bn_cache, activation_cache, pool_cache = cache
        dh, grads = fast_layers.max_pool_backward_fast(dout, pool_cache), {}
        da = self.activate_backward(dh, activation_cache)
        if self.bn_params:
            da, dgamma, dbeta = layers.spatial_batchnorm_backward(da, bn_cache)
            grads = {f"gamma{i}": dgamma, f"beta{i}": dbeta}
        dx, dW, db = fast_layers.conv_backward_fast(da, cache, needs_dx=i > 1 or self.needs_dx)
        return dx, {**grads, f"W{i}": dW, f"b{i}": db}

    def hidden_forward(self, i, x):
        """Return (out, cache) of affine layer i and its activation; of layer 4 with dropout, too.

        Layer 4 is the last hidden one; self.dropout_param holds the settings of dropout.
        """
        # SOLUTION: Put the layers together, in this order. Does layer i have all of them?
        dropout_cache = None
        a, cache = layers.affine_forward(x, self.params[f"W{i}"], self.params[f"b{i}"])
        out, activation_cache = self.activate(a)
        if i == 4:
            out, dropout_cache = layers.dropout_forward(out, self.dropout_param)
        return out, (cache, activation_cache, dropout_cache)

    def hidden_backward(self, i, dout, cache):
        """Return (dx, {name: gradient}) of hidden_forward and its parameters."""
        # SOLUTION: Undo what hidden_forward did, in reverse order; name the gradients as in params.
        cache, activation_cache, dropout_cache = cache
        if i == 4:
            dout = layers.dropout_backward(dout, dropout_cache)
        da = self.activate_backward(dout, activation_cache)
        dx, dW, db = layers.affine_backward(da, cache)
        return dx, {f"W{i}": dW, f"b{i}": db}

    def activate(self, a):
        """Return (out, cache) of the net's activation."""
        return getattr(layers, f"{self.activation}_forward")(a)

    def activate_backward(self, dout, cache):
        """Return the gradient of the net's activation."""
        return getattr(layers, f"{self.activation}_backward")(dout, cache)


def layer_sizes(shapes):
    """Return (inputs, outputs, height and width of a filter or None) of each of five layers.

    shapes: from lenet_shapes. Inputs and outputs of a convolution are channels.
    """
    convs = [(shapes[0][0], shapes[1][0], FILTER_SIZE), (shapes[2][0], shapes[3][0], FILTER_SIZE)]
    return convs + [(prod(before), after[0], None) for before, after in pairwise(shapes[4:])]


def saliency(net, X, y):
    """Return how much each pixel matters for the score of its picture's class: (N, H, W).

    The size of the slope of score y[i] along each number of picture i, the largest of the
    channels. (Simonyan, Vedaldi and Zisserman, Deep inside convolutional networks, 2014,
    section 3.1.)

    net: a LeNet5 without batch norm, X: (N, C, H, W) pictures, y: (N,) classes.
    """
    # SOLUTION: Run forward as at test. What is the gradient of the chosen scores along all scores?
    # Send it back to the pictures.
    scores, caches = net.forward(X)
    dscores = np.zeros_like(scores)
    dscores[np.arange(len(y)), y] = 1
    dX, _ = net.backward(dscores, caches)
    return np.abs(dX).max(axis=1)


def confusion_matrix(y, predicted, num_classes):
    """Return how often each class was taken for each: (num_classes, num_classes) integers.

    y: (N,) the right classes; predicted: (N,) what they were taken for.
    Entry (i, j) counts the examples of class i that were taken for class j.
    """
    # SOLUTION: Count the pairs. Every example adds 1 to one entry, also where pairs repeat.
    counts = np.zeros((num_classes, num_classes), dtype=int)
    np.add.at(counts, (y, predicted), 1)
    return counts
