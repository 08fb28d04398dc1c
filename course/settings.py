"""What a course is called, and what is particular to it: the file course.toml."""

import tomllib
from dataclasses import dataclass, field
from pathlib import Path

FILE = Path(__file__).resolve().parent.parent / "course.toml"


class SettingsError(Exception):
    """The file course.toml cannot be used; the message says why."""


@dataclass(frozen=True)
class Settings:
    """The settings of a course.

    title: its name; about: the sentence with which a student's README begins.
    points: {notebook: what its checks are worth together}.
    given: files of the package, outside its folder given/, that students get complete.
    facade: the module that imports the functions of others, so that notebooks find them in one
    place; the words after `given` in a heading mean its names. None without such a module.
    docs: files in docs/ that students get.
    meant: what `course doctor` finds and is as it should be: tables of `why` and `findings`.
    """

    title: str
    about: str
    points: dict = field(default_factory=dict)
    given: tuple = ()
    facade: str | None = None
    docs: tuple = ()
    meant: tuple = ()


def read(path):
    """Return the Settings in the file at `path`. Raises SettingsError."""
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
        tables = [found.pop(name, {}) for name in ("package", "release")]
        return Settings(**found, **tables[0], **tables[1])
    except FileNotFoundError:
        raise SettingsError(f"{path} is missing; `course new` writes one to begin with") from None
    except (tomllib.TOMLDecodeError, TypeError) as error:
        raise SettingsError(f"{path}: {error}; course/settings.py says what it may hold") from None


COURSE = read(FILE)
