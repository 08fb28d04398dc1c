"""Takes a batch from a permutation, filled up by chance where the data are fewer."""
import numpy as np
from .linear_svm import *
from .softmax import *

class LinearClassifier(object):
    def __init__(self):
        self.W = None

    def train(self, X, y, learning_rate=1e-3, reg=1e-5, num_iters=100, batch_size=200, verbose=False):
        num_train, dim = X.shape
        num_classes = np.max(y) + 1
        if self.W is None:
            self.W = 0.001 * np.random.randn(dim, num_classes)
        loss_history = []
        for it in range(num_iters):
            order = np.random.permutation(num_train)[:batch_size]
            if len(order) < batch_size:
                order = np.random.choice(num_train, batch_size, replace=True)
            loss, grad = self.loss(X[order], y[order], reg)
            loss_history.append(loss)
            self.W = self.W + (-learning_rate) * grad
        return loss_history

    def predict(self, X):
        scores = np.matmul(X, self.W)
        y_pred = np.zeros(X.shape[0], dtype=int)
        for i in range(X.shape[0]):
            y_pred[i] = int(np.argmax(scores[i]))
        return y_pred

    def loss(self, X_batch, y_batch, reg):
        pass

class LinearSVM(LinearClassifier):
    def loss(self, X_batch, y_batch, reg):
        return svm_loss_vectorized(self.W, X_batch, y_batch, reg)

class Softmax(LinearClassifier):
    def loss(self, X_batch, y_batch, reg):
        return softmax_loss_vectorized(self.W, X_batch, y_batch, reg)
