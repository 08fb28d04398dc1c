"""The softmax classifier: cross-entropy loss and gradient, with loops and without."""

import numpy as np


def softmax_loss_naive(W, X, y, reg):
    """Return the regularised cross-entropy loss and its gradient, with explicit loops.

    Example i costs -log p_{y[i]}, where p = exp(s) / sum(exp(s)) and s = X[i] @ W.
    The loss is the mean of these costs, in nats, plus reg * sum(W * W).

    W: (D, C) weights, one column per class.
    X: (N, D) examples, one per row.
    y: (N,) integers in [0, C), the right class of each row.
    reg: regularisation strength; no factor 1/2.
    Returns (loss, dW): a float, and an array shaped like W.
    """
    num_train, num_classes = X.shape[0], W.shape[1]
    loss = 0.0
    dW = np.zeros_like(W)
    # SOLUTION: For every example turn scores into probabilities. Shift the scores first, so
    # that exp cannot overflow. Each probability tells what its column of dW receives.
    for i in range(num_train):
        scores = X[i] @ W
        scores -= scores.max()
        log_total = np.log(np.sum(np.exp(scores)))
        loss += log_total - scores[y[i]]
        for j in range(num_classes):
            probability = np.exp(scores[j] - log_total)
            dW[:, j] += (probability - (j == y[i])) * X[i]
    loss = loss / num_train + reg * np.sum(W * W)
    dW = dW / num_train + 2 * reg * W
    return loss, dW


def softmax_loss_vectorized(W, X, y, reg):
    """Return the loss and gradient of softmax_loss_naive, without a loop.

    W: (D, C) weights, X: (N, D) examples, y: (N,) right classes, reg: strength.
    Returns (loss, dW): a float, and an array shaped like W.
    """
    # SOLUTION: Compute all N x C log-probabilities at once, each row shifted by its own
    # maximum. The gradient is Xᵀ times the gradient with respect to the scores.
    rows = np.arange(len(y))
    scores = X @ W
    shifted = scores - scores.max(axis=1, keepdims=True)
    log_probs = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    loss = -log_probs[rows, y].mean() + reg * np.sum(W * W)

    dscores = np.exp(log_probs)
    dscores[rows, y] -= 1
    return loss, X.T @ dscores / len(y) + 2 * reg * W
