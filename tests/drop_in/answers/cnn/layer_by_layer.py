"""ThreeLayerConvNet on single layers, in other orders; seeds np.random in __init__."""
from builtins import object
import numpy as np
from .layers import *
from .fast_layers import *
from .layer_utils import *

class ThreeLayerConvNet(object):
    def __init__(self, input_dim=(3, 32, 32), num_filters=32, filter_size=7,
                 hidden_dim=100, num_classes=10, weight_scale=1e-3, reg=0.0,
                 dtype=np.float32):
        np.random.seed(1)
        self.params = {}
        self.reg = reg
        self.dtype = dtype
        C, H, W = input_dim
        H_pool = int(1 + (H - 2) / 2)
        W_pool = int(1 + (W - 2) / 2)
        self.params['b1'] = np.zeros(num_filters)
        self.params['b2'] = np.zeros(hidden_dim)
        self.params['b3'] = np.zeros(num_classes)
        self.params['W3'] = np.random.normal(0, weight_scale, [hidden_dim, num_classes])
        self.params['W1'] = np.random.normal(0, weight_scale, [num_filters, C, filter_size, filter_size])
        self.params['W2'] = np.random.normal(0, weight_scale, [num_filters * H_pool * W_pool, hidden_dim])
        for k, v in self.params.items():
            self.params[k] = v.astype(dtype)

    def loss(self, X, y=None):
        p = self.params
        conv_param = {'stride': 1, 'pad': (p['W1'].shape[2] - 1) // 2}
        pool_param = {'pool_height': 2, 'pool_width': 2, 'stride': 2}
        z, c_conv = conv_forward_fast(X, p['W1'], p['b1'], conv_param)
        z, c_relu1 = relu_forward(z)
        z, c_pool = max_pool_forward_fast(z, pool_param)
        z, c_fc1 = affine_forward(z, p['W2'], p['b2'])
        z, c_relu2 = relu_forward(z)
        scores, c_fc2 = affine_forward(z, p['W3'], p['b3'])
        if y is None:
            return scores
        loss, d = softmax_loss(scores, y)
        grads = {}
        d, grads['W3'], grads['b3'] = affine_backward(d, c_fc2)
        d = relu_backward(d, c_relu2)
        d, grads['W2'], grads['b2'] = affine_backward(d, c_fc1)
        d = max_pool_backward_fast(d, c_pool)
        d = relu_backward(d, c_relu1)
        d, grads['W1'], grads['b1'] = conv_backward_fast(d, c_conv)
        for w in ['W1', 'W2', 'W3']:
            loss += 0.5 * self.reg * np.sum(p[w] * p[w])
            grads[w] += self.reg * p[w]
        return loss, grads
