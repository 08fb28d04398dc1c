"""Calls into the student's process: what comes back, and what each way to break it costs."""

import contextlib
import os
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from course import paths
from course.judge.errors import CannotRun, RemoteError
from course.judge.process import Process
from course.judge.proxy import Function, Object
from course.judge.student import SHARE_AFTER_STOP
from data_utils import check

pytestmark = pytest.mark.slow

WRITE = """
import json, os, stat, struct, sys, time

def number():
    "The number of the present request, from the worker's own stack."
    frame = sys._getframe()
    while "request" not in frame.f_locals:
        frame = frame.f_back
    return frame.f_locals["request"]["id"]

def write(data):
    "Write bytes to every pipe that this process holds."
    for fd in range(3, 64):
        try:
            if stat.S_ISFIFO(os.fstat(fd).st_mode):
                while data:
                    data = data[os.write(fd, data):]
        except OSError:
            pass

def frame(head, body=b""):
    head = head if isinstance(head, bytes) else json.dumps(head).encode()
    write(struct.pack(">II", len(head), len(body)) + head + body)

def reply(ahead=0, **parts):
    frame({"dict": [["id", number() + ahead], *parts.items()]})
"""


def test_a_call_returns_what_the_function_returns(student):
    them = student("def twice(x, by=2): return x * by, {'by': by}")
    got, said = them.call("twice", np.arange(3), by=3)
    assert got.tolist() == [0, 3, 6]
    assert said == {"by": 3}


WAITS = """
import time

def wait(n):
    time.sleep(0.1)
    return 1.0

def work(n):
    while n:
        n -= 1
    return 1.0
"""


def test_what_a_call_waits_for_on_a_crowded_machine_is_not_held_against_it(student, monkeypatch):
    them = student(WAITS)
    them.call("work", 1)
    monkeypatch.setattr(check, "clock", them.worker.clock)

    def asked(name, n):
        return lambda random: (lambda: them.call(name, n), 1.0)

    def some_work():
        sum(i for i in range(1_000_000))

    check.faster("waiting", asked("wait", 1), some_work)
    with pytest.raises(check.CheckFailed, match="times as long"):
        check.faster("working", asked("work", 10_000_000), some_work)


def test_a_frozen_argument_is_frozen_there(student):
    them = student("def spoil(x): x += 1")
    frozen = np.zeros(2)
    frozen.flags.writeable = False
    with pytest.raises(RemoteError, match="read-only"):
        them.call("spoil", frozen)


def test_an_array_written_into_there_is_unchanged_here(student):
    x = np.zeros(2)
    student("def spoil(x): x += 1").call("spoil", x)
    assert x.tolist() == [0, 0]


STEP = "def step(config): config['velocity'] = config['velocity'] + 1"


def test_a_dict_changed_there_is_unchanged_here(student):
    config = {"velocity": np.zeros(2), "inner": [1]}
    student(STEP + "; config['inner'].append(2)").call("step", config)
    assert config["velocity"].tolist() == [0, 0]
    assert config["inner"] == [1]


def test_a_watched_dict_changed_there_is_changed_here(student):
    config = check.watched({"velocity": np.zeros(2)})
    student(STEP).call("step", config=config)
    assert config["velocity"].tolist() == [1, 1]


def test_a_watched_dict_changed_into_what_is_no_data_holds_proxies(student):
    config = check.watched({})
    student("def step(config): config[1] = object()").call("step", config)
    assert type(config[1]) is Object


def test_an_object_stays_there_and_its_methods_and_attributes_are_asked_for(student):
    them = student("""
        class Net:
            def __init__(self): self.w = 1
            def add(self, x): self.w += x; return self
        """)
    net = them.call("Net")
    assert type(net) is Object
    net.w = 5
    assert type(net.add(2)) is Object
    assert net.w == 7


def test_an_object_goes_back_as_itself(student):
    them = student("""
        class Cache: pass
        def forward(): return Cache()
        def backward(cache): return type(cache) is Cache
        """)
    assert them.call("backward", them.call("forward")) is True


def test_an_object_that_is_no_longer_needed_is_forgotten_there(student):
    them = student("""
        import gc
        class Cache: pass
        def forward(): return Cache()
        def living(): return sum(type(o) is Cache for o in gc.get_objects())
        """)
    them.call("forward")
    them.call("living")
    assert them.call("living") == 0


