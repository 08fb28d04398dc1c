"""Four sets of 28 by 28 grey pictures in ten classes, by name; two need no download."""

from .drawn.characters import (
    DRAWN_DIGITS,
    DRAWN_LETTERS,
    get_drawn_digits_data,
    get_drawn_letters_data,
)
from .files.cache import cache_folder
from .mnist import FASHION_MNIST_CLASSES, MD5, get_fashion_mnist_data, get_mnist_data

GREY_SETS = {
    "digits": (get_drawn_digits_data, DRAWN_DIGITS),
    "letters": (get_drawn_letters_data, DRAWN_LETTERS),
    "mnist": (get_mnist_data, DRAWN_DIGITS),
    "fashion-mnist": (get_fashion_mnist_data, FASHION_MNIST_CLASSES),
}
STAND_INS = {"mnist": "digits", "fashion-mnist": "letters"}


def get_grey_data(name, num_training=6000, num_validation=1000, num_test=2000):
    """Return a set of GREY_SETS as get_mnist_data does, with class_names in the dict as well.

    Where the files of MNIST or Fashion-MNIST have not been downloaded yet, says so and returns
    the drawn digits or letters; get_mnist_data() and get_fashion_mnist_data() download them.
    Raises ValueError for an unknown name.
    """
    if name not in GREY_SETS:
        raise ValueError(f"there is no set {name!r}: expected one of {tuple(GREY_SETS)}")
    if name in MD5 and not is_here(name):
        print(f"{name} has not been downloaded; the drawn {STAND_INS[name]} take its place")
        name = STAND_INS[name]
    get_data, class_names = GREY_SETS[name]
    data = get_data(num_training, num_validation, num_test)
    return {**data, "class_names": class_names}


def is_here(name):
    """Tell whether all files of MNIST or Fashion-MNIST are in the cache, packed as distributed."""
    folder = cache_folder() / name
    return all((folder / f"{file}.gz").is_file() for file in MD5[name])
