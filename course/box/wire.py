"""Frames between the judge and the student's process: only data crosses.

A frame is 8 bytes of lengths, a JSON head and the raw bytes of its arrays. What arrives is
rebuilt as plain Python values and plain arrays: no pickle, no subclass, no object array.
This file runs on both sides, with the standard library and NumPy alone.
"""

import json
import re
import struct

import numpy as np

LENGTHS = struct.Struct(">II")
MAX_HEAD = 16 * 2**20
MAX_BODY = 512 * 2**20
MAX_REPLY = 128 * 2**20
MAX_DEPTH = 32
MAX_VALUES = 200_000
MAX_COMMAS = 2 * MAX_VALUES
MAX_KEYS = 4_000
MAX_DIMENSIONS = 16
"""Limits of one frame, far above what a check sends or expects: bytes of text and of arrays, bytes
of arrays in a reply, depth, values, commas in the JSON, keys of dicts, dimensions of an array.
Without them, one reply could take the judge's memory or time."""
NUMERIC = "biufc"
DTYPE = re.compile("[<|][biufc][0-9]{1,2}")
MALFORMED = (ValueError, TypeError, LookupError, OverflowError, RecursionError, MemoryError)


class WireError(Exception):
    """A value may not cross, or a frame is malformed."""


class Closed(WireError):
    """The other side ended before a whole frame had come."""


def send(stream, message, to_handle=None):
    """Write one message, a dict of data, to a binary stream.

    to_handle: function that turns a value which is not data into a handle, [number, name].
    Raises WireError if the message is too large or holds what is not data.
    """
    encoder = Encoder(to_handle)
    try:
        head = json.dumps(encoder.encode(message, 0)).encode()
    except (ValueError, RecursionError) as error:
        raise WireError(f"the value cannot be sent: {error}") from None
    if len(head) > MAX_HEAD:
        raise WireError(f"more than {MAX_HEAD // 2**20} MB of text and numbers")
    stream.write(LENGTHS.pack(len(head), encoder.size) + head)
    for buffer in encoder.buffers:
        stream.write(buffer)
    stream.flush()


def receive(stream, from_handle=None, most=MAX_BODY):
    """Read one message from a binary stream.

    from_handle: function that turns a handle into a value; most: bytes that arrays may take.
    Raises Closed when the stream ends, WireError when what came is not a frame.
    """
    head_size, body_size = LENGTHS.unpack(read_exactly(stream, LENGTHS.size))
    if head_size > MAX_HEAD or body_size > most:
        raise WireError(f"a frame announces {head_size + body_size:,} bytes, more than allowed")
    head, body = read_exactly(stream, head_size), read_exactly(stream, body_size)
    if head.count(b",") > MAX_COMMAS:  # before JSON takes seconds to read them
        raise WireError("a frame has too many parts")
    try:
        return Decoder(body, from_handle).decode(json.loads(head), 0)
    except MALFORMED as error:
        raise WireError(f"not a frame: {type(error).__name__}") from None


def read_exactly(stream, size):
    """Return `size` bytes of a stream, or raise Closed; read not one byte more."""
    data, filled = bytearray(size), 0
    while filled < size:
        count = stream.readinto(memoryview(data)[filled:])
        if not count:
            raise Closed("the stream ended within a frame")
        filled += count
    return data


class Encoder:
    """Turns values into JSON, and collects the bytes of arrays."""

    def __init__(self, to_handle=None):
        self.buffers = []
        self.size = 0
        self.count = 0
        self.keys = 0
        self.to_handle = to_handle

    def encode(self, value, depth):
        """Return the JSON form of a value; anything but a plain scalar is a tagged dict."""
        self.count += 1
        if depth > MAX_DEPTH or self.count > MAX_VALUES:
            raise WireError("the value is nested too deeply or has too many parts")
        if value is None or type(value) in (bool, int, float, str):
            return value
        if type(value) is list or type(value) is tuple:
            items = [self.encode(item, depth + 1) for item in value]
            return items if type(value) is list else {"tuple": items}
        if type(value) is dict:
            self.keys += len(value)
            if self.keys > MAX_KEYS:
                raise WireError(f"the dicts of one value have more than {MAX_KEYS:,} keys")
            pairs = [[self.encode(part, depth + 1) for part in pair] for pair in value.items()]
            return {"dict": pairs}
        if isinstance(value, np.ndarray | np.generic):
            array = np.asarray(value)
            if array.dtype.kind in NUMERIC:
                return self.encode_array(array, isinstance(value, np.generic))
        if self.to_handle is None:
            raise WireError(f"a {type(value).__name__} is not data")
        return {"handle": self.to_handle(value)}

    def encode_array(self, array, is_scalar):
        """Return an array's description; its bytes follow the head."""
        # A plain copy where needed: bytes in C order, little-endian, of the base class.
        plain = np.asarray(array, dtype=array.dtype.newbyteorder("<"), order="C")
        self.size += plain.nbytes
        if self.size > MAX_BODY:
            raise WireError(f"more than {MAX_BODY // 2**20} MB of data")
        self.buffers.append(plain.tobytes())
        frozen = isinstance(array, np.ndarray) and not array.flags.writeable
        shape = list(plain.shape)
        return {"array": [plain.dtype.str, shape, bool(is_scalar), bool(frozen)]}


class Decoder:
    """Rebuilds values from JSON and the bytes behind it, and checks all of it."""

    def __init__(self, body, from_handle=None):
        self.body = body
        self.offset = 0
        self.count = 0
        self.keys = 0
        self.from_handle = from_handle

    def decode(self, value, depth):
        """Return the value of a JSON form, or raise WireError."""
        self.count += 1
        if depth > MAX_DEPTH or self.count > MAX_VALUES:
            raise WireError("a frame is nested too deeply or has too many parts")
        if value is None or type(value) in (bool, int, float):
            return value
        if type(value) is str:
            return value.encode("utf-8", "replace").decode()  # half a surrogate pair is not text
        if type(value) is list:
            return [self.decode(item, depth + 1) for item in value]
        ((tag, content),) = value.items()
        if tag == "tuple":
            return tuple(self.decode(item, depth + 1) for item in content)
        if tag == "dict":
            # Keys can be chosen to share one hash; the square of a few thousand is soon done.
            self.keys += len(content)
            if self.keys > MAX_KEYS:
                raise WireError(f"the dicts of a frame have more than {MAX_KEYS:,} keys")
            return {self.decode(k, depth + 1): self.decode(v, depth + 1) for k, v in content}
        if tag == "array":
            return self.decode_array(*content)
        if tag == "handle" and self.from_handle:
            return self.from_handle(self.decode(content, depth + 1))
        raise WireError(f"a frame has an unknown tag {tag!r:.20}")

    def decode_array(self, dtype_name, shape, is_scalar, frozen):
        """Return a plain array, or a NumPy number, from the next bytes of the body."""
        if not DTYPE.fullmatch(dtype_name):
            raise WireError("an array's dtype is not numeric")
        dtype = np.dtype(dtype_name)
        if len(shape) > MAX_DIMENSIONS or not all(type(n) is int and n >= 0 for n in shape):
            raise WireError("an array's shape is not a shape")
        count = 1
        for size in shape:
            count *= size
        end = self.offset + count * dtype.itemsize
        if end > len(self.body):
            raise WireError("an array is longer than its frame")
        array = np.frombuffer(self.body, dtype, count, self.offset).reshape(shape).copy()
        self.offset = end
        if is_scalar:
            return array[()] if array.ndim == 0 else array
        array.flags.writeable = not frozen
        return array
