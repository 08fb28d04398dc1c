"""What a layer is told besides its numbers, looked at before it is used."""

NORMALIZATIONS = (None, "batchnorm", "layernorm")


def is_training(param):
    """Tell whether a layer's mode is 'train'. Raises ValueError unless it is that or 'test'."""
    mode = param.get("mode")
    if mode not in ("train", "test"):
        raise ValueError(f"the mode is 'train' or 'test', not {mode!r}: set param['mode']")
    return mode == "train"


def keep_ratio(p):
    """Return a probability to keep as a float. Raises ValueError unless it is in (0, 1]."""
    if not 0 < p <= 1:
        raise ValueError(f"p is the probability to keep a unit, above 0 and at most 1, not {p}")
    return float(p)


def known_normalization(name):
    """Return the name of a normalisation, or None. Raises ValueError for another name."""
    if name not in NORMALIZATIONS:
        raise ValueError(f"there is no normalization={name!r}; there are {NORMALIZATIONS}")
    return name
