"""Imported by the notebooks beside the student's package."""


def __getattr__(name):
    """Import rng when it is first asked for, so that data_utils.headings comes without NumPy."""
    if name != "rng":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from .seeds import rng

    return rng
