"""Reading the IDX files of MNIST and Fashion-MNIST, whole or damaged, from a folder or the web."""

import gzip
import hashlib
import re
import threading
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer

import numpy as np
import pytest

from data_utils.datasets import (
    FASHION_MNIST_CLASSES,
    cache_folder,
    get_fashion_mnist_data,
    get_mnist_data,
    load_fashion_mnist,
    load_idx,
    load_mnist,
    load_mnist_part,
    mnist,
)

COUNTS = {"train": 12, "t10k": 5}
TEST_IMAGES, TEST_LABELS = "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"


def idx(array):
    """Return an array of uint8 as the bytes of an IDX file."""
    sizes = b"".join(size.to_bytes(4, "big") for size in array.shape)
    return bytes([0, 0, 8, array.ndim]) + sizes + array.tobytes()


def tiny(part):
    """Return a few pictures and their labels."""
    random = np.random.default_rng(len(part))
    pixels = random.integers(256, size=(COUNTS[part], 28, 28), dtype=np.uint8)
    return pixels, np.arange(COUNTS[part], dtype=np.uint8) % 10


def tiny_files():
    """Return {name: bytes} of the four files, not packed."""
    files = {}
    for part in COUNTS:
        pixels, labels = tiny(part)
        files[f"{part}-images-idx3-ubyte"] = idx(pixels)
        files[f"{part}-labels-idx1-ubyte"] = idx(labels)
    return files


@pytest.fixture
def folder(tmp_path):
    """The four files, two packed and two not."""
    for name, raw in tiny_files().items():
        (tmp_path / name).write_bytes(raw)
    for name in (TEST_IMAGES, "train-labels-idx1-ubyte"):
        pack(tmp_path / name)
    return tmp_path


def pack(path):
    path.with_name(path.name + ".gz").write_bytes(gzip.compress(path.read_bytes()))
    path.unlink()


def test_pictures_have_one_channel_and_labels_are_whole_numbers(folder):
    X_train, y_train, X_test, y_test = load_mnist(folder)
    assert (X_train.shape, X_train.dtype) == ((12, 1, 28, 28), np.uint8)
    assert (y_train.shape, y_train.dtype) == ((12,), np.int64)
    np.testing.assert_array_equal(X_train[:, 0], tiny("train")[0])
    np.testing.assert_array_equal(y_train, tiny("train")[1])
    np.testing.assert_array_equal(X_test[:, 0], tiny("t10k")[0])
    np.testing.assert_array_equal(y_test, tiny("t10k")[1])


def test_fashion_mnist_is_read_the_same_way(folder):
    for got, expected in zip(load_fashion_mnist(str(folder)), load_mnist(folder), strict=True):
        np.testing.assert_array_equal(got, expected)
    assert len(set(FASHION_MNIST_CLASSES)) == 10


@pytest.mark.parametrize("get_data", [get_mnist_data, get_fashion_mnist_data])
def test_get_data_splits_and_scales_to_1(folder, get_data):
    data = get_data(8, 4, 3, root=folder)
    pixels, labels = tiny("train")
    assert all(data[f"X_{part}"].dtype == np.float32 for part in ("train", "val", "test"))
    np.testing.assert_allclose(data["X_train"][:, 0], pixels[:8] / 255, rtol=1e-6)
    np.testing.assert_allclose(data["X_val"][:, 0], pixels[8:] / 255, rtol=1e-6)
    np.testing.assert_allclose(data["X_test"][:, 0], tiny("t10k")[0][:3] / 255, rtol=1e-6)
    np.testing.assert_array_equal(data["y_val"], labels[8:])


def test_asking_for_pictures_that_are_not_there_says_how_many_are(folder):
    with pytest.raises(ValueError, match="9 \\+ 4, but there are only 12 pictures: ask for fewer"):
        get_mnist_data(9, 4, 3, root=folder)


