"""The pictures of the course: CIFAR-10, and a drawn set that needs no download."""
from .cache import Source, cache_folder, fetch
from .cifar10 import CIFAR10, CIFAR10_CLASSES, get_CIFAR10_data, load_CIFAR10
from .picture_book import PICTURE_BOOK_CLASSES, get_picture_book_data, load_picture_book

__all__ = [
    "CIFAR10",
    "CIFAR10_CLASSES",
    "PICTURE_BOOK_CLASSES",
    "Source",
    "cache_folder",
    "fetch",
    "get_CIFAR10_data",
    "get_picture_book_data",
    "load_CIFAR10",
    "load_picture_book",
]