def test_an_object_is_lost_with_its_process_and_says_so(student):
    them = student("""
        import os
        class Net:
            def predict(self): return 1
        def crash(): os._exit(0)
        """)
    net = them.call("Net")
    with pytest.raises(RemoteError):
        them.call("crash")
    with pytest.raises(RemoteError, match="the Net was lost when the process") as caught:
        net.predict()
    assert caught.value.diagnosis == "lost"


def test_a_private_name_of_an_object_is_not_asked_for(student):
    net = student("class Net: pass").call("Net")
    with pytest.raises(AttributeError):
        net.__array__  # noqa: B018
    with pytest.raises(TypeError):
        len(net)


def test_a_name_that_is_missing_is_named(student):
    with pytest.raises(RemoteError, match="forward is missing from starter/task.py") as caught:
        student("").call("forward")
    assert caught.value.diagnosis == "missing"


def test_an_exception_tells_its_kind_text_and_place(student):
    them = student("def f(x):\n    return 1 / x\n")
    with pytest.raises(RemoteError, match="division by zero") as caught:
        them.call("f", 0)
    assert caught.value.kind == "ZeroDivisionError"
    assert caught.value.student_frames == [["starter/task.py", 2, "f", "return 1 / x"]]


def test_a_syntax_error_tells_its_line(student):
    with pytest.raises(RemoteError) as caught:
        student("x = 1\ndef f(:\n").call("f")
    assert caught.value.student_frames[-1][:2] == ["starter/task.py", 2]


@pytest.mark.parametrize("call", ["import pdb; pdb.set_trace()", "breakpoint()"])
def test_a_debugger_that_was_left_in_raises_at_its_own_line(call, student):
    with pytest.raises(RemoteError) as caught:
        student(f"def stop():\n    {call}\n    return 0\n").call("stop")
    assert caught.value.kind == "BdbQuit"
    assert caught.value.student_frames == [["starter/task.py", 2, "stop", call]]


def test_modules_that_need_a_debugger_are_imported(student):
    assert student("import doctest\ndef f(): return doctest.__name__").call("f") == "doctest"


def test_a_module_that_never_ends_is_known_to_later_processes(student):
    them = student("def f(): return 0\n\nwhile True: pass\n")
    for _ in range(2):
        with pytest.raises(RemoteError) as caught:
            them.call("f")
        assert caught.value.kind == "Overdue"
        assert caught.value.student_frames == [
            ["starter/task.py", 3, "<module>", "while True: pass"]
        ]
        them.worker.stop()
    assert them.worker.overdue == {"starter/task.py"}
    assert them.is_calm()


def test_prints_and_warnings_are_kept_apart(student, capfd):
    them = student("""
        import os, sys, warnings
        def talk():
            print("a print"); sys.stderr.write("an error\\n"); os.write(1, b"a write\\n")
            warnings.warn("a warning")
            return 1
        """)
    assert them.call("talk") == 1
    kept = them.prints.read_text()
    assert all(said in kept for said in ("a print", "an error", "a write", "a warning"))
    assert capfd.readouterr() == ("", "")


def test_a_gigabyte_of_prints_is_cut_and_costs_nothing(student):
    them = student("""
        def talk():
            for _ in range(1000): print("x" * 10**6)
            return 1
        """)
    assert them.call("talk") == 1
    assert them.prints.stat().st_size < 100_000


def test_a_gigabyte_written_behind_pythons_back_is_cut_short(student):
    them = student("""
        import os
        def talk():
            for _ in range(1000): os.write(2, b"x" * 10**6)
        """)
    with pytest.raises(RemoteError, match="File too large"):
        them.call("talk")
    assert them.prints.stat().st_size <= 16 * 2**20


def test_the_file_of_prints_cannot_be_made_to_look_like_terabytes(student):
    them = student("import os\ndef grow(): os.ftruncate(2, 10**13)")
    with pytest.raises(RemoteError, match="File too large"):
        them.call("grow")
    assert them.prints.stat().st_size == 0


def test_a_call_cannot_be_given_what_is_not_data_and_the_student_is_not_blamed(student):
    them = student("def f(x): pass")
    with pytest.raises(CannotRun, match="a function cannot be given"):
        them.call("f", lambda: 0)
    assert them.is_calm()


