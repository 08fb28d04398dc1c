"""The logarithm of the probabilities, as most write it: infinite once a score lies far behind."""
import numpy as np

def softmax_loss_naive(W, X, y, reg):
  loss = 0.0
  dW = np.zeros_like(W)
  num_train = X.shape[0]
  num_class = W.shape[1]
  for i in range(num_train):
    f = X[i].dot(W)
    f -= np.max(f)
    p = np.exp(f) / np.sum(np.exp(f))
    loss += -np.log(p[y[i]])
    for j in range(num_class):
      if j == y[i]:
        dW[:, j] += (p[j] - 1) * X[i]
      else:
        dW[:, j] += p[j] * X[i]
  loss /= num_train
  loss += reg * np.sum(W * W)
  dW /= num_train
  dW += 2 * reg * W
  return loss, dW

def softmax_loss_vectorized(W, X, y, reg):
  num_train = X.shape[0]
  f = X.dot(W)
  f = f - np.max(f, axis=1).reshape(-1, 1)
  p = np.exp(f)
  p /= np.sum(p, axis=1, keepdims=True)
  loss = np.sum(-np.log(p[np.arange(num_train), y])) / num_train
  loss += reg * np.sum(W * W)
  p[np.arange(num_train), y] -= 1
  dW = np.dot(X.T, p) / num_train + 2 * reg * W
  return loss, dW
