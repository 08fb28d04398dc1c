"""The page for marking written answers, served to this machine alone.

An address is of use only with the token in it, which nobody else knows; a request must name this
host and, if it changes something, come from a page of ours. The answers are strangers' texts: they
are shown as text, and the pages run one script, ours.
"""

import hmac
import json
import secrets
from functools import lru_cache

from tornado import httpserver, netutil, web

from ..intake import own_notebooks
from ..text import legible
from . import marking
from .manual_marks import FILE, ManualError
from .markdown import rendered
from .templating import PAGES

MAX_REMARK = 4_000
HOST = "127.0.0.1"
POLICY = (
    "default-src 'none'; style-src 'nonce-{nonce}'; script-src 'nonce-{nonce}'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


@lru_cache(maxsize=1)
def lines_at(path, _changed, _size):
    """Return the lines of the answers.csv that was changed then."""
    return marking.answers_in(path.parent)


class Page(web.RequestHandler):
    """What all pages share: who may ask, and what a browser is told."""

    def prepare(self):
        """Refuse whoever does not know the token, does not name us, or comes from elsewhere."""
        origin = self.request.headers.get("Origin")
        ours = f"http://{self.settings['host']}"
        if self.request.host != self.settings["host"] or origin not in (None, ours):
            raise web.HTTPError(403)
        if self.request.method == "POST" and origin != ours:
            raise web.HTTPError(403)
        if not hmac.compare_digest(self.path_args[0], self.settings["token"]):
            raise web.HTTPError(404)

    def set_default_headers(self):
        """Let nothing run that is not ours, and tell nobody our address."""
        self.nonce = secrets.token_urlsafe(16)
        self.set_header("Content-Security-Policy", POLICY.format(nonce=self.nonce))
        self.set_header("Referrer-Policy", "no-referrer")
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("Cache-Control", "no-store")

    def show(self, template, **content):
        """Answer with a page."""
        base = f"/{self.settings['token']}"
        self.finish(PAGES.get_template(template).render(nonce=self.nonce, base=base, **content))

    def read(self):
        """Return (lines of answers.csv by question, marks so far)."""
        try:
            lines = self.lines()
            return marking.by_question(lines), marking.marks_so_far(self.settings["folder"], lines)
        except (ManualError, OSError) as error:
            raise web.HTTPError(409, reason="manual marks cannot be read") from error

    def lines(self):
        """Return the lines of answers.csv; it is read again when it has changed."""
        path = self.settings["folder"] / "answers.csv"
        about = path.stat()
        return lines_at(path, about.st_mtime_ns, about.st_size)

    def groups(self, lines, marks):
        """Return the Cards to mark in this share, see marking.cards."""
        return marking.cards(lines, marks, self.settings["share"])

    def write_error(self, status_code, **about):
        """Say what is wrong in plain text."""
        cause = getattr(about.get("exc_info", (None, None))[1], "__cause__", None)
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.finish(legible(str(cause)) if cause else f"{status_code}: {self._reason}")


class Overview(Page):
    """All questions, and how much of each is marked."""

    def get(self, _):
        """Show them."""
        questions, marks = self.read()
        progress = {key: progress_of(self.groups(lines, marks)) for key, lines in questions.items()}
        asked = {key: lines[0]["asked"] for key, lines in questions.items()}
        self.show(
            "mark_overview.html", progress=progress, asked=asked, share=self.settings["share"]
        )


class Question(Page):
    """One question across the class."""

    def get(self, _, notebook, number):
        """Show the answers, the model answer and what was given so far."""
        questions, marks = self.read()
        key = notebook, int(number)
        if key not in questions:
            raise web.HTTPError(404)
        lines, order = questions[key], list(questions)
        groups = self.groups(lines, marks)
        place = order.index(key)
        asked = own_notebooks.questions()[notebook][key[1] - 1]
        self.show(
            "mark.html",
            notebook=notebook,
            number=key[1],
            asked=rendered(asked),
            model=rendered(own_notebooks.model_answers(notebook).get(asked, "")),
            most=own_notebooks.max_points(notebook)[key[1] - 1],
            groups=groups,
            progress=progress_of(groups),
            rendered=rendered,
            remarks=marking.remarks_used(lines, marks),
            before=order[place - 1] if place else None,
            after=order[place + 1] if place + 1 < len(order) else None,
        )


class Mark(Page):
    """The points and the remark for some answers."""

    def post(self, _):
        """Save them, and say that they are saved."""
        said = asked_for(self.request.body)
        known = {line["key"]: line for line in self.lines()}
        lines = [known[key] for key in said["keys"] if key in known]
        if len(lines) != len(said["keys"]):
            raise web.HTTPError(409, reason="an answer is not there any more; load the page again")
        for line in lines:
            most = own_notebooks.max_points(line["notebook"])[int(line["question"]) - 1]
            if said["points"] is not None and not 0 <= said["points"] <= most:
                raise web.HTTPError(400, reason=f"points are numbers from 0 to {most}")
        path = self.settings["folder"] / self.settings["file"]
        marking.save(path, lines, said["points"], said["remark"], self.settings["by"])
        self.finish({"saved": len(lines)})


def asked_for(body):
    """Return what a request asks to save, a dict of keys, points and remark; refuse all else."""
    try:
        said = json.loads(body)
        points = None if said["points"] is None else float(said["points"])
        keys, remark = [str(key) for key in said["keys"]], legible(str(said["remark"]))
    except (ValueError, TypeError, KeyError) as error:
        raise web.HTTPError(400, reason="that is no mark") from error
    return {"keys": keys, "points": points, "remark": remark.strip()[:MAX_REMARK]}


def progress_of(groups):
    """Return (how many answers are marked, how many there are)."""
    found = [card for group in groups for card in group]
    return sum(len(c.keys) for c in found if c.points is not None), sum(len(c.keys) for c in found)


def file_of(share):
    """Return the name of the file that a marker's share is written to."""
    return FILE if share == (1, 1) else f"manual-{share[0]}-of-{share[1]}.csv"


def serve(folder, share, by, port=0):
    """Begin to serve the page; return its address. An event loop must run, and go on to run."""
    sockets = netutil.bind_sockets(port, HOST)
    host = f"{HOST}:{sockets[0].getsockname()[1]}"
    token = secrets.token_urlsafe(24)
    about = {"folder": folder, "share": share, "by": by, "file": file_of(share)}
    pages = [(r"/([\w-]+)/", Overview), (r"/([\w-]+)/mark", Mark)]
    pages.append((r"/([\w-]+)/(\w+)/(\d+)", Question))
    app = web.Application(pages, token=token, host=host, **about)
    httpserver.HTTPServer(app, max_buffer_size=2**20).add_sockets(sockets)
    return f"http://{host}/{token}/"
