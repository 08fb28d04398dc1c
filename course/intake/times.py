"""When something was handed in: how platforms write dates, and what a git clone says."""

import os
import re
import subprocess
import tempfile
from collections import defaultdict
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from .folders import read_file

LANGUAGES = (
    *("en", "de", "fr", "es", "it", "nl", "pt", "ca", "da", "sv", "nb", "fi", "pl", "cs", "sk"),
    *("hu", "ro", "tr", "el", "ru", "uk", "sl", "hr", "et", "lv", "lt", "bg"),
)
CLOCK = re.compile(r"(\d{1,2})[:.](\d\d)(?:[:.](\d\d))?(?:\s*([AaPp])\.?[Mm]\.?)?")
COMMIT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
BRANCH = re.compile(r"ref: (refs/heads/[\w./+#@-]+)")
MAX_REFS = 2**20
SECONDS = 20


@cache
def months():
    """Return {name of a month in one of LANGUAGES, small: the numbers that it may stand for}."""
    from babel.dates import get_month_names

    found = defaultdict(set)
    for language in LANGUAGES:
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                for number, name in get_month_names(width, context, language).items():
                    found[name.casefold().strip(".")].add(number)
    return found


def in_words(text):
    """Return the naive datetime that a date in words gives, as Moodle writes it; None if none.

    Friday, 2 October 2026, 11:58 PM; Freitag, 2. Oktober 2026, 23:58; 2026-10-02 23:58.
    """
    clock = CLOCK.search(text)
    rest = text.replace(clock[0], " ") if clock else text
    year = re.search(r"\b(\d{4})(?!\d)", rest)
    if not clock or not year:
        return None
    month, day = month_and_day(rest, year)
    hour = int(clock[1]) % 12 + 12 * (clock[4] in "Pp") if clock[4] else int(clock[1])
    try:
        return datetime(int(year[1]), month, day, hour, int(clock[2]), int(clock[3] or 0))
    except (ValueError, TypeError):
        return None


def month_and_day(text, year):
    """Return (month, day) in a date without its clock; (None, None) if they are not certain."""
    behind = re.match(r"\D{1,2}(\d{1,2})\D{1,2}(\d{1,2})", text[year.end() :])
    if behind:
        return int(behind[1]), int(behind[2])
    found = {n for word in re.findall(r"[^\W\d_]+", text.casefold()) for n in meant(word)}
    days = re.findall(r"\b\d{1,2}\b", text.replace(year[0], " "))
    if len(found) != 1 or len(days) != 1:
        return None, None
    return found.pop(), int(days[0])


def meant(word):
    """Return the months that a word of at least three letters may name."""
    return months().get(word, set()) if len(word) > 2 else set()


def in_code(text):
    """Return an ISO time with its zone of a time that a program wrote; "" if it is none."""
    plain = re.sub(r"\.\d+", "", text.strip()).replace(" UTC", "+00:00").replace(" Z", "+00:00")
    plain = re.sub(r" ?([+-]\d\d):?(\d\d)$", r"\1:\2", plain)
    try:
        return datetime.fromisoformat(plain).isoformat()
    except ValueError:
        return ""


def of_commit(folder):
    """Return the ISO time of the newest commit of a git clone, "" if it tells none.

    Git reads the student's objects in a repository of ours: no setting of theirs has an effect.
    """
    name = newest_commit(Path(folder) / ".git")
    if not name:
        return ""
    with tempfile.TemporaryDirectory() as place:
        objects = {"GIT_OBJECT_DIRECTORY": str(Path(folder).resolve() / ".git" / "objects")}
        made = run_git(["init", "--quiet", "--bare", place], {}) is not None
        said = made and run_git(["--git-dir", place, "cat-file", "commit", name], objects)
    found = re.search(rb"^committer .*> (\d{1,11}) [+-]\d{4}$", said or b"", re.MULTILINE)
    return datetime.fromtimestamp(int(found[1]), UTC).isoformat() if found else ""


def newest_commit(git):
    """Return the name of the commit that a clone's HEAD is at, "" if it cannot be told."""
    try:
        head = text_of(git / "HEAD")
        branch = BRANCH.fullmatch(head)
        if branch and ".." not in branch[1]:
            loose = git / branch[1]
            head = text_of(loose) if loose.is_file() else packed(git, branch[1])
    except (OSError, ValueError):
        return ""
    return head if COMMIT.fullmatch(head) else ""


def packed(git, branch):
    """Return the commit of a branch as the file of packed references says."""
    lines = text_of(git / "packed-refs").splitlines()
    return next((line.split(" ")[0] for line in lines if line.endswith(f" {branch}")), "")


def text_of(path):
    """Return a small text file; no link is followed."""
    return read_file(path, MAX_REFS).decode().strip()


def run_git(words, variables):
    """Run git without anybody's settings; return what it printed, None if it failed."""
    own = {"GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.devnull, "GIT_TERMINAL_PROMPT": "0"}
    known = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    try:
        ran = subprocess.run(
            ["git", *words],
            env=known | own | variables,
            capture_output=True,
            timeout=SECONDS,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return ran.stdout[:MAX_REFS]
