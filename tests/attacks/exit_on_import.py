"""Exit while being imported.

Fails: the judge imports nothing of this.
"""

import sys

from . import honest

LeastSquares, LinearClassifier = honest.LeastSquares, honest.LinearClassifier
LinearSVM, Softmax = honest.LinearSVM, honest.Softmax


sys.exit(0)
