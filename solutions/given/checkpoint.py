"""Keep numbers, text, lists, dicts and arrays in one file, exactly; no pickle.

The file is NumPy's .npz: every array of the tree as an entry of its own, and the rest as JSON.
Reading it runs no code, whoever wrote it.
"""

import json
import os
from zipfile import is_zipfile

import numpy as np

JSON = "json"


def save(path, tree):
    """Write a tree of data to the file `path`; what was there stays until the new file is whole.

    tree: dicts with text as keys, lists, numeric arrays, numbers, text, booleans and None.
    Raises TypeError for anything else.
    """
    arrays: dict = {}
    arrays[JSON] = np.array(json.dumps(pack(tree, arrays)))
    unfinished = f"{path}.part"
    with open(unfinished, "wb") as file:
        np.savez(file, **arrays)
    os.replace(unfinished, path)


def load(path):
    """Return the tree that save wrote. Raises ValueError if the file holds none."""
    with open(path, "rb") as file:
        archive = np.load(file, allow_pickle=False) if is_zipfile(file) else {}
        if JSON not in archive:
            raise ValueError(f"{path} is not a checkpoint: no .npz file with an entry {JSON!r}")
        return unpack(json.loads(str(archive[JSON])), archive)


def pack(value, arrays):
    """Return the JSON form of a value, and add its arrays to the dict `arrays`."""
    if isinstance(value, dict):
        return {"dict": {key: pack(item, arrays) for key, item in value.items()}}
    if isinstance(value, list | tuple):
        return [pack(item, arrays) for item in value]
    if isinstance(value, np.ndarray | np.generic) and not value.dtype.hasobject:
        name = f"array{len(arrays)}"
        arrays[name] = np.asarray(value)
        return {"array" if isinstance(value, np.ndarray) else "number": name}
    return value


def unpack(value, arrays):
    """Return the value that pack made into JSON."""
    if isinstance(value, list):
        return [unpack(item, arrays) for item in value]
    if not isinstance(value, dict):
        return value
    ((kind, content),) = value.items()
    if kind == "dict":
        return {key: unpack(item, arrays) for key, item in content.items()}
    return arrays[content] if kind == "array" else arrays[content][()]
