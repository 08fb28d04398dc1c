"""A folder whose name paints over the terminal, and turns text around.

Fails: what steers a terminal is left out of remarks.
"""

import zipfile


def hand_in(folder, package):
    with zipfile.ZipFile(folder / "painted_folder.zip", "w") as archive:
        for name, content in package.items():
            archive.writestr(f"a/b/\x1b[2J\x1b]0;owned\x07\u202e/{name}", content)
