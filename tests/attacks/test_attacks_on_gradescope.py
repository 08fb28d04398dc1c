"""A sample of the attacks, handed in at Gradescope, where a student is another user.

`python -m tests.attacks.gains autograder` tries all of them. "(unpacked)" is what Gradescope makes
of a zip before the autograder sees it.
"""

import os
import sys
import tempfile
from pathlib import Path

import pytest

from tests.attacks import gains

SAMPLE = {
    "forge_frames": "the reply is not to this call",
    "forge_verdict": "svm_loss_naive raised CheckPassed",
    "read_solutions": "seen: []",
    "wake_between_calls": "no timer",
    "object_numbers": "nothing but numbers came back",
    "above (packed)": "points outside the submission",
    "nameless (packed)": "holds a file without a name",
    "painted_copy (unpacked)": "",
    "twice (unpacked)": "",
}
"""For each attack, what is said of it."""


@pytest.fixture(scope="module")
def graded():
    """What the autograder says of each attack: {attack: (what it gained, all that is shown)}."""
    if sys.platform != "linux" or os.getuid() != 0:
        pytest.skip("becoming another user takes root")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        all_ = gains.handed_in(folder)
        found = {attack: all_[attack] for attack in SAMPLE}
        return {
            attack: (gains.gained(attack, found[attack][1], results, shown), shown)
            for attack, results, shown in gains.by_autograder(found, "autograder", folder)
        }


@pytest.mark.parametrize("attack", SAMPLE)
def test_an_attack_gains_nothing_at_gradescope(attack, graded):
    gain, shown = graded[attack]
    assert not gain
    assert SAMPLE[attack] in shown
