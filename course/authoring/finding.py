"""What is wrong or weak in a course, in a sentence, at a place."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """One thing that is missing or weak.

    where: such as "1_knn, check 3"; kind: a short name that never changes, by which course.toml
    may say that it is meant; sentence: what it is, and what to do.
    """

    where: str
    kind: str
    sentence: str

    @property
    def key(self):
        """The name by which course.toml speaks of it."""
        return f"{self.where}: {self.kind}"

    def __str__(self):
        return f"{self.key}: {self.sentence}"