def test_a_call_that_ends_a_process_an_earlier_call_has_broken_is_asked_again(student):
    them = student("""
        import os, sys
        def f(): sys.modules["__main__"].Server.answer = lambda self, request: os._exit(0)
        """)
    them.call("f")
    assert them.is_calm()


def test_a_call_that_ends_two_processes_is_not_asked_a_third_time(student):
    them = student("""
        import os
        def f(): return 1
        def g(): print("here"); os._exit(7)
        """)
    them.call("f")
    with pytest.raises(RemoteError, match="exit code 7"):
        them.call("g")
    assert them.prints.read_text().count("here") == 2


def test_a_reply_of_another_call_is_refused(student):
    them = student(WRITE + "def f(): reply(ahead=5, value=1)")
    with pytest.raises(RemoteError, match="the reply is not to this call"):
        them.call("f")
    assert them.is_calm()


def test_a_reply_forged_for_this_call_is_only_what_it_could_have_returned(student):
    them = student(WRITE + "def f(): reply(value=[1, 2]); os._exit(0)")
    assert them.call("f") == [1, 2]
    assert them.is_calm()


def test_a_reply_left_behind_never_answers_another_call(student):
    them = student(WRITE + "def f(): reply(value=1); reply(ahead=1, value=666)")
    assert them.call("f") == 1
    assert them.is_calm()


def test_a_process_that_died_between_calls_costs_nothing(student):
    them = student("""
        import signal
        def f(): signal.setitimer(signal.ITIMER_REAL, 0.05); return 1
        """)
    assert them.call("f") == 1
    time.sleep(0.3)
    assert them.is_calm()


def test_an_alarm_set_in_one_call_costs_no_later_call_its_time(student):
    code = """
        import signal
        def stay(*_):
            while True: pass
        def leave():
            signal.signal(signal.SIGALRM, stay)
            signal.setitimer(signal.ITIMER_REAL, 0.05)
        def f(): return 1
        """
    them = student(code, call_seconds=1)
    them.call("leave")
    time.sleep(0.2)
    assert them.call("f") == 1


def test_an_interrupt_while_waiting_does_not_confuse_the_next_call(student, monkeypatch):
    them = student("def f(): return 1")
    them.call("f")

    def interrupted(*args):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr("course.box.wire.receive", interrupted)
        them.call("f")
    assert them.is_calm()


def test_thousands_of_objects_dropped_at_once_do_not_cost_the_next_call(student):
    them = student("def f(): return [object() for _ in range(20_000)]")
    for _ in range(5):
        them.call("f")
    assert them.is_calm()


