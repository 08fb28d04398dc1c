"""A module that cannot be imported costs what is in it, and nothing that rests on it."""

import sys

import pytest

from course.box import partial_import

BROKEN = "from .conv import conv\ndef affine(x:\n    return x\ndef pool(x): return 0\n"
SOUND = {
    "__init__.py": "",
    "conv.py": "def conv(x): return 2 * x\n",
    "pool.py": "def pool(x): raise NotImplementedError\n",
    "nets.py": "from .layers import affine, conv\ndef net(x): return conv(x) + 1\n"
    "def affine_net(x): return affine(x)\n",
}


@pytest.fixture
def module(tmp_path, monkeypatch):
    """A function that imports a module of a package, given what differs from SOUND."""
    monkeypatch.syspath_prepend(str(tmp_path))
    package = tmp_path / "kit"
    package.mkdir()

    def load(name, **texts):
        files = {**SOUND, **{f"{stem}.py": text for stem, text in texts.items()}}
        for file, text in files.items():
            (package / file).write_text(text, encoding="utf-8")
        return partial_import.import_module(package, name)

    yield load
    partial_import.PARTIAL.clear()
    for name in [name for name in sys.modules if name.split(".")[0] == "kit"]:
        del sys.modules[name]


def test_what_rests_on_a_module_that_cannot_be_read_is_imported_and_works(module):
    assert module("nets", layers=BROKEN).net(3) == 7


def test_a_function_of_the_module_that_cannot_be_read_says_why(module):
    nets = module("nets", layers=BROKEN)
    with pytest.raises(SyntaxError) as caught:
        nets.affine_net(3)
    assert caught.value.filename.endswith("layers.py")
    assert caught.value.lineno == 2


def test_asked_for_itself_it_has_what_it_would_have_from_elsewhere(module):
    layers = module("layers", layers=BROKEN)
    assert layers.conv(3) == 6
    with pytest.raises(SyntaxError):
        layers.affine(3)


def test_its_own_functions_are_not_taken_from_the_stubs_of_the_same_name(module):
    with pytest.raises(SyntaxError):
        module("layers", layers=BROKEN).pool(3)


def test_a_module_that_imports_what_is_not_there_is_the_one_that_is_partial(module):
    layers = "from .conv import conv\nfrom .conv import deconv\ndef affine(x): return x\n"
    assert module("nets", layers=layers).net(3) == 7
    with pytest.raises(ImportError, match="deconv"):
        module("nets", layers=layers).affine_net(3)


def test_two_modules_may_be_partial(module):
    nets = module("nets", layers=BROKEN, conv="import nothing\ndef conv(x): return 2 * x\n")
    with pytest.raises(ModuleNotFoundError, match="nothing"):
        nets.net(3)
    with pytest.raises(SyntaxError):
        nets.affine_net(3)


def test_a_module_that_is_not_there_is_an_error(module):
    with pytest.raises(ModuleNotFoundError, match=r"kit\.other"):
        module("other", layers=BROKEN)


def test_an_error_that_names_ever_new_files_ends(module):
    layers = "e = SyntaxError('x')\ne.filename = __file__.replace('layers', f'x{id(e)}')\nraise e\n"
    with pytest.raises(SyntaxError):
        module("nets", layers=layers)
