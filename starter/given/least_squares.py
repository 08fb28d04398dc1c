"""A loss that is given, so that training can be tried before any other loss is written."""

import numpy as np

from ..linear_classifier import LinearClassifier


class LeastSquares(LinearClassifier):
    """A linear classifier that pays the squared distance from its scores to one-hot labels."""

    def loss(self, X_batch, y_batch, reg):
        """Return (loss, dW): the mean squared distance plus reg * sum(W * W).

        Raises ValueError for a batch that is no matrix, or has other labels than one a row.
        """
        if np.ndim(X_batch) != 2:
            raise ValueError(
                f"X_batch has shape {np.shape(X_batch)}, expected (batch_size, D), a row for each "
                "example: how many positions does your loop draw?"
            )
        if np.shape(y_batch) != (len(X_batch),):
            raise ValueError(
                f"y_batch has shape {np.shape(y_batch)}, expected ({len(X_batch)},), a label for "
                "each row of X_batch: are both taken at the positions drawn?"
            )
        away = X_batch @ self.W - np.eye(self.W.shape[1])[y_batch]
        loss = np.sum(away * away) / len(away) + reg * np.sum(self.W * self.W)
        return loss, 2 * X_batch.T @ away / len(away) + 2 * reg * self.W
