"""What the student's process can see, reach and use up."""

import os
import socket
import subprocess
import sys

import pytest

from course import paths, sandbox
from course.remote import RemoteError

LOOK = """
import ctypes, os, socket, sys
from pathlib import Path

libc = ctypes.CDLL(None, use_errno=True)

def listed(path): return sorted(os.listdir(path))
def exists(path): return os.path.exists(path)
def environment(): return dict(os.environ)
def arguments(): return sys.argv
def write(path): Path(path).write_text("x")
def pids(): return os.getpid(), os.getppid()
def uids(): return os.getresuid(), os.getresgid(), os.getgroups()
def limits():
    import resource
    names = "RLIMIT_AS RLIMIT_NPROC RLIMIT_FSIZE RLIMIT_CORE RLIMIT_NOFILE".split()
    return {name: resource.getrlimit(getattr(resource, name)) for name in names}
def raise_limit():
    import resource
    resource.setrlimit(resource.RLIMIT_AS, (2**40, 2**40))
def become_root(): os.setuid(0)
def signal_all(): os.kill(-1, 9)
def files():
    kinds = []
    for fd in range(64):
        try:
            kinds.append((fd, oct(os.fstat(fd).st_mode)))
        except OSError:
            pass
    return kinds
def connect(host, port): socket.create_connection((host, port), timeout=2)
def interfaces(): return [name for _, name in socket.if_nameindex()]
def abstract(name):
    socket.socket(socket.AF_UNIX).connect("\\0" + name)
def fill():
    total = 0
    try:
        for number in range(100):
            Path(f"/tmp/{number}").write_bytes(bytes(2**20))
            total += 1
    except OSError as error:
        return total, error.strerror
def grow(): Path("/tmp/grown").write_bytes(bytes(17 * 2**20))
def unshare():
    if libc.unshare(0x10020000):
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
def shared_memory():
    if libc.shmget(0, ctypes.c_size_t(2**20), 0o1600) < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
def memory_file(): return os.memfd_create("x")
def modules(): return [name for name in sys.modules if name.split(".")[0] in
                       ("course", "data_utils", "solutions", "IPython", "pytest")]
def imported(name): __import__(name)
"""


@pytest.fixture
def inside(student):
    """A function that calls one of the functions above in the sandbox."""
    return student(LOOK).call


def test_only_the_package_and_the_files_that_serve_it_are_to_be_seen(inside):
    assert inside("listed", "/box") == sorted(["site", "student", *sandbox.OURS])
    assert inside("listed", "/box/student") == ["starter"]
    assert inside("listed", "/box/student/starter") == ["__init__.py", "calm.py", "task.py"]


@pytest.mark.parametrize(
    "path", ["/proc/self", "/sys/kernel", "/home", "/etc/passwd", "/run", "/var"]
)
def test_nothing_of_the_system_but_its_programs_is_to_be_seen(path, inside):
    assert not inside("exists", path)


def test_the_course_is_not_to_be_seen(inside):
    places = (paths.SOLUTIONS, paths.STARTER, paths.ASSIGNMENTS, paths.ROOT / "tests", paths.ROOT)
    assert not any(inside("exists", str(path)) for path in places)


def test_the_home_directory_is_not_to_be_seen(inside):
    home = os.path.expanduser("~")
    assert not any(inside("exists", f"{home}/{name}") for name in (".bashrc", ".cache", ".config"))
    assert inside("environment")["HOME"] == "/tmp"


def test_the_environment_is_clean(inside, monkeypatch):
    monkeypatch.setenv("COURSE_SEED", "12345")
    monkeypatch.setenv("PYTHONPATH", "/anywhere")
    monkeypatch.setenv("SECRET", "12345")
    seen = inside("environment")
    assert set(seen) <= {*sandbox.ENVIRONMENT, "PWD", "LC_CTYPE"}
    assert "12345" not in str([seen, inside("arguments")])


def test_no_module_that_judges_is_loaded_or_can_be(inside):
    assert inside("modules") == []
    for name in ("course", "data_utils", "solutions"):
        with pytest.raises(RemoteError, match="No module named"):
            inside("imported", name)


READ_ONLY = "/x /box/x /box/student/starter/x.py /box/wire.py /dev/x /dev/shm/x /usr/x /etc/x"


@pytest.mark.parametrize("path", READ_ONLY.split())
def test_nothing_but_tmp_can_be_written(path, inside):
    with pytest.raises(RemoteError, match="Read-only file system|Permission denied"):
        inside("write", path)


