"""Frames: what crosses arrives as it was, and nothing but data crosses."""

import io
import json
import tracemalloc

import numpy as np
import pytest

from course.box import wire


def crossed(value):
    """Send a value and return what arrives."""
    stream = io.BytesIO()
    wire.send(stream, value)
    stream.seek(0)
    return wire.receive(stream)


def received(head, body=b"", lengths=None):
    """Receive a frame written by hand: its head as JSON or bytes, its body, maybe false lengths."""
    head = head if isinstance(head, bytes) else json.dumps(head).encode()
    stream = io.BytesIO(wire.LENGTHS.pack(*(lengths or (len(head), len(body)))) + head + body)
    return wire.receive(stream)


def array(dtype, shape, body=b"\0" * 64):
    """Receive a frame that holds one array."""
    return received({"array": [dtype, shape, False, False]}, body)


@pytest.mark.parametrize(
    "value",
    [None, True, 3, -(10**40), 1.5, "żółw", [], [1, [2]], (1, (2, "x")), {"a": {1: [None]}}],
    ids=repr,
)
def test_plain_values_arrive_as_they_were(value):
    assert crossed(value) == value
    assert type(crossed(value)) is type(value)


def test_infinities_and_nan_arrive():
    arrived = crossed([np.inf, -np.inf, np.nan])
    assert arrived[:2] == [np.inf, -np.inf]
    assert np.isnan(arrived[2])


@pytest.mark.parametrize("dtype", ["bool", "i1", "u8", "f2", "f4", "f8", "c8", "c16"])
@pytest.mark.parametrize("shape", [(), (0,), (3, 0), (2, 3, 4)], ids=str)
def test_numeric_arrays_arrive_with_dtype_and_shape(dtype, shape):
    sent = np.ones(shape, dtype)
    arrived = crossed(sent)
    assert (arrived.dtype, arrived.shape) == (sent.dtype, shape)
    np.testing.assert_array_equal(arrived, sent)


@pytest.mark.parametrize(
    "sent",
    [np.arange(12.0).reshape(3, 4).T, np.arange(10)[::-2], np.arange(3, dtype=">i4")],
    ids=["transposed", "reversed", "big-endian"],
)
def test_an_array_of_any_layout_arrives_with_its_values(sent):
    np.testing.assert_array_equal(crossed(sent), sent)
    assert crossed(sent).flags["C_CONTIGUOUS"]


def test_a_numpy_number_arrives_as_one():
    assert type(crossed(np.float32(2))) is np.float32


def test_a_frozen_array_arrives_frozen_and_another_does_not():
    frozen = np.ones(2)
    frozen.flags.writeable = False
    assert [a.flags.writeable for a in crossed([frozen, np.ones(2)])] == [False, True]


def test_what_arrives_shares_no_memory():
    first, second = crossed([np.zeros(3), np.zeros(3)])
    first += 1
    assert second.tolist() == [0, 0, 0]


def test_an_array_subclass_arrives_as_a_plain_array():
    class Agreeable(np.ndarray):
        def __eq__(self, other):
            return True

    assert type(crossed(np.zeros(2).view(Agreeable))) is np.ndarray


class Lie:
    """Says that it is an array."""

    __class__ = property(lambda self: np.ndarray)

    def __array__(self, *args, **kwargs):
        return np.array([None], dtype=object)


class Word(str):
    """A string subclass."""


@pytest.mark.parametrize(
    "value",
    [
        object(),
        lambda: 0,
        Word("x"),
        type("Numbers", (list,), {})([1]),
        type("Number", (float,), {})(1),
        type("Pairs", (dict,), {})(),
        np.array([1, None], dtype=object),
        np.array(["text"]),
        np.zeros(2, "f8,f8"),
        np.array(["2020-01-01"], "M8[D]"),
        {Word("key"): 1},
        Lie(),
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_is_not_plain_data_does_not_cross(value):
    with pytest.raises(wire.WireError, match="is not data"):
        wire.send(io.BytesIO(), [value])


def test_what_is_not_data_crosses_as_a_handle_where_handles_are_kept():
    stream = io.BytesIO()
    wire.send(stream, [object()], lambda value: [7, type(value).__name__])
    stream.seek(0)
    assert wire.receive(stream, tuple) == [(7, "object")]


def test_a_handle_means_nothing_where_none_is_kept():
    with pytest.raises(wire.WireError, match="unknown tag 'handle'"):
        received({"handle": [1, "object"]})


def test_text_arrives_as_valid_unicode():
    arrived = received(rb'["\ud800", {"dict": [["\udfff", 1]]}]')
    assert arrived == ["?", {"?": 1}]


def test_the_kind_of_a_handle_arrives_as_valid_unicode():
    head = rb'{"handle":[1,"\ud800"]}'
    stream = io.BytesIO(wire.LENGTHS.pack(len(head), 0) + head)
    assert wire.receive(stream, tuple) == (1, "?")


@pytest.mark.parametrize(
    "dtype",
    ["O", "|O", "|O8", "V8", "|V8", "|S5", "<U4", "<M8", "<m8[s]", "f8,f8", "(2,3)f8", "<f8,<f8",
     "<f3", "f8", ">f8", "=f8", "", "(" * 10_000, "<f" + "8" * 1000, "{'names': ['a']}", 5, None],
)  # fmt: skip
def test_a_frame_with_another_dtype_is_refused(dtype):
    with pytest.raises(wire.WireError, match="not numeric|not a frame"):
        array(dtype, [1])


@pytest.mark.parametrize(
    "shape", [[-1], [2**70], [0, 2**70], [9], [True], [1.0], ["1"], [[1]], [1] * 17, 8, "88", None]
)
def test_a_frame_with_an_impossible_shape_is_refused(shape):
    with pytest.raises(wire.WireError, match="shape|longer|not a frame"):
        array("<f8", shape)


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"{",
        b"\xff",
        b"{}",
        b'{"a": 1, "b": 2}',
        b'{"pickle": "x"}',
        b'{"dict": 1}',
        b'{"dict": [[1]]}',
        b'{"dict": [[[1], 2]]}',
        b'{"dict": [[{"dict": []}, 2]]}',
        b'{"array": []}',
        b'{"array": {"a": 1, "b": 2, "c": 3, "d": 4}}',
        b"1" * 5000,
        b"[" * 100_000 + b"]" * 100_000,
        b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
        b"[" * 50 + b"]" * 50,
        b"[" + b"[]," * 300_000 + b"[]]",
    ],
    ids=lambda head: head[:20].decode("latin-1"),
)
def test_a_malformed_head_is_refused(head):
    with pytest.raises(wire.WireError, match="not a frame|tag|nested|dtype"):
        received(head)


