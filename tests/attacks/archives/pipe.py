"""A pipe that is called x.zip: whoever opens it waits for ever.

Fails: nothing but regular files is opened.
"""

import os


def hand_in(folder, package):
    os.mkfifo(folder / "pipe.zip")
