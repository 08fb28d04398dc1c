"""A mask of the right classes; -f_y + log(sum), unshifted for the loss's first part."""
import numpy as np

def softmax_loss_naive(W, X, y, reg):
  num_train, dim = X.shape
  num_classes = W.shape[1]
  loss = 0.0
  dW = np.zeros_like(W, dtype=float)
  for i in range(num_train):
    scores = [X[i].dot(W[:, c]) for c in range(num_classes)]
    m = max(scores)
    total = 0.0
    for c in range(num_classes):
      total += np.exp(scores[c] - m)
    loss += np.log(total) + m - scores[y[i]]
    for c in range(num_classes):
      prob = np.exp(scores[c] - m) / total
      dW[:, c] += (prob - int(c == y[i])) * X[i, :]
  loss = loss/num_train + reg*np.sum(W*W)
  dW = dW/num_train + 2*reg*W
  return loss, dW

def softmax_loss_vectorized(W, X, y, reg):
  num_train = X.shape[0]
  scores = X.dot(W)
  shift = scores.max(1)[:, None]
  ex = np.exp(scores - shift)
  tot = ex.sum(1)[:, None]
  mask = np.zeros_like(scores)
  mask[range(num_train), y] = 1
  loss = -np.sum(mask * (scores - shift - np.log(tot))) / num_train
  loss += reg * np.sum(W * W)
  dscores = (ex / tot - mask) / num_train
  dW = X.T.dot(dscores)
  dW += 2 * reg * W
  return loss, dW
