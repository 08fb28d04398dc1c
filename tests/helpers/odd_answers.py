"""What functions and nets might return, as code: answers of odd kinds, shapes, names and sizes."""

ODD = [
    *("None", "'text'", "3", "[]", "{}", "np.zeros(0)", "np.zeros((2, 1, 2, 1, 2))", "args[0]"),
    *("(None, None)", "(args[0], None)", "('text', {}, [])", "(np.zeros(3), 1, 2)"),
    *("(args[0] > 0, None)", "(args[0].tolist(), args[0], 0)", "(args[0], *[np.array('x')] * 2)"),
]
"""What functions might return, as code."""

ODD_NETS = [
    *(
        "None",
        "3.0",
        "(3.0, None)",
        "(loss, [])",
        "(loss, {1: 2})",
        "(None, grads)",
        "(grads, loss)",
    ),
    *("(loss, {name: None for name in grads})", "(loss, {name: 0 for name in grads})"),
    *("(loss, {name: g[None] for name, g in grads.items()})", "(loss, {**grads, 'b1': 'text'})"),
    *("(np.array([loss]), grads)", "(loss, {name: g.T for name, g in grads.items()})"),
]


def odd_layers(names, odd):
    """Return code in which functions of these names return something odd."""
    return "\n".join(f"def {name}(*args):\n    return {odd}\n" for name in names)


def odd_net(net, odd):
    """Return code in which the loss of a class `net` returns something odd where it is given y."""
    return f"""
class Right({net}):
    pass

class {net}(Right):
    def loss(self, X, y=None):
        if y is None:
            return super().loss(X)
        loss, grads = super().loss(X, y)
        return {odd}
"""
