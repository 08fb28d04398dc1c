"""In a running notebook: what is judged is what is in the files now."""

import pytest

from data_utils.headings import stub_line
from tests.helpers import kernel
from tests.mistakes.harness import solutions

SCALE = "from .other import scale\n"
TASK = """from . import other
from .other import factor

RATE = 1


def f(x=1):
    return factor(x)


class Net:
    def __init__(self):
        self.w = 7

    def m(self):
        return 1
"""
OTHER = "def factor(x):\n    return x\n"
KEPT = """
from functools import partial
from starter import task as module
from starter.task import f, RATE, Net
kept, listed = partial(f, 5), [f]
"""
MAKE = """class Mine(Net):
    def m(self): return 10 * super().m()
net, mine, method = Net(), Mine(), Net().m
"""
ALL = """print(f(), RATE, kept(), listed[0](), module.f(), method(), net.m(), Net().m(), mine.m(),
      net.w, isinstance(net, Net), isinstance(mine, Net))"""
CANNOT_READ = "✗ Python cannot read starter/task.py, line 4: '(' was never closed\n    RATE = ("


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    """A kernel on a package with two small modules, and a cell that keeps all that it can."""
    with kernel.running(tmp_path_factory.mktemp("kernel") / "course", KEPT, package=PACKAGE) as k:
        yield k


STUB = f"def f():\n    {stub_line('f')}"
PACKAGE = {"task.py": TASK, "other.py": OTHER}


@pytest.fixture
def student(running):
    """The kernel with the two modules as they were."""
    for module, text in PACKAGE.items():
        running.save(module, text)
    assert running.run(MAKE + ALL) == shows(1, 1, 1)
    return running


def shows(factor, rate, of_m):
    """Return what ALL prints."""
    return (
        f"{factor} {rate} {5 * factor} {factor} {factor} {of_m} {of_m} {of_m} {10 * of_m}"
        " 7 True True\n"
    )


def test_an_edit_reaches_every_name_function_class_and_object(student):
    student.save("task.py", TASK.replace("RATE = 1", "RATE = 2").replace("return 1", "return 3"))
    assert student.run(ALL) == shows(1, 2, 3)


def test_an_edit_of_a_module_reaches_what_rests_on_it(student):
    student.save("other.py", OTHER.replace("return x", "return 100 * x"))
    assert student.run(ALL) == shows(100, 1, 1)


def test_a_class_may_get_a_first_method_that_calls_super(student):
    student.save("task.py", TASK.replace("self.w = 7", "super().__init__()\n        self.w = 7"))
    assert student.run(ALL) == shows(1, 1, 1)
    assert student.run("print(Net().w)") == "7\n"


@pytest.mark.parametrize(
    "cell", ["f()", "RATE", "kept()", "listed[0]()", "method()", "net.m()", "mine.m()", "Net()"]
)
def test_what_cannot_be_read_stops_every_cell_that_uses_it_until_it_can(cell, student):
    student.save("task.py", TASK.replace("RATE = 1", "RATE = ("))
    assert student.run(cell) == CANNOT_READ
    student.save("task.py", TASK)
    assert student.run(ALL) == shows(1, 1, 1)


def test_what_an_object_holds_stays_while_its_class_cannot_be_read(student):
    student.save("task.py", TASK.replace("RATE = 1", "RATE = ("))
    assert student.run("print(net.w)") == "7\n"


def test_other_modules_go_on_working_and_what_rests_on_the_broken_one_says_so(student):
    student.save("other.py", "import nothing\n\n" + OTHER)
    assert student.run("print(net.m(), RATE)") == "1 1\n"
    assert student.run("f()") == "✗ f rests on starter/other.py, which cannot be imported (line 1)"
    said = student.run("from starter.other import factor\nfactor(1)")
    assert said.startswith("✗ starter/other.py cannot be imported, it raises ModuleNotFoundError")
    assert said.endswith("starter/other.py, line 1, in <module>\n    import nothing")


def test_what_could_not_be_imported_is_once_its_cause_is_gone(student):
    student.save("other.py", "import pathlib\n" + OTHER + "open('data')\n")
    assert "FileNotFoundError" in student.run("module.other.factor(1)")
    (student.folder / "assignments" / "data").touch()
    assert student.run(ALL) == shows(1, 1, 1)


def test_a_name_that_is_gone_is_missed_wherever_it_is_kept(student):
    student.save("task.py", TASK.replace("def f(", "def g("))
    assert (
        student.run("f()")
        == "✗ f is missing from starter/task.py: keep the names that the stubs have."
    )
    assert student.run("kept()").startswith("✗ f is not in starter/task.py any more")
    student.save("task.py", TASK)
    assert student.run(ALL) == shows(1, 1, 1)


def test_a_name_that_a_cell_gave_another_value_is_left_alone(student):
    student.run("RATE, g = 50, lambda: 1")
    student.save("task.py", TASK.replace("RATE = 1", "RATE = 2"))
    assert student.run("print(RATE, g())") == "50 1\n"
    student.run("from starter.task import RATE")


def test_a_function_made_by_one_that_was_edited_has_to_be_made_again(student):
    student.save("task.py", TASK + "\ndef make():\n    return lambda: 1\n")
    student.run("from starter.task import make\nmade = make()")
    student.save("task.py", TASK + "\ndef make():\n    return lambda: 2\n")
    assert "run the cell again that imports or makes it" in student.run("made()")
    assert student.run("print(make()())") == "2\n"


