"""Downloading, against a server on this machine."""

import hashlib
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import numpy as np
import pytest

from data_utils.datasets import Source, cache_folder, fetch, get_CIFAR10_data, load_CIFAR10
from tests.helpers import tiny_cifar10

NAME = "cifar-10-python.tar.gz"


class Shelf(BaseHTTPRequestHandler):
    """Serve server.content, but only the first server.cut bytes of it."""

    def do_GET(self):
        self.server.asked += 1
        self.send_response(200)
        self.send_header("Content-Length", str(len(self.server.content)))
        self.end_headers()
        self.wfile.write(self.server.content[: self.server.cut])

    def log_message(self, *args):
        pass


@pytest.fixture
def server(tmp_path, monkeypatch):
    monkeypatch.setenv("COURSE_DATA", str(tmp_path / "cache"))
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    archive = tiny_cifar10.pack(tiny_cifar10.write_folder(tmp_path / "unpacked"), tmp_path / NAME)
    with HTTPServer(("127.0.0.1", 0), Shelf) as server:
        server.content, server.cut, server.asked = archive.read_bytes(), None, 0
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def source(server):
    url = f"http://127.0.0.1:{server.server_port}/{NAME}"
    return Source(url, md5=hashlib.md5(server.content).hexdigest())


def test_the_cache_can_be_moved(tmp_path, monkeypatch):
    monkeypatch.setenv("COURSE_DATA", str(tmp_path))
    assert cache_folder() == tmp_path
    monkeypatch.delenv("COURSE_DATA")
    assert cache_folder().name == "deep-learning-from-scratch"


def test_a_file_is_downloaded_once(server, source):
    path = fetch(source)
    assert path == cache_folder() / NAME
    assert path.read_bytes() == server.content
    assert fetch(source) == path
    assert server.asked == 1


def test_get_data_downloads_what_is_not_there(source, monkeypatch):
    monkeypatch.setattr("data_utils.datasets.cifar10.CIFAR10", source)
    data = get_CIFAR10_data(12, 5, 3, subtract_mean=False)
    X_train = load_CIFAR10(cache_folder() / NAME)[0]
    np.testing.assert_array_equal(data["X_train"], X_train[:12])


def test_the_wrong_file_is_not_kept(server, source):
    server.content = b"<html>Please log in to the wireless network</html>"
    with pytest.raises(OSError, match=r"not the right file \(wrong checksum\)(.|\n)*by hand"):
        fetch(source)
    assert list(cache_folder().iterdir()) == []


def test_an_interrupted_download_leaves_nothing_and_the_next_call_starts_again(server, source):
    server.cut = len(server.content) // 2
    with pytest.raises(OSError, match="could not be downloaded|not the right file"):
        fetch(source)
    assert list(cache_folder().iterdir()) == []
    server.cut = None
    assert fetch(source).read_bytes() == server.content


def test_half_a_file_in_the_cache_is_not_taken_for_the_whole(server, source):
    cache_folder().mkdir()
    (cache_folder() / NAME).write_bytes(server.content[:100])
    assert fetch(source).read_bytes() == server.content


def test_without_a_network_the_message_says_what_to_do(server, source):
    server.server_close()
    server.shutdown()
    with pytest.raises(OSError, match="could not be downloaded") as caught:
        fetch(source)
    message = str(caught.value)
    assert f"by hand and put it at {cache_folder() / NAME} (md5 {source.md5})" in message
    assert "get_picture_book_data() needs no download" in message


def test_a_file_put_there_by_hand_needs_no_network(server, source):
    cache_folder().mkdir()
    (cache_folder() / NAME).write_bytes(server.content)
    assert fetch(source) == cache_folder() / NAME
    assert server.asked == 0
