"""Say what is missing or weak in a course, and what course.toml calls meant and is not there."""

from ..settings import COURSE
from . import gaps, leftovers, weak
from .finding import Finding
from .tables import tables


def examine():
    """Return the Findings that course.toml does not call meant, notebook by notebook."""
    found = list(all_findings())
    meant = [key for group in COURSE.meant for key in group["findings"]]
    stale = sorted(set(meant) - {finding.key for finding in found})
    said = "course.toml calls it meant, and it is not there: delete the line"
    return [f for f in found if f.key not in meant] + [Finding(key, "stale", said) for key in stale]


def all_findings():
    """Yield every Finding; checks that train, see tables, are not tried."""
    known = tables()
    for table in known:
        yield from weak.findings(table.path, table.training)
        yield from gaps.findings(table)
    yield from leftovers.findings(known)
