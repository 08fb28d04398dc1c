"""A tarball of 2 KB whose header is a number of two million digits, which is slow to make sense of.

Fails: what strangers wrote is parsed in a process whose time is limited.
"""

import gzip
import tarfile


def hand_in(folder, package):
    record = b"size=" + b"9" * 2_000_000 + b"\n"
    length = len(record) + 8
    record = b"%d " % length + record
    header = tarfile.TarInfo("header")
    header.type, header.size = tarfile.XHDTYPE, len(record)
    with gzip.open(folder / "long_number.tar.gz", "wb") as stream:
        stream.write(header.tobuf() + record + bytes(-len(record) % 512))
        stream.write(tarfile.TarInfo("starter/linear_svm.py").tobuf() + bytes(1024))
