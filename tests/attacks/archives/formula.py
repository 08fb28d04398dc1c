"""Be called like a formula, markup and a script at once.

Fails: an id is made of letters, digits, dots and dashes.
"""

import zipfile

NAME = """=HYPERLINK("x")[red]<script>alert(1)<.zip"""


def hand_in(folder, package):
    with zipfile.ZipFile(folder / NAME, "w") as archive:
        for name, content in package.items():
            archive.writestr(f"starter/{name}", content)