def test_an_object_whose_class_was_edited_is_not_judged_by_a_check(student):
    student.save("task.py", TASK.replace("self.w = 7", "self.w = 8"))
    assert student.run("print(net.w)") == "7\n"
    assert student.run("# Check 1 (1 point): Net\nnet.w") == (
        "✗ `net` is a Net that was made before starter/task.py was edited: run the cell again that "
        "makes it."
    )
    assert student.run("# Check 1 (1 point): Net\nnet = Net()\nprint(net.w)") == "8\n"
    assert student.run("# Check 1 (1 point): Net\nprint(net.w)") == "8\n"


def test_an_object_is_judged_after_an_edit_that_changes_no_code(student):
    student.save("task.py", "# A remark.\n" + TASK)
    assert student.run("# Check 1 (1 point): Net\nprint(net.m())") == "1\n"


def test_an_object_that_cannot_become_one_of_its_new_class_says_so(student):
    student.save("task.py", TASK.replace("class Net:", "class Net:\n    __slots__ = ('w',)"))
    for cell in ("net.m()", "Mine()"):
        assert "run again the cells that make the class, or its objects" in student.run(cell)
    assert student.run("print(Net().m(), f())") == "1 1\n"


def test_a_module_that_is_new_is_found_and_one_that_is_gone_is_missed(student):
    student.save("extra/tools.py", "def twice(x):\n    return 2 * x\n")
    student.save(
        "other.py", OTHER.replace("return x", "return twice(x)") + "from .extra.tools import twice"
    )
    assert student.run(ALL) == shows(2, 1, 1)
    (student.folder / "starter" / "extra" / "tools.py").unlink()
    assert "cannot be imported (line 3)" in student.run("f()")


def test_a_class_that_takes_no_attributes_is_loaded_anew(student):
    frozen = TASK + "\n    def __setattr__(self, name, value):\n        vars(self)[name] = value\n"
    student.save("task.py", frozen)
    assert student.run("net = Net()\nprint(net.m())") == "1\n"
    student.save("task.py", frozen.replace("return 1", "return 4"))
    assert student.run("print(net.m(), Net().m())") == "4 4\n"


def test_an_alias_of_a_class_that_is_gone_says_so(student):
    student.run("Alias = Net")
    student.save("task.py", TASK.replace("class Net", "class Other"))
    assert student.run("Alias()").startswith("✗ Net is not in starter/task.py any more")


def test_where_loading_fails_no_cell_is_run_until_the_kernel_starts_anew(tmp_path):
    meta = "class Meta(type):\n    def __setattr__(self, name, value): raise OSError(name)\n\n"
    package = {
        **PACKAGE,
        "task.py": meta + TASK.replace("class Net:", "class Net(metaclass=Meta):"),
    }
    with kernel.running(tmp_path / "course", KEPT, package=package) as student:
        student.save("other.py", OTHER.replace("return x", "return 2 * x"))
        for _ in range(2):
            said = student.run("print(f())")
            assert "cannot be loaded anew, OSError(" in said
            assert "): restart the kernel" in said


def test_what_cannot_be_read_as_a_file_is_passed_over(student):
    odd = student.folder / "starter" / "odd.py"
    odd.mkdir()
    student.save("other.py", OTHER.replace("return x", "return 3 * x"))
    assert student.run(ALL) == shows(3, 1, 1)
    odd.rmdir()


def test_the_line_of_an_edited_function_is_the_line_in_the_file(student):
    student.save("other.py", "\n\n\n" + OTHER.replace("return x", "return missing"))
    said = student.run("f()")
    assert said.startswith("✗ f raised NameError") and "starter/other.py, line 5" in said


def test_edits_within_a_second_and_as_long_are_seen(student):
    for factor in range(2, 8):
        student.save("other.py", OTHER.replace("return x", f"return {factor} * x"))
        assert student.run(ALL) == shows(factor, 1, 1)


def test_old_and_old_old_functions_do_what_the_file_says(student):
    student.run("older = [f]")
    for factor in (2, 3, 4):
        student.save("other.py", OTHER.replace("return x", f"return {factor} * x"))
        student.run("older.append(f)")
    assert student.run("print([g() for g in older])") == "[4, 4, 4, 4]\n"


def test_registering_twice_is_registering_once(student):
    student.run("check.show_sentences()")
    count = "print(sum(type(t).__name__ == 'Reloader' for t in get_ipython().ast_transformers))"
    assert student.run(count) == "1\n"


def test_a_check_reminds_of_a_given_module_that_was_changed(student):
    given, stubs = solutions()["given/arguments.py"], student.folder / "course" / "stub_files"
    for name, text in {"given/arguments.py": given, "task.py": f"{STUB}\n"}.items():
        (stubs / name).parent.mkdir(parents=True, exist_ok=True)
        (stubs / name).write_text(text, encoding="utf-8")
    check = "# Check 1 (1 point): f\nprint(f())"
    student.save("given/arguments.py", given + "\n# A remark.\n")
    assert student.run(check) == "1\n"
    student.save("given/arguments.py", given + "\ndef helper(x):\n    return 2 * x\n")
    student.save("other.py", "from .given.arguments import helper as factor\n")
    said = student.run(check)
    assert said.startswith("starter/given/arguments.py is given, and you have changed it")
    assert said.endswith("file of your own.\n2\n")
    assert student.run("print(f())") == "2\n"
    student.save("given/arguments.py", given)
