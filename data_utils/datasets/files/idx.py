"""Read IDX files, the format of MNIST: four bytes, the sizes, then one byte for each entry.

http://yann.lecun.com/exdb/mnist/
"""

import gzip
import math
import zlib
from pathlib import Path

import numpy as np

from .archive import MAX_BYTES

GZIP_MAGIC = b"\x1f\x8b"
UINT8 = 8
MAX_SIZES = 4  # pictures of several channels have four
AGAIN = "Delete it and download it again."


def load_idx(path):
    """Return what an IDX file of bytes holds, whether it is packed with gzip or not.

    path: such as t10k-images-idx3-ubyte.gz, which holds (10000, 28, 28).
    Returns an array of uint8, of the shape the file states.
    Raises FileNotFoundError if there is no such file, ValueError if it is not whole, is too long
    or is something else.
    """
    path = Path(path).expanduser()
    if not path.is_file():
        raise FileNotFoundError(f"{path} is not there. Expected an IDX file, as such or as .gz.")
    raw = _read(path)
    start = _check_magic(raw, path)
    shape = tuple(np.frombuffer(raw[4:start], ">u4").tolist())
    _check_length(len(raw) - start, shape, path)
    return np.frombuffer(raw, np.uint8, offset=start).reshape(shape).copy()


def _read(path):
    """Return the bytes of a file, unpacked if they are packed, whatever the file is called."""
    with path.open("rb") as file:
        packed = file.read(2) == GZIP_MAGIC
        file.seek(0)
        try:
            raw = (gzip.GzipFile(fileobj=file) if packed else file).read(MAX_BYTES + 1)
        except (gzip.BadGzipFile, EOFError, zlib.error) as error:
            raise ValueError(
                f"{path} is not a whole .gz file ({error}). Was its download cut short? {AGAIN}"
            ) from error
    if len(raw) > MAX_BYTES:
        raise ValueError(
            f"{path} holds more than {MAX_BYTES:,} bytes, far more than MNIST. {AGAIN}"
        )
    return raw


def _check_magic(raw, path):
    """Return where the entries start; raise ValueError unless the header is one of bytes."""
    if raw[:2] != b"\0\0"[: len(raw)]:
        raise ValueError(
            f"{path} is not an IDX file: it begins with {raw[:4]!r}, expected two zero bytes. "
            "Is it another file, or a web page saved under this name? " + AGAIN
        )
    start = 4 + 4 * raw[3] if len(raw) > 3 else 4
    if start > 4 + 4 * MAX_SIZES:
        raise ValueError(f"{path} states {raw[3]} sizes, expected at most {MAX_SIZES}. {AGAIN}")
    if len(raw) < start:
        raise ValueError(f"{path} is cut short: it ends within its header. {AGAIN}")
    if raw[2] != UINT8:
        raise ValueError(
            f"{path} holds entries of IDX type 0x{raw[2]:02x}, expected bytes (0x08), as in MNIST: "
            "is it another data set?"
        )
    return start


def _check_length(count, shape, path):
    expected = math.prod(shape)
    stated = f"{' x '.join(map(str, shape)) or 'one'} = {expected:,} entries"
    if expected == 0:
        raise ValueError(f"{path} is empty: it states {stated}. {AGAIN}")
    if count < expected:
        raise ValueError(f"{path} is cut short: it states {stated}, but holds {count:,}. {AGAIN}")
    if count > expected:
        more = count - expected
        raise ValueError(f"{path} is too long: {more:,} bytes follow the {stated}. {AGAIN}")