def test_tmp_is_small_and_its_own(inside, tmp_path):
    assert inside("listed", "/tmp") == []
    assert inside("fill") == (32, "No space left on device")


def test_a_file_may_not_be_large(inside):
    with pytest.raises(RemoteError, match="File too large"):
        inside("grow")


def test_no_other_process_is_to_be_seen(inside):
    assert inside("pids") == [2, 1] or inside("pids") == (2, 1)
    with pytest.raises(RemoteError, match="No such process|Operation not permitted"):
        inside("signal_all")


def test_it_is_not_root_and_cannot_be(inside):
    for ids in inside("uids"):
        assert 0 not in ids
    with pytest.raises(RemoteError, match="Operation not permitted|Invalid argument"):
        inside("become_root")


def test_the_limits_are_set_and_cannot_be_raised(inside):
    assert inside("limits") == {
        "RLIMIT_AS": (sandbox.MEMORY, sandbox.MEMORY),
        "RLIMIT_NPROC": (sandbox.PROCESSES, sandbox.PROCESSES),
        "RLIMIT_FSIZE": (sandbox.FILE_SIZE, sandbox.FILE_SIZE),
        "RLIMIT_CORE": (0, 0),
        "RLIMIT_NOFILE": (64, 64),
    }
    with pytest.raises(RemoteError, match="not allowed to raise|exceeds"):
        inside("raise_limit")


def test_it_holds_the_two_pipes_and_no_other_file_of_the_judge(inside):
    kinds = [kind for _, kind in inside("files")]
    assert sum(kind.startswith("0o1") and len(kind) == 7 for kind in kinds) == 2
    assert sum(kind.startswith("0o100") for kind in kinds) == 2
    assert len(kinds) <= 6


def test_there_is_no_network(inside):
    assert inside("interfaces") == ["lo"]
    with pytest.raises(RemoteError, match="Network is unreachable"):
        inside("connect", "192.0.2.1", 80)


def test_a_server_on_this_machine_is_not_reached(inside):
    refused = pytest.raises(RemoteError, match="Connection refused")
    with socket.create_server(("127.0.0.1", 0)) as server, refused:
        inside("connect", *server.getsockname())


def test_a_socket_without_a_file_is_not_reached(inside):
    refused = pytest.raises(RemoteError, match="Connection refused")
    with socket.socket(socket.AF_UNIX) as server, refused:
        server.bind("\0course-test-abstract")
        server.listen()
        inside("abstract", "course-test-abstract")


@pytest.mark.parametrize("call", ["unshare", "shared_memory", "memory_file"])
def test_memory_that_no_limit_counts_is_not_to_be_had(call, inside):
    with pytest.raises(RemoteError, match="not permitted|not implemented"):
        inside(call)


def test_two_packages_do_not_see_each_other(student):
    first, second = student(LOOK), student(LOOK)
    first.call("write", "/tmp/left")
    assert second.call("listed", "/tmp") == []


def test_what_is_left_in_tmp_is_gone_with_the_process(student):
    them = student(LOOK)
    them.call("write", "/tmp/left")
    them.worker.stop()
    assert them.call("listed", "/tmp") == []


def test_the_sandbox_is_required_where_bubblewrap_is_missing(monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(sandbox.SandboxError, match="sudo apt install bubblewrap"):
        sandbox.require("bwrap")


def test_a_bubblewrap_that_cannot_isolate_is_refused_with_its_own_words(monkeypatch, tmp_path):
    broken = tmp_path / "bwrap"
    broken.write_text("#!/bin/sh\necho 'no namespaces here' >&2\nexit 1\n")
    broken.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    with pytest.raises(sandbox.SandboxError, match="cannot isolate here: no namespaces here"):
        sandbox.require("bwrap")


def test_none_must_be_asked_for():
    words = [sys.executable, "-m", "course.cli", "grade", "--help"]
    shown = subprocess.run(words, capture_output=True, text=True, check=True).stdout
    assert "default: bwrap" in shown
    sandbox.require("none")


def test_what_the_process_is_started_from_held_no_secret():
    command, config, environment = sandbox.command("bwrap", "/package")
    assert command[0] == "bwrap"
    told = str([command, config, environment])
    assert str(paths.SOLUTIONS) not in told
    assert "COURSE" not in told
    assert "--clearenv" in command
