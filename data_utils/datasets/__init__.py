"""The pictures of the course: CIFAR-10, MNIST, and drawn sets that need no download."""

from .cifar10 import CIFAR10, CIFAR10_CLASSES, get_CIFAR10_data, load_CIFAR10
from .drawn.characters import (
    DRAWN_DIGITS,
    DRAWN_LETTERS,
    get_drawn_digits_data,
    get_drawn_letters_data,
    load_drawn_digits,
    load_drawn_letters,
)
from .drawn.picture_book import PICTURE_BOOK_CLASSES, get_picture_book_data, load_picture_book
from .files.cache import Source, cache_folder, fetch
from .files.idx import load_idx
from .grey import GREY_SETS, get_grey_data
from .mnist import (
    FASHION_MNIST_CLASSES,
    get_fashion_mnist_data,
    get_mnist_data,
    load_fashion_mnist,
    load_mnist,
    load_mnist_part,
)

__all__ = [
    "CIFAR10",
    "CIFAR10_CLASSES",
    "DRAWN_DIGITS",
    "DRAWN_LETTERS",
    "FASHION_MNIST_CLASSES",
    "GREY_SETS",
    "PICTURE_BOOK_CLASSES",
    "Source",
    "cache_folder",
    "fetch",
    "get_CIFAR10_data",
    "get_drawn_digits_data",
    "get_drawn_letters_data",
    "get_fashion_mnist_data",
    "get_grey_data",
    "get_mnist_data",
    "get_picture_book_data",
    "load_CIFAR10",
    "load_drawn_digits",
    "load_drawn_letters",
    "load_fashion_mnist",
    "load_idx",
    "load_mnist",
    "load_mnist_part",
    "load_picture_book",
]
