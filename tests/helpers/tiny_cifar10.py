"""A stand-in for the archive of CIFAR-10: the same files and format, four pictures each."""

import struct
import tarfile

import numpy as np

FOLDER = "cifar-10-batches-py"
FILES = [f"data_batch_{i}" for i in range(1, 6)] + ["test_batch"]
EACH = 4


def python2_batch(pixels, labels):
    """Return the pickle that Python 2 and its NumPy wrote, as in the original archive.

    pixels: (n, 3072) uint8; labels: n integers in [0, 256).
    """
    items = [
        (b"batch_label", _text(b"training batch 1 of 5")),
        (b"labels", b"](" + b"".join(b"K" + bytes([label]) for label in labels) + b"e"),
        (b"data", python2_array(pixels)),
        (b"filenames", b"](" + _text(b"\xe9t\xe9.png") + b"e"),
    ]
    return b"\x80\x02}q\x01(" + b"".join(_text(key) + value for key, value in items) + b"u."


def python2_array(pixels):
    """Return the opcodes that build an array of uint8."""
    raw = pixels.tobytes()
    return (
        b"cnumpy.core.multiarray\n_reconstruct\nq\x03cnumpy\nndarray\nK\x00\x85U\x01b\x87R"
        + b"(K\x01" + b"".join(b"J" + struct.pack("<i", size) for size in pixels.shape) + b"\x86"
        + b"cnumpy\ndtype\nU\x02u1K\x00K\x01\x87R"
        + b"(K\x03U\x01|NNNJ\xff\xff\xff\xffJ\xff\xff\xff\xffK\x00tb"
        + b"\x89T" + struct.pack("<i", len(raw)) + raw + b"tb"
    )  # fmt: skip


def _text(text):
    return b"U" + bytes([len(text)]) + text


def tiny_pixels(file_number):
    """Return (4, 3072) uint8 that differ from file to file."""
    return np.random.default_rng(file_number).integers(256, size=(EACH, 3072), dtype=np.uint8)


def tiny_labels(file_number):
    """Return four labels."""
    return [(file_number + 3 * i) % 10 for i in range(EACH)]


def write_folder(parent):
    """Write the unpacked archive into a folder; return its path."""
    folder = parent / FOLDER
    folder.mkdir(parents=True)
    for number, name in enumerate(FILES):
        (folder / name).write_bytes(python2_batch(tiny_pixels(number), tiny_labels(number)))
    return folder


def pack(folder, archive):
    """Pack a folder into a .tar.gz; return its path."""
    with tarfile.open(archive, "w:gz") as tar:
        tar.add(folder, arcname=FOLDER)
    return archive
