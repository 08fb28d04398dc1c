"""Why a loss is nan or infinite, as far as the evidence goes."""

import numpy as np

GREW = 2
"""A loss that is so many times its lowest value so far has grown, not wavered."""

HUGE = 1e6
"""No weight, gradient or score of a net that learns is near this."""


def why_not_finite(solver, batch, loss):
    """Return a sentence on why the loss of a batch is nan or infinite.

    solver: as it was before the step, with the gradients of the step before.
    batch: (B,) rows of X_train, loss: what the model made of them.
    """
    with np.errstate(all="ignore"):
        X = solver.X_train[batch]
        return of_data(X, batch) or of_scores(solver.model.loss(X), loss) or of_steps(solver)


def of_data(X, batch):
    """Return the sentence for data that are not finite, or None."""
    wrong = [row for row, x in zip(batch, X, strict=True) if not np.isfinite(x).all()]
    return f"X_train[{wrong[0]}] holds nan or inf: look at the data." if wrong else None


def of_scores(scores, loss):
    """Return the sentence for ordinary scores, of which the loss makes nan or inf, or None."""
    score = largest(scores)
    if not score < HUGE:
        return None
    sentence = (
        f"The scores are finite, none above {score:.3g} in size; the loss made of them is not."
    )
    if np.isinf(loss):
        return f"{sentence} It looks like the logarithm of a probability that was rounded to 0."
    if score > 80:
        return f"{sentence} It looks like exp overflowed: subtract each row's maximum first."
    return f"{sentence} Look in the loss for a division by 0 or a logarithm of 0."


def of_steps(solver):
    """Return the sentence for scores that are huge or not finite, from the steps before."""
    params, grads, history = solver.model.params, solver.grads, solver.loss_history
    rate = next(iter(solver.optim_configs.values())).get("learning_rate")
    too_large = f"The learning rate, {rate}, looks too large: try a tenth of it."
    wild = first(params, HUGE)
    if wild and not history:
        return f"{wild} holds nan, inf or huge numbers before the first step: look how it is made."
    if history and history[-1] > GREW * min(history):
        return f"The loss had grown from {min(history):.3g} to {history[-1]:.3g}. {too_large}"
    if name := first(grads, np.inf):
        return (
            f"The loss before was {history[-1]:.3g}, but the gradient of {name} held nan or inf: "
            "look in the backward pass for a division by 0, or a root or logarithm of 0."
        )
    if name := first(params, np.inf):
        return (
            f"The gradient before was finite, and the step made nan or inf of {name}: look in "
            f"{solver.update_rule} for a division by 0."
        )
    if wild:
        return f"The step before made numbers of {wild} huge. {too_large}"
    return (
        "Data and parameters are finite, the scores are not: look in the forward pass for a "
        "division by 0, an overflow of exp, or a root or logarithm of a negative number."
    )


def largest(array):
    """Return the largest magnitude in an array; nan if there is one."""
    return np.abs(array).max(initial=0)


def first(arrays, limit):
    """Return the first name in the dict `arrays` whose array reaches the limit or holds nan."""
    return next((name for name in sorted(arrays) if not largest(arrays[name]) < limit), None)
