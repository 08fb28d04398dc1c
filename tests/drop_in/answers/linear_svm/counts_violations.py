"""Counts the violated margins of an example first; the mean comes before the sum."""
import numpy as np

def svm_loss_naive(W, X, y, reg):
    N, D = X.shape
    C = W.shape[1]
    dW = np.zeros_like(W)
    loss = 0
    for n in range(N):
        sc = np.matmul(X[n, :], W)
        cnt = 0
        for c in range(C):
            if c != y[n]:
                margin = max(0, sc[c] - sc[y[n]] + 1)
                loss += margin / N
                if margin > 0:
                    cnt += 1
                    dW[:, c] += X[n, :].T / N
        dW[:, y[n]] += -cnt * X[n, :] / N
    loss += reg * np.linalg.norm(W) ** 2
    return loss, dW + 2 * reg * W

def svm_loss_vectorized(W, X, y, reg):
    N = len(X)
    scores = np.matmul(X, W)
    correct = scores[range(N), y][:, np.newaxis]
    margin = scores - correct + 1.0
    margin[range(N), y] = 0
    active = (margin > 0)
    loss = margin[active].sum() / N + reg * (W ** 2).sum()
    k = active.astype(float)
    k[range(N), y] -= active.sum(axis=1)
    dW = X.T @ k
    dW /= N
    dW += 2 * reg * W
    return loss, dW
