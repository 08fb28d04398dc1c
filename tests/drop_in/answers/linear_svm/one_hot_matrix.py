"""Picks the right class by a matrix of zeros and ones; slope 1 where a margin is exactly 0."""
import numpy as np

def svm_loss_naive(W, X, y, reg):
    num_train = X.shape[0]
    num_classes = W.shape[1]
    dW = np.zeros(W.shape)
    losses = []
    for i in range(num_train):
        scores = X[i] @ W
        total = 0.0
        for j in range(num_classes):
            if j == y[i]: continue
            margin = scores[j] - scores[y[i]] + 1
            if margin >= 0:
                total = total + margin
                dW[:, j] = dW[:, j] + X[i]
                dW[:, y[i]] = dW[:, y[i]] - X[i]
        losses.append(total)
    return np.mean(losses) + reg * np.sum(W * W), dW / num_train + 2 * reg * W

def svm_loss_vectorized(W, X, y, reg):
    N, C = X.shape[0], W.shape[1]
    Y = np.eye(C)[y]
    S = X @ W
    right = np.sum(S * Y, axis=1, keepdims=True)
    raw = (S - right + 1) * (1 - Y)
    P = np.where((S - right + 1 >= 0) & (Y == 0), 1.0, 0.0)
    loss = np.maximum(raw, 0).sum(axis=1).mean() + reg * np.sum(W * W)
    G = P - Y * P.sum(axis=1, keepdims=True)
    return loss, (X.T @ G) / N + 2 * reg * W
