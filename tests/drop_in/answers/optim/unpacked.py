"""Takes all settings out of the dict first and puts them back by update."""
import numpy as np

def sgd_momentum(w, dw, config=None):
    config = config or {}
    config.setdefault('learning_rate', 1e-2)
    config.setdefault('momentum', 0.9)
    lr, mu, v = config['learning_rate'], config['momentum'], config.get('velocity', 0)
    config.update({'velocity': mu * v - lr * dw})
    return w + config['velocity'], config

def rmsprop(w, dw, config=None):
    if config is None:
        config = {}
    lr = config.setdefault('learning_rate', 1e-2)
    rho = config.setdefault('decay_rate', 0.99)
    eps = config.setdefault('epsilon', 1e-8)
    G = config.setdefault('cache', np.zeros_like(w))
    config['cache'] = rho * G + (1.0 - rho) * np.power(dw, 2)
    return w - (lr / (np.sqrt(config['cache']) + eps)) * dw, config

def adam(w, dw, config=None):
    if config is None:
        config = {}
    lr = config.setdefault('learning_rate', 1e-3)
    b1 = config.setdefault('beta1', 0.9)
    b2 = config.setdefault('beta2', 0.999)
    eps = config.setdefault('epsilon', 1e-8)
    m = config.setdefault('m', np.zeros_like(w))
    v = config.setdefault('v', np.zeros_like(w))
    t = config.setdefault('t', 0) + 1
    m = m + (1 - b1) * (dw - m)
    v = v + (1 - b2) * (dw * dw - v)
    config.update(m=m, v=v, t=t)
    return w - lr * (m / (1 - b1 ** t)) / (eps + np.sqrt(v / (1 - b2 ** t))), config
