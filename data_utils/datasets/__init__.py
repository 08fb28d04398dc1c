"""The pictures of the course: CIFAR-10, and a drawn set that needs no download."""
from .cache import Source, cache_folder, fetch
from .cifar10 import CIFAR10, CIFAR10_CLASSES, get_CIFAR10_data, load_CIFAR10

__all__ = [
    "CIFAR10",
    "CIFAR10_CLASSES",
    "Source",
    "cache_folder",
    "fetch",
    "get_CIFAR10_data",
    "load_CIFAR10",
]