RAISED = "raised"
BROKEN = {
    "an endless loop": ("while True: pass", "time", r"f was stopped after 0.7 seconds"),
    "a sleep": ("time.sleep(100)", "time", "stopped after"),
    "a stop": ("os.kill(os.getpid(), 19)", "time", "stopped after"),
    "another program": ("os.execv('/bin/sleep', ['sleep', '100'])", "time", "stopped after"),
    "os._exit": ("os._exit(3)", "exit", r"ended its process \(exit code 3\)"),
    "sys.exit": ("sys.exit()", "exit", "f called exit"),
    "a segfault": ("ctypes.string_at(0)", "signal", "crashed its process: signal SIGSEGV"),
    "an abort": ("os.abort()", "signal", "signal SIGABRT"),
    "a kill": ("os.kill(os.getpid(), 9)", "signal", "signal SIGKILL"),
    "20 GB at once": ("np.ones(20 * 2**27)", "memory", "ran out of memory"),
    "20 GB in turn": ("[bytes(2**28) for _ in range(80)]", "memory", "ran out of memory"),
    "20 GB returned": ("return np.broadcast_to(1.0, 20 * 2**27)", "memory", "ran out of memory"),
    "1 GB returned": ("return np.zeros(9 * 2**23)", RAISED, "more than 512 MB of data"),
    "a fork bomb": ("while True: os.fork()", RAISED, "Resource temporarily unavailable"),
    "a child that outlives it": ("os.fork() or time.sleep(9)", RAISED, "temporarily unavailable"),
    "threads": ("threading.Thread(target=f).start()", RAISED, "can't start new thread"),
    "a subprocess": ("os.system('true') and os.popen('true')", RAISED, "unavailable"),
    "recursion": ("return f()", RAISED, "maximum recursion depth"),
    "KeyboardInterrupt": ("raise KeyboardInterrupt('stop')", RAISED, "stop"),
    "a text that never ends": ("raise Loop", "time", "stopped after"),
    "a text that raises": ("raise Unreadable", RAISED, "its text cannot be read"),
    "a class that raises": ("raise Nameless", "exit", "exit code 1"),
    "a list in itself": ("x = []; x.append(x); return x", RAISED, "nested too deeply"),
    "a list of a million": ("return [0] * 10**6", RAISED, "too many parts"),
    "a lie about its class": ("return Lie()", "exit", "exit code 9"),
    "an array slow to make": ("return Slow()", "time", "stopped after"),
    "closed pipes": ("os.closerange(0, 64)", "exit|time", "ended|stopped"),
    "half a frame": ("write(b'\\0\\0\\1\\0\\0\\0\\0\\0{'); time.sleep(9)", "time", "stopped after"),
    "half a frame, then death": ("write(b'\\0\\0\\1\\0\\0\\0\\0\\0{'); os._exit(4)", "exit", "4"),
    "a frame of 8 GB": ("write(b'\\xff' * 8)", "frame", "announces 8,589,934,590 bytes"),
    "junk": ("write(b'\\x7f' * 10**6)", "frame", "announces"),
    "a print among frames": ("write(b'hello, judge')", "frame", "announces"),
    "deep JSON": ("frame(b'[' * 10**5 + b']' * 10**5)", "frame", "RecursionError"),
    "an object array": ("frame({'array': ['|O', [1], False, False]}, bytes(8))", "frame", "dtype"),
    "a negative shape": ("frame({'array': ['<f8', [-1], 0, 0]}, bytes(8))", "frame", "shape"),
    "no dict": ("frame([1])", "frame", "not to this call"),
    "a frame and no more": ("frame({'dict': []})", "frame", "not to this call"),
    "keys of one hash": ("reply(value={'dict': [[k * (2**61 - 1), 0] for k in range(90000)]})",
                         "frame", "more than 4,000 keys"),
    "an error that is none": ("reply(error=5)", RAISED, "f failed"),
    "an error of odd parts": ("reply(error={'dict': [['kind', [1]], ['frames', [[1], 2]]]})",
                              RAISED, r"f raised \[1\]"),
    "a patched json": ("json.dumps = lambda *a, **k: '{}'", "frame", "not a frame"),
    "a patched struct": ("sys.modules['struct'].Struct.pack = 1", RAISED, "immutable|cannot set"),
    "no streams": ("sys.stdout = None; print('x'); sys.stderr = 5; raise ValueError('so')",
                   RAISED, "so"),
}  # fmt: skip
"""What it is: the body of f(), the diagnosis, what is said."""

HOSTILE = """
import ctypes, threading
import numpy as np

class Loop(Exception):
    def __str__(self):
        while True: pass

class Unreadable(Exception):
    def __str__(self): raise SystemExit

class Meta(type):
    @property
    def __name__(cls): raise ValueError

class Nameless(Exception, metaclass=Meta): pass

class Lie:
    __class__ = property(lambda self: np.ndarray)
    def __array__(self, *args, **kwargs): os._exit(9)

class Slow(Lie):
    def __array__(self, *args, **kwargs): time.sleep(100)
"""


@pytest.mark.parametrize("what", BROKEN)
def test_what_breaks_a_call_costs_that_call_and_is_named(what, student):
    body, diagnosis, said = BROKEN[what]
    # Only what is stopped is hurried: on a busy machine the rest may need more than a moment.
    seconds = 0.7 if "time" in diagnosis else 30
    them = student(WRITE + HOSTILE + f"\ndef f():\n    {body}\n", call_seconds=seconds)
    with pytest.raises(RemoteError, match=said) as caught:
        them.call("f")
    assert caught.value.diagnosis in diagnosis.split("|")
    assert them.is_calm()


ON_IMPORT = {
    "never ends": ("while True: pass", "stopped after"),
    "exits": ("raise SystemExit('bye')", "bye"),
    "ends the process": ("import os; os._exit(0)", "exit code 0"),
    "raises": ("1 / 0", "division by zero"),
    "is no Python": ("def", "invalid syntax"),
    "is no text": ("x = '\\ud800'.encode()", "surrogates not allowed"),
}


