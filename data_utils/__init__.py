"""What the notebooks import beside the student's package."""

from . import check
from .seeds import rng

__all__ = ["check", "rng"]
