"""A Submission: a student's files, as they were read, or the reason of a refusal."""

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

from ..text import legible, legible_data
from . import apart, reading

NOT_READ = "hand in your package alone, as a .zip of plain files"


@dataclass
class Submission:
    """One student's package.

    id: safe as a file name; files: {path in the package: bytes}, empty if they are read from where
    they lie when they are needed, see files_of; sources: where that is, see downloads.Source;
    sha256: a digest of the files; problem: why it was refused, or None, and todo: what the student
    should do about it; remarks: what was odd about it; name, number, email: see downloads.

    Every file handed in is in one of three lists: used, as [path, path in the package]; replaced,
    by the course's own; left_out, as [path, reason]; a path that ends in / is all in a folder.

    answers, unplaced: written answers, and what may be one: see written_answers.

    platform, is_late, time, told_by: see downloads; members: dicts of who else handed it in, with
    the key name at least; newest: [seconds, whether of a wall clock] of its newest file;
    returned_as: the name under which Canvas takes something back.
    """

    id: str
    files: dict = field(default_factory=dict)
    problem: str | None = None
    todo: str = ""
    remarks: list = field(default_factory=list)
    answers: list = field(default_factory=list)
    unplaced: list = field(default_factory=list)
    used: list = field(default_factory=list)
    replaced: list = field(default_factory=list)
    left_out: list = field(default_factory=list)
    name: str = ""
    number: str = ""
    email: str = ""
    platform: str = ""
    is_late: bool = False
    time: str = ""
    told_by: str = ""
    members: list = field(default_factory=list)
    returned_as: str = ""
    newest: list = field(default_factory=list)
    sources: list = field(default_factory=list)
    sha256: str = ""

    def __post_init__(self):
        self.sha256 = self.sha256 or digest_of(self.files)


def digest_of(files):
    """Return a digest of {path in the package: bytes}."""
    digest = hashlib.sha256()
    for name, content in sorted(files.items()):
        digest.update(f"{name}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()


def files_of(submission):
    """Return {path: bytes} of a submission's package; raise OSError if it has changed.

    A class may be large, so that read_class keeps nobody's files: they are read here, anew.
    """
    if submission.problem or not submission.sources:
        return submission.files
    again = read_sources(submission.sources, submission.id)
    if again.sha256 != submission.sha256:
        raise OSError("it has changed since the class was read; run the same command again")
    return again.files


def read_submission(path, name):
    """Return the Submission at `path`, with its problem named if it has one.

    path: a folder or an archive; or {name: path} of single modules.
    """
    paths = path if isinstance(path, dict) else {Path(path).name: Path(path)}
    return read_sources([[str(where), "", shown] for shown, where in paths.items()], name)


def read_sources(sources, name, ask=False):
    """Return the Submission that lies at some sources, see downloads; its texts are legible.

    ask: refuse what looks like a class rather than like one student's.
    """
    found = Submission(name)
    try:
        for part in apart.ask(reading.read, sources, ask):
            add(part, found)
    except apart.Stopped as stopped:
        if found.files:
            found.remarks.append(f"the written answers are not read: {stopped}")
        elif not found.problem:
            found.problem, found.todo = str(stopped), NOT_READ
    found.sha256 = digest_of(found.files)
    return found


def add(part, found):
    """Add the results of reading to a Submission; here strangers' texts become legible."""
    files = part.pop("files", {})
    found.files |= {legible(name): text.encode() for name, text in files.items()}
    for name, value in legible_data(part).items():
        known = getattr(found, name)
        setattr(found, name, known + value if isinstance(known, list) else value)