@pytest.mark.parametrize("what", ON_IMPORT)
def test_a_module_whose_import_breaks_costs_its_own_calls(what, student):
    code, said = ON_IMPORT[what]
    them = student(f"{code}\ndef f(): pass\n", call_seconds=1)
    with pytest.raises(RemoteError, match=said):
        them.call("f")
    assert them.is_calm()


@pytest.mark.parametrize(
    "code",
    [
        "sys.stdout.close(); sys.stderr.close(); os.close(1); os.close(2)",
        "atexit.register(time.sleep, 100)",
        "signal.signal(signal.SIGTERM, signal.SIG_IGN)",
        "os.dup2(os.open('/dev/null', os.O_RDWR), 2)",
        "os.ftruncate(2, 0)",
        "os.setsid",
        "warnings.simplefilter('error')",
        "os.chdir('/usr'); sys.path.clear()",
        "[open('/dev/null') for _ in range(40)]",
    ],
)
def test_what_a_call_leaves_behind_does_not_disturb_the_next(code, student):
    them = student(f"""
        import atexit, os, signal, sys, time, warnings
        def f():
            {code}
            return 1
        """)
    assert them.call("f") == 1
    assert them.is_calm()


def test_more_than_a_pipe_holds_is_not_read_and_the_deadline_still_comes(student):
    them = student("import time\ntime.sleep(100)\ndef f(x): pass", call_seconds=1)
    with pytest.raises(RemoteError, match="stopped after"):
        them.call("f", np.zeros(2**23))
    with pytest.raises(RemoteError):
        them.call("f", np.zeros(2**23))
    assert them.is_calm()


def test_one_that_no_longer_reads_is_stopped_while_the_judge_writes(student):
    code = """
        import signal, time
        def f():
            signal.signal(signal.SIGALRM, stay)
            signal.setitimer(signal.ITIMER_REAL, 0.01)
        def stay(*_):
            time.sleep(100)
        def g(x): pass
        """
    them = student(code, call_seconds=4)  # in which a new process starts, too
    them.call("f")
    time.sleep(0.1)
    first = them.worker.process
    assert them.call("g", np.zeros(2**17)) is None
    assert them.worker.process is not first


@pytest.fixture
def limits(monkeypatch):
    """The seconds that each request to a process may take, in order, once it is asked."""
    found = []

    def ask(process, message, seconds, codec, real=Process.ask):
        found.append(seconds)
        return real(process, message, seconds, codec)

    monkeypatch.setattr(Process, "ask", ask)
    return found


LOOP = "def f(ends):\n    while not ends: pass\n"


def test_a_loop_that_never_ends_costs_one_limit_and_a_fifth_in_each_later_check(student, limits):
    them = student(LOOP, call_seconds=1)
    for _ in range(3):
        them.worker.new_cell()
        with pytest.raises(RemoteError, match="f was stopped after"):
            them.call("f", False)
    assert limits == [1, 0.2, 0.2]


def test_a_function_that_answers_has_its_whole_limit_again_and_others_keep_theirs(student, limits):
    them = student(LOOP, call_seconds=3)
    with pytest.raises(RemoteError, match="f was stopped after 3 seconds"):
        them.call("f", False)
    assert them.is_calm()
    for _ in range(2):
        them.call("f", True)
    assert limits == [3, 3, 3 * SHARE_AFTER_STOP, 3]


EXIT_THEN_LOOP = """
import os
calls = 0
def warm(): global calls; calls = 1
def f():
    if calls: os._exit(3)
    while True: pass
"""


def test_one_that_exits_and_then_never_ends_is_asked_twice_and_told_both(student, limits):
    them = student(EXIT_THEN_LOOP, call_seconds=1)
    them.call("warm")
    said = r"^f was stopped after 1 seconds.* Before, .*: f ended its process \(exit code 3\)\.$"
    with pytest.raises(RemoteError, match=said) as caught:
        them.call("f")
    assert caught.value.diagnosis == "time"
    assert len(limits) == 3
    with pytest.raises(RemoteError, match="^f was stopped after 0.2 seconds"):
        them.call("f")
    assert limits == [1, 1, 1, 0.2]
    assert them.is_calm()


def test_one_that_is_stopped_twice_is_told_the_longer_time(student, limits):
    them = student("def warm(): pass\ndef f():\n    while True: pass\n", call_seconds=1)
    them.call("warm")
    with pytest.raises(RemoteError, match="^f was stopped after 1 seconds. Does a loop never end"):
        them.call("f")
    assert limits == [1, 1, 0.2]


