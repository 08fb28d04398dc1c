"""Find the student's package among the modules that were handed in, wherever they lie.

A place is a folder that holds modules of the course. Places that do not contradict each other
are merged; where they do, the one with the most written tasks counts, then the newest.
"""

from dataclasses import dataclass, field
from pathlib import PurePosixPath

from .. import paths, stubs
from ..text import Untrusted
from . import cs231n, modules, names
from .entries import Refused
from .gathering import NESTED

DEEP = 2
MAX_NAMED = 5


@dataclass
class Package:
    """The package that counts.

    files: {path in the package: bytes}; used: {path handed in: path in the package}; replaced:
    paths handed in of which the course's own take the place; remarks: what was odd.
    """

    files: dict = field(default_factory=dict)
    used: dict = field(default_factory=dict)
    replaced: list = field(default_factory=list)
    remarks: list = field(default_factory=list)


def package_of(found):
    """Return the Package among Gathered files, or raise Refused."""
    package = Package()
    places: dict[PurePosixPath, list] = {}
    for module in modules.read(found):
        places.setdefault(module.place, []).append(module)
    of_ours = places.pop(modules.OURS, [])
    package.replaced += [str(module.entry.name) for module in of_ours]
    if not places:
        raise nothing_found(found)
    chosen = {
        place: one_of_each(replace_given(listed, package), found, package)
        for place, listed in places.items()
    }
    order = sorted(chosen, key=lambda place: rank(place, chosen[place]), reverse=True)
    for place in order:
        add(place, order[0], chosen, package, found)
    package.files = dict(sorted(package.files.items()))
    package.remarks += place_remarks(order[0])
    return package


def nothing_found(found):
    """Return the Refused for a submission without any module of the course."""
    if found.refusals:
        return found.refusals[0]
    todo = "hand in `starter`, the folder in which you wrote"
    nested = [path for path, reason in found.left_out.items() if reason == NESTED]
    if nested:
        return Refused(
            f"it holds another archive, {nested[0]!r}", "pack the files themselves, once"
        )
    if not (found.modules or found.notebooks or found.left_out):
        return Refused("there is no file in it", todo)
    known = names.tasks()
    problem = f"none of the course's {len(known)} modules is in it, such as {min(known)}"
    if found.notebooks and not found.modules:
        problem = f"there are notebooks in it alone; {problem}"
    return Refused("; ".join([problem, *found.remarks[:MAX_NAMED]]), todo)


def replace_given(listed, package):
    """Return the modules of a place without those that are given; the course's own are taken."""
    given = [module for module in listed if paths.is_given(module.name)]
    package.replaced += [str(module.entry.name) for module in given]
    texts = stubs.package()
    changed = [m for m in given if m.content.decode("utf-8", "replace") != texts.get(m.name, "")]
    changed = [
        m for m in changed if m.entry.path.parent.name != "classifiers" and m.content.strip()
    ]
    if changed:
        listing = ", ".join(sorted(str(module.entry.name) for module in changed))
        package.remarks.append(
            f"the course's own files take the place of what was given: {listing}"
        )
    return [module for module in listed if module not in given]


def one_of_each(listed, found, package):
    """Return {name: Module} of a place: of several that have one name, the one that counts."""
    by_name: dict[str, list] = {}
    for module in listed:
        by_name.setdefault(module.name, []).append(module)
    return {name: best_of(several, found, package) for name, several in by_name.items()}


def best_of(several, found, package):
    """Return the copy of a module that counts; leave out the others, each with a reason."""
    best, *others = sorted(several, key=strength, reverse=True)
    if not best.own and best.entry.path.name.lower() != best.name:
        package.remarks.append(f"{best.entry.name} counts as {best.name}")
    for other in others:
        leave_out(other, best, found)
    return best


def strength(module):
    """Return the sort key of a copy of a module: written tasks, attempt, name, time."""
    attempt, *times = module.entry.age
    return module.written, attempt, module.own, times


def leave_out(module, best, found):
    """Leave a module out because another one counts."""
    reason = f"{best.entry.name} counts"
    if module.content == best.content:
        found.leave_out(module.entry.name, f"the same as {best.entry.name}")
    elif module.is_blank:
        found.leave_out(module.entry.name, f"nothing is written in it; {reason}")
    else:
        more = best.written > module.written
        why = "in which more tasks are written" if more else "which is newer or has the plain name"
        found.leave_out(module.entry.name, f"{reason}, {why}", remark=True)


def rank(place, chosen):
    """Return the sort key of a candidate folder; the largest is the package."""
    ages = [module.entry.age for module in chosen.values()]
    written = sum(module.written for module in chosen.values())
    minute = max(int(age[1] // 60) for age in ages)
    attempt = max(age[0] for age in ages)
    return written, attempt, minute, place.name == "starter", len(chosen), -len(place.parts)


def add(place, best, places, package, found):
    """Add the modules of a place to the package, or leave out those of one that contradicts it.

    places: {place: {name: Module}} of all.
    """
    chosen = places[place]
    files = {name: module.content for name, module in chosen.items()}
    if cs231n.has_shape(place, [module.entry.path for module in chosen.values()]):
        files = cs231n.flattened(files)
        shape = "the package is called cs231n: its modules were read as those of starter"
        package.remarks.append(shape)
    new = {name: module for name, module in chosen.items() if not module.is_blank}
    clashes = [name for name in new if is_written_otherwise(name, files[name], package)]
    if clashes and place != best:
        contradict(place, best, places, found)
        return
    if new and place != best:
        package.remarks.append(f"{spelt(place)} and {spelt(best)} were put together")
    for name, module in chosen.items():
        if place == best or (name in new and package.files.get(name) != files[name]):
            package.files[name] = files[name]
            package.used[str(module.entry.name)] = name
        else:
            found.leave_out(module.entry.name, "nothing is written in it that is not elsewhere")


def is_written_otherwise(name, content, package):
    """Tell whether the package has a module in another wording, in which something is written."""
    mine = package.files.get(name, content)
    return mine != content and not (name in names.tasks() and names.is_blank(name, mine))


def contradict(place, best, places, found):
    """Leave out a place that says otherwise than the package, and say so."""
    there, here = (sum(m.written for m in places[one].values()) for one in (best, place))
    more = f"{there} tasks are written there, and {here} here"
    equal = f"as many tasks are written there, {there}, and it is newer or is called starter"
    reason = f"{spelt(best)} counts: {more if there > here else equal}"
    for module in places[place].values():
        found.leave_out(module.entry.name, reason)
    new = sorted(name for name, module in places[place].items() if not module.is_blank)
    listing = ", ".join(new[:MAX_NAMED]) + ", …" * (len(new) > MAX_NAMED)
    found.remarks.append(f"{spelt(place)} is left out ({listing}): {reason}")


def spelt(place):
    """Return how a place is named in a sentence."""
    return f"`{Untrusted(str(place))}`" if place.parts else "what lies outside of any folder"


def place_remarks(best):
    """Return a remark on where the package lies, if that is not where one would look."""
    if len(best.parts) <= DEEP:
        return []
    return [f"taken from the folder {Untrusted(str(best))}, {len(best.parts)} levels down"]
