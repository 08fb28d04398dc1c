"""One line of 150,000 escaped quotes, at which the tokenizer of Python 3.11 takes quadratic time.

Fails: a process with limits finds the tokens that are compared, and who stops it is named.
"""

import zipfile


def hand_in(folder, package):
    with zipfile.ZipFile(folder / "escaped_quotes.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in package.items():
            archive.writestr(f"starter/{name}", content)
        archive.writestr("starter/helper.py", b"x = '" + b"\\'" * 150_000 + b"\n")
