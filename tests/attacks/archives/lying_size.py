"""A module of 300 MB of blanks, packed by bzip2, whose header says that it has ten bytes.

Fails: memory is limited where it is unpacked, and no more is kept than a module may have.
"""

import io
import zipfile

SIZE = 300 * 2**20


def hand_in(folder, package):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("starter/optim.py", package["optim.py"])
        with archive.open("starter/softmax.py", "w") as stream:
            for _ in range(SIZE // 2**20):
                stream.write(b" " * 2**20)
    true, said = SIZE.to_bytes(4, "little"), (10).to_bytes(4, "little")
    (folder / "lying_size.zip").write_bytes(packed.getvalue().replace(true, said))
