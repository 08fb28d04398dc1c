"""What the notebooks import beside the student's package."""

from . import products

products.set_up()

from . import check  # noqa: E402
from .seeds import rng  # noqa: E402

__all__ = ["check", "rng"]
