"""What a check takes as given: which names, and how a student's process gets them."""

import re
import time

import numpy as np
import pytest

from course import notebook, paths, prerequisites
from course.judge.errors import RemoteError
from course.judge.proxy import module
from course.judge.stage import stage

PACKAGE = {
    "layers.py": "from .conv import conv_forward\ndef relu(x): pass\ndef relu_backward(): pass\n"
    "def relu6(x): pass\n",
    "conv.py": "import numpy\ndef conv_forward(): pass\ndef conv_backward(): pass\n",
    "nets.py": "from .layers import relu\nclass Net:\n    def relu_method(self): pass\n",
}


@pytest.mark.parametrize(
    "words, expected",
    [
        (["relu"], {"layers": ["relu", "relu_backward"]}),
        (["conv"], {"conv": ["conv_forward"], "layers": ["conv_forward"]}),
        (["conv_backward"], {"conv": ["conv_backward"]}),
        (["Net"], {"nets": ["Net"]}),
        (["relu6", "Net"], {"layers": ["relu6"], "nets": ["Net"]}),
    ],
)
def test_a_word_means_names_of_layers_or_one_exact_name(words, expected):
    assert prerequisites.names_given(words, PACKAGE) == expected


@pytest.mark.parametrize("word", ["rel", "Relu", "net", "numpy", "relu_method", ""])
def test_a_word_that_means_nothing_is_refused(word):
    with pytest.raises(prerequisites.GivenError, match="no function or class"):
        prerequisites.names_given([word], PACKAGE)


@pytest.mark.parametrize("path", paths.notebooks(), ids=lambda path: path.stem)
def test_every_word_of_a_heading_means_something(path):
    for check in notebook.checks(path):
        assert bool(prerequisites.names_given(check.given)) == bool(check.given)


@pytest.mark.parametrize("path", paths.notebooks(), ids=lambda path: path.stem)
def test_no_check_is_given_what_it_asks_for(path):
    for check in notebook.checks(path):
        names_given = prerequisites.names_given(check.given).values()
        asked = set(re.findall(r"\w+", check.task))
        assert not asked & {name for names in names_given for name in names}, check


REFERENCE = """
import numpy as np

def affine_forward(x, w, b): return x @ w + b, (x, w, b)
def norm(x, param): param["mean"] = x.mean(); return x - x.mean()
def secret(): return 42
def slow():
    while True: pass
def large(n): return np.ones(n)
def draw(rng): return np.random.default_rng(rng).random()
def cast(x, dtype): return np.asarray(x, dtype)
def kind(x): return type(x).__name__ + getattr(getattr(x, "dtype", None), "name", "")
def odd(what): return {"a module": np, "a function": odd, "a method": Net().loss,
                       "a builtin": len, "a class": Net, "an exception": ValueError("no"),
                       "texts": np.array(["x"]), "objects": np.array([None]),
                       "a text": np.str_("x"), "bytes": b"x",
                       "a generator": iter("x"), "a dtype": np.dtype(float)}[what]
def peek(path): return open(path).read()
def described():
    "Say what it says."
    return described.__doc__, described.__code__.co_filename

class Affine:
    def __init__(self, w): self.w = w
    def forward(self, x): self.x = x; return x @ self.w
    def backward(self, dout): self.dw = self.x.T @ dout; return dout @ self.w.T

class Net:
    def __init__(self): self.params, self.rule, self._own, self.numpy = {"w": 1}, draw, 5, np
    def loss(self): self.params["seen"] = self.params["w"]; return 2 * self.params["w"]
"""
NAMES = [
    "Affine",
    "Net",
    "affine_forward",
    "cast",
    "described",
    "draw",
    "kind",
    "large",
    "norm",
    "odd",
]
NAMES += ["peek", "slow"]


