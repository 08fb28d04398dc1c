"""A module that cannot be imported costs what is in it, and nothing that rests on it."""

import importlib
import sys

import pytest

from data_utils import partial_import

BROKEN = "from .conv import conv\ndef affine(x:\n    return x\ndef pool(x): return 0\n"
SOUND = {
    "__init__": "",
    "conv": "def conv(x): return 2 * x\n",
    "pool": "def pool(x): raise NotImplementedError\n",
    "nets": "from .layers import affine, conv\ndef net(x): return conv(x) + 1\n"
    "def affine_net(x): return affine(x)\n",
}


@pytest.fixture
def module(tmp_path, monkeypatch):
    """A function that imports a module of a package, given what differs from SOUND."""
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(sys, "meta_path", sys.meta_path[:])
    monkeypatch.setattr(partial_import, "SECONDS", 0.2)
    partial_import.install("kit")

    def load(name, **texts):
        for stem, text in {**SOUND, **texts}.items():
            path = tmp_path / "kit" / f"{stem.replace('__in_', '/')}.py"
            path.parent.mkdir(exist_ok=True, parents=True)
            path.write_text(text, encoding="utf-8")
        return importlib.import_module(f"kit.{name}")

    yield load
    for name in [name for name in sys.modules if name.split(".")[0] == "kit"]:
        del sys.modules[name]


def raised_by(call, *args):
    """Return (kind, message, [(file, line, function)]) of what a call raises, as it is told."""
    with pytest.raises(Exception) as caught:
        call(*args)
    error, frames = partial_import.cause_of(caught.value, "kit")
    return type(error).__name__, str(error), [tuple(frame[:3]) for frame in frames]


def test_what_rests_on_a_module_that_cannot_be_read_is_imported_and_works(module):
    assert module("nets", layers=BROKEN).net(3) == 7


def test_a_function_that_rests_on_what_cannot_be_read_says_on_which_file_and_line(module):
    kind, message, frames = raised_by(module("nets", layers=BROKEN).affine_net, 3)
    assert (kind, message) == ("RestsOn", "kit/layers.py, which cannot be imported (line 2)")
    assert frames == [("kit/nets.py", 3, "affine_net")]


def test_asked_for_itself_it_has_what_it_would_have_from_elsewhere(module):
    layers = module("layers", layers=BROKEN)
    assert layers.conv(3) == 6
    kind, _, frames = raised_by(layers.affine, 3)
    assert (kind, frames) == ("SyntaxError", [("kit/layers.py", 2, "<module>")])


def test_its_own_functions_are_not_taken_from_the_stubs_of_the_same_name(module):
    assert raised_by(module("layers", layers=BROKEN).pool, 3)[0] == "SyntaxError"


def test_a_name_that_it_gives_a_value_is_not_taken_from_elsewhere(module):
    layers = "from . import conv as other\nrate, conv = 1, other.conv\nexit()\n"
    with pytest.raises(partial_import.RestsOn):
        module("layers", layers=layers).conv  # noqa: B018 - asking is what raises


def test_a_module_that_imports_what_is_not_there_is_the_one_that_cannot_be_imported(module):
    layers = "from .conv import conv\nfrom .conv import deconv\ndef affine(x): return x\n"
    nets = module("nets", layers=layers)
    assert nets.net(3) == 7
    kind, message, frames = raised_by(sys.modules["kit.layers"].affine, 3)
    assert kind == "ImportError" and "deconv" in message
    assert frames == [("kit/layers.py", 2, "<module>")]


def test_each_of_two_modules_that_cannot_be_imported_is_told_of(module):
    nets = module("nets", layers=BROKEN, conv="import nothing\ndef conv(x): return 2 * x\n")
    assert raised_by(nets.net, 3)[1] == "kit/conv.py, which cannot be imported (line 1)"
    assert raised_by(nets.affine_net, 3)[1] == "kit/layers.py, which cannot be imported (line 2)"


def test_a_class_can_be_derived_from_one_that_cannot_be_imported(module):
    linear = "class Linear:\n    pass\n\nimport nothing\n"
    least = module(
        "least", linear=linear, least="from .linear import Linear\nclass Least(Linear): 0"
    )
    kind, _, frames = raised_by(least.Least)
    assert kind == "ModuleNotFoundError"
    assert frames == [("kit/linear.py", 4, "<module>")]


