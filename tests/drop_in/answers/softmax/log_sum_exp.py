"""log-sum-exp after the shift, and the outer product for the gradient of an example."""
import numpy as np

def softmax_loss_naive(W, X, y, reg):
    N = X.shape[0]
    loss, dW = 0, np.zeros(W.shape)
    for i in range(N):
        z = W.T.dot(X[i])
        z = z - z.max()
        e = np.exp(z)
        loss += np.log(e.sum()) - z[y[i]]
        g = e / e.sum()
        g[y[i]] -= 1
        dW += X[i][:, None] * g[None, :]
    return loss / N + reg * np.sum(W ** 2), dW / N + 2 * reg * W

def softmax_loss_vectorized(W, X, y, reg):
    N = X.shape[0]
    z = X @ W
    z -= np.max(z, axis=1, keepdims=True)
    lse = np.log(np.sum(np.exp(z), axis=1))
    loss = np.mean(lse - z[np.arange(N), y]) + reg * np.sum(W ** 2)
    P = np.exp(z - lse[:, None])
    P[np.arange(N), y] -= 1
    return loss, X.T @ P / N + reg * 2 * W
