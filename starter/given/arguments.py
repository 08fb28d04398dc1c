"""Validate the arguments of layers, before they are used."""

import numpy as np

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


def as_labels(y):
    """Return right classes as integers (N,), given so or as one-hot rows (N, C)."""
    y = np.asarray(y)
    return y.argmax(axis=1) if y.ndim == 2 else y


def conv_sizes(x_shape, HH, WW, conv_param):
    """Return the geometry of a convolution: (stride, pad, dilation, H', W').

    x_shape: (N, C, H, W) of the pictures; HH, WW: height and width of a filter, in pixels.
    conv_param: dict of 'stride' and 'pad', in pixels, and 'dilation', the distance between
        neighbouring taps of a filter (1 if it is not there).
    Raises ValueError for sizes that make no sense, or a filter larger than the padded picture.
    """
    stride, pad = conv_param["stride"], conv_param["pad"]
    dilation = conv_param.get("dilation", 1)
    if pad < 0:
        raise ValueError(f"pad is {pad}; it counts pixels, so it is 0 or more")
    if dilation < 1:
        raise ValueError(f"dilation is {dilation}; neighbouring taps are 1 or more pixels apart")
    height = output_size("height", x_shape[2] + 2 * pad, dilation * (HH - 1) + 1, stride)
    width = output_size("width", x_shape[3] + 2 * pad, dilation * (WW - 1) + 1, stride)
    return stride, pad, dilation, height, width


def pool_sizes(x_shape, pool_param):
    """Return the geometry of a pooling layer: (pool height, pool width, stride, H', W').

    x_shape: (N, C, H, W) of the pictures.
    pool_param: dict of 'pool_height', 'pool_width' and 'stride', in pixels.
    Raises ValueError for sizes that make no sense, or a window larger than the picture.
    """
    pool_height, pool_width = pool_param["pool_height"], pool_param["pool_width"]
    stride = pool_param["stride"]
    height = output_size("height", x_shape[2], pool_height, stride)
    width = output_size("width", x_shape[3], pool_width, stride)
    return pool_height, pool_width, stride, height, width


def output_size(name, size, window, stride):
    """Return how many places a window has along an axis: 1 + (size - window) // stride.

    name: what the axis is called, for messages; size, window, stride: in pixels. Pixels at the
    end that no whole step of the window reaches are left out.
    Raises ValueError where there is no place at all.
    """
    if stride < 1:
        raise ValueError(f"stride is {stride}; a window moves on by 1 pixel or more")
    if not 1 <= window <= size:
        raise ValueError(
            f"a window of {name} {window} has no place on a picture of {name} {size} (with its "
            "padding): take a smaller window, more padding or larger pictures"
        )
    return 1 + (size - window) // stride


def require_filters(x, w, b):
    """Raise ValueError unless pictures (N, C, H, W), filters (F, C, HH, WW) and b (F,) fit."""
    if x.ndim != 4 or w.ndim != 4:
        raise ValueError(
            f"x has shape {x.shape} and w {w.shape}; expected (N, C, H, W) and (F, C, HH, WW)"
        )
    if x.shape[1] != w.shape[1]:
        raise ValueError(
            f"the pictures have {x.shape[1]} channels and the filters {w.shape[1]}: "
            "a filter looks at all channels, so the numbers must be the same"
        )
    if b.shape != w.shape[:1]:
        raise ValueError(f"b has shape {b.shape}; expected {w.shape[:1]}, one bias a filter")
