"""Keeps what it needs in float64 arrays of the parameter's shape; t as the template has it."""
import numpy as np

def sgd_momentum(w, dw, config=None):
    if config is None: config = {}
    config.setdefault('learning_rate', 1e-2)
    config.setdefault('momentum', 0.9)
    v = config.get('velocity', np.zeros(w.shape))
    v = v * config['momentum'] - config['learning_rate'] * dw
    next_w = w + v
    config['velocity'] = v
    return next_w, config

def rmsprop(w, dw, config=None):
    if config is None: config = {}
    config.setdefault('learning_rate', 1e-2)
    config.setdefault('decay_rate', 0.99)
    config.setdefault('epsilon', 1e-8)
    config.setdefault('cache', np.zeros(w.shape))
    keep = config['decay_rate']
    config['cache'] = keep * config['cache'] + (1 - keep) * dw ** 2
    next_w = w + -config['learning_rate'] * dw / (config['cache'] ** 0.5 + config['epsilon'])
    return next_w, config

def adam(w, dw, config=None):
    if config is None: config = {}
    config.setdefault('learning_rate', 1e-3)
    config.setdefault('beta1', 0.9)
    config.setdefault('beta2', 0.999)
    config.setdefault('epsilon', 1e-8)
    config.setdefault('m', np.zeros(w.shape))
    config.setdefault('v', np.zeros(w.shape))
    config.setdefault('t', 0)
    config['t'] += 1
    beta1, beta2, t = config['beta1'], config['beta2'], config['t']
    first = beta1 * config['m'] + (1 - beta1) * dw
    second = beta2 * config['v'] + (1 - beta2) * dw**2
    config['m'], config['v'] = first, second
    first_unbias = first / (1 - beta1**t)
    second_unbias = second / (1 - beta2**t)
    next_w = w - config['learning_rate'] * first_unbias / (np.sqrt(second_unbias) + config['epsilon'])
    return next_w, config
