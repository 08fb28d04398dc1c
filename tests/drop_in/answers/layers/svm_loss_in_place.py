"""Turns the scores into margins where they lie."""
import numpy as np

def svm_loss(x, y):
    n = np.arange(x.shape[0])
    x -= x[n, y].reshape(-1, 1) - 1
    x[n, y] = 0
    x[x < 0] = 0
    loss = x.sum() / len(n)
    dx = (x > 0) * 1.0
    dx[n, y] = -dx.sum(axis=1)
    dx /= len(n)
    return loss, dx
