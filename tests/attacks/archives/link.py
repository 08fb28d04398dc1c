"""Hand in a link where a module should be: to the solutions, or to a neighbour.

Fails: links are refused.
"""

import stat
import zipfile


def hand_in(folder, package):
    with zipfile.ZipFile(folder / "link.zip", "w") as archive:
        for name, content in package.items():
            archive.writestr(f"starter/{name}", content)
        link = zipfile.ZipInfo("starter/data.py")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "../../../solutions/optim.py")
