"""Velocity, cache and moments change where they lie."""
import numpy as np

def sgd_momentum(w, dw, config=None):
    if config is None: config = {}
    config.setdefault('learning_rate', 1e-2)
    config.setdefault('momentum', 0.9)
    if 'velocity' not in config:
        config['velocity'] = np.zeros(w.shape)
    config['velocity'] *= config['momentum']
    config['velocity'] -= config['learning_rate'] * dw
    w += config['velocity']
    return w, config

def rmsprop(w, dw, config=None):
    if config is None: config = {}
    config.setdefault('learning_rate', 1e-2)
    config.setdefault('decay_rate', 0.99)
    config.setdefault('epsilon', 1e-8)
    config.setdefault('cache', np.zeros_like(w))
    config['cache'] *= config['decay_rate']
    config['cache'] += (1 - config['decay_rate']) * (dw * dw)
    w += -config['learning_rate'] * dw / (np.sqrt(config['cache']) + config['epsilon'])
    return w, config

def adam(w, dw, config=None):
    if config is None: config = {}
    config.setdefault('learning_rate', 1e-3)
    config.setdefault('beta1', 0.9)
    config.setdefault('beta2', 0.999)
    config.setdefault('epsilon', 1e-8)
    config.setdefault('m', np.zeros_like(w))
    config.setdefault('v', np.zeros_like(w))
    config.setdefault('t', 0)
    config['t'] = config['t'] + 1
    m, v = config['m'], config['v']
    m *= config['beta1']; m += (1 - config['beta1']) * dw
    v *= config['beta2']; v += (1 - config['beta2']) * dw**2
    mt = m / (1 - config['beta1']**config['t'])
    vt = v / (1 - config['beta2']**config['t'])
    w -= config['learning_rate'] * mt / (np.sqrt(vt) + config['epsilon'])
    return w, config