@pytest.fixture
def given_student(student):
    """A function that starts a student who is given what REFERENCE has, all but its secret."""

    def start(code, layers="def affine_forward(x, w, b): return 0 * x, None\n", **limits):
        them = student(code, reference=REFERENCE, **limits)
        (them.package / "layers.py").write_text(layers, encoding="utf-8")
        them.give(layers=NAMES)
        return them

    return start


NET = """
from .layers import affine_forward

def scores(x, w, b): return affine_forward(x, w, b)[0]
"""
x, w, b = np.array([[1.0, 2.0]]), np.array([[3.0], [4.0]]), np.array([5.0])


def test_a_net_is_run_on_the_references_layers(given_student):
    assert given_student(NET).call("scores", x, w, b).tolist() == [[16.0]]


def test_without_a_gift_a_net_is_run_on_its_own_layers(given_student):
    them = given_student(NET)
    them.worker.new_cell()
    assert them.call("scores", x, w, b).tolist() == [[0.0, 0.0]]


@pytest.mark.parametrize(
    "layers", ["def affine_forward(", "raise ValueError('no')", "import nothing", ""]
)
def test_layers_that_cannot_be_imported_do_not_matter(layers, given_student):
    assert given_student(NET, layers).call("scores", x, w, b).tolist() == [[16.0]]


def test_what_is_not_given_of_layers_that_cannot_be_imported_tells_why(given_student):
    net = "from .layers import relu_forward\ndef f(x): relu_forward(x)\ndef g(): return 1"
    them = given_student(net, "def affine_forward(")
    assert them.call("g") == 1
    with pytest.raises(RemoteError) as caught:
        them.call("f", x)
    assert str(caught.value) == "starter/layers.py, which cannot be imported (line 1)"
    assert caught.value.student_frames[-1][:3] == ["starter/task.py", 2, "f"]


def test_a_module_that_is_given_too_and_has_imported_a_layer_gets_the_references(given_student):
    them = given_student(NET + "\ndef sizes(): return 1\n")
    them.give(task=["sizes"], layers=NAMES)
    assert them.call("scores", x, w, b).tolist() == [[16.0]]


def test_a_function_of_the_same_name_in_the_net_itself_stays_the_students(given_student):
    them = given_student("def affine_forward(): return 1\ndef f(): return affine_forward()")
    assert them.call("f") == 1


def test_a_dict_that_the_reference_changes_is_changed(given_student):
    them = given_student("""
        from .layers import norm
        def f(x):
            param = {"mode": "train"}
            norm(x, param)
            return param
        """)
    assert them.call("f", x) == {"mode": "train", "mean": 1.5}


def test_a_random_generator_becomes_a_seed_that_it_has_drawn(given_student):
    them = given_student("""
        import numpy as np
        from .layers import draw
        def f(seed):
            rng = np.random.default_rng(seed)
            return draw(rng), draw(rng=rng)
        """)
    first, second = them.call("f", 1)
    assert first != second and them.call("f", 1) == (first, second)


def test_a_dtype_becomes_its_name(given_student):
    them = given_student("""
        import numpy as np
        from .layers import cast
        def f():
            kinds = np.float32, np.dtype("float32"), float, "float16"
            return [cast(1, kind).dtype.itemsize for kind in kinds]
        """)
    assert them.call("f") == [4, 4, 8, 2]


def test_an_object_of_the_reference_has_its_attributes_and_methods(given_student):
    them = given_student("""
        from .layers import Affine
        def f(x, w):
            layer = Affine(w)
            layer.w = 2 * w
            return layer, layer.forward(x), layer.backward(1 + 0 * x[:, :1]), layer.dw
        """)
    layer, out, dx, dw = them.call("f", x, w)
    assert [out.tolist(), dx.tolist(), dw.tolist()] == [[[22]], [[6, 8]], [[1], [2]]]
    assert layer.forward(x).tolist() == [[22]]


