"""A loop over examples; float64."""
import numpy as np

def softmax_loss(x, y):
    N, C = x.shape
    loss = 0.0
    dx = np.zeros((N, C))
    for i in range(N):
        s = x[i] - max(x[i])
        total = 0.0
        for j in range(C):
            total += np.exp(s[j])
        loss += np.log(total) - s[y[i]]
        for j in range(C):
            dx[i, j] = np.exp(s[j]) / total
        dx[i, y[i]] -= 1
    return loss / N, dx / N
