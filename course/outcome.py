"""The outcome of a check, and the row of a submission in a report."""

import json
from dataclasses import asdict, dataclass, field, replace
from functools import cached_property

from .text import legible_data, points

SIGNS = {"not run": "?", "failed": "✗", "not written": "·", "passed": "✓"}
"""{verdict: how it is shown}; the worst verdict comes first."""

PUBLISHED = {"verdict": "outcome"}
"""{field of Outcome: its key in outcomes.json}, where they differ."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """The outcome of one check of a notebook for one submission.

    verdict: a key of SIGNS; diagnosis: the code of the mistake that explains the failure, if one
    does; message: what the student is told; seconds: what the check took; prints: what the
    student's code printed.
    """

    submission: str = ""
    notebook: str = ""
    check: int
    task: str
    points: int
    max_points: int
    verdict: str
    diagnosis: str | None = None
    message: str = ""
    seconds: float = 0.0
    prints: str = ""

    @classmethod
    def of_check(cls, check, **found):
        """Return the Outcome of a headings.Check; found: points, verdict and what else is known."""
        return cls(check=check.number, task=check.task, max_points=check.max_points, **found)

    @property
    def lost(self):
        """The points of its maximum that the check did not give."""
        return max(0, self.max_points - self.points)

    def to_json(self):
        """Return the outcome as one line of JSON; from_json reads it back."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, line):
        """Return the Outcome that a line of JSON holds.

        A message and what was printed are a stranger's: here they become legible, once.
        """
        return cls(**legible_data(json.loads(line)))

    def published(self):
        """Return the outcome as a dict for outcomes.json, without the output of the code."""
        found = {PUBLISHED.get(name, name): value for name, value in asdict(self).items()}
        del found["prints"]
        return found


@dataclass(frozen=True)
class Marks:
    """The sum of some outcomes; ran: whether any of their checks could be run."""

    points: float
    max_points: int
    ran: bool


def marks_of(outcomes):
    """Return the Marks that outcomes add up to."""
    points = sum(outcome.points for outcome in outcomes)
    most = sum(outcome.max_points for outcome in outcomes)
    return Marks(points, most, any(outcome.verdict != "not run" for outcome in outcomes))


def worst(outcomes):
    """Return the worst verdict among outcomes, None if there are none."""
    return min((o.verdict for o in outcomes), key=list(SIGNS).index, default=None)


