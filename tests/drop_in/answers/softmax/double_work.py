"""A stable softmax of its own, in float64; the loss by a list."""
import numpy as np

def softmax(z):
    z = np.array(z, dtype=np.float64)
    z = z - np.max(z, axis=-1, keepdims=True)
    return np.exp(z) / np.sum(np.exp(z), axis=-1, keepdims=True)

def softmax_loss_naive(W, X, y, reg):
    n, c = X.shape[0], W.shape[1]
    dW = np.zeros(W.shape)
    losses = []
    for k in range(n):
        p = softmax(X[k].dot(W))
        losses.append(-np.log(p[y[k]]))
        p[y[k]] -= 1
        for j in range(c):
            dW[:, j] += p[j] * X[k] / n
    return sum(losses) / n + reg * np.sum(W * W), dW + 2 * reg * W

def softmax_loss_vectorized(W, X, y, reg):
    n = X.shape[0]
    p = softmax(X.dot(W))
    logp = -np.log(p[np.arange(n), y])
    data = np.sum(logp) / n
    d = p.copy()
    d[np.arange(n), y] -= 1
    d /= n
    dW = np.dot(X.T, d)
    dW += 2 * reg * W
    return data + reg * np.sum(W * W), dW
