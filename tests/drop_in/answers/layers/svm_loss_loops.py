"""Two loops; float64."""
import numpy as np

def svm_loss(x, y):
    N, C = x.shape
    loss, dx = 0.0, np.zeros(x.shape)
    for i in range(N):
        for j in range(C):
            if j == y[i]: continue
            m = x[i, j] - x[i, y[i]] + 1
            if m > 0:
                loss += m
                dx[i, j] += 1
                dx[i, y[i]] -= 1
    return loss / N, dx / N