def test_a_line_that_uses_at_once_what_cannot_be_imported_is_told_to_rest_on_it(module):
    again = "from .layers import affine\n\nanswer = affine(3)\ndef f(): return answer\n"
    kind, message, frames = raised_by(module("again", layers=BROKEN, again=again).f)
    assert (kind, message) == ("RestsOn", "kit/layers.py, which cannot be imported (line 2)")
    assert frames == [("kit/again.py", 3, "<module>")]


@pytest.mark.parametrize("statement", ["from .layers import rate", "from .layers import *"])
def test_what_is_no_function_or_class_costs_the_module_that_imports_it(module, statement):
    rate = "rate = 1\n1 / 0\n"
    kind, message, frames = raised_by(
        module("other", layers=rate, other=f"{statement}\ndef f(): 0").f
    )
    assert (kind, message) == ("RestsOn", "kit/layers.py, which cannot be imported (line 2)")
    assert frames == [("kit/other.py", 1, "<module>")]


def test_given_code_between_is_not_told_of(module):
    net = "from ..layers import affine\n\nanswer = affine(3)\ndef f(): return answer\n"
    given = module("given.net", layers=BROKEN, given__in___init__="", given__in_net=net)
    kind, _, frames = raised_by(given.f)
    assert (kind, frames) == ("SyntaxError", [("kit/layers.py", 2, "<module>")])


def test_an_error_in_a_function_that_is_called_at_once_costs_the_module_that_calls(module):
    again = "from .pool import pool\n\npool(3)\ndef f(): return 0\n"
    kind, _, frames = raised_by(module("again", again=again).f)
    assert kind == "NotImplementedError"
    assert frames == [("kit/again.py", 3, "<module>"), ("kit/pool.py", 1, "pool")]


@pytest.mark.parametrize("loop", ["while True: pass", "import time; time.sleep(60)"])
def test_a_module_that_never_ends_is_stopped_and_later_told_of_at_once(module, loop):
    endless = module("endless", endless=f"def f(): return 0\n\n{loop}\n")
    for _ in range(2):
        kind, message, frames = raised_by(endless.f)
        assert (kind, message) == ("Overdue", "it does not end")
        assert frames == [("kit/endless.py", 3, "<module>")]


def test_a_nul_byte_has_a_line(module):
    kind, message, frames = raised_by(module("layers", layers="def f(): 0\n\nx = 1\0\n").f)
    assert (kind, frames) == ("SyntaxError", [("kit/layers.py", 3, "<module>")])
    assert "NUL" in message


def test_a_package_within_that_cannot_be_imported_has_its_modules(module):
    texts = {"utils__in___init__": "1 / 0\n", "utils__in_tools": "def f(): return 1\n"}
    module("nets", layers=BROKEN, **texts)
    assert importlib.import_module("kit.utils.tools").f() == 1
    assert vars(sys.modules["kit.utils"])["tools"].f() == 1


def test_a_module_that_ends_python_costs_itself_alone(module):
    assert raised_by(module("layers", layers="def f(): 0\nexit()\n").f)[0] == "SystemExit"


def test_a_text_saved_within_the_second_and_as_long_is_loaded_as_it_is(module, tmp_path):
    assert module("nets", layers="def affine(x): return 1\nconv = 0").affine_net(3) == 1
    for name in [name for name in sys.modules if name.split(".")[0] == "kit"]:
        del sys.modules[name]
    assert module("nets", layers="def affine(x): return 2\nconv = 0").affine_net(3) == 2


def test_a_module_that_is_not_there_is_an_error(module):
    with pytest.raises(ModuleNotFoundError, match=r"kit\.other"):
        module("other", layers=BROKEN)


def test_an_error_that_names_ever_new_files_ends(module):
    layers = (
        "def affine(): 0\nconv = 0\n"
        "e = SyntaxError('x')\ne.filename = __file__.replace('layers', f'x{id(e)}')\nraise e\n"
    )
    assert raised_by(module("layers", layers=layers).affine)[0] == "SyntaxError"
