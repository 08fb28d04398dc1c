"""A boolean mask, of what is dropped; zeros are written into copies."""
import numpy as np

def dropout_forward(x, dropout_param):
    p, mode = dropout_param['p'], dropout_param['mode']
    if 'seed' in dropout_param:
        np.random.seed(dropout_param['seed'])
    mask = None
    if mode == 'train':
        mask = np.random.uniform(0, 1, x.shape) > p
        out = x / p
        out[mask] = 0
    elif mode == 'test':
        out = x
    return out, (dropout_param, mask)

def dropout_backward(dout, cache):
    dropout_param, mask = cache
    dx = dout
    if dropout_param['mode'] == 'train':
        dx = dout / dropout_param['p']
        dx[mask] = 0
    return dx
