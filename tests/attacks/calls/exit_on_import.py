"""Exit while being imported.

Fails: the judge imports nothing of this.
"""

import sys

from . import honest

LinearClassifier, LinearSVM, Softmax = honest.LinearClassifier, honest.LinearSVM, honest.Softmax


sys.exit(0)
