"""Shifts in the naive loop by hand; numerators and denominators under their own names."""
import numpy as np

def softmax_loss_naive(W, X, y, reg):
    loss = 0.0
    dW = np.zeros_like(W)
    N, C = X.shape[0], W.shape[1]
    for i in range(N):
        logits = X[i].dot(W)
        logits = logits - np.max(logits)
        numer = np.exp(logits)
        denom = sum(numer)
        loss -= np.log(numer[y[i]] / denom)
        for j in range(C):
            dW[:, j] += X[i] * numer[j] / denom
        dW[:, y[i]] -= X[i]
    loss, dW = loss / N, dW / N
    loss += reg * np.sum(W ** 2)
    dW = dW + 2 * reg * W
    return loss, dW

def softmax_loss_vectorized(W, X, y, reg):
    N = X.shape[0]
    logits = X.dot(W)
    logits = (logits.T - logits.max(axis=1)).T
    numer = np.exp(logits)
    denom = numer.sum(axis=1)
    right = logits[np.arange(N), y]
    loss = (-right.sum() + np.log(denom).sum()) / N + reg * np.sum(W ** 2)
    P = (numer.T / denom).T
    P[np.arange(N), y] = P[np.arange(N), y] - 1
    return loss, X.T.dot(P / N) + 2 * reg * W
