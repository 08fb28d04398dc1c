"""Name a module of the reference's as the update rule of its Solver, and let it take a step.

Fails: a Solver looks its rule up among four names, at each step.
"""

import numpy as np

from .cnn import DeepConvNet
from .solver import Solver

ODD = ("np", "__class__", "__dict__", "__loader__", "__builtins__", "__init__")


def find_overfit_parameters():
    X, y = np.ones((4, 1, 4, 4), np.float32), np.array([0, 1, 2, 0])
    data = {"X_train": X, "y_train": y, "X_val": X, "y_val": y}
    solver = Solver(DeepConvNet((1, 4, 4), (2,), (0,)), data, verbose=False)
    said = []
    for solver.update_rule in ODD:
        try:
            solver.step()
        except ValueError as error:
            said.append(str(error))
    if any("there is no update rule" not in each for each in said):
        raise LookupError(f"taken: {said}")
    raise LookupError("nothing but numbers came back")
