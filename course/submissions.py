"""Read what students handed in: folders and archives become Submissions, or are refused.

Nothing is extracted to disk: the files of the package are read into memory, within limits.
"""

import gzip
import hashlib
import io
import lzma
import re
import stat
import tarfile
import unicodedata
import zipfile
import zlib
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from .paths import task_modules

MAX_ENTRIES = 5_000
MAX_FILE = 2**20
MAX_TOTAL = 20 * 2**20
MAX_ARCHIVE = 100 * 2**20
UNREADABLE = (
    *(zipfile.BadZipFile, tarfile.TarError, zlib.error, lzma.LZMAError),
    *(EOFError, OSError, RuntimeError, ValueError),
)
ARCHIVES = (".zip", ".tar.gz", ".tgz")


class Refused(Exception):
    """A submission that will not be opened; says what is wrong with it."""


@dataclass
class Submission:
    """One student's package.

    id: safe as a file name; files: {module name: bytes}; problem: why it was refused, or None.
    """

    id: str
    files: dict = field(default_factory=dict)
    problem: str | None = None

    @property
    def sha256(self):
        """Return a digest of the package's files."""
        digest = hashlib.sha256()
        for name, content in sorted(self.files.items()):
            digest.update(f"{name}\0{len(content)}\0".encode() + content)
        return digest.hexdigest()


def read_class(folder):
    """Return the Submissions that lie in a folder, sorted by name; ids are unique."""
    entries = sorted(p for p in Path(folder).iterdir() if not p.name.startswith("."))
    short = Counter(short_id(path).casefold() for path in entries)
    found: list[Submission] = []
    for path in entries:
        alone = short[short_id(path).casefold()] == 1
        name = short_id(path) if alone else safe_id(path.name)
        while name.casefold() in {s.id.casefold() for s in found}:
            name += "-again"
        found.append(read_submission(path, name))
    return found


def short_id(path):
    """Return a submission's name without an archive's ending."""
    ending = next((e for e in ARCHIVES if path.name.lower().endswith(e)), "")
    return safe_id(path.name[: len(path.name) - len(ending)])


def safe_id(name):
    """Return a name that is safe in a path, in HTML and in a spreadsheet."""
    plain = unicodedata.normalize("NFC", name)
    return re.sub(r"[^\w.-]+", "_", plain).strip("._-")[:80] or "unnamed"


def read_submission(path, name):
    """Return the Submission at `path`, with its problem named if it has one."""
    try:
        return Submission(name, package_of(read_files(Path(path))))
    except Refused as refusal:
        return Submission(name, problem=str(refusal))


def read_files(path):
    """Return {posix path: bytes} of the Python files below a folder or in an archive."""
    if path.is_symlink():
        raise Refused(f"{path.name} is a link; hand in the files themselves")
    try:
        if path.is_dir():
            return limited(folder_entries(path))
        if not path.name.lower().endswith(ARCHIVES):
            raise Refused(f"{path.name!r} is no folder, .zip or .tar.gz; hand in one of these")
        if path.name.lower().endswith(".zip"):
            with zipfile.ZipFile(path) as archive:
                return limited(zip_entries(archive))
        with tarfile.open(fileobj=unpacked(path), mode="r:") as archive:
            return limited(tar_entries(archive))
    except UNREADABLE as error:
        what = "read" if path.is_dir() else "opened as an archive"
        reason = str(error) or type(error).__name__
        raise Refused(f"{path.name!r} cannot be {what}: {reason}") from None


def unpacked(path):
    """Return a .tar.gz as a stream in memory, or refuse it: tarfile trusts the sizes it reads."""
    with gzip.open(path) as stream:
        data = stream.read(MAX_ARCHIVE + 1)
    if len(data) > MAX_ARCHIVE:
        raise Refused(f"{path.name!r} is too large unpacked; hand in your package alone")
    return io.BytesIO(data)


def folder_entries(folder):
    """Yield (path, opener) for each file below a folder; links are not followed."""
    for path in sorted(folder.rglob("*")):
        relative = path.relative_to(folder)
        if any(part.startswith(".") for part in relative.parts):
            continue
        if path.is_symlink():
            raise Refused(f"{relative.as_posix()!r} is a link; hand in the file itself")
        if path.is_file():
            yield relative.as_posix(), path.open


def zip_entries(archive):
    """Yield (path, opener) for each file in a zip."""
    for entry in archive.infolist():
        if stat.S_ISLNK(entry.external_attr >> 16):
            raise Refused(f"{entry.filename!r} is a link; hand in the file itself")
        if not entry.is_dir():
            yield entry.filename, lambda mode, entry=entry: archive.open(entry)


def tar_entries(archive):
    """Yield (path, opener) for each file in a tar."""
    for entry in archive:
        if entry.isdir():
            continue
        if not entry.isreg():
            raise Refused(f"{entry.name!r} is a link or a device; hand in plain files")
        yield entry.name, lambda mode, entry=entry: archive.extractfile(entry)


def limited(entries):
    """Return {path: bytes} of the .py files among entries, or refuse what is unsafe or too much."""
    files, total = {}, 0
    for count, (name, opener) in enumerate(entries, 1):
        if count > MAX_ENTRIES:
            raise Refused(f"more than {MAX_ENTRIES} files; hand in your package alone")
        path = PurePosixPath(name.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts or re.match(r"^[A-Za-z]:", name):
            raise Refused(f"{name!r} points outside the submission")
        # What has no name that import can say is no module; it may have a name no disk can hold.
        if path.suffix != ".py" or not path.stem.isidentifier() or len(path.stem) > 80:
            continue
        if "__MACOSX" in path.parts:
            continue
        with opener("rb") as stream:
            content = stream.read(MAX_FILE + 1)
        total += len(content)
        if len(content) > MAX_FILE or total > MAX_TOTAL:
            raise Refused(f"{name!r} is larger than {MAX_FILE // 2**20} MB, or all are too large")
        files[str(path)] = content
    return files


def package_of(files):
    """Return {module name: bytes} of the folder that holds the student's modules.

    The folder is the one with most of the task modules' names; in a tie `starter` wins, then the
    one that lies highest.
    """
    tasks = set(task_modules())
    folders: dict[PurePosixPath, set] = {}
    for path in map(PurePosixPath, files):
        folders.setdefault(path.parent, set()).add(path.name)

    def rank(folder):
        return len(folders[folder] & tasks), folder.name == "starter", -len(folder.parts)

    best = max(folders, key=rank, default=None)
    if best is None or not folders[best] & tasks:
        names = ", ".join(sorted(tasks))
        raise Refused(f"none of the course's modules ({names}) is in it; hand in `starter`")
    return {name: files[str(best / name)] for name in sorted(folders[best])}
