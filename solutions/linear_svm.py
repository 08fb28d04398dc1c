"""The multiclass SVM: hinge loss and gradient, with loops and without."""

import numpy as np


def svm_loss_naive(W, X, y, reg):
    """Return the regularised hinge loss and its gradient, with explicit loops.

    Example i costs sum over j != y[i] of max(0, s_j - s_{y[i]} + 1), where s = X[i] @ W.
    The loss is the mean of these costs plus reg * sum(W * W).

    W: (D, C) weights, one column per class.
    X: (N, D) examples, one per row.
    y: (N,) integers in [0, C), the right class of each row.
    reg: regularisation strength; no factor 1/2.
    Returns (loss, dW): a float, and an array shaped like W.
    """
    num_train, num_classes = X.shape[0], W.shape[1]
    loss = 0.0
    dW = np.zeros_like(W)
    # SOLUTION: Add up the cost of every example, and in the same loops its effect on dW:
    # which columns of W does a violated margin push, and which way? Then take the mean
    # over the examples, and add the regularisation to the loss and to dW.
    for i in range(num_train):
        scores = X[i] @ W
        for j in range(num_classes):
            if j == y[i]:
                continue
            margin = scores[j] - scores[y[i]] + 1
            if margin > 0:
                loss += margin
                dW[:, j] += X[i]
                dW[:, y[i]] -= X[i]
    loss = loss / num_train + reg * np.sum(W * W)
    dW = dW / num_train + 2 * reg * W
    return loss, dW


def svm_loss_vectorized(W, X, y, reg):
    """Return the loss and gradient of svm_loss_naive, without a loop.

    W: (D, C) weights, X: (N, D) examples, y: (N,) right classes, reg: strength.
    Returns (loss, dW): a float, and an array shaped like W.
    """
    # SOLUTION: Compute all N x C margins at once; the right classes have none. Let G say how
    # often each example pushes each column of W; dW is then a product of two matrices.
    rows = np.arange(len(y))
    scores = X @ W
    margins = np.maximum(0, scores - scores[rows, y][:, None] + 1)
    margins[rows, y] = 0
    loss = margins.sum() / len(y) + reg * np.sum(W * W)

    G = (margins > 0).astype(W.dtype)
    G[rows, y] = -G.sum(axis=1)
    return loss, X.T @ G / len(y) + 2 * reg * W
