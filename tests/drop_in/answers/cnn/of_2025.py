"""ThreeLayerConvNet of 2025, with sandwiches, its pads from the filter, and weights in a loop."""
import numpy as np
from .layers import *
from .fast_layers import *
from .layer_utils import *

class ThreeLayerConvNet(object):
    def __init__(
        self,
        input_dim=(3, 32, 32),
        num_filters=32,
        filter_size=7,
        hidden_dim=100,
        num_classes=10,
        weight_scale=1e-3,
        reg=0.0,
        dtype=np.float32,
    ):
        self.params = {}
        self.reg = reg
        self.dtype = dtype

        C, H, W = input_dim
        H2, W2 = (H - 2) // 2 + 1, (W - 2) // 2 + 1
        sizes = [(num_filters, C, filter_size, filter_size), (num_filters * H2 * W2, hidden_dim), (hidden_dim, num_classes)]
        for i, size in enumerate(sizes, 1):
            self.params[f"W{i}"] = np.random.normal(scale=weight_scale, size=size)
            self.params[f"b{i}"] = np.zeros(size[0] if i == 1 else size[1])

        for k, v in self.params.items():
            self.params[k] = v.astype(dtype)

    def loss(self, X, y=None):
        W1, b1 = self.params["W1"], self.params["b1"]
        W2, b2 = self.params["W2"], self.params["b2"]
        W3, b3 = self.params["W3"], self.params["b3"]
        conv_param = {"stride": 1, "pad": (W1.shape[2] - 1) // 2}
        pool_param = {"pool_height": 2, "pool_width": 2, "stride": 2}
        scores = None
        conv, conv_cache = conv_relu_pool_forward(X, W1, b1, conv_param, pool_param)
        hidden, hidden_cache = affine_relu_forward(conv.reshape(conv.shape[0], -1), W2, b2)
        scores, scores_cache = affine_forward(hidden, W3, b3)
        if y is None:
            return scores

        loss, grads = 0, {}
        loss, dscores = softmax_loss(scores, y)
        loss += 0.5 * self.reg * (np.linalg.norm(W1) ** 2 + np.linalg.norm(W2) ** 2 + np.linalg.norm(W3) ** 2)
        dhidden, dW3, db3 = affine_backward(dscores, scores_cache)
        dconv, dW2, db2 = affine_relu_backward(dhidden, hidden_cache)
        _, dW1, db1 = conv_relu_pool_backward(dconv.reshape(conv.shape), conv_cache)
        grads = dict(W1=dW1, b1=db1, W2=dW2, b2=db2, W3=dW3, b3=db3)
        for i in (1, 2, 3):
            grads[f"W{i}"] += self.reg * self.params[f"W{i}"]
        return loss, grads
