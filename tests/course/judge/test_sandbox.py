"""What the student's process can see, reach and use up."""

import ctypes
import os
import re
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from course import paths
from course.box import landlock, syscalls
from course.judge import jobs, sandbox
from course.judge.errors import RemoteError
from course.judge.proxy import Function
from course.judge.student import Worker
from tests.helpers.student import Student

LOOK = """
import ctypes, fcntl, os, socket, sys
from pathlib import Path

libc = ctypes.CDLL(None, use_errno=True)

def listed(path): return sorted(os.listdir(path))
def exists(path): return os.path.exists(path)
def environment(): return dict(os.environ)
def arguments(): return sys.argv
def here(): return str(Path(__file__).parent)
def write(path): Path(path).write_text("x")
def pids(): return os.getpid(), os.getppid()
def uids(): return os.getresuid(), os.getresgid(), os.getgroups()
def limits():
    import resource
    names = "AS NPROC FSIZE CORE NOFILE SIGPENDING".split()
    return {n: resource.getrlimit(getattr(resource, f"RLIMIT_{n}")) for n in names}
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
def make_socket(family): socket.socket(family)
def fill():
    total = 0
    try:
        for number in range(100):
            Path(f"/tmp/{number}").write_bytes(bytes(2**20))
            total += 1
    except OSError as error:
        return total, error.strerror
def grow(): Path("/tmp/grown").write_bytes(bytes(17 * 2**20))
def unshare(): asked(libc.unshare(0x10020000))
def asked(result):
    if result < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
def shared_memory(): asked(libc.shmget(0, ctypes.c_size_t(2**20), 0o1600))
def semaphores(): asked(libc.semget(0, 32000, 0o1600))
def trace_the_first_process(): asked(libc.ptrace(16, 1, 0, 0))
def leave_a_key():
    add_key = {"x86_64": 248, "aarch64": 217}[os.uname().machine]
    asked(libc.syscall(add_key, b"user", b"k", b"v", 1, -4))
def take_a_lease():
    with open("/tmp/mine", "w") as stream:
        fcntl.fcntl(stream, fcntl.F_SETLEASE, fcntl.F_WRLCK)
def choose_a_signal(): fcntl.fcntl(1, fcntl.F_SETSIG, 18)
def lock_a_file():
    with open(__file__) as stream:
        fcntl.lockf(stream, fcntl.LOCK_SH)
def make_a_pair(): socket.socketpair()
def set_flags():
    copy = fcntl.fcntl(1, fcntl.F_DUPFD_CLOEXEC, 10)
    fcntl.fcntl(copy, fcntl.F_SETFL, fcntl.fcntl(copy, fcntl.F_GETFL) | os.O_NONBLOCK)
    return os.get_inheritable(copy), os.get_blocking(copy)
def ask_for_new(call): asked(libc.syscall(call, -1, -1, -1, -1, -1, -1))
def outlive_the_judge(): asked(libc.prctl(1, 0, 0, 0, 0))
def make_a_timer(): asked(libc.timer_create(0, None, ctypes.byref(ctypes.c_void_p())))
def wait_for_all_disks(): asked(libc.syncfs(2))
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
    assert inside("listed", "/box") == ["course", "shared", "site", "student"]
    assert inside("listed", "/box/shared") == [sandbox.IMPORT.name]
    ours = {path.name for path in sandbox.BOX.glob("*.py")}
    assert {*inside("listed", "/box/course")} - {"__pycache__"} == ours
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


@pytest.fixture
def other_users(monkeypatch):
    """Have processes run as other users, by a Python of this version that they can reach."""
    if sys.platform != "linux" or os.getuid() != 0:
        pytest.skip("becoming another user takes root")
    try:
        sandbox.require("user")
    except sandbox.SandboxError as error:
        common = Path(f"/usr/bin/python3.{sys.version_info.minor}")
        if not common.exists():
            pytest.skip(f"{error} There is no {common}, either.")
        monkeypatch.setattr(sandbox, "PYTHON", common)


def test_as_another_user_two_processes_of_one_package_cannot_reach_each_other(other_users):
    code = LOOK + "\ndef pid(): return os.getpid()\ndef wake(pid): os.kill(pid, 18)\n"
    with tempfile.TemporaryDirectory() as folder:  # pytest's own is closed to other users
        Path(folder).chmod(0o755)
        them = Student(Path(folder) / "run" / "package", code, kind="user")
        other = Worker(them.worker.config)
        try:
            with pytest.raises(RemoteError, match="Operation not permitted"):
                Function(other, "task", "wake")(them.call("pid"))
        finally:
            them.worker.end()
            other.end()


@pytest.fixture
def as_another_user(other_users):
    """A function that calls one of the functions above as another user."""
    if ctypes.CDLL(None).syscall(landlock.CREATE_RULESET, None, 0, landlock.VERSION) < 1:
        pytest.skip("this kernel has no Landlock")
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        them = Student(Path(folder) / "run" / "package", LOOK, kind="user")
        yield them.call
        them.worker.end()


def test_another_user_is_shown_the_system_and_its_package_alone(as_another_user):
    for path in ("/", "/tmp", "/etc", "/dev", str(paths.SOLUTIONS)):
        with pytest.raises(RemoteError, match="Permission denied"):
            as_another_user("listed", path)
    assert "task.py" in as_another_user("listed", as_another_user("here"))


def test_another_user_leaves_nothing_behind(as_another_user):
    for path in ("/tmp/x", "/var/tmp/x", "/dev/shm/x", "/dev/x", "/x"):
        with pytest.raises(RemoteError, match="Permission denied"):
            as_another_user("write", path)
    as_another_user("write", "/dev/null")


def test_the_limits_are_set_and_cannot_be_raised(inside):
    assert inside("limits") == {
        "AS": (sandbox.MEMORY, sandbox.MEMORY),
        "NPROC": (sandbox.PROCESSES, sandbox.PROCESSES),
        "FSIZE": (sandbox.FILE_SIZE, sandbox.FILE_SIZE),
        "CORE": (0, 0),
        "NOFILE": (64, 64),
        "SIGPENDING": (64, 64),
    }
    with pytest.raises(RemoteError, match="not allowed to raise|exceeds"):
        inside("raise_limit")


def test_it_holds_the_two_pipes_and_no_other_file_of_the_judge(inside):
    kinds = [kind for _, kind in inside("files")]
    assert sum(kind.startswith("0o1") and len(kind) == 7 for kind in kinds) == 2
    assert sum(kind.startswith("0o100") for kind in kinds) == 2
    assert len(kinds) <= 6


def in_the_namespaces(code):
    """Return what Python says in the sandbox's namespaces, where no system call is refused."""
    command = [*sandbox.isolation(), *sandbox.SEAL, str(sandbox.PYTHON), "-c", code]
    ran = subprocess.run(command, capture_output=True, text=True)
    return ran.stdout + ran.stderr


