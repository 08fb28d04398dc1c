"""Find somebody in a class by whatever is known of them."""

import re
import unicodedata
from collections import defaultdict

from rapidfuzz import fuzz, process

from .people import NUMBERS

ALIKE = 70
"""The least similarity, of 100, of a name that is suggested."""
PLATFORMS = {"canvas": "canvas", "moodle": "moodle", "gradescope": "sid"}
"""{platform: the field of Person that holds its number}."""


class Register:
    """A class, to look people up in."""

    def __init__(self, people):
        self.people = people
        self.keys = defaultdict(list)
        for one in people:
            for key in keys_of(one):
                self.keys[key].append(one)

    def one(self, kind, value):
        """Return the person with this key, None if there is none, or several."""
        found = self.keys.get((kind, value), ()) if value else ()
        return found[0] if len(found) == 1 else None

    def find(self, text):
        """Return the person whom a text names: by a number, an address or a name."""
        plain = text.strip().casefold()
        keys = [*((kind, plain) for kind in NUMBERS), ("local", plain), ("words", words(text))]
        return next(filter(None, (self.one(*key) for key in keys)), None)

    def of(self, submission):
        """Return the person who handed in a submission, None if nobody of the class did."""
        kind = PLATFORMS.get(submission.platform)
        number = self.one(kind, submission.number.casefold()) if kind else None
        inner = () if kind else parts(submission.id)
        known = (submission.email, submission.name, submission.id, *inner)
        glued = ("glued", submission.name.casefold())
        return number or next(filter(None, map(self.find, filter(None, known))), self.one(*glued))

    def nearest(self, text, among=None):
        """Return the person whose name or address is most like a text, None if nobody's is.

        among: the people in question, all if none are given.
        """
        people = self.people if among is None else among
        listed = [(one, t) for one in people for t in (one.name, one.email.partition("@")[0]) if t]
        choices = [words(name) for _, name in listed]
        found = process.extractOne(words(text), choices, scorer=fuzz.WRatio, score_cutoff=ALIKE)
        return listed[found[2]][0] if found else None


def keys_of(person):
    """Yield (kind, value) of what a person can be found by."""
    yield from ((kind, person.get(kind).casefold()) for kind in NUMBERS if person.get(kind))
    if person.email:
        yield "local", person.email.partition("@")[0].casefold()
    if person.name:
        yield "words", words(person.name)
        *first, last = re.findall(r"\w+", person.name.casefold())
        for several in {(last, *first), (*first, last)}:
            yield "glued", "".join(several)


def words(text):
    """Return the words of a name, small, without accents and numbers, in the order of letters."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(sorted(re.findall(r"[^\W\d_]+", plain)))


def parts(name):
    """Return the long numbers in a submission's id, which may be a student's: hopper_20260003."""
    return re.findall(r"(?<!\d)\d{5,}(?!\d)", name)


def merged(rosters):
    """Return the people of several rosters, each once; rosters: lists of Persons."""
    people: list = []
    for roster in rosters:
        register, added = Register(people), []
        place = {id(one): n for n, one in enumerate(people)}
        for other in roster:
            same = same_person(register, other)
            if same is not None and id(same) in place:
                people[place.pop(id(same))] = same.joined(other)
            else:
                added.append(other)
        people += added
    return people


def same_person(register, other):
    """Return the person of a register who has a number, the address or else the name of another."""
    for kind in NUMBERS:
        found = register.one(kind, other.get(kind).casefold())
        if found:
            return found
    return register.one("words", words(other.name))
