"""What comes from outside is legible wherever it is written."""

import json

import pytest

from course.outcome import Outcome
from course.text import Untrusted, legible

MARKS = [
    "\x1b[2J",
    "\u202e",
    "\u200f",
    "\u061c",
    "\u2066",
    "\ufeff",
    "\x00",
    "\ud800",
    "\u2028",
    "\x9b",
]


@pytest.mark.parametrize("mark", MARKS, ids=ascii)
def test_what_steers_or_turns_text_is_replaced_however_an_untrusted_text_is_written(mark):
    name = Untrusted(f"a{mark}b")
    for written in (str(name), f"{name}", f"{name!r}", f"{name:>9}", repr([name])):
        assert mark[0] not in written and "a" in written
    assert name.raw == f"a{mark}b"
    with pytest.raises(TypeError):
        "".join([name])


@pytest.mark.parametrize("text", ["Zoë", "می\u200cخواهم", "👩\u200d💻", "a\tb\nc"])
def test_what_people_write_stays(text):
    assert legible(text) == text


@pytest.mark.parametrize("field", ["message", "prints", "diagnosis", "task"])
@pytest.mark.parametrize("mark", MARKS, ids=ascii)
def test_what_a_stranger_s_code_says_is_legible_from_the_judge_on(field, mark):
    known = {"check": 1, "task": "t", "points": 0, "max_points": 4, "verdict": "failed"}
    line = json.dumps({**known, field: f"a{mark}b"})
    assert mark[0] not in getattr(Outcome.from_json(line), field)
