"""All in float64, whatever comes in; labels are made integers."""
import numpy as np

def svm_loss_naive(W, X, y, reg):
    W = W.astype(np.float64); X = np.asarray(X, dtype=np.float64); y = y.astype(int)
    dW = np.zeros(W.shape); loss = 0.0
    for i in range(len(X)):
        scores = np.array([X[i].dot(W[:, j]) for j in range(W.shape[1])])
        for j in range(W.shape[1]):
            diff = scores[j] - scores[y[i]] + 1
            if diff > 0 and j != y[i]:
                loss += diff
                dW[:, j] += X[i]
                dW[:, y[i]] += -X[i]
    loss = loss / len(X)
    loss = loss + reg * np.sum(W * W)
    dW = dW / len(X)
    dW = dW + 2 * reg * W
    return loss, dW

def svm_loss_vectorized(W, X, y, reg):
    X = np.array(X, dtype=np.float64)
    scores = X.dot(W.astype(np.float64))
    idx = (np.arange(X.shape[0]), y.astype(int))
    margins = scores - np.reshape(scores[idx], (X.shape[0], 1)) + 1
    margins[idx] = 0
    margins[margins < 0] = 0
    loss = np.sum(margins) / X.shape[0] + reg * np.sum(W * W)
    mask = np.sign(margins)
    mask[idx] = -np.sum(mask, axis=1)
    return loss, X.T.dot(mask) / X.shape[0] + 2 * reg * W
