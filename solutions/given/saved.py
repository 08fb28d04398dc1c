"""Save and load the parameters of a model, with CS231n's names; the file holds no pickles."""

from . import checkpoint


class Saved:
    """A model with `params`, and `bn_params` if it has batch norm, that a file can keep."""

    params: dict

    def save(self, fname):
        """Write parameters and running statistics to the file `fname`."""
        statistics = getattr(self, "bn_params", [])
        checkpoint.save(fname, {"params": self.params, "bn_params": statistics})

    def load(self, fname):
        """Take parameters and running statistics from a file that save wrote.

        Raises ValueError for another kind of file, or a model of other sizes.
        """
        kept = checkpoint.load(fname)
        require_same_shapes(kept["params"], self.params, fname)
        self.params = kept["params"]
        if hasattr(self, "bn_params"):
            self.bn_params = kept["bn_params"]


def require_same_shapes(saved, params, path):
    """Raise ValueError unless two dicts of parameters have the same names and shapes."""
    saved, here = ({name: p.shape for name, p in d.items()} for d in (saved, params))
    if saved != here:
        raise ValueError(f"{path} is of a different model: it holds {saved}, the model {here}")