@dataclass
class Row:
    """The row of one submission in a report.

    outcomes: in the order of notebooks and checks; answers: written answers with what they were
    given, and by_hand: marks of checks that were changed by hand, see report.written; history:
    earlier marks, see report.gradebook; all else as in a Submission, among it what became of each
    file.

    lines: {platform: {heading: cell}} of the person in that platform's export, ids: {kind: number},
    see roster.people.Person; days, taken: {notebook: days late, points that this took}; free_days:
    how many of the budget paid for them; dropped: notebooks that do not count; rules: sentences on
    these; shares: for each person who gets this row the fields in which theirs differs; on_roster:
    whether its person is, None without a roster.
    """

    id: str
    outcomes: list = field(default_factory=list)
    name: str = ""
    number: str = ""
    email: str = ""
    problem: str | None = None
    todo: str = ""
    remarks: list = field(default_factory=list)
    answers: list = field(default_factory=list)
    by_hand: dict = field(default_factory=dict)
    history: list = field(default_factory=list)
    unplaced: list = field(default_factory=list)
    used: list = field(default_factory=list)
    replaced: list = field(default_factory=list)
    left_out: list = field(default_factory=list)
    platform: str = ""
    handed_in: str = ""
    returned_as: str = ""
    told_by: str = ""
    ids: dict = field(default_factory=dict)
    lines: dict = field(default_factory=dict)
    days: dict = field(default_factory=dict)
    taken: dict = field(default_factory=dict)
    free_days: int = 0
    dropped: list = field(default_factory=list)
    rules: list = field(default_factory=list)
    shares: list = field(default_factory=list)
    on_roster: bool | None = None

    def each(self):
        """Return a Row for each person who gets this one."""
        return [replace(self, **share, shares=[]) for share in self.shares] or [self]

    @property
    def reached(self):
        """{notebook: (points, most)} of what could be run, written answers in it."""
        found = {name: (m.points, m.max_points) for name, m in self.notebooks.items() if m.ran}
        for one in self.answers:
            if one["notebook"] in found:
                points, most = found[one["notebook"]]
                more = one["max_points"] if one.get("counts") else 0
                found[one["notebook"]] = points + one["points"], most + more
        return found

    @property
    def final(self):
        """The points after the rules, as people write them; an empty text if there is no mark."""
        dropped = sum(self.reached[name][0] for name in self.dropped)
        taken = sum(cost for name, cost in self.taken.items() if name not in self.dropped)
        return points(round(self.points - dropped - taken, 2)) if self.ran else ""

    @property
    def final_max(self):
        """The points of all that counts, as people write them."""
        return points(self.max_points - sum(self.reached[name][1] for name in self.dropped))

    def kept(self, name):
        """The share of a notebook's points that the rule for late work leaves, from 0 to 1."""
        reached = self.reached.get(name, (0, 0))[0]
        return 1 - self.taken.get(name, 0) / reached if reached else 1

    def mark_kept(self, name):
        """Return the points for a notebook's checks without what lateness took, as people write."""
        marks = self.notebooks.get(name)
        return points(round(marks.points * self.kept(name), 2)) if marks and marks.ran else ""

    @property
    def written_kept(self):
        """The points for written answers without what lateness took, as people write them."""
        return points(round(sum(a["points"] * self.kept(a["notebook"]) for a in self.answers), 2))

    @cached_property
    def notebooks(self):
        """The Marks for each notebook: {name: Marks}."""
        found: dict = {}
        for outcome in self.outcomes:
            found.setdefault(outcome.notebook, []).append(outcome)
        return {name: marks_of(outcomes) for name, outcomes in found.items()}

    @property
    def written(self):
        """The points for written answers."""
        return sum(answer["points"] for answer in self.answers)

    @property
    def max_written(self):
        """The most points for written answers, of the questions that count."""
        return sum(answer["max_points"] for answer in self.answers if answer["counts"])

    @property
    def bonus(self):
        """The points beyond the maximum, for bonuses; they are in `points`, too."""
        return sum(outcome.points for outcome in self.outcomes if not outcome.max_points)

    @property
    def marked(self):
        """Whether an instructor has marked a written answer."""
        return any(answer["marked"] for answer in self.answers)

    @property
    def points(self):
        """The points in total."""
        return sum(marks.points for marks in self.notebooks.values()) + self.written

    @property
    def max_points(self):
        """The points that all checks are worth, and the written answers that count, together."""
        checks = sum(marks.max_points for marks in self.notebooks.values())
        return checks + self.max_written

    @property
    def ran(self):
        """Whether there is a mark: if nothing could be run, there is none."""
        return not self.outcomes or any(marks.ran for marks in self.notebooks.values())

    @property
    def total(self):
        """The points as people write them, an empty text if there is no mark."""
        return points(self.points) if self.ran else ""

    @property
    def fraction(self):
        """The points of the maximum, and what bonuses add, as people write them; or a dash."""
        if not self.ran:
            return "–"
        bonus = f" + {points(self.bonus)}" if self.bonus else ""
        return f"{points(self.points - self.bonus)} / {self.max_points}{bonus}"

    def mark(self, name):
        """Return the points in a notebook as people write them, an empty text if it was not run."""
        marks = self.notebooks.get(name)
        return points(marks.points) if marks and marks.ran else ""

    @property
    def could_not_run(self):
        """Why some checks could not be run, or an empty text."""
        reasons = [o.message for o in self.outcomes if o.verdict == "not run"]
        return f"not all checks could be run: {reasons[0]}" if reasons else ""

    def without_prints(self):
        """Return the row without the texts that the code printed, which may be long."""
        return replace(self, outcomes=[replace(o, prints="") for o in self.outcomes])


def notebook_names(rows):
    """Return the names of the notebooks that rows have marks for, sorted."""
    return sorted({name for row in rows for name in row.notebooks})
