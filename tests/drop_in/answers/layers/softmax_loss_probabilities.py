"""Probabilities, their logarithm, and the gradient in a copy."""
import numpy as np

def softmax_loss(x, y):
  p = np.exp(x - np.max(x, axis=1, keepdims=True))
  p /= np.sum(p, axis=1, keepdims=True)
  N = x.shape[0]
  loss = -np.sum(np.log(p[np.arange(N), y])) / N
  dx = p.copy()
  dx[np.arange(N), y] -= 1
  dx /= N
  return loss, dx
