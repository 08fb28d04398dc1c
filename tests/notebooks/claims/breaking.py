"""What "now break it" promises: a line is changed in the solutions, and the check says so."""

import tempfile
from pathlib import Path

from course import paths
from tests.mistakes.harness import cells_of, number, run, solutions
from tests.notebooks.claims.table import values


def breaking(claims, check, module, changes, *sayings, told=None):
    """Enter in a table what a check says once a module of the solutions is changed.

    changes: {text in the module: text in its place}; sayings: pieces of what is said, which the
    notebook quotes; told: what it tells to change, of which all numbers stand in `changes`.
    """
    if told:
        claims(told)(lambda: changed_as_told(told, changes))

    def says_so():
        sentence = broken(claims.name, check, module, changes)
        assert all(saying in sentence for saying in sayings), sentence

    claims(*sayings)(says_so)


def changed_as_told(told, changes):
    """Assert that all numbers of what a notebook tells to change stand in the changes."""
    assert values(told) <= values(repr(changes)), changes


def not_noticing(claims, check, module, changes, *sayings):
    """Enter in a table that a check passes all the same; arguments as for `breaking`."""

    def passes():
        assert not failure(claims.name, check, module, changes)

    claims(*sayings)(passes)


def broken(name, check, module, changes):
    """Return the sentence of one check of a notebook on solutions in which a module is changed."""
    found = failure(name, check, module, changes)
    assert found, f"check {check} passes"
    return found.sentence


def failure(name, check, module, changes):
    """Return the failure of one check on solutions in which a module is changed, or None."""
    path, package = paths.ASSIGNMENTS / f"{name}.ipynb", solutions()
    for old, new in changes.items():
        assert old in package[module], f"{old!r} in {module}"
        package[module] = package[module].replace(old, new)
    others = {number(cell) for cell in cells_of(path)} - {check, None}
    with tempfile.TemporaryDirectory() as folder:
        return run(path, package, Path(folder), skipped=others)[check].failure