def test_the_params_of_a_net_of_the_reference_can_be_written_into(given_student):
    them = given_student("""
        from .layers import Net
        def f():
            net = Net()
            params = net.params
            net.params["w"] = 5
            first = net.loss()
            params["w"] += 1
            return first, net.loss(), params, net
        """)
    first, second, params, net = them.call("f")
    assert (first, second, params) == (10, 12, {"w": 6, "seen": 6})
    assert net.params == params


def test_what_is_given_comes_to_the_judge_past_the_student(given_student):
    them = given_student("""
        from . import layers
        def fake(*args): return 0
        def recipe():
            layers.affine_forward = layers.Net = fake
            return {"w": 3}
        """)
    layers = module(them.worker, "layers")
    recipe = them.call("recipe")
    assert layers("affine_forward")(x, w, b)[0].tolist() == [[16.0]]
    net = layers("Net")()
    net.params = recipe
    assert net.loss() == 6


def test_what_the_judge_asks_of_the_reference_shows_no_line_of_it(given_student):
    them = given_student("")
    layers = module(them.worker, "layers")
    with pytest.raises(RemoteError, match="positional argument") as caught:
        layers("affine_forward")(x)
    with pytest.raises(RemoteError) as later:
        layers("Affine")(w).forward(1, 2, 3)
    assert not caught.value.student_frames and not later.value.student_frames


def test_an_error_of_the_reference_tells_what_it_was_called_with(given_student):
    said = r"affine_forward\(array of shape \(1, 2\), array of shape \(1,\), 5\): matmul"
    with pytest.raises(RemoteError, match=said) as caught:
        given_student(NET).call("scores", x, b, 5)
    assert caught.value.kind == "ValueError"
    assert caught.value.student_frames[-1][2] == "scores"


FORGED = """
import sys
import numpy as np
from . import layers

def server():
    frame = sys._getframe()
    while "server" not in frame.f_locals: frame = frame.f_back
    return frame.f_locals["server"]

def ask(what, owner, name, **rest): return server().ask(what, owner, name, **rest)
def call(owner, name, *args): return ask("call", owner, name, args=args, kwargs={})
class Odd: pass
"""