@pytest.mark.parametrize("handle", [[1], [], [1e400, "x"], ["x", "y"], 5, [{}, 1], [None, None]])
def test_a_malformed_handle_is_refused(handle):
    def from_handle(content):
        key, _ = content
        return int(key)

    head = json.dumps({"handle": handle}).encode()
    stream = io.BytesIO(wire.LENGTHS.pack(len(head), 0) + head)
    with pytest.raises(wire.WireError):
        wire.receive(stream, from_handle)


@pytest.mark.parametrize("lengths", [(2**32 - 1, 0), (2, 2**32 - 1), (wire.MAX_HEAD + 1, 0)])
def test_a_frame_that_announces_too_much_is_refused_before_it_is_read(lengths):
    tracemalloc.start()
    with pytest.raises(wire.WireError, match="more than allowed"):
        received({}, lengths=lengths)
    assert tracemalloc.get_traced_memory()[1] < 2**20
    tracemalloc.stop()


@pytest.mark.parametrize("cut", [0, 1, 7, 8, 12, -1])
def test_a_frame_that_ends_early_is_a_closed_stream(cut):
    stream = io.BytesIO()
    wire.send(stream, {"x": np.zeros(4)})
    with pytest.raises(wire.Closed):
        wire.receive(io.BytesIO(stream.getvalue()[:cut]))


@pytest.mark.parametrize("part", [b"1", b"[]", b"{}", b'""', b"1e-300"])
def test_a_frame_of_millions_of_parts_is_refused_before_they_are_made(part, monkeypatch):
    monkeypatch.setattr(wire.json, "loads", lambda head: pytest.fail("they were made"))
    head = b"[" + (part + b",") * 10**6 + part + b"]"
    stream = io.BytesIO(wire.LENGTHS.pack(len(head), 0) + head)
    with pytest.raises(wire.WireError, match="too many parts"):
        wire.receive(stream)


def test_as_many_parts_as_may_be_sent_can_be_received():
    stream = io.BytesIO()
    wire.send(stream, {"x": [1.5] * (wire.MAX_VALUES - 10)})
    stream.seek(0)
    assert len(wire.receive(stream)["x"]) == wire.MAX_VALUES - 10


def test_a_reader_may_take_less_than_could_be_sent():
    stream = io.BytesIO()
    wire.send(stream, {"x": np.zeros(4)})
    stream.seek(0)
    with pytest.raises(wire.WireError, match="more than allowed"):
        wire.receive(stream, most=16)


def test_keys_that_share_one_hash_are_refused_before_they_cost_time():
    keys = [[k * (2**61 - 1), 0] for k in range(50_000)]
    with pytest.raises(wire.WireError, match="more than 4,000 keys"):
        received({"dict": keys})


def test_keys_are_counted_over_all_dicts_of_a_frame():
    few = {"dict": [[k * (2**61 - 1), 0] for k in range(1_000)]}
    with pytest.raises(wire.WireError, match="more than 4,000 keys"):
        received([few] * 5)


def test_what_is_nested_in_itself_does_not_cross():
    endless = []
    endless.append(endless)
    with pytest.raises(wire.WireError, match="nested too deeply"):
        wire.send(io.BytesIO(), endless)


@pytest.mark.parametrize("value", [[0] * 10**6, dict.fromkeys(range(5_000))], ids=["list", "dict"])
def test_a_value_of_too_many_parts_does_not_cross(value):
    with pytest.raises(wire.WireError, match="too many parts|more than 4,000 keys"):
        wire.send(io.BytesIO(), value)


def test_more_data_than_allowed_does_not_cross(monkeypatch):
    monkeypatch.setattr(wire, "MAX_BODY", 1000)
    with pytest.raises(wire.WireError, match="MB of data"):
        wire.send(io.BytesIO(), [np.zeros(100), np.zeros(100)])


def test_nothing_is_written_of_a_message_that_cannot_be_sent():
    stream = io.BytesIO()
    with pytest.raises(wire.WireError):
        wire.send(stream, [np.zeros(3), object()])
    assert stream.getvalue() == b""
