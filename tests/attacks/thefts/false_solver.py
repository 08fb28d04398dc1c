"""Replace Solver and the net by classes that claim to have learned everything by heart.

Fails: what is the student's in this check is two numbers; the reference's Solver trains by them.
"""

from . import cnn, solver


class Lying:
    """Says what a check wants to hear, whatever it was given."""

    train_acc_history = (1.0,)
    loss_history = (2.3, 0.1)

    def __init__(self, *args, **kwargs):
        pass

    def train(self):
        pass


solver.Solver = cnn.DeepConvNet = Lying


def find_overfit_parameters():
    return 1e-9, 1e-9
