"""Multiplies x and dout where they lie."""
import numpy as np

def dropout_forward(x, dropout_param):
    p, mode = dropout_param['p'], dropout_param['mode']
    if 'seed' in dropout_param:
        np.random.seed(dropout_param['seed'])
    mask = None
    out = x
    if mode == 'train':
        mask = ((np.random.random_sample(x.shape) < p) / p).astype(x.dtype)
        out *= mask
    return out, (dropout_param, mask)

def dropout_backward(dout, cache):
    dropout_param, mask = cache
    dx = dout
    if dropout_param['mode'] == 'train':
        dx *= mask
    return dx
