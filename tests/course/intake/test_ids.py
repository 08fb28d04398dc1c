"""Names under which submissions are kept: safe, short, and each one's own."""

import random
import unicodedata
from pathlib import Path

import pytest

from course.intake.bulk import Source
from course.intake.downloads import Arrival
from course.intake.ids import safe_id, with_ids
from course.outcome import Row
from course.report.pages import write_report

ALPHABETS = ("abcXYZ09", "äßİıſ", "éé", "𠀀𝔘", "中文", "עברית", "\x1b\u202e\u200f/\\<>=\n\"' .-")


def arrivals(names):
    """Return the Arrivals of what is called so."""
    return [Arrival([(name, Source(Path("class") / name))]) for name in names]


def unicode_names(count):
    """Return random names as a disk may hold them, of every kind of letter and none."""
    rng = random.Random(7)
    found = set()
    while len(found) < count:
        letters = rng.choice([*ALPHABETS, "".join(ALPHABETS)])
        name = "".join(rng.choices(letters, k=rng.randint(1, 60))).replace("/", "")
        if 0 < len(name.encode()) < 250 and name not in (".", ".."):
            found.add(name)
    return sorted(found)


def test_two_thousand_names_become_files_that_a_report_can_be_written_to(tmp_path):
    found = with_ids(arrivals(unicode_names(2_000)))
    ids = [each.id for each in found]
    assert len({unicodedata.normalize("NFC", name).casefold() for name in ids}) == 2_000
    assert max(len(f"{name}.html".encode()) for name in ids) <= 80
    rows = write_report(tmp_path, [Row(name) for name in sorted(ids)], 1)
    assert len(list((tmp_path / "feedback").iterdir())) == 2_000
    assert not any(row.remarks for row in rows)


@pytest.mark.parametrize("name", ["𠀀" * 63, "x" * 200, "é" * 120])
def test_long_names_that_agree_for_long_get_short_ids_of_their_own(name):
    ids = [safe_id(f"{name}{number}") for number in range(30)]
    assert len(set(ids)) == 30
    assert all(len(one.encode()) <= 60 for one in ids)


def test_an_id_does_not_depend_on_who_else_hands_in():
    long = "x" * 100
    (alone,) = with_ids(arrivals([long]))
    several = {each.sources[0][0]: each.id for each in with_ids(arrivals([long, "x" * 101]))}
    assert several[long] == alone.id


@pytest.mark.parametrize("name", ["con", "NUL", "com1", "aux.txt"])
def test_no_id_is_one_that_windows_keeps_for_itself(name):
    assert safe_id(name).upper() not in {"CON", "NUL", "COM1", "AUX.TXT"}