def test_there_is_no_network(bubblewrap):
    assert in_the_namespaces("import socket; print(socket.if_nameindex())") == "[(1, 'lo')]\n"
    code = "import socket; socket.create_connection(('192.0.2.1', 80), timeout=2)"
    assert "Network is unreachable" in in_the_namespaces(code)


def test_a_server_on_this_machine_is_not_reached(bubblewrap):
    with socket.create_server(("127.0.0.1", 0)) as server:
        code = f"import socket; socket.create_connection({server.getsockname()}, timeout=2)"
        assert "Connection refused" in in_the_namespaces(code)


def test_a_socket_without_a_file_is_not_reached(bubblewrap):
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("\0course-test-abstract")
        server.listen()
        code = "import socket; socket.socket(1).connect('\\0course-test-abstract')"
        assert "Connection refused" in in_the_namespaces(code)


@pytest.mark.parametrize("family", ["INET", "UNIX", "NETLINK", "VSOCK"])
def test_a_socket_cannot_even_be_made(family, inside):
    with pytest.raises(RemoteError, match="not permitted"):
        inside("make_socket", int(getattr(socket, f"AF_{family}")))


@pytest.mark.parametrize("call", ["unshare", "shared_memory", "semaphores", "memory_file"])
def test_memory_that_no_limit_counts_is_not_to_be_had(call, inside):
    with pytest.raises(RemoteError, match="not permitted|not implemented"):
        inside(call)


@pytest.mark.parametrize(
    "call",
    [
        *("trace_the_first_process", "leave_a_key", "take_a_lease", "outlive_the_judge"),
        *("make_a_timer", "wait_for_all_disks", "choose_a_signal", "lock_a_file", "make_a_pair"),
    ],
)
def test_a_way_around_the_walls_is_refused(call, inside):
    with pytest.raises(RemoteError, match="not permitted"):
        inside(call)


def test_flags_of_a_file_can_be_set(inside):
    assert inside("set_flags") == (False, False)


@pytest.mark.parametrize("call", [425, 438, 444, 447, 1000])
def test_calls_newer_than_the_course_knows_are_not_there(call, inside):
    with pytest.raises(RemoteError, match="not implemented"):
        inside("ask_for_new", call)


HEADERS = {
    "x86_64": Path("/usr/include/x86_64-linux-gnu/asm/unistd_64.h"),
    "aarch64": Path("/usr/include/asm-generic/unistd.h"),
}


@pytest.mark.parametrize("machine", syscalls.REFUSED)
def test_the_calls_refused_have_the_numbers_that_the_kernels_headers_give(machine):
    if not HEADERS[machine].exists():
        pytest.skip(f"{HEADERS[machine]} is not installed")
    text = HEADERS[machine].read_text()
    known = dict(re.findall(r"#define __NR(?:3264)?_(\w+)\s+(\d+)", text))
    names = ["fcntl", "prctl", *syscalls.NAMES.split()]
    assert int(known["pidfd_send_signal"]) == syscalls.NEWEST
    if machine == "aarch64":
        names.remove("inotify_init")
    assert list(syscalls.REFUSED[machine][1:]) == [int(known[name]) for name in names]


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
    words = [sys.executable, "-m", "course.commands", "grade", "--help"]
    shown = subprocess.run(words, capture_output=True, text=True, check=True).stdout
    assert "default: bwrap" in shown
    sandbox.require("none")


def test_the_help_names_the_seconds_that_a_run_goes_by():
    words = [sys.executable, "-m", "course.commands", "grade", "--help"]
    shown = subprocess.run(words, capture_output=True, text=True, check=True).stdout.split()
    said = f"{jobs.CALL_SECONDS} seconds in a call, {jobs.CELL_SECONDS} in a check, and "
    said += f"{jobs.CPU_SECONDS} seconds of the processor in a notebook (with --full "
    said += f"{jobs.FULL_SECONDS}, {jobs.FULL_SECONDS} and {jobs.FULL_CPU_SECONDS})"
    assert said in " ".join(shown)


def test_what_the_process_is_started_from_held_no_secret():
    command, config, environment = sandbox.command("bwrap", "/package")
    assert command[0] == "bwrap"
    message = str([command, config, environment])
    assert str(paths.SOLUTIONS) not in message
    assert "COURSE" not in message
    assert "--clearenv" in command
