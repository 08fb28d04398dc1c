"""The command line that runs the worker: under bubblewrap, or, when asked for, without."""

import os
import secrets
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np

from .. import paths

SITE = Path(np.__file__).resolve().parent.parent
PYTHON = Path(getattr(sys, "_base_executable", sys.executable)).resolve()

MEMORY = 2 * 2**30
"""Bytes: NumPy with a check's arrays takes a small part of this."""
PROCESSES = 1
"""The worker itself: no check needs a second process or thread."""
FILE_SIZE = 16 * 2**20
"""Bytes of one file; no check needs files at all."""
TMPFS = 32 * 2**20
"""Bytes of disk, in memory; they go with the process."""
FIRST_UID, UIDS = 20_000, 40_000
"""User ids that no account has by default: Debian's begin at 1,000 and its last is 65,534."""

SYSTEM = ("/usr", "/bin", "/lib", "/lib64", "/etc/ld.so.cache", "/dev/urandom")
"""What of the system a process is shown that becomes another user."""

BOX = paths.ROOT / "course" / "box"
IMPORT = paths.DATA_UTILS / "partial_import.py"
"""The parts of the course that the student's process sees: a folder, and a module."""

SEAL = ["--remount-ro", "/dev", "--remount-ro", "/", "--"]
"""The last arguments before the command: nothing but /tmp can be written."""

ENVIRONMENT = {
    "HOME": "/tmp",
    "LANG": "C.UTF-8",
    "PATH": "/usr/bin:/bin",
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "PYTHONDONTWRITEBYTECODE": "1",
}


class SandboxError(Exception):
    """The requested sandbox does not work here; the message says what to do."""


def require(kind):
    """Raise SandboxError unless a sandbox of this kind, see command, works here."""
    if kind == "none":
        return
    if kind == "user":
        require_other_users()
        return
    if not shutil.which("bwrap"):
        raise SandboxError(
            "bubblewrap is not installed, and without it students' code would run with your "
            "rights. Install it (Debian, Ubuntu: sudo apt install bubblewrap; Fedora: sudo dnf "
            "install bubblewrap), or, for code that you trust, add --sandbox none."
        )
    probe = subprocess.run(
        [*isolation(), *SEAL, "/usr/bin/true"], capture_output=True, text=True, check=False
    )
    if probe.returncode:
        raise SandboxError(
            f"bubblewrap is installed but cannot isolate here: {probe.stderr.strip()}. "
            "In a container, allow user namespaces; or, for code that you trust, add "
            "--sandbox none."
        )


def require_other_users():
    """Raise SandboxError unless a process can become another user, and still finds its Python."""
    if sys.platform != "linux" or os.getuid() != 0:
        raise SandboxError("--sandbox user makes students other users: run it as root, on Linux.")
    for place in (Path(sys.base_prefix), SITE, Path(tempfile.gettempdir())):
        if not all(path.stat().st_mode & 0o001 for path in (place, *place.parents)):
            raise SandboxError(
                f"{place} is closed to other users, as which students' code would run: install "
                "Python and its packages where all users may read them."
            )


def command(kind, package_root):
    """Return (arguments, configuration, environment) that start a worker.

    kind: "bwrap"; "user" where that cannot be, as in a container: another user, with the same
    limits, who sees what all users see; or "none". package_root: folder that holds the student's
    `starter`; None for the reference, whose code is sent to it.
    """
    sent = package_root is None
    if kind != "bwrap":
        places = {"root": package_root or "/", "site": SITE, "shared": IMPORT.parent}
        config = {**{name: str(path) for name, path in places.items()}, "sends_code": sent}
        is_user = kind == "user"
        config["limits"] = limits(group_of(package_root)) if is_user else None
        config["shown"] = shown(package_root) if is_user else None
        keep = {k: os.environ[k] for k in ("SYSTEMROOT", "TEMP", "TMPDIR") if k in os.environ}
        return [str(PYTHON), "-I", "-S", str(BOX / "worker.py")], config, {**ENVIRONMENT, **keep}
    config = {"root": "/box/student", "site": "/box/site", "shared": "/box/shared"}
    config |= {"sends_code": sent, "limits": limits(), "shown": None}
    binds = [*bind(BOX, "/box/course"), *bind(IMPORT, f"/box/shared/{IMPORT.name}")]
    binds += bind(SITE, config["site"])
    theirs = [] if sent else bind(package_root, config["root"])
    inside = [str(PYTHON), "-I", "-S", "/box/course/worker.py"]
    return [*isolation(), *binds, *theirs, *SEAL, *inside], config, ENVIRONMENT


def limits(group=None):
    """Return the limits that the worker sets on itself before it meets the package.

    Under root each worker becomes a user of its own: the kernel does not count root's processes,
    and no process can continue, end or trace another one. group: by which it reads its package.
    """
    user = FIRST_UID + secrets.randbelow(UIDS) if os.getuid() == 0 else None
    most = {"memory": MEMORY, "processes": PROCESSES, "file_size": FILE_SIZE}
    return {**most, "uid": user, "gid": user if group is None else group}


def shown(package_root):
    """Return the paths that another user's process needs to see; Landlock hides all others."""
    theirs = [] if package_root is None else [package_root]
    return [*SYSTEM, str(Path(sys.base_prefix)), str(SITE), *map(str, theirs)]


def group_of(package_root):
    """Return the group that reads a package, None without one; nobody else is in it.

    Its folder is opened to that group, and what lies beside it closed to all but root.
    """
    if package_root is None:
        return None
    root = Path(package_root)
    if root.stat().st_gid < FIRST_UID:
        for path in root.parent.iterdir():
            if path.stat().st_gid < FIRST_UID:
                path.chmod(0o700)
        os.chown(root, 0, FIRST_UID + secrets.randbelow(UIDS))
        root.chmod(0o750)
        root.parent.chmod(0o711)
    return root.stat().st_gid


def isolation():
    """Return bubblewrap's arguments, without those for the course's files and the command."""
    rights = ["--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID"]
    return [
        "bwrap",
        *(rights if os.getuid() == 0 else ["--unshare-user"]),
        *("--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts"),
        *("--unshare-cgroup-try", "--new-session", "--die-with-parent", "--clearenv"),
        *(word for pair in ENVIRONMENT.items() for word in ("--setenv", *pair)),
        *system(),
        *("--dev", "/dev", "--size", str(TMPFS), "--tmpfs", "/tmp", "--chmod", "1777", "/tmp"),
        *("--chdir", "/tmp"),
    ]


def system():
    """Return the arguments that show the system's programs, libraries and Python, read-only."""
    words = []
    for folder in ("/usr", "/"):
        for name in ("bin", "sbin", "lib", "lib32", "lib64"):
            words += show(os.path.join(folder, name))
    words += show("/etc/ld.so.cache")
    prefix = Path(sys.base_prefix).resolve()
    return words if prefix == Path("/usr") else [*words, *bind(prefix, prefix)]


def show(path):
    """Return the arguments that show a system path: a link as the link it is, nothing if absent."""
    if os.path.islink(path):
        return ["--symlink", os.readlink(path), path]
    return bind(path, path) if os.path.exists(path) else []


def bind(source, target):
    """Return the arguments that show a file or folder read-only, at a path all may enter."""
    parents = [str(parent) for parent in reversed(Path(target).parents)][1:]
    folders = [word for path in parents for word in ("--perms", "0755", "--dir", path)]
    return [*folders, "--ro-bind", str(source), str(target)]
