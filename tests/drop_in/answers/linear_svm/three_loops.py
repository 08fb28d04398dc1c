"""The template's loops, and the gradient taken inside them."""
import numpy as np
from random import shuffle

def svm_loss_naive(W, X, y, reg):
  dW = np.zeros(W.shape) # initialize the gradient as zero

  num_classes = W.shape[1]
  num_train = X.shape[0]
  loss = 0.0
  for i in range(num_train):
    s = X[i].dot(W)
    right = s[y[i]]
    for j in range(num_classes):
      if j == y[i]:
        continue
      m = s[j] - right + 1 # delta = 1
      if m > 0:
        loss += m
        for d in range(X.shape[1]):
          dW[d, j] += X[i, d]
          dW[d, y[i]] -= X[i, d]

  loss /= num_train
  dW /= num_train
  loss += reg * np.sum(W * W)
  dW += reg * 2 * W
  return loss, dW


def svm_loss_vectorized(W, X, y, reg):
  loss = 0.0
  dW = np.zeros(W.shape)
  n = X.shape[0]
  S = X.dot(W)
  yes = S[np.arange(n), y].reshape(-1, 1)
  M = np.maximum(0, S - yes + 1)
  M[np.arange(n), y] = 0
  loss = np.sum(M) / n + reg * np.sum(W * W)

  M[M > 0] = 1
  M[np.arange(n), y] = -np.sum(M, axis=1)
  dW = np.dot(X.T, M) / n + 2 * reg * W
  return loss, dW
