"""A bar that shows how far a loop is and how long it will take."""

import os
import sys

from tqdm import tqdm


def bar(things, what=None):
    """Return things as they are, with a bar below the cell while a loop goes through them.

    what: a word for what the loop does. The bar is gone when the loop ends. While a notebook is
    graded there is none.
    """
    quiet = "COURSE_SEED" in os.environ
    return tqdm(things, what, leave=False, file=sys.stdout, ncols=80, disable=quiet)
