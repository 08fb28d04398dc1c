"""Draws a batch without replacement where there are enough examples; seeds np.random itself."""
import numpy as np
from .linear_svm import *
from .softmax import *

class LinearClassifier(object):
    def __init__(self):
        self.W = None

    def train(self, X, y, learning_rate=1e-3, reg=1e-5, num_iters=100, batch_size=200, verbose=False):
        np.random.seed(231)
        num_train, dim = X.shape
        if self.W is None:
            self.W = np.random.randn(dim, np.max(y) + 1) * 0.001
        history = []
        for it in range(num_iters):
            mask = np.random.choice(num_train, batch_size, replace=batch_size > num_train)
            X_batch = X[mask]; y_batch = y[mask]
            l, g = self.loss(X_batch, y_batch, reg)
            history += [l]
            self.W -= learning_rate * g
        return history

    def predict(self, X):
        preds = []
        for row in X:
            preds.append(np.argmax(row.dot(self.W)))
        return np.array(preds)

    def loss(self, X_batch, y_batch, reg):
        pass

class LinearSVM(LinearClassifier):
    def loss(self, X_batch, y_batch, reg):
        return svm_loss_vectorized(self.W, X_batch, y_batch, reg)

class Softmax(LinearClassifier):
    def loss(self, X_batch, y_batch, reg):
        return softmax_loss_vectorized(self.W, X_batch, y_batch, reg)
