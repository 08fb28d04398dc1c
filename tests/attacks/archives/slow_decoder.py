"""Name an encoding whose decoder needs a day for a megabyte, in eighteen modules.

Fails: sources are UTF-8 or Latin-1; no other decoder is asked.
"""

import zipfile


def hand_in(folder, package):
    with zipfile.ZipFile(folder / "slow_decoder.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in package.items():
            archive.writestr(f"starter/{name}", content)
        for number in range(18):
            line = b"# coding: punycode\n" + b"a" * 500_000 + b"-" + b"9a" * 250_000
            archive.writestr(f"starter/helper{number}.py", line)