def test_a_cell_may_use_only_so_much_time_in_all(student):
    them = student("import time\ndef f(): time.sleep(0.3)", cell_seconds=0.7)
    them.worker.new_cell()
    with pytest.raises(RemoteError, match="stopped after 0|not called any more"):
        for _ in range(3):
            them.call("f")
    time.sleep(0.2)
    with pytest.raises(RemoteError, match="f was not called any more: this cell's calls took"):
        them.call("f")
    them.worker.new_cell()
    assert them.is_calm()


BURN = """
import signal, time

def spin(*_):
    signal.setitimer(signal.ITIMER_REAL, 0.01)
    while True: pass

def leave():
    signal.signal(signal.SIGALRM, spin)
    signal.setitimer(signal.ITIMER_REAL, 0.05)

def burn(seconds):
    ends = time.process_time() + seconds
    while time.process_time() < ends: pass
"""


def test_nothing_goes_on_between_calls(student):
    them = student(BURN)
    them.call("leave")
    before = them.worker.cpu_seconds()
    time.sleep(0.5)
    assert them.worker.cpu_seconds() - before < 0.1
    assert them.worker.process.family.members[0].status() == "stopped"


def test_who_has_used_up_the_seconds_of_the_processor_is_asked_no_more(student):
    them = student(BURN, cpu_seconds=1.5)
    for _ in range(3):
        them.worker.new_cell()
        them.call("burn", 0.3)
    them.call("burn", 1.0)
    them.worker.new_cell()
    with pytest.raises(CannotRun, match=r"used more than 1\.5 seconds of the processor"):
        them.call("burn", 0)
    assert them.worker.processes == {}


def test_what_a_process_used_before_it_ended_counts(student):
    them = student(BURN + "import os\ndef crash(): burn(0.5); os._exit(1)", cpu_seconds=60)
    with pytest.raises(RemoteError):
        them.call("crash")
    assert them.worker.cpu_seconds() > 0.5
    with pytest.raises(RemoteError):
        student(BURN, call_seconds=0.7).call("burn", 100)
    them.worker.end()
    assert them.worker.cpu_seconds() > 0.5


def test_what_a_process_used_that_ended_after_its_reply_counts(student):
    them = student(BURN + WRITE + "import os\ndef f(): burn(0.5); reply(value=1); os._exit(0)")
    them.call("burn", 0.1)
    before = them.worker.clock()
    assert them.call("f") == 1
    family = them.worker.process.family
    family.go_on()  # had it been quicker, it would have ended before it was stopped
    wait_until(lambda: not family.members[0].is_running())
    assert them.worker.clock() - before > 0.5


def test_a_processs_seconds_are_told_to_less_than_a_hundredth(student):
    them = student(BURN)
    seen = []
    for _ in range(5):
        them.call("burn", 0.002)
        seen.append(them.worker.cpu_seconds())
    assert len(set(seen)) == 5


def test_one_that_does_not_stop_is_ended_before_the_clock_is_read(student, monkeypatch):
    them = student(BURN)
    them.call("burn", 0)
    monkeypatch.setattr("course.judge.process.STILL_SECONDS", 0.1)
    them.worker.process.family.go_on()
    assert them.worker.process.family.members[0].status() != "stopped"
    them.worker.clock()
    assert them.worker.process is None


def test_no_process_is_left_when_a_notebook_has_ended(student):
    them = student(BURN)
    them.call("leave")
    members = them.worker.process.family.members
    them.worker.end()
    wait_until(lambda: not any(process.is_running() for process in members))


@pytest.mark.parametrize("kind", ["str", "float", "list", "dict", "np.ndarray"])
def test_no_subclass_crosses(kind, student):
    them = student(f"""
        import numpy as np
        class Agreeable({kind}):
            def __eq__(self, other): return True
            __le__ = __lt__ = __ge__ = __gt__ = __eq__
        def f(): return np.zeros(2).view(Agreeable) if {kind} is np.ndarray else Agreeable()
        """)
    got = them.call("f")
    assert type(got) is (np.ndarray if "ndarray" in kind else Object)
    assert (got == 1) is False or not (got == 1).any()


def test_an_object_agrees_with_nothing(student):
    them = student("""
        class Yes:
            def __eq__(self, other): return True
            def __bool__(self): return True
            def __float__(self): return 0.0
            def __array__(self, *args, **kwargs): return None
        """)
    yes = them.call("Yes")
    assert yes != 0
    with pytest.raises(TypeError):
        float(yes)
    with pytest.raises(TypeError):
        abs(yes - 1)


