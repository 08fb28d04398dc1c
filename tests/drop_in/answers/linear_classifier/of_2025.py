"""The classifier of 2025: it saves and loads its weights; randint draws the batch."""
from builtins import range
from builtins import object
import os
import numpy as np
from .linear_svm import svm_loss_vectorized
from .softmax import softmax_loss_vectorized

class LinearClassifier(object):
    def __init__(self):
        self.W = None

    def train(self, X, y, learning_rate=1e-3, reg=1e-5, num_iters=100, batch_size=200, verbose=False):
        num_train, dim = X.shape
        num_classes = (np.max(y) + 1)
        if self.W is None:
            self.W = 0.001 * np.random.randn(dim, num_classes)
        loss_history = []
        for it in range(num_iters):
            idxs = np.random.randint(0, num_train, size=batch_size)
            loss, grad = self.loss(X[idxs], y[idxs], reg)
            loss_history.append(loss)
            self.W = self.W - learning_rate * grad
            if verbose and it % 100 == 0:
                print("iteration %d / %d: loss %f" % (it, num_iters, loss))
        return loss_history

    def predict(self, X):
        return X.dot(self.W).argmax(1)

    def loss(self, X_batch, y_batch, reg):
        pass

    def save(self, fname):
        fpath = os.path.join(os.path.dirname(__file__), "../saved/", fname)
        np.save(fpath, {"W": self.W})
        print(fname, "saved.")

    def load(self, fname):
        fpath = os.path.join(os.path.dirname(__file__), "../saved/", fname)
        if not os.path.exists(fpath):
            print(fname, "not available.")
            return False
        self.W = np.load(fpath, allow_pickle=True).item()["W"]
        return True

class LinearSVM(LinearClassifier):
    def loss(self, X_batch, y_batch, reg):
        return svm_loss_vectorized(self.W, X_batch, y_batch, reg)

class Softmax(LinearClassifier):
    def loss(self, X_batch, y_batch, reg):
        return softmax_loss_vectorized(self.W, X_batch, y_batch, reg)
