"""Two copies with names as Canvas gives them, which paint over the terminal and turn text around.

Fails: a name from outside cannot be written but in a form in which it steers nothing.
"""

import zipfile


def hand_in(folder, package):
    for number, mark in ((9001, "\x1b[2J"), (9002, "\u200f\u202e")):
        path = folder / f"paintedcopy_4711_{number}_{mark}starter.zip"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("starter/linear_svm.py", package["linear_svm.py"] + b"#%d\n" % number)
