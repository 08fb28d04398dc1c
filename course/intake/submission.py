"""Read what students handed in: folders and archives become Submissions, or are refused.

Nothing is extracted to disk: the files of the package are read into memory, within limits.
"""

import hashlib
from dataclasses import dataclass, field, replace
from pathlib import Path

from ..text import legible
from . import archives, written_answers
from .archives import Refused
from .downloads import arrivals
from .package import package_of


@dataclass
class Submission:
    """One student's package.

    id: safe as a file name; files: {module name: bytes}, empty if they are read from where they
    lie when they are needed, see files_of; paths: {name: path} of where that is; sha256: a digest
    of the files; answers: written answers, see written_answers; remarks: what was odd about it;
    problem: why it was refused, or None, and todo: what the student should do about it; name,
    number, email: see downloads.
    """

    id: str
    files: dict = field(default_factory=dict)
    problem: str | None = None
    todo: str = ""
    remarks: list = field(default_factory=list)
    answers: list = field(default_factory=list)
    name: str = ""
    number: str = ""
    email: str = ""
    paths: dict = field(default_factory=dict)
    sha256: str = ""

    def __post_init__(self):
        self.sha256 = self.sha256 or digest_of(self.files)


def files_of(submission):
    """Return {module name: bytes} of a submission; raise OSError if they are not what they were.

    A class may be large, so that read_class keeps nobody's files: they are read here, anew.
    """
    if submission.problem or not submission.paths:
        return submission.files
    try:
        files, _ = package_of(contents_of(submission.paths)[0].modules)
    except Refused as refusal:
        raise OSError(refusal.problem) from None
    if digest_of(files) != submission.sha256:
        raise OSError("it has changed since the class was read; run the same command again")
    return files


def digest_of(files):
    """Return a digest of {module name: bytes}."""
    digest = hashlib.sha256()
    for name, content in sorted(files.items()):
        digest.update(f"{name}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()


def read_class(folder):
    """Return the Submissions that lie in a folder, sorted by name; ids are unique.

    Their files are not kept in memory: see files_of.
    """
    return [read_arrival(arrival) for arrival in arrivals(folder)]


def read_arrival(arrival):
    """Return the Submission that one student handed in, without its files."""
    found = read_submission(arrival.paths, arrival.id)
    return replace(
        found,
        files={},
        paths=arrival.paths,
        remarks=[*arrival.remarks, *found.remarks],
        **{name: getattr(arrival, name) for name in ("name", "number", "email")},
    )


def read_submission(path, name):
    """Return the Submission at `path`, with its problem named if it has one.

    path: a folder or an archive; or {name: path} of one of these, or of single modules.
    """
    paths = path if isinstance(path, dict) else {Path(path).name: Path(path)}
    try:
        contents, remarks = contents_of(paths)
        files, more = package_of(contents.modules)
    except Refused as refusal:
        return Submission(name, problem=legible(refusal.problem), todo=legible(refusal.todo))
    written, odd = written_answers.written(contents.notebooks)
    remarks = [legible(remark) for remark in (*remarks, *contents.remarks, *more, *odd)]
    return Submission(name, files, remarks=remarks, answers=written)


def contents_of(paths):
    """Return (Contents, remarks) of what lies at some paths; of a folder's archive, if it has one.

    An archive in an archive is refused: whoever unpacks without end never ends.
    """
    alone = next(iter(paths.values()))
    if len(paths) > 1 or alone.suffix == ".py":
        return archives.read_loose(paths), []
    contents = archives.read(alone)
    if contents.modules or not contents.archives:
        return contents, []
    if not alone.is_dir():
        raise Refused(
            f"{alone.name!r} holds another archive, {contents.archives[0]!r}",
            "pack the files themselves, once",
        )
    inner = [alone / name for name in contents.archives]
    newest = max(inner, key=lambda path: path.stat().st_mtime)
    told = f"{len(inner)} archives in its folder: the newest, {newest.name}, counts"
    return archives.read(newest), [told] if len(inner) > 1 else []
