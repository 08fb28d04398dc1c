"""Read the files of one student; this runs where it can do no harm, see apart."""

from ..text import Untrusted
from . import written_answers
from .entries import Refused
from .gathering import Gathered, gathered
from .package import Package, package_of

MAX_LISTED, MAX_NAMED = 20, 5
MAX_GROUP, MAX_MEMBERS, MAX_NAME = 4_096, 20, 100
EARLIEST, LAST = 10**9, 10**10
"""Seconds of the years 2001 and 2286: other times of files are no times."""
MANY = 3
"""Packages side by side from which a folder looks like a class."""


def read(sources, ask=False):
    """Yield the contents of a submission: its package first, then its answers.

    sources: lists [path, path within it or "", name], see bulk.Source; ask: refuse what looks
    like a class. Two dicts come, whose keys are fields of Submission; files are texts there.
    """
    found, package, problem, todo = Gathered(), Package(), None, ""
    try:
        found = gathered(sources)
        if ask:
            refuse_class(found, sources[0][0])
        package = package_of(found)
    except Refused as refusal:
        problem, todo = refusal.problem, refusal.todo
    yield {
        "files": {name: content.decode() for name, content in package.files.items()},
        "problem": problem,
        "todo": todo,
        "used": sorted(map(list, (package.used | named_groups(found)).items())),
        "replaced": sorted(package.replaced),
        "members": members(found.groups),
        "newest": newest([*found.modules, *found.notebooks]),
        "left_out": folded({k: v for k, v in found.left_out.items() if k not in package.used}),
        "remarks": without_repeats([*package.remarks, *found.remarks], problem or ""),
    }
    yield written_answers.written(found.notebooks)


def named_groups(found):
    """Return {path: what it is used for} of the lists of a group's members."""
    return {str(entry.name): "who handed this in together" for entry in found.groups}


def members(groups):
    """Return dicts with the names that stand, a line each, in the lists of a group's members."""
    texts = [entry.read(MAX_GROUP)[:MAX_GROUP].decode("utf-8-sig", "replace") for entry in groups]
    lines = [line.strip(" \t-*,;") for text in texts for line in text.splitlines()]
    return [{"name": line[:MAX_NAME]} for line in dict.fromkeys(lines) if line][:MAX_MEMBERS]


def newest(entries):
    """Return [seconds, whether of a wall clock] of the newest file in archives, [] without any."""
    inside = [entry for entry in entries if len(entry.age) > 2 and EARLIEST < entry.age[-1] < LAST]
    last = max(inside, key=lambda entry: entry.age[-1], default=None)
    return [last.age[-1], last.is_wall] if last else []


def without_repeats(remarks, problem):
    """Return remarks without those that the problem tells, and not too many."""
    found = [
        r for r in dict.fromkeys(remarks) if r not in problem and not (problem and problem in r)
    ]
    more = [f"and {len(found) - MAX_LISTED} more remarks"] if len(found) > MAX_LISTED else []
    return found[:MAX_LISTED] + more


def folded(left_out):
    """Return [path, reason] of files left out; a folder stands for its files with one reason."""
    groups: dict[tuple, list] = {}
    for path, reason in left_out.items():
        folder = path.rstrip("/").rpartition("/")[0]
        groups.setdefault((folder, reason), []).append(path)
    found = []
    for (folder, reason), several in groups.items():
        if len(several) > MAX_LISTED:
            found.append([f"{folder}/", f"{len(several)} files: {reason}"])
        else:
            found += [[path, reason] for path in several]
    return sorted(found)


def refuse_class(found, path):
    """Refuse a submission that looks like a class: several folders with a `starter` in each."""
    tops = {e.path.parts[0] for e in found.modules if "starter" in e.path.parts[1:-1]}
    beside = {entry.path.parts[0] for entry in found.modules} - tops
    if len(tops) >= MANY and not beside:
        listing = ", ".join(sorted(str(Untrusted(top)) for top in tops)[:MAX_NAMED])
        raise Refused(
            f"it looks like a class of {len(tops)}: {listing}, …",
            f"if it is one, run `course grade {Untrusted(path)} --out REPORT`; "
            "if one student handed it in, keep the package that counts alone",
        )
