"""Which commands there are, without importing what others of them need."""

import subprocess
import sys

from course import paths
from course.commands import __main__ as cli


def test_each_command_that_is_listed_can_be_had_and_is_called_so():
    listed = cli.main.list_commands(None)
    assert {"check", "grade", "hint", "release"} <= {*listed}
    assert [cli.main.get_command(None, name).name for name in listed] == listed


def test_a_hint_imports_nothing_that_judges():
    code = "from course.commands import __main__; __main__.main.get_command(None, 'hint')"
    code += "; import sys; print(*sys.modules)"
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=paths.ROOT, capture_output=True, text=True
    )
    names = ran.stdout.split()
    assert "course.commands.hint" in names
    assert not [
        name for name in names if name.startswith(("numpy", "course.judge", "course.intake"))
    ]