def test_a_folder_with_only_the_test_files_is_read_in_part(folder):
    for path in folder.glob("train-*"):
        path.unlink()
    X_test, y_test = load_mnist_part(folder, "t10k")
    np.testing.assert_array_equal(X_test[:, 0], tiny("t10k")[0])
    np.testing.assert_array_equal(y_test, tiny("t10k")[1])
    with pytest.raises(FileNotFoundError, match="train-images(.|\n)*load_mnist_part reads only"):
        load_mnist(folder)


@pytest.mark.parametrize("shape", [(3,), (2, 3), (2, 3, 4, 5), ()])
def test_an_idx_file_keeps_the_shape_it_states(tmp_path, shape):
    array = np.arange(np.prod(shape, dtype=int), dtype=np.uint8).reshape(shape)
    (tmp_path / "a").write_bytes(idx(array))
    got = load_idx(tmp_path / "a")
    np.testing.assert_array_equal(got, array, strict=True)
    got[...] = 7  # an array of one's own, which can be written to


def test_an_idx_file_may_be_packed_whatever_it_is_called(tmp_path):
    array = np.arange(6, dtype=np.uint8).reshape(2, 3)
    (tmp_path / "a").write_bytes(gzip.compress(idx(array)))
    (tmp_path / "b.gz").write_bytes(idx(array))
    for name in ("a", "b.gz"):
        np.testing.assert_array_equal(load_idx(tmp_path / name), array)


def test_an_idx_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(FileNotFoundError, match="none.gz is not there. Expected an IDX file"):
        load_idx(tmp_path / "none.gz")


def test_a_file_cut_short_anywhere_says_so(tmp_path):
    whole = idx(np.zeros((2, 3), np.uint8))
    for part in range(len(whole)):
        (tmp_path / "a").write_bytes(whole[:part])
        with pytest.raises(ValueError, match="a is cut short: .* Delete it and download it again"):
            load_idx(tmp_path / "a")


def test_a_packed_file_cut_short_or_damaged_says_so(tmp_path):
    whole = gzip.compress(idx(np.arange(200, dtype=np.uint8)))
    damaged = whole[:-8] + bytes(4) + whole[-4:]
    for raw in (whole[:-1], whole[:50], whole[:2], damaged, whole + b"more"):
        (tmp_path / "a.gz").write_bytes(raw)
        with pytest.raises(ValueError, match="a.gz is not a whole .gz file .* download it again"):
            load_idx(tmp_path / "a.gz")


HEAD = bytes([0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3])


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (
            b"<html>404</html>",
            "is not an IDX file: it begins with b'<htm', expected two zero bytes",
        ),
        (b"\0\1\x08\1", "is not an IDX file: it begins with"),
        (b"\0\0\x0d\1\0\0\0\0", "entries of IDX type 0x0d, expected bytes (0x08)"),
        (HEAD + bytes(5), "is cut short: it states 2 x 3 = 6 entries, but holds 5"),
        (HEAD + bytes(8), "is too long: 2 bytes follow the 2 x 3 = 6 entries. Delete it"),
        (b"\0\0\x08\xff" + bytes(40), "states 255 sizes, expected at most 4"),
        (b"\0\0\x08\3" + bytes(4) + b"\xff" * 8, "is empty: it states 0 x 4294967295 x"),
        (b"\0\0\x08\4" + b"\xff" * 16, "is cut short: it states 4294967295 x"),
    ],
)
def test_another_file_is_told_apart(tmp_path, raw, message):
    (tmp_path / "a").write_bytes(raw)
    with pytest.raises(ValueError, match=f"a {re.escape(message)}|a holds {re.escape(message)}"):
        load_idx(tmp_path / "a")


def test_a_packed_file_that_would_fill_the_memory_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("data_utils.datasets.files.idx.MAX_BYTES", 1000)
    (tmp_path / "a.gz").write_bytes(gzip.compress(bytes(10**6)))
    with pytest.raises(ValueError, match="a.gz holds more than 1,000 bytes"):
        load_idx(tmp_path / "a.gz")


