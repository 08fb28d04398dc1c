"""ThreeLayerConvNet on the naive convolution and pooling."""
import numpy as np
from .layers import *

class ThreeLayerConvNet(object):
    def __init__(self, input_dim=(3, 32, 32), num_filters=32, filter_size=7, hidden_dim=100,
                 num_classes=10, weight_scale=1e-3, reg=0.0, dtype=np.float32):
        self.reg, self.dtype = reg, dtype
        C, H, W = input_dim
        shapes = dict(W1=(num_filters, C, filter_size, filter_size),
                      W2=(num_filters * H * W // 4, hidden_dim), W3=(hidden_dim, num_classes))
        self.params = {k: (np.random.randn(*s) * weight_scale).astype(dtype) for k, s in shapes.items()}
        self.params.update(b1=np.zeros(num_filters, dtype), b2=np.zeros(hidden_dim, dtype),
                           b3=np.zeros(num_classes, dtype))

    def loss(self, X, y=None):
        W1, b1, W2, b2, W3, b3 = [self.params[k] for k in 'W1 b1 W2 b2 W3 b3'.split()]
        conv_param = {'stride': 1, 'pad': (W1.shape[2] - 1) // 2}
        pool_param = {'pool_height': 2, 'pool_width': 2, 'stride': 2}
        h1, k1 = conv_forward_naive(X, W1, b1, conv_param)
        h2, k2 = relu_forward(h1)
        h3, k3 = max_pool_forward_naive(h2, pool_param)
        h4, k4 = affine_forward(h3, W2, b2)
        h5, k5 = relu_forward(h4)
        scores, k6 = affine_forward(h5, W3, b3)
        if y is None: return scores
        data_loss, dscores = softmax_loss(scores, y)
        reg_loss = self.reg * 0.5 * sum(np.sum(W * W) for W in (W1, W2, W3))
        dh5, dW3, db3 = affine_backward(dscores, k6)
        dh4 = relu_backward(dh5, k5)
        dh3, dW2, db2 = affine_backward(dh4, k4)
        dh2 = max_pool_backward_naive(dh3, k3)
        dh1 = relu_backward(dh2, k2)
        _, dW1, db1 = conv_backward_naive(dh1, k1)
        grads = {'W1': dW1 + self.reg * W1, 'b1': db1, 'W2': dW2 + self.reg * W2, 'b2': db2,
                 'W3': dW3 + self.reg * W3, 'b3': db3}
        return data_loss + reg_loss, grads
