"""A pickle in the place of a batch can ask for anything, and gets none of it."""

import io
import os
import pickle

import numpy as np
import pytest

from data_utils.datasets import load_CIFAR10
from data_utils.datasets.files import unpickle
from tests.helpers import tiny_cifar10


def read_pickle(raw, filename):
    return unpickle.read_pickle(io.BytesIO(raw), filename)


class Call:
    """Pickles as a call of a function."""

    def __init__(self, function, *args):
        self.call = function, args

    def __reduce__(self):
        return self.call


def in_a_list(evil):
    return {"data": [[evil]], "labels": []}


def as_a_key(evil):
    return {evil: 1}


@pytest.mark.parametrize("protocol", [0, 1, 2, 3, 4, 5])
@pytest.mark.parametrize("place", [lambda evil: evil, in_a_list, as_a_key])
def test_a_pickle_that_runs_a_command_is_refused_and_not_run(tmp_path, place, protocol):
    marker = tmp_path / "was-run"
    raw = pickle.dumps(place(Call(os.system, f"touch {marker}")), protocol=protocol)
    with pytest.raises(ValueError, match="b.pkl asks for .* Nothing was run"):
        read_pickle(raw, "b.pkl")
    assert not marker.exists()


def test_the_refusal_names_what_was_asked_for_and_the_file(tmp_path):
    folder = tiny_cifar10.write_folder(tmp_path)
    evil = pickle.dumps(Call(os.system, "true"), protocol=2)
    (folder / "data_batch_5").write_bytes(evil)
    with pytest.raises(ValueError, match=rf"data_batch_5 asks for {os.system.__module__}\.system"):
        load_CIFAR10(folder)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (b"builtins\neval", "builtins.eval"),
        (b"__builtin__\neval", "__builtin__.eval"),
        (b"builtins\ngetattr", "builtins.getattr"),
        (b"numpy\nload", "numpy.load"),
        (b"numpy\nndarray.tofile", "numpy.ndarray.tofile"),
        (b"numpy.core.multiarray\nscalar", "numpy.core.multiarray.scalar"),
        (b"_codecs\nlookup", "_codecs.lookup"),
    ],
)
def test_only_five_names_are_known(name, shown):
    with pytest.raises(ValueError, match=f"asks for {shown}, which a file of pictures does not"):
        read_pickle(b"\x80\x02c" + name + b"\n.", "b.pkl")


def test_a_call_hidden_in_an_array_is_refused(tmp_path):
    marker = tmp_path / "was-run"
    array = np.array([[Call(os.system, f"touch {marker}")]], dtype=object)
    with pytest.raises(ValueError, match=r"b.pkl asks for an array of dtype 'O8', not uint8"):
        read_pickle(pickle.dumps({"data": array}, protocol=2), "b.pkl")
    assert not marker.exists()


@pytest.mark.parametrize(
    "array",
    [np.zeros((2, 3)), np.zeros((2, 3), "i1"), np.zeros(2, [("a", "u1")]), np.zeros(2, "S3")],
)
def test_arrays_of_anything_but_bytes_are_refused(array):
    with pytest.raises(ValueError, match="asks for an array of dtype"):
        read_pickle(pickle.dumps({"data": array}, protocol=2), "b.pkl")


@pytest.mark.parametrize("array", [np.zeros(3, np.uint8), np.zeros((2, 3), np.uint8, order="F")])
def test_arrays_that_are_not_plain_tables_are_refused(array):
    with pytest.raises(ValueError, match="asks for an array that is not a plain table of uint8"):
        read_pickle(pickle.dumps({"data": array}, protocol=2), "b.pkl")


def test_an_array_cannot_claim_more_than_the_file_holds():
    raw = tiny_cifar10.python2_batch(tiny_cifar10.tiny_pixels(0), [1, 2, 3, 4])
    huge = raw.replace(b"J\x04\x00\x00\x00J\x00\x0c", b"J\xff\xff\xff\x7fJ\x00\x0c")
    with pytest.raises(ValueError, match="is not a whole pickle .*reshape"):
        read_pickle(huge, "b.pkl")


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"\x80\x02\xff.", "the pickle instruction 255"),
        (b"\x80\x02cnumpy\nndarray\n)\x81.", "the pickle instruction NEWOBJ"),
        (b"(ios\nsystem\n.", "the pickle instruction INST"),
        (b"\x80\x02cnumpy\nndarray\nJ\xff\xff\xff\x7f\x85R.", "a call of numpy.ndarray"),
        (b"\x80\x02c_codecs\nencode\n}U\x08__code__K\x01sb.", "a change to a function"),
        (b"\x80\x02c_codecs\nencode\nX\x01\x00\x00\x00aX\x03\x00\x00\x00hex\x86R.", "encoded as"),
        (b"\x80\x02cnumpy\ndtype\n)" + b"q\x00h\x00\x86" * 99 + b"\x85R.", "dtype a tuple"),
    ],
)
def test_crafted_instructions_are_refused(raw, message):
    with pytest.raises(ValueError, match=f"b.pkl asks for .*{message}"):
        read_pickle(raw, "b.pkl")


def test_one_refused_pickle_leaves_nothing_behind_for_the_next():
    for raw in (b"\x80\x02cnumpy\ndtype\nN}U\x05_callK\x01s\x86b.", b"\x80\x02cnumpy\ndtype\n}b."):
        with pytest.raises(ValueError, match="asks for a change to a function"):
            read_pickle(raw, "b.pkl")
    batch = read_pickle(
        tiny_cifar10.python2_batch(tiny_cifar10.tiny_pixels(0), [1, 2, 3, 4]), "b.pkl"
    )
    np.testing.assert_array_equal(batch["data"], tiny_cifar10.tiny_pixels(0))
