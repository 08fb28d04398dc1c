"""Lets the right class cost its 1 and takes it off again."""
import numpy as np

def svm_loss_naive(W, X, y, reg):
  delta = 1.0
  loss, dW = 0.0, np.zeros(W.shape)
  for i in range(X.shape[0]):
    scores = X[i].dot(W)
    margins = np.maximum(0, scores - scores[y[i]] + delta)
    loss += np.sum(margins) - delta
    hit = (margins > 0) * 1
    hit[y[i]] = 0
    hit[y[i]] = -sum(hit)
    dW += np.outer(X[i], hit)
  loss = loss / X.shape[0] + reg * np.sum(np.square(W))
  dW = dW / X.shape[0] + 2 * W * reg
  return loss, dW

def svm_loss_vectorized(W, X, y, reg):
  num_train = X.shape[0]
  scores = X.dot(W)
  margins = np.maximum(0, scores - scores[np.arange(num_train), y, None] + 1)
  loss = (np.sum(margins) - num_train) / num_train
  loss += reg * np.sum(W*W)
  ind = np.zeros(margins.shape)
  ind[margins > 0] = 1
  ind[np.arange(num_train), y] = 0
  ind[np.arange(num_train), y] = -1 * np.sum(ind, 1)
  dW = X.T.dot(ind)/num_train + 2*reg*W
  return loss, dW
