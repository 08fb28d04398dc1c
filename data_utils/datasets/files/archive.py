"""Read the files of an archive, unpacked in a folder or still packed as .tar.gz."""

import gzip
import io
import tarfile
import zlib
from pathlib import Path

MAX_BYTES = 2**26  # a batch of CIFAR-10 takes half of this
GZIP_ERRORS = (tarfile.TarError, gzip.BadGzipFile, EOFError, zlib.error)


def open_files(root, folder_name, filenames):
    """Yield (filename, the open binary file) for each of the files asked for, in this order.

    Each is closed when the next is asked for, so that nobody need hold them all in memory.

    root: a folder that holds the files, or their folder `folder_name`; or a .tar.gz file.
    Raises FileNotFoundError if one is missing, ValueError if one is far too large or the archive
    is not whole.
    """
    root = Path(root).expanduser()
    if root.is_file():
        found = _read_packed(root, filenames)
        yield from ((name, io.BytesIO(found.pop(name))) for name in filenames)
        return
    folder = root / folder_name if (root / folder_name).is_dir() else root
    for name in filenames:
        with _open_one(folder / name) as file:
            yield name, file


def _open_one(path):
    if not path.is_file():
        raise FileNotFoundError(
            f"{path} is not there. Expected the folder of the unpacked archive, the folder above "
            "it, or the .tar.gz file itself."
        )
    _check_size(path, path.stat().st_size)
    return path.open("rb")


def _read_packed(archive, filenames):
    found = {}
    try:
        with tarfile.open(archive, "r:gz") as tar:
            for member in tar:
                name = member.name.rsplit("/", 1)[-1]
                if member.isfile() and name in filenames:
                    _check_size(f"{archive}: {name}", member.size)
                    found[name] = tar.extractfile(member).read()
    except GZIP_ERRORS as error:
        raise ValueError(
            f"{archive} is not a whole .tar.gz file ({error}). Was its download cut short? "
            "Delete it and download it again."
        ) from error
    missing = [name for name in filenames if name not in found]
    if missing:
        raise FileNotFoundError(f"{archive} holds no {', '.join(missing)}: is it another archive?")
    return found


def _check_size(what, size):
    if size > MAX_BYTES:
        raise ValueError(f"{what}: {size:,} bytes, expected at most {MAX_BYTES:,}")
