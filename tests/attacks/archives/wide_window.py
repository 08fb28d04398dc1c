"""A tarball by xz that asks for a window of 1.5 GB to be unpacked.

Fails: memory is limited where it is unpacked.
"""

import lzma


def hand_in(folder, package):
    wide = [{"id": lzma.FILTER_LZMA2, "preset": 0, "dict_size": 3 * 2**20}]
    packed = bytearray(lzma.compress(bytes(2**20), filters=wide, check=lzma.CHECK_NONE))
    at = packed.index(b"\x21\x01") + 2
    packed[at] = 40
    import zlib

    header = slice(12, 12 + (packed[12] + 1) * 4 - 4)
    packed[header.stop : header.stop + 4] = zlib.crc32(packed[header]).to_bytes(4, "little")
    (folder / "wide_window.tar.xz").write_bytes(packed)
