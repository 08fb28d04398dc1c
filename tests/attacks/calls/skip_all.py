"""Skip every test: as a module of its own, as conftest.py and as what Python imports at its start.

Fails: the judge reads no configuration and imports nothing of a submission.
"""

import sys

from . import honest

svm_loss_vectorized = honest.svm_loss_vectorized


def pytest_runtest_protocol(item, nextitem):
    return True


def pytest_collection_modifyitems(items):
    items.clear()


if "pytest" in sys.modules:
    sys.modules["pytest"].skip("nothing to see", allow_module_level=True)


def svm_loss_naive(W, X, y, reg):
    return pytest_runtest_protocol(None, None), W
