"""The lines that checks and the command both read, and what reading them costs."""

import subprocess
import sys

from course import paths
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