REFUSED = {
    "a name that is not given": "call('layers', 'secret')",
    "a module that is not given": "call('os', 'getpid')",
    "a private name": "call('layers', '__builtins__')",
    "a function's inside": "ask('get', 'layers', 'affine_forward')",
    "a new function": "ask('set', 'layers', 'affine_forward', value=1)",
    "a method's inside": "ask('get', layers.Affine(1), '__class__')",
    "a function that an object holds": "layers.Net().rule(1)",
    "a module that an object holds": "layers.Net().numpy",
    "an array's method": "ask('call', layers.Affine(np.ones(3)), 'w', args=(), kwargs={})",
    "what an object's attribute has": "layers.Affine(np.ones(3)).forward.__globals__",
    "a private attribute": "ask('get', layers.Net(), '_own')",
    "a new attribute": "ask('set', layers.Net(), 'other', value=1)",
    "another method": "ask('set', layers.Net(), 'loss', value=1)",
    "a key that is no text": "call('layers', 'norm', 1, {1: 1})",
    "rows of different lengths": "call('layers', 'kind', [[1, 2], [3]])",
    "an integer that no array holds": "call('layers', 'kind', 2**70)",
    "an integer that wraps around": "call('layers', 'kind', np.uint64(2**63))",
    "complex numbers": "call('layers', 'kind', np.ones(2, complex))",
    "an endless side": "call('layers', 'kind', np.empty((0, 2**60)))",
    "a file": "layers.peek('/usr/bin/env')",
    "an unknown deed": "ask('exec', 'layers', 'affine_forward')",
    "no arguments": "ask('call', 'layers', 'affine_forward')",
    "odd arguments": "ask('call', 'layers', 'affine_forward', args=5, kwargs=[1])",
    "an owner that is a list": "call(['layers'], 'affine_forward')",
    "an owner of its own": "call(Odd(), 'affine_forward')",
    "an argument of its own": "call('layers', 'norm', Odd(), {})",
    "a number for a name": "call('layers', 5)",
    "no question": "server().asks({'id': server().present, 'ask': 5}, server())['error'] + 1",
    "too few arguments": "layers.affine_forward(1)",
    "a sum that never ends": "layers.slow()",
    "sixteen gigabytes": "layers.large(2 * 10**9)",
    "more than may cross": "layers.large(10**8)",
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_the_reference_cannot_be_asked(what, given_student):
    them = given_student(FORGED + f"\ndef f(): return {REFUSED[what]}", call_seconds=1)
    with pytest.raises(RemoteError):
        them.call("f")
    assert them.is_calm()


ODD = ["a module", "a function", "a method", "a builtin", "a class", "an exception", "texts"]
ODD += ["objects", "a text", "bytes", "a generator", "a dtype"]


@pytest.mark.parametrize("what", ODD)
def test_what_the_reference_does_not_hand_out(what, given_student):
    them = given_student(FORGED + "\ndef f(what): return type(layers.odd(what)).__name__")
    with pytest.raises(RemoteError, match="cannot be handed out"):
        them.call("f", what)
    assert them.is_calm()


@pytest.mark.parametrize(
    "value, kind",
    [
        ([2**70] * 2, "ndarrayfloat64"),
        ([[1, 2], [3, 4]], "ndarrayint64"),
        ([1, 2.5], "ndarrayfloat64"),
        ([True, False], "ndarraybool"),
        ((1, [2]), "tuple"),
        ([np.ones(2), [1]], "list"),
        ([], "list"),
        (np.float32(1), "float32float32"),
        (np.uint8(200), "int"),
        (np.array(-5, np.int16), "int"),
        (np.array([200, 200], np.uint8), "ndarrayint64"),
        (np.ones((2, 2), np.uint8), "ndarrayuint8"),
    ],
)
def test_the_reference_gets_a_list_of_numbers_as_an_array(value, kind, given_student):
    them = given_student(FORGED + "\ndef f(value): return layers.kind(value)")
    assert them.call("f", value) == kind


def test_after_a_question_that_is_not_allowed_none_is_answered_in_that_check(given_student):
    them = given_student(
        FORGED
        + """
def asks(name):
    try:
        return call("layers", name, np.ones(2))["value"]
    except ValueError as error:
        return str(error)
def f(): return asks("kind"), asks("secret"), asks("kind")
"""
    )
    first, second, third = them.call("f")
    assert first == "ndarrayfloat64"
    assert "is not given in this check" in second
    assert "no more questions are answered" in third
    assert "no more questions are answered" in them.call("asks", "kind")
    them.give(layers=NAMES)
    assert them.call("asks", "kind") == "ndarrayfloat64"


def test_the_references_process_holds_no_docstring_and_no_path(given_student):
    them = given_student("from .layers import described\ndef f(): return described()")
    assert them.call("f") == (None, "layers.py")


def test_no_folder_of_a_run_holds_a_solution(tmp_path):
    notebook_path = paths.notebooks()[1]
    stage(tmp_path, {}, notebook_path)
    solved = "return dout * (1 - out**2)"
    assert solved in (paths.SOLUTIONS / "activations.py").read_text(encoding="utf-8")
    for path in tmp_path.rglob("*.py*"):
        assert solved.encode() not in path.read_bytes(), path


def test_an_object_that_was_never_handed_out_cannot_be_asked_for(given_student):
    forged = (
        FORGED
        + """
def f():
    layer = layers.Affine(1)
    layer.__dict__["_key"] = -5
    return layer
"""
    )
    them = given_student(forged)
    with pytest.raises(RemoteError, match="cannot be read"):
        them.call("f")
    assert them.is_calm()


def test_a_question_where_nothing_is_given_is_no_reply(given_student):
    them = given_student(FORGED + "\ndef f(): return call('layers', 'affine_forward')")
    them.worker.new_cell()
    with pytest.raises(RemoteError, match="nothing is given"):
        them.call("f")
    assert them.is_calm()


def test_a_deadline_holds_while_the_reference_computes(given_student):
    them = given_student(FORGED + "\ndef f(): layers.slow()", call_seconds=0.5)
    started = time.monotonic()
    with pytest.raises(RemoteError, match="f was stopped after 0.5 seconds"):
        them.call("f")
    assert time.monotonic() - started < 10


def test_a_million_objects_are_not_kept_for_a_student(given_student, monkeypatch):
    monkeypatch.setattr("course.judge.reference.MAX_OBJECTS", 100)
    them = given_student(FORGED + "\ndef f():\n    for _ in range(200): layers.Affine(1)")
    with pytest.raises(RemoteError, match="more than 100 of the course's objects"):
        them.call("f")
    assert them.is_calm()


def test_after_an_error_that_the_student_catches_the_next_question_is_answered(given_student):
    them = given_student("""
        from .layers import affine_forward
        def f(x, w, b):
            try:
                affine_forward(x, x, x)
            except ValueError:
                return affine_forward(x, w, b)[0]
        """)
    assert them.call("f", x, w, b).tolist() == [[16.0]]


def test_nothing_of_the_reference_is_in_the_students_process(given_student):
    them = given_student("""
        import gc, os
        from . import layers
        def f(): return os.listdir("/box/student/starter"), layers.affine_forward.__class__.__name__
        def texts(): return sum(type(o) is str and "self.x.T @ dout" in o for o in gc.get_objects())
        """)
    files, kind = them.call("f")
    assert sorted(files) == ["__init__.py", "calm.py", "layers.py", "task.py"]
    assert kind == "ReferenceFunction"
    assert them.call("texts") == 0


def test_the_reference_is_gone_when_the_students_process_is(given_student):
    them = given_student(NET)
    them.call("scores", x, w, b)
    assert them.reference.process
    them.worker.stop()
    assert them.reference.process is None


def test_the_references_process_goes_on_for_other_layers_and_keeps_no_object(given_student):
    them = given_student("""
        from . import layers
        kept = []
        def keep(): kept.append(layers.Net())
        def f(): return 1
        """)
    them.call("keep")
    before = them.reference.process
    assert len(them.reference.handed_out) == 1
    them.give(layers=["norm"])
    them.call("f")
    assert them.reference.process is before
    assert them.reference.handed_out == []
    assert before.dropped
    them.reference.request("call", "layers", "large", args=(2,), kwargs={})
    assert before.dropped == []


def test_cells_that_are_given_the_same_share_a_process_and_others_do_not(given_student):
    them = given_student("kept = []\ndef f(): kept.append(1); return len(kept)\n" + NET)
    assert [them.call("f"), them.call("f")] == [1, 2]
    them.worker.new_cell()
    assert them.call("f") == 1
    them.give(layers=NAMES)
    assert them.call("f") == 3
    assert them.call("scores", x, w, b).tolist() == [[16.0]]
    them.give(layers=["norm"])
    assert them.call("f") == 1
    assert them.call("scores", x, w, b).tolist() == [[0.0, 0.0]]


def test_a_package_has_at_most_two_processes(given_student):
    them = given_student("def f(): return 1\n" + NET)
    for names in ([], NAMES, ["norm"], [], NAMES):
        them.give(layers=names)
        them.call("f")
        assert len(them.worker.processes) <= 2


def test_what_the_reference_used_for_a_student_counts(given_student):
    them = given_student(FORGED + "\ndef f(): layers.slow()", call_seconds=1)
    with pytest.raises(RemoteError):
        them.call("f")
    them.worker.end()
    assert them.worker.cpu_seconds() > 0.3


def test_an_object_of_another_cells_process_is_lost_and_says_so(given_student):
    them = given_student("class Net:\n    def loss(self): return 1\n")
    net = them.call("Net")
    them.worker.new_cell()
    with pytest.raises(RemoteError, match="was lost"):
        net.loss()
