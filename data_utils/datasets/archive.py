"""Read the files of an archive, unpacked in a folder or still packed as .tar.gz."""

import gzip
import tarfile
import zlib
from pathlib import Path

MAX_BYTES = 2**26  # a batch of CIFAR-10 takes half of this
GZIP_ERRORS = (tarfile.TarError, gzip.BadGzipFile, EOFError, zlib.error)


def read_files(root, folder_name, filenames):
    """Return {filename: its bytes} for each of the files asked for.

    root: a folder that holds the files, or their folder `folder_name`; or a .tar.gz file.
    Raises FileNotFoundError if one is missing, ValueError if one is far too large or the archive
    is not whole.
    """
    root = Path(root).expanduser()
    if root.is_file():
        return _read_packed(root, filenames)
    folder = root / folder_name if (root / folder_name).is_dir() else root
    return {name: _read_one(folder, name) for name in filenames}


def _read_one(folder, name):
    path = folder / name
    if not path.is_file():
        raise FileNotFoundError(
            f"{path} is not there. Expected the folder of the unpacked archive, the folder above "
            "it, or the .tar.gz file itself."
        )
    _check_size(path, path.stat().st_size)
    return path.read_bytes()


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