def test_forged_frames_are_short_and_of_plain_parts(student):
    them = student(
        WRITE
        + """
def f():
    good = ["starter/task.py", 1, "f", "x"]
    bad = [["x" * 10**6, 1, "f", "x"], ["a", True, "f", "x"], ["a", 1, [], "x"], ["a", 1], 5]
    reply(error={"dict": [["kind", "K" * 10**5], ["message", "m" * 10**6],
                          ["frames", [*bad, good]]]})
"""
    )
    with pytest.raises(RemoteError) as caught:
        them.call("f")
    assert caught.value.student_frames == [["starter/task.py", 1, "f", "x"]]
    assert len(caught.value.kind) == 80
    assert len(str(caught.value)) == 2000


def test_a_process_that_cannot_start_is_not_the_students_doing(student, monkeypatch):
    them = student("def f(): pass")
    monkeypatch.setattr("course.judge.sandbox.SITE", "/nowhere")
    with pytest.raises(CannotRun, match="did not start"):
        them.call("f")


def test_a_spinning_process_is_gone_after_its_deadline(student):
    them = student("def f():\n    while True: pass", call_seconds=0.5)
    with pytest.raises(RemoteError):
        them.call("f")
    wait_until(lambda: str(them.package.parent) not in processes())


SLOW_AT = """
import time
def f(seconds): time.sleep(seconds)
g = f
"""


def test_a_function_that_was_stopped_gets_a_fifth_of_the_time_until_it_answers(student):
    them = student(SLOW_AT, call_seconds=2)
    for seconds in ("2", "0.4"):
        with pytest.raises(RemoteError, match=f"stopped after {seconds} seconds"):
            them.call("f", 60)
    them.call("g", 0.6)
    them.call("f", 0)
    with pytest.raises(RemoteError, match="stopped after 2 seconds"):
        them.call("f", 60)


def test_a_function_that_the_end_of_a_cell_stopped_keeps_its_time(student):
    them = student(SLOW_AT, call_seconds=2, cell_seconds=1)
    them.worker.new_cell()
    with pytest.raises(RemoteError, match="stopped after"):
        them.call("f", 60)
    them.worker.new_cell()
    them.call("f", 0.6)


def test_the_process_dies_with_its_parent(tmp_path, bubblewrap):
    folder = tmp_path / "package"
    code = f"""
import pathlib
from tests.helpers.student import Student
them = Student(pathlib.Path({str(folder)!r}), "def f():\\n    while True: pass", call_seconds=99)
them.call("f")
"""
    judge = subprocess.Popen([sys.executable, "-c", code], cwd=paths.ROOT)
    wait_until(lambda: str(folder) in processes())
    judge.kill()
    judge.wait()
    wait_until(lambda: str(folder) not in processes())


def processes():
    """Return the command lines of all processes."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            found.append(path.read_bytes().decode("utf-8", "replace"))
    return "\n".join(found)


def wait_until(holds, seconds=60):
    """Wait until something holds; fail when it takes too long."""
    ends = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < ends
        time.sleep(0.05)


def test_without_the_sandbox_a_call_still_runs_in_a_process_of_its_own(student):
    them = student("import os\ndef f(): return os.getpid()\ndef g(): os._exit(0)", kind="none")
    assert them.call("f") != os.getpid()
    with pytest.raises(RemoteError, match="ended its process"):
        them.call("g")
    assert them.is_calm()


def test_a_proxy_module_hands_out_functions_and_no_private_names(student):
    from course.judge.proxy import module

    them = student("def f(): return 1")
    get = module(them.worker, "task")
    assert type(get("f")) is Function
    with pytest.raises(AttributeError):
        get("__path__")


def test_a_bar_of_progress_starts_no_thread_and_is_not_imported_unasked(student, capfd):
    them = student("""
        import sys, threading

        before = "tqdm" in sys.modules

        def threads():
            import tqdm

            list(tqdm.tqdm(range(3)))
            return before, tqdm.tqdm.monitor_interval, threading.active_count()
        """)
    assert them.call("threads") == (False, 0, 1)
    assert "TqdmMonitorWarning" not in them.prints.read_text(encoding="utf-8")
