"""Read the pickles CIFAR-10 is made of, without ever running what a pickle asks to run.

A pickle is a little program that may call any function on the reader's machine. Ours may name five
things, and gets a harmless stand-in for each: see STAND_INS.
"""

import pickle
import pickletools

import numpy as np

OPCODES = """
    PROTO STOP MARK EMPTY_DICT EMPTY_LIST EMPTY_TUPLE TUPLE TUPLE1 TUPLE2 TUPLE3
    APPEND APPENDS SETITEM SETITEMS NONE NEWFALSE NEWTRUE BININT BININT1 BININT2
    BINSTRING SHORT_BINSTRING BINUNICODE BINBYTES SHORT_BINBYTES
    BINPUT LONG_BINPUT BINGET LONG_BINGET GLOBAL REDUCE BUILD
    """

NAMES = {ord(opcode.code): opcode.name for opcode in pickletools.opcodes}


class RefusedPickle(ValueError):
    """A pickle asks for something that a file of pictures does not need."""


class Pixels:
    """Stand in for an array under construction: takes uint8 in two dimensions, nothing else."""

    __slots__ = ("array",)

    def __setstate__(self, state):
        """Build the array from (version, shape, dtype, is_fortran, raw bytes)."""
        _, shape, dtype, is_fortran, raw = state
        if not isinstance(dtype, Uint8) or is_fortran or len(shape) != 2:
            raise RefusedPickle("an array that is not a plain table of uint8")
        raw = raw.encode("latin1") if isinstance(raw, str) else raw
        self.array = np.frombuffer(raw, np.uint8).reshape(shape)


class Uint8:
    """Stand in for the dtype uint8, and refuse every other one."""

    __slots__ = ()

    def __setstate__(self, state):
        """Ignore the details: a byte has no byte order and no fields."""


class Function:
    """Stand in for a function; unlike a function, it has no attributes that a pickle could set."""

    __slots__ = ("_call",)

    def __init__(self, call):
        self._call = call

    def __call__(self, *args):
        """Call the harmless function."""
        return self._call(*args)

    def __setstate__(self, state):
        """Refuse: nothing in a function is to be set."""
        raise RefusedPickle("a change to a function")


def _new_pixels(kind, shape, typecode):
    return Pixels()


def _new_dtype(name, *flags):
    if name not in ("u1", b"u1"):
        raise RefusedPickle(f"an array of dtype {_short(name)}, not uint8 ('u1')")
    return Uint8()


def _latin1(text, encoding):
    if encoding not in ("latin1", b"latin1"):
        raise RefusedPickle(f"text encoded as {_short(encoding)}, not latin1")
    return text.encode("latin1")


def _short(name):
    # Only text is shown: what a crafted tuple of tuples would print need not fit in memory.
    return repr(name[:20]) if isinstance(name, str | bytes) else f"a {type(name).__name__}"


def _never(*args):
    raise RefusedPickle("a call of numpy.ndarray")


STAND_INS = {
    ("numpy.core.multiarray", "_reconstruct"): Function(_new_pixels),
    ("numpy._core.multiarray", "_reconstruct"): Function(_new_pixels),
    ("numpy", "ndarray"): Function(_never),
    ("numpy", "dtype"): Function(_new_dtype),
    ("_codecs", "encode"): Function(_latin1),
}


class Instructions(dict):
    """What to do for each instruction, by its number; there are no others."""

    def __missing__(self, number):
        """Refuse; also called for a byte that is not an instruction."""
        raise RefusedPickle(f"the pickle instruction {NAMES.get(number, number)}")


class PictureUnpickler(pickle._Unpickler):
    """Unpickle by few instructions, with stand-ins for everything that a pickle can name.

    This is Python's unpickler written in Python: it has a table of instructions to choose from. A
    batch has ten thousand short ones and one long, so that it is as fast as the one written in C.
    """

    dispatch = Instructions(
        (number, run)
        for number, run in pickle._Unpickler.dispatch.items()
        if NAMES[number] in OPCODES.split()
    )

    def find_class(self, module, name):
        """Return the stand-in for module.name, or refuse."""
        if (module, name) not in STAND_INS:
            raise RefusedPickle(f"{module}.{name}")
        return STAND_INS[module, name]


def read_pickle(file, filename):
    """Return what a pickle holds: dicts, lists, numbers, strings and arrays of uint8.

    file: open for reading, in binary; filename: for messages.
    Raises ValueError if the file asks for anything else or is cut short.
    """
    try:
        return _finish(PictureUnpickler(file, encoding="bytes").load())
    except RefusedPickle as refused:
        raise RefusedPickle(
            f"{filename} asks for {refused}, which a file of pictures does not need. Nothing was "
            "run. Delete the file and download the original archive again."
        ) from None
    except Exception as error:
        raise ValueError(
            f"{filename} is not a whole pickle ({type(error).__name__}: {error!s:.100}). "
            "Was its download cut short? Delete it and download it again."
        ) from error


def _finish(contents):
    """Make the keys of a dict strings, and put the arrays in the place of their stand-ins."""
    if not isinstance(contents, dict):
        return contents
    return {
        key.decode("latin1") if isinstance(key, bytes) else key: value.array
        if isinstance(value, Pixels)
        else value
        for key, value in contents.items()
    }
