"""The lines that checks and the command both read, and what reading them costs."""

import subprocess
import sys

from course import paths
from data_utils import headings, record
from data_utils.headings import stub_line, task_of, unwritten_tasks


def test_what_a_stub_raises_is_read_as_it_is_written():
    text = f"def f():\n    {stub_line('Net.loss')}\n    # {stub_line('g')}\n"
    assert unwritten_tasks(text) == ["Net.loss"]


def test_a_stubs_message_names_its_task_and_others_name_none():
    assert task_of("softmax_loss is yours to write") == "softmax_loss"
    assert task_of("no") is None


def test_headings_are_read_without_numpy_and_checks_without_ipython():
    code = (
        "import sys, data_utils.headings; assert 'numpy' not in sys.modules; "
        "from data_utils import check, rng; assert 'IPython' not in sys.modules; rng()"
    )
    ran = subprocess.run([sys.executable, "-c", code], cwd=paths.ROOT, capture_output=True)
    assert ran.returncode == 0, ran.stderr.decode()


def test_a_name_with_a_star_stands_for_all_that_fit():
    task = "conv_*_naive and max_pool_* and im2col, float32, beyond CS231n"
    for one in ("conv_forward_naive", "max_pool_backward_naive", "im2col"):
        assert headings.is_named(one, task)
    for other in ("conv_forward_im2col", "avg_pool_forward_naive", "col2im", "float32"):
        assert not headings.is_named(other, task)


def test_what_a_name_with_a_star_stands_for_is_found_waited_for_and_noticed_if_edited():
    text = "def g(): return 1\ndef f_there(): return g()\ndef f_back(): pass\ndef h(): pass\n"
    assert record.line_of("f_*", text) == 2
    assert record.stubs_of("f_*, float32", ["h", "f_back", "f_there"]) == ["f_back", "f_there"]
    kept = record.own_code(text, "f_*, float32")
    assert record.own_code(text.replace("return 1", "return 2"), "f_*, float32") != kept
    assert record.own_code(text.replace("f_back(): pass", "f_back(): ..."), "f_*") != kept
    assert record.own_code(text.replace("h(): pass", "h(): ..."), "f_*, float32") == kept