@pytest.mark.parametrize(
    ("name", "array", "message"),
    [
        (
            TEST_IMAGES,
            np.zeros((5, 28, 27), np.uint8),
            "(5, 28, 27), expected pictures (N, 28, 28)",
        ),
        (TEST_IMAGES, np.zeros(5, np.uint8), "(5,), expected pictures (N, 28, 28). Is it another"),
        (
            TEST_IMAGES,
            np.zeros((0, 28, 28), np.uint8),
            "is empty: it states 0 x 28 x 28 = 0 entries",
        ),
        (TEST_IMAGES, np.zeros((4, 28, 28), np.uint8), "holds 4 pictures, but t10k-labels"),
        (TEST_LABELS, np.zeros((5, 1), np.uint8), "(5, 1), expected labels (N,)"),
        (TEST_LABELS, np.arange(6, 11, dtype=np.uint8), "label 4 of 5 is 10, expected 0 to 9"),
    ],
)
def test_files_with_something_else_in_them_are_named(folder, name, array, message):
    path = folder / f"{name}.gz"
    path.write_bytes(gzip.compress(idx(array)))
    with pytest.raises(ValueError, match=f"{name}.gz.*{re.escape(message)}"):
        load_mnist(folder)


class Shelf(BaseHTTPRequestHandler):
    """Serve server.files, {address: bytes}, and 404 for all else."""

    def do_GET(self):
        self.server.asked.append(self.path)
        content = self.server.files.get(self.path, b"")
        self.send_response(200 if content else 404)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *args):
        pass


@pytest.fixture
def server(tmp_path, monkeypatch):
    """A server on this machine with both data sets, which the loaders take for the real one."""
    monkeypatch.setenv("COURSE_DATA", str(tmp_path / "cache"))
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with HTTPServer(("127.0.0.1", 0), Shelf) as server:
        server.files, server.asked = {}, []
        for name, sources in (("MNIST", mnist.MNIST), ("FASHION_MNIST", mnist.FASHION_MNIST)):
            monkeypatch.setattr(mnist, name, tuple(move(server, each) for each in sources))
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def move(server, source):
    """Put a tiny file on the server; return where, as a Source."""
    content = gzip.compress(tiny_files()[source.filename.removesuffix(".gz")], mtime=0)
    server.files[f"/{source.folder}/{source.filename}"] = content
    base = f"http://127.0.0.1:{server.server_port}"
    return replace(
        source,
        url=f"{base}/{source.folder}/{source.filename}",
        mirror=source.mirror and f"{base}/mirror/{source.filename}",
        md5=hashlib.md5(content).hexdigest(),
    )


def test_both_sets_are_downloaded_once_and_kept_apart(server):
    for _ in range(2):
        for load in (load_mnist, load_fashion_mnist):
            np.testing.assert_array_equal(load()[0][:, 0], tiny("train")[0])
    assert len(server.asked) == 8
    assert sorted(path.name for path in cache_folder().iterdir()) == ["fashion-mnist", "mnist"]


def test_a_mirror_is_asked_where_the_first_address_fails(server):
    for address in [a for a in server.files if a.startswith("/fashion")]:
        server.files[address.replace("/fashion-mnist", "/mirror")] = server.files.pop(address)
    np.testing.assert_array_equal(load_fashion_mnist()[1], tiny("train")[1])
    assert len(server.asked) == 8


@pytest.mark.parametrize(
    ("load", "folder", "stand_in"),
    [
        (load_mnist, "mnist", "get_drawn_digits_data()"),
        (load_fashion_mnist, "fashion-mnist", "get_drawn_letters_data()"),
    ],
)
def test_a_failed_download_says_where_to_put_the_file_and_what_to_do_without(
    server, load, folder, stand_in
):
    server.files.clear()
    with pytest.raises(OSError, match="could not be downloaded") as caught:
        load()
    path = cache_folder() / folder / "train-images-idx3-ubyte.gz"
    assert f"by hand and put it at {path}" in str(caught.value)
    assert f"{stand_in} needs no download" in str(caught.value)


def test_the_wrong_file_is_not_kept(server):
    server.files["/mnist/train-images-idx3-ubyte.gz"] = b"<html>Please log in</html>"
    with pytest.raises(OSError, match=r"not the right file \(wrong checksum\)"):
        load_mnist()
    assert list((cache_folder() / "mnist").iterdir()) == []
